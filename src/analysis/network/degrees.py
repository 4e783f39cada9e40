"""How many partners cities have: distribution, inequality, and whether many-partnered cities link with their like."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.network.graph import Network


def count_degrees(network: Network) -> pd.DataFrame:
    """
    Count cities by number of partners.

    Returns
    -------
    pandas.DataFrame
        degree (from 1 up, only those that occur), cities (with exactly so many partners), at_least_share (share of all
        cities with so many or more: the complementary cumulative distribution, which needs no bins).
    """
    degree, cities = np.unique(network.degrees, return_counts=True)
    at_least = cities[::-1].cumsum()[::-1] / cities.sum()
    return pd.DataFrame({"degree": degree, "cities": cities, "at_least_share": at_least})


def measure_gini(values: np.ndarray, *, unbiased: bool = False) -> float:
    """
    Gini coefficient of a quantity: 0 if all have the same, towards 1 if one has all.

    Formula: G = Σᵢ Σⱼ |xᵢ − xⱼ| / (2 n² x̄), reckoned from the sorted values as 2 Σᵢ i·xᵢ / (n Σ x) − (n + 1)/n.

    Parameters
    ----------
    values : numpy.ndarray
        Not negative, not all zero.
    unbiased : bool
        Multiply by n / (n − 1), so that "one has all" is exactly 1 (Deltas, The Small-Sample Bias of the Gini
        Coefficient, Review of Economics and Statistics 85, 2003, 226–234).
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    count = len(ordered)
    gini = 2 * (np.arange(1, count + 1) * ordered).sum() / (count * ordered.sum()) - (count + 1) / count
    return float(gini * count / (count - 1)) if unbiased else float(gini)


def measure_degree_assortativity(degrees: np.ndarray, edges: np.ndarray) -> float:
    """
    Correlation of the numbers of partners at both ends of a link, −1 to 1.

    Pearson's coefficient over all links, each taken in both directions (Newman, Assortative mixing in networks,
    Physical Review Letters 89, 2002, 208701). Missing if all ends have the same number.
    """
    return correlate_ends(degrees.astype(float), edges)


def correlate_ends(values: np.ndarray, edges: np.ndarray) -> float:
    """Pearson's correlation of a value at both ends of links, each link taken in both directions; nan if constant."""
    first, second = values[edges[:, 0]], values[edges[:, 1]]
    mean = (first.mean() + second.mean()) / 2
    variance = ((first - mean) ** 2 + (second - mean) ** 2).mean() / 2
    return float(((first - mean) * (second - mean)).mean() / variance) if variance > 0 else float("nan")
