"""Every log of the museum gives the rows and the complaints that stand beside it."""

import json
from pathlib import Path

import pytest
from imports.museum_register import make_register, read_rows

from analysis.imports.import_report import read_reasons
from analysis.imports.store import import_log
from analysis.problems import DataError
from analysis.tables import read_register

MUSEUM = Path(__file__).parent / "museum"
FILES = sorted(
    path for path in MUSEUM.iterdir() if path.name not in ("build.py", "sources.txt", "expected.txt")
)
SHOWN = {
    "d": "direction",
    "people": "participants",
    "young": "participants_under_27",
    "own": "amount_own_eur",
    "third": "amount_third_party_eur",
    "by": "actor",
    "kind": "actor_type",
    "theme": "theme",
    "note": "note_de",
    "note_en": "note_en",
}


def read_expected():
    """By file the lines that begin with each sign."""
    found = {}
    for block in (MUSEUM / "expected.txt").read_text(encoding="utf-8").split("\n== ")[1:]:
        names, *lines = block.strip().split("\n")
        for name in names.split():
            found[name] = {sign: sorted(line[2:] for line in lines if line[0] == sign) for sign in "+-!"}
    return found


EXPECTED = read_expected()


@pytest.fixture
def register(tmp_path, monkeypatch):
    monkeypatch.chdir(MUSEUM)
    return make_register(tmp_path / "register")


def show_activity(row, with_key):
    when = "/".join(filter(None, (row["start_date"], row["end_date"])))
    known = [f"{name}={row[column]}" for name, column in SHOWN.items() if row[column]]
    known += ["project"] if row["is_project"] == "true" else []
    key = [row["activity_id"]] if with_key else []
    title = row["title_de"] or row["title_en"]
    return " | ".join([*key, row["partnership_id"] or "none", when, row["activity_type"], title, *known])


def show_complaint(row, with_sheet):
    place = row["cell"] or (f"row {row['row']}" if row["row"] else "sheet")
    if row["outcome"] == "column":
        place = row["value"] or row["column"] or "sheet"
    return f"{row['outcome']} {row['sheet'] + ' ' if with_sheet else ''}{place}: {row['reason_code']}"


def test_the_museum_is_large_and_every_file_is_expected():
    assert {path.name for path in FILES} == set(EXPECTED)
    assert len(FILES) >= 40


@pytest.mark.parametrize("name", [path.name for path in FILES])
def test_a_log_gives_its_rows_and_complaints(name, register):
    expected = EXPECTED[name]
    if expected["!"]:
        with pytest.raises(DataError) as error:
            import_log(Path(name), register)
        assert [problem.removeprefix(name).lstrip(":, ") for problem in error.value.problems] == expected["!"]
        assert (
            sorted(path.name for path in register.iterdir() if path.stem in ("activities", "imports")) == []
        )
        return
    done = import_log(Path(name), register)
    report = read_rows(register / "imports/import-report.csv")
    activities = read_rows(register / "activities.csv")
    assert sorted(show_activity(row, name.startswith("own-")) for row in activities) == expected["+"]
    complaints = [row for row in report if row["outcome"] in ("listed", "remark", "column")]
    with_sheet = len({row["sheet"] for row in report} - {""}) > 1
    assert sorted(show_complaint(row, with_sheet) for row in complaints) == expected["-"]
    assert done.counts["accepted"] + done.counts["listed"] == done.counts["read"]
    assert done.counts["accepted"] == len(activities)
    assert len(read_register(register)["activities"]) == len(activities)


@pytest.mark.parametrize("name", ["dates.xlsx", "own-numbers.ods", "semicolon-cp1252.csv"])
def test_a_second_import_changes_no_byte(name, register):
    import_log(Path(name), register)
    before = {path.name: path.read_bytes() for path in register.glob("*.csv")}
    mapping = (register / "imports/mapping.csv").read_bytes()
    done = import_log(Path(name), register)
    assert {path.name: path.read_bytes() for path in register.glob("*.csv")} == before
    assert (register / "imports/mapping.csv").read_bytes() == mapping
    assert done.counts["unchanged"] == done.counts["accepted"]
    assert done.counts["new"] == done.counts["changed"] == 0
    assert len(json.loads((register / "imports/import.json").read_text())["activities_sha256"]) == 1


def test_every_reason_is_written_in_both_languages_and_needed():
    import analysis.imports as package

    source = "".join(path.read_text(encoding="utf-8") for path in Path(package.__file__).parent.glob("*.py"))
    german, english = read_reasons("de"), read_reasons("en")
    assert set(german) == set(english)
    assert all(text for texts in (*german.values(), *english.values()) for text in texts)
    assert [code for code in german if f'"{code}"' not in source] == []


def test_no_personal_data_of_the_museum_reach_a_register(register):
    import_log(Path("personal.xlsx"), register)
    written = b"".join(path.read_bytes() for path in register.rglob("*.csv"))
    for private in ("example.org", "123-4567", "Erfunden"):
        assert private.encode() not in written
