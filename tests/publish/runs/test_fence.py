"""What a notebook may use: its inputs, Python, fonts; and what the fence says of all else, in real kernels."""

import json
import logging
import os
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import write_notebook

from analysis.publish.runs.fence import Refused, make_guard
from analysis.publish.runs.kernels import choose_way, serve_kernels
from analysis.publish.runs.limits import Limits
from analysis.publish.runs.run import Run, RunError, execute_run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="names POSIX paths")

ADVICE = "Put the data into the register or data/reference and read them there."
BEFOREHAND = "and put {} into the register or data/reference."
TRY = """
said = []
def attempt(action):
    try:
        action()
    except OSError as error:
        said.append(str(error))
"""
# What the libraries of a notebook read beside its inputs
ALLOWED = """
import mimetypes, shutil, subprocess, tempfile, zoneinfo
import geopandas, matplotlib.font_manager, matplotlib.pyplot as plt, pandas, pyproj
zoneinfo.ZoneInfo("Europe/Berlin"), mimetypes.guess_type("a.csv"), pyproj.CRS(25833)
matplotlib.font_manager.findSystemFonts()
folder = tempfile.mkdtemp()
plt.plot([1, 2]); plt.savefig(f"{folder}/drawn.png"); plt.close()
with tempfile.NamedTemporaryFile("w+", suffix=".csv") as file:
    file.write("a\\n1"); file.flush(); kept = pandas.read_csv(file.name)
frame = geopandas.GeoDataFrame(kept, geometry=geopandas.points_from_xy([1], [1]), crs=4326)
path = f"{folder}/points.geojson"
frame.to_file(path); kept = len(geopandas.read_file(path)); shutil.rmtree(folder); kept
"""


@pytest.fixture
def work(tmp_path):
    """A snapshot without data."""
    (tmp_path / "work" / "notebooks").mkdir(parents=True)
    return tmp_path / "work"


@pytest.fixture(scope="module", params=["fork", "spawn"])
def server(request, tmp_path_factory):
    """The address of what starts kernels."""
    with serve_kernels(tmp_path_factory.mktemp("s"), request.param) as server:
        yield server.address


def show(work, server, *sources, **limits):
    """What the last cell returned."""
    run = Run(write_notebook(work / "notebooks" / "x.ipynb", *sources), "de", "x", {"language": "de"})
    cells = json.loads(execute_run(run, work / "out", work, server, **limits).path.read_text())["cells"]
    return eval("".join(cells[-1]["outputs"][-1]["data"]["text/plain"]))


def test_a_file_that_is_not_among_the_inputs_is_refused_by_name(work, server, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1")
    with pytest.raises(RunError) as caught:
        show(work, server, f"import pandas\npandas.read_csv({str(secret)!r})")
    assert str(caught.value) == (
        "x (de): x.ipynb, cell 3 (import pandas): "
        f"the notebook uses {str(secret)!r}, which is not among the inputs of its report. {ADVICE}"
    )


def test_folders_the_network_and_programs_are_refused(work, server, tmp_path):
    look = f"""
import os, pathlib, sqlite3, subprocess, urllib.request
folder = pathlib.Path({str(tmp_path)!r})
attempt(lambda: list(folder.iterdir())); attempt(lambda: os.listdir("../..")); attempt(lambda: list(os.scandir(folder)))
attempt(lambda: (folder / "new").write_text("")); attempt(lambda: sqlite3.connect(folder / "base"))
attempt(lambda: urllib.request.urlopen("https://example.org"))
attempt(lambda: urllib.request.urlopen("http://127.0.0.1:9"))
attempt(lambda: subprocess.run(["cat", "x"])); attempt(lambda: os.system("cat x"))
"""
    said = show(work, server, TRY, look, "said")
    paths = [tmp_path, tmp_path, tmp_path, tmp_path / "new", tmp_path / "base"]
    assert said[:5] == [
        f"the notebook uses {str(path)!r}, which is not among the inputs of its report. {ADVICE}"
        for path in paths
    ]
    for text, host in zip(said[5:7], ("example.org", "127.0.0.1"), strict=True):
        assert f"the notebook connects to {host!r}, but a report may not depend on the network." in text
        assert "Fetch the data beforehand " + BEFOREHAND.format("them") in text
    for text, name in zip(said[7:], ("cat", "cat x"), strict=True):
        assert text == (
            f"the notebook starts the program {name!r}, but what a program reads is not known. "
            "Run it beforehand " + BEFOREHAND.format("its result")
        )


def test_data_of_a_snapshot_are_not_written_to_since_others_read_them(work, server):
    (work / "data.csv").write_text("a\n1")
    look = """
import os, pathlib
path = pathlib.Path("../data.csv")
attempt(lambda: path.write_text("")); attempt(lambda: path.open("a")); attempt(lambda: path.open("r+"))
attempt(path.unlink); attempt(lambda: path.rename("other")); attempt(lambda: os.open(path, os.O_RDWR))
attempt(lambda: pathlib.Path("figure.png").write_bytes(b"")); attempt(lambda: open("/dev/shm/x", "w"))
open(os.devnull, "w").close()
"""
    said = show(work, server, TRY, look, "said")
    places = [work / "data.csv"] * 6 + [work / "notebooks" / "figure.png", Path("/dev/shm/x")]
    assert said == [
        f"the notebook writes to {str(place)!r}, but other notebooks may read that. Show results with page.figure "
        "and page.table; write what is temporary to tempfile.gettempdir()."
        for place in places
    ]
    assert (work / "data.csv").read_text() == "a\n1"


def test_what_the_machine_knows_and_modules_of_no_version_are_refused(work, server, tmp_path, monkeypatch):
    (tmp_path / "own_module.py").write_text("VALUE = 1")
    monkeypatch.syspath_prepend(str(tmp_path))  # as PYTHONPATH does
    look = f"""
import os, sys
attempt(lambda: open("/etc/passwd"))
sys.path.append({str(tmp_path)!r})
try:
    import own_module
except ImportError as error:
    said.append(str(error))
"""
    said = show(work, server, TRY, look, "said")
    assert (
        said[0] == f"the notebook uses '/etc/passwd', which is not among the inputs of its report. {ADVICE}"
    )
    assert said[1] == "No module named 'own_module'"


def test_what_libraries_need_is_there(work, server):
    assert show(work, server, ALLOWED) == 1


def test_a_kernel_that_eats_memory_is_stopped_by_name(work, server):
    many_small = "kept = [str(n) for n in range(10**9)]"  # nothing is left to say so with
    for hungry in (
        many_small,
        "kept = [bytes(10**6) for _ in range(10**6)]",
        "import numpy; numpy.ones(10**9)",
    ):
        with pytest.raises(RunError) as caught:
            show(work, server, hungry, limits=Limits(memory_mb=500))
        assert str(caught.value) == (
            f"x (de): x.ipynb, cell 3 ({hungry}): needs more than 500 MB of memory, allowed per report. "
            "Compute less, or allow more with --memory."
        )


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has short names for long paths")
@pytest.mark.parametrize("kernel", ["fork", "spawn"])
def test_temporary_folders_with_paths_too_long_for_sockets_change_nothing(work, kernel, monkeypatch):
    with tempfile.TemporaryDirectory() as folder:
        deep = Path(folder, "d" * 120)
        deep.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(deep))
        with serve_kernels(deep, kernel) as server:
            assert show(work, server.address, "6 * 7") == 42
        assert list(deep.glob("twinning-*")) == []


def test_links_out_of_the_inputs_are_followed_and_parents_resolved(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "in-other"
    for folder in (inside, outside):
        folder.mkdir()
    guard = make_guard((str(inside),))
    for path in (inside, str(inside / "a"), os.fsencode(inside / ".." / "in"), 3, ":memory:"):
        guard("open", (path, "r", 0))
    (tmp_path / "link").symlink_to(inside)
    guard("os.listdir", (str(tmp_path / "link"),))
    guard("import", (str(outside),))
    for path in (outside, inside / ".." / "in-other", "/", inside / ".."):
        with pytest.raises(Refused, match="which is not among the inputs of its report"):
            guard("os.scandir", (path,))


def test_forking_is_the_default_where_it_is_safe_and_refused_elsewhere():
    assert [choose_way(None, system) for system in ("linux", "darwin", "win32")] == ["fork", "spawn", "spawn"]
    assert choose_way("spawn", "linux") == "spawn"
    with pytest.raises(ValueError, match=r"^is 'fork', allowed on this system \(darwin\) is 'spawn'\. Leave"):
        choose_way("fork", "darwin")
    assert choose_way() in ("fork", "spawn" if sys.platform != "linux" else "fork")


def test_what_the_user_has_set_does_not_reach_a_report(work, server, monkeypatch):
    for name in ("SECRET_SETTING", "LANG", "GDAL_DATA", "PYTHONSTARTUP"):
        monkeypatch.setenv(name, "/odd")
    source = "import os; [name for name, value in os.environ.items() if value == '/odd'], os.environ['TZ']"
    assert show(work, server, source) == ([], "UTC")


def test_what_the_user_has_set_for_gdal_does_not_reach_a_report(work, tmp_path, monkeypatch):
    (tmp_path / ".gdal").mkdir()
    (tmp_path / ".gdal" / "gdalrc").write_text("[configoptions]\nOSR_DEFAULT_AXIS_MAPPING_STRATEGY=odd\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    source = "import pyogrio; [pyogrio.get_gdal_config_option('OSR_DEFAULT_AXIS_MAPPING_STRATEGY')]"
    with serve_kernels(tmp_path, "fork") as forks:
        assert show(work, forks.address, source) == [None]


def test_a_kernel_that_jupyter_ends_logs_nothing_of_it(work):
    """Jupyter interrupts a kernel before it ends it, and now and then that is in time to be logged."""
    logger = "from traitlets.log import get_logger\n[(type(one).__name__, one.level) for one in get_logger().handlers]"
    assert show(work, None, logger) == [("StreamHandler", logging.CRITICAL)]
