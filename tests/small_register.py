"""A small register for tests: Home, and the relations a test names, in real CSV files."""

import csv
import json
from pathlib import Path

SCHEMA = Path(__file__).parents[1] / "data/schema"

PLACES = {
    "home": ("Heim", "Home", "DE", 51.0, 12.0),
    "east": ("Osten", "East", "PL", 50.0, 20.0),
    "west": ("Westen", "West", "FR", 46.0, 5.0),
    "near": ("Nahe", "Near", "DE", 52.0, 10.0),
    "far": ("Ferne", "Far", "VN", 11.0, 107.0),
}


def city(city_id):
    """A row of `cities` for one of the places above."""
    name_de, name_en, country, latitude, longitude = PLACES[city_id]
    return {
        "city_id": city_id,
        "name_de": name_de,
        "name_en": name_en,
        "name_local": name_en,
        "country_code": country,
        "latitude": latitude,
        "longitude": longitude,
        "is_area": "false",
        "source_id": "paper",
    }


def relation(partner, level="city", home_district=""):
    """A row of `partnerships` between Home and one of the places above."""
    return {
        "partnership_id": partner,
        "home_city_id": "home",
        "partner_city_id": partner,
        "level": level,
        "home_district": home_district,
        "scope": "national" if PLACES[partner][2] == "DE" else "international",
        "source_id": "paper",
    }


def milestones(*rows):
    """Rows of `milestones` from (partner, date, milestone) or (partner, date, milestone, form)."""
    keys = ("partnership_id", "date", "milestone", "form")
    made = [dict(zip(keys, row, strict=False)) for row in rows]
    return [
        {"milestone_id": f"m{n}", "is_own_reading": "false", "source_id": "paper", **row}
        for n, row in enumerate(made)
    ]


def write_register(folder, **tables):
    """Write a valid register of the relations given; `tables` maps a table's name to its rows as dicts."""
    folder.mkdir(parents=True, exist_ok=True)
    partners = [row["partnership_id"] for row in tables.get("partnerships", [])]
    given = {
        "sources": [{"source_id": "paper", "title": "Paper", "publisher": "City", "kind": "official"}],
        "cities": [city(name) for name in ("home", *partners) if "cities" not in tables],
        **tables,
    }
    for name, rows in given.items():
        schema = json.loads((SCHEMA / f"{name}.json").read_text(encoding="utf-8"))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [field["name"] for field in schema["fields"]])
            writer.writeheader()
            writer.writerows(rows)
    return folder
