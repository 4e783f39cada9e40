"""Where it has gone quiet: the longest stretch without an activity, and the days since the last."""

from __future__ import annotations

import pandas as pd

from analysis.dates import first_day
from analysis.logs import date_days

_DAY = pd.Timedelta(days=1)


def measure_silence(
    placed: pd.DataFrame, observed: pd.DataFrame, relations: pd.DataFrame, as_of: str
) -> pd.DataFrame:
    """How long each relation was certainly without an activity.

    Parameters
    ----------
    placed : pandas.DataFrame
        From `analysis.logs.place_activities`.
    observed : pandas.DataFrame
        From `analysis.logs.list_observed`.
    relations : pandas.DataFrame
        From `analysis.history.describe_relations`.

    Returns
    -------
    pandas.DataFrame
        A row per relation, in its order: partnership_id, last_day (last day that its last activity can mean), longest_silence_days,
        silence_start_date, silence_end_date (first and last day of the longest silence, ISO; the first of equally long ones),
        current_silence_days (days since the last activity), is_running (an activity certainly goes on at `as_of`: whatever its end means, it is no earlier). Missing where the
        log is not complete; the current silence also where the log does not reach `as_of`.

    Notes
    -----
    A silence is a stretch of days, all of them observed, on which nothing that is logged can have happened: a running
    programme is no silence, and a date known to the year or month keeps all its days from being one. So a silence
    lasted at least as long as given.
    """
    ids = relations["partnership_id"]
    own = placed[placed["partnership_id"].isin(ids)]
    table = pd.DataFrame({"partnership_id": ids}).set_index("partnership_id")
    table["last_day"] = own.groupby("partnership_id")["last_day"].max()
    gaps = _list_gaps(own, observed, pd.Timestamp(as_of))
    longest = gaps.loc[gaps.groupby("partnership_id")["days"].idxmax()].set_index("partnership_id")
    watched = table.index.intersection(observed["partnership_id"])
    table["longest_silence_days"] = longest["days"].reindex(watched).fillna(0).astype("Int64")
    for name in ("silence_start_date", "silence_end_date"):
        table[name] = longest[name].dt.strftime("%Y-%m-%d").reindex(table.index).astype("string")
    still = gaps[gaps["silence_end_date"] == pd.Timestamp(as_of)].set_index("partnership_id")["days"]
    until_now = observed.loc[observed["last_day"] == pd.Timestamp(as_of), "partnership_id"]
    watched = table.index.intersection(until_now)
    table["current_silence_days"] = still.reindex(watched).fillna(0).astype("Int64")
    lasting = own.loc[date_days(own["end_date"], first_day) >= pd.Timestamp(as_of), "partnership_id"]
    table["is_running"] = pd.Series(table.index.isin(lasting), table.index, dtype="boolean").where(
        table["current_silence_days"].notna()
    )
    return table.reset_index()


def show_current(quiet: pd.DataFrame, words) -> pd.Series:
    """The days since the last activity as they are read: "running" where one goes on, missing where nobody knows."""
    running = words.label("current_silence", "running")
    shown = [
        None if pd.isna(days) else running if is_running else words.number(days)
        for days, is_running in zip(quiet["current_silence_days"], quiet["is_running"], strict=True)
    ]
    return pd.Series(shown, quiet.index, dtype=object)


def _list_gaps(own: pd.DataFrame, observed: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Observed stretches of days that nothing covers: partnership_id, silence_start_date, silence_end_date, days."""
    columns = ["partnership_id", "first_day", "last_day"]
    covered = pd.concat(
        [own.loc[own["partnership_id"].isin(observed["partnership_id"]), columns], _list_unobserved(observed)]
    ).sort_values(["partnership_id", "first_day"], kind="stable", ignore_index=True)
    groups = covered.groupby("partnership_id")
    reached = groups["last_day"].cummax()
    before = reached.groupby(covered["partnership_id"]).shift()
    gaps = pd.DataFrame(
        {
            "partnership_id": covered["partnership_id"],
            "silence_start_date": before + _DAY,
            "silence_end_date": covered["first_day"] - _DAY,
        }
    )
    gaps["days"] = (gaps["silence_end_date"] - gaps["silence_start_date"]).dt.days + 1
    return gaps[gaps["days"] > 0].astype({"days": int})


def _list_unobserved(observed: pd.DataFrame) -> pd.DataFrame:
    """The time before, between and after observed stretches, as if something had covered it: nobody looked."""
    columns = ["partnership_id", "first_day", "last_day"]
    ordered = observed.sort_values(["partnership_id", "first_day"], ignore_index=True)
    groups = ordered.groupby("partnership_id")
    reached = groups["last_day"].cummax()
    long_ago, far_off = pd.Timestamp("1000-01-01"), pd.Timestamp("2100-12-31")
    before = reached.groupby(ordered["partnership_id"]).shift()
    starts = ordered.assign(last_day=ordered["first_day"] - _DAY, first_day=(before + _DAY).fillna(long_ago))
    ends = groups["last_day"].max().rename("first_day").reset_index()
    ends = ends.assign(first_day=ends["first_day"] + _DAY, last_day=far_off)
    rows = pd.concat([starts[columns], ends[columns]], ignore_index=True)
    return rows[rows["first_day"] <= rows["last_day"]]
