"""Factors for active partnerships: where each is documented, and how ratings differ with it."""

from __future__ import annotations

import pandas as pd

from analysis.dates import passed
from analysis.tables import Register

FACTORS = ("solid_ground", "visibility", "development_cooperation", "reliability", "communication")


def list_factors(register: Register, as_of: str) -> pd.DataFrame:
    """Evidence for factors that existed by a date or bears none; columns as in the table `factors`."""
    factors = register["factors"]
    return factors[passed(factors["date"], as_of, undated=True)].reset_index(drop=True)


def arrange_factors(register: Register, relations: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Which factor is documented for which relation.

    Returns
    -------
    pandas.DataFrame
        Index partnership_id in the order of `relations`; one column per factor with "documented" (a source says
        so), "own_reading" (this project reads it so) or "none" (not documented, which is not the same as absent).
    """
    evidence = list_factors(register, as_of).dropna(subset="partnership_id")
    kind = evidence["is_own_reading"].map({True: "own_reading", False: "documented"})
    # "documented" sorts before "own_reading": the stronger evidence counts
    best = kind.groupby([evidence["partnership_id"], evidence["factor"]]).min().unstack()
    table = best.reindex(index=relations["partnership_id"], columns=list(FACTORS))
    return table.astype(object).fillna("none").rename_axis(columns="factor")


def compare_ratings(matrix: pd.DataFrame, ratings: pd.Series, scale: list[str]) -> pd.DataFrame:
    """Ratings of relations with a factor against those without it: counts and an effect size, no test.

    Parameters
    ----------
    matrix : pandas.DataFrame
        From `arrange_factors`.
    ratings : pandas.Series
        Rating by partnership_id.
    scale : list of str
        Ratings from low to high.

    Returns
    -------
    pandas.DataFrame
        factor, with_count, without_count, with_top_share, without_top_share (share at the top of the scale),
        delta (Cliff's delta, -1 to 1: how much more often a relation with the factor is rated higher than one
        without it than the reverse; missing where a side is empty). Source of the measure: N. Cliff, Dominance
        statistics, Psychological Bulletin 114 (1993) 494-509.
    """
    ranks = ratings.dropna().map({rating: place for place, rating in enumerate(scale)})
    rows = []
    for factor in matrix.columns:
        has = matrix[factor].reindex(ranks.index) != "none"
        yes, no = ranks[has], ranks[~has]
        top = len(scale) - 1
        shares = [(side == top).mean() if len(side) else None for side in (yes, no)]
        rows.append((factor, len(yes), len(no), *shares, measure_dominance(yes, no)))
    columns = ["factor", "with_count", "without_count", "with_top_share", "without_top_share", "delta"]
    return pd.DataFrame(rows, columns=columns)


def measure_dominance(first: pd.Series, second: pd.Series) -> float | None:
    """Cliff's delta of two samples: the share of pairs where the first is larger minus where it is smaller."""
    if first.empty or second.empty:
        return None
    pairs = [(a > b) - (a < b) for a in first for b in second]
    return sum(pairs) / len(pairs)
