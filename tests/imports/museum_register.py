"""The register that the logs of the museum are imported into: Leipzig's places, and two invented namesakes."""

import csv
import shutil
from pathlib import Path

DATA = Path(__file__).parents[2] / "data/leipzig"
SOURCES = "source_id,title,publisher,kind\nactivity-log,Fictional log,Tests,own\n"
HALLES = ("halle-saale", "halle-westfalen")


def make_register(folder):
    """Copy Leipzig's relations, and add two invented ones with places that are both called Halle."""
    folder.mkdir(parents=True)
    for table in ("cities", "aliases", "partnerships", "milestones"):
        shutil.copy(DATA / f"{table}.csv", folder)
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    for city in HALLES:
        names = {"name_de": "Halle", "name_en": "Halle", "name_local": "Halle"}
        place = {"country_code": "DE", "latitude": "51.5", "longitude": "12.0", "is_area": "false"}
        add(folder / "cities.csv", {"city_id": city, **names, **place, "source_id": "activity-log"})
        relation = {"partnership_id": city, "home_city_id": "leipzig", "partner_city_id": city}
        kind = {"level": "city", "scope": "national", "source_id": "activity-log"}
        add(folder / "partnerships.csv", {**relation, **kind})
        event = {"milestone_id": city, "partnership_id": city, "date": "1990", "milestone": "signed"}
        rest = {"form": "partnership", "is_own_reading": "false", "source_id": "activity-log"}
        add(folder / "milestones.csv", {**event, **rest})
    return folder


def add(file, row):
    """Add a row to a table."""
    with file.open(encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines))
    with file.open("a", encoding="utf-8", newline="") as lines:
        csv.DictWriter(lines, header, lineterminator="\n").writerow(row)


def read_rows(file):
    """The rows of a CSV file as dicts."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
