"""What is a city, a statement and a link; and what a wrong table is told."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network.examples import PLACES, STATEMENTS, link, small

from analysis.network import clustering, degrees, distances, size
from analysis.network.graph import build_network
from analysis.problems import DataError


def test_statements_become_links_without_direction():
    network = small()
    assert network.places["city_id"].to_list() == list("ABCDEXY")
    assert network.arcs.tolist() == [[0, 1], [0, 2], [1, 0], [1, 2], [2, 3], [3, 4], [5, 6]]
    assert network.edges.tolist() == [[0, 1], [0, 2], [1, 2], [2, 3], [3, 4], [5, 6]]
    assert network.degrees.tolist() == [2, 2, 3, 2, 1, 1, 1]


def test_what_nobody_knows_of_a_city_is_missing_and_its_id_is_its_name():
    places = small().places.set_index("city_id")
    assert places.loc["Y", "name"] == "Y"
    assert places.loc["Y", ["country_code", "latitude", "longitude"]].isna().all()
    assert "Q" not in places.index


def test_loops_and_repeated_statements_count_for_nothing():
    network = build_network(link("A B", "A B", "B B", "C C"))
    assert network.places["city_id"].to_list() == ["A", "B"]
    assert network.arcs.tolist() == [[0, 1]]


def test_size_on_paper():
    found = size.measure_size(small())
    # 7 statements, of which A→B and B→A are returned; 6 links of 7·6/2 = 21 pairs; A B C D E hang together.
    expected = {"cities": 7, "statements": 7, "links": 6, "reciprocity": 2 / 7, "density": 6 / 21}
    expected |= {"components": 2, "giant_cities": 5, "giant_links": 5, "giant_share": 5 / 7}
    assert found == pytest.approx(expected)


def measure_all(network):
    count, edges = len(network.places), network.edges
    steps = distances.measure_steps(network)
    return {
        **size.measure_size(network),
        **clustering.measure_clustering(count, edges),
        **distances.summarise_steps(network, steps),
        "gini": degrees.measure_gini(network.degrees),
        "assortativity": degrees.measure_degree_assortativity(network.degrees, edges),
        "core": clustering.measure_core(count, edges)[0],
    }


@given(st.permutations(STATEMENTS))
def test_the_order_of_rows_changes_no_measure(statements):
    assert measure_all(build_network(link(*statements))) == pytest.approx(measure_all(small()))


@given(st.lists(st.booleans(), min_size=7, max_size=7))
def test_the_direction_of_links_changes_no_measure_but_reciprocity(turned):
    pairs = [text[::-1] if turn else text for text, turn in zip(STATEMENTS, turned, strict=True)]
    found, expected = measure_all(build_network(link(*pairs))), measure_all(small())
    for measure in ("reciprocity", "statements"):
        del found[measure], expected[measure]
    assert found == pytest.approx(expected)


def test_the_tables_stay_as_they_are():
    links, places = link(*STATEMENTS), PLACES.copy()
    build_network(links, places)
    pd.testing.assert_frame_equal(links, link(*STATEMENTS))
    pd.testing.assert_frame_equal(places, PLACES)


@pytest.mark.parametrize(
    ("links", "places", "message"),
    [
        (
            link("A B").rename(columns={"partner_city_id": "to"}),
            None,
            "links: there is no column partner_city_id; needed are home_city_id and partner_city_id. Add it.",
        ),
        (
            pd.DataFrame({"home_city_id": ["A", "A"], "partner_city_id": ["B", ""]}),
            None,
            "links, row 2: an end is empty; a link has two cities. Name both.",
        ),
        (
            link("A A"),
            None,
            "links: there is no link between two cities; a network needs one. Check the file.",
        ),
        (
            link("A B"),
            PLACES.iloc[[0, 0]],
            "places: 'A' has two rows, a city has one. Merge them.",
        ),
    ],
)
def test_a_wrong_table_is_told_what_to_do(links, places, message):
    with pytest.raises(DataError) as error:
        build_network(links, places)
    assert error.value.problems == [message]
