"""Sheets of text out of the file of a log, in whichever way an office saved it."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.imports.marks import NO_MARKS, Marks, read_marks
from analysis.problems import DataError
from analysis.tables.csv_text import LONGEST_CELL, find_encoding, read_batches
from analysis.tables.files import MAX_BYTES, show_path
from analysis.tables.grid import Grid, GridBuilder, make_grid
from analysis.tables.workbooks import OLE, WorkbookError, read_workbook

SEPARATORS = ";\t,|"
SAMPLE = 64 * 1024  # bytes that show how a text file is separated
EXCEL_HINT = re.compile(r"sep=(.)")  # a first line that tells Excel the separator
SAVE = "Save it as 'CSV UTF-8' or as a workbook (.xlsx)."
HIDDEN_UNKNOWN = "is in the old format .xls, where hidden rows cannot be told: all were read."


@dataclass(frozen=True)
class LogSheet:
    """One sheet of a log, or a whole CSV file.

    Attributes
    ----------
    name : str
        Name of the sheet; empty for a CSV file, so that a new name of the file changes nothing.
    grid : Grid
        Every row of the sheet as text; row 0 is line 1 of the spreadsheet.
    marks : Marks
        What the file hides.
    """

    name: str
    grid: Grid
    marks: Marks = NO_MARKS


def read_log_file(
    path: Path, count_names: Callable[[Sequence[str]], int]
) -> tuple[list[LogSheet], list[str]]:
    """Read the sheets of a log.

    Parameters
    ----------
    path : Path
        A workbook (.xlsx, .xls, .ods) or text file (CSV); what is inside decides, not the name.
    count_names : callable
        How many of some cells are names of columns; tells how a text file is separated.

    Returns
    -------
    list of LogSheet, list of str
        The sheets in their order, and what a reader should know.

    Raises
    ------
    DataError
        With one message if the file cannot be read.
    """
    where = show_path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            size = f"{MAX_BYTES // 1024**2} MB"
            raise DataError([f"{where}: is larger than {size}, allowed is {size}. Split the log."])
        data = path.read_bytes()
    except OSError as error:
        raise DataError(
            [f"{where}: cannot be read ({error.strerror}), allowed is a file. Correct the path."]
        ) from None
    if data.startswith((b"PK", OLE)):
        return _read_workbook(data, where)
    return _read_text(data, where, count_names)


def _read_workbook(data: bytes, where: str) -> tuple[list[LogSheet], list[str]]:
    try:
        marks = read_marks(data)
        rows_by_sheet, notices = read_workbook(data)
    except WorkbookError as error:
        raise DataError([f"{where}: {error}".replace("Split the register", "Split the log")]) from None
    sheets = []
    for name, rows in rows_by_sheet.items():
        found = marks.get(name, NO_MARKS)
        for top, bottom, column in found.merged:  # a partner written once and merged over its rows
            for row in range(top + 1, min(bottom + 1, len(rows))):
                rows[row][column] = rows[row][column] or rows[top][column]
        sheets.append(LogSheet(name, make_grid(rows), found))
    hint = [HIDDEN_UNKNOWN] if data.startswith(OLE) else []
    return sheets, [f"{where}: {notice}" for notice in [*notices, *hint]]


def _read_text(
    data: bytes, where: str, count_names: Callable[[Sequence[str]], int]
) -> tuple[list[LogSheet], list[str]]:
    encoding, problem, notice = _find_encoding(data, where)
    if problem:
        raise DataError([problem])
    sample = codecs.getincrementaldecoder(encoding)("replace").decode(data[:SAMPLE])
    reader = csv.reader(
        io.TextIOWrapper(io.BytesIO(data), encoding, newline=""),
        delimiter=_find_separator(sample, count_names),
        strict=True,
    )
    grid, read = GridBuilder(), 0
    other_limit = csv.field_size_limit(LONGEST_CELL)
    try:
        for rows in read_batches(reader):
            grid.add(rows)
            read += len(rows)
    except csv.Error:
        allowed = "allowed are quotes around a whole cell, and two quotes for one inside it"
        fault = f"has a double quote out of place or a cell too long, {allowed}. Correct the quotes."
        raise DataError([f"{where}, row {read + 1}: {fault}"]) from None
    finally:
        csv.field_size_limit(other_limit)
    return [LogSheet("", grid.finish())], [notice] if notice else []


def _find_encoding(data: bytes, where: str) -> tuple[str, str, str]:
    """Encoding, problem, notice; a log may be UTF-16, as Excel's "Unicode text" is."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    even, odd = data[:2000:2].count(0), data[1:2000:2].count(0)
    if not marked and max(even, odd) <= len(data[:2000]) / 5:
        return find_encoding(data, where, SAVE)
    encoding = "utf-16" if marked else "utf-16-le" if odd > even else "utf-16-be"
    try:
        problem = "\0" in data.decode(encoding)
    except UnicodeDecodeError:
        problem = True
    return (
        encoding,
        f"{where}: is no text, allowed are CSV files and workbooks. {SAVE}" if problem else "",
        "",
    )


def _find_separator(sample: str, count_names: Callable[[Sequence[str]], int]) -> str:
    """The separator that makes most column names of one line; where none does, the most frequent."""
    lines = sample.splitlines()[:100]
    hint = EXCEL_HINT.fullmatch(lines[0].strip()) if lines else None
    if hint:
        return hint[1]

    def judge(separator: str) -> tuple[int, int]:
        rows = csv.reader(lines, delimiter=separator)
        return max((count_names(row) for row in rows), default=0), sample.count(separator)

    return max(SEPARATORS, key=judge)
