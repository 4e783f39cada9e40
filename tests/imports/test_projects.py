"""Which activities of a log are projects, and where it does not say."""

from pathlib import Path

import pytest
from imports.museum_register import make_register, read_rows

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
