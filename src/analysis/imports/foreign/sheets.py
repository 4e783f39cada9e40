"""Tables of foreign registers: rows with the meaning of their columns, whatever the columns are called."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.imports.dialects import LogSheet, read_log_file
from analysis.imports.foreign.statements import Reading
from analysis.imports.words import foldings
from analysis.problems import DataError
from analysis.tables.files import show_path


@dataclass(frozen=True)
class Row:
    """A row of a table: its line as the spreadsheet shows it, and its cells by field; absent ones are empty."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")


@cache
def read_words(source: str) -> Mapping[str, str]:
    """What words mean to a source: the field by each folded word."""
    with (Path(__file__).parent / "headings.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["source"] == source]
    return {form: row["field"] for row in rows for word in row["words"].split("|") for form in foldings(word)}


def find_field(name: str, source: str) -> str:
    """The field that the name of a column means; empty where it means none."""
    words = read_words(source)
    return next((words[form] for form in foldings(name) if form in words), "")


def find_form(text: str) -> str:
    """The form of a relation that a word or letter means; empty where it means none."""
    return find_field(text, "form")


def read_rows(path: Path, source: str, needed: Sequence[str], reading: Reading) -> list[Row]:
    """
    Read the rows of a CSV file or of a workbook's first sheet that has a header; count and list the others in `reading`.

    Raises
    ------
    DataError
        If the file cannot be read, or its header lacks a field of `needed`.
    """

    def count_names(cells: Sequence[str]) -> int:
        return len({find_field(cell, source) for cell in cells if len(cell) < 80} - {""})

    sheets, notices = read_log_file(path, count_names)
    reading.notices += notices
    found = [(sheet, fields) for sheet in sheets if (fields := _find_header(sheet, source, needed))]
    if not found:
        raise DataError([_refuse(path, source, needed, sheets)])
    sheet, fields = found[0]
    for other in sheets:
        if other is not sheet and not other.grid.mark_blank().all():
            reading.notices.append(
                f"{show_path(path)}, sheet {other.name!r}: was not read, only {sheet.name!r}."
            )
    return _collect(sheet, fields, reading)


def _find_header(sheet: LogSheet, source: str, needed: Collection[str]) -> dict[str, int] | None:
    """The column of each field, by the first row."""
    fields: dict[str, int] = {}
    for place, name in enumerate(sheet.grid.row(0) if len(sheet.grid) else ()):
        field = find_field(name, source)
        if field:
            fields.setdefault(field, place)
    return fields if set(needed) <= set(fields) else None


def _collect(sheet: LogSheet, fields: Mapping[str, int], reading: Reading) -> list[Row]:
    blank, width, rows = sheet.grid.mark_blank(), int(sheet.grid.lengths[0]), []
    reading.beside = {"header": 1, "empty": int(blank[1:].sum())}
    for place, name in enumerate(sheet.grid.row(0)):
        if name.strip() and place not in fields.values():
            reading.remark(0, name.strip(), name.strip(), "column-unknown")
    for number in range(1, len(sheet.grid)):
        if blank[number]:
            continue
        reading.read += 1
        cells = [cell.strip() for cell in sheet.grid.row(number)]
        if any(cells[width:]):
            reading.list_row(number + 1, "", cells[0], "too-long")
        else:
            rows.append(Row(number + 1, {field: cells[place] for field, place in fields.items()}))
    return rows


def _refuse(path: Path, source: str, needed: Sequence[str], sheets: Sequence[LogSheet]) -> str:
    seen = [find_field(name, source) for sheet in sheets[:1] if len(sheet.grid) for name in sheet.grid.row(0)]
    lacking = ", ".join(field for field in needed if field not in seen)
    names = {field: _name(source, field) for field in needed}
    allowed = f"allowed is a table whose first row names {', '.join(names.values())}"
    return f"{show_path(path)}: has no column for {lacking}, {allowed}. Correct the header."


def _name(source: str, field: str) -> str:
    """The first word for a field."""
    with (Path(__file__).parent / "headings.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return next(
            row["words"].split("|")[0] for row in rows if (row["source"], row["field"]) == (source, field)
        )
