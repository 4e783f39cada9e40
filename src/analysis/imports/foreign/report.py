"""What became of every row of a foreign register: for machines, for people, and in a few lines."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from analysis.imports.foreign.statements import Finding, Reading, list_rows
from analysis.imports.report_book import write_book

COLUMNS = (*("outcome", "row", "column", "value", "reason_code", "reason", "what_to_do", "partnership_id"),)
GERMAN = ("Ergebnis", "Zeile", "Spalte", "Wert", "Schlüssel", "Grund", "Was tun", "Partnerschaft")
WIDTHS = (12, 8, 22, 34, 20, 52, 60, 34)
WORDS = {
    "read": ("gelesene Zeilen", "rows read"),
    "accepted": ("davon übernommen", "of these accepted"),
    "listed": ("davon nicht übernommen (gelistet)", "of these not accepted (listed)"),
    "header": ("Kopfzeilen", "headers"),
    "empty": ("leere Zeilen", "empty rows"),
    "comment": ("Kommentare", "comments"),
    "point": ("Punkte", "points"),
    "cities": ("Orte", "places"),
    "partnerships": ("Beziehungen", "relations"),
    "milestones": ("Ereignisse", "events"),
    "incomplete": ("Orte ohne Land oder Koordinaten", "places without country or coordinates"),
}


def count_rows(reading: Reading, accepted: int) -> dict[str, int]:
    """Count what became of the rows: read = accepted + listed."""
    listed = len(list_rows(reading.findings))
    return {"read": reading.read, "accepted": accepted, "listed": listed, **reading.beside}


def read_reasons(language: str) -> dict[str, tuple[str, str]]:
    """Read reason and what to do of each code."""
    with (Path(__file__).parent / "reasons.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: (row[f"reason_{language}"], row[f"todo_{language}"]) for row in csv.DictReader(file)
        }


def write_reports(
    reading: Reading, keys: Mapping[int, str], counts: Mapping[str, int], name: str, language: str
) -> dict[str, bytes]:
    """
    Write import-report.csv with every row, and import-report.xlsx with what is to be done.

    Parameters
    ----------
    reading : Reading
        Its findings.
    keys : mapping of int to str
        The relation that each accepted row is part of.
    counts : mapping of str to int
        By the keys of `WORDS`.
    name : str
        Of the file that was imported.
    language : {"de", "en"}
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    lines = list(_list_lines(pick_findings(reading), keys, language))
    writer.writerows(lines)
    writer.writerows(("accepted", row, "", "", "", "", "", key) for row, key in sorted(keys.items()))
    numbers = [(WORDS[key][language == "en"], count) for key, count in counts.items()]
    numbers += [(note, "") for note in reading.notices]
    heads = GERMAN if language == "de" else COLUMNS
    book = write_book(name, numbers, heads, WIDTHS, lines, language)
    return {"import-report.csv": text.getvalue().encode(), "import-report.xlsx": book}


def pick_findings(reading: Reading) -> list[Finding]:
    """The findings without remarks on rows that are listed anyway."""
    listed = list_rows(reading.findings)
    return [each for each in reading.findings if each.outcome != "remark" or each.row not in listed]


def _list_lines(
    findings: Sequence[Finding], keys: Mapping[int, str], language: str
) -> Iterator[tuple[object, ...]]:
    texts = read_reasons(language)
    for each in sorted(findings, key=lambda each: (each.row, each.column, each.reason)):
        reason, todo = (text.format(**each.values) for text in texts[each.reason])
        place = (each.outcome, each.row or "", each.column, each.value)
        yield (*place, each.reason, reason, todo, keys.get(each.row, ""))


def say_outcome(reading: Reading, counts: Mapping[str, int], name: str) -> list[str]:
    """Say in a few lines what became of the rows."""
    beside = ", ".join(f"{WORDS[key][1]} {count}" for key, count in reading.beside.items())
    rows = f"{counts['read']} rows read = {counts['accepted']} accepted + {counts['listed']} listed"
    made = ", ".join(f"{counts[key]} {WORDS[key][1]}" for key in ("cities", "partnerships", "milestones"))
    texts = read_reasons("en")
    lines = [f"{name}: {rows}{f' (beside them: {beside})' if beside else ''}.", f"made: {made}."]
    for outcome in ("listed", "remark", "place", "file"):
        reasons = Counter(each.reason for each in pick_findings(reading) if each.outcome == outcome)
        lines += [
            f"{outcome}: {count} x {texts[code][0].split('{')[0].strip(' :(,')}"
            for code, count in reasons.most_common()
        ]
    return lines
