"""Runs in real kernels: what comes out, what is pinned, and what a failure says."""

import json
import os
import re
import sys
from pathlib import Path

import pytest
from conftest import titled, write_notebook

from analysis.publish.runs.limits import USUAL
from analysis.publish.runs.run import Finished, Run, RunError, execute_run
from analysis.publish.runs.worker import Tools, Worker
from analysis.publish.runs.workers import Job, execute_runs


@pytest.fixture
def work(tmp_path):
    """A snapshot without data."""
    (tmp_path / "wörk $HOME" / "notebooks").mkdir(parents=True)
    return tmp_path / "wörk $HOME"


def make_run(work, key, *sources, **parameters):
    notebook = write_notebook(work / "notebooks" / f"{key.replace('/', '-')}.ipynb", *sources)
    return Run(notebook, "de", key, {"language": "de", **parameters})


def texts(path):
    """What the cells printed or returned, by cell."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return ["".join(output.get("text") or output["data"]["text/plain"]) for output in outputs]


def test_a_run_gets_its_parameters_and_a_pinned_kernel_of_this_python(work, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "nowhere"))
    look = "import os, sys\n[os.environ[n] for n in ('PYTHONHASHSEED', 'TZ', 'MPLBACKEND', 'TWINNING_HOME')]"
    run = make_run(
        work, "partner/east", "as_of", look, "sys.executable, os.getcwd()", as_of="\"'\\ \n{x}; import os #ü"
    )
    finished = execute_run(run, tmp_path / "out", work)
    assert finished.path == tmp_path / "out" / "partner" / "east.de.ipynb"
    backend = "module://matplotlib_inline.backend_inline"
    assert [eval(text) for text in texts(finished.path)] == [
        "\"'\\ \n{x}; import os #ü",
        ["0", "UTC", backend, str(work)],
        (sys.executable, str(work / "notebooks")),
    ]


def test_two_runs_give_the_same_bytes(work, tmp_path):
    sources = [
        "print('a', flush=True)\nprint('b')",
        "object()",
        "import warnings; warnings.warn('old')",
        "sorted({'x', 'y', 'z'}, key=hash)",
    ]
    run = make_run(work, "study", *titled("T"), *sources)
    first, second = (execute_run(run, tmp_path / name, work) for name in ("one", "two"))
    assert first.path.read_bytes() == second.path.read_bytes()
    assert "UserWarning: old" in first.notes
    content = first.path.read_text(encoding="utf-8")
    for trace in (str(tmp_path), "papermill", "ipykernel", "UserWarning"):
        assert trace not in content
    assert texts(first.path)[2:4] == ["a\nb\n", "<object at 0x0>"]


FAILURES = {
    "x = 1\n1 / 0": " (x = 1): ZeroDivisionError: division by zero",
    "raise ValueError('one\\ntwo')": " (raise ValueError('one\\ntwo')): ValueError: one\ntwo",
    "x = = 1": " (x = = 1): SyntaxError: invalid syntax (line 1)",
    "import sys; sys.exit(0)": None,
    "import os; os._exit(3)": (
        " (import os; os._exit(3)): the Python process of the notebook died. "
        "Often memory is short: try again with --workers 1, or allow more with --memory."
    ),
}


def test_failures_name_notebook_cell_and_cause_and_stop_no_other_run(work, tmp_path):
    runs = [make_run(work, f"bad-{n}", "y = 0", source) for n, source in enumerate(FAILURES)]
    runs.append(make_run(work, "good", *titled("T")))
    outcomes = list(execute_runs([Job(run, tmp_path / "out", work) for run in runs], workers=2))
    messages = {str(each).partition(" ")[0]: str(each) for each in outcomes if isinstance(each, RunError)}
    for n, expected in enumerate(FAILURES.values()):
        message = messages.pop(f"bad-{n}")
        if expected:
            assert message.startswith(f"bad-{n} (de): bad-{n}.ipynb, cell 4 (")
            assert message.partition("cell 4")[2] == expected
        else:
            assert message == (
                f"bad-{n} (de): bad-{n}.ipynb, cell (import sys; sys.exit(0)): ends the notebook. Remove the exit."
            )
    assert messages == {}
    (good,) = (each for each in outcomes if isinstance(each, Finished))
    assert good.run.key == "good"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.de.ipynb"]


def test_a_file_that_is_no_notebook_is_told(work, tmp_path):
    (work / "notebooks" / "no.ipynb").write_text("{}")
    with pytest.raises(RunError, match=r"^no \(de\): no.ipynb: "):
        execute_run(Run(work / "notebooks" / "no.ipynb", "de", "no"), tmp_path, work)


def test_leaving_early_stops_workers_and_kernels(work, tmp_path):
    pid = work / "pid"
    slow = make_run(
        work,
        "slow",
        f"import os, time; os.makedirs({str(pid)!r} + f'/{{os.getpid()}}')",  # it may write to no file there
        "time.sleep(60)",
    )
    quick = make_run(
        work,
        "quick",
        f"import pathlib, time\nwhile not pathlib.Path({str(pid)!r}).exists(): time.sleep(0.05)",
    )
    outcomes = execute_runs([Job(run, tmp_path / "out", work) for run in (slow, quick)], workers=2)
    assert next(outcomes).run == quick
    outcomes.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(next(pid.iterdir()).name), 0)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_are_deaf_to_interrupts_from_the_first_moment():
    worker = Worker(Tools(Path(), None, None, USUAL))
    worker.start()
    try:
        status = Path(f"/proc/{worker.process.pid}/status").read_text()
        assert re.search(r"SigBlk:\s*[0-9a-f]*2$", status, re.MULTILINE)  # the bit of SIGINT
    finally:
        worker.stop()
    assert worker.process.exitcode == -9
