"""The study of 2013: rules of the comparison on small tables, and every published figure where the data are.

The data may not lie in this repository, see `study_folder` in conftest.py; without them the second half is skipped, and says so.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from figures import read_words
from network.examples import link, small

from analysis.imports.networks import read_network
from analysis.network import (
    centrality,
    clustering,
    conventions,
    degrees,
    distances,
    measures,
    proximity,
    replication,
    study,
)
from analysis.network.graph import build_network

# Printed in the study or its data (SOURCE: doi 10.1007/978-3-642-54140-7_14), by code of published_2013.csv.
REPRODUCED = {
    *("nodes", "edges", "size_gc", "size_gc_share", "density", "reciprocity", "clustering", "gini_degree"),
    *("assortativity", "kmax", "ksize", "latitude", "longitude"),
}
WITHIN_CHANCE = {"assortativity_avg", "kmax_avg", "ksize_avg", "latitude_avg", "longitude_avg"}


@pytest.mark.parametrize(
    ("value", "printed", "expected"),
    [
        (0.34068934466, "0.340689344671", False),
        (0.3406893446714, "0.340689344671", True),
        (0.62609, "0.626", True),
        (0.6266, "0.626", False),
        (22, "22", True),
        (23, "22", False),
    ],
)
def test_agreement_means_all_printed_digits(value, printed, expected):
    assert replication.agrees(value, printed) is expected


def test_every_published_figure_has_a_name_and_a_known_measure():
    table = replication.read_published()
    assert set(table["part"]) == {"study", "distance"}
    known = set(pd.read_csv(Path(conventions.__file__).parent / "conventions.csv")["code"])
    assert table["code"].is_unique
    assert set(table["measure"]) <= known | {"", "reciprocity_without_direction"}
    assert (table[["name_de", "name_en", "published"]] != "").all(axis=None)
    # Whoever prints that a figure differs or cannot be computed says why.
    assert (table.loc[table["measure"].isin(["", "mean_steps"]), ["reason_de", "reason_en"]] != "").all(
        axis=None
    )


def test_cities_are_compared_one_by_one():
    published = pd.DataFrame({"city_id": list("ABCDEX"), "degree": [2, 2, 3, 2, 2, 1]})
    table = replication.compare_cities(small(), published, {"degree": small().degrees})
    # E has one partner, not two; Y is not in the published table.
    assert table.iloc[0].to_list() == ["degree", 6, 5, 1.0]


def test_homonyms_are_those_placed_in_another_country():
    network = build_network(
        link("Naples Birmingham", "Birmingham Lyon"),
        pd.DataFrame({"city_id": ["Naples", "Birmingham"], "country_code": ["US", "GB"]}),
    )
    assert study.list_homonyms(network)["name"].to_list() == ["Naples"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_measures_and_chance_are_shown_with_their_conventions(language, tmp_path):
    words, network = read_words(language, tmp_path), small()
    found = measures.measure_network(network, distances.measure_steps(network))
    table = conventions.describe_measures(found, words)
    assert len(table) == len(found)
    assert (table["convention"].str.len() > 15).all()
    chance = measures.compare_with_random(network, draws=3, seed=1)
    shown = conventions.describe_chance(chance, words)
    assert shown["reached"].str.endswith(" / 3").all()
    assert set(shown["measure"]) <= set(table["measure"])


def test_progress_is_told_to_the_end():
    heard = []
    measures.compare_with_random(
        small(), draws=4, seed=1, tell=lambda done, total: heard.append((done, total))
    )
    assert heard == [(done, 8) for done in range(1, 9)]


@pytest.fixture(scope="module")
def network(study_folder):
    files = read_network(study_folder)
    return build_network(files.links, files.places)


@pytest.fixture(scope="module")
def steps(network):
    return distances.measure_steps(network)


def test_backtest_every_published_figure(network, steps):
    found = measures.measure_network(network, steps)
    chance = measures.compare_with_random(network, draws=60, seed=2013)
    table = replication.compare_figures(found, chance).set_index("code")
    assert set(table.index[table["result"] == "reproduced"]) == REPRODUCED
    assert set(table.index[table["result"] == "within_chance"]) == WITHIN_CHANCE
    assert set(table.index[table["result"] == "not_computable"]) == {"gdp", "gdppc", "hdi", "stability"}
    assert set(table.index[table["result"] == "differs"]) == {"avg_d_gc"}
    assert found["mean_steps"] == pytest.approx(6.73617156, abs=5e-9)
    assert (found["components"], found["giant_links"], found["diameter"]) == (1786, 12492, 22)
    assert found["mean_local_clustering"] == pytest.approx(0.02764, abs=5e-6)
    # The abstract says "not influenced by geographical proximity".
    against = chance.set_index("statistic")
    assert against["observed"]["near_share"] > 2 * against["chance_mean"]["near_share"]
    assert (against["z"]["near_share"] > 50, against["reached"]["near_share"]) == (True, 0)
    assert against["chance_mean"]["near_share"] == pytest.approx(0.158, abs=0.002)


def test_backtest_every_city(network, steps, study_folder):
    computed = {
        "degree": network.degrees,
        "core": clustering.find_cores(network),
        "betweenness": centrality.measure_betweenness(network),
        "closeness": centrality.measure_closeness_with_gaps(network, steps),
    }
    table = replication.compare_cities(network, replication.read_published_cities(study_folder), computed)
    assert table["cities"].to_list() == table["equal"].to_list() == [11618] * 4
    top = centrality.rank_cities(network, network.degrees, "degree", 6)
    assert list(zip(top["name"], top["degree"], strict=True)) == [
        ("Saint Petersburg", 78),
        ("Shanghai", 75),
        ("Istanbul", 69),
        ("Kiev", 63),
        ("Caracas", 59),
        ("Buenos Aires", 58),
    ]
    leaders = replication.compare_leaders(
        replication.read_published_cities(study_folder), network, computed["betweenness"]
    )
    # Six by partners, three by betweenness; Saint Petersburg is both.
    assert leaders["name"].to_list() == [*top["name"][:4], *top["name"][4:6], "Izmir", "Bethlehem"]
    assert (leaders["degree"] == leaders["degree_published"]).all()
    assert (leaders["betweenness"].round(2) == leaders["betweenness_published"]).all()
    between = centrality.rank_cities(network, computed["betweenness"], "betweenness", 3)
    assert list(zip(between["name"], between["betweenness"].round(2), strict=True)) == [
        ("Saint Petersburg", 1562697.97),
        ("Bethlehem", 1009707.96),
        ("Izmir", 885338.70),
    ]


def test_backtest_earlier_recomputation_of_distances(network, study_folder):
    found, chance = replication.measure_named_links(network, study_folder, draws=60, seed=2013)
    table = replication.compare_figures(found, chance, part="distance").set_index("code")
    results = table["result"].to_dict()
    assert results == {
        "named_links": "reproduced",
        "named_mean": "differs",
        "named_mean_avg": "within_chance",
        "named_median": "differs",
        "named_median_avg": "differs",
        "named_near": "differs",
        "named_near_avg": "within_chance",
    }
    assert (table.loc[table["result"] == "differs", ["reason_de", "reason_en"]] != "").all(axis=None)


def test_backtest_on_a_sphere_the_earlier_distances_result_exactly(network, study_folder):
    """What the page gives as the reason of the differences."""
    named = pd.Index(
        line.split("\t")[1] for line in (study_folder / "latitude.tsv").read_text("utf-8").splitlines()
    )
    is_named = network.places["city_id"].isin(named).to_numpy()
    links = proximity.find_placed_links(network)
    assert len(links) == 14972
    links = links[is_named[links].all(axis=1)]
    north, east = np.radians(network.places[["latitude", "longitude"]].to_numpy(float)[links]).transpose(
        2, 0, 1
    )
    half = (
        np.sin(np.diff(north) / 2) ** 2 + np.cos(north).prod(axis=1)[:, None] * np.sin(np.diff(east) / 2) ** 2
    )
    found = proximity.summarise_distances(2 * 6371.0088 * np.arcsin(np.sqrt(half)).ravel())
    assert {name: round(value, 3 if value < 1 else 0) for name, value in found.items()} == {
        "mean_distance_km": 3892,
        "median_distance_km": 1645,
        "near_share": 0.387,
    }


def test_backtest_gini_with_and_without_correction(network):
    assert degrees.measure_gini(network.degrees) == pytest.approx(0.50769325, abs=5e-9)
    assert np.isclose(
        degrees.measure_gini(network.degrees, unbiased=True), 0.507736951382, rtol=0, atol=1e-12
    )
