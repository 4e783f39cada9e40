"""A report of every kind of block, printed, and ways to look into a PDF."""

import os
import re
import shutil
import subprocess
from dataclasses import replace

import page
import pikepdf
import pytest

from analysis.publish.document.blocks import (
    BulletList,
    Cell,
    Citation,
    Code,
    Column,
    Document,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    LineBreak,
    Link,
    Note,
    Paragraph,
    Plain,
    Quote,
    Source,
    Strong,
    Table,
)
from analysis.publish.forms.html import PageContext
from analysis.publish.forms.pdf import write_pdf

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="60pt" viewBox="0 0 300 60">'
    '<text x="5" y="30" style="font: 8px \'DejaVu Sans\'">Łódź: 3 ☃</text></svg>'
)
CITED = Citation("seed", 1)
COLUMNS = (
    Column("name", "Stadt", "text", "left"),
    Column("active_share", "Anteil aktiv", "share", "right"),
    Column("source_id", "Quelle", "source", "left"),
)
ROWS = (
    (
        Cell("Kiew", "Kiew", link="report:partner/kyiv"),
        Cell("62\u00a0%", 0.62),
        Cell("", "seed", citations=(CITED,)),
    ),
    (Cell("Houston", "Houston", "en"), Cell("k. A."), Cell("k. A.")),
)
NUMBERED = BulletList(True, ((Paragraph((Plain("Erstens"),)),), (Paragraph((Plain("Zweitens"),)),)))


def text(*inlines):
    return Paragraph(tuple(Plain(one) if isinstance(one, str) else one for one in inlines))


def grid(number=1, rows=ROWS, columns=COLUMNS, **more):
    return Table(
        number, f"table-{number}", f"Tabelle {number}", (Plain("Städte"), CITED), columns, rows, **more
    )


def picture(number=1, svg=SVG):
    data = Table(None, f"figure-{number}-data", "", (), COLUMNS, ROWS)
    alt = f"Drei Städte, Bild {number}."
    return Figure(
        number, f"figure-{number}", f"Abbildung {number}", (Plain("Bild"),), alt, svg, 300, 60, data
    )


BLOCKS = (
    Heading(2, "s-a", (Plain("Die Antwort"),)),
    text(
        Strong((Plain("Aktiv."),)),
        " Sie heißt ",
        Foreign("pl", (Plain("Łódź"),)),
        ".",
        CITED,
        LineBreak(),
        "Neu",
    ),
    Heading(3, "s-b", (Plain("Im Einzelnen"),)),
    grid(note=(Plain("Bemerkung zur Tabelle"),), legend="k. A. = keine Angabe"),
    picture(1),
    text(
        "Vor dem Bild ",
        Link("https://example.org/ä", (Plain("Verweis"),)),
        Emphasis((Plain(" betont "),)),
        Code("x = 1"),
    ),
    Heading(2, "s-c", (Plain("Weiter"),)),
    BulletList(False, ((text("Ein Punkt"), NUMBERED),)),
    Quote((text("Zitat"),)),
    Note((text("Kasten"),)),
    picture(2),
)
SOURCES = (
    Source(
        1,
        "seed",
        "Evaluation 2020",
        "Stadt Leipzig",
        "Oktober 2020",
        "https://leipzig.de/?a=1&b=2",
        "20.\u00a0November 2026",
    ),
)
REPORT = Document("Was geben sie?", "Kurz gesagt.", (Plain("Kurz gesagt."), CITED), "de", BLOCKS, SOURCES)


def context(**more):
    given = {
        "edition": "now",
        "edition_title": "Partnerschaften 2026",
        "as_of": "2026-11-01",
        "language": "de",
        "other_language_href": None,
        "index_href": "index.de.html",
    }
    return PageContext(**given | more)


def report_of(*blocks, **more):
    return replace(REPORT, blocks=blocks, **more)


def write(path, report=REPORT, fonts=None, **more):
    write_pdf(report, context(**more), path / "report.pdf", fonts=fonts)
    return path / "report.pdf"


def elements(pdf, *kinds):
    """The elements of the structure tree, in reading order; of these kinds, if given."""

    def walk(element):
        for child in as_list(element.get("/K")):
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield child
                yield from walk(child)

    return [one for one in walk(pdf.Root.StructTreeRoot) if not kinds or str(one.S)[1:] in kinds]


def as_list(found):
    return list(found) if isinstance(found, pikepdf.Array) else [] if found is None else [found]


def scope(header):
    return [str(one.Scope) for one in as_list(header.A) if "/Scope" in one]


def tool(name):
    """A program that a machine may lack, but not the one that decides."""
    if shutil.which(name) is None and os.environ.get("CI") != "true":
        pytest.skip(f"{name} is not installed")
    return name


def printed_text(path, *options):
    shown = subprocess.run([tool("pdftotext"), *options, path, "-"], capture_output=True, check=True)
    return shown.stdout.decode()


def squeeze(text):
    """Text without what lines and their breaks add."""
    return re.sub(r"[\s\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]", "", text)


def failures(path, profile):
    return [failure.message for failure in page.validate_pdf(path, profile=profile).failures]
