"""The command when all, or most, is up to date: what it says, and what it does not load."""

import os
import subprocess
import sys

import pytest

BUILD = ("report", "then", "--format", "html", "--kernel", "spawn")
HEAVY = {
    "pandas",
    "numpy",
    "matplotlib",
    "papermill",
    "nbformat",
    "nbclient",
    "jinja2",
    "typst",
    "docx",
    "openpyxl",
}


@pytest.fixture
def built(twinning, home):
    """The edition `then` of one report."""
    code, _, err = twinning(*BUILD)
    assert code == 0, err
    return home / "reports" / "then"


def test_what_is_up_to_date_is_said_and_the_pages_named(built, twinning):
    shown = built.resolve()
    assert twinning(*BUILD) == (
        0,
        f"Nothing to build, 1 report up to date:\n  {built / 'index.de.html'}\n",
        "",
    )
    assert twinning(*BUILD, "--quiet") == (0, "", "")
    assert built.resolve() == shown


def test_reasons_are_given_when_asked_for(built, twinning, home):
    assert twinning(*BUILD, "--explain")[2] == "partner/east (de): up to date\n"
    with (home / "data" / "reference" / "glossary.csv").open("a") as file:
        file.write("\n")
    code, out, err = twinning(*BUILD, "--explain")
    assert code == 0
    assert err.splitlines()[:2] == [
        "partner/east (de): to build, data/reference/glossary.csv changed",
        "1 report to build",
    ]
    assert out.startswith("1 report in ")


def test_a_report_can_be_asked_for_again(built, twinning):
    code, _, err = twinning(*BUILD, "--force", "--explain")
    assert (code, err.splitlines()[0]) == (0, "partner/east (de): to build, asked for with --force")


WRONG = {
    "prtner/east": "is 'prtner/east', allowed is one of overview, partner/east, partner, partner/west. Did you mean 'partner/east'?",
    "now": (
        "is 'now', allowed is one of overview, partner/east, partner, partner/west. "
        "For all reports write --force alone, as the last word."
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_report_that_is_not_there_cannot_be_asked_for(twinning, home, name):
    assert twinning("report", "--force", name) == (2, "", f"twinning: --force: {WRONG[name]}\n")
    assert os.listdir(home / "reports") == ["editions.toml"]


def test_a_build_with_nothing_to_do_loads_no_libraries(built, home):
    look = f"import sys\nfrom analysis.cli import main\nmain({list(BUILD)!r})\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    first, _, loaded = done.stdout.splitlines()
    assert first == "Nothing to build, 1 report up to date:"
    assert not HEAVY & set(loaded.split())


def test_a_report_that_the_edition_no_longer_has_disappears(built, twinning, home):
    page = built / "partner" / "east.de.html"
    assert page.exists()
    path = home / "reports" / "editions.toml"
    text = path.read_text().replace(
        '[{ notebook = "partner", each = "partnership_id" }]', '[{ notebook = "overview" }]'
    )
    path.write_text(text)
    assert twinning(*BUILD)[0] == 0
    assert not page.exists()
    assert (built / "overview.de.html").exists()
    assert not (built.parent / ".generations" / "then.cache" / "partner+east.de").exists()
