"""Communities: modularity and agreement against networkx, published values and paper."""

from collections import Counter
from itertools import combinations, product

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network.examples import convert, link, restore

from analysis.network import communities
from analysis.network.graph import build_network

KARATE = convert(networkx.karate_club_graph())
# Two triangles joined by one link.
BARBELL = build_network(link("A B", "B C", "A C", "C D", "D E", "E F", "D F"))


def test_two_triangles_are_two_communities():
    labels = communities.find_communities(BARBELL, seed=1)
    assert labels.tolist() == [0, 0, 0, 1, 1, 1]
    # 6 of 7 links inside, 7 of 14 ends on each side: 6/7 − 2·(1/2)².
    assert communities.measure_modularity(BARBELL, labels) == pytest.approx(6 / 7 - 1 / 2)


@given(st.lists(st.integers(0, 4), min_size=34, max_size=34))
def test_modularity_agrees_with_networkx(labels):
    found = communities.measure_modularity(KARATE, np.array(labels))
    groups = [{city for city in range(34) if labels[city] == label} for label in set(labels)]
    assert found == pytest.approx(networkx.community.modularity(restore(KARATE), groups))


def test_karate_club_comes_near_the_best_division_known():
    # Brandes and others, On Modularity Clustering, IEEE TKDE 20 (2008): the largest modularity is 0.4198.
    heard = []
    divisions = communities.find_divisions(KARATE, range(10), lambda done, total: heard.append((done, total)))
    assert heard == [(done, 10) for done in range(1, 11)]
    best = max(communities.measure_modularity(KARATE, labels) for labels in divisions)
    assert 0.41 < best <= 0.41979


def test_the_same_seed_gives_the_same_communities():
    one, other = (communities.find_communities(KARATE, seed=3) for _ in range(2))
    assert (one == other).all()


def test_agreement_on_paper():
    # Hubert and Arabie: index minus expectation over maximum minus expectation. Pairs together in both 2, in the
    # one 6, in the other 3, of 15: expectation 6·3/15 = 1.2, maximum 4.5.
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])
    assert communities.measure_agreement(one, other) == pytest.approx((2 - 1.2) / (4.5 - 1.2))
    assert communities.measure_agreement(one, 5 - one) == 1
    assert communities.measure_agreement(np.zeros(4, int), np.zeros(4, int)) == 1


def test_divisions_are_compared_in_the_largest_component():
    network = build_network(link("A B", "B C", "A C", "C D", "D E", "E F", "D F", "X Y"))
    split = np.array([0, 0, 0, 1, 1, 1, 2, 2])
    whole = np.array([0, 0, 0, 0, 0, 0, 1, 1])
    found = communities.compare_divisions(network, [split, split, whole])
    assert (found["divisions"], found["communities_low"], found["communities_high"]) == (3, 1, 2)
    # Agreement 1 once, 0 twice: one division of a single group agrees only by chance.
    assert found["agreement_mean"] == pytest.approx(1 / 3)
    assert (found["agreement_low"], found["agreement_high"]) == (0, 1)


def test_communities_are_described_by_their_largest_cities_and_countries():
    labels = np.array([0, 0, 0, 1, 1, 1])
    places = BARBELL.places.assign(country_code=["DE", "DE", "FR", "US", "US", None])
    network = communities.Network(places, BARBELL.arcs, BARBELL.edges)
    table = communities.describe_communities(network, [labels])
    assert table["cities"].to_list() == [3, 3]
    assert table["largest"].to_list() == [["C", "A", "B"], ["D", "E", "F"]]
    assert table["country_codes"].to_list() == [["DE", "FR"], ["US"]]
    assert table["country_share"].to_list() == [pytest.approx(2 / 3), 1]
    assert table["together_share"].to_list() == [1, 1]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=3, max_size=12))
def test_agreement_is_that_of_counting_all_pairs(labels):
    """Hubert and Arabie's index from the four kinds of pairs, counted one by one."""
    one, other = np.array(labels).T
    kinds = Counter((a[0] == b[0], a[1] == b[1]) for a, b in combinations(labels, 2))
    both, first, second, none = (kinds[key] for key in product((True, False), repeat=2))
    above = 2 * (both * none - first * second)
    below = (both + first) * (first + none) + (both + second) * (second + none)
    assert communities.measure_agreement(one, other) == pytest.approx(above / below if below else 1)
