"""Days and periods, as German offices write them, as dates of EDTF level 0."""

import re
from datetime import date, timedelta

from analysis.dates import FIRST_YEAR, LAST_YEAR, first_day, last_day
from analysis.imports.amounts import refuse_formula
from analysis.imports.words import Unreadable

NAMES = (
    "januar jänner jan january|februar feber feb february|märz maerz mrz mär mar march|april apr|mai may|juni jun june|"
    "juli jul july|august aug|september sept sep|oktober okt oct october|november nov|dezember dez dec december"
)
MONTHS = {name: number for number, names in enumerate(NAMES.split("|"), start=1) for name in names.split()}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY = re.compile(
    r"\b(?:mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    r"|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[.,]?\s*"
)
TIME = re.compile(
    r"(?:t|,?\s+(?:um\s+)?)\d{1,2}(?::\d{2}){1,2}(?:\.\d+)?(?:\s*uhr)?$|,?\s+\d{1,2}(?:\.\d{2})?\s*uhr$"
)
LEAD = re.compile(r"^(?:am|vom|from|on|im|in)\s+")
ISO = r"\d{4}-\d{1,2}-\d{1,2}"
POINTS = [
    re.compile(pattern)
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d{2})",
        rf"(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)?\s?(?P<n>{MONTH})\.?,?\s?(?P<y>\d{{4}})",
        rf"(?P<n>{MONTH})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,\s?(?P<y>\d{{4}})",
        rf"(?P<n>{MONTH})\.?\s?(?P<y>\d{{4}})",
        r"(?P<m>\d{1,2})[./]\s?(?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<m>\d{1,2})",
        r"(?P<y>\d{4})",
    )
]
PARTS = [  # what stands before a dash, or without its year
    re.compile(pattern)
    for pattern in (
        r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.?",
        rf"(?P<d>\d{{1,2}})\.?\s?(?P<n>{MONTH})\.?",
        rf"(?P<n>{MONTH})\.?",
        r"(?P<d>\d{1,2})\.?",
    )
]
SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")  # days since 1899-12-30: 1954 to 2091
SCHOOL_YEAR = re.compile(r"(\d{4})\s?/\s?(\d{4}|\d{2})")
SPAN = re.compile(r"(?:(\d)\.\s?|q\s?(\d)\s?/?\s?)(quartal|halbjahr)?\s?(\d{4})")
VAGUE = re.compile(
    r"frühjahr|frühling|sommer|herbst|winter|ca\b|circa|anfang|mitte|ende|kw|ab\b|seit|spring|autumn|mehrfach|ganzjährig|laufend"
)
LONGEST_TURN = 62  # days over the turn of a year; a longer span is a slip of the keyboard
CENTURY = 50  # a year of two digits: 49 is 2049, 50 is 1950


def read_period(text: str, year: int | None = None) -> tuple[str, str | None]:
    """Read when something happened.

    Parameters
    ----------
    text : str
        The cell: `07.- 09.09.2018`, `30.12.2022`, `September 1973`, `2018`, a serial number of Excel ...
    year : int, optional
        The year where the cell does not name it: that of the sheet or of another column.

    Returns
    -------
    start, end : str, str or None
        Dates of EDTF level 0; end is None where it is the start.

    Raises
    ------
    Unreadable
        If the text is no date, lacks its year, or may mean two.
    """
    refuse_formula(text)
    bare = _tidy(text)
    for read in (_read_span, _read_serial):
        period = read(bare)
        if period:
            return period
    if not re.fullmatch(ISO, bare):
        halves = re.split(rf"(?<=\d)\s?/\s?(?={ISO})|\s-\s|(?<!\d)-|-(?!\d)|(?<!^)-(?=\d{{1,2}}\.)", bare)
        halves = [half.strip() for half in halves]
        if len(halves) == 2 and all(halves):
            return _read_range(*halves, year)
        days = re.fullmatch(r"(\d{1,2}\.(?:\s?\d{1,2}\.)?)\s?(?:/|\+|&|und|u\.|and)\s?(.+)", bare)
        if days:
            return _read_neighbours(_read_range(days[1], days[2], year))
    point = _read_point(bare, year)
    if point is None:
        raise Unreadable(_explain(bare))
    return point, None


def names_short_year(text: str) -> bool:
    """Tell whether a date has a year of two digits, whose century is our reading."""
    return bool(re.search(r"\d\.\s?\d{1,2}\.\s?\d{2}$", text.strip()))


def _tidy(text: str) -> str:
    bare = " ".join(text.casefold().split())
    bare = re.sub("[‐‑–—−]", "-", bare)
    bare = TIME.sub("", WEEKDAY.sub("", bare))
    return LEAD.sub("", re.sub(r"\s(?:bis(?: zum)?|to|until)\s", " - ", bare)).strip(" ,;")


def _read_serial(bare: str) -> tuple[str, None] | None:
    if not SERIAL.fullmatch(bare):
        return None
    return (date(1899, 12, 30) + timedelta(days=int(float(bare)))).isoformat(), None


def _read_span(bare: str) -> tuple[str, str] | None:
    """School years, quarters and half years: more than a month, and exact all the same."""
    years = SCHOOL_YEAR.fullmatch(bare)
    if years:
        end = years[2] if len(years[2]) == 4 else years[1][:2] + years[2]
        if len(years[2]) == 2 and 1 <= int(years[2]) <= 12:  # 2011/12: December, or two years
            raise Unreadable("date-month")
        return _check_order(years[1], end)
    short = re.fullmatch(r"(\d{4})-(\d{4}|\d{2})", bare)
    if short and (len(short[2]) == 4 or int(short[2]) > 12):
        return _check_order(short[1], short[2] if len(short[2]) == 4 else short[1][:2] + short[2])
    span = SPAN.fullmatch(bare)
    if not span or not (span[3] or span[2]):
        return None
    number, months = int(span[1] or span[2]), 6 if span[3] == "halbjahr" else 3
    if not 1 <= number <= 12 // months:
        return None
    return f"{span[4]}-{(number - 1) * months + 1:02}", f"{span[4]}-{number * months:02}"


def _read_point(bare: str, year: int | None) -> str | None:
    for pattern in POINTS:
        found = pattern.fullmatch(bare)
        if found:
            return _write(found.groupdict(), year)
    slashes = SLASHES.fullmatch(bare)
    if slashes:
        first, second = int(slashes[1]), int(slashes[2])
        if first != second and max(first, second) <= 12:
            raise Unreadable("date-order")
        day, month = (first, second) if second <= 12 else (second, first)
        return _write({"y": slashes[3], "m": str(month), "d": str(day)}, None)
    for pattern in PARTS[:3]:
        found = pattern.fullmatch(bare)
        if found:
            if year is None:
                raise Unreadable("date-year")
            return _write(found.groupdict(), year)
    return None


def _write(parts: dict[str, str | None], year: int | None) -> str:
    """Write day, month (`m`, or its name `n`) and year as a date; the calendar must have it."""
    given = parts.get("y")
    number = year if given is None else int(given)
    if given and len(given) == 2:
        number += 2000 if number < CENTURY else 1900
    month = MONTHS[parts["n"]] if parts.get("n") else int(parts.get("m") or 0)
    day = int(parts.get("d") or 0)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Unreadable("date-years")
    try:
        date(number, month or 1, day or 1)
    except ValueError:
        raise Unreadable("date-calendar") from None
    return f"{number:04}" + f"-{month:02}" * bool(month) + f"-{day:02}" * bool(day)


def _read_range(left: str, right: str, year: int | None) -> tuple[str, str | None]:
    end = _read_point(right, year)
    if end is None:
        raise Unreadable(_explain(f"{left} {right}"))
    for pattern in PARTS:
        found = pattern.fullmatch(left)
        if found:
            parts = found.groupdict()
            named = parts.get("m") or parts.get("n")
            if not named and len(end) < len("2018-09"):
                raise Unreadable("date-unclear")
            start = _write({"m": end[5:7], **parts} if not named else parts, int(end[:4]))
            if named and first_day(start) > last_day(end):  # 30.12. - 02.01.2019
                earlier = _write(parts, int(end[:4]) - 1)
                start = earlier if (last_day(end) - first_day(earlier)).days <= LONGEST_TURN else start
            return _check_order(start, end)
    start = _read_point(left, year)
    if start is None:
        raise Unreadable(_explain(left))
    return _check_order(start, end)


def _read_neighbours(period: tuple[str, str | None]) -> tuple[str, str | None]:
    """Two days joined by a slash or "and" are a period only where none lies between them."""
    start, end = period
    if end is None or len(start) < 10 or (first_day(end) - first_day(start)).days > 1:
        raise Unreadable("date-two")
    return period


def _check_order(start: str, end: str) -> tuple[str, str | None]:
    if first_day(start) > last_day(end):
        raise Unreadable("date-backwards")
    return start, None if start == end else end


def _explain(bare: str) -> str:
    if len(re.findall(r"\d{1,2}\.\s?\d{1,2}\.", bare)) > 1:
        return "date-two"
    return "date-vague" if VAGUE.search(bare) else "date-unclear"
