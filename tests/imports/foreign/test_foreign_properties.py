"""Foreign registers that nobody thought of: no row is lost, and neither their order nor the direction of links matters."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.home import find_home
from analysis.imports.foreign.edge_lists import read_edges
from analysis.imports.foreign.geo import read_geo
from analysis.imports.foreign.licences import Source
from analysis.imports.foreign.making import make_register
from analysis.imports.foreign.rgre import read_rgre
from analysis.imports.foreign.statements import list_rows
from analysis.imports.foreign.wikidata import read_wikidata
from analysis.problems import DataError
from analysis.tables.register import read_schemas

SCHEMAS = read_schemas(find_home() / "data/schema")
SOURCE = Source("import-test", "Test", "Tests", "", "", "2023-06-30", "2023-07-01")
USUAL = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

RGRE = {
    "municipality": ["Neustadt", "Hof", "NEUSTADT", "Berlin-Mitte", "Landkreis Hof", "", "=1"],
    "bundesland": ["Bayern", "Sachsen", ""],
    "latitude": ["50.3", "54.1", ""],
    "longitude": ["11.1", "10.8", "x"],
    "partnergemeinde": ["Perth", "Rye", "Neustadt", "Hof", "???", ""],
    "land": ["Großbritannien", "England", "Australien", "Deutschland", "DDR", ""],
    "seit": ["1970", "1990", "2000", "3.10.1990", "2031", "um 1970", ""],
    "form": ["p", "f", "k", "", "?"],
    "partner_latitude": ["56.4", "-31.95", "50.3", "", "999"],
    "partner_longitude": ["-3.43", "115.86", "11.1", ""],
}
WIKIDATA = {
    "item": ["Q1", "Q2", "Q3", "t5", ""],
    "itemLabel": ["Eins", "One", "Q1", ""],
    "itemCoord": ["Point(11.1 50.3)", "Point(11.2 50.3)", "Point(-3.43 56.4)", ""],
    "itemPop": ["5", "6", ""],
    "partner": ["Q1", "Q2", "Q3", "Q1"],
    "partnerLabel": ["Eins", "Zwei"],
    "start": ["1970-01-01T00:00:00Z", "1990-05-03T00:00:00Z", "t7", ""],
    "end": ["1980-06-07T00:00:00Z", "t8", "", ""],
}


def tables(columns, smallest=1):
    row = st.tuples(*map(st.sampled_from, columns.values()))
    return st.lists(row, min_size=smallest, max_size=9)


def write(path, columns, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([list(columns), *rows])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def make(reading):
    return make_register(reading, SOURCE, SCHEMAS, only_complete=False)


def check_rows(reading, made, lines):
    """Every row is accepted or listed, never both."""
    listed = list_rows(reading.findings)
    assert made.counts["read"] == made.counts["accepted"] + made.counts["listed"] == len(lines)
    assert set(made.keys) | listed == set(lines)
    assert not set(made.keys) & listed


@given(tables(RGRE), st.randoms(use_true_random=False))
@USUAL
def test_rgre_rows_are_never_lost_and_their_order_makes_no_difference(tmp_path, rows, chance):
    reading = read_rgre(write(tmp_path / "a.csv", RGRE, rows))
    made = make(reading)
    check_rows(reading, made, [line for line, row in enumerate(rows, start=2) if any(row)])
    shuffled = chance.sample(rows, len(rows))
    again = make(read_rgre(write(tmp_path / "b.csv", RGRE, shuffled)))
    assert again.tables == made.tables
    assert again.counts == made.counts


@given(tables(WIKIDATA), st.randoms(use_true_random=False))
@USUAL
def test_wikidata_rows_are_never_lost_and_their_order_makes_no_difference(tmp_path, rows, chance):
    rows = [("Q1", "Eins", "", "", "Q2", "Zwei", "", ""), *[row for row in rows if row[0].startswith("Q")]]
    reading = read_wikidata(write(tmp_path / "a.csv", WIKIDATA, rows))
    made = make(reading)
    check_rows(reading, made, range(2, len(rows) + 2))
    again = make(read_wikidata(write(tmp_path / "b.csv", WIKIDATA, chance.sample(rows, len(rows)))))
    assert again.tables == made.tables
    assert again.counts == made.counts


@given(
    st.lists(st.tuples(*[st.sampled_from(["A", "B", "St. C", "D", ""])] * 2), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
)
@settings(USUAL, max_examples=20)
def test_edges_are_never_lost_and_neither_order_nor_direction_make_a_difference(tmp_path, pairs, chance):
    pairs = [("X", "Y"), *[pair for pair in pairs if any(pair)]]
    reading = read_edges(write_edges(tmp_path / "a.tsv", pairs))
    made = make(reading)
    check_rows(reading, made, range(1, len(pairs) + 1))
    again = make(read_edges(write_edges(tmp_path / "b.tsv", chance.sample(pairs, len(pairs)))))
    assert (again.tables, again.counts) == (made.tables, made.counts)
    turned = make(read_edges(write_edges(tmp_path / "c.tsv", [pair[::-1] for pair in pairs])))
    assert turned.counts == made.counts
    some = [pair[:: chance.choice([1, -1])] for pair in pairs]
    mixed = make(read_edges(write_edges(tmp_path / "d.tsv", some)))
    for other in (turned, mixed):
        assert other.tables["cities.csv"] == made.tables["cities.csv"]
        assert read_links(other) == read_links(made)


def write_edges(path, pairs):
    path.write_text("".join(f"{home}\t{partner}\n" for home, partner in pairs), encoding="utf-8")
    return path


def read_links(made):
    """The links without direction."""
    rows = csv.DictReader(io.StringIO(made.tables["partnerships.csv"].decode()))
    return {frozenset((row["home_city_id"], row["partner_city_id"])) for row in rows}


@pytest.mark.parametrize("read", [read_rgre, read_wikidata, read_edges])
def test_places_keep_their_ids_when_rows_are_added(tmp_path, read):
    """So that what refers to a place by its id holds after the next import."""
    heads = {
        read_rgre: "municipality,partnergemeinde,land",
        read_wikidata: "item,partner,x",
        read_edges: "home,partner,x",
    }
    first = ["Q1,Q2,Polen", "Q2,Q3,Polen"]
    ids = []
    for lines in (first, ["Q4,Q5,Polen", *first]):
        path = tmp_path / "rows.csv"
        path.write_text("\n".join([heads[read], *lines]) + "\n", encoding="utf-8")
        rows = csv.DictReader(io.StringIO(make(read(path)).tables["cities.csv"].decode()))
        ids.append({row["city_id"] for row in rows})
    assert ids[0] < ids[1]


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"{", b"[", b"PK\x03\x04", b"\xef\xbb\xbf[{", b"\xff\xfe", b"SQLite format 3\x00"]),
    st.sampled_from(["rgre", "wikidata", "edges", "graphml", "geo"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_bytes_get_clear_messages(tmp_path, content, start, kind):
    readers = {
        "rgre": read_rgre,
        "wikidata": read_wikidata,
        "edges": read_edges,
        "graphml": read_edges,
        "geo": read_geo,
    }
    path = tmp_path / f"file.{kind}"
    path.write_bytes(start + content)
    problems = find_problems(readers[kind], path)
    assert len(problems) <= 1
    assert all(path.name in problem for problem in problems)


def find_problems(read, path):
    """The problems of a file; none where it can be read, and then no row is lost."""
    try:
        reading = read(path)
    except DataError as error:
        return error.problems
    made = make(reading)
    assert made.counts["read"] == made.counts["accepted"] + made.counts["listed"]
    return []
