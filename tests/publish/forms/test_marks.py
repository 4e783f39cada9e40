"""A mark ("Fiktive Daten") stands in title, head and metadata of every form, and of the index."""

import json
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pikepdf
import pytest
from pdf_examples import printed_text

from analysis.publish.document.blocks import Cell, Column, Document, Heading, Paragraph, Plain, Table
from analysis.publish.document.marks import add_mark
from analysis.publish.forms.formats import write_forms
from analysis.publish.forms.html import IndexEntry, PageContext, write_index

MARK = "Fiktive Daten"
TITLE = "Titel (fiktive Daten)"
COLUMN = Column("name", "Stadt", "text", "left")
TABLE = Table(1, "table-1", "Tabelle 1", (Plain("Alle"),), (COLUMN,), ((Cell("Kiew", "Kiew"),),))
BLOCKS = (Heading(2, "s-a", (Plain("Kapitel"),)), TABLE, *[Paragraph((Plain("Satz. " * 120),))] * 8)
REPORT = Document(TITLE, "Kurz.", (Plain("Kurz."),), "de", BLOCKS, (), MARK)
CONTEXT = PageContext("now", "Ausgabe (fiktive Daten)", "2025-12-31", "de", None, "index.de.html", mark=MARK)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("marked")
    write_forms(REPORT, CONTEXT, folder, "report", ("pdf", "docx", "xlsx", "csv", "html"))
    return folder


@pytest.mark.parametrize(
    ("title", "mark", "shown"),
    [
        ("Titel", "Fiktive Daten", "Titel (fiktive Daten)"),
        ("Was nun?", "Fictional data", "Was nun? (fictional data)"),
        ("Bericht (fiktive Daten)", "Fiktive Daten", "Bericht (fiktive Daten)"),
        ("Titel", "", "Titel"),
    ],
)
def test_a_title_names_the_mark_once(title, mark, shown):
    assert add_mark(title, mark) == shown


def test_the_page_says_it_in_title_head_and_metadata(folder):
    html = (folder / "report.de.html").read_text(encoding="utf-8")
    assert f"<title>{TITLE} – Ausgabe (fiktive Daten)</title>" in html
    assert f'<meta name="keywords" content="{MARK}">' in html
    assert f'<p class="state"><strong class="draft">{MARK}</strong>' in html
    assert f"<h1>{TITLE}</h1>" in html


def test_the_index_says_it(tmp_path):
    context = replace(CONTEXT, reports=frozenset({"report"}))
    write_index([IndexEntry("report", TITLE, "Kurz.")], context, tmp_path / "index.html")
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<title>Ausgabe (fiktive Daten)</title>" in html
    assert "<h1>Ausgabe (fiktive Daten)</h1>" in html
    assert f'<strong class="draft">{MARK}</strong>' in html
    assert f'<meta name="keywords" content="{MARK}">' in html


def test_every_page_of_the_pdf_says_it(folder):
    pages = printed_text(folder / "report.de.pdf").split("\f")[:-1]
    assert len(pages) > 1
    assert all("FIKTIVE DATEN" in page for page in pages)
    with pikepdf.open(folder / "report.de.pdf") as pdf:
        assert pdf.docinfo["/Title"] == TITLE
        assert pdf.docinfo["/Keywords"] == MARK


def test_every_page_of_the_word_file_says_it(folder):
    file = docx.Document(str(folder / "report.de.docx"))
    section = file.sections[0]
    assert section.first_page_header.paragraphs[0].text == MARK
    assert section.header.paragraphs[0].text.startswith(f"{MARK} · Ausgabe (fiktive Daten)")
    found = file.core_properties
    assert (found.title, found.keywords, found.subject) == (TITLE, MARK, "Ausgabe (fiktive Daten)")


def test_the_workbook_says_it_on_every_printed_sheet(folder):
    book = openpyxl.load_workbook(folder / "report.de.xlsx")
    assert (book.properties.title, book.properties.keywords) == (TITLE, MARK)
    assert book.worksheets[0]["A1"].value == TITLE
    with zipfile.ZipFile(folder / "report.de.xlsx") as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    assert all(MARK.encode() in sheet.partition(b"<oddFooter>")[2] for sheet in sheets)


def test_the_data_package_says_it(folder):
    package = json.loads((folder / "data/report.de/datapackage.json").read_text(encoding="utf-8"))
    assert (package["title"], package["keywords"]) == (TITLE, [MARK])
