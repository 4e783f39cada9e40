"""Whoever is killed, or stumbles, is outlived by a process that clears up; who ends well is not."""

import os
import signal
import subprocess
import sys
import time

import pytest

from analysis.publish.runs.caretaker import outlived, remove

REMOVE = "analysis.publish.runs.caretaker:remove"
BLOCK = """
import os, sys, time
from analysis.publish.runs.caretaker import outlived
with outlived("analysis.publish.runs.caretaker:remove", sys.argv[1]):
    os.mkdir(sys.argv[1])
    print(flush=True)
    time.sleep(60)
"""


def await_gone(path):
    end = time.monotonic() + 20
    while path.exists():
        assert time.monotonic() < end, path
        time.sleep(0.05)


@pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
def test_a_killed_process_is_cleared_up_after(tmp_path):
    folder = tmp_path / "scratch"
    process = subprocess.Popen([sys.executable, "-c", BLOCK, folder], stdout=subprocess.PIPE)
    process.stdout.readline()
    assert folder.is_dir()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    await_gone(folder)


def test_after_an_error_it_is_done_before_anybody_hears_of_it(tmp_path):
    folder = tmp_path / "scratch"
    with pytest.raises(FileExistsError), outlived(REMOVE, str(folder)):
        folder.mkdir(), folder.mkdir()
    assert not folder.exists()


def test_who_ends_well_keeps_what_is_there(tmp_path):
    with outlived(REMOVE, str(tmp_path / "kept")):
        (tmp_path / "kept").mkdir()
    assert (tmp_path / "kept").is_dir()


def test_what_is_not_there_is_no_fault(tmp_path):
    (tmp_path / "other").mkdir()
    remove(str(tmp_path / "never"))
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
