"""Bring a foreign register into a folder of its own: read, check, merge places, write all files or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.home import find_home
from analysis.imports.foreign import folder, report
from analysis.imports.foreign.licences import USUAL, Source
from analysis.imports.foreign.making import make_register
from analysis.imports.foreign.statements import Reading
from analysis.problems import DataError
from analysis.tables.files import show_path
from analysis.tables.register import read_schemas
from analysis.tables.values import UNPRINTABLE

SHOWN = 5  # listed rows in the message, where none could be taken over


@dataclass(frozen=True)
class Origin:
    """What the user says of a file; empty texts are filled with what is usual for its kind.

    `as_of` is the ISO date of the state that it tells, by default the day of the import.
    """

    kind: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class Brought:
    """What an import did.

    Attributes
    ----------
    lines, notices : list of str
        To be printed, and what a reader should know.
    counts : mapping of str to int
        By the keys of `report.WORDS`.
    city : str
        The place with most relations, by city_id.
    source : Source
    """

    lines: list[str]
    notices: list[str]
    counts: Mapping[str, int]
    city: str
    source: Source


def bring_register(
    path: Path,
    register: Path,
    origin: Origin,
    read: Callable[[Path], Reading],
    *,
    language: str = "de",
    only_complete: bool = False,
) -> Brought:
    """
    Import a register of somebody else into a folder of its own, which is made anew.

    Parameters
    ----------
    path, register : Path
        The file, and the folder to write: a new one, or one that an earlier import made and nobody changed.
    origin : Origin
    read : callable
        Reads the file.
    language : {"de", "en"}
        Of the report.
    only_complete : bool
        List the rows with a place without country or coordinates; else they are kept, for the notebook network only.

    Raises
    ------
    DataError
        If the folder must not be written, the file cannot be read, or no row of it can be taken over.
    """
    home = find_home()
    folder.refuse(register, home / "data")
    reading = read(path)
    source = _describe_source(origin, path, folder.read_state(register))
    made = make_register(reading, source, read_schemas(home / "data" / "schema"), only_complete)
    if not made.keys:
        raise DataError(_refuse_empty(path, reading))
    name = _clean(path.name)
    reports = report.write_reports(reading, made.keys, made.counts, name, language)
    folder.write(register, made.tables, reports, folder.make_state(path, name, source))
    lines = report.say_outcome(reading, made.counts, name)
    return Brought(lines, reading.notices, made.counts, made.city, source)


def _describe_source(origin: Origin, path: Path, state: Mapping[str, str]) -> Source:
    """The source; the same file as at the last import keeps the days of that import."""
    publisher, url, licence = USUAL.get(origin.kind, ("not stated", "", ""))
    is_same = state.get("file_sha256") == folder.hash_file(path)
    accessed = state["accessed_date"] if is_same else date.today().isoformat()
    return Source(
        f"import-{origin.kind}",
        _clean(origin.title) or _clean(path.name),
        _clean(origin.publisher) or publisher,
        _clean(origin.url) or url,
        _clean(origin.licence) or licence,
        origin.as_of or (state["as_of"] if is_same else accessed),
        accessed,
    )


def _clean(text: str) -> str:
    """A text in one line that any file may hold: no control characters, ? for bytes of another encoding (Latin-1)."""
    return " ".join(UNPRINTABLE.sub(" ", text.encode(errors="replace").decode()).split())


def _refuse_empty(path: Path, reading: Reading) -> list[str]:
    """Say why no row could be taken over."""
    texts = report.read_reasons("en")
    listed = [each for each in reading.findings if each.outcome == "listed"]
    allowed = "allowed are files with one row at least that names two places"
    said = f"{show_path(path)}: no row of {reading.read} can be taken over, {allowed}. Correct the rows."
    rows = [
        f"{show_path(path)}, row {each.row}{f', {each.column}' if each.column else ''}: "
        f"{texts[each.reason][0].format(**each.values)}. {texts[each.reason][1].format(**each.values)}"
        for each in listed[:SHOWN]
    ]
    return [said, *rows]
