"""The fictional city's log, typed with the dirt of fifteen years, holds the activities of its register."""

import csv
import shutil

import pytest
from musterstadt import FOLDER
from own_data import read

from analysis.imports.store import import_log

# The log has no English titles; it says nothing in remarks; keys are the import's own.
LEFT_OUT = {"activity_id", "title_en", "note_de", "note_en"}


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registers") / "musterstadt"
    folder.mkdir()
    for path in FOLDER.glob("*.csv"):
        if path.stem != "activities":
            shutil.copyfile(path, folder / path.name)
    return folder


@pytest.fixture(scope="module")
def imported(register):
    log, mapping = FOLDER / "log/aktivitaeten.xlsx", FOLDER / "log/zuordnung.csv"
    return import_log(log, register, mapping=mapping, source_id="musterstadt-log")


def list_activities(rows):
    return sorted(tuple((name, row[name]) for name in row if name not in LEFT_OUT) for row in rows)


def test_no_row_is_lost(imported):
    assert imported.lines[0].startswith(
        "aktivitaeten.xlsx: 4119 Zeilen gelesen = 4104 übernommen + 15 gelistet"
    )
    assert imported.lines[2] == "gelistet: 15 x Summenzeile"
    assert imported.questions == 0


def test_the_activities_are_the_same(imported, register):
    with (register / "activities.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert list_activities(found) == list_activities(read("activities", "musterstadt"))


def test_a_second_import_changes_nothing(imported, register):
    before = (register / "activities.csv").read_bytes()
    log, mapping = FOLDER / "log/aktivitaeten.xlsx", FOLDER / "log/zuordnung.csv"
    again = import_log(log, register, mapping=mapping, source_id="musterstadt-log")
    assert again.lines[1] == "übernommen: 0 neu, 4104 unverändert, 0 geändert."
    assert (register / "activities.csv").read_bytes() == before
