"""A register in the readers' words: headers and cells as labels, German dates, keys left out."""

from pathlib import Path

import pytest
import xlsxwriter
from tiny_tables import CITIES, MILESTONES, REFERENCE, REGISTER, write_files

from analysis.tables import DataError, read_register

GLOSSARY = """\
field,code,de,en
column,milestone_id,Kennung des Ereignisses,Event key
column,partnership_id,Kennung der Beziehung,Relation key
column,date,Datum,Date
column,milestone,Ereignis,Event
column,form,Form,Form
column,is_own_reading,Eigene Lesart,Own reading
column,source_id,Kennung der Quelle,Source key
milestone,signed,Vertrag unterzeichnet,contract signed
milestone,renewed,erneuert,renewed
form,partnership,Partnerschaft,town twinning
"""
GERMAN = """\
Kennung des Ereignisses,Kennung der Beziehung,Datum,Ereignis,Form,Eigene Lesart,Kennung der Quelle
,kyiv,03.10.1990,Vertrag unterzeichnet,Partnerschaft,nein,paper
second,kyiv,9/1991,ERNEUERT,,ja,paper
"""


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def read(files):
    reference = write_files(Path("reference"), {**REFERENCE, "glossary.csv": GLOSSARY})
    return read_register(write_files(Path("register"), {**REGISTER, **files}), reference)


@pytest.mark.parametrize(
    ("glossary", "is_now"),
    [("field,code,en\nform,contact,contact\n", ", line 1: has no column de,"), ("", ": is empty,")],
)
def test_a_glossary_without_its_columns_is_refused_by_name(glossary, is_now):
    reference = write_files(Path("reference"), {**REFERENCE, "glossary.csv": glossary})
    with pytest.raises(DataError) as caught:
        read_register(write_files(Path("register"), REGISTER), reference)
    assert caught.value.problems[0].startswith(f"reference/glossary.csv{is_now}")


def test_labels_german_dates_and_words_for_yes_are_understood():
    found = read({"milestones.csv": GERMAN})["milestones"]
    columns = ["milestone_id", "date", "milestone", "form", "is_own_reading"]
    assert found[columns].fillna("").to_numpy().tolist() == [
        ["milestones-2", "1990-10-03", "signed", "partnership", False],
        ["second", "1991-09", "renewed", "", True],
    ]


def test_english_labels_are_understood():
    text = "Relation key,Date,Event,Form,Own reading,Source key,Event key\nkyiv,1961,contract signed,,no,paper,\n"
    found = read({"milestones.csv": text})["milestones"]
    assert found["milestone"].tolist() == ["signed"]
    assert found["milestone_id"].tolist() == ["milestones-2"]


def test_a_header_of_names_is_read_as_strictly_as_ever():
    with pytest.raises(DataError) as error:
        read({"milestones.csv": MILESTONES.replace("1961,signed", "03.10.1990,erneuert")})
    assert [problem.partition(": ")[2] for problem in error.value.problems] == [
        (
            "is '03.10.1990', allowed is a year, a month or a day, as 1973, 1973-09 or 1973-11-23. "
            "Write 1990-10-03."
        ),
        (
            "is 'erneuert', allowed are first_contact, letter_of_intent, council_decision, signed, renewed, "
            "form_changed, association_founded, listed, suspended, resumed, dormant, expired, unclear, ended. "
            "Choose one."
        ),
    ]


def test_a_label_that_nobody_knows_is_told():
    with pytest.raises(DataError) as error:
        read({"milestones.csv": GERMAN.replace("ERNEUERT", "verlängert")})
    assert "line 3, column milestone: is 'verlängert', allowed are " in error.value.problems[0]


def test_a_table_in_a_folder_and_in_its_workbook_is_told():
    with xlsxwriter.Workbook(write_files(Path("register"), REGISTER) / "mycity.xlsx") as book:
        sheet = book.add_worksheet("cities")
        for row, line in enumerate(CITIES.splitlines()):
            sheet.write_row(row, 0, line.split(","))
    with pytest.raises(DataError) as error:
        read({})
    fault = "is a second table cities beside register/cities.csv, allowed is one. Empty one of them."
    assert error.value.problems == [f"register/mycity.xlsx, sheet cities: {fault}"]
    Path("register/cities.csv").unlink()
    files = {name: text for name, text in REGISTER.items() if name != "cities.csv"}
    found = read_register(write_files(Path("register"), files), Path("reference"))
    assert found["cities"]["city_id"].tolist() == ["leipzig", "kyiv"]
