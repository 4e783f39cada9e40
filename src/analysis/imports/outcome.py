"""What an import did, in the few lines that the terminal shows, in German or English."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from analysis.imports.earlier import Merged
from analysis.imports.import_report import name_count, read_reasons
from analysis.imports.log import Log

TEXTS = {
    "de": {
        "read": "{name}: {read} Zeilen gelesen = {accepted} übernommen + {listed} gelistet (daneben: {beside}).",
        "accepted": "übernommen: {new} neu, {unchanged} unverändert, {changed} geändert{gone}.",
        "listed": "gelistet: {count} x {reason}",
        "personal": "nie übernommen, personenbezogene Daten: {columns}",
        "unknown": "nicht übernommen, unbekannt: {columns}",
        "report": "jede Zeile: {path} (und .csv)",
        "mapping": "Zuordnung: {path} (keine offenen Fragen)",
        "questions": "Zuordnung: {path} (offene Fragen: {count}; Spalte code ausfüllen und noch einmal importieren)",
    },
    "en": {
        "read": "{name}: {read} rows read = {accepted} accepted + {listed} listed (beside them: {beside}).",
        "accepted": "accepted: {new} new, {unchanged} unchanged, {changed} changed{gone}.",
        "listed": "listed: {count} x {reason}",
        "personal": "never imported, personal data: {columns}",
        "unknown": "not imported, unknown: {columns}",
        "report": "every row: {path} (and .csv)",
        "mapping": "mapping: {path} (no open questions)",
        "questions": "mapping: {path} (open questions: {count}; fill in the column code, and import again)",
    },
}


def say_outcome(log: Log, merged: Merged, counts: Mapping[str, int], name: str, language: str) -> list[str]:
    """Say in a few lines what became of the rows of the file `name`."""
    texts, reasons = TEXTS[language], read_reasons(language)
    beside = ", ".join(f"{name_count(key, language)} {counts[key]}" for key in ("title", "header", "empty"))
    gone = [f", {counts[key]} {name_count(key, language)}" for key in ("kept", "removed") if counts.get(key)]
    lines = [texts["read"].format(name=name, beside=beside, **counts)]
    lines += [texts["accepted"].format(gone="".join(gone), **counts)]
    listed = Counter(each.reason for each in [*log.findings, *merged.findings] if each.outcome == "listed")
    for code, count in listed.most_common():
        reason = reasons[code][0].split("{")[0].strip(" :(,")
        lines.append(texts["listed"].format(count=count, reason=reason))
    for kind in ("personal", "unknown"):
        columns = [each.value for each in log.findings if each.reason == f"column-{kind}"]
        lines += [texts[kind].format(columns=", ".join(dict.fromkeys(columns)))] * bool(columns)
    return lines


def say_files(folder: Path, questions: int, language: str) -> list[str]:
    """Say where every row and the open questions of the mapping are found."""
    texts = TEXTS[language]
    asked = texts["questions" if questions else "mapping"]
    return [
        texts["report"].format(path=folder / "import-report.xlsx"),
        asked.format(path=folder / "mapping.csv", count=questions),
    ]
