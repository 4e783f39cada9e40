"""What became of every row of an import: as a table for machines, a workbook for people, and a few lines."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from analysis.imports.earlier import Merged
from analysis.imports.findings import Finding
from analysis.imports.log import Log
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
SHOWN = 10_000  # lines in the workbook, more than a person works through; the table for machines has all
WRITTEN = datetime(2000, 1, 1)  # a workbook wants a time; the same input gives the same bytes
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
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(content, options)
    book.set_properties({"created": WRITTEN})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    first = book.add_worksheet("Überblick" if language == "de" else "Overview")
    first.set_column(0, 0, 60)
    first.write(0, 0, ("Import von " if language == "de" else "Import of ") + name, bold)
    lines = [
        *((name_count(key, language), count) for key, count in counts.items()),
        *((note, "") for note in log.notices),
    ]
    for row, (label, count) in enumerate(lines, start=2):
        first.write_string(row, 0, label, wrap)
        first.write(row, 1, count)
    second = book.add_worksheet("Zu tun" if language == "de" else "To do")
    for column, (label, width) in enumerate(
        zip(GERMAN if language == "de" else COLUMNS, WIDTHS, strict=True)
    ):
        second.set_column(column, column, width, wrap)
        second.write(0, column, label.replace("_", " "), bold)
    second.freeze_panes(1, 0)
    second.set_landscape()
    second.fit_to_pages(1, 0)
    number = 0
    for number, line in enumerate(
        _list_lines([*log.findings, *merged.findings], log.rows, language), start=1
    ):
        if number > SHOWN:
            break
        for column, cell in enumerate(line):
            second.write(number, column, cell)
    second.autofilter(0, 0, max(number, 1), len(COLUMNS) - 1)
    book.close()
    return content.getvalue()


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
