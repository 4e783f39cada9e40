"""Cities beside each other: what counts, how it is counted, and that a gap of knowledge is no zero."""

import pandas as pd
import pytest
from small_register import city, milestones, relation, write_register

from analysis.peers import (
    count_countries,
    count_founding,
    count_partners,
    describe_coverage,
    describe_peers,
    list_homes,
    list_shared,
    select_twinnings,
)
from analysis.tables import read_register

HOMES = pd.DataFrame(
    {
        "city_id": ["big", "small", "dark"],
        "name_de": ["Groß", "Klein", "Dunkel"],
        "name_en": ["Big", "Small", "Dark"],
        "population": pd.array([400_000, 50_000, 10_000], dtype="Int64"),
    }
)

ROWS = [
    ("big", "east", "PL", "international", 1973, 500.0),
    ("big", "west", "FR", "international", 1989, 900.0),
    ("big", "near", "DE", "national", 1990, 100.0),
    ("big", "far", "VN", "cooperation", 2021, 9000.0),
    ("small", "east", "PL", "international", None, 300.0),
    ("dark", "old", "PL", "district", 1995, 200.0),
]


@pytest.fixture
def peers():
    names = ["home_city_id", "partner_id", "country_code", "group", "started_year", "distance_km"]
    table = pd.DataFrame(ROWS, columns=names)
    return table.assign(
        partnership_id=table["home_city_id"] + "-" + table["partner_id"],
        started_year=table["started_year"].astype("Int64"),
    )


def test_partners_are_counted_by_group_and_for_the_size_of_the_city(peers):
    table = count_partners(peers, HOMES).set_index("city_id")
    assert table.loc["big", ["international", "national", "cooperation", "district"]].tolist() == [2, 1, 1, 0]
    assert table["twinnings"].tolist() == [3, 1, 0]
    assert table["twinnings_per_100000"].tolist() == [0.75, 2, 0]  # 3 / 4 and 1 / 0.5


def test_a_city_of_which_little_is_known_has_no_rate(peers):
    coverages = pd.DataFrame({"city_id": ["small", "dark"], "coverage": ["partial", "poor"]})
    table = count_partners(peers, HOMES, coverages)
    assert table["coverage"].tolist() == ["complete", "partial", "poor"]
    assert table["twinnings_per_100000"].isna().tolist() == [False, False, True]


def test_twinnings_are_counted_by_the_era_of_their_beginning(peers):
    table = count_founding(peers, HOMES).pivot(index="city_id", columns="era", values="count")
    table = table[["gdr", "nineties", "since-2000", "unknown"]]
    assert table.loc["big"].tolist() == [
        2,
        1,
        0,
        0,
    ]  # 1989 is before, 1990 after; the cooperation is no twinning
    assert table.loc["small"].tolist() == [0, 0, 0, 1]
    assert "dark" not in table.index  # only a district's: no empty row that says "none"


def test_countries_are_counted_by_cities_and_twinnings(peers):
    first = count_countries(peers).iloc[0]
    assert first.tolist() == ["PL", 2, 2, 1.0, 400.0]
    assert len(count_countries(peers)) == 3


def test_a_partner_of_two_cities_is_shared(peers):
    assert list_shared(peers)["partnership_id"].tolist() == ["big-east", "small-east"]
    assert list_shared(peers[peers["home_city_id"] == "big"]).empty


@pytest.fixture
def registers(tmp_path):
    """One register with two home cities and one with another, which shares the partner East with the first by its item."""
    link = {"home_city_id": "near", "partner_city_id": "west", "partnership_id": "near-west"}
    east = city("east") | {"wikidata_id": "Q1"}
    several = write_register(
        tmp_path / "several",
        cities=[
            city("home") | {"population": 900, "population_year": 2020},
            city("near"),
            east,
            city("west"),
        ],
        partnerships=[relation("east"), relation("west"), relation("west") | link],
        milestones=milestones(
            ("east", "1973", "signed", "partnership"),
            ("west", "1980", "signed", "partnership"),
            ("west", "1990", "ended"),
            ("near-west", "2025", "listed", "partnership"),
        ),
        candidates=[
            {"candidate_id": "near-far", "home_city_id": "near", "name_de": "Ferne", "name_en": "Far"}
            | {
                "country_code": "VN",
                "verdict": "rejected",
                "reason_de": "x",
                "reason_en": "x",
                "source_id": "paper",
            }
        ],
        coverages=[
            {"city_id": "home", "coverage": "complete", "published_count": 1, "source_id": "paper"},
            {"city_id": "near", "coverage": "poor"},
        ],
    )
    other = write_register(
        tmp_path / "other",
        cities=[city("home") | {"city_id": "third"}, east | {"city_id": "osten"}],
        partnerships=[relation("east") | {"home_city_id": "third", "partner_city_id": "osten"}],
        milestones=milestones(("east", "2001", "signed", "partnership")),
    )
    return [read_register(several), read_register(other)]


def test_relations_of_several_registers_stand_side_by_side(registers):
    peers = describe_peers(registers, "2026-01-01")
    assert peers[["home_city_id", "partner_id"]].values.tolist() == [
        ["home", "Q1"],
        ["near", "west"],
        ["third", "Q1"],
    ]
    assert set(list_shared(peers)["home_city_id"]) == {"home", "third"}
    assert list_homes(registers)["city_id"].tolist() == ["home", "near", "third"]


def test_what_has_ended_counts_no_more_and_what_is_only_listed_has_no_beginning(registers):
    peers = describe_peers(registers, "2026-01-01").set_index("home_city_id")
    assert peers["started_year"].fillna(0).tolist() == [1973, 0, 2001]
    assert peers["first_year"].tolist() == [1973, 2025, 2001]
    before = describe_peers(registers, "1989-12-31")
    assert before["home_city_id"].tolist() == ["home", "home"]
    assert len(select_twinnings(before)) == 2


def test_distances_are_from_the_city_whose_partner_it_is(registers):
    peers = describe_peers(registers, "2026-01-01").set_index("home_city_id")
    assert peers["distance_km"].astype(float).round(-1).tolist() == [580, 760, 580]  # great circles, to 10 km


def test_coverage_tells_what_was_found_and_what_was_left_out(registers):
    table = describe_coverage(registers[0], describe_peers(registers, "2026-01-01")).set_index("city_id")
    assert table[["found", "undated", "unconfirmed", "rejected"]].values.tolist() == [
        [1, 0, 0, 0],
        [1, 1, 0, 1],
    ]
    assert table["coverage"].tolist() == ["complete", "poor"]


def test_a_city_in_two_registers_counts_once_with_the_first(registers):
    several = registers[0]
    assert describe_peers([several, several], "2026-01-01").equals(describe_peers([several], "2026-01-01"))
    assert list_homes([several, several])["city_id"].tolist() == ["home", "near"]
