"""Numbers, percentages and dates as a language writes them; each number and date is spelt once."""

from __future__ import annotations

import datetime
from functools import lru_cache

import babel
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent


@lru_cache(maxsize=2048, typed=True)
def spell_number(value: float, digits: int, locale: str) -> str:
    """A number with exactly `digits` decimals: 1.234,5 or 1,234.5."""
    fraction = "." + "0" * digits if digits else ""
    return _minus(format_decimal(value, format="#,##0" + fraction, locale=locale))


def spell_percent(share: float, digits: int, locale: babel.Locale) -> str:
    """A share between 0 and 1 as a percentage: 62 % or 62%."""
    pattern = locale.percent_formats[None].pattern
    fraction = "." + "0" * digits if digits else ""
    return _minus(format_percent(share, format=pattern.replace("0", "0" + fraction, 1), locale=locale))


@lru_cache(maxsize=2048)
def spell_date(date: str, locale: str) -> str:
    """A date of EDTF level 0 in words, no more precise than it is: "September 1973"."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return format_skeleton("yMMMM", datetime.date(*parts, 1), locale=locale)
    return format_date(datetime.date(*parts), "long", locale=locale).replace(" ", "\u00a0", 1)


def _minus(number: str) -> str:
    """A number with a true minus sign instead of a hyphen."""
    return number.replace("-", "\u2212")
