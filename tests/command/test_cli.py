"""The command: what it builds, what it refuses, with which words and exit codes."""

import os
import re
import subprocess
import sys

import pytest
from conftest import pages, write_notebook


def test_an_edition_is_built_and_listed(twinning, home):
    code, out, err = twinning("report", "then", "--format", "html")
    assert code == 0
    assert err.startswith("1 report to build\n[1/1] ")
    assert err.endswith(" s  partner/east (de)\n")  # in 1999 the relation of 2004 did not exist
    assert out.startswith("1 report in ")
    assert out.endswith(f" s:\n  {home / 'reports' / 'then' / 'index.de.html'}\n")
    assert pages(home / "reports" / "then") == ["index.de.html", "partner/east.de.html"]

    code, out, err = twinning("list")
    assert (code, err) == (0, "")
    assert "now (default): Now\n  as of 2026-11-01, register data/heim, not built\n" in out
    assert f"then: Then\n  as of 1999-12-31, register data/heim, in {home / 'reports' / 'then'}\n" in out
    assert "notebook partner\n  language = 'de' (str) of the report\n" in out


def test_a_failed_report_is_told_and_nothing_published(twinning, home):
    write_notebook(
        home / "notebooks" / "partner.ipynb",
        "1 / 0",
        parameters='language: str = "de"\npartnership_id: str = ""',
    )
    code, out, err = twinning("report", "then")
    assert (code, out) == (1, "")
    page = home / "reports" / "then.failed" / "partner" / "east.de.html"
    lines = err.splitlines()
    assert lines[0] == "1 report to build"
    assert re.fullmatch(r"\[1/1\] FAILED +\d+\.\d s  partner/east \(de\)", lines[1])
    assert lines[2:] == [
        "FAILED REPORT      STEP  WHAT HAPPENED",
        "partner/east (de)  -     partner.ipynb, cell 3 (1 / 0): ZeroDivisionError: division by zero",
        f"twinning: 1 of 1 reports failed, nothing was published. What to do, in words: {page}",
    ]
    assert page.is_file()
    assert sorted(os.listdir(home / "reports")) == [".generations", "editions.toml", "then.failed"]
    assert sorted(os.listdir(home / "reports" / ".generations")) == ["then.cache", "then.failed.1"]
    assert os.listdir(home / "reports" / ".generations" / "then.cache") == []


REFUSED = {
    ("report", "nwo"): "twinning: edition 'nwo': unknown, allowed is: now, then. Did you mean 'now'?",
    ("report", "../../now"): "twinning: edition '../../now': unknown, allowed is: now, then.",
    ("report", "--partner", "wset"): "twinning: --partner: is 'wset', allowed is one of east, west. Did you mean 'west'?",
    ("report", "--partner", "../../x"): "twinning: --partner: is '../../x', allowed is one of east, west.",
    ("report", "then", "--partner", "west"): "twinning: --partner: is 'west', allowed is one of east.",
    ("report", "--notebook", "overveiw"): (
        "twinning: --notebook: is 'overveiw', allowed is one of overview, partner. Did you mean 'overview'?"
    ),
    ("report", "--notebook", "overview", "--partner", "east"): (
        "twinning: --partner: 'overview' is one report on all partners. Leave out --partner."
    ),
    ("report", "--as-of", "2020-01-01"): (
        "twinning: --as-of: goes only with --register PATH. An edition has its own in reports/editions.toml."
    ),
    ("report", "--register", "data/heim"): (
        "twinning: --register: needs the day whose state is told. Add --as-of DATE, as --as-of 2026-11-01."
    ),
    ("report", "now", "--register", "data/heim", "--as-of", "2020-01-01"): (
        "twinning: --register: replaces the edition. Leave out 'now'."
    ),
    ("report", "--register", "data/schema", "--as-of", "2020-01-01"): (
        "twinning: --register: is named 'schema', a name the project needs itself. Rename the folder."
    ),
    ("report", "--register", "data/Now", "--as-of", "2020-01-01"): (
        "twinning: --register: is named as the edition 'now'. Add --output DIR."
    ),
    ("report", "--register", "data/Nów", "--as-of", "2020-01-01"): (
        "twinning: --register: is named as the edition 'now'. Add --output DIR."
    ),
    ("report", "--register", "data/heim", "--as-of", "1960-01-01"): (
        "twinning: --as-of: is 1960-01-01, by then no relation of the register existed, the first is of 1973. "
        "Choose a later day."
    ),
    ("report", "--as-of", "0001-01-01"): (
        "twinning report: error: argument --as-of: is '0001-01-01', allowed are the years 1000 to 2100. "
        "Correct the year."
    ),
    ("report", "--as-of", "2101-01-01"): (
        "twinning report: error: argument --as-of: is '2101-01-01', allowed are the years 1000 to 2100. "
        "Correct the year."
    ),
    ("report", "--as-of", "2026-13-01"): (
        "twinning report: error: argument --as-of: is '2026-13-01', allowed is a date as 2026-11-01"
    ),
    ("report", "--workers", "0"): (
        "twinning report: error: argument --workers: is '0', allowed is a whole number from 1"
    ),
    ("report", "--format", "html,pfd"): (
        "twinning report: error: argument --format: is 'pfd', allowed is one of pdf, docx, xlsx, csv, html. "
        "Did you mean 'pdf'?"
    ),
    ("report", "--memory", "99"): (
        "twinning report: error: argument --memory: is '99', allowed is a whole number from 100, in MB"
    ),
    ("report", "--log", "nowhere/log"): (
        "twinning: --log: nowhere/log cannot be written (No such file or directory). Choose another file."
    ),
    ("report", "--fonts", "data"): "twinning: --fonts: ",
    ("verify", "nwo"): "twinning: edition 'nwo': unknown, allowed is: now, then. Did you mean 'now'?",
    ("report", "--language", "fr"): "twinning report: error: argument --language: invalid choice: 'fr'",
    ("reprot",): "twinning: error: argument COMMAND: invalid choice: 'reprot'",
    (): "twinning: error: the following arguments are required: COMMAND",
}  # fmt: skip


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_wrong_commands_are_refused_in_one_message(twinning, home, arguments):
    code, out, err = twinning(*arguments)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith(REFUSED[arguments])
    assert os.listdir(home / "reports") == ["editions.toml"]


def test_a_wrong_file_of_editions_and_a_wrong_home_are_refused(twinning, home, monkeypatch):
    (home / "reports" / "editions.toml").write_text("default = 1\nx = 2")
    assert twinning("list") == (2, "", (
        "twinning: editions.toml, x: unknown, allowed on top are 'default' and [editions].\n"
        "editions.toml, default: is 1, allowed is one of the editions: x.\n"
    ))  # fmt: skip
    monkeypatch.setenv("TWINNING_HOME", str(home / "notebooks"))
    assert twinning("list") == (2, "", (
        f"twinning: TWINNING_HOME: {home / 'notebooks'} has no folder data/schema. "
        "Set the environment variable TWINNING_HOME to the folder that holds data, notebooks and reports.\n"
    ))  # fmt: skip


def test_right_tables_are_summed_up(twinning):
    assert twinning("check", "data/heim") == (0, (
        "data/heim: no problems in 3 tables with 7 rows (cities 3, milestones 2, partnerships 2).\n"
    ), "")  # fmt: skip


def test_wrong_tables_are_told_in_full_with_their_own_exit_code(twinning, home):
    path = home / "data" / "heim" / "milestones.csv"
    path.write_text(path.read_text().replace("signed", "singed"))
    for command in (["check", "data/heim"], ["report", "now"]):
        code, out, err = twinning(*command)
        assert (code, out) == (3, "")
        assert "milestones.csv" in err
        assert "'singed'" in err
        assert "Did you mean 'signed'?" in err
        assert "Traceback" not in err
    code, out, err = twinning("check", "data/hiem")
    assert (code, out) == (3, "")
    assert "Did you mean 'heim'?" in err


def test_help_documents_the_exit_codes_and_loads_no_pandas():
    look = "import sys; from analysis.cli import main\ntry: main(['report', '--help'])\nfinally: assert 'pandas' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for line in (
        "0    done",
        "1    a report failed",
        "2    the command",
        "3    the register's data",
        "130  stopped",
    ):
        assert f"\n  {line}" in done.stdout


def test_a_reader_that_leaves_early_is_no_failure(home):
    process = subprocess.Popen(
        [sys.executable, "-m", "analysis", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
    process.stderr.close()


def test_kernels_may_be_spawned_instead(twinning):
    assert twinning("report", "then", "--kernel", "spawn", "--format", "html")[0] == 0
    assert twinning("report", "then", "--kernel", "thread")[0] == 2
