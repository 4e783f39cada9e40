"""Groups of cities with more links among themselves than chance would give, and how firm these groups are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import networkx
import numpy as np
import pandas as pd

from analysis.network.graph import Network


def find_communities(network: Network, seed: int) -> np.ndarray:
    """
    Find communities by the Louvain method, which seeks a division of high modularity.

    The method visits cities in random order; another seed gives another division, so never read one alone (see
    `compare_divisions`). Source: Blondel and others, Fast unfolding of communities in large networks, Journal of
    Statistical Mechanics 2008, P10008.

    Returns
    -------
    numpy.ndarray
        Number of each city's community; 0 for the largest, equal sizes in the order of their first city.
    """
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(network.places)))
    graph.add_edges_from(network.edges.tolist())
    found = networkx.community.louvain_communities(graph, seed=seed)
    labels = np.empty(len(network.places), dtype=np.int64)
    for number, members in enumerate(sorted(map(sorted, found), key=lambda group: (-len(group), group[0]))):
        labels[members] = number
    return labels


def find_divisions(
    network: Network, seeds: Sequence[int], tell: Callable[[int, int], None] = lambda done, total: None
) -> list[np.ndarray]:
    """Find communities with several seeds; `tell` hears of each division."""
    divisions = []
    for seed in seeds:
        divisions.append(find_communities(network, seed))
        tell(len(divisions), len(seeds))
    return divisions


def measure_modularity(network: Network, labels: np.ndarray) -> float:
    """
    Modularity of a division: the share of links within communities, minus that expected by chance.

    Formula: Q = Σ_c (L_c / m − (D_c / 2m)²), with L_c the links within community c and D_c the link ends in it (Newman and
    Girvan, Finding and evaluating community structure, Physical Review E 69, 2004, 026113).
    """
    links = len(network.edges)
    inside = (labels[network.edges[:, 0]] == labels[network.edges[:, 1]]).sum() / links
    ends = np.bincount(labels, network.degrees) / (2 * links)
    return float(inside - (ends**2).sum())


def measure_agreement(one: np.ndarray, other: np.ndarray) -> float:
    """
    Adjusted Rand index of two divisions: 1 if they are the same, about 0 if they agree as by chance.

    Source: Hubert and Arabie, Comparing partitions, Journal of Classification 2, 1985, 193–218.
    """
    together = _count_pairs(np.unique(np.column_stack([one, other]), axis=0, return_counts=True)[1])
    in_one, in_other = (_count_pairs(np.unique(labels, return_counts=True)[1]) for labels in (one, other))
    expected = in_one * in_other / _count_pairs(np.array([len(one)]))
    most = (in_one + in_other) / 2
    return float((together - expected) / (most - expected)) if most != expected else 1.0


def _count_pairs(sizes: np.ndarray) -> float:
    return float((sizes * (sizes - 1) / 2).sum())


def compare_divisions(network: Network, divisions: Sequence[np.ndarray]) -> dict[str, float]:
    """
    Compare the divisions of several seeds, on the cities of the largest component.

    Small components are communities of their own with any seed and would make every division look firm.

    Returns
    -------
    dict
        divisions, modularity_low, modularity_high (of the whole network), communities_low, communities_high
        (with a city of the largest component), agreement_low, agreement_mean, agreement_high (adjusted Rand index
        over all pairs of divisions).
    """
    giant = network.giant
    scores = [measure_modularity(network, labels) for labels in divisions]
    counts = [len(np.unique(labels[giant])) for labels in divisions]
    shared = [measure_agreement(one[giant], other[giant]) for one, other in combinations(divisions, 2)]
    return {
        "divisions": len(divisions),
        "modularity_low": min(scores),
        "modularity_high": max(scores),
        "communities_low": min(counts),
        "communities_high": max(counts),
        "agreement_low": min(shared, default=1.0),
        "agreement_mean": float(np.mean(shared)) if shared else 1.0,
        "agreement_high": max(shared, default=1.0),
    }


def describe_communities(network: Network, divisions: Sequence[np.ndarray], top: int = 10) -> pd.DataFrame:
    """
    Describe the largest communities of the division with the highest modularity.

    Returns
    -------
    pandas.DataFrame
        community (0 is the largest), cities, largest (its three cities with most partners), country_codes (its three
        most frequent countries), country_share (of the most frequent one, of its cities with a country), together_share
        (of the pairs of cities in it, averaged over all divisions: how often they are in one community).
    """
    best = max(divisions, key=lambda labels: measure_modularity(network, labels))
    rows = []
    for community in range(min(top, int(best.max()) + 1)):
        members = np.flatnonzero(best == community)
        places = network.places.iloc[members].assign(degree=network.degrees[members])
        largest = places.sort_values(["degree", "name"], ascending=[False, True])["name"].head(3).to_list()
        countries = places["country_code"].value_counts(normalize=True).sort_index()
        countries = countries.sort_values(ascending=False, kind="stable")
        together = np.mean([_share_together(labels[members]) for labels in divisions])
        share = countries.iloc[0] if len(countries) else None
        rows.append((community, len(members), largest, countries.index[:3].to_list(), share, together))
    columns = ["community", "cities", "largest", "country_codes", "country_share", "together_share"]
    return pd.DataFrame(rows, columns=columns)


def _share_together(labels: np.ndarray) -> float:
    pairs = _count_pairs(np.array([len(labels)]))
    return _count_pairs(np.unique(labels, return_counts=True)[1]) / pairs if pairs else 1.0
