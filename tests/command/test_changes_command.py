"""The command ``twinning changes``, and the earlier states that ``--keep`` leaves it to compare with."""

import csv
import json

import pytest
from conftest import titled, write_notebook


def rewrite(home, text):
    """Have the notebook partner say something else."""
    parameters = 'language: str = "de"\nas_of: str = ""\npartnership_id: str = ""'
    write_notebook(home / "notebooks" / "partner.ipynb", *titled(text), parameters=parameters)


@pytest.fixture
def twice(twinning, home):
    """The edition "then", built with one text, then with another."""
    for text in ("Nichts Neues", "Etwas Neues"):
        rewrite(home, text)
        assert twinning("report", "then", "--format", "html", "--quiet", "--keep", "1") == (0, "", "")
    return twinning


def test_the_state_before_is_kept_listed_and_compared(twice, home):
    kept = home / "reports" / ".generations" / "then.1"
    assert f"\n  then~1: kept in {kept}\n" in twice("list")[1]
    code, out, err = twice("changes", "then~1", "then", "--output", "changes.html")
    assert (code, err) == (0, "")
    assert "1 Bericht verglichen, in 1 hat sich etwas geändert." in out
    assert out.endswith(
        "    - Nichts Neues\n    + Etwas Neues\n    - Nichts Neues, as of 1999-12-31.\n    + Etwas Neues, as of 1999-12-31.\n"
    )
    page = (home / "changes.html").read_text(encoding="utf-8")
    assert "<title>Was sich seit dem letzten Bericht geändert hat</title>" in page
    assert "<ins>Etwas</ins> Neues" in page
    assert twice("changes", kept, home / "reports" / "then")[1] == out


def test_json_holds_what_the_text_tells(twice):
    code, out, err = twice("changes", "then~1", "then", "--json")
    assert (code, err) == (0, "")
    [report] = json.loads(out)["reports"]
    assert report["key"] == "partner/east"
    assert report["sentences"][0] == {"section": "", "before": "Nichts Neues", "after": "Etwas Neues"}


def test_an_edition_compared_with_itself_has_not_changed(twice):
    code, out, err = twice("changes", "then", "then")
    assert (code, err) == (0, "")
    assert out.endswith("\n\n1 Bericht verglichen, nichts hat sich geändert.\n")


def test_what_cannot_be_compared_is_told(twice, home):
    for names, fault in {
        ("thne", "then"): "'thne': is no folder and no built edition; built are: then. Did you mean 'then'? "
        "Build it: twinning report NAME.",
        ("then~2", "then"): "then~2: of then 1 earlier generations are kept. "
        "Keep some with: twinning report --keep N.",
        ("data", "then"): f"{home / 'data'}: is no built edition "
        "(manifest.json cannot be read: No such file or directory). "
        "Build it with twinning report, or name another.",
        ("then", "then", "--language", "en"): "--language: is 'en', both editions have de.",
    }.items():
        assert twice("changes", *names) == (2, "", f"twinning: {fault}\n")
    assert twice("changes", "then", "then", "--output", "no/such.html") == (
        1,
        "",
        "twinning: no/such.html: cannot be written (No such file or directory). Choose another --output.\n",
    )


def test_where_nothing_is_built_that_is_told(twinning):
    fault = "twinning: 'then': is no folder and no built edition; no edition is built. Build it: twinning report NAME.\n"
    assert twinning("changes", "then", "now") == (2, "", fault)


def test_ratings_are_those_of_the_criteria(home):
    from analysis.command.selection import read_grades

    path = home / "data" / "reference" / "criteria.csv"
    columns = next(csv.reader(path.read_text().splitlines()))
    rows = [{"criterion_id": "aim", "scale": ""}, {"criterion_id": "activity", "scale": "A|AA|AAA"}]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    assert read_grades(home) == {"A", "AA", "AAA"}


@pytest.mark.parametrize("number", ["-1", "some", "1000"])
def test_a_number_to_keep_that_is_none_is_refused(twinning, number):
    code, out, err = twinning("report", "then", f"--keep={number}")
    assert (code, out) == (2, "")
    assert err.endswith(f"argument --keep: is {number!r}, allowed is a whole number from 0\n")
