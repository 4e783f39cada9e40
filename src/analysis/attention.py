"""How evenly something is spread: activity over partners, and themes or actors within a partner."""

from __future__ import annotations

import numpy as np
import pandas as pd


def measure_gini(counts: pd.Series) -> float:
    """Gini coefficient of counts: how unevenly attention is spread over the partners.

    Parameters
    ----------
    counts : pandas.Series
        A number of at least 0 for every partner, zeros included.

    Returns
    -------
    float
        0 where all have the same, (n - 1) / n where one of n has all; NaN where nobody has any. Half the mean absolute difference
        of all pairs divided by the mean (Gini 1912; the partners are all there are, so without the correction for samples).

    Examples
    --------
    >>> measure_gini(pd.Series([1, 1, 1, 1])), measure_gini(pd.Series([0, 0, 0, 4]))
    (0.0, 0.75)
    """
    values = np.sort(counts.to_numpy(float))
    if values.sum() == 0:
        return float("nan")
    ranks = np.arange(1, len(values) + 1)
    weights = 2 * ranks - len(values) - 1
    return float((weights * values).sum() / (len(values) * values.sum()))


def count_half(counts: pd.Series) -> int:
    """The least number of partners that together have at least half of all; 0 where nobody has any.

    Examples
    --------
    >>> count_half(pd.Series([5, 3, 1, 1])), count_half(pd.Series([4, 3, 2, 1]))
    (1, 2)
    """
    ordered = counts.sort_values(ascending=False).astype(float)
    if ordered.sum() == 0:
        return 0
    return int((ordered.cumsum() < ordered.sum() / 2).sum()) + 1


def measure_breadth(activities: pd.DataFrame, by: str) -> pd.Series:
    """Effective number of themes (or actors) of each relation.

    Parameters
    ----------
    activities : pandas.DataFrame
        partnership_id and the column `by`; rows without it are left out.

    Returns
    -------
    pandas.Series
        By partnership_id: exp(H) with Shannon's entropy H of the shares, the number of equally common themes that would be
        as diverse (Hill 1973, order 1; Jost 2006). 1 for one theme; at most the number of themes. Few activities
        show few themes, so small relations look narrower than they are.
    """
    counts = activities.groupby(["partnership_id", by]).size()
    totals = counts.groupby("partnership_id").transform("sum")
    shares = counts / totals
    entropy = -(shares * np.log(shares)).groupby("partnership_id").sum()
    return np.exp(entropy).rename(by)
