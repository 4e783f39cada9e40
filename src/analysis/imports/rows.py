"""The rows of all sheets of a log as one table of text, and those that are no activities by their looks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.imports.dialects import LogSheet
from analysis.imports.headers import ColumnNames, Header, find_header
from analysis.tables.columns import pick_cells
from analysis.tables.grid import Column, Grid

NO_COLUMN = "\0"  # stands in every row of a sheet that lacks a column; no cell can hold it
TOTAL = re.compile(
    r"\s*(?:gesamt(?:summe|zahl|kosten|betrag)?|(?:zwischen|jahres)?summen?|insgesamt|(?:sub|grand )?totals?|Σ)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d|2100)(?!\d)")


@dataclass(frozen=True)
class Rows:
    """The rows of a log that may be activities.

    Attributes
    ----------
    sheets : list of LogSheet
    headers : list of Header or None
        Of each sheet.
    sheet, line : ndarray of int
        For each row the position of its sheet, and its line as the spreadsheet shows it.
    columns : dict of str to Column
        Texts of each target, `NO_COLUMN` where a sheet lacks it.
    others : list of (sheet, line, reason)
        Rows below the header that are none: totals, headings, a header repeated, cells out of place.
    counts : dict of str to int
        How many rows are `empty`, `title` (above a header) and `header`.
    """

    sheets: list[LogSheet]
    headers: list[Header | None]
    sheet: np.ndarray
    line: np.ndarray
    columns: dict[str, Column]
    others: list[tuple[int, int, str]]
    counts: dict[str, int]

    def __len__(self) -> int:
        return len(self.sheet)

    def cell(self, sheet: int, line: int, target: str) -> str:
        """Name a cell as the spreadsheet does, or only its line where the sheet lacks the column."""
        header = self.headers[sheet]
        if header is None or target not in header.targets:
            return ""
        return f"{name_column(header.targets[target])}{line}"


def name_column(position: int) -> str:
    """Letters of a column counted from 0, as spreadsheets name it."""
    letters = ""
    while position >= 0:
        letters = chr(ord("A") + position % 26) + letters
        position = position // 26 - 1
    return letters


def collect_rows(
    sheets: Sequence[LogSheet], names: ColumnNames, targets: Sequence[str], partner_of: Callable[[str], bool]
) -> Rows:
    """Put the rows of all sheets below each other.

    Parameters
    ----------
    sheets : sequence of LogSheet
    names : ColumnNames
    targets : sequence of str
        The columns to collect.
    partner_of : callable
        Whether the name of a sheet is a partner, for logs with one sheet for each.
    """
    headers = [find_header(sheet, names) for sheet in sheets]
    kept, others, counts = [], [], {"empty": 0, "title": 0, "header": 0}
    for number, (sheet, header) in enumerate(zip(sheets, headers, strict=True)):
        blank = sheet.grid.mark_blank()
        counts["empty"] += int(blank.sum())
        first = header.row + 1 if header else 0
        counts["title"] += int((~blank[: max(first - 1, 0)]).sum())
        counts["header"] += int(header is not None)
        reasons = _find_others(sheet, header) if header else {"no-header": ~blank}
        open_rows = ~blank & (np.arange(len(blank)) >= first)
        for reason, mask in reasons.items():
            others += [(number, int(row) + 1, reason) for row in np.flatnonzero(mask & open_rows)]
            open_rows &= ~mask
        kept.append(np.flatnonzero(open_rows))
    columns = {target: _join(sheets, headers, kept, target, partner_of) for target in targets}
    sheet_of = np.repeat(np.arange(len(sheets)), [len(rows) for rows in kept])
    lines = np.concatenate([np.zeros(0, int), *kept]) + 1
    return Rows(list(sheets), headers, sheet_of, lines, columns, others, counts)


def _find_others(sheet: LogSheet, header: Header) -> dict[str, np.ndarray]:
    """Mark the rows that are no activities, by reason; a row with a date may always be one."""
    grid = sheet.grid
    columns = [grid.columns[place] for place in header.targets.values()]
    again = np.ones(len(grid), bool)
    for column in sorted(columns, key=lambda column: len(column.texts)):
        if again.any():
            again &= column.codes == column.codes[header.row]
    undated = _mark_undated(grid, header)
    total, filled = np.zeros(len(grid), bool), np.zeros(len(grid), int)
    for column in grid.columns if undated.any() else ():
        total |= column.mark(bool(TOTAL.match(text)) for text in column.texts)
        filled += column.mark(map(bool, map(str.strip, column.texts)))
    width = int(grid.lengths[header.row])
    is_text = not sheet.name
    return {
        "too-long": grid.mark_filled(width) & is_text,
        "header-again": again,
        "total": total & undated,
        "heading": (filled == 1) & undated,
    }


def _mark_undated(grid: Grid, header: Header) -> np.ndarray:
    undated = np.ones(len(grid), bool)
    for target in ("start_date", "end_date"):
        if target in header.targets:
            column = grid.columns[header.targets[target]]
            undated &= column.mark(not text.strip() or bool(TOTAL.match(text)) for text in column.texts)
    return undated


def _join(
    sheets: Sequence[LogSheet],
    headers: Sequence[Header | None],
    kept: Sequence[np.ndarray],
    target: str,
    partner_of: Callable[[str], bool],
) -> Column:
    """One column of all sheets; the name of the sheet stands in for a partner or a year it lacks."""
    codes, texts = [], []
    for sheet, header, rows in zip(sheets, headers, kept, strict=True):
        if header and target in header.targets:
            part = pick_cells(sheet.grid.columns[header.targets[target]], rows)
        else:
            part = Column(np.zeros(len(rows), int), [_stand_in(sheet.name, target, partner_of)])
        codes.append(part.codes + len(texts))
        texts += [text.strip() for text in part.texts]
    return Column(np.concatenate([np.zeros(0, int), *codes]), texts)


def _stand_in(name: str, target: str, partner_of: Callable[[str], bool]) -> str:
    if target == "partner" and name and partner_of(name):
        return name
    year = YEAR.search(name) if target == "year" else None
    return year[0] if year else NO_COLUMN
