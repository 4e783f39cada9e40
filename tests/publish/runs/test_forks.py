"""Kernels forked from one process: the same results as new processes, apart from each other, and gone at the end."""

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyogrio
import pyproj
import pytest
from conftest import titled, write_notebook

from analysis.publish.edition.imports import list_shared
from analysis.publish.runs.failure import DIED
from analysis.publish.runs.kernels import SHELL, serve_kernels
from analysis.publish.runs.run import Run, RunError, execute_run
from analysis.publish.runs.workers import Job, execute_runs, open_kernels

ONLY_KERNELS = ("ipykernel.ipkernel",)  # preloaded where it is not what a notebook imports that matters
NOTEBOOKS = sorted((Path(__file__).parents[3] / "notebooks").glob("*.ipynb"))
# What a kernel is made of
THE_SHELL = ["analysis", "analysis.publish", "analysis.publish.runs"]
THE_SHELL += [f"analysis.publish.runs.{name}" for name in ("messages", "shell", "wire")]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")

# Everything at hand that lasts beyond a cell, and what the same cell shows of it
CHANGE = """
import builtins, decimal, gc, json, locale, os, random, sys, warnings
import matplotlib, numpy, pandas
gc.disable(); decimal.getcontext().prec = 3; json.mine = 1; warnings.simplefilter("ignore"); numpy.seterr(all="raise")
os.umask(0o077); sys.setrecursionlimit(5000); pandas.DataFrame.mine = 1
os.chdir("/"); os.environ["TZ"] = "Asia/Tokyo"; sys.path.insert(0, "/nowhere"); builtins.mine = 1
matplotlib.rcParams["font.size"] = 40; pandas.set_option("display.max_rows", 3)
locale.setlocale(locale.LC_ALL, "C"); random.seed(1); numpy.random.seed(1)
"""
LOOK = """
import builtins, decimal, gc, json, locale, os, sys, warnings
import matplotlib, numpy, pandas
(gc.isenabled(), decimal.getcontext().prec, hasattr(json, "mine"), str(warnings.filters), numpy.geterr(), os.umask(0o022),
 sys.getrecursionlimit(), hasattr(pandas.DataFrame, "mine"),
 os.getcwd(), dict(os.environ).get("TZ"), sys.path, hasattr(builtins, "mine"),
 matplotlib.rcParams["font.size"], pandas.get_option("display.max_rows"), locale.setlocale(locale.LC_ALL))
"""
DRAW = """
import random
import matplotlib.pyplot as plt, numpy as np
random.seed(1); np.random.seed(1)
plt.plot([random.random(), np.random.random()]); plt.show()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server for several tests."""
    with serve_kernels(tmp_path_factory.mktemp("s"), "fork") as server:
        yield server


@pytest.fixture
def quick(monkeypatch):
    """Servers that start sooner."""
    monkeypatch.setattr("analysis.publish.runs.kernels.PRELOADED", ONLY_KERNELS)


@pytest.fixture
def temporary():
    """A folder whose path is short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        yield Path(folder)


@pytest.fixture
def work(tmp_path):
    """A snapshot without data."""
    (tmp_path / "work" / "notebooks").mkdir(parents=True)
    return tmp_path / "work"


def make_run(work, key, *sources):
    return Run(write_notebook(work / "notebooks" / f"{key}.ipynb", *sources), "de", key, {"language": "de"})


def show(work, server, *sources):
    """What the last cell returned, in a forked kernel."""
    cells = json.loads(
        execute_run(make_run(work, "show", *sources), work / "out", work, server.address).path.read_text()
    )["cells"]
    return eval("".join(cells[-1]["outputs"][-1]["data"]["text/plain"]))


def descriptors(pid):
    folder = Path(f"/proc/{pid}/fd")
    return [os.readlink(path) for path in folder.iterdir() if path.is_symlink()]


def test_modules_of_ours_are_loaded_for_all_kernels_and_a_broken_one_is_told_by_its_notebook(
    work, temporary, quick
):
    (temporary / "mine.py").write_text("import os; maker = os.getpid()")
    (temporary / "broken.py").write_text("this is no Python")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(temporary))
        with serve_kernels(temporary, "fork", ["mine", "broken"]) as server:
            import_mine = "import mine, os; (mine.maker, os.getppid())"
            assert len({*show(work, server, import_mine), server.process.pid}) == 1
            with pytest.raises(RunError, match="broken.py"):
                show(work, server, "import broken")


def test_forked_or_spawned_with_one_worker_or_two_the_bytes_are_the_same(work, tmp_path):
    runs = [
        make_run(work, "one", *titled("1"), DRAW),
        make_run(work, "two", *titled("2"), "object(), hash('a')"),
    ]
    written = []
    for kernel, workers in (("fork", 1), ("fork", 2), ("spawn", 2)):
        folder = tmp_path / f"{kernel}-{workers}"
        finished = list(
            execute_runs(
                [Job(run, folder, work) for run in runs], workers=workers, kernels=open_kernels(kernel)
            )
        )
        assert {outcome.run for outcome in finished} == set(runs)
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert written[0] == written[1] == written[2]
    assert b"image/png" in written[0]["one.de.ipynb"]


def test_a_notebook_that_changes_global_state_does_not_touch_the_next(work, server):
    before = show(work, server, LOOK)
    assert before[8] == str(work / "notebooks")
    changed = show(work, server, CHANGE, LOOK)
    assert [was for was, now in zip(before, changed, strict=True) if was == now] == []
    assert show(work, server, LOOK) == before


def test_random_numbers_differ_unless_seeded(work, server):
    draw = (
        "import os, random, secrets, tempfile, uuid\nimport numpy\n"
        "(random.random(), numpy.random.random(), numpy.random.default_rng().random(), numpy.random.randint(2**31),"
        " uuid.uuid4().hex, secrets.token_hex(), os.urandom(8), next(tempfile._get_candidate_names()))"
    )
    first, second = show(work, server, draw), show(work, server, draw)
    assert all(one != other for one, other in zip(first, second, strict=True))
    seeded = "import random, numpy; random.seed(1); numpy.random.seed(1)"
    assert show(work, server, seeded, draw)[:2] == show(work, server, seeded, draw)[:2]


def test_the_server_has_one_thread_no_open_data_and_of_the_project_what_it_was_told(work, server, temporary):
    look = "import os, sys\nsorted(name for name in sys.modules if name.startswith('analysis')), os.getppid()"
    assert show(work, server, look) == (THE_SHELL, server.process.pid)
    check_calm(server)
    own = sorted({module for path in NOTEBOOKS for module in list_shared([path])})
    with serve_kernels(temporary, "fork", [*own, SHELL]) as full:
        loaded, parent = show(work, full, look)
        assert parent == full.process.pid
        assert {"analysis.history", "analysis.network.centrality"} <= {*own, *THE_SHELL} == set(loaded)
        check_calm(full)


def check_calm(server):
    """One thread, and no open file of data."""
    assert "\nThreads:\t1\n" in Path(f"/proc/{server.process.pid}/status").read_text()
    opened = descriptors(server.process.pid)
    # The one exception: PROJ opens its database where pyproj and pyogrio are imported, cannot be told to close it, and
    # opens it anew after a fork. It is a part of the packages, read only, and no data of the project.
    proj = {os.path.join(pyproj.datadir.get_data_dir(), "proj.db")}
    proj.add(os.path.join(os.path.dirname(pyogrio.__file__), "proj_data", "proj.db"))
    files = {name for name in opened if os.path.isfile(name)} - set(descriptors(os.getpid()))
    assert files <= proj  # besides standard output and error of the tests
    assert (
        len([name for name in opened if name.startswith("socket:")]) == 4
    )  # listener, lifeline, both ends of a bell


@pytest.mark.parametrize("death", ["os._exit(3)", "os.kill(os.getpid(), 9)", "os.kill(os.getpid(), 11)"])
def test_a_kernel_that_dies_is_told_in_one_message(work, server, death):
    with pytest.raises(RunError) as caught:
        show(work, server, f"import os; {death}")
    assert str(caught.value) == f"show (de): show.ipynb, cell 3 (import os; {death}): {DIED}"


def test_without_a_server_the_message_says_what_to_do(work, tmp_path):
    run = make_run(work, "alone", "1")
    expected = (
        r"^alone \(de\): alone.ipynb: .*the process that starts kernels has ended. Try .* --kernel spawn\.$"
    )
    with pytest.raises(RunError, match=expected):
        execute_run(run, tmp_path, work, str(tmp_path / "kernels"))


def test_a_server_that_dies_loses_what_runs_and_is_replaced(work, tmp_path, quick):
    kill = "import os, time; os.kill(os.getppid(), 9); time.sleep(60)"
    runs = [make_run(work, "killer", kill, "1"), make_run(work, "good", *titled("T"))]
    lost, good = execute_runs([Job(run, tmp_path / "out", work) for run in runs], workers=1)
    assert str(lost).startswith("killer (de): killer.ipynb, cell ")
    assert str(lost).endswith(DIED)
    assert good.run.key == "good"


def test_a_server_whose_folder_has_gone_ends_without_a_word(work, tmp_path, quick, capfd):
    folder = tmp_path / "s"
    folder.mkdir()
    with serve_kernels(folder, "fork", [SHELL]) as server:
        assert show(work, server, "1") == 1
        assert {path.name for path in folder.iterdir()} == {
            "kernels",
            "matplotlibrc",
        }  # it wrote nothing itself
        shutil.rmtree(folder)
    assert server.process.returncode == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("kernel", ["fork", "spawn"])
def test_a_server_that_is_stopped_is_ended_all_the_same(temporary, monkeypatch, quick, kernel):
    monkeypatch.setattr("analysis.publish.runs.forks.END_LIMIT_S", 0.5)
    with serve_kernels(temporary, kernel) as server:
        os.kill(server.process.pid, signal.SIGSTOP)
    assert server.process.returncode == -signal.SIGKILL


def test_a_server_that_always_dies_is_given_up(work, tmp_path, quick):
    runs = [make_run(work, f"killer-{n}", "import os; os.kill(os.getppid(), 9)", "1") for n in range(5)]
    *_, last = execute_runs([Job(run, tmp_path / "out", work) for run in runs], workers=1)
    assert str(last).endswith("the process that starts kernels has ended. Try again with --kernel spawn.")


@pytest.mark.parametrize("kernel", ["fork", "spawn"])
def test_a_killed_worker_loses_its_run_and_its_kernel(work, tmp_path, quick, kernel):
    mark = work / "pid"
    runs = [make_run(work, "slow", wait_and_tell(mark)), make_run(work, "good", *titled("T"))]

    def kill():
        read_when_there(mark)
        for worker in multiprocessing.active_children():
            worker.kill()

    threading.Thread(target=kill).start()
    lost, good = execute_runs([Job(run, tmp_path / "out", work) for run in runs], workers=1)
    assert str(lost) == "slow (de): its process ended unexpectedly (code -9). Try again with --workers 1."
    assert good.run.key == "good"
    assert not Path("/proc", mark.read_text()).exists()


def wait_and_tell(mark):
    # Past the fence, which tells of no C function
    write = f"os.write(ctypes.CDLL(None).creat({os.fsencode(mark)!r}, 0o600), str(os.getpid()).encode())"
    return f"import ctypes, os, time\nif os.fork(): {write}\ntime.sleep(60)"


def read_when_there(mark):
    wait_until(lambda: mark.exists() and mark.read_text())
    return int(mark.read_text())


def wait_until(is_true, show=lambda: None):
    end = time.monotonic() + 30
    while not is_true():
        assert time.monotonic() < end, show()
        time.sleep(0.05)


BUILD = """
import sys
from pathlib import Path
from analysis.publish.runs import kernels
from analysis.publish.runs.run import Run
from analysis.publish.runs.workers import Job, execute_runs, open_kernels
kernels.PRELOADED = ("ipykernel.ipkernel",)
if __name__ == "__main__":
    work = Path(sys.argv[1])
    runs = [Run(path, "de", path.stem, {"language": "de"}) for path in sorted((work / "notebooks").glob("*.ipynb"))]
    for outcome in execute_runs([Job(run, work / "out", work) for run in runs], workers=1):
        print(outcome)
"""


def marked(text):
    """The processes whose environment holds a text, without those that have ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if text.encode() in (path / "environ").read_bytes():
                found.append((path / "cmdline").read_bytes())
        except OSError:
            pass
    return found


@pytest.mark.parametrize("kernel", ["fork", "spawn"])
@pytest.mark.parametrize("victim", ["nobody", "parent", "server", "worker", "kernel"])
def test_nothing_is_left_behind(work, tmp_path, temporary, victim, kernel):
    mark = work / "pid"
    (tmp_path / "build.py").write_text(BUILD)
    make_run(work, "fails", "1 / 0")
    make_run(work, "waits", "1" if victim == "nobody" else wait_and_tell(mark))
    environment = {**os.environ, "TMPDIR": str(temporary)}
    process = subprocess.Popen(
        [sys.executable, tmp_path / "build.py", work, kernel],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if victim != "nobody":
        strike(victim, process.pid, read_when_there(mark))
    process.wait(timeout=60)
    wait_until(lambda: marked(f"TMPDIR={temporary}") == [], lambda: marked(f"TMPDIR={temporary}"))
    assert list(temporary.iterdir()) == []


def strike(victim, parent, kernel):
    """Kill a process of a build."""
    server = int(Path(f"/proc/{kernel}/stat").read_text().rpartition(")")[2].split()[1])
    children = map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
    (worker,) = (pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill({"parent": parent, "server": server, "worker": worker, "kernel": kernel}[victim], signal.SIGKILL)
