"""GraphML, read by networkx and rustworkx: nodes, attributes, hostile names, the same bytes again."""

import networkx
import pandas as pd
import pytest
import rustworkx
from exported import ABOUT, HOSTILE, graph_of, small_register
from hypothesis import given
from hypothesis import strategies as st

from analysis.exports.graphml import write_graphml
from analysis.exports.graphs import graph_register


def read(content):
    return networkx.parse_graphml(content.decode("utf-8"))


@pytest.fixture
def register(tmp_path):
    return small_register(tmp_path)


def test_networkx_finds_cities_relations_and_what_is_known_of_them(register):
    found = read(write_graphml(graph_register(register, "2026-11-01"), ABOUT))
    assert not found.is_directed()
    assert sorted(found) == ["east", "home", "west"]
    assert found.nodes["east"]["name_de"] == "Osten"
    assert found.nodes["east"]["latitude"] == 50.0
    assert found.nodes["east"]["is_area"] is False
    assert "population" not in found.nodes["east"]
    relation = found.edges["home", "east"]
    assert (relation["form"], relation["status"], relation["first_date"]) == ("partnership", "ended", "1973")
    assert relation["first_year"] == 1973


def test_a_relation_is_told_as_it_stood_on_the_day(register):
    found = read(write_graphml(graph_register(register, "1999-12-31"), ABOUT))
    assert list(found.edges(data="status")) == [("home", "east", "active")]
    assert sorted(found) == ["east", "home"]


def test_the_graph_tells_title_day_licence_and_whom_to_name(register):
    found = read(write_graphml(graph_register(register, "2026-11-01"), ABOUT)).graph
    assert found["title"] == "Register"
    assert found["as_of"] == "2026-11-01"
    assert found["licence"] == "Attribution (https://example.org/by)"
    assert found["credits"] == "GeoNames, CC BY 4.0"


def test_rustworkx_reads_the_same(register, tmp_path):
    path = tmp_path / "graph.graphml"
    path.write_bytes(write_graphml(graph_register(register, "2026-11-01"), ABOUT))
    (found,) = rustworkx.read_graphml(str(path))
    assert sorted(node["id"] for node in found.nodes()) == ["east", "home", "west"]
    assert sorted(edge["status"] for edge in found.edges()) == ["active", "ended"]


def test_an_edge_list_is_directed_and_keeps_both_statements():
    graph = graph_of([("Lyon", "Rye"), ("Rye", "Lyon")])
    found = read(write_graphml(graph, ABOUT))
    assert sorted(found.edges()) == [("Lyon", "Rye"), ("Rye", "Lyon")]
    assert found.is_directed()


def test_two_relations_of_two_cities_stay_two():
    graph = graph_of([("Lyon", "Rye"), ("Lyon", "Rye")])
    assert read(write_graphml(graph, ABOUT)).number_of_edges() == 2


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_name(name):
    found = read(write_graphml(graph_of([("Lyon", name)]), ABOUT))
    assert sorted(found) == sorted(["Lyon", name])
    assert found.nodes[name]["name"] == name


def test_control_characters_are_written_out_and_cities_stay_apart():
    found = read(write_graphml(graph_of([("A\x01", "A\\u0001"), ("A\x01", "B\x00\r")]), ABOUT))
    assert sorted(found) == ["A\\u0001", "A\\u0001_", "B\\u0000\\u000d"]
    assert found.number_of_edges() == 2


@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), min_size=1, max_size=4))
def test_any_names_give_sound_xml_with_as_many_cities(links):
    graph = graph_of(links)
    found = read(write_graphml(graph, ABOUT))
    assert len(found) == len({end for link in links for end in link})
    assert found.number_of_edges() == len(links)


def test_equal_graphs_give_equal_bytes(register):
    once, again = (write_graphml(graph_register(register, "2026-11-01"), ABOUT) for _ in range(2))
    assert once == again


def test_a_column_with_a_hostile_name_is_an_attribute():
    graph = graph_of([("Lyon", "Rye")])
    graph.places['"><&'] = pd.array([1, None], dtype="Int64")
    assert read(write_graphml(graph, ABOUT)).nodes["Lyon"]['"><&'] == 1
