"""What the words of a log mean, by the glossary, the package and the user, and what is to be asked."""

from collections.abc import Mapping
from pathlib import Path

from analysis.imports import import_report
from analysis.imports.headers import NOT_IMPORTED, ColumnNames
from analysis.imports.log import Log
from analysis.imports.mapping import NO_PARTNER, MappingRow, choose, list_allowed, read_mapping
from analysis.imports.places import Places
from analysis.imports.readings import TARGETS
from analysis.imports.words import ACTIVITY_CODES, Codes, fold, read_labels, read_words
from analysis.tables import Register

OWN_NAMES = {
    "partnership_id": "partner",
    "activity_id": "number",
}  # columns of the table that we read by other names
ASKED = ("place-unknown", "place-ambiguous", "place-namesake", "code-unknown")


class Meanings:
    """What the words of a log mean: the glossary's, the package's and the user's, who has the last one.

    Parameters
    ----------
    register : Register
        Its partnerships, places and the glossary.
    schema : dict
        Of `activities`.
    mapping : Path or None
        The user's.
    """

    def __init__(self, register: Register, schema: Mapping, mapping: Path | None) -> None:
        glossary = register["glossary"].to_dict(
            "records"
        )  # a heading may stand for columns of other tables, too
        known = {*TARGETS, *OWN_NAMES}
        labels = read_labels(row for row in glossary if row["field"] != "column" or row["code"] in known)
        own = read_words()
        enums = {field["name"]: field.get("constraints", {}).get("enum", []) for field in schema["fields"]}
        relations = register["partnerships"]["partnership_id"]
        allowed = list_allowed(TARGETS, relations, enums)
        self.rows = read_mapping(mapping, allowed) if mapping else []
        self.chosen = choose(self.rows)
        partners = {**own["partner"], **self.chosen.get("partner", {})}
        self.places = Places(
            register, {form: "" if key == NO_PARTNER else key for form, key in partners.items()}
        )
        self.codes = {
            field: Codes(
                {
                    **{form: code for form, code in labels[field].items() if code in enums[field]},
                    **own[field],
                    **self.chosen.get(field, {}),
                }
            )
            for field in ACTIVITY_CODES
        }
        columns = {form: OWN_NAMES.get(code, code) for form, code in labels["column"].items()}
        columns = {form: code for form, code in columns.items() if code in TARGETS}
        chosen = self.chosen.get("column", {})
        self.names = ColumnNames({**columns, **own["column"]}, own["personal"], chosen)

    def list_rows(self, log: Log, language: str) -> list[MappingRow]:
        """List the user's rows, then what was used for the columns of this log, then what is to be asked."""
        texts = import_report.read_reasons(language)
        rows = {(row.field, fold(row.text)): row for row in self.rows if row.code}
        found = [
            row
            for header, sheet in zip(log.rows.headers, log.rows.sheets, strict=True)
            if header
            for row in _list_columns(header, sheet, texts)
        ]
        identity = {
            "de": "number: eigene Nummern der Liste; content: Blatt, Partner, Beginn und Titel",
            "en": "number: the log's own numbers; content: sheet, partner, start and title",
        }
        found.append(MappingRow("identity", "", "number", identity[language]))
        for each in log.findings:
            if each.reason in ASKED:
                reason, todo = import_report.explain(each, texts)
                field = "partner" if each.target == "partner" else each.target
                found.append(
                    MappingRow(
                        field, str(each.value), "", f"{reason}{'' if reason.endswith('?') else '.'} {todo}"
                    )
                )
        for row in found:
            rows.setdefault((row.field, fold(row.text)), row)
        return list(rows.values())


def _list_columns(header, sheet, texts) -> list[MappingRow]:
    names = sheet.grid.row(header.row)
    rows = [
        MappingRow("column", names[place].strip(), target, "") for target, place in header.targets.items()
    ]
    for each in header.left_out:
        if each.name.strip() and each.reason != "column-double":
            code = NOT_IMPORTED if each.reason == "column-personal" else ""
            rows.append(MappingRow("column", each.name.strip(), code, texts[each.reason][0]))
    return rows
