"""Single cells of foreign registers: degrees, countries, years, numbers. Nothing is guessed."""

from __future__ import annotations

import csv
import re
from functools import cache

from analysis.dates import is_edtf, write_date
from analysis.home import find_home
from analysis.imports.countries import find_country_code
from analysis.imports.foreign.statements import Location, Reading
from analysis.imports.words import is_missing_word

DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,20})?°?")
YEAR = re.compile(r"(?:seit|since)?\s*([0-9]{4})(?:[.,]0)?")
WHOLE = re.compile(r"[0-9]{1,11}(?:[.,]0)?")
ITEM = re.compile(r"(?:.*[/:])?(Q[1-9][0-9]{0,14})")


def read_degrees(text: str, limit: float) -> float | None:
    """Read decimal degrees (12.37 or 12,37) of at most `limit`; None for all else."""
    if not DEGREES.fullmatch(text):
        return None
    degrees = float(text.rstrip("°").replace(",", "."))
    return degrees if abs(degrees) <= limit else None


def read_location(latitude: str, longitude: str) -> Location | None:
    """Read a pair of degrees; None where one is missing or out of range."""
    return make_location(read_degrees(latitude, 90), read_degrees(longitude, 180))


def make_location(latitude: float | None, longitude: float | None) -> Location | None:
    """Make a location of two numbers, rounded to 0.1 m; None where one is missing or out of range."""
    if latitude is None or longitude is None:
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # also where one is no number (NaN)
        return None
    return round(latitude, 6) + 0.0, round(longitude, 6) + 0.0  # no minus zero


def read_country(text: str) -> str:
    """Read the name or the ISO code of a country of today; empty for all else."""
    code = find_country_code(text) or ""
    return code if code in list_countries() else ""


@cache
def list_countries() -> frozenset[str]:
    """Codes of the countries that a register may name."""
    path = find_home() / "data/reference/regions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["country_code"] for row in csv.DictReader(file))


def read_start(text: str) -> str | None:
    """Read a year or date as EDTF; empty where nothing is known, None where it cannot be read.

    Examples
    --------
    >>> read_start("1988"), read_start("03.10.1990"), read_start("k. A."), read_start("um 1970")
    ('1988', '1990-10-03', '', None)
    """
    if is_missing_word(text) or re.fullmatch("0+", text):
        return ""
    year = YEAR.fullmatch(text.casefold())
    date = year[1] if year else text if is_edtf(text) else write_date(text)
    return date if date and is_edtf(date) else None


def read_whole(text: str) -> int | None:
    """Read a whole number; None for all else."""
    return int(re.split("[.,]", text)[0]) if WHOLE.fullmatch(text) else None


def read_people(text: str, row: int, reading: Reading) -> int | None:
    """Read a number of inhabitants; one that cannot be read is told."""
    people = read_whole(text)
    if people is None and not is_missing_word(text):
        reading.remark(row, "population", text, "number-unclear")
    return people


def read_item(text: str) -> str:
    """Read the id of a Wikidata item, also out of its address; empty for all else."""
    found = ITEM.fullmatch(text.strip())
    return found[1] if found else ""
