"""What no single cell shows: a place outside its country, a date that has not come, an end before its start."""

from __future__ import annotations

from analysis.dates import first_day, last_day
from analysis.imports.foreign.borders import find_countries, is_on_land, measure_outside
from analysis.imports.foreign.statements import LONGEST_NAME, Place, Reading, Statement, list_rows
from analysis.tables.values import read_value

TEXT = {"name": "name", "type": "string"}
FAR_KM = (
    50.0  # outside the outline (1:50 million) and on the land of another country: another place's coordinates
)
SEA_KM = 300.0  # the outlines lack islands, so at sea only what lies so far out is another place's


def check_statements(reading: Reading, as_of: str) -> list[Statement]:
    """
    Check places and dates; what cannot be is left out of the statement and told, or the row is listed.

    Coordinates far outside the named country are not taken, and where no country is named, that of the coordinates is.

    Parameters
    ----------
    reading : Reading
        Takes the findings.
    as_of : str
        ISO date of the file: nothing in it can be later.
    """
    fates = _judge_places(reading.statements)
    checked: list[Statement] = []
    told: set[tuple[object, ...]] = set()
    for each in reading.statements:
        if each.home_district and not _is_name(each.home_district):
            reading.list_row(each.row, "home_name", each.home_district, "name-unusable")
        ends = []
        for column, place in (("home_name", each.home), ("partner_name", each.partner)):
            corrected, reason, values = fates[place]
            if reason == "name-unusable":
                reading.list_row(each.row, column, place.name, reason)
            elif reason and (key := (place.name, place.country_code, place.location)) not in told:
                told.add(key)
                shown = "{:g} / {:g}".format(*place.location) if place.location else ""
                reading.tell_place(each.row, f"{place.name} ({shown})", reason, **values)
            ends.append(corrected)
        checked.append(_check_dates(each._replace(home=ends[0], partner=ends[1]), reading, as_of))
    listed = list_rows(reading.findings)
    return [each for each in checked if each.row not in listed]


def _judge_places(statements: list[Statement]) -> dict[Place, tuple[Place, str, dict[str, str]]]:
    """For each place what is left of it, and the reason with its values."""
    places = list(dict.fromkeys(place for each in statements for place in (each.home, each.partner)))
    open_ones = [place for place in places if place.location and not place.country_code]
    found = dict(
        zip(open_ones, find_countries([place.location for place in open_ones if place.location]), strict=True)
    )
    return {place: _judge(place, found.get(place, "")) for place in places}


def _judge(place: Place, found: str) -> tuple[Place, str, dict[str, str]]:
    if not all(map(_is_name, (place.name, place.name_de or place.name, place.name_en or place.name))):
        return place, "name-unusable", {}
    if found:
        return place._replace(country_code=found), "country-found", {"country": found}
    if place.location and place.country_code:
        outside = measure_outside(place.location, place.country_code)
        if outside > SEA_KM or (outside > FAR_KM and is_on_land(place.location)):
            values = {"km": f"{outside:.0f}", "country": place.country_code}
            return place._replace(location=None), "far-away", values
    return place, "", {}


def _is_name(text: str) -> bool:
    """Whether a text may stand as a name in `cities`: no formula, no control characters, and not pages long."""
    try:
        read_value(text, TEXT)
    except ValueError:
        return False
    return len(text) <= LONGEST_NAME and any(map(str.isalnum, text))


def _check_dates(each: Statement, reading: Reading, as_of: str) -> Statement:
    for column, date in (("start", each.start), ("end", each.end)):
        if date and first_day(date) > first_day(as_of):
            reading.remark(each.row, column, date, "date-future")
            each = each._replace(**{column: ""})
    if each.start and each.end and first_day(each.start) > last_day(each.end):
        reading.list_row(each.row, "end", each.end, "date-backwards")
    return each
