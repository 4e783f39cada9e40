"""No row of a file is lost: several documents, several records of one item, several data sets in a zip file."""

import json
import zipfile
from pathlib import Path

import pytest
from imports.foreign.exhibits import bring

from analysis.imports.foreign.geo import read_geo
from analysis.imports.foreign.wikidata import read_wikidata
from analysis.problems import DataError


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(*documents):
    Path("w.json").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    reading = read_wikidata(Path("w.json"))
    assert reading.read == len(reading.statements)
    return [(each.home.wikidata_id, each.partner.wikidata_id) for each in reading.statements]


def result(*pairs):
    bindings = [
        {name: {"value": item} for name, item in zip(("item", "partner"), p, strict=True)} for p in pairs
    ]
    return {"results": {"bindings": bindings}}


def entity(item, *partners):
    claims = [{"rank": "normal", "mainsnak": {"datavalue": {"value": {"id": each}}}} for each in partners]
    return {"id": item, "labels": {"en": {"value": f"Town {item}"}}, "claims": {"P190": claims}}


def test_results_of_all_documents_are_read(here):
    pages = result(("Q1", "Q2")), result(), result(("Q3", "Q4"), ("Q5", "Q6"))
    assert read(*pages) == [("Q1", "Q2"), ("Q3", "Q4"), ("Q5", "Q6")]
    flat = [[{"item": f"Q{n}", "partner": f"Q{n + 1}"}] for n in (1, 3)]
    assert read(*flat) == [("Q1", "Q2"), ("Q3", "Q4")]


def test_results_beside_other_json_are_refused(here):
    with pytest.raises(DataError, match="w.json: is other JSON, allowed are results of a query"):
        read(result(("Q1", "Q2")), {"error": "timeout"})


def test_statements_of_all_records_of_an_item_are_read(here):
    assert read(entity("Q1", "Q2"), entity("Q2", "Q1"), entity("Q1", "Q3")) == [
        ("Q1", "Q2"),
        ("Q1", "Q3"),
        ("Q2", "Q1"),
    ]


def test_an_item_without_claims_keeps_its_label(here):
    documents = entity("Q1", "Q2"), {**entity("Q2"), "claims": []}
    assert read(*documents) == [("Q1", "Q2")]
    assert read_wikidata(Path("w.json")).statements[0].partner.name == "Town Q2"


def test_a_zip_file_with_two_data_sets_of_one_name_is_refused(here):
    with zipfile.ZipFile("geo.zip", "w") as package:
        for year in ("2019", "2024"):
            package.writestr(f"{year}/lines.geojson", "{}")
    with pytest.raises(DataError, match="geo.zip: holds 2 data sets, allowed is one"):
        read_geo(Path("geo.zip"))


def test_what_lies_in_another_folder_of_a_zip_file_replaces_no_part(here):
    ends = {"type": "LineString", "coordinates": [[12.4, 51.3], [-95.4, 29.8]]}
    line = {"type": "Feature", "properties": {"home": "Leipzig", "partner": "Houston"}, "geometry": ends}
    with zipfile.ZipFile("geo.zip", "w") as package:
        package.writestr("net.geojson", json.dumps({"type": "FeatureCollection", "features": [line]}))
        package.writestr("old/net.prj", "noise")
    assert bring(Path("geo.zip"), Path("r")).counts["accepted"] == 1
