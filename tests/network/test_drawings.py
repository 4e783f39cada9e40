"""Figures of networks: what a reader sees, in both languages, without two texts on each other."""

import matplotlib
import numpy as np
import pandas as pd
import pytest
from figures import check_readable, read_texts, read_words
from network.examples import PLACES, link, small

from analysis.charts import draw_degrees, draw_link_distances, draw_mixing
from analysis.maps import draw_country_links, draw_ego_map
from analysis.maps.links import choose_links
from analysis.maps.world import trace_way
from analysis.network import degrees, mixing
from analysis.network.ego import describe_ego
from analysis.network.graph import build_network


@pytest.fixture(params=["de", "en"])
def words(request, tmp_path):
    return read_words(request.param, tmp_path)


@pytest.fixture
def links():
    rows = [("DE", "FR", 90, 3.0), ("JP", "US", 40, 0.5), ("DE", "DE", 20, 1.0), ("DE", "US", 10, 12.0)]
    return pd.DataFrame(rows, columns=["country_code", "partner_country_code", "links", "ratio"])


@pytest.fixture
def countries():
    rows = [("DE", 51.0, 10.0), ("FR", 47.0, 2.0), ("JP", 36.0, 138.0), ("US", 40.0, -95.0)]
    return pd.DataFrame(rows, columns=["country_code", "latitude", "longitude"])


def test_degrees_stand_on_logarithmic_axes(words):
    ax = draw_degrees(degrees.count_degrees(small()), words)
    (dots,) = ax.lines
    assert dots.get_xdata().tolist() == [1, 2, 3]
    assert dots.get_ydata().tolist() == pytest.approx([1, 4 / 7, 1 / 7])
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    check_readable(ax)


def test_mixing_writes_the_ratio_into_both_halves(links, words):
    ax = draw_mixing(links, ["DE", "FR", "US"], words)
    shown = {text.get_text() for text in ax.texts if text.get_gid() == "ratio"}
    point = {"de": ",", "en": "."}[words.language]
    assert shown == {f"3{point}0", f"1{point}0", "12"}
    assert len([text for text in ax.texts if text.get_gid() == "ratio"]) == 5
    assert len([line for line in ax.lines if line.get_gid() == "none"]) == 4
    assert {"de": "Frankreich", "en": "France"}[words.language] in read_texts(ax)
    check_readable(ax)


def test_distances_stand_beside_those_of_chance(words):
    counts = pd.DataFrame(
        {"from_km": [0, 500], "to_km": [500, 1000], "observed_share": [0.7, 0.3], "chance_share": [0.4, 0.6]}
    )
    ax = draw_link_distances(counts, words)
    steps = {step.get_gid(): step.get_data().values.tolist() for step in ax.patches}
    assert steps == {"observed": [0.7, 0.3], "chance": [0.4, 0.6]}
    check_readable(ax)


def test_far_links_stand_on_the_earth_and_near_ones_in_europe(links, countries, words):
    world = draw_country_links(links, countries, words)
    _, europe = world.figure.axes
    found = {
        (line.get_gid(), panel is world)
        for panel in (world, europe)
        for line in panel.lines
        if line.get_gid() in ("more", "fewer")
    }
    assert found == {("more", False), ("fewer", True), ("more", True)}
    names = [
        {text.get_text() for text in panel.texts if text.get_gid() == "name"} for panel in (world, europe)
    ]
    assert names == [{"JP", "US"}, {"DE", "FR"}]


def test_lines_are_as_wide_as_links_are_many(links, countries, words):
    world = draw_country_links(links, countries, words)
    widths = {
        round(line.get_linewidth(), 2)
        for panel in world.figure.axes
        for line in panel.lines
        if line.get_gid() in ("more", "fewer")
    }
    assert widths == {6.0, round(6 * 40 / 90, 2), round(6 * 10 / 90, 2)}


def test_links_within_a_country_and_unplaced_ones_are_no_lines(links, countries):
    places = countries.iloc[:2].set_index("country_code")
    assert choose_links(links, places)[["country_code", "partner_country_code"]].to_numpy().tolist() == [
        ["DE", "FR"]
    ]


def test_a_way_over_the_pacific_leaves_at_one_edge_and_returns_at_the_other():
    parts = trace_way((36.0, 138.0), (40.0, -120.0))
    assert len(parts) == 2
    assert parts[0][-1, 0] > 0 > parts[1][0, 0]
    assert len(trace_way((51.0, 10.0), (47.0, 2.0))) == 1


def test_an_ego_map_joins_partners_of_each_other(words):
    network = build_network(link("A B", "A C", "B C", "A D"), PLACES)
    own = describe_ego(network, "A")
    home = network.places.iloc[own.position].to_dict()
    ax = draw_ego_map(own.partners, own.links, home, words)
    shared = [lines for lines in ax.collections if lines.get_gid() == "shared"]
    assert [len(lines.get_segments()) for lines in shared] == [1]
    assert {text.get_text() for text in ax.texts if text.get_gid() == "name"} == {"Aa", "Bb", "Cc", "Dd"}


def test_figures_need_their_columns(words):
    with pytest.raises(ValueError, match="draw_degrees: the table has no rows"):
        draw_degrees(pd.DataFrame(columns=["degree", "at_least_share"]), words)
    with pytest.raises(
        ValueError, match="draw_country_links: the table has the columns links; needed is also"
    ):
        draw_country_links(pd.DataFrame({"links": [1]}), pd.DataFrame(), words)


def test_settings_stay_as_they_are(links, countries, words):
    before = dict(matplotlib.rcParams)
    draw_country_links(links, countries, words)
    draw_mixing(links, ["DE"], words)
    assert dict(matplotlib.rcParams) == before


def test_countries_lie_at_the_middle_of_their_cities():
    places = pd.DataFrame(
        {"city_id": ["A", "B"], "country_code": "FJ", "latitude": [0.0, 0.0], "longitude": [179.0, -179.0]}
    )
    table = mixing.locate_countries(build_network(link("A B"), places))
    assert np.abs(table["longitude"][0]) == pytest.approx(180)
    assert table["cities"].to_list() == [2]
