"""Lists as the German section of the Council of European Municipalities and Regions (RGRE) keeps them."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from analysis.imports.foreign.areas import is_county, split_district
from analysis.imports.foreign.sheets import Row, find_field, find_form, read_rows
from analysis.imports.foreign.statements import Location, Place, Reading, Statement
from analysis.imports.foreign.values import read_country, read_location, read_start

NEEDED = ("home_name", "partner_name", "partner_country")
HOME_COUNTRY = "DE"  # the list is one of German municipalities
DEFAULT_YEAR = "2000"  # such lists write it where the year is unknown
POSTCODE = re.compile(r"[0-9]{5}")
SHORT_POSTCODE = re.compile(r"[0-9]{4}(?:[.,]0)?")


def read_rgre(path: Path) -> Reading:
    """
    Read a list of the RGRE kind: municipality, plz, bundesland, latitude, longitude, partnergemeinde, land, seit, form,
    partner_latitude, partner_longitude. The columns may be in any order; only three are needed.

    A bare 2000 is no year here: it stands for unknown. A real one can be written as a month or a day.

    Raises
    ------
    DataError
        If the file cannot be read, or lacks one of the needed columns.
    """
    reading = Reading()
    spellings: dict[str, set[str]] = defaultdict(set)
    for row in read_rows(path, "rgre", NEEDED, reading):
        statement = _read_row(row, reading)
        if statement:
            reading.statements.append(statement)
            spellings[statement.partner.country_code].add(row["partner_country"])
    for code, names in sorted(spellings.items()):
        if code and len(names) > 1:
            text = ", ".join(sorted(names))
            reading.remark(0, "partner_country", text, "country-spellings", country=code)
    return reading


def _read_row(row: Row, reading: Reading) -> Statement | None:
    for column in ("home_name", "partner_name"):
        if not row[column]:
            reading.list_row(row.line, column, "", "empty")
            return None
    _check_postcode(row, reading)
    town, district = split_district(row["home_name"])
    if district:
        reading.remark(row.line, "home_name", row["home_name"], "district", town=town, district=district)
    home = Place(
        town,
        HOME_COUNTRY,
        _read_location(row, "home", reading),
        region=find_field(row["home_region"], "state") or row["home_region"],
        is_area=_is_county(row, "home_name", reading),
    )
    partner = Place(
        row["partner_name"],
        _read_country(row, reading),
        _read_location(row, "partner", reading),
        is_area=_is_county(row, "partner_name", reading),
    )
    form = _read_form(row, reading)
    return Statement(row.line, home, partner, form, _read_start(row, reading), home_district=district)


def _check_postcode(row: Row, reading: Reading) -> None:
    """Tell of a German postcode that lost its first zero, or is none; it only helps to find the place."""
    text = row["home_postcode"]
    if SHORT_POSTCODE.fullmatch(text):
        reading.remark(row.line, "home_postcode", text, "postcode-zero", postcode=f"0{text[:4]}")
    elif text and not POSTCODE.fullmatch(text):
        reading.remark(row.line, "home_postcode", text, "postcode-unclear")


def _is_county(row: Row, column: str, reading: Reading) -> bool:
    if not is_county(row[column]):
        return False
    reading.remark(row.line, column, row[column], "county")
    return True


def _read_location(row: Row, side: str, reading: Reading) -> Location | None:
    texts = row[f"{side}_latitude"], row[f"{side}_longitude"]
    location = read_location(*texts)
    if location is None and any(texts):
        reading.remark(row.line, f"{side}_latitude", " / ".join(texts), "degrees-unclear")
    return location


def _read_country(row: Row, reading: Reading) -> str:
    """Code of the partner's country; one that is no country of today is told."""
    text = row["partner_country"]
    code = read_country(text)
    if text and not code:
        reading.remark(row.line, "partner_country", text, "country-unknown")
    return code


def _read_form(row: Row, reading: Reading) -> str:
    form = find_form(row["form"])
    if not form:
        reason = "form-unknown" if row["form"] else "form-empty"
        reading.remark(row.line, "form", row["form"], reason)
    return form


def _read_start(row: Row, reading: Reading) -> str:
    text = row["start"]
    start = read_start(text)
    if start == DEFAULT_YEAR:
        reading.remark(row.line, "start", text, "year-default")
        return ""
    if start is None:
        reading.remark(row.line, "start", text, "date-unclear")
    return start or ""
