"""Write a document as an accessible PDF: PDF/UA-1 and PDF/A-3a at once, with its data attached as CSV."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import typst

from analysis.publish.document.blocks import Document, Heading
from analysis.publish.document.datasets import as_csv, list_datasets
from analysis.publish.forms.glyphs import find_fonts, fit_for_print, fit_text
from analysis.publish.forms.html import PageContext
from analysis.publish.forms.pdf_tags import mark_row_headers
from analysis.publish.forms.pictures import open_fonts
from analysis.publish.forms.typst_tree import show_blocks, show_inlines, show_source
from analysis.wording import Wording

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_STANDARDS = ["ua-1", "a-3a"]
_FAMILIES = ("Libertinus Serif", "DejaVu Sans")
_REGIONS = {"de": "DE", "en": "GB"}
_SHORT_TITLE = 90  # letters, for the foot of a page


class PdfError(RuntimeError):
    """A report that could not be printed; the message names it and what was wrong."""


def write_pdf(document: Document, context: PageContext, path: Path, *, fonts: Path | None = None) -> None:
    """
    Write a document as PDF.

    Parameters
    ----------
    document : Document
    context : PageContext
    path : Path
        File to write; its folder exists.
    fonts : Path, optional
        Folder with further fonts, for scripts that the report's own fonts lack.

    Raises
    ------
    PdfError
        If the document cannot be set.
    FontError
        If the font folder cannot be used.
    """
    around = replace(
        context, edition_title=fit_text(context.edition_title, fonts), mark=fit_text(context.mark, fonts)
    )
    report = _describe(fit_for_print(document, fonts), around) | {
        "fonts": _families(fonts),
        "files": [
            {"name": f"{name}.csv", "text": as_csv(table), "description": title}
            for name, title, table in list_datasets(document)
        ],
    }
    try:
        pdf = typst.compile(
            input=_TEMPLATE.read_bytes(),
            root=_TEMPLATE.parent,
            font_paths=open_fonts(fonts),
            sys_inputs={"report": json.dumps(report)},
            pdf_standards=_STANDARDS,
        )
    except typst.TypstError as error:
        hints = "".join(f" {hint[:1].upper()}{hint[1:]}." for hint in error.hints)
        raise PdfError(f"{path.name}: could not be set as PDF, {error.message}.{hints}") from None
    path.write_bytes(mark_row_headers(pdf))


def _describe(document: Document, context: PageContext) -> dict[str, Any]:
    """What the template shows of the document and its place among the others."""
    words = Wording(context.language)
    say = words.text
    return {
        "title": document.title,
        "short_title": _shorten(document.title),
        "summary": document.summary,
        "lead": show_inlines(document.lead),
        "language": context.language,
        "region": _REGIONS[context.language],
        "author": context.author,
        "edition": context.edition_title,
        "state": say("Stand: {day:date}", "As of {day:date}", day=context.as_of),
        "date": [int(part) for part in context.as_of.split("-")],
        "marks": [*([say("Entwurf", "Draft")] if context.is_draft else []), *filter(None, [context.mark])],
        "keywords": [*filter(None, [context.mark])],
        "paper": context.paper_number and say("Vorlage {n}", "Council paper {n}", n=context.paper_number),
        "has_contents": sum(isinstance(block, Heading) for block in document.blocks) > 1,
        "blocks": show_blocks(document.blocks),
        "sources": [show_source(source, words) for source in document.sources],
        "words": {
            "contents": say("Inhalt", "Contents"),
            "sources": say("Quellen", "Sources"),
            "empty": say("keine Einträge", "no entries"),
            "page_of": [say("Seite ", "Page "), say(" von ", " of ")],
            "files": say(
                "Tabellen und Daten der Abbildungen hängen dieser Datei als CSV an.",
                "Tables and data of the figures are attached to this file as CSV.",
            ),
        },
    }


def _shorten(title: str) -> str:
    """The title, or its first words where it is long."""
    if len(title) <= _SHORT_TITLE:
        return title
    return title[:_SHORT_TITLE].rpartition(" ")[0].rstrip(",:;–- ") + " …"


@cache
def _families(folder: Path | None) -> tuple[str, ...]:
    """The fonts in which a glyph is looked for, the report's own first."""
    files = {str(path) for path in find_fonts(folder)}
    further = {font.family for font in open_fonts(folder).fonts() if font.path in files}
    return (*_FAMILIES, *sorted(further - set(_FAMILIES)))
