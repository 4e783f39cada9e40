"""An activity log of an office as rows of `activities`, and what was not taken over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.imports.dialects import read_log_file
from analysis.imports.findings import (
    CHECKED,
    Finding,
    compare_counts,
    join_periods,
    list_columns,
    list_faults,
    list_remarks,
    list_unsaid_projects,
    show,
    tell,
    write_value,
)
from analysis.imports.headers import ColumnNames
from analysis.imports.identity import make_ids
from analysis.imports.places import Places
from analysis.imports.readings import AMOUNTS, CODES, COUNTS, TARGETS, TEXTS, Reading, read_columns
from analysis.imports.rows import Rows, collect_rows
from analysis.imports.words import Codes
from analysis.problems import DataError
from analysis.tables.files import show_path

_OPEN = 2  # beside 0 and 1, no and yes


@dataclass(frozen=True)
class Log:
    """A log that was read.

    Attributes
    ----------
    rows : Rows
        Its rows of text.
    accepted : ndarray of int
        Positions in `rows` of those taken over.
    activities : dict of str to list of str
        The columns of `activities` of the accepted rows, as they stand in a CSV file.
    findings : list of Finding
        Every row that was not taken over, with its reasons; remarks on the others, and on columns.
    notices : list of str
        What a reader should know of the file.
    """

    rows: Rows
    accepted: np.ndarray
    activities: dict[str, list[str]]
    findings: list[Finding]
    notices: list[str]

    @property
    def listed(self) -> int:
        """How many rows were not taken over."""
        return len({(each.sheet, each.line) for each in self.findings if each.outcome == "listed"})

    @property
    def read(self) -> int:
        """How many rows below a header hold anything."""
        return len(self.rows) + len(self.rows.others)


def read_log(
    path: Path,
    names: ColumnNames,
    places: Places,
    codes: Mapping[str, Codes],
    *,
    source_id: str,
    by_number: bool,
) -> Log:
    """Read a log into rows of `activities`.

    Parameters
    ----------
    path : Path
        Workbook or text file.
    names, places, codes : ColumnNames, Places, dict of str to Codes
        What its columns, partners and kinds mean.
    source_id : str
        Source of every activity.
    by_number : bool
        Whether the file's own numbers tell which row is which activity.

    Raises
    ------
    DataError
        If the file cannot be read at all.
    """
    sheets, notices = read_log_file(path, names.count)
    rows = collect_rows(sheets, names, TARGETS, places.knows)
    readings = read_columns(rows, places, codes)
    if rows.headers and not any(rows.headers):
        allowed = "allowed are logs with a row that names two columns at least, as Datum and Partnerstadt"
        raise DataError(
            [f"{show_path(path)}: has no header, {allowed}. Add it, or name the columns in a mapping."]
        )
    findings = list_columns(rows) + [
        Finding("listed", sheet, line, "", show(rows, sheet, line), reason)
        for sheet, line, reason in rows.others
    ]
    findings += [each for name in CHECKED for each in list_faults(rows, name, readings[name])]
    starts, ends, crossed = join_periods(rows, readings)
    findings += crossed + compare_counts(rows, readings)
    good = _leave_out(rows, findings)
    fields = _take_fields(rows, readings, good)
    fields |= {"start_date": starts[good].tolist(), "end_date": ends[good].tolist()}
    fields["source_id"] = [source_id] * len(good)
    fields["activity_id"] = _identify(rows, readings, fields, good, by_number)
    doubles, single = _find_doubles(rows, fields, good)
    findings += doubles
    fields = (
        {name: [values[place] for place in single] for name, values in fields.items()} if doubles else fields
    )
    accepted = good[single]
    findings += list_unsaid_projects(rows, accepted, fields["is_project"])
    findings += list_remarks(rows, readings, accepted)
    return Log(rows, accepted, fields, findings, notices)


def _leave_out(rows: Rows, findings: Sequence[Finding]) -> np.ndarray:
    """Positions of the rows without a finding so far."""
    listed = {(each.sheet, each.line) for each in findings if each.outcome == "listed"}
    if not listed:
        return np.arange(len(rows))
    places = zip(rows.sheet.tolist(), rows.line.tolist(), strict=True)
    return np.flatnonzero([place not in listed for place in places])


def _take_fields(rows: Rows, readings: Mapping[str, Reading], good: np.ndarray) -> dict[str, list[str]]:
    """Write the columns of `activities` for the rows taken over, as text."""
    fields = {
        name: _write(readings[name], good)
        for name in (*COUNTS, *AMOUNTS, *CODES, *TEXTS, "actor", "activity_type")
    }
    fields["partnership_id"] = _write(readings["partner"], good)
    fields["is_project"] = _tell_projects(rows, readings["is_project"], good, fields["activity_type"])
    return fields


def _tell_projects(rows: Rows, said: Reading, good: np.ndarray, kinds: Sequence[str]) -> list[str]:
    """Write which activities are projects: what the log says, or its kinds; empty where neither says anything.

    Each sheet speaks for itself. A column that only marks projects says no where it is empty, one with yes and no says
    nothing there; kinds say it where there is no column.
    """
    codes, sheets = said.column.codes[good], rows.sheet[good]
    answers = np.array([_OPEN if value is None else int(value) for value in said.values] or [_OPEN])[codes]
    is_blank = said.column.mark(not write_value(text).strip() for text in said.column.texts)[good]
    is_kind = np.array([kind == "project" for kind in kinds], bool)
    for number in np.unique(sheets):
        own = sheets == number
        if "is_project" in rows.headers[number].targets:
            if (answers[own] == 1).any() and not (answers[own] == 0).any():
                answers[own & is_blank & (answers == _OPEN)] = 0
        elif is_kind[own].any():
            answers[own] = 0
    answers[is_kind] = 1
    return np.array(["false", "true", ""], object)[answers].tolist()


def _write(reading: Reading, rows: np.ndarray) -> list[str]:
    texts = np.array([write_value(value) for value in reading.values] or [""], object)
    return texts[reading.column.codes[rows]].tolist()


def _identify(
    rows: Rows,
    readings: Mapping[str, Reading],
    fields: Mapping[str, list[str]],
    good: np.ndarray,
    by_number: bool,
) -> list[str]:
    names = np.array([sheet.name for sheet in rows.sheets], object)[rows.sheet[good]].tolist()
    numbers = readings["number"].take(good).tolist() if by_number else [None] * len(good)
    titles = [de or en for de, en in zip(fields["title_de"], fields["title_en"], strict=True)]
    return make_ids(names, numbers, fields["partnership_id"], fields["start_date"], titles)


def _find_doubles(
    rows: Rows, fields: Mapping[str, list[str]], good: np.ndarray
) -> tuple[list[Finding], np.ndarray]:
    """Rows that stand for an activity an earlier row has; and the positions of the others."""
    keys = fields["activity_id"]
    if len(set(keys)) == len(keys):
        return [], np.arange(len(keys))
    first: dict[str, int] = {}
    findings, single = [], []
    for place, key in enumerate(keys):
        if first.setdefault(key, place) == place:
            single.append(place)
            continue
        other = good[first[key]]
        name = rows.sheets[rows.sheet[other]].name
        shown = f"{name} {rows.line[other]}".strip()
        title = fields["title_de"][place] or fields["title_en"][place]
        findings.append(tell(rows, good[place], "", title, "double", {"other": shown}))
    return findings, np.array(single, int)
