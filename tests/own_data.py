"""Reading the project's own data, straight from the files: what the rules of data/README.md are tested with."""

import calendar
import csv
import json
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
SCHEMAS = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (DATA / "schema").glob("*.json")
}
LEIPZIG = sorted(path.stem for path in (DATA / "leipzig").glob("*.csv"))


def read(table, folder="leipzig"):
    path = DATA / folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_day(date):
    return tuple(int(part) for part in date.split("-")) + (1,) * (2 - date.count("-"))


def last_day(date):
    year, month, day = (*(int(part) for part in date.split("-")), None, None)[:3]
    month = month or 12
    return year, month, day or calendar.monthrange(year, month)[1]
