"""Edge lists as people publish them: every line is accepted or listed."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.imports.countries import find_country_code
from analysis.imports.edges import read_edge_list
from analysis.imports.nodes import describe_nodes, match_cities, read_attribute
from analysis.problems import DataError


def pairs(found):
    return found.links[["home_city_id", "partner_city_id"]].to_numpy().tolist()


@pytest.mark.parametrize(
    "text",
    [
        "Lyon\tBirmingham\nRye, NY\tRye\n",
        "source\ttarget\nLyon\tBirmingham\nRye, NY\tRye\n",
        'from,to,weight\nLyon,Birmingham,1\n"Rye, NY",Rye,1\n',
        "Stadt;Partnerstadt\r\nLyon;Birmingham\r\nRye, NY;Rye\r\n",
        "\ufeff% sym unweighted\n% 2 3\n\nLyon\tBirmingham\t1\t1330000000\nRye, NY\tRye\t1\t1330000000\n",
    ],
)
def test_separators_headers_and_comments_are_told_apart(tmp_path, text):
    path = tmp_path / "edges.txt"
    path.write_text(text, encoding="utf-8", newline="")
    found = read_edge_list(path)
    assert pairs(found) == [["Lyon", "Birmingham"], ["Rye, NY", "Rye"]]
    assert (found.read, len(found.listed)) == (2, 0)


def test_konect_numbers_with_blanks_are_links_from_the_first_line(tmp_path):
    path = tmp_path / "out.twin"
    path.write_text("% sym unweighted\n% 2 3 3\n1 2\n2 3\n", encoding="utf-8")
    assert pairs(read_edge_list(path)) == [["1", "2"], ["2", "3"]]


def test_what_is_no_link_is_listed_with_its_line(tmp_path):
    path = tmp_path / "edges.tsv"
    path.write_text('A\tB\nA\tA\nA\tB\nC\t\nlonely\nB\tA\nMa"an\tB\n', encoding="utf-8")
    found = read_edge_list(path)
    assert pairs(found) == [["A", "B"], ["B", "A"], ['Ma"an', "B"]]
    assert found.listed[["line", "reason"]].to_numpy().tolist() == [
        [2, "loop"],
        [3, "repeated"],
        [4, "empty_end"],
        [5, "one_end"],
    ]


@given(st.lists(st.tuples(*[st.sampled_from(["A", "B", "C", ""])] * 2), min_size=1, max_size=12))
def test_no_line_is_lost(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("edges") / "edges.tsv"
    path.write_text("X\tY\n" + "".join(f"{a}\t{b}\n" for a, b in rows), encoding="utf-8")
    found = read_edge_list(path)
    blank = sum(row == ("", "") for row in rows)
    assert len(found.links) + len(found.listed) == found.read == 1 + len(rows) - blank


def test_graphml_brings_its_attributes(tmp_path):
    path = tmp_path / "network.graphml"
    path.write_text(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key id="d0" for="node" attr.name="latitude" attr.type="double"/><graph edgedefault="directed">'
        '<node id="A"><data key="d0">51.5</data></node><node id="B"/>'
        '<edge source="A" target="B"/><edge source="A" target="B"/></graph></graphml>',
        encoding="utf-8",
    )
    found = read_edge_list(path)
    assert pairs(found) == [["A", "B"]]
    assert found.listed["reason"].to_list() == ["repeated"]
    assert found.nodes.set_index("city_id").loc["A", "latitude"] == 51.5


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.tsv", None, "none.tsv: cannot be read (No such file or directory). Name a file that exists."),
        (
            "empty.tsv",
            b"% nothing\n",
            "empty.tsv: there is no link, a network needs one. Write two cities to a line.",
        ),
        (
            "old.tsv",
            b"K\xf6ln\tLyon\n",
            "old.tsv, byte 2: is no UTF-8, which is needed. Save the file as UTF-8.",
        ),
        ("a.graphml", b"<graphml", "a.graphml: is no GraphML ("),
    ],
)
def test_a_file_that_cannot_be_used_is_told_what_to_do(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError) as error:
        read_edge_list(tmp_path / name)
    assert message in error.value.problems[0]


def test_names_that_lost_their_full_stops_are_found_once():
    rows = pd.DataFrame({"city_id": ["St_Louis", "Washington,_DC", "Rye"], "value": "1", "line": [1, 2, 3]})
    cities = pd.Index(["St._Louis", "Washington,_D.C.", "Washington,_D.C", "Lyon"])
    found = match_cities(rows, cities)
    assert found["city_id"].to_list()[:2] == ["St._Louis", "Washington,_D.C."]
    assert found["is_near"].to_list() == [True, True, False]
    assert pd.isna(found["city_id"][2])


def test_an_exact_name_is_never_given_to_another_city():
    rows = pd.DataFrame({"city_id": ["St_Albans"], "value": "1", "line": [1]})
    found = match_cities(rows, pd.Index(["St._Albans", "St_Albans"]))
    assert found["city_id"].to_list() == ["St_Albans"]


def test_attributes_are_joined_and_faults_listed(tmp_path):
    files = {
        "country": "0\tRye,_NY\tUSA\n1\tLyon\tGallia\n",
        "latitude": "0\tRye,_NY\t40.98\n1\tRye,_NY\t41\n2\tNowhere\t1\n3\tLyon\t99\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    places, listed = describe_nodes(
        pd.Index(["Rye,_NY", "Lyon"]), {name: read_attribute(tmp_path / name) for name in files}
    )
    assert places["name"].to_list() == ["Rye, NY", "Lyon"]
    assert places["country_code"].to_list() == ["US", pd.NA]
    assert places["latitude"].to_list() == [40.98, pd.NA]
    assert places["longitude"].isna().all()
    assert listed.to_numpy().tolist() == [
        ["country", 2, "Lyon: Gallia", "unreadable"],
        ["latitude", 3, "Nowhere: 1", "no_city"],
        ["latitude", 2, "Rye,_NY: 41", "repeated"],
        ["latitude", 4, "Lyon: 99", "unreadable"],
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Deutschland", "DE"),
        ("USA", "US"),
        ("The Netherlands", "NL"),
        ("Niederlande", "NL"),
        ("Tschechische Republik", "CZ"),
        ("Côte dIvoire", "CI"),
        ("St Kitts and Nevis", "KN"),
        ("Türkei", "TR"),
        ("Turkey", "TR"),
        ("Burma", "MM"),
        ("Congo", "CG"),
        ("Democratic Republic of the Congo", "CD"),
        ("Georgia", "GE"),
        ("Großbritannien", "GB"),
        ("Nordirland", None),
        ("Sahara", None),
        ("", None),
    ],
)
def test_country_names_of_both_languages(name, code):
    assert find_country_code(name) == code
