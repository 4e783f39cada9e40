"""Partners of partners: triangles, the two clustering measures, and cores."""

from __future__ import annotations

import numpy as np
import rustworkx

from analysis.network.graph import Network, make_graph


def count_triangles(size: int, edges: np.ndarray) -> np.ndarray:
    """
    Count for each city the pairs of its partners that are partners themselves.

    Every link points to the end with more partners; each triangle then has one corner that points to both others, and no
    city points to many (Latapy, Main-memory Triangle Computations for Very Large Graphs, Theoretical Computer
    Science 407, 2008, 458–473).
    """
    rank = np.empty(size, dtype=np.int64)
    rank[np.argsort(np.bincount(edges.ravel(), minlength=size), kind="stable")] = np.arange(size)
    ends = np.sort(rank[edges], axis=1)
    keys = np.sort(ends[:, 0] * size + ends[:, 1])
    start, end = np.divmod(keys, size)
    one, other = _pair_within(start)
    asked = end[one] * size + end[other]
    found = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    is_closed = keys[found] == asked
    corners = np.concatenate([start[one], end[one], end[other]]).reshape(3, -1)[:, is_closed]
    return np.bincount(corners.ravel(), minlength=size)[rank]


def _pair_within(groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions of all pairs of equal entries of a sorted array, the earlier ones and the later ones."""
    places = np.arange(len(groups))
    later = np.searchsorted(groups, groups, side="right") - places - 1
    earlier = np.repeat(places, later)
    step = np.arange(len(earlier)) - np.repeat(later.cumsum() - later, later)
    return earlier, earlier + 1 + step


def measure_clustering(size: int, edges: np.ndarray) -> dict[str, float]:
    """
    Measure clustering in both common senses, which are different quantities.

    Returns
    -------
    dict
        transitivity: 3 × triangles / connected triples, one ratio over the whole network; cities with many partners
        weigh most (Newman, Strogatz and Watts, Physical Review E 64, 2001, 026118).
        mean_local_clustering: mean over all cities of the share of pairs of a city's partners that are
        linked; a city with fewer than two partners counts as 0 (Watts and Strogatz, Nature 393, 1998, 440–442).
        triangles: how many.
    """
    degrees = np.bincount(edges.ravel(), minlength=size)
    triangles = count_triangles(size, edges)
    pairs = degrees * (degrees - 1) / 2
    local = np.divide(triangles, pairs, out=np.zeros(size), where=pairs > 0)
    return {
        "transitivity": float(triangles.sum() / pairs.sum()) if pairs.any() else 0.0,
        "mean_local_clustering": float(local.mean()),
        "triangles": int(triangles.sum()) // 3,
    }


def find_cores(network: Network) -> np.ndarray:
    """
    Find the core number of each city.

    A k-core is the largest part of a network in which every city has k or more partners within the part; a city's core
    number is the largest k of a core that holds it (Seidman, Social Networks 5, 1983, 269–287).
    """
    return _list_cores(network.graph)


def measure_core(size: int, edges: np.ndarray) -> tuple[int, int]:
    """The largest core number of a network, and how many cities have it."""
    cores = _list_cores(make_graph(size, edges))
    return int(cores.max()), int((cores == cores.max()).sum())


def _list_cores(graph: rustworkx.PyGraph) -> np.ndarray:
    numbers = rustworkx.core_number(graph)
    return np.array([numbers[position] for position in range(len(numbers))], dtype=np.int64)
