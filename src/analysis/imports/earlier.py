"""What earlier imports have brought into a register, and what a new one changes."""

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.imports.findings import Finding
from analysis.imports.log import Log
from analysis.problems import DataError
from analysis.tables.files import show_path

FOLDER = "imports"  # of a register: reports, the mapping, and what is needed to know an import again
STATE = "import.json"
NO_ACTIVITY = ("total", "heading", "header-again")  # reasons of rows that no activity is lost with
CONTENT = ("partnership_id", "start_date", "title_de")
BLOCK = 20_000  # rows written at once
SPECIAL = (",", '"', "\r", "\n")  # signs that a cell is quoted for

Row = tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """The activities of a register after an import.

    Attributes
    ----------
    fields : list of list of str
        The columns of `activities.csv`.
    order : list of int
        Positions of their rows by start date and activity_id, so that the order of the rows in a log does not matter.
    outcomes : list of str
        For each row of the log that was taken over: new, unchanged, changed; empty where it was not after all.
    findings : list of Finding
        What changed, stayed or went, and numbers that were used again.
    """

    fields: list[list[str]]
    order: list[int]
    outcomes: list[str]
    findings: list[Finding]


def refuse_register(path: Path, data: Path) -> None:
    """Raise DataError where an import must not write.

    Parameters
    ----------
    path : Path
        The register.
    data : Path
        Folder of the sourced registers; nothing is ever imported into them.
    """
    where, todo = show_path(path), "Put it into a folder registers/NAME and name that folder."
    if not path.is_dir():
        raise DataError([f"{where}: is no folder, allowed for an import is the folder of a register. {todo}"])
    if path.resolve().is_relative_to(data.resolve()):
        todo = "Make one of your own: twinning new CITY."
        raise DataError([f"{where}: is a sourced register, allowed for an import are registers/NAME. {todo}"])
    file = path / "activities.csv"
    if (file.exists() or file.is_symlink()) and _hash(file) not in _read_hashes(path):
        fault = "was not made by an import or was changed since, allowed is what the last import wrote"
        todo = "Put your changes into the log, and move this file away."
        raise DataError([f"{show_path(file)}: {fault}. {todo}"])


def refuse_removal(path: Path, log: Log, merged: Merged) -> None:
    """Raise DataError where rows of a log `path` were not taken over: the activities they stand for are not missing."""
    found = [*log.findings, *merged.findings]
    listed = {
        (each.sheet, each.line)
        for each in found
        if each.outcome == "listed" and each.reason not in NO_ACTIVITY
    }
    if listed:
        fault = f"has {len(listed)} listed {'row' if len(listed) == 1 else 'rows'}"
        allowed = "allowed with --remove-missing are logs without, as their activities would be removed"
        todo = "Import it without --remove-missing, correct the rows that the report lists, and import again."
        raise DataError([f"{show_path(path)}: {fault}, {allowed}. {todo}"])


def read_earlier(path: Path) -> dict[str, Row]:
    """Read the rows that earlier imports brought into the register `path`, by activity_id."""
    file = path / "activities.csv"
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        return {row[0]: tuple(row) for row in rows}


def merge(log: Log, earlier: Mapping[str, Row], columns: Sequence[str], remove_missing: bool) -> Merged:
    """Join a log with the rows of earlier imports.

    A row with a known key replaces the earlier one. Where fewer than two of partner, date and title are the same, its
    number was used again, as in the log of another year: the earlier row stays and the new one is listed. Earlier rows that the log lacks stay, unless
    `remove_missing`.
    """
    fields = [log.activities.get(name) or [""] * len(log.accepted) for name in columns]
    if not earlier:
        return Merged(fields, _sort(fields, columns), ["new"] * len(log.accepted), [])
    places = {name: place for place, name in enumerate(columns)}
    rows, outcomes, findings = [], [], []
    for place, row in enumerate(zip(*fields, strict=True)):
        before = earlier.get(row[0])
        outcome = "new" if before is None else "unchanged" if before == row else "changed"
        if outcome == "changed" and _is_reused(before, row, places):
            findings.append(_tell_reuse(log, place, row, before, places))
            outcome, row = "", before
        elif outcome == "changed":
            findings += _tell_changes(log, place, row, before, columns)
        outcomes.append(outcome)
        rows.append(row)
    known = set(log.activities["activity_id"])
    for key in [key for key in earlier if key not in known]:
        outcome = "removed" if remove_missing else "kept"
        title = earlier[key][places["title_de"]] or earlier[key][places["title_en"]]
        findings.append(Finding(outcome, -1, 0, "", title, outcome, {}, key))
        rows += [] if remove_missing else [earlier[key]]
    joined = [list(cells) for cells in zip(*rows, strict=True)] or [[] for _ in columns]
    return Merged(joined, _sort(joined, columns), outcomes, findings)


def _sort(fields: list[list[str]], columns: Sequence[str]) -> list[int]:
    """Order rows by start date and key."""
    days: dict[str, list[int]] = {}
    for place, start in enumerate(fields[columns.index("start_date")]):
        days.setdefault(start, []).append(place)
    return [place for start in sorted(days) for place in sorted(days[start], key=fields[0].__getitem__)]


def _is_reused(before: Row, row: Row, places: Mapping[str, int]) -> bool:
    """Tell whether two rows with one number are two activities; a date made more precise is the same, no title is none."""
    (partner, start, title), (old_partner, old_start, old_title) = (
        [each[places[name]] for name in CONTENT] for each in (row, before)
    )
    is_same_start = start.startswith(old_start) or old_start.startswith(start)
    return (partner == old_partner) + is_same_start + (title == old_title != "") < 2


def _tell_reuse(log: Log, place: int, row: Row, before: Row, places: Mapping[str, int]) -> Finding:
    sheet, line = (int(each[log.accepted[place]]) for each in (log.rows.sheet, log.rows.line))
    other = " ".join(before[places[name]] for name in CONTENT if before[places[name]])
    return Finding("listed", sheet, line, "number", row[0], "number-reused", {"other": other})


def _tell_changes(log: Log, place: int, row: Row, before: Row, columns: Sequence[str]) -> list[Finding]:
    sheet, line = (int(each[log.accepted[place]]) for each in (log.rows.sheet, log.rows.line))
    return [
        Finding("changed", sheet, line, name, new, "changed", {"before": old}, row[0])
        for name, new, old in zip(columns, row, before, strict=True)
        if new != old
    ]


def tell_twins(path: Path, merged: Merged) -> list[str]:
    """Tell of new activities that are all but in name others that stay, as after a sheet got another name."""
    count = len(merged.outcomes)
    rows = list(zip(*merged.fields[1:], strict=True)) if len(merged.order) > count else []
    stay = set(rows[count:])
    twins = sum(outcome == "new" and row in stay for outcome, row in zip(merged.outcomes, rows, strict=False))
    if not twins:
        return []
    what = f"{twins} new {'activity is' if twins == 1 else 'activities are'} the same as of an earlier import"
    todo = "If this file stands for the earlier one, import it with --remove-missing."
    return [
        f"{show_path(path)}: {what}, but for the number or the name of the sheet, and both now count. {todo}"
    ]


def write_rows(file: Path, merged: Merged, columns: Sequence[str]) -> None:
    """Write activities as the tables of a register are written: UTF-8, commas, LF, quotes where they are needed."""
    rows = list(map(",".join, zip(*map(_quote, merged.fields), strict=True)))  # faster than csv.writer
    with file.open("w", encoding="utf-8", newline="") as text:
        text.write(",".join(columns) + "\n")
        for first in range(0, len(rows), BLOCK):
            text.write("\n".join(rows[place] for place in merged.order[first : first + BLOCK]) + "\n")


def _quote(field: Sequence[str]) -> Sequence[str]:
    together = "".join(field)
    found = [sign for sign in SPECIAL if sign in together]  # mostly none, and much faster than cell by cell
    if not found:
        return field
    doubled = (cell.replace('"', '""') for cell in field) if '"' in found else field
    return [f'"{cell}"' if any(sign in cell for sign in found) else cell for cell in doubled]


def write_state(register: Path, file: Path, log: Path) -> bytes:
    """Write what tells the next import that `file` is ours; also the one before it, should this import break off."""
    hashes = dict.fromkeys([_hash(file), *_read_hashes(register)[:1]])
    state = {"activities_sha256": list(hashes), "log": log.name}
    return (json.dumps(state, indent=1, ensure_ascii=False) + "\n").encode()


def _read_hashes(path: Path) -> list[str]:
    try:
        return list(json.loads((path / FOLDER / STATE).read_text(encoding="utf-8"))["activities_sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
