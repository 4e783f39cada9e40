"""Publishing by one rename: what it mends, what it leaves alone, and what it tells where it cannot write."""

import errno
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from analysis.publish.edition.generations import PublishError, stage_generation, withdraw
from analysis.publish.edition.lock import hold_lock


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def publish(target):
    """Publish a folder with one page."""
    with stage_generation(target) as folder:
        (folder / "page").write_text("good")


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with (
        pytest.raises(
            PublishError,
            match="mine: is there already, and not made by twinning; it would be replaced. Move it",
        ),
        stage_generation(tmp_path / "mine"),
    ):
        pass
    assert files(tmp_path) == ["mine/thesis.txt"]


def test_what_a_crash_left_is_cleared_at_the_next_start(tmp_path):
    target, store = tmp_path / "out", tmp_path / ".generations"
    publish(target)
    for name in ("out.building", "out.7", "out.draft.2"):
        (store / name).mkdir()
    (store / "out.link").symlink_to("out.7")
    with stage_generation(target) as folder:
        assert list(folder.iterdir()) == []
        expected = ["out.1", folder.name, "out.draft.2", "out.lock"]
        assert folder.name.startswith("out.building-")
        assert sorted(path.name for path in store.iterdir()) == expected
    assert sorted(path.name for path in store.iterdir()) == ["out.2", "out.draft.2"]


def test_a_whole_generation_that_a_crash_kept_from_being_shown_is_shown(tmp_path):
    target = tmp_path / "out"
    publish(target)
    target.unlink()  # as after a crash between the two renames
    with pytest.raises(ZeroDivisionError), stage_generation(target):
        1 / 0  # noqa: B018
    assert (target / "page").read_text() == "good"


def test_without_symbolic_links_the_folder_itself_is_moved(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    target = tmp_path / "out"
    for text in ("one", "two"):
        with stage_generation(target) as folder:
            (folder / "page").write_text(text)
        assert not target.is_symlink()
        assert (target / "page").read_text() == text
        assert files(tmp_path) == ["out/.generation", "out/page"]


def test_two_builds_of_one_folder_do_not_mix(tmp_path):
    with stage_generation(tmp_path / "out"):
        expected = (
            rf"out: another process \(number {os.getpid()}\) is building it\. "
            r"Wait until it has ended, or repeat the command with --wait\."
        )
        with pytest.raises(PublishError, match=expected), stage_generation(tmp_path / "out"):
            pass
        with stage_generation(tmp_path / "out.draft"):
            pass
    with hold_lock(tmp_path / ".generations" / "out.lock"):
        pass


def put_file(folder):
    (folder / "file").write_text("")
    return folder / "file" / "out"


def put_loop(folder):
    (folder / "loop").symlink_to(folder / "loop")
    return folder / "loop" / "out"


def put_folder_for_lock(folder):
    (folder / ".generations" / "out.lock").mkdir(parents=True)
    return folder / "out"


@pytest.mark.parametrize(
    ("put", "fault"),
    [
        (put_file, "Not a directory"),
        (put_folder_for_lock, "Is a directory"),
        (lambda folder: folder / ("o" * 300), "File name too long"),
        (put_loop, "Too many levels of symbolic links"),
        pytest.param(
            lambda _: Path("/proc/out"),
            "No such file or directory",
            marks=pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux has /proc"),
        ),
    ],
)
def test_what_cannot_be_written_is_told(tmp_path, put, fault):
    target = put(tmp_path)
    expected = (
        rf"^{re.escape(str(target))}: cannot be written \({fault}: .*\)\. "
        r"Make room and check the rights of the folder, or choose another one with --output\.$"
    )
    with pytest.raises(PublishError, match=expected), stage_generation(target):
        pytest.fail("nothing is to be filled")


def test_a_full_disk_is_told_but_an_input_that_is_gone_stays_what_it_is(tmp_path):
    full = OSError(errno.ENOSPC, "No space left on device", "page")
    expected = r"out: cannot be written \(No space left on device: page\)\. Make room"
    with pytest.raises(PublishError, match=expected), stage_generation(tmp_path / "out"):
        raise full
    with pytest.raises(FileNotFoundError), stage_generation(tmp_path / "out"):
        (tmp_path / "heim").read_text()


def test_a_build_that_ends_leaves_the_store_to_others(tmp_path):
    with pytest.raises(ZeroDivisionError), stage_generation(tmp_path / "out"):
        1 / 0  # noqa: B018
    assert list((tmp_path / ".generations").iterdir()) == []


HOLD = """
import sys, time
from pathlib import Path
from analysis.publish.edition.generations import stage_generation
with stage_generation(Path(sys.argv[1])) as folder:
    (folder / "page").write_text("half")
    print("held", flush=True)
    time.sleep(60)
"""


def hold_elsewhere(target):
    """Have another process build `target`."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, target], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    process.stdout.close()
    return process


def test_what_a_dead_process_held_is_taken_over(tmp_path):
    target, store = tmp_path / "out", tmp_path / ".generations"
    publish(target)
    process = hold_elsewhere(target)
    with pytest.raises(
        PublishError, match=rf"out: another process \(number {process.pid}\) is building it\."
    ):
        publish(target)
    process.kill()
    process.wait()
    assert (store / "out.lock").read_text() == str(process.pid)
    publish(target)
    assert [path.name for path in store.iterdir()] == ["out.2"]


def test_a_build_that_shall_wait_does_and_says_for_whom(tmp_path):
    target, told = tmp_path / "out", []
    process = hold_elsewhere(target)
    threading.Timer(3, process.kill).start()
    begin = time.monotonic()
    with stage_generation(target, wait=told.append) as folder:
        (folder / "page").write_text("good")
    assert time.monotonic() - begin > 2.5
    process.wait()
    assert told == [str(process.pid)]
    assert (target / "page").read_text() == "good"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_is_being_published_is_no_longer_stopped(tmp_path, monkeypatch, number):
    before = signal.getsignal(number)
    monkeypatch.setattr("analysis.publish.edition.generations.sync", lambda _: os.kill(os.getpid(), number))
    publish(tmp_path / "out")
    assert (tmp_path / "out" / "page").read_text() == "good"
    assert signal.getsignal(number) == before


def test_a_folder_can_be_withdrawn(tmp_path):
    target = tmp_path / "out"
    withdraw(target)
    publish(target)
    withdraw(target)
    assert [path.name for path in tmp_path.rglob("*")] == [".generations"]
    publish(target)
    assert (target / "page").read_text() == "good"
