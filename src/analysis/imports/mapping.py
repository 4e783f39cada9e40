"""The mapping that a user corrects and keeps: what columns, partners and kinds of a log mean.

It is a table and no TOML file, because Excel opens it, and whatever Excel saves can be read as a log can.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from analysis.imports.dialects import read_log_file
from analysis.imports.headers import NOT_IMPORTED
from analysis.imports.words import ACTIVITY_CODES, fold, foldings
from analysis.problems import DataError, did_you_mean, quote
from analysis.tables.files import show_path

COLUMNS = ("field", "text", "code", "remark")
IDENTITIES = ("number", "content")
NO_PARTNER = "none"


class MappingRow(NamedTuple):
    """A row of a mapping: in this field, this text means this code; an empty code is an open question."""

    field: str
    text: str
    code: str
    remark: str


def read_mapping(path: Path, allowed: Mapping[str, Iterable[str]]) -> list[MappingRow]:
    """Read a mapping, with its open questions.

    Parameters
    ----------
    path : Path
        Table with the columns field, text, code and remark: CSV of any kind, or a workbook.
    allowed : dict of str to iterable of str
        The codes that each field may have.

    Raises
    ------
    DataError
        With every row whose field or code is unknown.
    """
    where = show_path(path)
    sheets, _ = read_log_file(path, lambda cells: len({fold(cell) for cell in cells} & set(COLUMNS)))
    rows = [sheet.grid.row(number) for sheet in sheets[:1] for number in range(len(sheets[0].grid))]
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if not set(COLUMNS[:3]) <= set(header):
        raise DataError(
            [f"{where}: is no mapping, allowed are the columns {', '.join(COLUMNS)}. Write them into row 1."]
        )
    found, problems = [], []
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
        made = MappingRow(*(cells.get(column, "") for column in COLUMNS))
        fault = _find_fault(made.field, made.code, allowed) if made.code else ""
        problems += [f"{where}, row {number}, {fault}"] if fault else []
        found.append(made)
    if problems:
        raise DataError(problems)
    return [row for row in found if any(row)]


def choose(rows: Iterable[MappingRow]) -> dict[str, dict[str, str]]:
    """Give the answers of a mapping: for each field the code of every folded text."""
    chosen: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.code:
            chosen.setdefault(row.field, {}).update((form, row.code) for form in foldings(row.text))
    return chosen


def _find_fault(field: str, code: str, allowed: Mapping[str, Iterable[str]]) -> str:
    if field not in allowed:
        return f"column field: is {quote(field)}, allowed are {', '.join(allowed)}.{did_you_mean(field, allowed)}"
    codes = list(allowed[field])
    if code not in codes:
        hint = did_you_mean(code, codes) or " Choose one, or leave it empty."
        return f"column code: is {quote(code)}, allowed for {field} are {', '.join(codes)}.{hint}"
    return ""


def list_allowed(
    targets: Iterable[str], partners: Iterable[str], enums: Mapping[str, Iterable[str]]
) -> dict[str, list[str]]:
    """List the codes that each field of a mapping may have."""
    return {
        "column": [*targets, NOT_IMPORTED],
        "partner": [*partners, NO_PARTNER],
        **{field: list(enums[field]) for field in ACTIVITY_CODES},
        "identity": list(IDENTITIES),
    }


def write_mapping(rows: Iterable[MappingRow]) -> bytes:
    """Write a mapping as Excel in Germany opens it: semicolons, and UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
