"""Workbooks: read back with openpyxl, opened with LibreOffice, and packed the same twice."""

import csv
import datetime
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from analysis.publish.document.blocks import Cell, Citation, Column, Document, Figure, Plain, Source, Table
from analysis.publish.forms.html import PageContext
from analysis.publish.forms.workbook import write_workbook

COLUMNS = (
    Column("name", "Stadt", "text", "left"),
    Column("distance_km", "Entfernung", "number", "right", "km"),
    Column("active_share", "Anteil aktiv", "share", "right"),
    Column("first_year", "Jahr", "year", "left"),
    Column("signed_date", "Vertrag", "date", "left"),
    Column("is_open", "offen", "boolean", "left"),
    Column("source_id", "Quelle", "source", "left"),
)
SEED, PAPER = Citation("seed", 1), Citation("paper", 2)
ROWS = (
    (
        Cell("Kiew", "Kiew", link="report:partner/kyiv"),
        Cell("1.278", 1278.25),
        Cell("62 %", 0.618),
        Cell("1961", 1961),
        Cell("23. November 1973", "1973-11-23"),
        Cell("ja", True),
        Cell("", "seed", citations=(SEED,)),
    ),
    (
        Cell("Lyon", "Lyon"),
        Cell("k. A."),
        Cell("0 %", 0),
        Cell("k. A."),
        Cell("September 1973", "1973-09"),
        Cell("nein", False),
        Cell("", "seed;paper", citations=(SEED, PAPER)),
    ),
    (
        Cell("Brünn", "Brünn", link="https://example.org/?a=1&b=2"),
        Cell("385", 385),
        Cell("k. A."),
        Cell("1899", 1899),
        Cell("1. März 1899", "1899-03-01"),
        Cell("k. A."),
        Cell("k. A."),
    ),
)
TABLE = Table(
    1, "table-1", "Tabelle 1", (Plain("Alle Beziehungen"),), COLUMNS, ROWS, note=(Plain("Luftlinie"),)
)
SOURCES = (
    Source(1, "seed", "Evaluation 2020", "Stadt Leipzig", "14. Oktober 2020", "https://www.leipzig.de/", ""),
    Source(2, "paper", "Zeitung", "LVZ", "", "javascript:alert(1)", "20. November 2026"),
)
CONTEXT = PageContext(
    edition="e",
    edition_title="Evaluation & Ausgabe",
    as_of="2026-11-01",
    language="de",
    other_language_href=None,
    index_href="index.de.html",
    reports=frozenset({"evaluation", "partner/kyiv"}),
)
HOSTILE = [
    '=HYPERLINK("http://x")',
    "=1+1",
    "+49 341 1",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "{=1}",
    "http://x.de/",
    "007",
    '#read("/etc/passwd") $x$ *b* _ @ref \\u{0}',
    "</w:t></t><script>&amp;",
    "_x0041_",
    "'Zitat",
    "\u200fעברית\u202eab",
    "👩‍👩‍👧 " * 9,
    "1e5",
    "TRUE",
    "#REF!",
]


def columns(*names):
    return tuple(Column(name, name, "text", "left") for name in names)


def write(tmp_path, *blocks, sources=SOURCES, context=CONTEXT, title="Der Titel"):
    document = Document(title, "Kurz gesagt.", (Plain("Kurz gesagt."),), context.language, blocks, sources)
    path = tmp_path / "report.xlsx"
    write_workbook(document, context, path)
    return path


@pytest.fixture
def book(tmp_path):
    return openpyxl.load_workbook(write(tmp_path, TABLE))


def figure(number=1, label="Abbildung 1"):
    caption = (Plain("Eine Karte"),)
    data = replace(TABLE, number=None, id=f"figure-{number}-data", label="", caption=caption, note=())
    return Figure(number, f"figure-{number}", label, caption, "Karte", "<svg/>", 1, 1, data)


def test_every_table_and_the_data_of_every_figure_have_a_sheet(tmp_path):
    book = openpyxl.load_workbook(write(tmp_path, TABLE, figure()))
    assert book.sheetnames == ["Inhalt", "Tabelle 1", "Abbildung 1 Daten", "Quellen"]
    assert book["Abbildung 1 Daten"]["A1"].value == "Abbildung 1 Daten: Eine Karte"
    english = replace(CONTEXT, language="en")
    path = write(tmp_path, replace(TABLE, label="Table 1"), figure(label="Figure 1"), context=english)
    assert openpyxl.load_workbook(path).sheetnames == ["Contents", "Table 1", "Figure 1 data", "Sources"]


def test_values_are_numbers_days_and_texts(book):
    sheet = book["Tabelle 1"]
    assert sheet["A1"].value == "Tabelle 1: Alle Beziehungen"
    assert sheet["A2"].value == "Leere Zelle: keine Angabe gefunden, nicht null. Luftlinie."
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert rows[0] == (
        "Stadt",
        "Entfernung (km)",
        "Anteil aktiv",
        "Jahr",
        "Vertrag",
        "offen",
        "Quelle",
    )
    day = datetime.datetime(1973, 11, 23)
    assert rows[1] == ("Kiew", 1278.25, 0.618, 1961, day, "ja", "[1]")
    assert rows[2] == ("Lyon", None, 0, None, "1973-09", "nein", "[1] [2]")
    assert rows[3] == ("Brünn", 385, None, 1899, "1899-03-01", None, None)
    assert [cell.number_format for cell in sheet[5]][1:5] == ["#,##0", "0 %", "0", "dd.mm.yyyy"]


def test_links_lead_to_other_workbooks_the_web_and_the_sources(book):
    sheet = book["Tabelle 1"]
    links = {cell.coordinate: cell.hyperlink for row in sheet for cell in row if cell.hyperlink}
    assert links["A3"].location == "'Inhalt'!A1"
    assert links["A5"].target == "partner/kyiv.de.xlsx"
    assert links["A7"].target == "https://example.org/?a=1&b=2"
    assert links["G5"].location == "'Quellen'!A5"
    assert book["Quellen"]["A5"].value == 1
    assert book["Quellen"]["B5"].value == "Evaluation 2020"
    assert book["Quellen"]["E5"].hyperlink.target == "https://www.leipzig.de/"
    assert book["Quellen"]["E6"].hyperlink is None


def test_a_report_in_a_folder_links_up(tmp_path):
    context = replace(CONTEXT, depth=1)
    sheet = openpyxl.load_workbook(write(tmp_path, TABLE, context=context))["Tabelle 1"]
    assert sheet["A5"].hyperlink.target == "../partner/kyiv.de.xlsx"
    alone = replace(CONTEXT, reports=frozenset())
    assert openpyxl.load_workbook(write(tmp_path, TABLE, context=alone))["Tabelle 1"]["A5"].hyperlink is None


def test_rows_are_a_table_with_a_filter_below_frozen_heads(book):
    for name, area in (("Tabelle 1", "A4:G7"), ("Quellen", "A4:G6")):
        sheet = book[name]
        (table,) = sheet.tables.values()
        assert (table.ref, table.autoFilter.ref) == (area, area)
        assert sheet.freeze_panes == "B5"
        assert sheet.print_title_rows == "$4:$4"
    assert book["Tabelle 1"].column_dimensions["A"].width >= 9


def test_the_first_sheet_says_what_this_is_and_lists_the_others(book):
    sheet = book["Inhalt"]
    assert sheet["A1"].value == "Der Titel"
    lines = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2) if row[0].value}
    assert lines["In Kürze"] == "Kurz gesagt."
    assert lines["Ausgabe"] == "Evaluation & Ausgabe"
    assert lines["Stand"].replace("\u00a0", " ") == "1. November 2026"
    assert lines["Sprache"] == "Deutsch"
    assert "in Zeile 4 die Namen der Spalten" in lines["Lesehilfe"]
    assert (lines["Tabelle 1"], lines["Quellen"]) == ("Alle Beziehungen", "Zitierte Quellen")
    links = {cell.value: cell.hyperlink.location for (cell,) in sheet["A1:A30"] if cell.hyperlink}
    assert links == {"Tabelle 1": "'Tabelle 1'!A1", "Quellen": "'Quellen'!A1"}


def test_a_draft_says_so(tmp_path):
    context = replace(CONTEXT, is_draft=True, paper_number="VII-Ifo-1")
    book = openpyxl.load_workbook(write(tmp_path, TABLE, context=context))
    texts = [cell.value for row in book["Inhalt"] for cell in row]
    assert "Entwurf" in texts
    assert "VII-Ifo-1" in texts
    assert book.properties.contentStatus == "Entwurf"


def test_properties_name_title_language_and_the_day_of_the_edition(book):
    found = book.properties
    assert (found.title, found.subject, found.creator) == (
        "Der Titel",
        "Evaluation & Ausgabe",
        "twinning-analysis",
    )
    assert found.language == "de-DE"
    assert found.created == found.modified == datetime.datetime(2026, 11, 1)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(tmp_path, text):
    table = replace(
        TABLE,
        columns=columns("name", "x"),
        rows=((Cell(text, text), Cell("a", "a")),),
        caption=(Plain(text),),
    )
    source = replace(SOURCES[0], title=text, url=text)
    path = write(tmp_path, table, sources=(source,), title=text)
    book = openpyxl.load_workbook(path)
    cell = book["Tabelle 1"]["A5"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))
    assert book["Tabelle 1"]["A1"].value == f"Tabelle 1: {text}"
    assert book["Quellen"]["B5"].value == text
    assert not any("<f>" in part or "<f " in part for part in read_parts(path).values())


def read_parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_text_too_long_for_a_cell_is_cut_and_says_so(tmp_path):
    table = replace(
        TABLE, columns=columns("name"), rows=((Cell("x" * 40_000, "x"),), (Cell("😀" * 20_000, "x"),))
    )
    sheet = openpyxl.load_workbook(write(tmp_path, table))["Tabelle 1"]
    assert sheet["A5"].value == "x" * 32_766 + "…"
    assert sheet["A6"].value == "😀" * 16_383 + "…"


def test_equal_titles_of_columns_are_told_apart(tmp_path):
    twice = (*columns("a"), replace(columns("b")[0], title="A"), replace(columns("c")[0], title="  "))
    table = replace(TABLE, columns=twice, rows=((Cell("1", "1"), Cell("2", "2"), Cell("3", "3")),))
    sheet = openpyxl.load_workbook(write(tmp_path, table))["Tabelle 1"]
    assert [cell.value for cell in sheet[4]] == ["a", "A (2)", "–"]


def test_a_table_without_rows_says_so(tmp_path):
    sheet = openpyxl.load_workbook(write(tmp_path, replace(TABLE, rows=())))["Tabelle 1"]
    assert sheet["A5"].value == "keine Einträge"


def test_a_report_without_tables_has_a_sheet_of_contents(tmp_path):
    assert openpyxl.load_workbook(write(tmp_path, sources=())).sheetnames == ["Inhalt"]


def test_equal_reports_are_equal_bytes(tmp_path):
    first = write(tmp_path, TABLE, figure()).read_bytes()
    assert write(tmp_path, TABLE, figure()).read_bytes() == first
    with zipfile.ZipFile(tmp_path / "report.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(
    not shutil.which("soffice") and not os.environ.get("CI"), reason="LibreOffice is not installed"
)
def test_libreoffice_reads_the_same_values(tmp_path):
    path = write(tmp_path, TABLE)
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        every_sheet,
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with (tmp_path / "report-Tabelle 1.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][0] == "Tabelle 1: Alle Beziehungen"
    assert rows[4][:4] == ["Kiew", "1278.25", "61.8%", "1961"]
    assert rows[5] == ["Lyon", "", "0%", "", "1973-09", "nein", "[1] [2]"]
