"""Bring a log into a register: read, compare with earlier imports, write all files or none."""

import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analysis.home import find_home
from analysis.imports import earlier, import_report
from analysis.imports.headers import NOT_IMPORTED, ColumnNames
from analysis.imports.log import Log, read_log
from analysis.imports.mapping import NO_PARTNER, MappingRow, choose, list_allowed, read_mapping, write_mapping
from analysis.imports.places import Places
from analysis.imports.readings import TARGETS
from analysis.imports.words import ACTIVITY_CODES, Codes, fold, read_labels, read_words
from analysis.problems import DataError, did_you_mean
from analysis.tables import Register, read_register
from analysis.tables.cells import show_path
from analysis.tables.register import read_schemas

SOURCE = "activity-log"
MAPPING = "mapping.csv"
OWN_NAMES = {
    "partnership_id": "partner",
    "activity_id": "number",
}  # columns of the table that we read by other names
ASKED = ("place-unknown", "place-ambiguous", "code-unknown", "column-unknown")


@dataclass(frozen=True)
class Imported:
    """What an import did: lines to print, notices, and how many questions wait in the mapping."""

    lines: list[str]
    notices: list[str]
    counts: Mapping[str, int]
    questions: int


def import_log(
    path: Path,
    register_path: Path,
    *,
    mapping: Path | None = None,
    source_id: str = SOURCE,
    language: str = "de",
    remove_missing: bool = False,
) -> Imported:
    """Import an activity log into a register of the user's.

    Parameters
    ----------
    path, register_path : Path
        The log, and the folder of the register.
    mapping : Path, optional
        What columns, partners and kinds mean; by default what the last import wrote, if the user filled it in.
    source_id : str
        Source of the activities, a row of the register's sources.
    language : {"de", "en"}
        Of the import report.
    remove_missing : bool
        Drop activities of earlier imports that the log lacks; else they stay, and are told.

    Raises
    ------
    DataError
        If the register, the mapping or the log cannot be read, or the register is none of the user's imports.
    """
    with _resting_collector():
        return _import_log(path, register_path, mapping, source_id, language, remove_missing)


def _import_log(
    path: Path, register_path: Path, mapping: Path | None, source_id: str, language: str, remove_missing: bool
) -> Imported:
    home = find_home()
    earlier.refuse_register(register_path, home / "data")
    register = read_register(register_path)
    _check_source(register, source_id)
    schema = read_schemas(home / "data" / "schema")["activities"]
    kept = register_path / earlier.FOLDER / MAPPING
    words = Meanings(register, schema, mapping or (kept if kept.exists() else None))
    by_number = words.chosen.get("identity", {}).get("", "number") == "number"
    log = read_log(path, words.names, words.places, words.codes, source_id=source_id, by_number=by_number)
    columns = [field["name"] for field in schema["fields"]]
    merged = earlier.merge(log, earlier.read_earlier(register_path), columns, remove_missing)
    if remove_missing:
        earlier.refuse_removal(path, log, merged)
    counts = import_report.count_outcomes(log, merged)
    rows = words.list_rows(log, language)
    folder = register_path / earlier.FOLDER
    reports = {
        "import-report.csv": import_report.write_table(log, merged, language),
        "import-report.xlsx": import_report.write_workbook(log, merged, counts, path.name, language),
        MAPPING: write_mapping(rows),
    }
    with _writing(register_path):
        folder.mkdir(exist_ok=True)
        made = folder / "activities.part"
        earlier.write_rows(made, merged, columns)
        reports[earlier.STATE] = earlier.write_state(register_path, made, path)
        for name, content in reports.items():
            (folder / f"{name}.part").write_bytes(content)
        for name in reports:
            os.replace(folder / f"{name}.part", folder / name)
        os.replace(made, register_path / "activities.csv")
    questions = sum(row.code == "" for row in rows)
    notices = [*log.notices, *earlier.tell_twins(path, merged)]
    return Imported(import_report.say_outcome(log, merged, counts, path.name), notices, counts, questions)


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
            if each.reason in ASKED[:3]:
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


def _check_source(register: Register, source_id: str) -> None:
    known = register["sources"]["source_id"]
    if source_id not in set(known):
        hint = did_you_mean(source_id, known)
        todo = f"Add a row {source_id!r} to the table sources, or name another with --source."
        raise DataError(
            [
                f"{show_path(register.path)}: has no source {source_id!r}, which the activities rest on.{hint} {todo}"
            ]
        )


@contextmanager
def _resting_collector() -> Iterator[None]:
    """Look for no cycles of objects: an import makes none, and going through a million texts for them takes seconds."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _writing(register: Path) -> Iterator[None]:
    """Tell what cannot be written, and leave no half-written file behind."""
    try:
        yield
    except OSError as error:
        where = show_path(Path(error.filename or register))
        todo = "Close the file in Excel, or free the folder."
        raise DataError([f"{where}: cannot be written ({error.strerror}). {todo}"]) from None
    finally:
        for part in (register / earlier.FOLDER).glob("*.part"):
            part.unlink()
