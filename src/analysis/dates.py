"""Dates as precise as they are known: EDTF level 0 (`1973`, `1973-09`, `1973-11-23`)."""

import calendar
import re
from datetime import date

FIRST_YEAR, LAST_YEAR = 1000, 2100  # a year outside is a slip of the keyboard, not a town twinning
EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


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


def year_of(edtf: str) -> int:
    """Year of a date of EDTF level 0; errors as in `first_day`."""
    return _parts(edtf)[0]


def is_edtf(text: str) -> bool:
    """Tell whether a text is a real date of EDTF level 0 in the years 1000 to 2100."""
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def _parts(edtf: str) -> tuple[int, int | None, int | None]:
    found = EDTF.fullmatch(edtf)
    if found is None:
        raise ValueError(f"{edtf!r} is no date. Write a year, a month or a day: 1973, 1973-09 or 1973-11-23.")
    year, month, day = (int(part) if part else None for part in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{edtf!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}. Check the year.")
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise ValueError(f"{edtf!r} is not in the calendar. Check month and day.") from None
    return year, month, day
