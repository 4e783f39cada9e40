"""Write what is drawn of Musterstadt's register: activities, contacts, ratings and the log in Excel. All made up.

    python make_register.py [FOLDER]

FOLDER is the folder of this script where none is named. The tables written by hand are read from beside the script;
the same seed gives the same bytes on every system.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from draw import Place, draw_activities
from excel_log import write_log
from findings import list_ratings
from truth import ENDED, FIRST_YEAR, LAST_YEAR, PARTNERS, UNASKED, find_step

HERE = Path(__file__).resolve().parent
OFFICE = "Büro für Internationales der Stadt Musterstadt"

Row = dict[str, str]


def read_table(name: str) -> list[Row]:
    """Rows of a table written by hand."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(folder: Path, name: str, rows: Iterable[Row]) -> None:
    """Write a table with the columns of its schema."""
    schema = json.loads((HERE.parent / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field["name"] for field in schema["fields"]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_places() -> dict[str, Place]:
    """What the tables written by hand say of each partner, by partnership_id (which is the city_id here)."""
    carriers = {row["partnership_id"]: row for row in read_table("associations")}
    themes = read_table("themes")
    return {
        row["city_id"]: Place(
            row["name_de"],
            row["name_en"],
            tuple(theme["theme"] for theme in themes if theme["partnership_id"] == row["city_id"]),
            carriers.get(row["city_id"], {}).get("name", ""),
            int(carriers.get(row["city_id"], {}).get("founded_date", "0")[:4]) + 1,
        )
        for row in read_table("cities")
        if row["city_id"] in PARTNERS
    }


def list_contacts() -> Iterator[Row]:
    """The office's yearly statements on how often it is in touch."""
    for partner, truth in PARTNERS.items():
        for year in range(FIRST_YEAR, ENDED.get(partner, LAST_YEAR) + 1):
            frequency = find_step(truth.contacts, year)
            if frequency and year not in UNASKED.get(partner, ()):
                stated = {"frequency": frequency, "stated_by": OFFICE, "source_id": "musterstadt-contacts"}
                yield {"partnership_id": partner, "year": str(year), **stated}


def main(folder: Path) -> None:
    """Write the tables and the log into a folder."""
    places = read_places()
    activities = draw_activities(places)
    write_table(folder, "activities", activities)
    write_table(folder, "contacts", list_contacts())
    write_table(folder, "ratings", list_ratings(activities, places, read_table("associations")))
    (folder / "log").mkdir(exist_ok=True)
    write_log(folder / "log" / "aktivitaeten.xlsx", activities, places, read_table("aliases"))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]) if len(sys.argv) == 2 else HERE)
