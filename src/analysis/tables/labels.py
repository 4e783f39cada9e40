"""Tables in the readers' words: a header of labels from the glossary, and cells as German or English offices write.

The workbook that ``twinning new`` makes is such a register. A table is read so only if its header has labels; one with the
names of the columns is taken as it stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from analysis.dates import write_date
from analysis.tables.columns import Schema
from analysis.tables.grid import Column, Grid
from analysis.tables.sheets import Sheet
from analysis.tables.values import NO, YES, Field

NUMBERED = ("milestones", "activities", "factors", "contributions")  # no other table refers to their keys

Labels = Mapping[str, Sequence[tuple[str, str]]]  # by field, every label in small letters with its code


def read_labels(glossary: Sheet) -> Labels:
    """Read the labels in both languages from the glossary's sheet."""
    columns = [[column.texts[code] for code in column.codes] for column in glossary.grid.columns]
    cells = {name: rest for name, *rest in columns}
    labels: dict[str, list[tuple[str, str]]] = {}
    known = (
        cells.get(name, []) for name in ("field", "code", "de", "en")
    )  # that one lacks is told elsewhere
    for field, code, *own in zip(*known, strict=False):
        labels.setdefault(field, []).extend((_fold(label), code) for label in own)
    return labels


def translate_sheet(sheet: Sheet, name: str, schema: Schema, labels: Labels) -> Sheet:
    """Put codes in place of labels, ISO dates in place of German ones, and keys where nobody needs them.

    Parameters
    ----------
    sheet : Sheet
    name : str
        Of the table.
    schema : dict
        Its Frictionless Table Schema.
    labels : dict of str to list of (str, str)
        As `read_labels` gives them; a label may stand for columns of several tables.

    Returns
    -------
    Sheet
        The same one where the header has no label.
    """
    fields = {field["name"]: field for field in schema["fields"]}
    names = {label: code for label, code in labels.get("column", ()) if code in fields}
    header = sheet.grid.row(0) if len(sheet.grid) else []
    codes = [names.get(_fold(cell), cell.strip()) for cell in header]
    if not any(
        code in fields and cell.strip() not in fields for code, cell in zip(codes, header, strict=True)
    ):
        return sheet
    columns = [
        _translate(column, code, fields.get(code), dict(labels.get(code, ())))
        for column, code in zip(sheet.grid.columns, codes, strict=True)
    ]
    key = schema.get("primaryKey", [""])[0]
    if name in NUMBERED and key in codes:
        place = codes.index(key)
        columns[place] = _number(columns[place], name, sheet.grid.mark_blank())
    return replace(sheet, grid=Grid(columns, sheet.grid.lengths))


def _translate(column: Column, name: str, field: Field | None, labels: Mapping[str, str]) -> Column:
    """Translate the cells of a column; its first one is the header."""
    codes = column.codes.copy()
    codes[0] = len(column.texts)
    return Column(codes, [*(_translate_cell(text, field, labels) for text in column.texts), name])


def _translate_cell(text: str, field: Field | None, labels: Mapping[str, str]) -> str:
    bare = text.strip()
    if field is None or not bare:
        return text
    if field["type"] == "boolean":
        return "true" if bare.lower() in YES else "false" if bare.lower() in NO else text
    if field.get("edtf") or field["type"] == "date":
        return write_date(bare) or text
    if "enum" in field.get("constraints", {}) and bare not in field["constraints"]["enum"]:
        return labels.get(_fold(bare), text)
    return text


def _number(column: Column, name: str, blank: np.ndarray) -> Column:
    """Give the rows without a key one from their line, as `milestones-3`."""
    empty = column.mark(not text.strip() for text in column.texts) & ~blank
    codes, lines = column.codes.copy(), np.flatnonzero(empty)
    codes[lines] = len(column.texts) + np.arange(len(lines))
    return Column(codes, [*column.texts, *(f"{name}-{line + 1}" for line in lines)])


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
