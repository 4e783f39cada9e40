"""Whether a relation's activity rises or falls over the years, without single years deciding it."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd

# Pandemic and the first year of the war in Ukraine: fewer meetings, then much aid. They tell little about a relation.
DISTORTED = ("2020-03-11", "2022-12-31")
LEAST_POINTS = 5
_OUTER = NormalDist().inv_cdf(0.975)


def measure_trend(yearly: pd.DataFrame, column: str = "activities") -> pd.DataFrame:
    """The robust trend of each relation over the observed years.

    Parameters
    ----------
    yearly : pandas.DataFrame
        From `analysis.activity.measure_years`, for the years to be looked at (ten, for example).
    column : str
        What is counted per year.

    Returns
    -------
    pandas.DataFrame
        Index partnership_id, for relations with at least five observed years outside `DISTORTED`: slope (activities a year
        more with each year, those years left out), slope_low, slope_high (95 % interval), slope_all (with them), trend_years
        (years that slope rests on), trend ("rising" or "falling" where the interval excludes 0 and slope_all points the same way, else
        "unclear").

    Notes
    -----
    Theil-Sen: the median of the slopes between all pairs of years; the interval from Kendall's S (Sen 1968). Of steady
    relations about one in twenty gets a direction by chance.
    """
    first, last = (int(day[:4]) for day in DISTORTED)
    rows = []
    for key, years in yearly[yearly["is_observed"]].groupby("partnership_id", sort=False):
        calm = years[~years["year"].between(first, last)]
        if len(calm) >= LEAST_POINTS:
            slope, low, high = _estimate_slope(calm["year"].to_numpy(), calm[column].to_numpy(float))
            overall, _, _ = _estimate_slope(years["year"].to_numpy(), years[column].to_numpy(float))
            trend = _tell_trend(low, high, overall)
            rows.append((key, slope, low, high, overall, len(calm), trend))
    columns = ["slope", "slope_low", "slope_high", "slope_all", "trend_years", "trend"]
    return pd.DataFrame(rows, columns=["partnership_id", *columns]).set_index("partnership_id")


def _estimate_slope(years: np.ndarray, values: np.ndarray) -> tuple[float, float, float]:
    """Median of all pairwise slopes, and its interval."""
    earlier, later = np.triu_indices(len(years), 1)
    slopes = np.sort((values[later] - values[earlier]) / (years[later] - years[earlier]))
    n = len(years)
    reach = _OUTER * np.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    place = max(0, round((len(slopes) - reach) / 2) - 1)  # from either end; errs below 5 % for 5 to 10 years
    return float(np.median(slopes)), float(slopes[place]), float(slopes[-1 - place])


def _tell_trend(low: float, high: float, overall: float) -> str:
    if low > 0 and overall > 0:
        return "rising"
    return "falling" if high < 0 and overall < 0 else "unclear"


def show_trends(trends: pd.DataFrame, words) -> pd.DataFrame:
    """The same rows with the interval as a text in `interval`; missing where there is no trend."""
    shown = [
        None
        if pd.isna(row.slope)
        else words.text("{low:1} bis {high:1}", "{low:1} to {high:1}", low=row.slope_low, high=row.slope_high)
        for row in trends.itertuples()
    ]
    return trends.assign(interval=pd.Series(shown, trends.index, dtype=object))
