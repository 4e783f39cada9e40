"""Which cities stand in the middle: betweenness and closeness, exact, with the convention named."""

from __future__ import annotations

import numpy as np
import pandas as pd
import rustworkx

from analysis.network.distances import Steps
from analysis.network.graph import Network


def measure_betweenness(network: Network) -> np.ndarray:
    """
    Betweenness of each city: how many pairs of other cities have it on their shortest way.

    Formula: b(v) = Σ σ(s,t|v) / σ(s,t) over unordered pairs {s,t} without v, with σ the number of shortest ways and
    σ(·|v) those through v; not divided by the number of pairs, ends do not count. Exact, over all starts (Brandes, A
    Faster Algorithm for Betweenness Centrality, Journal of Mathematical Sociology 25, 2001, 163–177). Rounded to six
    decimals: several threads add up in an order of their own, and the last digits would differ from run to run.
    """
    values = rustworkx.betweenness_centrality(network.graph, normalized=False, endpoints=False)
    return np.fromiter((values[position] for position in range(len(values))), float, len(values)).round(6)


def measure_closeness(network: Network, steps: Steps) -> np.ndarray:
    """
    Closeness of each city within its own component, 0 to 1: (r / Σ d) × (r / (n − 1)).

    r is how many other cities can be reached, Σ d the steps to them, n the size of the network. The second factor
    keeps small components from looking central (Wasserman and Faust, Social Network Analysis, 1994, p. 201).
    """
    share = steps.reached / (len(network.places) - 1)
    return share * steps.reached / steps.total


def measure_closeness_with_gaps(network: Network, steps: Steps) -> np.ndarray:
    """
    Closeness where a city out of reach counts as n steps away: (n − 1) / (Σ d + (n − 1 − r) × n).

    The convention of igraph before version 0.10, and of the sister-city study of 2013. Nearly all of its value tells the
    size of a city's component.
    """
    size = len(network.places)
    return (size - 1) / (steps.total + (size - 1 - steps.reached) * size)


def rank_cities(network: Network, values: np.ndarray, column: str, top: int = 10) -> pd.DataFrame:
    """The cities with the highest values: rank (equal values share one), name, country_code, `column`."""
    table = network.places[["name", "country_code"]].assign(**{column: values})
    table = table.assign(rank=table[column].rank(method="min", ascending=False).astype(int))
    table = table.sort_values(["rank", "name"], ignore_index=True).head(top)
    return table[["rank", "name", "country_code", column]]


def list_central(
    network: Network, betweenness: np.ndarray, closeness: np.ndarray, top: int = 10
) -> pd.DataFrame:
    """The cities with the largest betweenness: name, rank, country_code, degree, betweenness, closeness."""
    table = network.places[["name", "country_code"]].assign(
        degree=network.degrees, betweenness=betweenness, closeness=closeness
    )
    rank = pd.Series(betweenness).rank(method="min", ascending=False).astype(int)
    table.insert(1, "rank", rank)
    return table.sort_values(["rank", "name"], ignore_index=True).head(top)
