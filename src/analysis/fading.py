"""Early warning: relations whose activity fades, by a stated rule with a known rate of false alarms."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.logs import list_contact_units, list_observed_units, number_units
from analysis.trend import DISTORTED

RECENT_WEEKS = 104  # two years: no season decides
BEFORE_WEEKS = 260  # five years before them, not counting distorted ones
LEAST_RECENT_WEEKS = 78
LEAST_BEFORE_WEEKS = 156
LEAST_EXPECTED = 12  # weeks with an activity in two years; below, chance alone halves them too often
ALARM_SHARE = 0.5


def warn_of_fading(
    placed: pd.DataFrame, observed: pd.DataFrame, relations: pd.DataFrame, as_of: str
) -> pd.DataFrame:
    """Compare the last two years of each relation with its own five years before, the distorted ones left out.

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
        A row per relation that has not ended, in its order: partnership_id, recent_weeks (weeks with an activity, of the last 104),
        expected_weeks (if it went on as in the 260 observed weeks before that lie outside `DISTORTED`), kept_share (recent /
        expected), warning: "fading" (at most half of at least 12 expected), "none", "too_few" (fewer than 12 expected) or
        "short_log" (fewer than 78 recent weeks observed, or fewer than 156 before).
    """
    today = int(number_units(pd.Series([pd.Timestamp(as_of) + pd.Timedelta(days=1)]), "week")[0])
    weeks = list_observed_units(observed, "week").assign(is_logged=True)
    met = weeks.merge(list_contact_units(placed, "week").assign(is_met=True), how="left")
    met["is_met"] = met["is_met"].eq(True).fillna(False)
    met["is_recent"] = met["week"] >= today - RECENT_WEEKS
    met = met[(met["week"] < today) & (met["is_recent"] | ~_is_distorted(met["week"]))]
    halves = met.sort_values("week", ascending=False).groupby(["partnership_id", "is_recent"])
    kept = halves.head(BEFORE_WEEKS).groupby(["partnership_id", "is_recent"])
    sums = kept["is_met"].agg(["sum", "size"])
    alive = relations.loc[relations["status"] != "ended", "partnership_id"]
    recent, before = (_pick(sums, flag).reindex(alive, fill_value=0) for flag in (True, False))
    return judge_fading(recent, before).rename_axis("partnership_id").reset_index()


def judge_fading(recent: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The rule itself, for tables with the columns sum (weeks with an activity) and size (weeks observed)."""
    expected = before["sum"] / before["size"].replace(0, np.nan) * recent["size"]
    is_short = (recent["size"] < LEAST_RECENT_WEEKS) | (before["size"] < LEAST_BEFORE_WEEKS)
    kept_share = recent["sum"] / expected.replace(0, np.nan)
    warning = np.select(
        [is_short, expected < LEAST_EXPECTED, kept_share <= ALARM_SHARE],
        ["short_log", "too_few", "fading"],
        "none",
    )
    table = pd.DataFrame(
        {"recent_weeks": recent["sum"], "expected_weeks": expected, "kept_share": kept_share}
    )
    return table.mask(is_short).astype({"recent_weeks": "Int64"}).assign(warning=warning)


def simulate_alarms(
    weeks_per_year: float,
    unevenness: float = 0.0,
    kept_share: float = 1.0,
    years_before: int = 5,
    draws: int = 20_000,
    seed: int = 2025,
) -> float:
    """Share of simulated relations that the rule warns of.

    Parameters
    ----------
    weeks_per_year : float
        Weeks with an activity that a relation has in an ordinary year.
    unevenness : float
        Standard deviation of the year's factor about 1: how much good and bad years differ beyond chance.
    kept_share : float
        What is left in the last two years; 1 for steady relations, whose warnings are all false.
    years_before : int
        Calm years in the log before the last two.

    Returns
    -------
    float
        Share (0–1) of `draws` relations.
    """
    rng = np.random.default_rng(seed)
    chance = np.full((draws, years_before + 2), weeks_per_year / 52)
    chance[:, :2] *= kept_share
    if unevenness:
        shape = 1 / unevenness**2
        chance = chance * rng.gamma(shape, 1 / shape, chance.shape)
    met = rng.binomial(52, np.minimum(chance, 1))
    recent = pd.DataFrame({"sum": met[:, :2].sum(axis=1), "size": RECENT_WEEKS})
    before = pd.DataFrame({"sum": met[:, 2:].sum(axis=1), "size": 52 * years_before})
    return float((judge_fading(recent, before)["warning"] == "fading").mean())


def _is_distorted(weeks: pd.Series) -> pd.Series:
    first, last = number_units(pd.Series([pd.Timestamp(day) for day in DISTORTED]), "week")
    return weeks.between(first, last)


def _pick(sums: pd.DataFrame, is_recent: bool) -> pd.DataFrame:
    return sums[sums.index.get_level_values("is_recent") == is_recent].droplevel("is_recent")
