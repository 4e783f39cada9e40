"""Runs that hang, in each place where they can: what ends them, after how long, and with which words."""

import json
import os
import time

import pytest
from conftest import titled, write_notebook

from analysis.publish.runs.failure import DIED
from analysis.publish.runs.kernels import serve_kernels
from analysis.publish.runs.limits import USUAL, Limits
from analysis.publish.runs.run import Run, RunError, execute_run
from analysis.publish.runs.worker import Job
from analysis.publish.runs.workers import execute_runs

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")

SHORT = Limits(cell_s=2, run_s=60)
# Nothing in the kernel's Python can answer, or will.
DEAF = "import ctypes, signal; signal.signal(signal.SIGINT, signal.SIG_IGN); ctypes.PyDLL(None).sleep(60)"
STOPPED = "import os; os.kill(os.getpid(), 19)"


@pytest.fixture
def work(tmp_path):
    """A snapshot without data."""
    (tmp_path / "work" / "notebooks").mkdir(parents=True)
    return tmp_path / "work"


def make_run(work, key, *sources):
    return Run(write_notebook(work / "notebooks" / f"{key}.ipynb", *sources), "de", key, {"language": "de"})


@pytest.mark.parametrize("source", ["import time; time.sleep(60)", "while True: pass", DEAF, STOPPED])
def test_a_cell_without_end_is_stopped(work, tmp_path, source):
    begin = time.monotonic()
    with pytest.raises(RunError) as caught:
        execute_run(make_run(work, "slow", source), tmp_path, work, limits=SHORT)
    assert str(caught.value) == (
        f"slow (de): slow.ipynb, cell 3 ({source[:60]}): "
        "no end after 2 seconds, allowed per cell, or 60, per report. Compute less."
    )
    assert caught.value.failure.kind == "time"
    assert time.monotonic() - begin < 30


def test_a_report_of_many_slow_cells_is_stopped(work, tmp_path):
    slow = make_run(work, "slow", *["import time; time.sleep(1)"] * 60)
    with pytest.raises(RunError, match=r"no end after 600 seconds, allowed per cell, or 4, per report\."):
        execute_run(slow, tmp_path, work, limits=Limits(run_s=4))


def hang(finished, folder):
    """Writes a report that never gets done."""
    if finished.run.key == "slow":
        time.sleep(60)
    return "", ""


@pytest.mark.edition
def test_a_report_that_is_never_written_is_stopped_and_the_others_are_made(work, tmp_path):
    runs = [make_run(work, key, *titled("T")) for key in ("slow", "good")]
    jobs = [Job(run, tmp_path / "out", work) for run in runs]
    late, good = execute_runs(jobs, workers=1, finish=hang, limits=Limits(run_s=4))
    assert str(late) == (
        "slow (de): no end after 4 seconds, allowed per report with its forms. "
        "Compute less, or ask for fewer with --format."
    )
    assert good.run.key == "good"


def stumble(finished, folder):
    """Writes a report with a fault of its own."""
    return {}["key"]


def test_a_fault_of_the_program_fails_one_report_only(work, tmp_path):
    (lost,) = execute_runs(
        [Job(make_run(work, "one", *titled("T")), tmp_path / "out", work)], workers=1, finish=stumble
    )
    assert str(lost) == "one (de): a fault of the program (KeyError: 'key'). Please report it."


def test_a_kernel_that_dies_at_its_start_is_told(work, tmp_path):
    (work / "notebooks" / "ipykernel_launcher.py").write_text("")  # not on the path: it changes nothing
    execute_run(make_run(work, "good", *titled("T")), tmp_path, work)
    with serve_kernels(tmp_path, "spawn") as server, pytest.raises(RunError) as caught:
        execute_run(make_run(work, "bad", "1"), tmp_path, work, server.address, limits=Limits(memory_mb=1))
    assert (
        str(caught.value)
        == "bad (de): bad.ipynb: the Python process of the notebook died before it was ready."
    )


def test_what_is_left_of_a_notebook_is_kept(work, tmp_path):
    with pytest.raises(RunError) as caught:
        execute_run(make_run(work, "bad", "6 * 7", "1 / 0", "never"), tmp_path, work)
    failure = caught.value.failure
    assert (failure.kind, failure.cells) == ("cell", 5)  # parameters, those of this run, show, and two
    cells = json.loads(failure.notebook)["cells"]
    outputs = [cell["outputs"] for cell in cells if cell["cell_type"] == "code"]
    assert [len(each) for each in outputs] == [0, 0, 0, 1, 1, 0]
    assert "".join(outputs[3][0]["data"]["text/plain"]) == "42"
    assert outputs[4][0]["ename"] == "ZeroDivisionError"


def test_hostile_messages_are_cut_and_cannot_steer_a_terminal(work, tmp_path):
    evil = r"raise ValueError('\x1b[2J\x1b]0;x\x07a\rb\u202ec' + 'y' * 10**6)"
    with pytest.raises(RunError) as caught:
        execute_run(make_run(work, "evil", evil), tmp_path, work)
    cause = caught.value.failure.cause
    assert cause.startswith("ValueError: ]0;xabcyyy")
    assert len(cause) < 2001


def test_limits_are_generous_by_default():
    assert (USUAL.cell_s, USUAL.run_s, USUAL.memory_mb) == (600, 1800, 2000)
    assert DIED.startswith("the Python process of the notebook died.")
