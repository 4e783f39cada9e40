"""Chance as a yardstick: networks with the same cities and the same numbers of partners, drawn at random."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

Statistics = Callable[[np.ndarray], Mapping[str, float]]

# Every sweep offers each link one exchange. On the networks of sister cities, mean distance and clustering of the
# draws stop changing after three sweeps (benchmarks/network.py shows it).
SWEEPS = 6


def draw_networks(edges: np.ndarray, *, draws: int, seed: int, sweeps: int = SWEEPS) -> Iterator[np.ndarray]:
    """
    Draw random networks in which every city keeps its number of partners.

    Links exchange ends: from a–b and c–d to a–d and c–b. All networks without loops and double links that have these
    numbers of partners are equally likely in the long run: an exchange and its reverse have the same probability
    (switching chain; Fosdick and others, Configuring Random Graph Models with Fixed Degree Sequences, SIAM Review 60,
    2018, 315–355). Each draw starts from the observed network with its own stream of random numbers, so the first ten
    of a hundred draws are the same as ten draws.

    Parameters
    ----------
    edges : numpy.ndarray
        Pairs of positions, each once, without loops.
    draws : int
        How many networks.
    seed : int
        The same seed gives the same networks.
    sweeps : int
        How often each link is offered an exchange.

    Yields
    ------
    numpy.ndarray
        Pairs of positions, as many as in `edges`.
    """
    for child in np.random.SeedSequence(seed).spawn(draws):
        random = np.random.default_rng(child)
        drawn = edges
        for _ in range(sweeps):
            drawn = _exchange(drawn, random)
        yield drawn


def _exchange(edges: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """
    Pair the links at random and let each pair exchange ends, where that is allowed.

    A pair stays as it is if an exchange would make a loop or a link that exists, if another pair asks for the same
    link, or if another pair asks for a link that this pair holds. The last rule looks needless, but without it
    the way back would not always be open, and some networks would be drawn too often.
    """
    half = len(edges) // 2
    order = random.permutation(len(edges))
    turned = random.random(len(edges)) < 0.5
    ends = np.where(turned[:, None], edges[:, ::-1], edges)[order]
    first, second = ends[:half], ends[half : 2 * half]
    wanted = np.concatenate(
        [np.column_stack([first[:, 0], second[:, 1]]), np.column_stack([second[:, 0], first[:, 1]])]
    )
    # An odd link has no pair; it stays, but nobody may ask for it.
    is_met_twice = pd.Index(np.concatenate([_key(ends), _key(wanted)])).duplicated(keep=False)
    held, asked = is_met_twice[: 2 * half], is_met_twice[len(ends) :]
    bad = held | asked | (wanted[:, 0] == wanted[:, 1])
    stays = bad[:half] | bad[half:]
    keep = np.concatenate([stays, stays])
    moved = np.where(keep[:, None], ends[: 2 * half], wanted)
    return np.concatenate([moved, ends[2 * half :]])


def _key(pairs: np.ndarray) -> np.ndarray:
    """One whole number per unordered pair."""
    first, second = pairs.T.astype(np.int64)
    return (np.minimum(first, second) << np.int64(32)) | np.maximum(first, second)


def draw_statistics(
    edges: np.ndarray,
    statistics: Statistics,
    *,
    draws: int,
    seed: int,
    sweeps: int = SWEEPS,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> pd.DataFrame:
    """Reckon statistics on random networks: a row per draw, a column per statistic; `tell` hears of each draw."""
    rows = []
    for drawn in draw_networks(edges, draws=draws, seed=seed, sweeps=sweeps):
        rows.append(statistics(drawn))
        tell(len(rows), draws)
    return pd.DataFrame(rows)


def compare_with_chance(observed: Mapping[str, float], drawn: pd.DataFrame) -> pd.DataFrame:
    """
    Set observed statistics against those of random networks.

    Parameters
    ----------
    observed : mapping
        Statistic: value in the observed network.
    drawn : pandas.DataFrame
        From `draw_statistics`.

    Returns
    -------
    pandas.DataFrame
        statistic, observed, chance_mean, chance_low and chance_high (2.5th and 97.5th percentile of the draws), z
        ((observed − mean) / standard deviation of the draws, with n − 1; missing if they do not vary), reached (draws that
        are as far out as the observed value, on its side), draws.
    """
    rows = []
    for name, value in observed.items():
        draws = drawn[name].dropna()
        # Sums in another order differ in the last digits; such a difference is none.
        grain = 1e-9 * max(abs(value), draws.abs().max())
        spread = draws.std() if draws.max() - draws.min() > grain else 0.0
        low, high = draws.quantile(0.025), draws.quantile(0.975)
        reached = int(min((draws >= value - grain).sum(), (draws <= value + grain).sum()))
        z = (value - draws.mean()) / spread if spread > 0 else None
        rows.append((name, value, draws.mean(), low, high, z, reached, len(draws)))
    columns = ["statistic", "observed", "chance_mean", "chance_low", "chance_high", "z"]
    return pd.DataFrame(rows, columns=[*columns, "reached", "draws"]).astype({"z": "Float64"})
