"""Write a document's tables and the data of its figures as an Excel workbook, to go on calculating with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from analysis.publish.document.addresses import safe_address
from analysis.publish.document.blocks import Document, Figure, Source, Table, plain_text
from analysis.publish.forms.archives import pack
from analysis.publish.forms.html import PageContext
from analysis.publish.forms.worksheet_tables import TableWriter
from analysis.publish.forms.worksheets import HEADER_ROW, Head, SheetWriter, side
from analysis.wording import Wording

_LANGUAGES = {"de": "de-DE", "en": "en-GB"}
_LONGEST_PROPERTY = 255
_FRONT_WIDTH = 95  # digits, of the texts on the first sheet
_CORE = "docProps/core.xml"


def write_workbook(document: Document, context: PageContext, path: Path) -> None:
    """
    Write the tables of a document, and the data of its figures, as a workbook.

    Parameters
    ----------
    document : Document
        Each table and the data of each figure get a sheet of that name; a sheet of contents comes first, one of
        sources last. Cells hold values, never formulas: numbers, shares as percentages, full days as dates, and
        texts as the report shows them. What is missing is an empty cell.
    context : PageContext
    path : Path
        File to write; its folder exists.
    """
    file, words = io.BytesIO(), Wording(context.language)
    book = Workbook(file, {"in_memory": True})
    _set_properties(book, document, context, words)
    contents, sources = words.text("Inhalt", "Contents"), words.text("Quellen", "Sources")
    front = book.add_worksheet(contents)
    sheets = SheetWriter(book, words, context.mark)
    tables = TableWriter(sheets, words, context, contents, sources)
    entries = []
    for name, table in _list_sheets(document, words):
        tables.write(book.add_worksheet(name), table, name)
        entries.append((name, plain_text(table.caption), len(table.rows)))
    if document.sources:
        _write_sources(sheets, book.add_worksheet(sources), document.sources, words, contents)
        cited = words.text("Zitierte Quellen", "Sources cited")
        entries.append((sources, cited, len(document.sources)))
    row = _write_front(sheets, front, document, context, words)
    _write_contents(sheets, front, row, entries, words)
    book.close()
    path.write_bytes(_finish(file, context.language))


def _list_sheets(document: Document, words: Wording) -> Iterator[tuple[str, Table]]:
    """Name and content of the sheet of each table and each figure, in the order of the document."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield block.label, block
        elif isinstance(block, Figure):
            yield words.text("{label} Daten", "{label} data", label=block.label), block.data


def _set_properties(book: Workbook, document: Document, context: PageContext, words: Wording) -> None:
    """Say what the file is, and nothing about the machine or the time that it was made on."""
    texts = {
        "title": document.title,
        "subject": context.edition_title,
        "author": context.author,
        "comments": document.summary,
        "keywords": ", ".join(filter(None, [context.mark, context.paper_number])),
        "status": words.text("Entwurf", "Draft") if context.is_draft else "",
    }
    cut = {name: text[:_LONGEST_PROPERTY] for name, text in texts.items() if text}
    book.set_properties(cut | {"created": datetime.fromisoformat(context.as_of)})


def _write_sources(
    sheets: SheetWriter, sheet: Worksheet, sources: Sequence[Source], words: Wording, contents: str
) -> None:
    """Write the sources, one per row, in the order of their numbers."""
    say = words.text
    sheets.write_top(sheet, sheet.get_name(), "", contents)
    heads = [
        Head(say("Nummer", "Number"), 11),
        Head(say("Titel", "Title"), 50),
        Head(say("Herausgeber", "Publisher"), 30),
        Head(say("Datum", "Date"), 20),
        Head(say("Adresse", "Address"), 50),
        Head(say("Abgerufen", "Accessed"), 20),
        Head(say("Kennung im Register", "Id in the register"), 30),
    ]
    sheets.write_heads(sheet, heads, HEADER_ROW, sheet.get_name(), len(sources))
    for row, one in enumerate(sources, start=HEADER_ROW + 1):
        sheet.write_number(row, 0, one.number, sheets.look(align="left"))
        texts = [one.title, one.publisher, one.date, one.url, one.accessed, one.source_id]
        for at, text in enumerate(texts, start=1):
            sheets.write_text(sheet, (row, at), text, safe_address(text) if text is one.url else None)
        sheets.fit_row(sheet, row, zip(texts, (head.width for head in heads[1:]), strict=True))
    sheets.set_page(sheet, sheet.get_name(), len(sources), len(heads))


def _write_front(
    sheets: SheetWriter, sheet: Worksheet, document: Document, context: PageContext, words: Wording
) -> int:
    """Write what the workbook is and how to read it; return the next free row."""
    sheets.write_text(sheet, (0, 0), document.title, bold=True, font_size=16, text_wrap=False)
    lines = [line for line in _describe(document, context, words) if line[1]]
    for row, (name, text) in enumerate(lines, start=2):
        sheets.write_text(sheet, (row, 0), name, bold=True)
        sheets.write_text(sheet, (row, 1), text)
        sheets.fit_row(sheet, row, [(text, _FRONT_WIDTH)])
    return len(lines) + 3


def _describe(document: Document, context: PageContext, words: Wording) -> list[tuple[str, str]]:
    say = words.text
    reading = say(
        "Jede Tabelle und die Daten jeder Abbildung stehen auf einem eigenen Blatt: in Zeile 1 die Überschrift, in "
        "Zeile 2 Anmerkungen, in Zeile {row} die Namen der Spalten. Leere Zelle: keine Angabe gefunden, nicht null. "
        "Anteile sind Zahlen von 0 bis 1, als Prozent gezeigt. Daten ohne Tag oder Monat stehen als Text (1973-09). "
        "Zahlen in eckigen Klammern sind Nummern von Quellen. Es gibt keine Formeln und keine Makros.",
        "Each table and the data of each figure have a sheet of their own: row 1 holds the caption, row 2 remarks, "
        "row {row} the names of the columns. Empty cell: nothing found, not zero. Shares are numbers from 0 to 1, "
        "shown as percentages. Dates without day or month are text (1973-09). Numbers in square brackets are those "
        "of sources. There are no formulas and no macros.",
        row=HEADER_ROW + 1,
    )
    return [
        (say("In Kürze", "In brief"), document.summary),
        (say("Ausgabe", "Edition"), context.edition_title),
        (say("Vorlage", "Council paper"), context.paper_number or ""),
        (say("Stand", "As of"), words.date(context.as_of)),
        (say("Fassung", "Version"), say("Entwurf", "Draft") if context.is_draft else ""),
        (say("Sprache", "Language"), say("Deutsch", "English")),
        (say("Lesehilfe", "How to read"), reading),
    ]


def _write_contents(
    sheets: SheetWriter, sheet: Worksheet, row: int, entries: Sequence[tuple[str, str, int]], words: Wording
) -> None:
    """Write the list of the other sheets, with links."""
    say = words.text
    heads = [
        Head(say("Blatt", "Sheet"), 22),
        Head(say("Inhalt", "Content"), _FRONT_WIDTH),
        Head(say("Zeilen", "Rows"), 9, "right"),
    ]
    sheets.write_heads(sheet, heads, row)
    for number, (name, text, count) in enumerate(entries, start=row + 1):
        sheets.write_text(sheet, (number, 0), name, f"internal:'{name}'!A1")
        sheets.write_text(sheet, (number, 1), text)
        sheets.fit_row(sheet, number, [(text, _FRONT_WIDTH)])
        sheet.write_number(number, 2, count, sheets.look(num_format="#,##0", **side("right")))
    sheet.hide_gridlines(2)
    sheets.set_page(sheet)


def _finish(file: io.BytesIO, language: str) -> bytes:
    """Pack the workbook so that equal contents are equal bytes, and name its language, which XlsxWriter cannot."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    closing = b"</cp:coreProperties>"
    named = f"<dc:language>{_LANGUAGES[language]}</dc:language>".encode()
    parts[_CORE] = parts[_CORE].replace(closing, named + closing)
    # XlsxWriter writes paths to other files as Windows does; only "/" works on all systems.
    related = {name: part.replace(b"\\", b"/") for name, part in parts.items() if name.endswith(".rels")}
    return pack(parts | related)
