"""What became of every row of an import: as a table for machines, a workbook for people, and a few lines."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from analysis.imports.earlier import Merged
from analysis.imports.findings import Finding
from analysis.imports.log import Log
from analysis.imports.report_book import write_book
from analysis.imports.rows import Rows
from analysis.imports.texts import LEFT_OUT, hide_personal

COLUMNS = (
    "outcome",
    "sheet",
    "row",
    "cell",
    "column",
    "value",
    "reason_code",
    "reason",
    "what_to_do",
    "activity_id",
)
WIDTHS = (12, 16, 7, 7, 22, 34, 18, 52, 60, 30)
GERMAN = (
    "Ergebnis",
    "Blatt",
    "Zeile",
    "Zelle",
    "Spalte",
    "Wert",
    "Schlüssel",
    "Grund",
    "Was tun",
    "Aktivität",
)
WORDS = {
    "read": ("gelesene Zeilen", "rows read"),
    "accepted": ("davon übernommen", "of these accepted"),
    "listed": ("davon nicht übernommen (gelistet)", "of these not accepted (listed)"),
    "new": ("neu", "new"),
    "unchanged": ("unverändert", "unchanged"),
    "changed": ("geändert", "changed"),
    "kept": (
        "früher importiert, nicht in dieser Datei, behalten",
        "of earlier imports, not in this file, kept",
    ),
    "removed": (
        "früher importiert, nicht in dieser Datei, entfernt",
        "of earlier imports, not in this file, removed",
    ),
    "title": ("Zeilen über einer Kopfzeile", "rows above a header"),
    "header": ("Kopfzeilen", "headers"),
    "empty": ("leere Zeilen", "empty rows"),
}


def count_outcomes(log: Log, merged: Merged) -> dict[str, int]:
    """Count what became of the rows: read = accepted + listed, accepted = new + unchanged + changed."""
    found = Counter(merged.outcomes)
    gone = Counter(each.outcome for each in merged.findings if each.outcome in ("kept", "removed"))
    reused = found.pop("", 0)
    counts = {"read": log.read, "accepted": len(log.accepted) - reused, "listed": log.listed + reused}
    return {
        **counts,
        **{name: found[name] for name in ("new", "unchanged", "changed")},
        **gone,
        **log.rows.counts,
    }


def write_table(log: Log, merged: Merged, language: str) -> bytes:
    """Write what became of every row as CSV: rows taken over have one line, listed ones a line for each reason."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_list_lines([*log.findings, *merged.findings], log.rows, language))
    sheets = [sheet.name for sheet in log.rows.sheets]
    quoted = ['"' + name.replace('"', '""') + '"' if name else "" for name in sheets]
    rows = zip(
        merged.outcomes,
        log.rows.sheet[log.accepted].tolist(),
        log.rows.line[log.accepted].tolist(),
        log.activities["activity_id"],
        strict=True,
    )
    text.writelines(
        f"{outcome},{quoted[sheet]},{line},,,,,,,{key}\n" for outcome, sheet, line, key in rows if outcome
    )
    return text.getvalue().encode()


def write_workbook(log: Log, merged: Merged, counts: Mapping[str, int], name: str, language: str) -> bytes:
    """Write the report for people: a sheet of numbers, and one of what to do, to be filtered in Excel."""
    numbers = [(name_count(key, language), count) for key, count in counts.items()]
    numbers += [(note, "") for note in log.notices]
    lines = _list_lines([*log.findings, *merged.findings], log.rows, language)
    return write_book(name, numbers, GERMAN if language == "de" else COLUMNS, WIDTHS, lines, language)


def read_reasons(language: str) -> dict[str, tuple[str, str]]:
    """Read reason and what to do of each code."""
    with (Path(__file__).parent / "reasons.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: (row[f"reason_{language}"], row[f"todo_{language}"]) for row in csv.DictReader(file)
        }


def explain(finding: Finding, texts: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Write reason and what to do of a finding; `texts` come from `read_reasons`."""
    reason, todo = texts[finding.reason]
    if "{" not in reason + todo:
        return reason, todo
    values = {
        name: f": {text}?" if name == "hint" and text else text for name, text in finding.values.items()
    }
    return reason.format(**values), todo.format(**values)


def _list_lines(findings: Iterable[Finding], rows: Rows, language: str) -> Iterator[Sequence[object]]:
    texts = read_reasons(language)
    for each in findings:
        sheet = rows.sheets[each.sheet].name if each.sheet >= 0 else ""
        cell = rows.cell(each.sheet, each.line, each.target) if each.sheet >= 0 and each.line else ""
        reason, todo = explain(each, texts)
        value = LEFT_OUT if each.reason == "personal-name" else hide_personal(str(each.value))
        place = (each.outcome, sheet, each.line or "", cell, each.target, value)
        yield (*place, each.reason, reason, todo, each.activity_id)


def name_count(key: str, language: str) -> str:
    """Name one of the numbers of `count_outcomes`."""
    return WORDS[key][language == "en"]
