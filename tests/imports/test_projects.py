"""Which activities of a log are projects, and where it does not say."""

from pathlib import Path

import pytest
from imports.museum_register import make_register, read_rows
from openpyxl import Workbook

from analysis.imports.store import import_log


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("Art;Projekt\nKonzert;ja\nSport;nein\nHilfe;\nProjekt;", ["true", "false", "", "true"]),
        ("Art;Projekt\nKonzert;x\nSport;", ["true", "false"]),  # marks: none is no
        ("Art;Projekt\nKonzert;nein\nSport;k. A.", ["false", ""]),
        ("Art;Projekt\nKonzert;\nSport;", ["", ""]),
        ("Art;TN\nKonzert;5\nSport;6", ["", ""]),  # nobody says anything
        ("Art;TN\nProjekt;5\nSport;6", ["true", "false"]),  # the kinds say it
    ],
)
def test_what_a_log_says_of_projects(log, expected, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    register = make_register(Path("register"))
    head, *rows = log.split("\n")
    lines = [f"2024-01-{day:02};Kiew;{row}" for day, row in enumerate(rows, start=1)]
    Path("log.csv").write_text("\n".join([f"Datum;Partner;{head}", *lines]), encoding="utf-8")
    import_log(Path("log.csv"), register)
    found = sorted(read_rows(register / "activities.csv"), key=lambda row: row["start_date"])
    assert [row["is_project"] for row in found] == expected


def test_each_sheet_speaks_for_itself_and_what_stays_open_is_listed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    register, book = make_register(Path("register")), Workbook()
    first = book.active
    first.title = "2018"
    for row in (("Datum", "Partner", "Art"), ("2018-01-05", "Kiew", "Konzert")):
        first.append(row)
    second = book.create_sheet("2019")
    for row in (
        ("Datum", "Partner", "Projekt"),
        ("2019-01-05", "Kiew", "x"),
        ("2019-02-05", "Kiew", ""),
        ("2019-03-05", "Kiew", "k. A."),
        ("2019-04-05", "Nirgendwo", "nein"),  # listed: it says nothing of the others
    ):
        second.append(row)
    book.save("log.xlsx")
    import_log(Path("log.xlsx"), register)
    found = sorted(read_rows(register / "activities.csv"), key=lambda row: row["start_date"])
    assert [row["is_project"] for row in found] == ["", "true", "false", ""]
    told = [row for row in read_rows(register / "imports/import-report.csv") if row["outcome"] == "column"]
    open_ones = [(row["sheet"], row["reason_code"]) for row in told if row["column"] == "is_project"]
    assert open_ones == [("2018", "project-missing"), ("2019", "project-open")]
    assert any(row["reason"].startswith("1 Eintr") for row in told)
