"""What the towns of a register are called in other languages, from data/reference/spellings.csv."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.geography import WGS84
from analysis.home import find_home
from analysis.imports.words import foldings

FILE = "data/reference/spellings.csv"

NEAR_KM = 25  # between two statements of where a town lies

Town = tuple[str, float, float]
Spellings = dict[str, set[str]]  # city_id of the towns that a folded spelling may mean


def read_spellings(
    names: Mapping[str, Sequence[str]], towns: Mapping[str, Town], path: Path | None = None
) -> tuple[Spellings, Spellings]:
    """Read the further spellings of some towns.

    Parameters
    ----------
    names : dict of str to sequence of str
        What the register calls each of its towns, by city_id.
    towns : dict of str to tuple
        Country of each town (ISO 3166-1 alpha-2), latitude and longitude in degrees.
    path : Path, optional
        The table; the project's own by default.

    Returns
    -------
    own, shared : dict of str to set of str
        For each folded spelling the towns it may mean, and the same for the names that a larger town bears, too. A town
        of the register is one of the table if both share a name and lie within 25 km of each other: a common name
        alone may be another town's. A town that the table lacks, or that may be two, has none.
    """
    wanted: dict[tuple[str, str], set[str]] = {}
    for city, spellings in names.items():
        for form in _fold_all(spellings):
            wanted.setdefault((towns[city][0], form), set()).add(city)
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in _read_rows(path or find_home() / FILE, {country for country, *_ in towns.values()}):
        alike = {
            city for form in row["names"] | row["shared"] for city in wanted.get((row["country"], form), ())
        }
        for city in alike:
            if _measure_km(row["place"], towns[city][1:]) <= NEAR_KM:
                found.setdefault(city, []).append(row)
    own: Spellings = {}
    shared: Spellings = {}
    for city, rows in found.items():
        for forms, kind in ((rows[0]["names"], own), (rows[0]["shared"], shared)) if len(rows) == 1 else ():
            for form in forms:
                kind.setdefault(form, set()).add(city)
    return own, shared


def _measure_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two places given by latitude and longitude; no number where one is not known, which is never near."""
    return WGS84.inv(one[1], one[0], other[1], other[0])[2] / 1000


def _read_rows(path: Path, countries: set[str]) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["country_code"] in countries:
                names, shared = (_fold_all(row[name].split("|")) for name in ("names", "names_shared"))
                place = float(row["latitude"]), float(row["longitude"])
                yield {
                    "country": row["country_code"],
                    "place": place,
                    "names": names,
                    "shared": shared - {""},
                }


def _fold_all(spellings: Sequence[str]) -> set[str]:
    return {form for spelling in spellings for form in foldings(spelling)}
