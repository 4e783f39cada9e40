"""CSV files with their description: read back with frictionless, which knows nothing of this project."""

import csv
import json
from dataclasses import replace

import pytest
from frictionless import Package, system

from analysis.publish.document.blocks import Cell, Column, Document, Figure, Plain, Source, Table
from analysis.publish.forms.datapackage import write_data_package
from analysis.publish.forms.html import PageContext

COLUMNS = (
    Column("name", "Stadt", "text", "left"),
    Column("distance_km", "Entfernung (km)", "number", "right", "km"),
    Column("count", "Anzahl", "number", "right"),
    Column("active_share", "Anteil", "share", "right"),
    Column("first_year", "Jahr", "year", "left"),
    Column("start_date", "Beginn", "date", "left"),
    Column("end_date", "Ende", "date", "left"),
    Column("is_open", "offen", "boolean", "left"),
    Column("source_id", "Quelle", "source", "left"),
)
VALUES = (
    ("=1+1", 1278.5, 3, 0.5, 1961, "1973-11-23", "1973-09", True, "seed;paper"),
    ('Brünn, "Brno"', None, 0, None, None, "2026-11-01", None, False, None),
)
ROWS = tuple(tuple(Cell("…", value) for value in row) for row in VALUES)
TABLE = Table(1, "table-1", "Tabelle 1", (Plain("Alle"),), COLUMNS, ROWS)
FIGURE = Figure(1, "figure-1", "Abbildung 1", (Plain("Karte"),), "Karte", "<svg/>", 1, 1, TABLE)
SOURCE = Source(1, "seed", "Evaluation", "Stadt", "2020", "https://www.leipzig.de/", "")
CONTEXT = PageContext("now", "Ausgabe", "2026-11-01", "de", None, "index.de.html", depth=1)
UNSAFE = replace(SOURCE, number=2, url="javascript:x")


def write(tmp_path, *blocks, sources=(SOURCE, UNSAFE), context=CONTEXT):
    document = Document("Titel", "Kurz.", (Plain("Kurz."),), "de", blocks, sources)
    folder = tmp_path / "data" / "partner" / "kyiv.de"
    return write_data_package(document, context, folder), folder


def read(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def test_each_table_and_each_figure_is_a_file_that_frictionless_accepts(tmp_path):
    written, folder = write(tmp_path, TABLE, FIGURE)
    assert written
    assert sorted(path.name for path in folder.iterdir()) == [
        "datapackage.json",
        "figure-1.csv",
        "table-1.csv",
    ]
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["message"]) == []
    assert len(report.tasks) == 2


def test_frictionless_notices_a_file_that_was_changed(tmp_path):
    _, folder = write(tmp_path, TABLE)
    (folder / "table-1.csv").write_text("name\nx\n", encoding="utf-8")
    assert not Package(str(folder / "datapackage.json")).validate().valid


def test_values_stay_as_they_are_also_those_like_formulas(tmp_path):
    _, folder = write(tmp_path, TABLE)
    with (folder / "table-1.csv").open(encoding="utf-8", newline="") as file:
        head, first, second = csv.reader(file)
    assert head == [column.name for column in COLUMNS]
    assert first == ["=1+1", "1278.5", "3", "0.5", "1961", "1973-11-23", "1973-09", "true", "seed;paper"]
    assert second == ['Brünn, "Brno"', "", "0", "", "", "2026-11-01", "", "false", ""]
    assert "In Excel öffnet man die Arbeitsmappe" in read(folder)["description"]


def test_the_description_names_types_units_and_sources(tmp_path):
    _, folder = write(tmp_path, TABLE)
    package = read(folder)
    assert (package["name"], package["title"]) == ("now-partner-kyiv-de", "Titel")
    assert (package["as_of"], package["language"]) == ("2026-11-01", "de")
    assert package["sources"] == [
        {"title": "Evaluation", "path": "https://www.leipzig.de/"},
        {"title": "Evaluation"},
    ]
    (resource,) = package["resources"]
    assert resource["title"] == "Tabelle 1: Alle"
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    types = {name: field["type"] for name, field in fields.items()}
    assert types == {
        "name": "string",
        "distance_km": "number",
        "count": "integer",
        "active_share": "number",
        "first_year": "integer",
        "start_date": "date",
        "end_date": "string",
        "is_open": "boolean",
        "source_id": "string",
    }
    assert fields["distance_km"]["unit"] == "km"
    assert fields["end_date"]["description"] == "EDTF"
    assert fields["name"]["title"] == "Stadt"


def test_a_column_of_mixed_values_is_text(tmp_path):
    table = replace(
        TABLE, columns=COLUMNS[:1], rows=((Cell("1", 1),), (Cell("ja", True),), (Cell("x", "x"),))
    )
    _, folder = write(tmp_path, table)
    assert read(folder)["resources"][0]["schema"]["fields"][0]["type"] == "string"
    assert (folder / "table-1.csv").read_text(encoding="utf-8") == "name\n1\ntrue\nx\n"


def test_equal_reports_are_equal_bytes(tmp_path):
    (_, one), (_, two) = (write(tmp_path / name, TABLE, FIGURE) for name in ("one", "two"))
    for name in ("datapackage.json", "table-1.csv"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


@pytest.mark.parametrize("sources", [(), (SOURCE,)])
def test_a_report_without_data_has_no_package(tmp_path, sources):
    written, folder = write(tmp_path, sources=sources)
    assert not written
    assert not folder.exists()


def test_the_licence_of_the_data_goes_with_them(tmp_path):
    licence = ("CC0-1.0", "Public domain", "https://creativecommons.org/publicdomain/zero/1.0/")
    _, folder = write(tmp_path, TABLE, context=replace(CONTEXT, licence=licence))
    assert read(folder)["licenses"] == [dict(zip(("name", "title", "path"), licence, strict=True))]


@pytest.mark.parametrize("code", ["other", "CC BY 4.0"])
def test_a_licence_may_have_a_title_only(tmp_path, code):
    _, folder = write(tmp_path, TABLE, context=replace(CONTEXT, licence=(code, "CC BY 4.0", "")))
    assert read(folder)["licenses"] == [{"name": "other", "title": "CC BY 4.0"}]


def test_data_without_a_licence_name_none(tmp_path):
    _, folder = write(tmp_path, TABLE)
    assert "licenses" not in read(folder)
