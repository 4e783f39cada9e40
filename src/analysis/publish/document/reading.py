"""Read an executed notebook as a document: the tree that every writer prints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.publish.document.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Inline,
    Note,
    Paragraph,
    Quote,
    Table,
    plain_text,
)
from analysis.publish.document.bundles import SVG
from analysis.publish.document.citations import Citations
from analysis.publish.document.marks import add_mark
from analysis.publish.document.outputs import DocumentError, Piece, read_pieces
from analysis.publish.document.prose import ProseError, clean, read_blocks, read_inlines
from analysis.wording import Wording

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Document", "DocumentError", "read_document"]

_SIZE = re.compile(r'<svg\b[^>]*\bviewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def read_document(notebook: Path | str | NotebookNode, language: str) -> Document:
    """
    Read an executed notebook as a report.

    Parameters
    ----------
    notebook : path or NotebookNode
        Notebook that was executed in this language.
    language : {"de", "en"}

    Returns
    -------
    Document
        Tables, figures and sources are numbered in reading order; title and summary come first.

    Raises
    ------
    DocumentError
        If title or summary is missing, one of them or the mark is there twice, a source is unknown, a heading skips a level, a column has no
        label, and as in `analysis.publish.document.outputs.read_pieces`.
    """
    pieces = list(read_pieces(notebook, language))
    reader = _Reader(pieces, Wording(language))
    title = plain_text(reader.read_one("title", pieces))
    has_mark = any(piece.role == "mark" for piece in pieces)
    mark = plain_text(reader.read_one("mark", pieces)) if has_mark else ""
    lead = reader.read_one("summary", pieces)
    blocks = [block for piece in pieces for block in reader.read(piece)]
    sources = reader.citations.list_sources()
    return Document(add_mark(title, mark), plain_text(lead), lead, language, tuple(blocks), sources, mark)


class _Reader:
    """Turns pieces into blocks and keeps count: of sources, headings, tables and figures."""

    def __init__(self, pieces: Iterable[Piece], words: Wording) -> None:
        self._words = words
        self.citations = Citations(pieces)
        self._ids: set[str] = set()
        self._level = 1
        self._count = {"table": 0, "figure": 0}

    # -- the whole -------------------------------------------------------------------------------

    def read_one(self, role: str, pieces: list[Piece]) -> tuple[Inline, ...]:
        """The inlines of title, summary or mark, of which a report has one."""
        found = [piece for piece in pieces if piece.role == role]
        if not found:
            name = pieces[0].where.split(",")[0] if pieces else "notebook"
            raise DocumentError(f"{name}: has no {role}, a report has one. Call page.{role}(de=…, en=…).")
        if len(found) > 1:
            first = found[0].where
            raise DocumentError(f"{found[1].where}: is a second {role} after {first}. Keep one of them.")
        match self._prose(found[0]):
            case (Heading(inlines=inlines) | Paragraph(inlines=inlines),) if plain_text(inlines).strip():
                return inlines
        raise DocumentError(
            f"{found[0].where}: {role} is no line of text, allowed is one paragraph. Shorten it."
        )

    def read(self, piece: Piece) -> Iterable[Block]:
        match piece.role:
            case "heading" | "say":
                return [self._settle(block, piece.where) for block in self._prose(piece)]
            case "note":
                quotes = self._prose(piece)
                return [Note(quote.blocks) for quote in quotes if isinstance(quote, Quote)]
            case "table":
                return [self._table(piece)]
            case "figure":
                return [self._figure(piece)]
        return []

    # -- prose -----------------------------------------------------------------------------------

    def _prose(self, piece: Piece) -> tuple[Block, ...]:
        try:
            return read_blocks(piece.bundle["text/markdown"], self.citations.cite)
        except ProseError as error:
            raise DocumentError(f"{piece.where}: {error}") from None

    def _line(self, piece: Piece, name: str) -> tuple[Inline, ...]:
        try:
            return read_inlines(piece.report.get(name, ""), self.citations.cite)
        except ProseError as error:
            raise DocumentError(f"{piece.where}: {name}: {error}") from None

    def _settle(self, block: Block, where: str) -> Block:
        """Give a heading its id, and see that levels do not skip."""
        if not isinstance(block, Heading):
            return block
        if not 2 <= block.level <= self._level + 1:
            allowed = ", ".join(str(level) for level in range(2, self._level + 2))
            text = plain_text(block.inlines)
            raise DocumentError(
                f"{where}: heading {text!r} has level {block.level}, allowed here is {allowed}. "
                "Level 1 is the title, and levels do not skip."
            )
        self._level = block.level
        return replace(block, id=self._new_id(plain_text(block.inlines)))

    def _new_id(self, text: str) -> str:
        plain = (
            unicodedata.normalize("NFKD", text.lower().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
        )
        slug = "s-" + "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")
        number = 1
        while (found := slug if number == 1 else f"{slug}-{number}") in self._ids:
            number += 1
        self._ids.add(found)
        return found

    # -- tables and figures ----------------------------------------------------------------------

    def _table(self, piece: Piece) -> Table:
        self._count["table"] += 1
        number = self._count["table"]
        return replace(
            self._grid(piece, f"table-{number}"),
            number=number,
            label=self._words.text("Tabelle {n}", "Table {n}", n=number),
            note=self._line(piece, "note"),
        )

    def _figure(self, piece: Piece) -> Figure:
        self._count["figure"] += 1
        number = self._count["figure"]
        svg = piece.bundle[SVG]
        width, height = (float(size) for size in _SIZE.search(svg).groups())
        return Figure(
            number=number,
            id=f"figure-{number}",
            label=self._words.text("Abbildung {n}", "Figure {n}", n=number),
            caption=self._line(piece, "caption"),
            alt=piece.alt,
            svg=svg,
            width_pt=width,
            height_pt=height,
            data=self._grid(piece, f"figure-{number}-data"),
        )

    def _grid(self, piece: Piece, table_id: str) -> Table:
        """The table of a piece, without number; the data of a figure stay so."""
        table = piece.report["table"]
        caption = self._line(piece, "caption")
        columns = tuple(_column(column, piece.where) for column in table["columns"])
        try:
            rows = tuple(tuple(self._cell(cell) for cell in row) for row in table["rows"])
        except ProseError as error:
            raise DocumentError(f"{piece.where}: {error}") from None
        return Table(None, table_id, "", caption, columns, rows, legend=self._legend(rows))

    def _cell(self, cell: Mapping[str, Any]) -> Cell:
        citations = tuple(self.citations.cite(source_id) for source_id in cell.get("sources", ()))
        optional = {name: cell.get(name) for name in ("language", "link", "romanised")}
        return Cell(clean(cell["text"]), cell["value"], citations=citations, **optional)

    def _legend(self, rows: tuple[tuple[Cell, ...], ...]) -> str:
        missing = self._words.missing
        if not any(cell.text == missing for row in rows for cell in row):
            return ""
        de, en = "{missing} = keine Angabe gefunden, nicht null", "{missing} = nothing found, not zero"
        return self._words.text(de, en, missing=missing)


def _column(column: Mapping[str, Any], where: str) -> Column:
    if not column["is_titled"]:
        raise DocumentError(
            f"{where}: column {column['name']!r} has no label. "
            "Add a row for it to glossary.csv (field column), or give page.table titles={…}."
        )
    align = "right" if column["kind"] in ("number", "share") else "left"
    return Column(column["name"], clean(column["title"]), column["kind"], align, column["unit"])
