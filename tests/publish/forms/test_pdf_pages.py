"""The text of a printed report, and how it lies on its pages."""

import re
import shutil
from dataclasses import replace

import pikepdf
from pdf_examples import REPORT, elements, failures, grid, printed_text, report_of, squeeze, text, write

from analysis.publish.document.blocks import BulletList, Cell, Column, Figure, Note, Quote, Table, plain_text
from analysis.publish.forms.glyphs import CHART_FONTS


def all_texts(report):
    """Every text of a report, in order."""
    yield from (report.title, report.summary)
    for block in report.blocks:
        yield from block_texts(block)


def block_texts(block):
    if isinstance(block, BulletList):
        yield from (shown for item in block.items for part in item for shown in block_texts(part))
    elif isinstance(block, Note | Quote):
        yield from (shown for part in block.blocks for shown in block_texts(part))
    elif isinstance(block, Table):
        yield from (plain_text(block.caption), *(column.title for column in block.columns))
        yield from (cell.text for row in block.rows for cell in row)
        yield from (plain_text(block.note), block.legend)
    elif isinstance(block, Figure):
        yield "Łódź: 3 ☃"
        yield plain_text(block.caption)
    else:
        yield plain_text(block.inlines)


def test_all_text_is_there_in_order(tmp_path):
    shown = squeeze(printed_text(write(tmp_path), "-raw")).replace("[1]", "")
    at = 0
    for wanted in map(squeeze, all_texts(REPORT)):
        found = shown.find(wanted, at)
        assert found >= 0, wanted
        at = found + len(wanted)
    assert squeeze("Evaluation 2020. Stadt Leipzig, Oktober 2020. https://leipzig.de/?a=1&b=2") in shown[at:]
    assert squeeze("(abgerufen am 20. November 2026)") in shown[at:]


def test_each_page_says_where_it_belongs(tmp_path):
    report = report_of(*[text("Satz. " * 120)] * 8)
    first, second, *_ = printed_text(write(tmp_path, report, paper_number="VII-1", is_draft=True)).split("\f")
    assert "Vorlage VII-1" in first
    assert "ENTWURF" in first
    assert "Stand: 1. November 2026" in first.replace("\u00a0", " ")
    assert re.search(r"Seite 1 von \d", first)
    for shown in ("ENTWURF", "Partnerschaften 2026", "Stand: 1. November 2026", "Seite 2 von "):
        assert shown in second.replace("\u00a0", " ")


def test_english_pages(tmp_path):
    path = write(tmp_path, replace(REPORT, language="en"), language="en", is_draft=True, paper_number="VII-1")
    shown = printed_text(path).replace("\u00a0", " ")
    for wanted in (
        "Contents",
        "Sources",
        "DRAFT",
        "Council paper VII-1",
        "As of 1 November 2026",
        "Page 1 of ",
    ):
        assert wanted in shown
    assert "(accessed 20. November" in shown
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"


def test_head_of_a_long_table_is_repeated(tmp_path):
    rows = tuple((Cell(f"Stadt {at}", f"Stadt {at}"), Cell("1 %", 0.01), Cell("k. A.")) for at in range(120))
    path = write(tmp_path, report_of(grid(rows=rows)))
    pages = printed_text(path).split("\f")[:-1]
    assert len(pages) > 2
    assert [shown.count("Anteil aktiv") for shown in pages[1:-1]] == [1] * (len(pages) - 2)
    with pikepdf.open(path) as pdf:
        assert len(elements(pdf, "Table")) == 1
        assert len(elements(pdf, "THead")) == 1


def test_wide_table_stands_on_a_turned_page(tmp_path):
    columns = tuple(Column(f"c{at}", "Wirtschaft", "text", "left") for at in range(12))
    rows = ((Cell("Wirtschaft"),) * 12,) * 3
    with pikepdf.open(
        write(tmp_path, report_of(text("Vorher"), grid(1, rows, columns), text("Nachher")))
    ) as pdf:
        sizes = [(round(sheet.mediabox[2]), round(sheet.mediabox[3])) for sheet in pdf.pages]
    assert (842, 595) in sizes
    assert sizes[0] == (595, 842)


def test_empty_table_says_so(tmp_path):
    path = write(tmp_path, report_of(grid(rows=())))
    assert "keine Einträge" in printed_text(path)
    assert failures(path, "ua1") == []


def test_name_in_another_script_is_romanised(tmp_path):
    rows = ((Cell("南京", "南京", romanised="Nanjing"), Cell("k. A."), Cell("k. A.")),)
    path = write(tmp_path, report_of(grid(rows=rows)))
    shown = printed_text(path)
    assert "Nanjing" in shown
    assert "in lateinischer Schreibweise" in " ".join(shown.split())
    with pikepdf.open(path) as pdf:
        assert "南京" in pdf.attachments["table-1.csv"].get_file().read_bytes().decode()


def test_font_folder_is_used(tmp_path):
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    shutil.copy(CHART_FONTS / "STIXGeneral.ttf", fonts)
    path = write(tmp_path, report_of(text("Zeichen \u2a33")), fonts=fonts)
    assert "\u2a33" in printed_text(path)
    assert failures(path, "3a") == []
