"""Dates of EDTF level 0: expected days are read off a calendar."""

import re
from datetime import date

import pytest

from analysis.dates import first_day, has_passed, is_edtf, last_day, year_of


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("1973", date(1973, 1, 1), date(1973, 12, 31)),
        ("1973-09", date(1973, 9, 1), date(1973, 9, 30)),
        ("1973-12", date(1973, 12, 1), date(1973, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("1973-11-23", date(1973, 11, 23), date(1973, 11, 23)),
        ("1000", date(1000, 1, 1), date(1000, 12, 31)),
        ("2100-12", date(2100, 12, 1), date(2100, 12, 31)),
    ],
)
def test_a_date_spans_the_days_it_can_mean(edtf: str, first: date, last: date) -> None:
    assert (first_day(edtf), last_day(edtf)) == (first, last)
    assert year_of(edtf) == first.year
    assert is_edtf(edtf)


@pytest.mark.parametrize(
    ("edtf", "as_of", "passed"),
    [
        ("2021", "2021-03-13", False),
        ("2021-03", "2021-03-13", False),
        ("2021-03-13", "2021-03-13", True),
        ("2021-03-14", "2021-03-13", False),
        ("2020", "2021-03-13", True),
        ("2021", date(2021, 12, 31), True),
        ("2021", date(2021, 12, 30), False),
    ],
)
def test_a_date_has_passed_when_its_last_possible_day_has(edtf: str, as_of: date | str, passed: bool) -> None:
    assert has_passed(edtf, as_of) is passed


NO_DATE = "date: is {!r}, allowed is a year, a month or a day, as 1973, 1973-09 or 1973-11-23. Write "
SO = NO_DATE + "it in one of these ways."
OUTSIDE = "date: is {!r}, allowed are the years 1000 to 2100. Correct the year."
NO_DAY = "date: is {!r}, allowed are days of the calendar. Correct month and day."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", SO),
        ("19733", SO),
        ("autumn 1973", SO),
        ("11/23/1973", SO),
        ("32.11.1973", SO),
        ("١٩٧٣", SO),
        ("1973-9", NO_DATE + "1973-09."),
        ("3.10.1990", NO_DATE + "1990-10-03."),
        ("03. 10. 1990", NO_DATE + "1990-10-03."),
        ("10.1990", NO_DATE + "1990-10."),
        ("10/1990", NO_DATE + "1990-10."),
        ("1973/11/23", NO_DATE + "1973-11-23."),
        ("1973-11-23T10:00", NO_DATE + "1973-11-23."),
        ("1973-11-23 00:00:00", NO_DATE + "1973-11-23."),
        ("1973-11-23\n", NO_DATE + "1973-11-23."),
        ("0999", OUTSIDE),
        ("2101-01", OUTSIDE),
        ("1973-13", NO_DAY),
        ("1973-00", NO_DAY),
        ("1973-02-30", NO_DAY),
        ("1973-11-00", NO_DAY),
        ("1900-02-29", NO_DAY),
    ],
)
def test_what_is_no_date_is_refused(text: str, message: str) -> None:
    assert not is_edtf(text)
    for read in (first_day, last_day, year_of):
        with pytest.raises(ValueError, match=f"^{re.escape(message.format(text))}$"):
            read(text)
