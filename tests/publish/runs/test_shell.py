"""The shell behind one socket says what a kernel of Jupyter says, and does better where that leaves a run alone."""

import json
import os
import tempfile
from pathlib import Path

import pytest
from conftest import titled, write_notebook

from analysis.publish.runs.kernels import SHELL, serve_kernels
from analysis.publish.runs.limits import USUAL, Limits
from analysis.publish.runs.run import Run, RunError, execute_run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has Jupyter's kernels")

SPEECH = [
    "import sys\nprint('a'); print('b', file=sys.stderr); print('c', end=''); sys.stdout.write('d\\n')",
    "for number in range(300): print(number)",
    "import ctypes\nprint('before'); ctypes.CDLL(None).puts(b'below'); ctypes.CDLL(None).fflush(None)",
    "import threading\nthread = threading.Thread(target=print, args=['aside']); thread.start(); thread.join()",
    "import os\nchild = os.fork()\nif not child: print('child', flush=True); os._exit(0)\nos.waitpid(child, 0)[1]",
    "import multiprocessing\nmultiprocessing.get_context('fork').Pool(1).map(abs, [-1])",
    "print('half \\udc80 of a character')",
    "import logging; logging.warning('logged')",
]
DISPLAY = [
    "from IPython.display import HTML, clear_output, display, update_display",
    "display(HTML('<b>x</b>'), display_id='x'); print('between'); update_display(HTML('<b>y</b>'), display_id='x')",
    "print('gone'); clear_output(); print('kept')",
    "print('gone'); clear_output(wait=True); print('kept')",
    "display({'application/json': {'a': float('nan')}}, raw=True)",
    "import pandas\npandas.DataFrame({'a': [1, 2]})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
    "%matplotlib inline\nfigure, axes = plt.subplots(); figure",
    "_, In[3], sorted(Out)",
]
WAITING = [
    "import asyncio\nawait asyncio.sleep(0.01)\n3",
    "async def tell(): print('told')\ntask = asyncio.create_task(tell())",
    "await asyncio.sleep(0.05)\nasyncio.get_running_loop().is_running()",
]
CIRCUMSTANCES = [
    "import os, sys\nsorted(name for name in globals() if name != 'show')",
    "sys.modules['__main__'].__dict__ is globals(), __name__, __doc__, sys.path",
    # What ipykernel leaves there for its own use
    "sorted(os.environ.keys() - {'JPY_PARENT_PID', 'PYDEVD_USE_FRAME_EVAL'})",
    "%%capture said\nprint(1)",
    "said.stdout",
]
GOOD = {"speech": SPEECH, "display": DISPLAY, "waiting": WAITING, "circumstances": CIRCUMSTANCES}
BAD = {
    "error": "print('before')\ntry:\n    1 / 0\nexcept ArithmeticError:\n    raise ValueError('\u00e9\"')",
    "syntax": "x = ",
    "indent": "  x = 1\n y = 2",
    "interrupt": "raise KeyboardInterrupt",
    "own": "class Own(BaseException): pass\nraise Own('own')",
    "repr": "class Shy:\n    def __repr__(self): raise RuntimeError('shy')\nShy()",
    "nested-loop": "import asyncio\nasyncio.run(asyncio.sleep(0))",
    "end": "import sys; sys.exit(3)",
}


@pytest.fixture(scope="module")
def servers():
    """The addresses of what starts kernels: forked ones, and new ones."""
    with (
        tempfile.TemporaryDirectory(prefix="t") as one,
        tempfile.TemporaryDirectory(prefix="t") as two,
        serve_kernels(Path(one), "fork", [SHELL]) as fork,
        serve_kernels(Path(two), "spawn") as spawn,
    ):
        yield {"fork": fork.address, "spawn": spawn.address}


@pytest.fixture
def work(tmp_path):
    """A snapshot without data."""
    (tmp_path / "work" / "notebooks").mkdir(parents=True)
    return tmp_path / "work"


def execute(work, server, key, *sources, limits=USUAL):
    run = Run(write_notebook(work / "notebooks" / f"{key}.ipynb", *sources), "de", key, {"language": "de"})
    return execute_run(run, work / "out", work, server, limits)


def tell(work, server, key, *sources):
    """All that is known of a run that fails."""
    with pytest.raises(RunError) as caught:
        execute(work, server, key, *sources)
    return str(caught.value), caught.value.failure


@pytest.mark.edition
@pytest.mark.parametrize("key", GOOD)
def test_cells_that_go_well_leave_what_they_leave_in_a_kernel_of_jupyter(work, servers, key):
    usual = execute(work, None, key, *GOOD[key])
    expected, noted = usual.path.read_bytes(), usual.notes.count("\n")
    assert any(cell["outputs"] for cell in json.loads(expected)["cells"])
    for server in servers.values():
        done = execute(work, server, key, *GOOD[key])
        assert done.path.read_bytes() == expected
        assert done.notes.count("\n") == noted


@pytest.mark.edition
@pytest.mark.parametrize("key", BAD)
def test_cells_that_fail_leave_what_they_leave_in_a_kernel_of_jupyter(work, servers, key):
    expected = tell(work, None, key, BAD[key], "never")
    assert [tell(work, server, key, BAD[key], "never") for server in servers.values()] == [expected] * 2


def test_a_call_of_exit_is_refused_which_jupyter_would_pass_over(work, servers):
    for server in servers.values():
        message, failure = tell(work, server, "leaves", "exit()", "never")
        assert message == "leaves (de): leaves.ipynb, cell (exit()): ends the notebook. Remove the exit."
        assert failure.cells == 4


@pytest.mark.parametrize("ask", ["input('Name? ')", "import getpass; getpass.getpass()"])
def test_a_question_is_refused(work, servers, ask):
    message, _ = tell(work, servers["fork"], "asks", ask)
    assert message.endswith(
        "StdinNotImplementedError: a report is made without anybody to ask. Give the value as a parameter."
    )


def test_a_child_that_falls_back_into_the_loop_answers_nothing(work, servers):
    forks = "import os\nchild = os.fork()\nif child: print('after')"
    done = execute(work, servers["fork"], "forks", forks, "os.waitpid(child, 0)[1]", *titled("T"))
    printed, code = [
        cell["outputs"][0] for cell in json.loads(done.path.read_text())["cells"] if "child" in cell["source"]
    ]
    assert "".join(printed["text"]) == "after\n"
    assert "".join(code["data"]["text/plain"]) == "0"


def test_what_a_cell_without_end_has_printed_is_known(work, servers):
    begun = "import time\nprint('begun'); print('going on'); time.sleep(60)"
    with pytest.raises(RunError) as caught:
        execute(work, servers["fork"], "slow", begun, limits=Limits(cell_s=1))
    outputs = json.loads(caught.value.failure.notebook)["cells"][-1]["outputs"]
    assert "".join(output["text"] for output in outputs) == "begun\ngoing on\n"


def test_a_descriptor_that_a_notebook_replaces_does_not_matter(work, servers):
    replace = "import os, tempfile\nfile = tempfile.TemporaryFile(); os.dup2(file.fileno(), 1)\nprint('said')"
    done = execute(work, servers["fork"], "replaces", replace, *titled("T"))
    assert "said" in done.path.read_text()
