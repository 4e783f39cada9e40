"""Which reports the command builds: a part, a draft, those on a register of the user's, as of a day."""

import csv
import shutil
import unicodedata

import openpyxl
import pytest
from conftest import pages, titled, write_notebook


def test_a_part_is_a_draft_beside_the_edition(twinning, home):
    part = ("--partner", "west", "--language", "en")
    assert twinning("report", *part, "--format", "html", "--quiet") == (0, "", "")
    assert pages(home / "reports" / "now.draft") == ["index.en.html", "partner/west.en.html"]
    assert "draft" in (home / "reports" / "now.draft" / "index.en.html").read_text(encoding="utf-8").lower()
    assert not (home / "reports" / "now").exists()


def tell_state(home):
    """Have the notebook partner show the parameters that say in which state its report is."""
    parameters = (
        'language: str = "de"\npartnership_id: str = ""\nis_draft: bool = False\npaper_number: str = ""'
    )
    cells = titled("P")[0], 'show("summary", f"draft {is_draft}, paper {paper_number}.")'
    write_notebook(home / "notebooks" / "partner.ipynb", *cells, parameters=parameters)


def test_draft_and_paper_number_reach_page_and_notebook_and_leave_the_edition_alone(twinning, home):
    tell_state(home)
    state = ("--draft", "--paper-number", "VII-DS-1")
    assert twinning("report", "then", *state, "--format", "html", "--quiet") == (0, "", "")
    page = (home / "reports" / "then.draft" / "partner" / "east.de.html").read_text(encoding="utf-8")
    assert "draft True, paper VII-DS-1." in page
    assert "Vorlage VII-DS-1" in page
    assert "Entwurf" in page
    assert not (home / "reports" / "then").exists()


def test_a_paper_number_alone_replaces_that_of_the_edition(twinning, home):
    tell_state(home)
    path = home / "reports" / "editions.toml"
    path.write_text(path.read_text().replace('["de"]', '["de"]\npaper_number = "VII-DS-1"'))
    numbered = ("report", "then", "--format", "html", "--quiet", "--paper-number")
    for number in ("VII-DS-2", ""):
        assert twinning(*numbered, number) == (0, "", "")
        page = (home / "reports" / "then" / "partner" / "east.de.html").read_text(encoding="utf-8")
        assert f"draft False, paper {number}." in page
        assert "VII-DS-1" not in page
        assert "Entwurf" not in page


def test_a_part_is_a_draft_for_its_notebook_too(twinning, home):
    tell_state(home)
    assert twinning("report", "then", "--partner", "east", "--format", "html", "--quiet") == (0, "", "")
    page = (home / "reports" / "then.draft" / "partner" / "east.de.html").read_text(encoding="utf-8")
    assert "draft True, paper ." in page


def test_a_relation_in_preparation_is_reported_on(twinning, home):
    path = home / "data" / "heim" / "milestones.csv"
    kept = [line.replace("signed,partnership", "first_contact,") for line in path.read_text().splitlines()]
    path.write_text("\n".join(kept))
    assert "first_contact" in path.read_text()
    assert twinning("report", "then", "--format", "html", "--quiet") == (0, "", "")
    assert pages(home / "reports" / "then") == ["index.de.html", "partner/east.de.html"]


def test_the_day_of_an_edition_is_refused_before_there_was_a_relation(twinning, home):
    path = home / "reports" / "editions.toml"
    path.write_text(path.read_text().replace("1999-12-31", "1973-12-30"))
    assert twinning("report", "then") == (2, "", (
        "twinning: editions.toml, [then] as_of: is 1973-12-30, by then no relation of the register existed, "
        "the first is of 1973. Choose a later day.\n"
    ))  # fmt: skip


def write_workbook(register, path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in register.glob("*.csv"):
        sheet = book.create_sheet(table.stem)
        for row in csv.reader(table.read_text(encoding="utf-8").splitlines()):
            sheet.append(row)
    book.save(path)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Mein Register {1}", "mein-register-1"),
        ("Große Städte À Łódź.xlsx", "grosse-staedte-a-lodz"),
        (unicodedata.normalize("NFD", "Städte"), "staedte"),  # as macOS keeps the name
        ("Київ", "register"),
    ],
)
def test_any_register_is_reported_on_without_touching_the_project(twinning, home, tmp_path, name, folder):
    register = tmp_path / name
    if register.suffix:
        write_workbook(home / "data" / "heim", register)
        shutil.rmtree(home / "data" / "heim")
    else:
        (home / "data" / "heim").rename(register)
    look = "from pathlib import Path\nregister, Path(register).exists()"
    write_notebook(home / "notebooks" / "overview.ipynb", *titled("Overview"), look)
    what = ("--register", register, "--as-of", "2000-01-01", "--notebook", "overview", "--language", "de")
    code, _, err = twinning("report", *what, "--format", "html")
    assert code == 0, err
    target = home / "reports" / f"{folder}.draft"
    assert pages(target) == ["index.de.html", "overview.de.html"]
    assert "Heim" in (target / "index.de.html").read_text(encoding="utf-8")
    content = (target / "overview.de.ipynb").read_text(encoding="utf-8")
    assert f"('../data/{name}', True)" in content
    assert str(tmp_path) not in content
