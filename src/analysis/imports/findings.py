"""What is to be said of the rows of a log: why some are not taken over, and what to know of the others."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from analysis.dates import first_day, last_day
from analysis.imports.readings import AMOUNTS, CODES, COUNTS, TEXTS, Reading
from analysis.imports.rows import Rows

CHECKED = (
    "partner",
    "start_date",
    "end_date",
    "activity_type",
    "is_project",
    "actor",
    *COUNTS,
    *AMOUNTS,
    *CODES,
    *TEXTS,
)

Period = tuple[str, str | None]  # start and end, as `analysis.imports.log_dates.read_period` gives them


class Finding(NamedTuple):
    """What is to be said of a row, a cell, a column or an activity.

    `sheet` is a position, -1 for none; `line` is 0 where it is about a whole column; `target` is a column of `Rows`.
    """

    outcome: str  # listed, remark, column, changed, kept, removed
    sheet: int
    line: int
    target: str
    value: str
    reason: str
    values: Mapping[str, str] = {}
    activity_id: str = ""


def show(rows: Rows, sheet: int, line: int) -> str:
    """First text of a row, to find it by."""
    return next((cell.strip() for cell in rows.sheets[sheet].grid.row(line - 1) if cell.strip()), "")


def write_value(value: object) -> str:
    """Write a value as a cell of a CSV file: whole numbers without a decimal point, nothing as empty."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return "" if value is None else str(value)


def list_columns(rows: Rows) -> list[Finding]:
    """List the columns that are not imported, and the sheets that name no kind of activity."""
    found = []
    for number, (sheet, header) in enumerate(zip(rows.sheets, rows.headers, strict=True)):
        for each in header.left_out if header else ():
            values = {"value": each.target}
            found.append(Finding("column", number, header.row + 1, "", each.name, each.reason, values))
        if header and "activity_type" not in header.targets:
            found.append(Finding("column", number, header.row + 1, "activity_type", "", "type-missing"))
        if sheet.marks.is_hidden:
            found.append(Finding("column", number, 0, "", "", "hidden-sheet"))
    return found


def list_unsaid_projects(rows: Rows, accepted: np.ndarray, said: Sequence[str]) -> list[Finding]:
    """List the sheets that do not say of all accepted entries (positions in `rows`) whether they are projects."""
    is_open = np.array([text == "" for text in said], bool)
    found = []
    for number, header in enumerate(rows.headers):
        count = int((is_open & (rows.sheet[accepted] == number)).sum())
        if header and count:
            reason = "project-open" if "is_project" in header.targets else "project-missing"
            found.append(
                Finding("column", number, header.row + 1, "is_project", "", reason, {"count": str(count)})
            )
    return found


def list_faults(rows: Rows, name: str, reading: Reading) -> list[Finding]:
    """List the rows whose cell in a column (the name of its target) could not be read."""
    found = []
    for row in np.flatnonzero(reading.mark_faults()) if any(reading.faults) else ():
        code = reading.column.codes[row]
        fault = reading.faults[code]
        found.append(tell(rows, row, name, reading.column.texts[code], fault.code, fault.values))
    return found


def tell(
    rows: Rows,
    row: int,
    name: str,
    text: Any,
    reason: str,
    values: Mapping[str, str] | None = None,
    outcome: str = "listed",
) -> Finding:
    """Tell of a row: what became of it (`outcome`), in which column, the cell's text, and the code of the reason."""
    value = text[0] if isinstance(text, tuple) else text
    shown = "" if reason == "no-column" else value
    return Finding(outcome, int(rows.sheet[row]), int(rows.line[row]), name, shown, reason, values or {})


def join_periods(rows: Rows, readings: Mapping[str, Reading]) -> tuple[np.ndarray, np.ndarray, list[Finding]]:
    """Start and end of each row, from one cell or two that must agree; empty where there is none."""
    starts, ends = readings["start_date"], readings["end_date"]
    count = len(ends.values)  # every pair of a start and an end is looked at once
    pairs, codes = np.unique(starts.column.codes * count + ends.column.codes, return_inverse=True)
    joined = [_join_period(starts.values[pair // count], ends.values[pair % count]) for pair in pairs]
    first, last, faults = np.array([*joined, ("", "", "")], object)[codes].T
    found = [
        tell(rows, row, "end_date", ends.column.texts[ends.column.codes[row]], faults[row])
        for row in np.flatnonzero(faults != "")
    ]
    return first, last, found


def _join_period(period: Period | None, until: Period | None) -> tuple[str, str, str]:
    """Start, end and fault of a start cell and an end cell that were read; a start that was not has no fault here."""
    if period is None:
        return "", "", ""
    start, end = period
    if until is None:
        return start, end or "", ""
    last = until[1] or until[0]
    if end and end != last:
        return start, "", "date-ends"
    if first_day(start) > last_day(last):
        return start, "", "date-backwards"
    return start, "" if last == start else last, ""


def compare_counts(rows: Rows, readings: Mapping[str, Reading]) -> list[Finding]:
    """List the rows with more people under 27 than people."""
    all_, young = (readings[name].take(np.arange(len(rows))).astype(float) for name in COUNTS)
    more = np.flatnonzero(young > all_)  # nan is never more
    return [tell(rows, row, COUNTS[1], f"{young[row]:.0f}", "under-27") for row in more]


def list_remarks(rows: Rows, readings: Mapping[str, Reading], accepted: np.ndarray) -> list[Finding]:
    """List what a reader should know of accepted rows, such as an approximate number."""
    is_accepted = np.zeros(len(rows), bool)
    is_accepted[accepted] = True
    found = []
    for name in CHECKED:
        reading = readings[name]
        for row in np.flatnonzero(reading.mark_remarks() & is_accepted) if any(reading.remarks) else ():
            code = reading.column.codes[row]
            value = reading.values[code]
            values = {"value": value[0] if isinstance(value, tuple) else write_value(value)}
            found.append(
                tell(rows, row, name, reading.column.texts[code], reading.remarks[code], values, "remark")
            )
    for number, sheet in enumerate(rows.sheets):
        if not sheet.marks.hidden:
            continue
        hidden = np.isin(rows.line - 1, list(sheet.marks.hidden)) & (rows.sheet == number)
        found += [tell(rows, row, "", "", "hidden-row", outcome="remark") for row in np.flatnonzero(hidden)]
    return found
