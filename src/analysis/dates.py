"""Dates as precise as they are known: EDTF level 0 (`1973`, `1973-09`, `1973-11-23`)."""

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.problems import quote
from analysis.sentences import is_missing

if TYPE_CHECKING:
    import pandas as pd

FIRST_YEAR, LAST_YEAR = 1000, 2100  # a year outside is a slip of the keyboard, not a town twinning
KNOWN = 50_000  # texts whose meaning is kept: a report asks for the same dates again and again
EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
GERMAN = re.compile(r"(?:(?P<day>[0-9]{1,2})\.\s?)?(?P<month>[0-9]{1,2})[./]\s?(?P<year>[0-9]{4})")
LOOSE_ISO = re.compile(
    r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2}))?(?:[ T][0-9:.]+Z?)?"
)


def first_day(edtf: str) -> date:
    """First day that a date of EDTF level 0 can mean.

    Parameters
    ----------
    edtf : str
        Year, year and month, or day: `1973`, `1973-09`, `1973-11-23`.

    Raises
    ------
    ValueError
        If the text is no such date, no real calendar day, or outside the years 1000 to 2100.

    Examples
    --------
    >>> first_day("1973-09")
    datetime.date(1973, 9, 1)
    """
    year, month, day = _parts(edtf)
    return date(year, month or 1, day or 1)


def last_day(edtf: str) -> date:
    """Last day that a date of EDTF level 0 can mean; errors as in `first_day`.

    Examples
    --------
    >>> last_day("1973-09")
    datetime.date(1973, 9, 30)
    """
    year, month, day = _parts(edtf)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def has_passed(edtf: str, as_of: date | str) -> bool:
    """Tell whether a date has certainly passed: its last possible day is not after `as_of`.

    Parameters
    ----------
    edtf : str
        Date of EDTF level 0.
    as_of : date or str
        The day of the report; a text is a full day, `2026-11-01`.
    """
    return last_day(edtf) <= (date.fromisoformat(as_of) if isinstance(as_of, str) else as_of)


def passed(dates: "pd.Series", as_of: str, *, undated: bool = False) -> "pd.Series":
    """Tell for each date of a column whether it has certainly passed; a missing date counts as `undated` says."""
    return dates.map(lambda edtf: undated if is_missing(edtf) else has_passed(edtf, as_of)).astype(bool)


def year_of(edtf: str) -> int:
    """Year of a date of EDTF level 0; errors as in `first_day`."""
    return _parts(edtf)[0]


def is_edtf(text: str) -> bool:
    """Tell whether a text is a real date of EDTF level 0 in the years 1000 to 2100."""
    return not explain_date(text)


@lru_cache(KNOWN)
def explain_date(text: str) -> str:
    """Say why a text is no date of EDTF level 0: "is ..., allowed ... What to do."; empty if it is one."""
    is_now = f"is {quote(text)}, allowed"
    found = EDTF.fullmatch(text)
    if found is None:
        return f"{is_now} is a year, a month or a day, as 1973, 1973-09 or 1973-11-23. {_how_to_write(text)}"
    year, month, day = found.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return f"{is_now} are the years {FIRST_YEAR} to {LAST_YEAR}. Correct the year."
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return f"{is_now} are days of the calendar. Correct month and day."
    return ""


@lru_cache(KNOWN)
def _parts(edtf: str) -> tuple[int, int | None, int | None]:
    reason = explain_date(edtf)
    if reason:
        raise ValueError(f"date: {reason}")
    year, month, day = (int(part) if part else None for part in EDTF.fullmatch(edtf).groups())
    return year, month, day


def write_date(text: str) -> str:
    """Write a German date, or a loose ISO one, as EDTF level 0; empty if it is none. Month and day are never guessed.

    Examples
    --------
    >>> write_date("03.10.1990"), write_date("9/1973")
    ('1990-10-03', '1973-09')
    """
    for pattern in (GERMAN, LOOSE_ISO):
        found = pattern.fullmatch(text.strip())
        if found:
            parts = found.groupdict()
            edtf = "-".join([parts["year"], *(parts[key].zfill(2) for key in ("month", "day") if parts[key])])
            if is_edtf(edtf):
                return edtf
    return ""


def _how_to_write(text: str) -> str:
    """Offer the date that was probably meant."""
    edtf = write_date(text)
    return f"Write {edtf}." if edtf else "Write it in one of these ways."
