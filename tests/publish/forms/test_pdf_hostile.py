"""Hostile texts, broken pictures and equal bytes of printed reports."""

import re
from dataclasses import replace

import pikepdf
import pytest
from pdf_examples import SOURCES, failures, grid, picture, printed_text, report_of, squeeze, text, write
from publish_examples import HOSTILE

from analysis.publish.document.blocks import Cell, Code, Heading, Plain
from analysis.publish.forms.glyphs import fit_for_print
from analysis.publish.forms.pdf import PdfError

TRICKS = [
    *HOSTILE,
    '#read("/etc/passwd")',
    "$x$ *b* _i_ @ref <ref> `raw` ~ -- --- \\u{0} // nichts /* nichts */",
    "= Titel",
    "- Punkt\n+ Punkt\n/ Wort: Erklärung",
    "</w:t>",
    '=HYPERLINK("http://x")',
    "\u200fאב\u200e \u202everkehrt\u202c \ufeff",
    "\x00\x1b[31m",
    "\"Gerade\" und 'einfache' Zeichen",
    "#pagebreak() #[x] ${x} #{1+1}",
]


@pytest.mark.parametrize("trick", TRICKS, ids=range(len(TRICKS)))
def test_hostile_text_is_shown_letter_by_letter(tmp_path, trick):
    plain = fit_for_print(report_of(text(trick))).blocks[0].inlines[0].text
    report = report_of(
        Heading(2, "s", (Plain(f"H {trick[:200]}"),)),
        text(f"P {trick}"),
        text(Code(trick[:200])),
        grid(
            rows=((Cell(trick[:300], trick), Cell(trick[:200]), Cell("k. A.")),) * 2,
            note=(Plain(trick[:200]),),
        ),
        title=f"T {trick[:200]}",
        sources=(replace(SOURCES[0], title=trick[:300], url=trick),),
    )
    path = write(tmp_path, report, edition_title=f"E {trick[:40]}")
    assert failures(path, "ua1") + failures(path, "3a") == []
    shown = squeeze(printed_text(path, "-raw"))
    for wanted in (squeeze(f"P {plain[:600]}"), squeeze(f"H {plain[:200]}")):
        assert wanted in shown
    with pikepdf.open(path) as pdf:
        assert not [
            str(one.A.URI)
            for sheet in pdf.pages
            for one in sheet.get("/Annots", [])
            if "/A" in one and "/URI" in one.A
        ]


def test_text_without_a_space_stays_on_the_page(tmp_path):
    write(tmp_path, report_of(text("x" * 3000), grid(rows=((Cell("y" * 500), Cell("z"), Cell("z")),))))
    boxes = printed_text(tmp_path / "report.pdf", "-bbox")
    assert max(float(right) for right in re.findall(r'xMax="([0-9.]+)"', boxes)) < 595 - 50


def test_broken_picture_is_one_clear_error(tmp_path):
    with pytest.raises(PdfError) as error:
        write(tmp_path, report_of(picture(svg="<svg")))
    assert re.fullmatch(r"report\.pdf: could not be set as PDF, failed to parse SVG .+\.", str(error.value))
    assert not (tmp_path / "report.pdf").exists()


def test_equal_input_gives_equal_bytes(tmp_path, monkeypatch):
    first = write(tmp_path).read_bytes()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.chdir(elsewhere)
    assert write(elsewhere).read_bytes() == first


def test_no_stream_ends_like_a_line(tmp_path):
    # one stream in 256 would, by chance: these reports have hundreds
    for number in range(40):
        path = write(tmp_path, report_of(text(f"Nummer {number}")))
        assert b"\r\nendstream" not in path.read_bytes()
