"""How far the computed rating agrees with the office's: cross table, weighted kappa, disagreements."""

from __future__ import annotations

import numpy as np
import pandas as pd

DRAWS = 5000  # resamples for the interval of kappa
SEED = 2020  # the same draws in every report, so that it can be rebuilt
_OUTER_PERCENT = (2.5, 97.5)


def cross_ratings(rated: pd.DataFrame, scale: list[str]) -> pd.DataFrame:
    """Relations by the rating given (rows) and computed (columns), both from low to high.

    Parameters
    ----------
    rated : pandas.DataFrame
        With rating and computed_rating; relations that lack one of them are left out.

    Returns
    -------
    pandas.DataFrame
        A square table of counts, zeros included.
    """
    both = rated.dropna(subset=["rating", "computed_rating"])
    table = pd.crosstab(both["rating"], both["computed_rating"])
    return table.reindex(index=scale, columns=scale, fill_value=0)


def weigh_kappa(table: np.ndarray) -> float:
    """Weighted kappa of a square table of counts, with linear weights (Cohen 1968).

    Returns
    -------
    float
        1 for full agreement, 0 for as much as two raters with these frequencies reach by chance, below 0 for less;
        NaN where both use one and the same rating throughout. A difference of one step on a scale of g steps counts as
        agreement of 1 - 1 / (g - 1).
    """
    counts = np.asarray(table, float)
    steps = np.arange(len(counts))
    weights = 1 - np.abs(np.subtract.outer(steps, steps)) / (len(counts) - 1)
    total = counts.sum()
    expected_table = np.outer(counts.sum(axis=1), counts.sum(axis=0))
    if total == 0 or (expected := (weights * expected_table).sum() / total**2) == 1:
        return float("nan")
    return float(((weights * counts).sum() / total - expected) / (1 - expected))


def bound_kappa(table: np.ndarray, draws: int = DRAWS, seed: int = SEED) -> tuple[float, float]:
    """Interval of the weighted kappa: how much it hangs on single relations.

    Parameters
    ----------
    table : array of int
        A square table of counts.
    draws, seed : int
        Number of bootstrap samples of as many relations, drawn with replacement; and where the draws begin.

    Returns
    -------
    tuple of float
        2.5 and 97.5 per cent quantile of the samples; NaN where no kappa can be computed. Samples without one are passed over.
    """
    counts = np.asarray(table, int)
    total = counts.sum()
    if np.isnan(weigh_kappa(counts)):
        return float("nan"), float("nan")
    samples = np.random.default_rng(seed).multinomial(total, counts.ravel() / total, size=draws)
    kappas = [weigh_kappa(sample.reshape(counts.shape)) for sample in samples]
    low, high = np.nanpercentile(kappas, _OUTER_PERCENT)
    return float(low), float(high)


def list_disagreements(rated: pd.DataFrame, scale: list[str]) -> pd.DataFrame:
    """The relations whose computed rating differs from the one given.

    Returns
    -------
    pandas.DataFrame
        The rows of `rated` where both ratings exist and differ, in their order, with steps (computed minus given).
    """
    order = {rating: step for step, rating in enumerate(scale)}
    steps = rated["computed_rating"].map(order) - rated["rating"].map(order)
    return rated.assign(steps=steps.astype("Int64"))[steps.notna() & (steps != 0)]
