"""Importing a foreign register: what is written, what is never overwritten, and what hostile files get."""

import io
import json
import os
import sqlite3
import zipfile
from pathlib import Path

import frictionless
import openpyxl
import pytest
from imports.foreign.exhibits import MUSEUM, bring, read_rows

from analysis.imports.foreign.borders import measure_outside
from analysis.imports.foreign.bring import Origin, bring_register
from analysis.imports.foreign.edge_lists import read_edges
from analysis.imports.foreign.entities import read_entities
from analysis.imports.foreign.geo import read_geo
from analysis.imports.foreign.rgre import read_rgre
from analysis.imports.foreign.statements import Reading, list_rows
from analysis.imports.foreign.wikidata import read_wikidata
from analysis.problems import DataError
from analysis.tables import read_register

HEAD = "municipality,partnergemeinde,land,seit,form,latitude,longitude,partner_latitude,partner_longitude\n"
LYON = "Leipzig,Lyon,Frankreich,1981,p,51.34,12.37,45.76,4.83\n"
TURIN = "Leipzig,Turin,Italien,1990,p,51.34,12.37,,\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("rgre.csv").write_text(HEAD + LYON, encoding="utf-8")
    return tmp_path


def read_all(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def find_problem(*arguments, **options):
    with pytest.raises(DataError) as error:
        bring(*arguments, **options)
    [problem] = error.value.problems
    return problem


def test_the_register_is_a_valid_data_package_that_names_source_and_licence(here):
    origin = Origin("rgre", "Liste", "RGRE", "https://example.org/list", "cc-by-4.0", "2023-06-30")
    bring_register(Path("rgre.csv"), Path("r"), origin, read_rgre)
    report = frictionless.validate("r/datapackage.json")
    assert report.valid, report.flatten(["title", "message"])
    package = json.loads(Path("r/datapackage.json").read_text("utf-8"))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["sources"] == [{"title": "Liste", "path": "https://example.org/list"}]
    [source] = read_rows(Path("r/sources.csv"))
    assert (source["title"], source["publisher"], source["date"]) == ("Liste", "RGRE", "2023-06-30")
    assert source["note"].startswith(
        "Licence: Creative Commons Attribution 4.0, https://creativecommons.org/"
    )


def test_wikidata_brings_its_own_licence_and_other_sources_say_that_none_is_stated(here):
    bring(MUSEUM / "wikidata-short.json", Path("w"))
    bring(Path("rgre.csv"), Path("r"))
    assert json.loads(Path("w/datapackage.json").read_text("utf-8"))["licenses"][0]["name"] == "CC0-1.0"
    assert "licenses" not in json.loads(Path("r/datapackage.json").read_text("utf-8"))
    assert read_rows(Path("r/sources.csv"))[0]["note"].startswith("Licence: not stated. State of 2023-06-30.")


def test_a_network_is_a_valid_data_package_too(here):
    bring(MUSEUM / "edges-tab.tsv", Path("n"))
    assert frictionless.validate("n/datapackage.json").valid
    assert json.loads(Path("n/datapackage.json").read_text("utf-8"))["is_network"] is True


def test_incomplete_places_are_kept_for_the_network_or_listed_on_demand(here):
    Path("rgre.csv").write_text(HEAD + LYON + TURIN, encoding="utf-8")
    assert bring(Path("rgre.csv"), Path("all")).counts["incomplete"] == 1
    done = bring(Path("rgre.csv"), Path("some"), only_complete=True)
    assert (done.counts["accepted"], done.counts["listed"], done.counts["incomplete"]) == (1, 1, 0)
    assert len(read_register("some")["partnerships"]) == 1
    [row] = [row for row in read_rows(Path("some/imports/import-report.csv")) if row["outcome"] == "listed"]
    assert (row["row"], row["reason"]) == ("3", "without country or coordinates")


def test_the_same_file_again_changes_no_byte(here):
    for _ in range(2):
        bring_register(Path("rgre.csv"), Path("r"), Origin("rgre"), read_rgre)
        written = read_all(Path("r"))
    state = json.loads(written["imports/register.json"])
    state |= {"as_of": "2020-02-02", "accessed_date": "2020-02-02"}
    Path("r/imports/register.json").write_text(json.dumps(state), encoding="utf-8")
    bring_register(Path("rgre.csv"), Path("r"), Origin("rgre"), read_rgre)  # on a later day
    assert read_rows(Path("r/sources.csv"))[0]["accessed_date"] == "2020-02-02"


def test_a_new_state_of_the_file_replaces_what_the_last_import_wrote(here):
    bring(Path("rgre.csv"), Path("r"))
    Path("r/editions.toml").write_text("# mine\n", encoding="utf-8")
    Path("rgre.csv").write_text(HEAD + LYON + TURIN, encoding="utf-8")
    bring(Path("rgre.csv"), Path("r"))
    assert len(read_rows(Path("r/partnerships.csv"))) == 2
    assert Path("r/editions.toml").read_text(encoding="utf-8") == "# mine\n"


def test_nothing_is_overwritten_that_no_import_made(here):
    bring(Path("rgre.csv"), Path("r"))
    with Path("r/cities.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    before = read_all(Path("r"))
    assert find_problem(Path("rgre.csv"), Path("r")) == (
        "r/cities.csv: was changed since the last import, allowed is what that wrote. "
        "Name another folder with --register."
    )
    assert read_all(Path("r")) == before
    Path("own").mkdir()
    Path("own/own.xlsx").write_bytes(b"")
    assert find_problem(Path("rgre.csv"), Path("own")) == (
        "own: holds 'own.xlsx' that no import of a register made, allowed for an import are new folders, as "
        "registers/NAME. Name another folder with --register."
    )
    assert find_problem(Path("rgre.csv"), Path("rgre.csv")).startswith("rgre.csv: is no folder, allowed")


def test_a_folder_in_place_of_a_table_is_not_overwritten(here):
    bring(Path("rgre.csv"), Path("r"))
    Path("r/cities.csv").unlink()
    Path("r/cities.csv").mkdir()
    assert find_problem(Path("rgre.csv"), Path("r")).startswith(
        "r/cities.csv: was changed since the last import"
    )


def test_names_of_files_in_latin_1_and_titles_with_control_characters_are_cleaned(here):
    path = Path(os.fsdecode("St\xe4dte\x7f\n.csv".encode("latin-1")))
    Path("rgre.csv").rename(path)
    bring(path, Path("r"), "rgre")
    assert read_rows(Path("r/sources.csv"))[0]["title"] == "St?dte .csv"
    origin = Origin("rgre", "A\x7fB\x00 \udce4", "\udcff", "", "CC\nBY 4.0")
    bring_register(path, Path("s"), origin, read_rgre)
    [source] = read_rows(Path("s/sources.csv"))
    assert (source["title"], source["publisher"]) == ("A B ?", "?")
    assert "Creative Commons Attribution 4.0" in source["note"]


def test_a_sourced_register_is_never_written(here):
    from analysis.home import find_home

    problem = find_problem(Path("rgre.csv"), find_home() / "data/leipzig")
    assert "is a sourced register, allowed for an import are new folders, as registers/NAME." in problem


def test_what_cannot_be_written_leaves_everything_as_it_was(here):
    bring(Path("rgre.csv"), Path("r"))
    Path("rgre.csv").write_text(HEAD + LYON + TURIN, encoding="utf-8")
    before = read_all(Path("r"))
    Path("r/partnerships.csv.part").mkdir()
    assert find_problem(Path("rgre.csv"), Path("r")).endswith("Close the file in Excel, or free the folder.")
    Path("r/partnerships.csv.part").rmdir()
    assert read_all(Path("r")) == before


def test_the_workbook_tells_people_what_to_do_in_their_language(here):
    Path("rgre.csv").write_text(HEAD + LYON + LYON, encoding="utf-8")
    bring(Path("rgre.csv"), Path("r"), language="de")
    book = openpyxl.load_workbook("r/imports/import-report.xlsx")
    first, second = ([[cell.value for cell in row] for row in sheet] for sheet in book)
    assert first[0][0] == "Import von rgre.csv"
    assert ["davon nicht übernommen (gelistet)", 1] in first
    assert second[0] == [
        "Ergebnis",
        "Zeile",
        "Spalte",
        "Wert",
        "Schlüssel",
        "Grund",
        "Was tun",
        "Partnerschaft",
    ]
    assert second[1][:6] == ["listed", 3, None, "Lyon", "double", "sagt dasselbe wie Zeile 2"]


def pack(path, name, content):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)


def test_a_zip_file_that_unpacks_beyond_the_limit_is_not_unpacked(here):
    pack("geo.zip", "bomb.shp", b"\0" * 1000)
    content = bytearray(Path("geo.zip").read_bytes())
    size = content.index(b"PK\x01\x02") + 24  # of the unpacked file, by the directory of the zip file
    content[size : size + 4] = (2**30 + 1).to_bytes(4, "little")
    Path("geo.zip").write_bytes(content)
    problem = find_problem(Path("geo.zip"), Path("r"), "geo")
    assert problem == "geo.zip: is too large when unpacked, allowed is 1 GB. Split the file."


def test_a_zip_file_in_a_zip_file_is_not_unpacked(here):
    inner = io.BytesIO()
    pack(inner, "a.shp", b"x")
    pack("geo.zip", "../../out.gpkg", inner.getvalue())
    assert "geo.zip: holds 0 data sets, allowed is one" in find_problem(Path("geo.zip"), Path("r"), "geo")
    assert not list(here.parent.glob("out.gpkg"))


def test_a_layer_that_computes_rows_without_end_is_not_read(here):
    with zipfile.ZipFile(MUSEUM / "geo-package.zip") as package:
        Path("geo.gpkg").write_bytes(package.read("net.gpkg"))
    assert len(read_geo(Path("geo.gpkg")).statements) == 2
    base = sqlite3.connect("geo.gpkg")
    endless = (
        "with recursive n(fid) as (select 1 union all select fid + 1 from n) select fid, null as geom from n"
    )
    base.execute("alter table lines rename to hidden")
    base.execute(f"create view lines as {endless}")
    base.commit()
    base.close()
    expected = (
        "geo.gpkg: has a layer 'lines' that is no table, allowed are tables. Export the layer as a table."
    )
    assert find_problem(Path("geo.gpkg"), Path("r"), "geo") == expected


def test_files_nested_too_deeply_are_refused(here):
    Path("deep.json").write_text("[" * 200_000, encoding="utf-8")
    expected = "deep.json: is nested too deeply, allowed is JSON in UTF-8. Download the file again."
    assert find_problem(Path("deep.json"), Path("r"), "wikidata") == expected
    assert find_problem(Path("deep.json"), Path("r"), "geo") == expected


@pytest.mark.parametrize("kind", ["rgre", "wikidata", "edges", "geo"])
def test_files_that_are_absent_or_too_large_are_refused(here, kind):
    assert "No such file" in find_problem(Path(f"{kind}.json"), Path("r"))
    for name, start in {"large.json": b"{", "large.graphml": b"<"}.items():
        with Path(name).open("wb") as file:
            file.write(start)
            file.truncate(501 * 1024**2)
        assert f"{name}: is larger than 500 MB, allowed is 500 MB. Split the" in find_problem(
            Path(name), Path("r"), kind
        )
    assert not Path("r").exists()


GOOD = {"mainsnak": {"datavalue": {"value": {"id": "Q2"}}}, "rank": "normal", "qualifiers": {"P580": 5}}


@pytest.mark.parametrize("claims", [{"P190": 5}, {"P190": [None, 7, {"mainsnak": []}, GOOD]}, {}])
def test_entities_of_any_shape_are_read_or_listed(claims):
    reading = Reading()
    far = {"mainsnak": {"datavalue": {"value": {"latitude": 10**400, "longitude": 1}}}, "rank": "normal"}
    partner = {"id": "Q2", "labels": ["x"], "claims": {"P625": [far]}}
    read_entities({"Q1": {"id": "Q1", "labels": 7, "claims": claims}, "Q2": partner}, reading)
    assert len(list_rows(reading.findings)) + len(reading.statements) == reading.read
    assert [each.partner.location for each in reading.statements] in ([], [None])


def test_coordinates_decide_between_the_orders_that_the_user_names(here):
    lonlat = read_geo(MUSEUM / "geo-undecided.geojson", "lonlat").statements[0]
    latlon = read_geo(MUSEUM / "geo-undecided.geojson", "latlon").statements[0]
    assert lonlat.home.location == (51.34, 12.37)
    assert latlon.home.location == (12.37, 51.34)


def test_islands_that_the_outlines_lack_keep_their_coordinates(here):
    assert 50 < measure_outside((36.14, 29.58), "GR") < 300  # Kastelorizo
    Path("edges.csv").write_text("home,partner\nPerth,Kastelorizo\n", encoding="utf-8")
    Path("nodes.csv").write_text("id,country,lat,lon\nKastelorizo,Greece,36.14,29.58\n", encoding="utf-8")
    bring_register(
        Path("edges.csv"), Path("r"), Origin("edges"), lambda path: read_edges(path, Path("nodes.csv"))
    )
    [row] = [row for row in read_rows(Path("r/cities.csv")) if row["name_en"] == "Kastelorizo"]
    assert (row["latitude"], row["longitude"]) == ("36.14", "29.58")


def test_results_of_two_unknown_columns_of_items_take_the_first_as_home(here):
    Path("q.csv").write_text("a,b\nQ1,Q2\n", encoding="utf-8")
    [statement] = read_wikidata(Path("q.csv")).statements
    assert (statement.home.wikidata_id, statement.partner.wikidata_id) == ("Q1", "Q2")


def test_degrees_are_never_written_with_an_exponent(here):
    Path("rgre.csv").write_text(
        HEAD + "Leipzig,Libreville,Gabun,1981,p,51.34,12.37,0.00001,9.45\n", encoding="utf-8"
    )
    bring(Path("rgre.csv"), Path("r"))
    assert {row["latitude"] for row in read_rows(Path("r/cities.csv"))} == {"51.34", "0.00001"}
    assert len(read_register("r")["cities"]) == 2


def test_a_shapefile_whose_projection_is_noise_gets_a_clear_message(here):
    with zipfile.ZipFile(MUSEUM / "geo-shapefile.zip") as whole, zipfile.ZipFile("geo.zip", "w") as broken:
        for name in whole.namelist():
            broken.writestr(name, b"PROJCS[\xab\xff" if name.endswith(".prj") else whole.read(name))
    problem = find_problem(Path("geo.zip"), Path("r"))
    assert problem.startswith(
        "geo.zip: is damaged or lacks a part, allowed are GeoJSON, GeoPackage and shapefile"
    )


def test_a_map_of_the_moon_is_no_map_of_partnerships(here):
    text = (MUSEUM / "geo-projected.geojson").read_text(encoding="utf-8")
    Path("geo.json").write_text(
        text.replace("urn:ogc:def:crs:EPSG::3857", "IAU_2015:30110"), encoding="utf-8"
    )
    assert find_problem(Path("geo.json"), Path("r")) == (
        "geo.json: has a system of coordinates that does not lead to degrees on Earth, allowed are those that do. "
        "Export it in EPSG:4326."
    )


def test_graphml_without_types_of_attributes_is_read(here):
    text = (MUSEUM / "edges-graph.graphml").read_text(encoding="utf-8").replace(' attr.type="double"', "")
    Path("edges.graphml").write_text(text, encoding="utf-8")
    assert bring(Path("edges.graphml"), Path("r")).counts["accepted"] == 3
    assert {row["latitude"] for row in read_rows(Path("r/cities.csv"))} == {"-31.95", "56.4", ""}
