"""Musterstadt's log in Excel, with the dirt of fifteen years, gives the activities that it was made of."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from analysis.imports.store import import_log

MUSTERSTADT = Path(__file__).parents[2] / "data/musterstadt"
TABLES = ("cities", "aliases", "partnerships", "milestones", "sources")
EXACT = (
    "partnership_id",
    "activity_type",
    "direction",
    "is_project",
    "participants_under_27",
    "theme",
    "title_de",
)


def read(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    register = tmp_path_factory.mktemp("muster") / "register"
    register.mkdir()
    for table in TABLES:
        shutil.copy(MUSTERSTADT / f"{table}.csv", register)
    log, mapping = MUSTERSTADT / "log/aktivitaeten.xlsx", MUSTERSTADT / "log/zuordnung.csv"
    counts = import_log(log, register, mapping=mapping, source_id="musterstadt-log").counts
    return counts, read(register / "activities.csv")


def test_every_row_is_taken_but_the_totals_of_each_year(imported):
    counts, rows = imported
    years = {row["start_date"][:4] for row in rows}
    assert counts["listed"] == len(years) == 15
    assert counts["accepted"] == counts["read"] - 15 == len(read(MUSTERSTADT / "activities.csv"))


def test_the_activities_are_those_that_were_written(imported):
    _, rows = imported
    truth = read(MUSTERSTADT / "activities.csv")
    for column in EXACT:
        assert Counter(row[column] for row in rows) == Counter(row[column] for row in truth), column
    for column in ("amount_own_eur", "amount_third_party_eur", "participants"):
        total, wanted = (sum(float(row[column] or 0) for row in table) for table in (rows, truth))
        assert total == pytest.approx(wanted), column
    days = [Counter((row["start_date"], row["end_date"]) for row in table) for table in (rows, truth)]
    assert days[0] == days[1]
