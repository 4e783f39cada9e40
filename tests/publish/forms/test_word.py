"""From document tree to Word file: the file, its pages and its contents, read back with python-docx and LibreOffice."""

import os
import shutil
import subprocess
import zipfile
from datetime import datetime

import pytest
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree
from word_examples import (
    bullets,
    context,
    document,
    figure,
    find,
    heading,
    paragraph,
    plain,
    say,
    table,
    write_report,
)

from analysis.publish.document.blocks import Link
from analysis.publish.forms.word import write_word


@pytest.fixture
def word(tmp_path):
    """word(block, …) is the file of a report with these blocks, opened again."""
    return lambda *blocks, **more: write_report(tmp_path / "report.docx", *blocks, **more)


# -- the whole ---------------------------------------------------------------------------------------


def test_title_state_and_summary_come_first(word):
    found = word(heading(2, "Eins"), paper_number="VII-1").paragraphs[:3]
    assert [(one.style.name, one.text) for one in found] == [
        ("Title", "Was geben sie?"),
        ("Subtitle", "Partnerschaften <2026> · Vorlage VII-1 · Stand: 1.\N{NO-BREAK SPACE}November 2026"),
        ("Lead", "Kurz gesagt.[1]"),
    ]


def test_headings_are_headings_in_order(word):
    found = word(heading(2, "Eins"), heading(3, "Zwei"), heading(4, "Drei"), heading(2, "Vier"))
    assert [
        (one.style.name, one.text) for one in found.paragraphs if one.style.name.startswith("Heading")
    ] == [
        ("Heading 1", "Eins"),
        ("Heading 2", "Zwei"),
        ("Heading 3", "Drei"),
        ("Heading 1", "Vier"),
        ("Heading 1", "Quellen"),
    ]


def test_headings_and_captions_stay_with_what_follows(word):
    found = word(heading(2, "Eins"), table(("Kiew", "1")), figure())
    assert all(found.styles[f"Heading {level}"].paragraph_format.keep_with_next for level in range(1, 6))
    assert paragraph(found, "Tabelle 1 Was?").paragraph_format.keep_with_next
    assert found.styles["Figure"].paragraph_format.keep_with_next


def test_the_contents_are_ready_and_lead_to_the_chapters(word):
    found = word(heading(2, "Eins"), heading(3, "Zwei"), heading(4, "Drei"))
    entries = find(found.element, "//w:sdtContent/w:p[w:hyperlink]")
    assert ["".join(find(one, ".//w:t/text()")) for one in entries] == ["Eins", "Zwei", "Quellen"]
    targets = [find(one, "./w:hyperlink")[0].get(qn("w:anchor")) for one in entries]
    headed = {
        find(one._p, "./w:bookmarkStart/@w:name")[0]: one.text
        for one in found.paragraphs
        if "Heading" in one.style.name
    }
    assert [headed[one] for one in targets] == ["Eins", "Zwei", "Quellen"]
    assert "TOC" in find(found.element, "string(//w:sdtContent//w:instrText)")
    assert "updateFields" not in etree.tostring(found.settings.element, encoding="unicode")


def test_fields_begin_and_end_in_pairs(word):
    found = word(heading(2, "Eins"), heading(2, "Zwei"), table(("Kiew", "1")), figure())
    kinds = find(found.element, "//w:fldChar/@w:fldCharType")
    depth = [
        sum({"begin": 1, "separate": 0, "end": -1}[kind] for kind in kinds[: n + 1])
        for n in range(len(kinds))
    ]
    assert min(depth) == 0
    assert depth[-1] == 0


def test_a_short_report_has_no_contents(word):
    found = word(say("Nur ein Satz."), report=document(say("Nur ein Satz."), sources=(), lead=plain("Kurz.")))
    assert find(found.element, "//w:sdt") == []


@pytest.mark.parametrize(
    ("language", "tag", "status"), [("de", "de-DE", "Entwurf"), ("en", "en-GB", "Draft")]
)
def test_the_file_says_what_it_is_and_nothing_of_the_machine(word, language, tag, status):
    found = word(say("x"), language=language, is_draft=True, paper_number="VII-1").core_properties
    assert (found.title, found.subject, found.comments) == (
        "Was geben sie?",
        "Partnerschaften <2026>",
        "Kurz gesagt.",
    )
    assert (found.language, found.content_status, found.keywords) == (tag, status, "VII-1")
    assert (found.author, found.last_modified_by, found.revision) == (
        "twinning-analysis",
        "twinning-analysis",
        1,
    )
    assert found.created.replace(tzinfo=None) == found.modified.replace(tzinfo=None) == datetime(2026, 11, 1)


def test_equal_reports_give_equal_bytes(tmp_path, monkeypatch):
    blocks = heading(2, "Eins"), say("x", Link("https://a.b", plain("y"))), table(("Kiew", "1")), figure()
    files = [tmp_path / "a" / "x.docx", tmp_path / "b" / "longer.docx"]
    for path, zone in zip(files, ("UTC", "Asia/Tokyo"), strict=True):
        monkeypatch.setenv("TZ", zone)
        path.parent.mkdir()
        write_word(document(*blocks), context(), path)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_file_holds_no_more_than_it_needs(word, tmp_path):
    word(figure())
    with zipfile.ZipFile(tmp_path / "report.docx") as archive:
        names = archive.namelist()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "Effects" in name]
    assert [name for name in names if "media" in name] == ["word/media/image1.png"]


# -- pages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "state", "page", "draft"),
    [
        ("de", "Stand: 1.\N{NO-BREAK SPACE}November 2026", "Seite 1 von 1", "Entwurf"),
        ("en", "as of 1\N{NO-BREAK SPACE}November 2026", "Page 1 of 1", "Draft"),
    ],
)
def test_pages_show_edition_day_and_number(word, language, state, page, draft):
    (section,) = word(say("x"), language=language, is_draft=True).sections
    assert section.header.paragraphs[0].text == f"{draft} · Partnerschaften <2026> · {state}"
    assert section.first_page_header.paragraphs[0].text == draft
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text == page
        assert find(footer._element, ".//w:instrText/text()") == [" PAGE ", " NUMPAGES "]


def test_a_final_report_is_no_draft(word):
    (section,) = word(say("x")).sections
    assert (
        section.header.paragraphs[0].text
        == "Partnerschaften <2026> · Stand: 1.\N{NO-BREAK SPACE}November 2026"
    )
    assert section.first_page_header.paragraphs[0].text == ""


def test_pages_are_a4(word):
    (section,) = word(say("x")).sections
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
    assert section.page_width - section.left_margin - section.right_margin == pytest.approx(Cm(17), abs=500)


# -- another program ---------------------------------------------------------------------------------

OFFICE = shutil.which("soffice")


@pytest.mark.skipif(
    OFFICE is None and os.environ.get("CI") != "true", reason="LibreOffice (soffice) is not installed"
)
def test_libreoffice_reads_the_same_headings_tables_and_alternative_texts(tmp_path, word):
    blocks = (
        heading(2, "Eins"),
        say("x"),
        heading(3, "Zwei"),
        table(("Kiew", "1")),
        figure(),
        heading(2, "Drei"),
    )
    word(*blocks, table(("Lyon", "1"), number=2), bullets("a", "b"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        "fodt",
        "--outdir",
        tmp_path,
        tmp_path / "report.docx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = etree.parse(tmp_path / "report.fodt")
    count = {
        name: len(text.xpath(f"//*[local-name()='body']//*[name()='{name}']"))
        for name in ("text:h", "table:table")
    }
    assert count == {"text:h": 4, "table:table": 2}
    assert text.xpath("//*[name()='svg:desc']/text()") == ["Ein graues Feld"]
    assert text.xpath("count(//*[name()='table:table-header-rows'])") == 2
