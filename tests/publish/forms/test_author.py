"""Who answers for a report stands in the properties of every form."""

from dataclasses import replace

import docx
import openpyxl
import pikepdf
import pytest

from analysis.publish.document.blocks import Document, Paragraph, Plain
from analysis.publish.edition.editions import Edition
from analysis.publish.forms.formats import write_forms
from analysis.publish.forms.html import PageContext

OFFICE = "Stadt <Muster> & Umland"
REPORT = Document("Titel", "Kurz.", (Plain("Kurz."),), "de", (Paragraph((Plain("Satz."),)),), ())
CONTEXT = PageContext("now", "Ausgabe", "2026-11-01", "de", None, "index.de.html")


@pytest.mark.parametrize("author", [OFFICE, "twinning-analysis"])
def test_every_form_names_the_author(tmp_path, author):
    context = CONTEXT if author == "twinning-analysis" else replace(CONTEXT, author=author)
    write_forms(REPORT, context, tmp_path, "report", ("pdf", "docx", "xlsx", "html"))
    with pikepdf.open(tmp_path / "report.de.pdf") as pdf:
        assert pdf.docinfo["/Author"] == author
    found = docx.Document(str(tmp_path / "report.de.docx")).core_properties
    assert (found.author, found.last_modified_by) == (author, author)
    assert openpyxl.load_workbook(tmp_path / "report.de.xlsx").properties.creator == author
    shown = author.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    html = (tmp_path / "report.de.html").read_text(encoding="utf-8")
    assert f'<meta name="author" content="{shown}">' in html


@pytest.mark.parametrize(
    ("german", "english", "expected"),
    [
        ("Stadt", "City", ("Stadt", "City")),
        ("Stadt", "", ("Stadt", "Stadt")),
        ("", "City", ("City", "City")),
        ("", "", ("", "")),
    ],
)
def test_an_edition_names_its_publisher_in_the_other_language_if_need_be(tmp_path, german, english, expected):
    edition = Edition("now", "Jetzt", "Now", tmp_path, None, (), publisher_de=german, publisher_en=english)
    assert tuple(edition.publisher(language) for language in ("de", "en")) == expected
