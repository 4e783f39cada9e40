"""Bring a foreign register into a folder of its own: read, check, merge places, write all files or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.home import find_home
from analysis.imports.foreign import folder, report
from analysis.imports.foreign.checking import check_statements
from analysis.imports.foreign.cities import City, describe_cities, name_cities
from analysis.imports.foreign.licences import USUAL, Source
from analysis.imports.foreign.merging import merge_places
from analysis.imports.foreign.register_tables import name_relations, write_tables
from analysis.imports.foreign.relations import Relation, make_relations
from analysis.imports.foreign.statements import Place, Reading, Statement
from analysis.problems import DataError
from analysis.tables.cells import show_path
from analysis.tables.register import read_schemas

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
    relations, cities = _merge(reading, source.as_of, only_complete)
    if not relations:
        raise DataError(_refuse_empty(path, reading))
    ids = name_cities(cities)
    rows = {
        row: key
        for each, key in zip(relations, name_relations(relations, ids), strict=True)
        for row in each.rows
    }
    used = [number for each in relations for number in (each.home, each.partner)]
    counts = report.count_rows(reading, len(rows)) | {
        "cities": len(cities),
        "partnerships": len(relations),
        "milestones": sum(len(each.events) for each in relations),
        "incomplete": sum(not city.is_complete for city in cities.values()),
    }
    tables = write_tables(cities, ids, relations, source, read_schemas(home / "data" / "schema"))
    reports = report.write_reports(reading, rows, counts, path.name, language)
    folder.write(register, tables, reports, folder.make_state(path, source))
    city = min(Counter(used).items(), key=lambda item: (-item[1], ids[item[0]]))[0]
    return Brought(report.say_outcome(reading, counts, path.name), reading.notices, counts, ids[city], source)


def _describe_source(origin: Origin, path: Path, state: Mapping[str, str]) -> Source:
    """The source; the same file as at the last import keeps the days of that import."""
    publisher, url, licence = USUAL.get(origin.kind, ("not stated", "", ""))
    is_same = state.get("file_sha256") == folder.hash_file(path)
    accessed = state["accessed_date"] if is_same else date.today().isoformat()
    return Source(
        f"import-{origin.kind}",
        origin.title or path.name,
        origin.publisher or publisher,
        origin.url or url,
        origin.licence or licence,
        origin.as_of or (state["as_of"] if is_same else accessed),
        accessed,
    )


def _merge(reading: Reading, as_of: str, only_complete: bool) -> tuple[list[Relation], dict[int, City]]:
    """The relations and their places; every row that is in none is listed."""
    statements = check_statements(reading, as_of)
    numbers = merge_places(statements, reading)
    statements = [each for each in statements if each.home in numbers and each.partner in numbers]
    cities = describe_cities(statements, numbers, reading)
    if only_complete:
        statements = _list_incomplete(statements, numbers, cities, reading)
    relations = make_relations(statements, numbers, reading, as_of)
    used = {number for each in relations for number in (each.home, each.partner)}
    return relations, {number: city for number, city in cities.items() if number in used}


def _list_incomplete(
    statements: Sequence[Statement],
    numbers: Mapping[Place, int],
    cities: Mapping[int, City],
    reading: Reading,
) -> list[Statement]:
    kept = []
    for each in statements:
        lacking = [
            place.name for place in (each.home, each.partner) if not cities[numbers[place]].is_complete
        ]
        if lacking:
            reading.list_row(each.row, "", ", ".join(lacking), "place-incomplete")
        else:
            kept.append(each)
    return kept


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
