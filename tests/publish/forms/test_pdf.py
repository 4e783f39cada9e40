"""The structure of a printed report, read back with pikepdf, checked with page-validation and qpdf."""

import subprocess

import page
import pikepdf
import pytest
from pdf_examples import as_list, elements, failures, scope, tool, write


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write(tmp_path_factory.mktemp("pdf"))


@pytest.fixture
def pdf(path):
    with pikepdf.open(path) as opened:
        yield opened


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_checker_finds_nothing(path, profile):
    assert page.validate_pdf(path, profile=profile).is_compliant
    assert failures(path, profile) == []


def test_qpdf_finds_nothing(path):
    result = subprocess.run([tool("qpdf"), "--check", path], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_headings_are_in_order(pdf):
    found = [str(one.S) for one in elements(pdf, "H1", "H2", "H3", "H4")]
    assert found == ["/H1", "/H2", "/H3", "/H2", "/H2"]


def test_each_figure_has_one_alternative_text(pdf):
    assert [str(one.Alt) for one in elements(pdf, "Figure")] == [
        "Drei Städte, Bild 1.",
        "Drei Städte, Bild 2.",
    ]


def test_headers_of_columns_and_rows_are_marked(pdf):
    rows = elements(pdf, "TR")
    kinds = [[str(cell.S) for cell in row.K] for row in rows]
    assert kinds == [["/TH"] * 3, ["/TH", "/TD", "/TD"], ["/TH", "/TD", "/TD"]]
    assert [scope(cell) for cell in rows[0].K] == [["/Column"]] * 3
    assert [scope(row.K[0]) for row in rows[1:]] == [["/Row"]] * 2
    assert not any("/Headers" in one for row in rows[1:] for cell in row.K for one in as_list(cell.get("/A")))


def test_languages_are_marked(pdf):
    assert str(pdf.Root.Lang) == "de-DE"
    within = [
        str(properties.Lang)
        for sheet in pdf.pages
        for (_, properties), operator in pikepdf.parse_content_stream(sheet, "BDC")
        if "/Lang" in properties
    ]
    assert [one for one in within if one != "de-DE"] == ["pl"]
    (row,) = [one for one in elements(pdf, "TR") if "/Lang" in one]
    assert [str(one.get("/Lang", "")) for one in (row, *row.K)] == ["en", "", "de-DE", "de-DE"]


def test_metadata_and_bookmarks(pdf):
    assert str(pdf.docinfo.Title) == "Was geben sie?"
    assert str(pdf.docinfo.Author) == "twinning-analysis"
    assert str(pdf.docinfo.Subject) == "Kurz gesagt."
    assert str(pdf.docinfo.CreationDate) == "D:20261101000000Z"
    with pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Was geben sie?"
        assert [(one.title, [child.title for child in one.children]) for one in title.children] == [
            ("Die Antwort", ["Im Einzelnen"]),
            ("Weiter", []),
            ("Quellen", []),
        ]


def test_data_are_attached(pdf):
    assert sorted(pdf.attachments) == ["figure-1.csv", "figure-2.csv", "table-1.csv"]
    assert pdf.attachments["table-1.csv"].get_file().read_bytes() == (
        b"name,active_share,source_id\nKiew,0.62,seed\nHouston,,\n"
    )
    assert pdf.attachments["figure-2.csv"].description == "Abbildung 2: Bild"


def test_citations_lead_to_the_source_and_the_source_into_the_web(pdf):
    links = [one for sheet in pdf.pages for one in sheet.get("/Annots", []) if one.Subtype == "/Link"]
    addresses = [str(one.A.URI) for one in links if "/A" in one and "/URI" in one.A]
    assert addresses == ["https://example.org/%C3%A4", "https://leipzig.de/?a=1&b=2"]
    inside = [one for one in links if "/Dest" in one or ("/A" in one and one.A.S == "/GoTo")]
    # lead, paragraph, caption and cell cite; three chapters and a section stand in the contents
    assert len(inside) == 4 + 4
    assert all(str(one.get("/Contents", "")) for one in links)
