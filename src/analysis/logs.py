"""The log of activities in time: which days an entry can mean, and when the log is known to be complete."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Literal

import numpy as np
import pandas as pd

from analysis.dates import first_day, last_day
from analysis.history import trace_states
from analysis.tables import Register

Unit = Literal["week", "month", "year"]

# An entry that lasts longer is a programme: nobody met on all of its days, only when it began and ended.
MEETING_DAYS = 31

_PRECISIONS = ["year", "month", "day"]
_LETTERS = [len("2019"), len("2019-05"), len("2019-05-03")]
_TO_MONDAY = 3  # 1970-01-01, day 0, was a Thursday


def date_days(dates: pd.Series, edge: Callable[[str], datetime.date]) -> pd.Series:
    """The day that each EDTF date means at one edge (`first_day` or `last_day`); missing where it is missing."""
    codes, texts = pd.factorize(dates)  # a log of a million rows has a few thousand dates
    return pd.Series(_pick_days(texts, edge)[codes], dates.index)


def _pick_days(texts: Iterable[str], edge: Callable[[str], datetime.date]) -> np.ndarray:
    """Day of each text, and a missing one for the code -1."""
    return np.array([*map(edge, texts), "NaT"], dtype="datetime64[s]")


def _span_dates(dates: pd.Series) -> pd.DataFrame:
    """first_day, last_day and the letters of each EDTF date, which tell how precise it is; missing where it is missing."""
    codes, texts = pd.factorize(dates)
    letters = np.array([*map(len, texts), np.nan])
    days = {"first_day": _pick_days(texts, first_day)[codes], "last_day": _pick_days(texts, last_day)[codes]}
    return pd.DataFrame({**days, "letters": letters[codes]}, dates.index)


def place_activities(register: Register, as_of: str) -> pd.DataFrame:
    """The activities that had certainly begun by a date, with the days that they can mean.

    Parameters
    ----------
    register : Register
    as_of : str
        ISO date. What was still running on that day ends with it.

    Returns
    -------
    pandas.DataFrame
        The rows of `activities` with first_day, last_day (first day of the start, last day of the end that the dates can
        mean), is_project (true also where only the kind says so), precision ("year", "month", "day": the less precise of start and end), year (of the start).
    """
    activities, today = register["activities"], pd.Timestamp(as_of)
    start, end = (_span_dates(activities[name]) for name in ("start_date", "end_date"))
    letters = np.fmin(start["letters"], end["letters"])
    is_named = activities["activity_type"].eq("project").fillna(False)
    placed = activities.assign(
        is_project=activities["is_project"].fillna(is_named.where(is_named)),
        first_day=start["first_day"],
        last_day=end["last_day"].fillna(start["last_day"]).clip(upper=today),
        precision=pd.Categorical.from_codes(np.searchsorted(_LETTERS, letters), _PRECISIONS),
        year=start["first_day"].dt.year,
    )
    return placed[start["last_day"] <= today].reset_index(drop=True)


def list_observed(register: Register, relations: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """The stretches of time in which a relation existed and the log is said to be complete.

    Parameters
    ----------
    relations : pandas.DataFrame
        From `analysis.history.describe_relations` at `as_of`.

    Returns
    -------
    pandas.DataFrame
        partnership_id, first_day, last_day; no rows for a register that does not say that its log is complete.

    Notes
    -----
    A relation is looked at from the day on which it certainly existed until the first day on which it may have ended.
    """
    today = pd.Timestamp(as_of)
    periods = register["log_periods"]
    periods = periods.assign(
        first_day=date_days(periods["start_date"], first_day),
        last_day=date_days(periods["end_date"], last_day).fillna(today),
    )[["partnership_id", "first_day", "last_day"]]
    named = periods.dropna(subset="partnership_id")
    others = _list_lifetimes(register, relations, as_of)
    unnamed = others[~others["partnership_id"].isin(named["partnership_id"])]
    general = periods[periods["partnership_id"].isna()].drop(columns="partnership_id")
    stretches = pd.concat([others.merge(named, on="partnership_id"), unnamed.merge(general, how="cross")])
    first = stretches[["first_day", "begun_day"]].max(axis="columns")
    last = stretches[["last_day", "over_day"]].min(axis="columns")
    observed = stretches[["partnership_id"]].assign(first_day=first, last_day=last)
    return observed[first <= last].sort_values(["partnership_id", "first_day"]).reset_index(drop=True)


def _list_lifetimes(register: Register, relations: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Begin and end of each relation that has begun: partnership_id, begun_day, over_day."""
    states = trace_states(register, as_of)
    endings = states[states["milestone"] == "ended"].groupby("partnership_id")["date"].last()
    ended = relations["partnership_id"].where(relations["status"] == "ended").map(endings).astype("string")
    return pd.DataFrame(
        {
            "partnership_id": relations["partnership_id"],
            "begun_day": date_days(relations["first_date"], last_day),
            "over_day": date_days(ended, first_day).fillna(pd.Timestamp(as_of)),
        }
    ).dropna(subset="begun_day")


def number_units(days: pd.Series, unit: Unit) -> np.ndarray:
    """Number of the week (Monday to Sunday), month or year that each day lies in, counted from 1970."""
    numbers = days.to_numpy("datetime64[D]")
    if unit == "week":
        return (numbers.astype(int) + _TO_MONDAY) // 7
    return numbers.astype("datetime64[M]" if unit == "month" else "datetime64[Y]").astype(int)


def list_observed_units(observed: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    """The weeks, months or years that lie wholly in an observed stretch.

    Returns
    -------
    pandas.DataFrame
        partnership_id, and a column named as the unit (numbers as in `number_units`), each pair once.
    """
    day = pd.Timedelta(days=1)
    first = number_units(observed["first_day"] - day, unit) + 1
    last = number_units(observed["last_day"] + day, unit) - 1
    return _list_ranges(observed["partnership_id"], first, last, unit)


def list_contact_units(placed: pd.DataFrame, unit: Literal["week", "month"]) -> pd.DataFrame:
    """The weeks or months in which a relation certainly had an activity.

    Parameters
    ----------
    placed : pandas.DataFrame
        From `place_activities`.

    Returns
    -------
    pandas.DataFrame
        partnership_id, and a column named as the unit (numbers as in `number_units`), each pair once. An activity of up
        to 31 days counts in every week or month it touches, a longer one where it begins and where it ends. Dates
        known to the year never count, dates known to the month only for months.
    """
    is_exact = placed["precision"].isin(["day", "month"] if unit == "month" else ["day"])
    exact = placed.loc[
        is_exact & placed["partnership_id"].notna(), ["partnership_id", "first_day", "last_day"]
    ]
    first, last = number_units(exact["first_day"], unit), number_units(exact["last_day"], unit)
    is_long = ((exact["last_day"] - exact["first_day"]).dt.days >= MEETING_DAYS).to_numpy()
    ids = exact["partnership_id"]
    begun = _list_ranges(ids, first, np.where(is_long, first, last), unit)
    ended = _list_ranges(ids[is_long], last[is_long], last[is_long], unit)
    return pd.concat([begun, ended], ignore_index=True).drop_duplicates(ignore_index=True)


def _list_ranges(ids: pd.Series, first: np.ndarray, last: np.ndarray, unit: Unit) -> pd.DataFrame:
    """Every number from first to last for each id, each pair once."""
    counts = np.maximum(last - first + 1, 0)
    rows = np.repeat(np.arange(len(ids)), counts)
    steps = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts, counts)
    codes, names = pd.factorize(ids.to_numpy())  # numbers are compared faster than names
    table = pd.DataFrame({"partnership_id": codes[rows], unit: first[rows] + steps})
    table = table.drop_duplicates(ignore_index=True)
    return table.assign(partnership_id=names[table["partnership_id"]])
