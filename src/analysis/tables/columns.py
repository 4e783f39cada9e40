"""Typed columns out of rows of text: header, rows, cells and keys of one table, by its schema."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.problems import did_you_mean, name_lines, quote
from analysis.tables.cells import Sheet
from analysis.tables.values import Field, Value, read_value

Schema = dict[str, Any]  # a Frictionless Table Schema

DTYPES = {
    "string": "string",
    "date": "string",
    "year": "Int64",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
}
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
    lines, frame, notices = [line for line, _ in rows], _empty_frame(schema).reindex(range(len(rows))), []
    for field in schema["fields"]:
        if field["name"] in columns:
            texts = [row[columns[field["name"]]] for _, row in rows]
            trimmed = [text.strip() for text in texts]
            frame[field["name"]], wrong = _type_column(trimmed, field)
            spots = [f"{sheet.where}, ", f", column {field['name']}: "]
            problems += _place_problems(wrong, trimmed, lines, spots)
            notices += _notice_spaces(texts, trimmed, lines, spots)
    table = Table(sheet.where, frame, lines, is_whole)
    return table, problems + _check_key(table, schema), notices


def read_nothing(schema: Schema, where: str, is_whole: bool) -> Table:
    """Give a table that is absent: no rows, the right columns; whole where it may be absent."""
    return Table(where, _empty_frame(schema), [], is_whole)


def _empty_frame(schema: Schema) -> pd.DataFrame:
    return pd.DataFrame({field["name"]: pd.array([], DTYPES[field["type"]]) for field in schema["fields"]})


def _name_columns(sheet: Sheet) -> list[str]:
    """Names in line 1, up to the last."""
    names = [cell.strip() for cell in sheet.rows[0]] if sheet.rows else []
    return names[: max((number for number, name in enumerate(names, start=1) if name), default=0)]


def _read_header(sheet: Sheet, schema: Schema) -> tuple[dict[str, int], list[str]]:
    """Position of each column by its name, and what is wrong; no columns where the table cannot be read."""
    fields = {field["name"]: field for field in schema["fields"]}
    names, allowed = _name_columns(sheet), f"allowed are the columns {', '.join(fields)}"
    if not any(any(row) for row in sheet.rows):
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


def _pick_rows(sheet: Sheet, width: int) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Rows as wide as the header with their lines, blank ones left out; and what is wrong with the others."""
    rows, ragged = [], {}
    for line, row in enumerate(sheet.rows[1:], start=2):
        if len(row) < width and any(row) or any(row[width:]):
            ragged.setdefault(len(row), []).append(line)
        elif any(cell.strip() for cell in row):
            rows.append((line, row))
    todo = {True: "Put a text with a comma into double quotes.", False: "Add the commas that are missing."}
    problems = [
        f"{sheet.where}, {name_lines(lines)}: has {cells} cells, allowed are {width} as in line 1. "
        f"{todo[cells > width]}"
        for cells, lines in ragged.items()
    ]
    return rows, problems


def _type_column(texts: list[str], field: Field) -> tuple[pd.Series, dict[str, str]]:
    """Type a column, each distinct text read once; returns it with the reason for each wrong text."""
    values: dict[str, Value | None] = {}
    wrong: dict[str, str] = {}
    dtype = DTYPES[field["type"]]
    for text in dict.fromkeys(texts):
        try:
            values[text] = read_value(text, field)
        except ValueError as error:
            wrong[text] = str(error)
            values[text] = text if text and dtype == "string" else None
    return pd.Series([values[text] for text in texts], dtype=dtype), wrong


def _place_problems(wrong: dict[str, str], texts: list[str], lines: list[int], spots: list[str]) -> list[str]:
    found: dict[str, list[int]] = {text: [] for text in wrong}
    for text, line in zip(texts, lines, strict=True) if wrong else ():
        if text in wrong:
            found[text].append(line)
    return [f"{name_lines(found[text]).join(spots)}{reason}" for text, reason in wrong.items()]


def _notice_spaces(texts: list[str], trimmed: list[str], lines: list[int], spots: list[str]) -> list[str]:
    changed = [line for line, text, bare in zip(lines, texts, trimmed, strict=True) if text != bare]
    spot = name_lines(changed).join(spots)
    return [f"{spot}had spaces around the text, which were left out."] if changed else []


def _check_key(table: Table, schema: Schema) -> list[str]:
    key = schema.get("primaryKey", [])
    keys = table.frame[key].dropna() if key else table.frame[:0]
    same = keys[keys.duplicated(keep=False)] if key else keys
    problems = []
    for values, rows in same.groupby(key, sort=False) if len(same) else ():
        lines = name_lines([table.lines[row] for row in rows.index])
        is_now = f"is {quote(' + '.join(str(value) for value in values))} in each, allowed is once"
        problems.append(f"{table.where}, {lines}, column {' + '.join(key)}: {is_now}. Delete or rename one.")
    return problems
