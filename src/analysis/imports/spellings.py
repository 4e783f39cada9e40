"""What the towns of a register are called in other languages, from data/reference/spellings.csv."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from analysis.home import find_home
from analysis.imports.words import foldings

FILE = "data/reference/spellings.csv"

Spellings = dict[str, set[str]]  # city_id of the towns that a folded spelling may mean


def read_spellings(
    names: Mapping[str, Sequence[str]], countries: Mapping[str, str], path: Path | None = None
) -> tuple[Spellings, Spellings]:
    """Read the further spellings of some towns.

    Parameters
    ----------
    names : dict of str to sequence of str
        What the register calls each of its towns, by city_id.
    countries : dict of str to str
        Country of each town (ISO 3166-1 alpha-2).
    path : Path, optional
        The table; the project's own by default.

    Returns
    -------
    own, shared : dict of str to set of str
        For each folded spelling the towns it may mean, and the same for the names that a larger town bears, too. A town
        that the table lacks, or that may be two of one country, has none.
    """
    wanted: dict[tuple[str, str], set[str]] = {}
    for city, spellings in names.items():
        for form in _fold_all(spellings):
            wanted.setdefault((countries[city], form), set()).add(city)
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in _read_rows(path or find_home() / FILE, set(countries.values())):
        for city in {
            city for form in row["names"] | row["shared"] for city in wanted.get((row["country"], form), ())
        }:
            found.setdefault(city, []).append(row)
    own: Spellings = {}
    shared: Spellings = {}
    for city, rows in found.items():
        for forms, kind in ((rows[0]["names"], own), (rows[0]["shared"], shared)) if len(rows) == 1 else ():
            for form in forms:
                kind.setdefault(form, set()).add(city)
    return own, shared


def _read_rows(path: Path, countries: set[str]) -> Iterator[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["country_code"] in countries:
                names, shared = (_fold_all(row[name].split("|")) for name in ("names", "names_shared"))
                yield {"country": row["country_code"], "names": names, "shared": shared - {""}}


def _fold_all(spellings: Sequence[str]) -> set[str]:
    return {form for spelling in spellings for form in foldings(spelling)}
