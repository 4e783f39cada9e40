"""Bring a log into a register: read, compare with earlier imports, write all files or none."""

import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analysis.home import find_home
from analysis.imports import earlier, import_report
from analysis.imports.log import read_log
from analysis.imports.mapping import write_mapping
from analysis.imports.meanings import Meanings
from analysis.imports.outcome import say_files, say_outcome
from analysis.problems import DataError, did_you_mean
from analysis.tables import Register, read_register
from analysis.tables.files import show_path
from analysis.tables.register import read_schemas

SOURCE = "activity-log"
MAPPING = "mapping.csv"


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
        Of the import report, and of the lines to print.
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
    lines = say_outcome(log, merged, counts, path.name, language) + say_files(folder, questions, language)
    return Imported(lines, notices, counts, questions)


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
