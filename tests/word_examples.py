"""Little reports to be written as Word files, and ways to look into such a file."""

import zipfile

import docx
from docx.oxml.ns import qn
from lxml import etree

from analysis.publish.document.blocks import (
    BulletList,
    Cell,
    Citation,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Plain,
    Source,
    Table,
)
from analysis.publish.forms.html import PageContext
from analysis.publish.forms.word import write_word

HOSTILE = [
    "</w:t>",
    '=HYPERLINK("http://x")',
    '#read("/etc/passwd") $x$ *b* _ @ref \\u{0}',
    "]]>&amp;<!-- &lt; -->",
    "\u200fעברית\u200f ab",
    "x" * 10_000,
    "\U0001f600 +1",
    "tab\tund\nUmbruch",
]
BROKEN = "a\x00b\x0bc\ufffed\ud800e"  # no XML holds any of these


def plain(text):
    return (Plain(text),)


def say(*inlines):
    return Paragraph(tuple(Plain(one) if isinstance(one, str) else one for one in inlines))


def bullets(*items, is_ordered=False):
    return BulletList(is_ordered, tuple(item if isinstance(item, tuple) else (say(item),) for item in items))


def heading(level, text):
    return Heading(level, f"s-{text}", plain(text))


def table(*rows, columns=("Stadt", "Zahl"), kinds=("text", "number"), number=1, **more):
    described = tuple(
        Column(title.lower(), title, kind, "right" if kind == "number" else "left")
        for title, kind in zip(columns, kinds, strict=True)
    )
    cells = tuple(tuple(one if isinstance(one, Cell) else Cell(one, one) for one in row) for row in rows)
    return Table(number, f"table-{number}", f"Tabelle {number}", plain("Was?"), described, cells, **more)


def figure(width=600.0, height=200.0, alt="Ein graues Feld"):
    data = Table(None, "figure-1-data", "", (), (), ())
    size = f'width="{width}pt" height="{height}pt"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect {size} fill="grey"/></svg>'
    return Figure(1, "figure-1", "Abbildung 1", plain("Grau"), alt, svg, width, height, data)


SOURCES = (
    Source(
        1,
        "seed",
        "Evaluation 2020",
        "Stadt Leipzig",
        "14. Oktober 2020",
        "https://www.leipzig.de/?a=1&b=2",
        "1. Mai 2026",
    ),
    Source(2, "bad", "Ohne Adresse?", "Niemand e. V.", "", "javascript:alert(1)", ""),
)
SEED, BAD = Citation("seed", 1), Citation("bad", 2)


def document(*blocks, sources=SOURCES, **more):
    given = {
        "title": "Was geben sie?",
        "summary": "Kurz gesagt.",
        "lead": (Plain("Kurz gesagt."), SEED),
        "language": "de",
    }
    return Document(**given | more, blocks=blocks, sources=sources)


def context(**more):
    given = {
        "edition": "now",
        "edition_title": "Partnerschaften <2026>",
        "as_of": "2026-11-01",
        "language": "de",
        "other_language_href": None,
        "index_href": "index.de.html",
        "reports": frozenset({"evaluation", "partner/kyiv"}),
    }
    return PageContext(**given | more)


def write_report(path, *blocks, report=None, **more):
    """Write a report with these blocks, see that each part of the file is sound XML, and open it again."""
    report = report or document(*blocks, language=more.get("language", "de"))
    write_word(report, context(**more), path)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
    return docx.Document(path)


def styled(file, style):
    return [one.text for one in file.paragraphs if one.style.name == style]


def paragraph(file, text):
    (found,) = [one for one in file.paragraphs if one.text == text]
    return found


def find(element, path):
    return element.xpath(path)


def anchors(file):
    return [one.get(qn("w:anchor")) for one in find(file.element, "//w:hyperlink[@w:anchor]")]


def bookmarks(file):
    return [one.get(qn("w:name")) for one in find(file.element, "//w:bookmarkStart")]


def addresses(file):
    """Text and address of each link that leads out of the file."""
    return [
        (link.text, file.part.rels[link.get(qn("r:id"))].target_ref)
        for link in find(file.element, "//w:hyperlink[@r:id]")
    ]
