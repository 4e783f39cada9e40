"""How a table lies on a printed page: widths of its columns, size of its type, upright or on its side.

Widths are estimated letter by letter, so that every printed form decides alike and the same on every machine.
All lengths are points (1/72 inch).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.publish.document.blocks import Cell, Column, Table

PROSE_WIDTH = 13 / 2.54 * 72
TEXT_WIDTH = 17 / 2.54 * 72
SIDE_WIDTH = 25.7 / 2.54 * 72  # the text width of a page on its side
PAGE_HEIGHT = 24.5 / 2.54 * 72  # of the text on an upright page
GAP = 8.0  # between two columns

_SIZES = (9.0, 8.5, 8.0)  # nothing is smaller than 8
_LINE = 1.17  # from line to line, in sizes
_ROW_SPACE = 6.0
_PATIENCE = 2.6  # times the height of one line that a row may have on average before the table is set smaller
_LIMIT = 10.0  # … and before it is turned
_NEARLY = 0.72  # of the column of prose: a table at least as wide is stretched to fill it
# What a table asks for, most first: words up to this width (in sizes) unbroken; numbers and dates on one line
_DEMANDS = ((11.0, True), (11.0, False), (7.0, True), (7.0, False))
_FIRM = {"number", "share", "date", "year", "boolean"}
_STEP = 3.0
_MUCH_TEXT = 3.0  # lines; from here on a column is hyphenated like prose

# Widths of letters in sizes, measured on Libertinus Serif; the semibold is wider by a tenth.
_NARROW, _WIDE = frozenset("iljtfrI.,;:'!|()[] -/\u00a0"), frozenset("mwMW%@—…")
_SEMIBOLD = 1.1

_Widths = Sequence[float]


@dataclass(frozen=True)
class Layout:
    """
    How a table lies on the page.

    Attributes
    ----------
    widths : tuple of float
        One per column, with half a `GAP` on each side.
    size : float
        Size of the type.
    is_landscape : bool
        On a turned page of its own.
    heights : tuple of float
        Estimated heights of the head and of each row.
    is_hyphenated : tuple of bool
        Per column, whether it has words too long for it, or much text.
    """

    widths: tuple[float, ...]
    size: float
    is_landscape: bool
    heights: tuple[float, ...]
    is_hyphenated: tuple[bool, ...]


def lay_out(table: Table) -> Layout:
    """Choose the largest type and the plainest page on which a table reads well."""
    lengths = [_measure_head(table.columns), *(_measure_row(row) for row in table.rows)]
    for room, limit in ((TEXT_WIDTH, _PATIENCE), (TEXT_WIDTH, _LIMIT), (SIDE_WIDTH, math.inf)):
        for demand in _DEMANDS:
            for size in _SIZES if limit != _LIMIT else _SIZES[-1:]:
                layout = _try(table, lengths, size, room, *demand)
                if layout and _strain(layout) <= limit:
                    return layout
    return _squeeze(table, lengths)


def measure(text: str) -> float:
    """The estimated width of a text, in sizes."""
    return sum(map(_measure_letter, text))


def _measure_letter(letter: str) -> float:
    if letter in _NARROW:
        return 0.31
    if letter in _WIDE:
        return 0.82
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.68 if letter.isupper() else 0.51


def _measure_head(columns: Sequence[Column]) -> list[float]:
    return [measure(column.title) * _SEMIBOLD for column in columns]


def _measure_row(row: Sequence[Cell]) -> list[float]:
    """Widths of the cells of a row; the first is semibold, a citation is small beside a text."""
    lengths = []
    for at, cell in enumerate(row):
        citations = sum(measure(f"[{one.number}]") for one in cell.citations)
        lengths.append(measure(cell.text) * (1 if at else _SEMIBOLD) + citations * (0.7 if cell.text else 1))
    return lengths


def _try(
    table: Table, lengths: Sequence[_Widths], size: float, room: float, longest: float, is_firm: bool
) -> Layout | None:
    """The layout in one size and with one demand, or None if it does not fit."""
    least, whole = [], []
    for at, column in enumerate(table.columns):
        cells = max((row[at] for row in lengths[1:]), default=0)
        word = _longest_word(table, at, longest)
        least.append((max(word, cells) if is_firm and column.kind in _FIRM else word) * size + GAP)
        whole.append(max(cells, lengths[0][at]) * size + GAP)
    if sum(least) > room:
        return None
    widths = _share(least, whole, lengths, size, room)
    return _describe(table, lengths, _fill(widths, room), size, room)


def _longest_word(table: Table, at: int, longest: float) -> float:
    """What must stand on one line in a column, in sizes; no-break spaces hold words together."""
    return max(min(width, longest) if word.isalpha() else width for word, width in _words(table, at))


def _words(table: Table, at: int) -> Iterator[tuple[str, float]]:
    """The words of a column with their widths, in sizes."""
    texts = [(table.columns[at].title, _SEMIBOLD)]
    texts += [(row[at].text, 1 if at else _SEMIBOLD) for row in table.rows]
    for word, weight in {(word, weight) for text, weight in texts for word in re.split(r"[ \-/–]+", text)}:
        yield word, measure(word) * weight


def _share(
    least: _Widths, whole: _Widths, lengths: Sequence[_Widths], size: float, room: float
) -> list[float]:
    """Give the room, step by step, to the column that makes most rows high."""
    widths = list(least)
    while sum(widths) + _STEP <= room:
        open_to = [at for at, width in enumerate(widths) if width < whole[at]]
        if not open_to:
            break
        strain = {at: sum((row[at] * size / (widths[at] - GAP)) ** 2 for row in lengths) for at in open_to}
        widths[max(open_to, key=strain.__getitem__)] += _STEP
    return widths


def _fill(widths: _Widths, room: float) -> _Widths:
    """Stretch a table that nearly fills the column of prose, or the page; leave a small one small."""
    total = sum(widths)
    goal = PROSE_WIDTH if total <= PROSE_WIDTH else room
    return [width * goal / total for width in widths] if total > _NEARLY * PROSE_WIDTH else widths


def _describe(table: Table, lengths: Sequence[_Widths], widths: _Widths, size: float, room: float) -> Layout:
    lines = [
        [length * size / (width - GAP) for length, width in zip(row, widths, strict=True)] for row in lengths
    ]
    heights = (math.ceil(max(*row, 1.0) - 0.01) * size * _LINE + _ROW_SPACE for row in lines)
    is_hyphenated = (
        max((row[at] for row in lines[1:]), default=0) > _MUCH_TEXT
        or max(length for _, length in _words(table, at)) * size > width - GAP + 0.01
        for at, width in enumerate(widths)
    )
    return Layout(tuple(widths), size, room > TEXT_WIDTH, tuple(heights), tuple(is_hyphenated))


def _strain(layout: Layout) -> float:
    """How high the rows are on average, in heights of a row of one line."""
    rows = layout.heights[1:] or layout.heights
    return sum(rows) / len(rows) / (layout.size * _LINE + _ROW_SPACE)


def _squeeze(table: Table, lengths: Sequence[_Widths]) -> Layout:
    """A table with too many columns for any page: equal widths, and words break where they must."""
    width = max(SIDE_WIDTH / len(table.columns), GAP + 1)
    return _describe(table, lengths, [width] * len(table.columns), _SIZES[-1], SIDE_WIDTH)
