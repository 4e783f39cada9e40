"""Faults planted in the reports of one edition: each has its message, all of them one exit code, the good report is kept."""

import sys

import pytest
from conftest import PARAMETERS, titled, write_notebook
from fault_campaign import check_whole

from analysis.publish.runs.failure import DIED

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")

READ = "Put the data into the register or data/reference and read them there."
FETCH = "Fetch the data beforehand and put them into the register or data/reference."
RUN = "Run it beforehand and put its result into the register or data/reference."
FAULTS = {
    "breaks": ("{}['east']", "KeyError: 'east'"),
    "calls": (
        "import socket; socket.create_connection(('192.0.2.1', 80))",
        f"the notebook connects to '192.0.2.1', but a report may not depend on the network. {FETCH}",
    ),
    "dies": ("import os; os._exit(1)", DIED),
    "eats": (
        "x = bytearray(10**9)",
        "needs more than 600 MB of memory, allowed per report. Compute less, or allow more with --memory.",
    ),
    "leaves": ("import sys; sys.exit()", "ends the notebook. Remove the exit."),
    "peeks": (
        "open('/secret.csv')",
        f"the notebook uses '/secret.csv', which is not among the inputs of its report. {READ}",
    ),
    "runs": (
        "import os; os.system('date')",
        f"the notebook starts the program 'date', but what a program reads is not known. {RUN}",
    ),
}
EDITION = """
default = "now"
[now]
title_de = "Jetzt"
title_en = "Now"
register = "data/heim"
as_of = 2026-11-01
languages = ["de"]
reports = [{}]
"""


@pytest.fixture
def planted(home):
    """The project folder with an edition of one good report, built, and then one report for each fault."""

    def plan(*names):
        reports = ", ".join(f'{{ notebook = "{name}" }}' for name in names)
        (home / "reports" / "editions.toml").write_text(EDITION.format(reports), encoding="utf-8")

    plan("overview")
    for name, (source, _) in FAULTS.items():
        write_notebook(home / "notebooks" / f"{name}.ipynb", source, *titled("T"), parameters=PARAMETERS)
    return plan


@pytest.mark.parametrize("kernel", ["fork", "spawn"])
def test_each_fault_has_its_message(twinning, home, planted, kernel):
    assert twinning("report", "now", "--format", "html")[0] == 0
    planted("overview", *FAULTS)
    command = ["report", "now", "--format", "html", "--memory", "600", "--kernel", kernel]
    code, out, err = twinning(*command, "--quiet", "--workers", "2")
    assert (code, out) == (1, "")
    head, *rows, last = err.splitlines()
    assert head == "FAILED REPORT  STEP  WHAT HAPPENED"
    expected = []
    for name, (source, cause) in FAULTS.items():
        number = "" if name == "leaves" else " 3"  # the last one that was started is not the one that left
        expected.append(f"{f'{name} (de)':13}  -     {name}.ipynb, cell{number} ({source}): {cause}")
    assert sorted(rows) == expected
    assert last.startswith("twinning: 7 of 8 reports failed, nothing was published. What to do, in words: ")
    pages = {path.name for path in (home / "reports" / "now.failed").glob("*.html")}
    assert pages == {f"{name}.de.html" for name in FAULTS}
    check_whole(home / "reports" / "now")
    planted("overview")
    assert twinning(*command)[1].startswith("Nothing to build, 1 report up to date:")
    assert not (home / "reports" / "now.failed").exists()
