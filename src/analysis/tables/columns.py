"""Typed columns out of rows of text: header, rows, cells and keys of one table, by its schema."""

from dataclasses import dataclass
from itertools import compress
from operator import ne
from typing import Any

import numpy as np
import pandas as pd

from analysis.problems import did_you_mean, name_lines, quote
from analysis.tables.grid import Column
from analysis.tables.sheets import Sheet
from analysis.tables.values import Field, Value, read_plain, read_value

Schema = dict[str, Any]  # a Frictionless Table Schema

DTYPES = {
    "string": "string",
    "date": "string",
    "year": "Int64",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
}
NOTHING = {dtype: pd.array([], dtype) for dtype in DTYPES.values()}
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars", ",": "commas inside of quotes"}


@dataclass(frozen=True)
class Table:
    """A typed table that knows where its rows stand.

    Attributes
    ----------
    where : str
        File (and sheet), as messages name it.
    frame : DataFrame
        All columns of the schema in its order, nullable types; rows as they stand.
    lines : list of int
        Line of each row as the spreadsheet shows it (header = 1).
    is_whole : bool
        False where rows or columns could not be read: nobody can say then that a key is missing.
    """

    where: str
    frame: pd.DataFrame
    lines: list[int]
    is_whole: bool = True


def read_table(sheet: Sheet, schema: Schema) -> tuple[Table, list[str], list[str]]:
    """Type and check one table by its schema.

    Parameters
    ----------
    sheet : Sheet
        Rows of text.
    schema : dict
        Frictionless Table Schema of the table.

    Returns
    -------
    table : Table
        A wrong cell is missing in it, a wrong text stays.
    problems, notices : list of str
        All that is wrong; what was changed in reading.
    """
    columns, problems = _read_header(sheet, schema)
    if not columns:
        return Table(sheet.where, _empty_frame(schema), [], is_whole=False), problems, []
    rows, ragged = _pick_rows(sheet, len(_name_columns(sheet)))
    is_whole = not (sheet.problem or ragged) and set(schema.get("primaryKey", [])) <= set(columns)
    problems = [*([sheet.problem] if sheet.problem else []), *problems, *ragged]
    lines, cells, notices = (rows + 1).tolist(), {}, []
    for field in schema["fields"]:
        name = field["name"]
        if name not in columns:
            cells[name] = pd.array([None] * len(rows), DTYPES[field["type"]])
            continue
        column = pick_cells(sheet.grid.columns[columns[name]], rows)
        trimmed = list(map(str.strip, column.texts))
        values, wrong = _type_texts(trimmed, field)
        cells[name] = values.take(column.codes)
        spots = [f"{sheet.where}, ", f", column {name}: "]
        problems += _place_problems(wrong, Column(column.codes, trimmed), lines, spots)
        notices += _notice_spaces(column, trimmed, lines, spots)
    table = Table(sheet.where, pd.DataFrame(cells, copy=False), lines, is_whole)
    return table, problems + _check_key(table, schema), notices


def read_nothing(schema: Schema, where: str, is_whole: bool) -> Table:
    """Give a table that is absent: no rows, the right columns; whole where it may be absent."""
    return Table(where, _empty_frame(schema), [], is_whole)


def _empty_frame(schema: Schema) -> pd.DataFrame:
    return pd.DataFrame({field["name"]: NOTHING[DTYPES[field["type"]]] for field in schema["fields"]})


def _name_columns(sheet: Sheet) -> list[str]:
    """Names in line 1, up to the last."""
    names = [cell.strip() for cell in sheet.grid.row(0)] if len(sheet.grid) else []
    return names[: max((number for number, name in enumerate(names, start=1) if name), default=0)]


def _read_header(sheet: Sheet, schema: Schema) -> tuple[dict[str, int], list[str]]:
    """Position of each column by its name, and what is wrong; no columns where the table cannot be read."""
    fields = {field["name"]: field for field in schema["fields"]}
    names, allowed = _name_columns(sheet), f"allowed are the columns {', '.join(fields)}"
    if not sheet.grid.mark_filled().any():
        return {}, [sheet.problem or f"{sheet.where}: is empty, {allowed}. Write them into line 1."]
    separator = next((mark for mark in SEPARATORS if len(names) == 1 and mark in names[0]), None)
    if separator:
        save = "Save it with commas, or hand in the whole register as a workbook (.xlsx)."
        return {}, [f"{sheet.where}: is separated by {SEPARATORS[separator]}, allowed are commas. {save}"]
    where = f"{sheet.where}, line 1"
    if not set(names) & set(fields):
        return {}, [f"{where}: is no header, {allowed}. Write them into line 1."]
    problems = [_refuse_column(name, fields, names) for name in dict.fromkeys(names) if name not in fields]
    problems += [problem for name in fields if (problem := _check_column(name, names, fields[name]))]
    return {name: names.index(name) for name in fields if name in names}, [f"{where}: {p}" for p in problems]


def _check_column(name: str, names: list[str], field: Field) -> str:
    if names.count(name) > 1:
        numbers = " and ".join(str(number) for number, other in enumerate(names, 1) if other == name)
        return f"has column {name} as number {numbers}, allowed is one. Delete or rename the other."
    if name not in names and field.get("constraints", {}).get("required"):
        return f"has no column {name}, which every row needs. Add it."
    return ""


def _refuse_column(name: str, fields: dict[str, Field], names: list[str]) -> str:
    if not name:
        return f"has no name for column {names.index(name) + 1}, allowed are {', '.join(fields)}. Add it."
    free = [column for column in fields if column not in names]
    hint = did_you_mean(name, free) or " Rename it or take it out."
    return f"has a column {quote(name)}, allowed are {', '.join(fields)}.{hint}"


def _pick_rows(sheet: Sheet, width: int) -> tuple[np.ndarray, list[str]]:
    """Numbers of the rows as wide as the header, blank ones left out; and what is wrong with the others."""
    grid = sheet.grid
    short = grid.lengths < width
    ragged = (short & grid.mark_filled() if short.any() else short) | grid.mark_filled(width)
    data = np.arange(len(grid)) > 0
    todo = {True: "Put a text with a comma into double quotes.", False: "Add the commas that are missing."}
    problems = []
    for cells in dict.fromkeys(grid.lengths[ragged & data].tolist()):
        lines = name_lines((np.flatnonzero(ragged & data & (grid.lengths == cells)) + 1).tolist())
        fault = f"has {cells} cells, allowed are {width} as in line 1. {todo[cells > width]}"
        problems.append(f"{sheet.where}, {lines}: {fault}")
    return np.flatnonzero(data & ~ragged & ~grid.mark_blank()), problems


def pick_cells(column: Column, rows: np.ndarray) -> Column:
    """Keep some rows of a column, and of its texts only those that stand in them."""
    codes = column.codes[rows]
    used = np.bincount(codes, minlength=len(column.texts)) > 0
    numbers = np.cumsum(used) - 1
    return Column(numbers[codes], list(compress(column.texts, used.tolist())))


def _type_texts(texts: list[str], field: Field) -> tuple[pd.api.extensions.ExtensionArray, dict[str, str]]:
    """Type the distinct texts of a column; returns their values with the reason for each wrong text."""
    values: list[Value | None] = []
    wrong: dict[str, str] = {}
    dtype = DTYPES[field["type"]]
    plain = read_plain(texts, field)
    if plain is not None:
        return pd.array(plain, dtype=dtype), wrong
    for text in texts:
        try:
            values.append(read_value(text, field))
        except ValueError as error:
            wrong[text] = str(error)
            values.append(text if text and dtype == "string" else None)
    return pd.array(values, dtype=dtype), wrong


def _place_problems(wrong: dict[str, str], column: Column, lines: list[int], spots: list[str]) -> list[str]:
    found: dict[str, list[int]] = {}
    for row in np.flatnonzero(column.mark(text in wrong for text in column.texts)) if wrong else ():
        found.setdefault(column.texts[column.codes[row]], []).append(lines[row])
    return [f"{name_lines(rows).join(spots)}{wrong[text]}" for text, rows in found.items()]


def _notice_spaces(column: Column, trimmed: list[str], lines: list[int], spots: list[str]) -> list[str]:
    if trimmed == column.texts:
        return []
    changed = np.flatnonzero(column.mark(map(ne, column.texts, trimmed)))
    spot = name_lines([lines[row] for row in changed]).join(spots)
    return [f"{spot}had spaces around the text, which were left out."]


def _check_key(table: Table, schema: Schema) -> list[str]:
    key = schema.get("primaryKey", [])
    if not key or not (table.frame[key[0]] if len(key) == 1 else table.frame[key]).duplicated().any():
        return []
    keys, problems = table.frame[key].dropna(), []
    for values, rows in keys[keys.duplicated(keep=False)].groupby(key, sort=False):
        lines = name_lines([table.lines[row] for row in rows.index])
        is_now = f"is {quote(' + '.join(str(value) for value in values))} in each, allowed is once"
        problems.append(f"{table.where}, {lines}, column {' + '.join(key)}: {is_now}. Delete or rename one.")
    return problems
