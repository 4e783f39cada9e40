"""How much a computed rating hangs on the thresholds, and what would have to change for the next one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.rating import show_measure


def measure_shares(conditions: pd.DataFrame, scale: list[str]) -> pd.DataFrame:
    """How often each relation gets each rating while every threshold moves over its range.

    Parameters
    ----------
    conditions : pandas.DataFrame
        From `analysis.rating.compute_ratings`.
    scale : list of str
        Ratings from low to high.

    Returns
    -------
    pandas.DataFrame
        Index partnership_id, a column per rating: its share (0–1) of all combinations of thresholds, exact. Each threshold moves
        independently and evenly over its range: shares over all values, steps and numbers over the whole ones.
    """
    met = conditions.assign(share=_share_met(conditions))
    reached = met.groupby(["partnership_id", "rating"], sort=False)["share"].prod().unstack()
    # ranges of neighbouring ratings do not overlap, so who reaches the upper one has reached the lower one too
    at_least = reached.reindex(columns=scale).assign(**{scale[0]: 1.0}).fillna(0.0)
    beyond = at_least.shift(-1, axis="columns").fillna(0.0)
    return at_least - beyond


def _share_met(conditions: pd.DataFrame) -> np.ndarray:
    """Share of the values of each threshold's range that the measure reaches."""
    value, low, high = (conditions[name].to_numpy(float) for name in ("value", "range_low", "range_high"))
    is_even = (conditions["unit"] == "share").to_numpy(bool)
    reached = np.where(is_even, value - low, np.floor(value) - low + 1)
    width = np.where(is_even, high - low, high - low + 1)
    share = np.where(width > 0, reached / np.where(width > 0, width, 1), value >= low)
    return np.clip(share, 0, 1)


def list_missing(conditions: pd.DataFrame, ratings: pd.DataFrame, scale: list[str]) -> pd.DataFrame:
    """What each relation lacks for the next rating.

    Parameters
    ----------
    conditions, ratings : pandas.DataFrame
        From `analysis.rating.compute_ratings`.

    Returns
    -------
    pandas.DataFrame
        The unmet conditions of the next rating: partnership_id, next_rating, measure, value, minimum, unit, in the order of
        `ratings`; no rows for relations at the top of the scale.
    """
    following = dict(pairwise(scale))
    after = ratings.set_index("partnership_id")["computed_rating"].map(following)
    rows = conditions.assign(next_rating=conditions["partnership_id"].map(after))
    rows = rows[(rows["rating"] == rows["next_rating"]).fillna(False) & ~rows["is_met"]]
    order = rows["partnership_id"].map({key: place for place, key in enumerate(ratings["partnership_id"])})
    columns = ["partnership_id", "next_rating", "measure", "value", "minimum", "unit"]
    return rows.loc[order.sort_values(kind="stable").index, columns].reset_index(drop=True)


def tell_missing(missing: pd.DataFrame, words) -> pd.DataFrame:
    """What each relation lacks, in words: partnership_id, next_rating, lacking ("Projects a year: 2 instead of at least 4")."""
    texts = [
        words.text(
            "{measure}: {now} statt mindestens {least}",
            "{measure}: {now} instead of at least {least}",
            measure=words.label("measure", row.measure),
            now=show_measure(row.measure, row.value, words),
            least=show_measure(row.measure, row.minimum, words),
        )
        for row in missing.itertuples()
    ]
    told = missing.assign(lacking=pd.Series(texts, missing.index, dtype=object))
    rows = told.groupby(["partnership_id", "next_rating"], sort=False)["lacking"].agg("; ".join)
    return rows.reset_index()
