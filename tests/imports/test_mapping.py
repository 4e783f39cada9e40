"""The mapping asks, and what the user answers holds."""

from pathlib import Path

import openpyxl
import pytest
from imports.museum_register import make_register, read_rows

from analysis.imports.store import import_log
from analysis.problems import DataError

LOG = "Wann;Wo;Was war es;Name des Vorhabens;Ansprechpartner\n2018;Moskwastadt;Stammtisch;Chor;A. Erfunden\n2019;Halle;Konzert;Orgel;\n"
ANSWERS = {
    ("column", "Wann"): "start_date",
    ("column", "Wo"): "partner",
    ("column", "Was war es"): "activity_type",
    ("column", "Name des Vorhabens"): "title_de",
    ("partner", "Moskwastadt"): "moscow",
    ("partner", "Halle"): "halle-saale",
    ("activity_type", "Stammtisch"): "citizens_trip",
}


@pytest.fixture
def register(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("log.csv").write_text(LOG, encoding="utf-8")
    return make_register(Path("register"))


def write_mapping(rows, name="mapping.csv"):
    lines = [f"{field};{text};{code};" for (field, text), code in rows.items()]
    Path(name).write_text("\n".join(["field;text;code;remark", *lines]), encoding="cp1252")
    return Path(name)


def test_what_the_user_says_of_columns_places_and_kinds_holds(register):
    done = import_log(Path("log.csv"), register, mapping=write_mapping(ANSWERS))
    assert (done.counts["accepted"], done.counts["listed"], done.questions) == (2, 0, 0)
    shown = [
        (row["partnership_id"], row["activity_type"], row["title_de"])
        for row in read_rows(register / "activities.csv")
    ]
    assert shown == [("moscow", "citizens_trip", "Chor"), ("halle-saale", "culture", "Orgel")]


def test_what_is_unknown_is_asked_and_the_answers_are_kept(register):
    columns = {key: code for key, code in ANSWERS.items() if key[0] == "column"}
    done = import_log(Path("log.csv"), register, mapping=write_mapping(columns), language="en")
    assert done.questions == 3
    kept = Path("register/imports/mapping.csv").read_text(encoding="utf-8-sig")
    assert "\npartner;Moskwastadt;;no partner of the register has this name: moskwa? Assign" in kept
    assert (
        "\npartner;Halle;;may mean several: halle-saale, halle-westfalen. Choose one in the mapping" in kept
    )
    assert "\ncolumn;Ansprechpartner;-;column of personal data is never imported\n" in kept
    answered = kept.replace("Moskwastadt;;", "Moskwastadt;moscow;").replace("Halle;;", "Halle;halle-saale;")
    Path("register/imports/mapping.csv").write_text(answered.replace("Stammtisch;;", "Stammtisch;other;"))
    assert import_log(Path("log.csv"), register).questions == 0  # without --mapping: what was kept


def test_a_mapping_may_be_a_workbook(register):
    book = openpyxl.Workbook()
    book.active.append(["field", "text", "code", "remark"])
    for (field, text), code in ANSWERS.items():
        book.active.append([field, text, code])
    book.save("mapping.xlsx")
    assert import_log(Path("log.csv"), register, mapping=Path("mapping.xlsx")).counts["accepted"] == 2


def test_personal_columns_are_left_out_whatever_the_mapping_says(register):
    import_log(
        Path("log.csv"),
        register,
        mapping=write_mapping({**ANSWERS, ("column", "Ansprechpartner"): "note_de"}),
    )
    assert "Erfunden" not in (register / "activities.csv").read_text(encoding="utf-8")


WRONG = {
    "a field": (
        {("colum", "Wann"): "start_date"},
        (
            "mapping.csv, row 2, column field: is 'colum', allowed are column, partner, activity_type, direction, actor_type, "
            "theme, identity. Did you mean 'column'?"
        ),
    ),
    "a code": (
        {("identity", ""): "numbers"},
        (
            "mapping.csv, row 2, column code: is 'numbers', allowed for identity are number, content. Did you mean 'number'?"
        ),
    ),
}


@pytest.mark.parametrize(("rows", "problem"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_row_is_told(register, rows, problem):
    with pytest.raises(DataError) as error:
        import_log(Path("log.csv"), register, mapping=write_mapping(rows))
    assert error.value.problems == [problem]


def test_a_table_that_is_no_mapping_is_told(register):
    with pytest.raises(DataError) as error:
        import_log(Path("log.csv"), register, mapping=Path("log.csv"))
    assert error.value.problems == [
        "log.csv: is no mapping, allowed are the columns field, text, code, remark. Write them into row 1."
    ]
