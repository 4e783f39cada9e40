"""Values as Wikidata writes them: points, and times with a precision."""

from __future__ import annotations

import re

from analysis.dates import is_edtf
from analysis.imports.foreign.statements import Location
from analysis.imports.foreign.values import make_location

NUMBER = r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?(?:[eE]-?[0-9]{1,2})?)"
POINT = re.compile(rf"(?:<[^>]*/(?P<globe>Q[0-9]+)>\s*)?Point\s*\(\s*{NUMBER}\s+{NUMBER}\s*\)", re.IGNORECASE)
TIME = re.compile(r"\+?([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T[0-9:.]*Z?)?")
EARTH = "Q2"
PARTS = {9: 1, 10: 2, 11: 3}  # precision of a time: year, month, day


def read_point(text: str) -> Location | None:
    """Read a point, longitude first; None for what is none, or lies on another globe."""
    found = POINT.fullmatch(text)
    if not found or found["globe"] not in (None, EARTH):
        return None
    return make_location(float(found[3]), float(found[2]))


def read_time(text: str, precision: int | None) -> tuple[str, str]:
    """
    Read a time as EDTF with the code of a remark; empty where it is none, or vaguer than a year.

    Without a precision the first day of a month may stand for the month, and of a year for the year, so it does.

    Examples
    --------
    >>> read_time("+1973-00-00T00:00:00Z", 9), read_time("1973-11-23T00:00:00Z", None)
    (('1973', ''), ('1973-11-23', ''))
    >>> read_time("1973-01-01T00:00:00Z", None)
    ('1973', 'date-first')
    """
    found = TIME.fullmatch(text)
    if not found or (precision is not None and precision not in PARTS):
        return "", "date-unclear"
    year, month, day = (part or "00" for part in found.groups())
    parts, remark = PARTS.get(precision or 11, 3), ""
    if precision is None and day == "01":
        parts, remark = (1 if month == "01" else 2), "date-first"
    given = [year, month, day][:parts]
    if "00" in given:
        given = given[: given.index("00")]
    date = "-".join(given)
    return (date, remark) if is_edtf(date) else ("", "date-unclear")
