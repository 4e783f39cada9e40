"""Like with like: coefficients against networkx and against arithmetic on paper."""

import math
from collections import Counter

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from network.examples import PLACES, link, restore, small

from analysis.network import mixing, proximity
from analysis.network.graph import build_network
from analysis.network.nullmodel import draw_networks


def place(**longitudes):
    return pd.DataFrame(
        {"city_id": list(longitudes), "longitude": list(longitudes.values()), "latitude": 0.0}
    )


def test_latitude_agrees_with_networkx():
    network = build_network(link("A B", "A C", "B C", "C D", "D E"), PLACES)
    graph = restore(network)
    networkx.set_node_attributes(graph, dict(enumerate(network.places["latitude"])), "latitude")
    expected = networkx.numeric_assortativity_coefficient(graph, "latitude")
    assert mixing.correlate_latitude(network.places, network.edges) == pytest.approx(expected)


def test_country_assortativity_agrees_with_networkx():
    network = build_network(link("A B", "A C", "B C", "C D", "D E"), PLACES)
    graph = restore(network)
    networkx.set_node_attributes(graph, dict(enumerate(network.places["country_code"])), "country")
    expected = networkx.attribute_assortativity_coefficient(graph, "country")
    assert mixing.measure_country_assortativity(network) == pytest.approx(expected)


def test_longitude_knows_that_the_globe_is_round():
    places = place(A=179.0, B=-179.0, C=1.0, D=-1.0)
    network = build_network(link("A B", "C D"), places)
    # Around the middle 0° or 180°: sin 179° = -sin(-179°), so partners lie opposite, as 1° and -1° do.
    assert mixing.correlate_longitude(network.places, network.edges) == pytest.approx(-1)
    # cos 2° between partners, and no direction on the whole.
    assert mixing.measure_longitude_assortativity(network.places, network.edges) == pytest.approx(
        np.cos(np.radians(2))
    )


def test_same_meridian_is_one():
    network = build_network(
        link("A B", "C D", "E F"), place(A=10.0, B=10.0, C=95.0, D=95.0, E=-70.0, F=-70.0)
    )
    assert mixing.correlate_longitude(network.places, network.edges) == pytest.approx(1)
    assert mixing.measure_longitude_assortativity(network.places, network.edges) == pytest.approx(1)


def test_turning_the_globe_changes_neither_measure():
    degrees = np.array([3.0, 50.0, -120.0, 170.0, 80.0])
    links = link("A B", "B C", "C D", "D E", "E A", "A C")
    results = []
    for turn in (0, 77):
        turned = (degrees + turn + 180) % 360 - 180
        network = build_network(links, place(**dict(zip("ABCDE", turned, strict=True))))
        results.append(
            [
                mixing.correlate_longitude(network.places, network.edges),
                mixing.measure_longitude_assortativity(network.places, network.edges),
            ]
        )
    assert results[0] == pytest.approx(results[1])


def test_shifted_longitude_moves_the_second_end():
    network = build_network(link("A B", "A C"), place(A=170.0, B=-170.0, C=150.0))
    # (170, 190) and (170, 150), both ways round: mean 170, and the products cancel.
    assert mixing.correlate_shifted_longitude(network.places, network.edges) == pytest.approx(0)


def test_country_links_and_what_chance_would_give():
    table = mixing.count_country_links(small())
    # X–Y has an end without a country. Ends of the other five links: DE 4, FR 5, JP 1.
    rows = {(row.country_code, row.partner_country_code): row for row in table.itertuples()}
    assert {key: row.links for key, row in rows.items()} == {
        ("DE", "FR"): 2,
        ("DE", "DE"): 1,
        ("FR", "FR"): 1,
        ("FR", "JP"): 1,
    }
    assert rows["DE", "FR"].expected_links == pytest.approx(4 * 5 / 10)
    assert rows["DE", "DE"].expected_links == pytest.approx(4 * 4 / 20)
    assert rows["FR", "JP"].ratio == pytest.approx(1 / (5 * 1 / 10))


def test_expected_links_add_up_to_all_links():
    countries = [("A", "DE"), ("B", "FR"), ("C", "DE"), ("D", "FR")]
    network = build_network(
        link("A B", "A C", "B D", "A D"), pd.DataFrame(countries, columns=["city_id", "country_code"])
    )
    table = mixing.count_country_links(network)
    assert table["expected_links"].sum() == pytest.approx(4)


def test_distances_of_partners():
    network = small()
    known = proximity.find_placed_links(network)
    assert len(known) == 5
    away = proximity.measure_links(network.places, network.edges)
    # Published example: one degree of latitude is about 111 km; A and B are one degree of each apart.
    assert away[0] == pytest.approx(np.hypot(111.2, 111.3 * np.cos(np.radians(51.5))), rel=0.003)
    assert np.isnan(away[-1])
    assert proximity.summarise_distances(np.array([500.0, 1000.0, 3000.0, np.nan])) == pytest.approx(
        {"mean_distance_km": 1500, "median_distance_km": 1000, "near_share": 2 / 3}
    )


def test_distances_are_counted_side_by_side():
    table = proximity.count_distances(np.array([100.0, 600.0]), np.array([700.0, np.nan]))
    assert table.loc[:1, ["from_km", "to_km", "observed_share", "chance_share"]].to_numpy().tolist() == [
        [0, 500, 0.5, 0],
        [500, 1000, 0.5, 1],
    ]
    assert table["to_km"].max() > 20_004  # half round the globe


placed_links = st.integers(3, 9).flatmap(
    lambda count: st.tuples(
        st.lists(st.floats(-180, 180), min_size=count, max_size=count),
        st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), min_size=3),
    )
)


@given(placed_links)
@settings(deadline=None)
def test_longitude_agrees_with_the_textbook_and_with_covariances(drawn):
    """The circular correlation term by term (Jammalamadaka and SenGupta, 8.2.2); the direction's by numpy's covariances."""
    east, pairs = np.radians(drawn[0]), [pair for pair in drawn[1] if pair[0] != pair[1]]
    assume(pairs)
    alpha, beta = (east[[end for pair in pairs for end in pair[::step]]] for step in (1, -1))
    middle = math.atan2(sum(map(math.sin, alpha)), sum(map(math.cos, alpha)))
    length = math.hypot(np.sin(alpha).mean(), np.cos(alpha).mean())
    assume(0.01 < length < 0.99)
    terms = [(math.sin(a - middle), math.sin(b - middle)) for a, b in zip(alpha, beta, strict=True)]
    below = math.sqrt(sum(a * a for a, _ in terms) * sum(b * b for _, b in terms))
    assume(below > 1e-6)
    places, edges = pd.DataFrame({"longitude": drawn[0]}), np.array(pairs)
    found = mixing.correlate_longitude(places, edges)
    assert found == pytest.approx(sum(a * b for a, b in terms) / below, abs=1e-9)
    shared, own = (
        sum(np.cov(part(alpha), part(other), bias=True)[0, 1] for part in (np.sin, np.cos))
        for other in (beta, alpha)
    )
    assert mixing.measure_longitude_assortativity(places, edges) == pytest.approx(shared / own, abs=1e-9)


def test_expected_links_are_those_of_random_networks():
    """The formula against what the random networks of the page give; they allow no double links, hence the margin."""
    graph = networkx.gnm_random_graph(60, 150, seed=3)
    codes = [("DE", "FR", "IT")[city % 3] for city in graph]
    network = build_network(
        pd.DataFrame(list(graph.edges()), columns=["home_city_id", "partner_city_id"]),
        pd.DataFrame({"city_id": list(graph), "country_code": codes}),
    )
    expected = mixing.count_country_links(network).set_index(["country_code", "partner_country_code"])
    countries = network.places["country_code"].to_numpy(str)
    drawn = Counter(
        tuple(sorted(pair))
        for edges in draw_networks(network.edges, draws=200, seed=1)
        for pair in countries[edges].tolist()
    )
    mean = {pair: count / 200 for pair, count in drawn.items()}
    assert mean == pytest.approx(expected["expected_links"].to_dict(), rel=0.06)
