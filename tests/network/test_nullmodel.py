"""Random networks keep the numbers of partners, all come equally often, and the same seed gives the same."""

from collections import Counter
from itertools import combinations

import networkx
import numpy as np
import pandas as pd
import pytest
from network.examples import convert

from analysis.network.nullmodel import compare_with_chance, draw_networks, draw_statistics

KARATE = convert(networkx.karate_club_graph())


def test_every_city_keeps_its_partners_count_without_loops_or_double_links():
    for drawn in draw_networks(KARATE.edges, draws=20, seed=1):
        assert np.bincount(drawn.ravel()).tolist() == KARATE.degrees.tolist()
        assert (drawn[:, 0] != drawn[:, 1]).all()
        assert len({frozenset(pair) for pair in drawn.tolist()}) == len(KARATE.edges)


def test_the_same_seed_gives_the_same_and_more_draws_begin_alike():
    few = list(draw_networks(KARATE.edges, draws=2, seed=5))
    more = list(draw_networks(KARATE.edges, draws=4, seed=5))
    assert all((one == other).all() for one, other in zip(few, more[:2], strict=True))
    assert not (few[0] == few[1]).all()
    assert not (next(draw_networks(KARATE.edges, draws=1, seed=6)) == few[0]).all()


@pytest.mark.parametrize("degrees", [(2, 2, 1, 1), (3, 2, 2, 2, 1)])
def test_all_networks_are_equally_likely(degrees):
    count = len(degrees)
    pairs = list(combinations(range(count), 2))
    wanted = [
        frozenset(chosen)
        for chosen in combinations(pairs, sum(degrees) // 2)
        if np.bincount(np.ravel(chosen), minlength=count).tolist() == list(degrees)
    ]
    start = np.array(sorted(wanted[0]))  # small networks refuse most exchanges and need many sweeps
    draws = 100 * len(wanted)
    seen = Counter(
        frozenset(tuple(sorted(pair)) for pair in drawn.tolist())
        for drawn in draw_networks(start, draws=draws, seed=2, sweeps=50)
    )
    assert set(seen) == set(wanted)
    # Chi-square with k - 1 degrees of freedom: mean k - 1, standard deviation √(2(k - 1)); five of them is very rare.
    free = len(wanted) - 1
    chi = sum((seen[one] - 100) ** 2 / 100 for one in wanted)
    assert chi < free + 5 * np.sqrt(2 * free)


def test_statistics_of_the_draws_stand_in_rows():
    table = draw_statistics(KARATE.edges, lambda drawn: {"links": len(drawn)}, draws=3, seed=1)
    assert table["links"].to_list() == [78, 78, 78]


def test_comparison_on_paper():
    drawn = pd.DataFrame({"far": [1.0, 2.0, 3.0, 4.0, 5.0], "same": [2.0] * 5})
    table = compare_with_chance({"far": 9.0, "same": 2.0}, drawn).set_index("statistic")
    # Mean 3, variance (4+1+0+1+4)/4 = 2.5; no draw reaches 9.
    assert table.loc["far", "z"] == pytest.approx(6 / 2.5**0.5)
    assert (table.loc["far", "chance_low"], table.loc["far", "chance_high"]) == pytest.approx((1.1, 4.9))
    assert table["reached"].to_list() == [0, 5]
    assert pd.isna(table.loc["same", "z"])


def test_a_difference_in_the_last_digit_is_none():
    drawn = pd.DataFrame({"km": [0.1 + 0.2, 0.3, 0.3]})
    row = compare_with_chance({"km": 0.3}, drawn).iloc[0]
    assert pd.isna(row["z"])
    assert row["reached"] == 3
