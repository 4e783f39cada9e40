"""Steps between cities: how many links lie on the shortest way from one city to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.network.graph import Network

_WORDS = 64  # 64-bit words a city: 4,096 ways at once, 9 MB for 18,000 cities


@dataclass(frozen=True, eq=False)
class Steps:
    """Exact shortest ways between all pairs of cities.

    Attributes
    ----------
    reached : numpy.ndarray
        For each city, how many others can be reached.
    total : numpy.ndarray
        For each city, the sum of the steps to those.
    farthest : numpy.ndarray
        For each city, the steps to the farthest of those (its eccentricity).
    """

    reached: np.ndarray
    total: np.ndarray
    farthest: np.ndarray


def measure_steps(network: Network) -> Steps:
    """
    Find all shortest ways, exactly.

    A breadth-first search from all cities at once: a city holds one bit for each start that has reached it, and
    hands its bits on to its partners in every step (after Then and others, The More the Merrier: Efficient
    Multi-Source Graph Traversal, Proceedings of the VLDB Endowment 8, 2014, 449–460). Links have no
    direction, so the starts that reach a city in d steps are the cities that lie d steps from it.
    """
    size = len(network.places)
    ends = np.concatenate([network.edges, network.edges[:, ::-1]])
    ends = ends[np.argsort(ends[:, 0], kind="stable")]
    offsets = np.searchsorted(ends[:, 0], np.arange(size))
    reached, total, farthest = (np.zeros(size, dtype=np.int64) for _ in range(3))
    for begin in range(0, size, _WORDS * 64):
        starts = np.arange(begin, min(begin + _WORDS * 64, size))
        for steps, new in enumerate(_spread(starts, size, ends[:, 1], offsets), start=1):
            reached += new
            total += new * steps
            farthest[new > 0] = np.maximum(farthest[new > 0], steps)
    return Steps(reached, total, farthest)


def _spread(starts: np.ndarray, size: int, partners: np.ndarray, offsets: np.ndarray) -> Iterator[np.ndarray]:
    """For 1, 2, 3 … steps, yield for each city how many of the starts reach it first in so many steps."""
    seen = np.zeros((size, -(-len(starts) // 64)), dtype=np.uint64)
    bits = np.uint64(1) << (np.arange(len(starts), dtype=np.uint64) % np.uint64(64))
    seen[starts, np.arange(len(starts)) // 64] = bits
    front = seen.copy()
    while True:
        front = np.bitwise_or.reduceat(front[partners], offsets, axis=0) & ~seen
        if not front.any():
            return
        seen |= front
        yield np.bitwise_count(front).sum(axis=1, dtype=np.int64)


def summarise_steps(network: Network, steps: Steps) -> dict[str, float]:
    """
    Summarise the ways within the largest component, where every pair is joined.

    Returns
    -------
    dict
        mean_steps: mean over all pairs of two different cities, exact; mean_steps_with_self: the same sum over n²
        pairs, so that each city's zero way to itself counts (some programs reckon so); diameter: the longest of
        all shortest ways.
    """
    giant = network.giant
    size, total = len(giant), int(steps.total[giant].sum())
    return {
        "mean_steps": total / (size * (size - 1)),
        "mean_steps_with_self": total / size**2,
        "diameter": int(steps.farthest[giant].max()),
    }
