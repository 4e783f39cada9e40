"""The shell behind one socket says what a kernel of Jupyter says, and does better where that leaves a run alone."""

import json
import os
import tempfile
from collections import Counter
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
    "async def late():\n    await asyncio.sleep(0.05)\n    print('of the cell before')\ntask = asyncio.create_task(late())",
    "await asyncio.sleep(0.2)\nprint('mine')",
    "[task.cancel() for task in asyncio.all_tasks()]; 1",
]
INTERRUPT = """
import os, signal
try:
    os.kill(os.getpid(), signal.SIGINT); signal.sigtimedwait([], 1)
except KeyboardInterrupt:
    print('interrupted')
"""
TIMERS = """
def stop(*_): raise TimeoutError
signal.signal(signal.SIGALRM, stop)
late, page, pages = 0, ('y' * 79 + chr(10)) * 2500, ('z' * 79 + chr(10)) * 4000
for _ in range(100):
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.0005); print(page); signal.setitimer(signal.ITIMER_REAL, 0)
    except TimeoutError:
        late += 1
signal.signal(signal.SIGALRM, lambda *_: print('tick'))
signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
for _ in range(30): print(pages)
signal.setitimer(signal.ITIMER_REAL, 0)
"""
CIRCUMSTANCES = [
    "import os, sys\nsorted(name for name in globals() if name != 'show')",
    "sys.modules['__main__'].__dict__ is globals(), __name__, __doc__, sys.path",
    # What ipykernel leaves there for its own use
    "sorted(os.environ.keys() - {'JPY_PARENT_PID', 'PYDEVD_USE_FRAME_EVAL'})",
    "%%capture said\nprint(1)",
    "said.stdout",
    "%cd ..\n%bookmark above\nkept = 1\n%store kept",
    "get_ipython().ipython_dir == os.environ['IPYTHONDIR']",
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


def test_interrupts_and_timers_leave_whole_messages(work, servers):
    look = "late > 0, signal.getsignal(signal.SIGINT) is signal.default_int_handler"
    for server in servers.values():
        done = execute(work, server, "signals", INTERRUPT, TIMERS, look, limits=Limits(cell_s=20))
        interrupted, printed, looked = [
            cell["outputs"][0] for cell in json.loads(done.path.read_text())["cells"][-3:]
        ]
        assert "".join(interrupted["text"]) == "interrupted\n"
        lines = Counter("".join(printed["text"]).splitlines())
        assert lines["z" * 79] == 30 * 4000
        assert lines["tick"] > 0
        assert "".join(looked["data"]["text/plain"]) == "(True, True)"


def test_both_sides_may_speak_at_once(work, servers):
    speak = "import asyncio\nasync def speak():\n    for _ in range(50): print(('x' * 79 + chr(10)) * 1200); await asyncio.sleep(0)\n"
    large = f"text = {'y' * 3_000_000!r}\nlen(text)"
    cells = [speak + "task = asyncio.create_task(speak())", large, *titled("T")]
    done = execute(work, servers["fork"], "both", *cells, limits=Limits(cell_s=20))
    assert "3000000" in done.path.read_text()


def test_a_child_that_flushes_while_a_thread_prints_does_not_hang(work, servers):
    talk = "import os, threading\nstop = []\ndef talk():\n    while not stop: print(('x' * 79 + chr(10)) * 600)\nthreading.Thread(target=talk).start()"
    forks = "ended = []\nfor _ in range(20):\n    child = os.fork()\n    if not child: print(end='', flush=True); os._exit(0)\n    ended.append(os.waitpid(child, 0)[1])"
    cells = [talk, f"{forks}\nstop.append(1)", "sum(ended), len(ended)"]
    done = execute(work, servers["fork"], "flush", *cells, limits=Limits(cell_s=20))
    *_, last = json.loads(done.path.read_text())["cells"][-1]["outputs"]
    assert last["data"]["text/plain"] == "(0, 20)"


@pytest.mark.parametrize("spoil", ["os.ftruncate(1, 0)", "open('/dev/stdout', 'w').write('over it')"])
def test_what_a_cell_does_to_its_output_is_its_own_affair(work, servers, spoil):
    source = f"import os\nos.write(1, b'a line\\n'); print(end='', flush=True)\n{spoil}"
    done = execute(work, servers["fork"], "spoils", source, "print('next')")
    *_, spoilt, after = json.loads(done.path.read_text())["cells"]
    assert spoilt["outputs"][0]["text"].startswith("a line\n")
    assert after["outputs"][0]["text"].endswith("next\n")


def test_endless_output_ends_with_its_cell_and_fills_no_memory(work, servers):
    with pytest.raises(RunError, match="no end after 2 seconds"):
        execute(
            work,
            servers["fork"],
            "endless",
            "while True: print('x' * 1000)",
            limits=Limits(cell_s=2, memory_mb=400),
        )


def test_half_a_character_is_shown_as_such(work, servers):
    done = execute(work, servers["fork"], "half", "print('\\ud83d', end='')")
    assert json.loads(done.path.read_text())["cells"][-1]["outputs"][0]["text"] == "\ufffd"


def test_a_cell_that_speaks_in_the_place_of_the_kernel_is_ended(work, servers):
    find = "import os\nown = get_ipython().displayhook.session.connection.fileno()"
    message, failure = tell(work, servers["fork"], "between", f"{find}\nos.write(own, b'\\0\\0\\0\\1?')")
    assert (failure.kind, message.partition(": the ")[2][:14]) == ("died", "Python process")


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
