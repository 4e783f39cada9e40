"""Tables of a report as real tables of Word: repeated header row, named rows, widths that fit the content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from analysis.publish.document.blocks import Cell, Column, Table
from analysis.publish.forms.widths import PAGE_HEIGHT, SIDE_WIDTH, TEXT_WIDTH, lay_out, measure
from analysis.publish.forms.word_parts import Element, language_properties, make, paragraph, run
from analysis.publish.forms.word_runs import RunWriter

_TWIPS = 20  # per point
_STAY_WHOLE = 0.45  # tables up to this share of a page are not torn
_ROW_STAYS_WHOLE = 0.4
_PROSE = 14.5 / 2.54 * 72  # width of a column of prose in points
_NEARLY = 0.72  # of it: a table at least as wide is stretched to fill it
_LONGEST_WORDS = (13.0, 8.5)  # in sizes; where the first is too much, Word hyphenates more words
_SLACK = 1.06  # so that no word breaks because of an estimate
_BOLD = 1.1  # times as wide
_STEP = 3.0
_GAP = 10.0  # right margin of a cell in templates/word/styles.xml
_WORD_END = re.compile(r"(?<=[ \-/])|(?<=–)(?!\d)")  # LibreOffice keeps 18.–19. on one line
# Letters are measured in the type of the PDF; in these sizes it is about as wide as Word's in 8.5 and 7.5 points.
_SIZES = {"": 9.0, "Small": 8.0}


@dataclass(frozen=True)
class Fit:
    """
    How a table lies on the page.

    Attributes
    ----------
    is_turned : bool
        Whether it needs a page on its side.
    style : str
        Ending of the names of its paragraph styles.
    widths : tuple of int
        Of the columns, in twips.
    heights : tuple of float
        Estimated heights of the head and of each row in points.
    """

    is_turned: bool
    style: str
    widths: tuple[int, ...]
    heights: tuple[float, ...]


def fit_table(table: Table) -> Fit:
    """Choose page, type and widths: the page as in the other printed forms if no word breaks on it."""
    layout = lay_out(table)
    head = [measure(column.title) * _BOLD for column in table.columns]
    lengths = [head, *([_measure_cell(cell, at) for at, cell in enumerate(row)] for row in table.rows)]
    longest = [_measure_words(table, at) for at in range(len(table.columns))]
    for room in (TEXT_WIDTH, SIDE_WIDTH)[layout.is_landscape :]:
        for (style, size), limit in product(_SIZES.items(), _LONGEST_WORDS):
            least = [min(word, limit) * size + _GAP for word in longest]
            whole = [max(row[at] for row in lengths) * size + _GAP for at in range(len(longest))]
            if sum(least) <= room and (room > TEXT_WIDTH or size <= layout.size + 0.5):
                widths = _fill(_share(least, whole, lengths, size, room), room)
                return Fit(room > TEXT_WIDTH, style, _as_twips(widths), layout.heights)
    return Fit(True, "Small", _as_twips([SIDE_WIDTH / len(head)] * len(head)), layout.heights)


def make_table(table: Table, fit: Fit, runs: RunWriter, empty: str) -> Element:
    """
    Make the table, without its caption.

    Parameters
    ----------
    table : Table
    fit : Fit
    runs : RunWriter
    empty : str
        Stands in place of rows where there are none.
    """
    look = {"firstRow": 1, "lastRow": 0, "firstColumn": 1, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    properties = make(
        "tblPr",
        make("tblStyle", val="ReportTable"),
        make("tblW", w=sum(fit.widths), type="dxa"),
        make("tblLayout", type="fixed"),
        make("tblLook", val="06A0", **look),
    )
    grid = make("tblGrid", *(make("gridCol", w=width) for width in fit.widths))
    writer = _RowWriter(table, runs, fit)
    rows = list(writer.write_rows()) or [writer.write_empty(empty)]
    return make("tbl", properties, grid, writer.write_head(), *rows)


def _measure_cell(cell: Cell, at: int) -> float:
    citations = sum(measure(f"[{one.number}] ") for one in cell.citations)
    return measure(cell.text) * (1 if at else _BOLD) + citations * (0.7 if cell.text else 1)


def _measure_words(table: Table, at: int) -> float:
    """Width of the longest word of a column, in sizes; a no-break space is part of a word."""
    texts = {row[at].text or f"[{len(table.rows)}]" for row in table.rows}
    words = {word for text in texts for word in _WORD_END.split(text)}
    heads = [measure(word) * _BOLD for word in _WORD_END.split(table.columns[at].title)]
    return _SLACK * max([*heads, *(measure(word) * (1 if at else _BOLD) for word in words)])


def _share(
    least: Sequence[float],
    whole: Sequence[float],
    lengths: Sequence[Sequence[float]],
    size: float,
    room: float,
) -> list[float]:
    """Give the room, step by step, to the column that makes most rows high."""
    widths = list(least)
    while sum(widths) + _STEP <= room:
        open_to = [at for at, width in enumerate(widths) if width < whole[at]]
        if not open_to:
            break
        strain = {at: sum((row[at] * size / (widths[at] - _GAP)) ** 3 for row in lengths) for at in open_to}
        widths[max(open_to, key=strain.__getitem__)] += _STEP
    return widths


def _fill(widths: Sequence[float], room: float) -> Sequence[float]:
    total = sum(widths)
    goal = _PROSE if total <= _PROSE else room
    return [width * goal / total for width in widths] if total > _NEARLY * _PROSE else widths


def _as_twips(widths: Sequence[float]) -> tuple[int, ...]:
    return tuple(int(width * _TWIPS) for width in widths)


class _RowWriter:
    def __init__(self, table: Table, runs: RunWriter, fit: Fit) -> None:
        self._table = table
        self._runs = runs
        self._widths = fit.widths
        self._style = fit.style
        self._has_more = bool(table.note or table.legend)
        self._is_whole = sum(fit.heights) <= _STAY_WHOLE * PAGE_HEIGHT
        self._rows_are_whole = max(fit.heights) <= _ROW_STAYS_WHOLE * PAGE_HEIGHT

    def write_head(self) -> Element:
        cells = [
            self._cell(width, [run(column.title)], f"TableHead{self._style}", column, stays=True)
            for column, width in zip(self._table.columns, self._widths, strict=True)
        ]
        return make("tr", make("trPr", make("cantSplit"), make("tblHeader")), *cells)

    def write_rows(self) -> Iterator[Element]:
        last = len(self._table.rows) - 1
        for number, row in enumerate(self._table.rows):
            # The first rows stay with the head, the last ones together and with what is said below the table.
            is_end = number == last - 1 or (number == last and self._has_more)
            stays = is_end or (number < last and (self._is_whole or number == 0))
            cells = [
                self._cell(width, self._content(cell), f"TableText{self._style}", column, stays)
                for cell, column, width in zip(row, self._table.columns, self._widths, strict=True)
            ]
            yield (
                make("tr", make("trPr", make("cantSplit")), *cells)
                if self._rows_are_whole
                else make("tr", *cells)
            )

    def write_empty(self, text: str) -> Element:
        across = [make("tcW", w=sum(self._widths), type="dxa"), make("gridSpan", val=len(self._widths))]
        return make("tr", make("tc", make("tcPr", *across), paragraph("TableText", run(text))))

    def _cell(self, width: int, content: list[Element], style: str, column: Column, stays: bool) -> Element:
        properties = [make("keepNext")] if stays else []
        if column.align == "right":
            properties.append(make("jc", val="right"))
        return make(
            "tc",
            make("tcPr", make("tcW", w=width, type="dxa")),
            paragraph(style, *content, properties=properties),
        )

    def _content(self, cell: Cell) -> list[Element]:
        is_linked = self._runs.can_link(cell.link)
        style = [make("rStyle", val="Hyperlink")] if is_linked else []
        language = language_properties(cell.language) if cell.language else []
        shown = [run(cell.text, *style, *language)] if cell.text else []
        return [
            *(self._runs.link(cell.link, shown) if is_linked and shown else shown),
            *self._runs.cite(cell.citations, is_raised=bool(shown)),
        ]
