"""A register out of what a foreign one states: check, merge places, join rows to relations, count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.imports.foreign.checking import check_statements
from analysis.imports.foreign.cities import City, describe_cities, name_cities
from analysis.imports.foreign.licences import Source
from analysis.imports.foreign.merging import merge_places
from analysis.imports.foreign.register_tables import name_relations, write_tables
from analysis.imports.foreign.relations import Relation, make_relations
from analysis.imports.foreign.report import count_rows
from analysis.imports.foreign.statements import Place, Reading, Statement
from analysis.tables.columns import Schema


@dataclass(frozen=True)
class Made:
    """A register that is not written yet.

    Attributes
    ----------
    tables : dict of str to bytes
        Its files.
    keys : dict of int to str
        The partnership_id of each row that was taken over.
    counts : dict of str to int
        By the keys of `report.WORDS`.
    city : str
        The place with most relations, by city_id; empty where there is none.
    """

    tables: Mapping[str, bytes]
    keys: Mapping[int, str]
    counts: Mapping[str, int]
    city: str


def make_register(
    reading: Reading, source: Source, schemas: Mapping[str, Schema], only_complete: bool
) -> Made:
    """
    Make the tables of a register. Neither the order of the rows nor anything but the reading and the source matters.

    Parameters
    ----------
    reading : Reading
        Takes the findings: every row is then part of a relation or listed.
    source : Source
    schemas : mapping of str to dict
        Frictionless Table Schemas.
    only_complete : bool
        List the rows with a place without country or coordinates.
    """
    relations, cities = _merge(reading, source.as_of, only_complete)
    ids = name_cities(cities)
    names = name_relations(relations, ids)
    keys = {row: name for each, name in zip(relations, names, strict=True) for row in each.rows}
    used = Counter(ids[number] for each in relations for number in (each.home, each.partner))
    counts = count_rows(reading, len(keys)) | {
        "cities": len(cities),
        "partnerships": len(relations),
        "milestones": sum(len(each.events) for each in relations),
        "incomplete": sum(not city.is_complete for city in cities.values()),
    }
    tables = write_tables(cities, ids, relations, source, schemas)
    return Made(tables, keys, counts, min(used, key=lambda name: (-used[name], name), default=""))


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
        ends = (each.home, each.partner)
        lacking = [place.name for place in ends if not cities[numbers[place]].is_complete]
        if lacking:
            reading.list_row(each.row, "", ", ".join(lacking), "place-incomplete")
        else:
            kept.append(each)
    return kept
