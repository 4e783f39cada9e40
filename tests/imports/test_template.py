"""The workbook of a new register: every table, lists to choose from, and examples that are right."""

from pathlib import Path

import openpyxl
import pytest

from analysis.imports.template import write_template
from analysis.tables import SHARED, DataError, read_register
from analysis.tables.register import read_schemas
from analysis.wording import Wording

SCHEMAS = read_schemas(Path(__file__).parents[2] / "data/schema")
COMPARING = {"candidates", "coverages"}  # of registers that compare several cities
OWN = [name for name in SCHEMAS if name not in {*SHARED, *COMPARING} or name == "sources"]
BESIDE = {"de": ("Hinweise", "Beispiele", "Listen"), "en": ("Notes", "Examples", "Lists")}
PLACE = {"de": ("DE", 51.3, 12.4, "nein"), "en": ("DE", 51.3, 12.4, "no")}


@pytest.fixture(params=["de", "en"])
def language(request):
    return request.param


@pytest.fixture
def book(language, tmp_path):
    path = tmp_path / "musterhausen.xlsx"
    path.write_bytes(write_template("Musterhausen", "musterhausen", SCHEMAS, Wording(language)))
    return openpyxl.load_workbook(path)


def test_every_table_has_a_sheet_with_every_column(book, language):
    assert set(book.sheetnames) == {*OWN, *BESIDE[language]}
    words = Wording(language)
    for name in OWN:
        labels = [str(words.column(field["name"])) for field in SCHEMAS[name]["fields"]]
        assert [cell.value for cell in book[name][1]] == labels


def test_cells_choose_from_labels_and_from_keys(book, language):
    choices = {str(rule.sqref): rule.formula1 for rule in book["milestones"].data_validations.dataValidation}
    place = [field["name"] for field in SCHEMAS["milestones"]["fields"]].index("milestone")
    letter = "ABCDEFGHIJ"[place]
    sheet, _, cells = choices[f"{letter}2:{letter}1001"].partition("!")
    lists = [row[0].value for row in book[sheet][cells.replace("$", "")]]
    words = Wording(language)
    field = SCHEMAS["milestones"]["fields"][place]
    assert lists == [str(words.label("milestone", code)) for code in field["constraints"]["enum"]]
    assert "partnerships!$A$2:$A$1000" in choices.values()
    assert book[sheet].sheet_state == "hidden"


def test_the_same_city_gives_the_same_bytes(language):
    made = [write_template("Musterhausen", "musterhausen", SCHEMAS, Wording(language)) for _ in range(2)]
    assert made[0] == made[1]


def test_the_workbook_asks_for_what_is_needed(book, tmp_path):
    with pytest.raises(DataError) as error:
        read_register(tmp_path / "musterhausen.xlsx")
    ends = sorted(problem.partition("musterhausen.xlsx, ")[2] for problem in error.value.problems)
    empty = "is empty, allowed is a value. Fill it in."
    assert ends == [
        *(
            f"sheet cities, line 2, column {column}: {empty}"
            for column in ("country_code", "is_area", "latitude", "longitude")
        ),
        "sheet partnerships: has no rows, allowed are registers with the home city and one relation at least. Add them.",
    ]


def test_the_examples_are_fictional_and_right(book, language, tmp_path):
    """Whoever copies all of them into the sheets has a register without a problem."""
    examples = list(book[BESIDE[language][1]].iter_rows(values_only=True))
    assert "rfundene" in examples[0][0] or "ictional" in examples[0][0]
    home, table = book["cities"], None
    for column, value in zip((5, 6, 7, 12), PLACE[language], strict=True):
        home.cell(2, column, value)
    for row in examples[1:]:
        if row[0] in OWN and not any(row[1:]):
            table, is_heading = row[0], True
        elif table and is_heading:
            is_heading = False
        elif table and any(row):
            book[table].append(row[: book[table].max_column])
    book.save(tmp_path / "musterhausen.xlsx")
    register = read_register(tmp_path / "musterhausen.xlsx")
    assert register.home["name_de"] == "Musterhausen"
    assert register["milestones"]["milestone"].tolist() == ["signed", "renewed"]
    assert len(register["activities"]) == len(register["contacts"]) == len(register["ratings"]) == 1
