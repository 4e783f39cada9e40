"""A table as the sheet of a workbook: numbers as numbers, days as dates, gaps as empty cells."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from analysis.publish.document.addresses import safe_address
from analysis.publish.document.blocks import Cell, Column, Table, plain_text
from analysis.publish.forms.html import PageContext
from analysis.publish.forms.worksheets import HEADER_ROW, Head, SheetWriter, side
from analysis.wording import Wording

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_EXACT = 10**15  # Excel keeps 15 digits
_FIRST_DAY = date(1900, 3, 1)  # Excel's calendar has a 29 February 1900: programs differ on the days before
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NARROWEST, _WIDEST, _WIDEST_FIRST = 9, 48, 36  # digits; the first column is frozen and must leave room
_BUTTON = 3  # digits that the filter's button covers


class TableWriter:
    """
    Writes tables as sheets of one workbook.

    Parameters
    ----------
    sheets : SheetWriter
    words : Wording
    context : PageContext
        Says which other reports may be linked.
    contents, sources : str
        Names of the sheet to go back to and of that with the sources.
    """

    def __init__(
        self, sheets: SheetWriter, words: Wording, context: PageContext, contents: str, sources: str
    ) -> None:
        self._sheets = sheets
        self._words = words
        self._context = context
        self._contents = contents
        self._sources = sources

    def write(self, sheet: Worksheet, table: Table, name: str) -> None:
        """Write caption, remark, way back, one row of column titles and the rows."""
        remark = _join(self._explain_gaps(table), plain_text(table.note))
        caption = f"{name}: {plain_text(table.caption)}"
        self._sheets.write_top(sheet, caption, remark, self._contents)
        widths = [_choose_width(table, at) for at in range(len(table.columns))]
        sized = zip(table.columns, widths, strict=True)
        heads = [Head(_title(column), width, column.align) for column, width in sized]
        rows = max(len(table.rows), 1)
        self._sheets.write_heads(sheet, heads, HEADER_ROW, name, rows)
        for number, row in enumerate(table.rows, start=HEADER_ROW + 1):
            for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                self._write_cell(sheet, (number, at), cell, column)
            self._sheets.fit_row(sheet, number, zip(map(_shown, row), widths, strict=True))
        if not table.rows:
            empty = self._words.text("keine Einträge", "no entries")
            self._sheets.write_text(sheet, (HEADER_ROW + 1, 0), empty)
        self._sheets.set_page(sheet, _join(caption, remark), rows, len(widths))

    def _explain_gaps(self, table: Table) -> str:
        has_gaps = any(cell.value is None and not cell.citations for row in table.rows for cell in row)
        say = self._words.text
        gaps = say("Leere Zelle: keine Angabe gefunden, nicht null.", "Empty cell: nothing found, not zero.")
        return gaps if has_gaps else ""

    def _write_cell(self, sheet: Worksheet, place: tuple[int, int], cell: Cell, column: Column) -> None:
        value, look = cell.value, self._sheets.look
        day = _read_day(value) if column.kind == "date" else None
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _EXACT:
            sheet.write_number(
                *place, value, look(num_format=self._form(column, value), **side(column.align))
            )
        elif day:
            form = self._words.text("dd.mm.yyyy", "d mmm yyyy")
            sheet.write_datetime(*place, day, look(num_format=form, align="left"))
        elif value is None and not cell.citations:
            sheet.write_blank(*place, None, look())
        else:
            text = str(value) if column.kind == "date" else _shown(cell)
            self._sheets.write_text(sheet, place, text, self._address(cell))

    def _form(self, column: Column, value: float) -> str:
        if column.kind == "share":
            return self._words.text("0 %", "0%")
        if column.kind == "year":
            return "0"
        return "#,##0" if isinstance(value, int) or column.unit else "#,##0.0"

    def _address(self, cell: Cell) -> str | None:
        """Where a cell leads: to another report's workbook, into the web, or to its first source."""
        context = self._context
        if cell.link and cell.link.startswith("report:"):
            key = cell.link.removeprefix("report:")
            path = f"{'../' * context.depth}{key}.{context.language}.xlsx"
            return f"external:{path}" if key in context.reports else None
        if cell.link:
            return safe_address(cell.link)
        row = cell.citations and HEADER_ROW + 1 + cell.citations[0].number
        return f"internal:'{self._sources}'!A{row}" if row else None


def _join(first: str, second: str) -> str:
    """Two remarks as sentences, one after the other."""
    parts = [part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in (first, second) if part]
    return " ".join(parts)


def _title(column: Column) -> str:
    """The title of a column, with its unit."""
    has_unit = not column.unit or re.search(r"\(.*\)|€", column.title)
    return column.title if has_unit else f"{column.title} ({column.unit})"


def _shown(cell: Cell) -> str:
    """A text cell's text, with the numbers of its sources."""
    return " ".join(filter(None, [cell.text, *(f"[{one.number}]" for one in cell.citations)]))


def _choose_width(table: Table, at: int) -> float:
    """Wide enough for the values and the words of the title; long texts wrap."""
    word = max(map(len, table.columns[at].title.split()), default=0) + _BUTTON
    value = max((len(_shown(row[at])) for row in table.rows), default=0) + 2
    return max(_NARROWEST, min(max(word, value), _WIDEST if at else _WIDEST_FIRST))


def _read_day(value: object) -> date | None:
    """The day, if it is a full one that Excel's calendar knows."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    day = date.fromisoformat(value)
    return day if day >= _FIRST_DAY else None
