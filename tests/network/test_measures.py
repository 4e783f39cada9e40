"""Every measure against an independent implementation (networkx) and against arithmetic on paper."""

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from network.examples import convert, restore, small

from analysis.network import centrality, clustering, degrees, distances, size
from analysis.network.graph import build_network

KARATE = convert(networkx.karate_club_graph())


@st.composite
def networks(draw):
    """Random networks of any density, mostly with several components."""
    count, links = draw(st.integers(4, 40)), draw(st.integers(2, 80))
    graph = networkx.gnm_random_graph(count, links, seed=draw(st.integers(0, 10**6)))
    return convert(graph)


@given(networks())
@settings(max_examples=40, deadline=None)
def test_clustering_cores_and_centrality_agree_with_networkx(network):
    graph, steps = restore(network), distances.measure_steps(network)
    found = clustering.measure_clustering(len(network.places), network.edges)
    assert found["transitivity"] == pytest.approx(networkx.transitivity(graph))
    assert found["mean_local_clustering"] == pytest.approx(networkx.average_clustering(graph))
    assert found["triangles"] == sum(networkx.triangles(graph).values()) / 3
    assert clustering.find_cores(network).tolist() == list(networkx.core_number(graph).values())
    between = networkx.betweenness_centrality(graph, normalized=False)
    # Ours has six decimals.
    assert centrality.measure_betweenness(network) == pytest.approx(list(between.values()), abs=1e-6)
    close = networkx.closeness_centrality(graph, wf_improved=True)
    assert centrality.measure_closeness(network, steps) == pytest.approx(list(close.values()))


@given(networks())
@settings(max_examples=40, deadline=None)
def test_steps_agree_with_networkx(network):
    graph, steps = restore(network), distances.measure_steps(network)
    ways = dict(networkx.all_pairs_shortest_path_length(graph))
    assert steps.total.tolist() == [sum(ways[city].values()) for city in graph]
    assert steps.reached.tolist() == [len(ways[city]) - 1 for city in graph]
    assert steps.farthest.tolist() == [max(ways[city].values()) for city in graph]
    giant = graph.subgraph(network.giant.tolist())
    found = distances.summarise_steps(network, steps)
    assert found["mean_steps"] == pytest.approx(networkx.average_shortest_path_length(giant))
    assert found["diameter"] == networkx.diameter(giant)


def test_more_cities_than_fit_into_one_search_are_all_counted():
    star = convert(networkx.star_graph(5000))
    steps = distances.measure_steps(star)
    # 5000 cities around one: a pair of these is 2 steps apart.
    assert sorted(set(steps.total)) == [5000, 1 + 2 * 4999]
    assert (steps.reached == 5000).all()
    assert sorted(set(steps.farthest)) == [1, 2]


def test_clustering_on_paper():
    # One triangle. Triples: A 1, B 1, C 3, D 1. Shares: A 1, B 1, C 1/3, others 0; seven cities.
    found = clustering.measure_clustering(7, small().edges)
    assert found == pytest.approx(
        {"transitivity": 3 / 6, "mean_local_clustering": (1 + 1 + 1 / 3) / 7, "triangles": 1}
    )
    assert clustering.measure_core(7, small().edges) == (2, 3)


def test_karate_club_as_published():
    # Zachary's club: 34 members, 78 ties, 45 triangles, diameter 5 (Newman, Networks; network repository KONECT).
    found = clustering.measure_clustering(34, KARATE.edges)
    assert found["triangles"] == 45
    assert found["transitivity"] == pytest.approx(0.255682, abs=5e-7)
    assert distances.summarise_steps(KARATE, distances.measure_steps(KARATE))["diameter"] == 5
    assert degrees.measure_degree_assortativity(KARATE.degrees, KARATE.edges) == pytest.approx(
        -0.475613, abs=5e-7
    )


@given(networks())
@settings(max_examples=30, deadline=None)
def test_degree_assortativity_agrees_with_numpy(network):
    both = np.concatenate([network.edges, network.edges[:, ::-1]])
    ends = network.degrees[both].astype(float)
    found = degrees.measure_degree_assortativity(network.degrees, network.edges)
    if ends.std() == 0:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(np.corrcoef(ends.T)[0, 1])


@given(st.lists(st.integers(0, 50), min_size=2, max_size=30).filter(any))
def test_gini_is_the_mean_difference_over_twice_the_mean(values):
    x = np.array(values, dtype=float)
    differences = np.abs(x[:, None] - x[None]).sum() / (2 * len(x) ** 2 * x.mean())
    assert degrees.measure_gini(x) == pytest.approx(differences)
    assert degrees.measure_gini(x, unbiased=True) == pytest.approx(differences * len(x) / (len(x) - 1))


def test_gini_of_one_who_has_all():
    assert degrees.measure_gini(np.array([0, 0, 0, 8])) == pytest.approx(3 / 4)
    assert degrees.measure_gini(np.array([0, 0, 0, 8]), unbiased=True) == pytest.approx(1)


def test_degrees_are_counted_with_the_share_that_has_so_many_or_more():
    table = degrees.count_degrees(small())
    assert table.to_dict("list") == {
        "degree": [1, 2, 3],
        "cities": [3, 3, 1],
        "at_least_share": [1.0, pytest.approx(4 / 7), pytest.approx(1 / 7)],
    }


def test_closeness_where_cities_out_of_reach_count_as_n_steps():
    network = small()
    # From C: A, B, D in 1, E in 2 steps; X and Y out of reach, 7 steps each: 6 / (5 + 14).
    found = centrality.measure_closeness_with_gaps(network, distances.measure_steps(network))
    assert found[2] == pytest.approx(6 / 19)


def test_equal_cities_share_a_rank():
    table = centrality.rank_cities(small(), small().degrees, "degree", top=3)
    assert table["rank"].to_list() == [1, 2, 2]
    assert table["name"].to_list() == ["Cc", "Aa", "Bb"]


@given(networks())
@settings(max_examples=30, deadline=None)
def test_size_agrees_with_networkx(network):
    graph = restore(network)
    found = size.measure_size(network)
    parts = sorted(map(len, networkx.connected_components(graph)))
    assert found["density"] == pytest.approx(networkx.density(graph))
    assert (found["components"], found["giant_cities"]) == (len(parts), parts[-1])
    giant = graph.subgraph(network.giant.tolist())
    assert (len(giant), giant.number_of_edges()) == (found["giant_cities"], found["giant_links"])


@given(st.integers(2, 12), st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_reciprocity_agrees_with_networkx(count, seed):
    graph = networkx.gnp_random_graph(count, 0.5, seed=seed, directed=True)
    assume(graph.number_of_edges())
    statements = pd.DataFrame(list(graph.edges()), columns=["home_city_id", "partner_city_id"])
    assert size.measure_reciprocity(build_network(statements)) == pytest.approx(networkx.reciprocity(graph))
