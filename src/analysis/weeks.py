"""Weeks of ISO 8601, from Monday to Sunday: each belongs to the year of its Thursday."""

from __future__ import annotations

import datetime

import pandas as pd

EPOCH_YEAR = 1970  # units of time are numbered from there


def year_of_week(weeks: pd.Series) -> pd.Series:
    """Year of the Thursday of each week, the weeks numbered from that of 1 January 1970."""
    thursdays = (weeks.to_numpy(int) * 7).astype("datetime64[D]")  # day 0 was a Thursday
    return pd.Series(thursdays.astype("datetime64[Y]").astype(int) + EPOCH_YEAR, weeks.index)


def count_weeks(year: int) -> int:
    """Weeks of a year: those whose Thursday lies in it.

    Examples
    --------
    >>> count_weeks(2020), count_weeks(2021)
    (53, 52)
    """
    return datetime.date(year, 12, 28).isocalendar().week  # always lies in the last week of its year
