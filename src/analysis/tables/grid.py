"""The cells of a sheet, column by column and equal texts mostly once: a log of a million rows stays small."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from operator import not_

import numpy as np

TRIES, MOSTLY_NEW = 500, 0.9  # batches; if 90 % of the texts are new in the next, they are keys or titles


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Attributes
    ----------
    codes : ndarray of int32
        For each row the position of its text in `texts`.
    texts : list of str
        The texts of the column; where few texts are equal, equal ones may stand in it more than once.
    """

    codes: np.ndarray
    texts: list[str]

    def mark(self, wrong: Iterable[bool]) -> np.ndarray:
        """Mark the rows whose text is marked; `wrong` has one entry for each of `texts`."""
        return np.fromiter(wrong, bool, len(self.texts))[self.codes]


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet as text.

    Attributes
    ----------
    columns : list of Column
        As many as the longest row has cells; shorter rows are filled up with empty texts.
    lengths : ndarray of int32
        How many cells each row has in its file.
    """

    columns: list[Column]
    lengths: np.ndarray

    def __len__(self) -> int:
        return len(self.lengths)

    def row(self, number: int) -> list[str]:
        """Texts of one row, counted from 0."""
        return [column.texts[column.codes[number]] for column in self.columns]

    def mark_filled(self, first: int = 0) -> np.ndarray:
        """Mark the rows with any text in the columns from `first` on; spaces are text."""
        filled = np.zeros(len(self), dtype=bool)
        for column in self.columns[first:]:
            filled |= column.mark(map(bool, column.texts))
        return filled

    def mark_blank(self) -> np.ndarray:
        """Mark the rows that hold nothing but spaces."""
        blank = np.ones(len(self), dtype=bool)
        for column in self.columns:
            if blank.any():  # mostly the first column settles it
                blank &= column.mark(map(not_, map(str.strip, column.texts)))
        return blank


class GridBuilder:
    """Takes rows batch by batch, so that they need not be in memory all at once."""

    def __init__(self) -> None:
        self._columns: list[ColumnBuilder] = []
        self._lengths: list[np.ndarray] = []
        self._height = 0

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Add rows of any length."""
        if not rows:
            return
        lengths = np.fromiter(map(len, rows), np.int32, len(rows))
        width = max(len(self._columns), int(lengths.max()))
        for _ in range(width - len(self._columns)):  # rows before had nothing there
            self._columns.append(ColumnBuilder(self._height))
        if (lengths < width).any():
            rows = [[*row, *[""] * (width - len(row))] for row in rows]
        for column, cells in zip(self._columns, zip(*rows, strict=True), strict=True):
            column.add(cells)
        self._lengths.append(lengths)
        self._height += len(rows)

    def finish(self) -> Grid:
        """Give the grid of all rows added."""
        lengths = np.concatenate([np.zeros(0, np.int32), *self._lengths])
        return Grid([column.finish() for column in self._columns], lengths)


class ColumnBuilder:
    """Takes the cells of one column; `height` rows before had no text."""

    def __init__(self, height: int) -> None:
        self._codes = [np.zeros(height, np.int32)]
        self._numbers = defaultdict(count(1).__next__, {"": 0})  # numbers a new text when it is looked up
        self._texts: list[str] | None = None  # once most texts are new, looking them up is a waste

    def add(self, cells: tuple[str, ...]) -> None:
        """Add the cells of some rows."""
        if self._texts is not None:
            first = len(self._texts)
            self._texts.extend(cells)
            self._codes.append(np.arange(first, len(self._texts), dtype=np.int32))
        elif cells.count(cells[0]) == len(cells):  # most columns of a log are empty or have one text
            self._codes.append(np.full(len(cells), self._numbers[cells[0]], np.int32))
        else:
            before = len(self._numbers)
            self._codes.append(np.fromiter(map(self._numbers.__getitem__, cells), np.int32, len(cells)))
            if len(self._codes) > TRIES and len(self._numbers) - before > MOSTLY_NEW * len(cells):
                self._texts = list(self._numbers)

    def finish(self) -> Column:
        """Give the column of all cells added."""
        return Column(np.concatenate(self._codes), self._texts or list(self._numbers))


def make_grid(rows: Sequence[Sequence[str]]) -> Grid:
    """Make a grid of rows that are all there."""
    builder = GridBuilder()
    builder.add(rows)
    return builder.finish()
