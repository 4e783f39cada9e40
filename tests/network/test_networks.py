"""Folders with a network: tables of a register, or an edge list with what is known of its cities."""

import pytest
from figures import read_words

from analysis.home import find_home
from analysis.imports.networks import read_network, show_listed
from analysis.problems import DataError


def write(folder, files):
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def edges(tmp_path):
    write(
        tmp_path,
        {
            "edges.tsv": ["Lyon\tSt._Louis", "Lyon\tLyon", "Rye\tLyon"],
            "city_country.tsv": ["0\tLyon\tFrance", "1\tSt_Louis\tUSA", "2\tParis\tFrance"],
            "latitude.tsv": ["0\tLyon\t45.76"],
        },
    )
    return tmp_path


def test_every_row_is_accepted_or_listed(edges):
    found = read_network(edges)
    assert found.report.to_numpy().tolist() == [
        ["edges.tsv", 3, 2, 1, 0],
        ["city_country.tsv", 3, 2, 1, 1],
        ["latitude.tsv", 1, 1, 0, 0],
    ]
    assert (found.report["accepted"] + found.report["listed"] == found.report["read"]).all()
    assert found.places["country_code"].fillna("").to_list() == ["FR", "US", ""]


def test_what_is_listed_says_why_in_both_languages(edges, tmp_path):
    found = read_network(edges)
    shown = show_listed(found, read_words("de", tmp_path))
    assert shown.to_numpy().tolist() == [
        ["edges.tsv", "2", "Lyon | Lyon", "nennt sich selbst"],
        ["city_country.tsv", "3", "Paris: France", "keine Stadt der Verbindungen heißt so"],
        ["city_country.tsv", "2", "St_Louis: USA", "angenommen; im Namen fehlen Punkte"],
    ]
    assert show_listed(found, read_words("en", tmp_path))["reason"][0] == "names itself"


def test_a_register_is_a_network_of_its_relations():
    found = read_network(find_home() / "data/leipzig", "de")
    assert len(found.links) == 21
    assert set(found.places["name"]) >= {"Leipzig", "Kiew", "Ho-Chi-Minh-Stadt"}


def test_relations_that_have_ended_are_listed(tmp_path):
    write(
        tmp_path,
        {
            "cities.csv": [
                "city_id,name_de,name_en,country_code,latitude,longitude",
                "a,A,A,DE,51,12",
                "b,B,B,NA,,",
            ],
            "partnerships.csv": ["partnership_id,home_city_id,partner_city_id", "p,a,b", "q,b,a"],
            "milestones.csv": ["partnership_id,date,milestone", "p,2010,signed", "p,2020-05,ended"],
        },
    )
    found = read_network(tmp_path, as_of="2020-05-31")
    assert found.links.to_numpy().tolist() == [["b", "a"]]
    assert found.listed.to_numpy().tolist() == [["partnerships.csv", 2, "p", "ended"]]
    assert len(read_network(tmp_path, as_of="2020-05-30").links) == 2
    assert found.places["country_code"].to_list() == ["DE", "NA"]


def test_a_folder_without_a_network_is_told_what_to_do(tmp_path):
    with pytest.raises(DataError) as error:
        read_network(tmp_path)
    expected = f"{tmp_path}: has neither partnerships.csv nor an edge list (edges.tsv, edges.csv, edges.graphml, out.*)"
    assert error.value.problems == [expected + ". Name a folder with a network."]


def test_a_relation_that_was_taken_up_again_is_one(tmp_path):
    write(
        tmp_path,
        {
            "cities.csv": [
                "city_id,name_de,name_en,country_code,latitude,longitude",
                "a,A,A,DE,,",
                "b,B,B,FR,,",
            ],
            "partnerships.csv": ["partnership_id,home_city_id,partner_city_id", "p,a,b"],
            "milestones.csv": [
                "partnership_id,date,milestone",
                "p,1960,signed",
                "p,1992,resumed",
                "p,1970,ended",
                "p,1993,association_founded",
            ],
        },
    )
    assert len(read_network(tmp_path, as_of="1991-12-31").links) == 0
    assert len(read_network(tmp_path, as_of="1992-12-31").links) == 1


def test_a_register_tells_the_sources_of_its_relations(tmp_path):
    write(
        tmp_path,
        {
            "cities.csv": [
                "city_id,name_de,name_en,country_code,latitude,longitude",
                "a,A,A,DE,,",
                "b,B,B,FR,,",
            ],
            "partnerships.csv": ["partnership_id,home_city_id,partner_city_id,source_id", "p,a,b,list"],
            "sources.csv": [
                "source_id,title,publisher,date,note",
                "list,L,RGRE,2023,Licence: x",
                "other,O,P,,",
            ],
        },
    )
    assert read_network(tmp_path).sources.to_numpy().tolist() == [["L", "RGRE", "2023", "Licence: x"]]


def test_tables_that_lack_what_a_network_needs_are_told(tmp_path):
    write(tmp_path, {"partnerships.csv": ["partnership_id,home_city_id", "p,a"]})
    column = "partnerships.csv: has no column partner_city_id, a network needs it. Add it."
    with pytest.raises(DataError) as refused:
        read_network(tmp_path)
    assert refused.value.problems == [
        f"{tmp_path}: has no cities.csv, a network needs it. Add it.",
        f"{tmp_path}/{column}",
    ]


def test_an_edge_list_names_no_sources(edges):
    assert len(read_network(edges).sources) == 0
