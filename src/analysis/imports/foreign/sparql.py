"""Results of a query to Wikidata (P190, twinned administrative body) as rows: who names whom, and what is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from analysis.imports.foreign.json_files import dig
from analysis.imports.foreign.statements import Location, Place, Reading, Statement
from analysis.imports.foreign.values import read_country, read_item, read_location, read_people, read_whole
from analysis.imports.foreign.wikidata_values import read_point, read_time
from analysis.problems import DataError
from analysis.tables.files import show_path

Cells = Mapping[str, str]  # text by variable

PARTNER = {"partner", "twin", "twinned", "sister", "target", "other", "object", "2"}
HOME = {"item", "city", "home", "source", "town", "subject", "municipality", "1"}
KINDS = (  # what the words of a variable say that it is; the first that fits
    ("precision", {"precision"}),
    ("population_year", {"popyear", "popdate", "populationyear", "populationdate"}),
    ("population", {"pop", "population", "inhabitants"}),
    ("start", {"start", "since", "begin"}),
    ("end", {"end", "until"}),
    ("country", {"country", "iso"}),
    ("label", {"label", "name"}),
    ("latitude", {"lat", "latitude"}),
    ("longitude", {"lon", "lng", "long", "longitude"}),
    ("point", {"coord", "coords", "coordinate", "coordinates", "location", "geo", "point", "wkt"}),
)
SAMPLE = 200  # rows that show whether a variable holds items
UNKNOWN = re.compile(r"_:.*|t[0-9]+|.*/\.well-known/genid/.*")  # how a value that nobody knows is written


class Roles(NamedTuple):
    """Which variables are the two items, and which one tells what: variables by side and kind."""

    home: str
    partner: str
    others: Mapping[tuple[str, str], list[str]]

    def __contains__(self, name: object) -> bool:
        """Whether a variable tells anything."""
        known = [name for names in self.others.values() for name in names]
        return name in (self.home, self.partner, *known)

    def pick(self, cells: Cells, side: str, kind: str) -> str:
        """The first text of a kind."""
        return next((cells[name] for name in self.others.get((side, kind), ()) if cells.get(name)), "")


def find_roles(names: Sequence[str], rows: Sequence[Cells], path: Path) -> Roles:
    """
    Find the two items and what the other variables tell, by their names and values.

    Raises
    ------
    DataError
        If there are not two variables with items.
    """
    words = {name: _split(name) for name in names}
    items = [name for name in names if not _find_kind(words[name]) and _holds_items(name, rows[:SAMPLE])]
    partners = [name for name in items if words[name] & PARTNER] or items[1:2]
    homes = [name for name in items if name not in partners and words[name] & HOME]
    homes = homes or [name for name in items if name not in partners]
    if not homes or not partners:
        allowed = "allowed are results with two columns of items, as item and partner"
        found = ", ".join(items) or "none"
        raise DataError(
            [f"{show_path(path)}: has as columns of items {found}, {allowed}. Select both items."]
        )
    others: dict[tuple[str, str], list[str]] = {}
    for name in names:
        kind = _find_kind(words[name])
        if kind:
            is_partner = name.startswith(partners[0]) or words[name] & PARTNER
            others.setdefault(("partner" if is_partner else "home", kind), []).append(name)
    return Roles(homes[0], partners[0], others)


def _split(name: str) -> set[str]:
    """The words of a name such as partnerLabel or city2_coord."""
    parts = [part.lower() for part in re.findall("[A-Z]?[a-z]+|[A-Z]+|[0-9]+", name)]
    return {*parts, "".join(parts[-2:])}


def _find_kind(words: set[str]) -> str:
    return next((kind for kind, known in KINDS if words & known), "")


def _holds_items(name: str, rows: Sequence[Cells]) -> bool:
    values = [row[name] for row in rows if row.get(name)]
    return bool(values) and sum(bool(read_item(value)) for value in values) > len(values) / 2


def read_bindings(documents: Iterable[Any]) -> tuple[list[str], list[Cells]]:
    """The variables and rows of all results in JSON; a value that is no text is left out."""
    given = [dig(document, "results", "bindings") for document in documents]
    bindings = [binding for several in given if isinstance(several, list) for binding in several]
    rows = [
        {
            name: ("_:" if dig(cell, "type") == "bnode" else "") + cell["value"]
            for name, cell in binding.items()
            if isinstance(dig(cell, "value"), str)
        }
        if isinstance(binding, dict)
        else {}
        for binding in bindings
    ]
    return list(dict.fromkeys(name for row in rows for name in row)), rows


def read_flat(documents: Iterable[Any]) -> tuple[list[str], list[Cells]]:
    """The variables and rows of results in the short form: one flat object for each row."""
    rows = [
        {name: str(value) for name, value in each.items() if isinstance(value, str | int | float)}
        if isinstance(each, dict)
        else {}
        for each in documents
    ]
    return list(dict.fromkeys(name for row in rows for name in row)), rows


def read_results(rows: Sequence[tuple[int, Cells]], roles: Roles, reading: Reading) -> None:
    """Turn rows with their numbers into statements; what is no statement is listed in `reading`."""
    bare: set[str] = set()
    for number, cells in rows:
        reading.read += 1
        ends = [read_item(cells.get(name, "")) for name in (roles.home, roles.partner)]
        if not all(ends):
            shown = " ".join(cells.get(name, "") for name in (roles.home, roles.partner))
            reading.list_row(number, "", shown, "no-item")
            continue
        home, partner = (
            _read_place(number, cells, side, item, roles, reading, bare)
            for side, item in zip(("home", "partner"), ends, strict=True)
        )
        start, _ = _read_date(number, cells, "start", roles, reading)
        end, has_ended = _read_date(number, cells, "end", roles, reading)
        statement = Statement(
            number, home, partner, "partnership", start, end, has_ended, is_own_reading=True
        )
        reading.statements.append(statement)


def _read_place(
    number: int, cells: Cells, side: str, item: str, roles: Roles, reading: Reading, bare: set[str]
) -> Place:
    label = roles.pick(cells, side, "label")
    if (not label or read_item(label)) and item not in bare:
        bare.add(item)
        reading.tell_place(number, item, "label-bare")
    location = _read_location(number, cells, side, roles, reading)
    people, year = (roles.pick(cells, side, kind) for kind in ("population", "population_year"))
    countries = [cells.get(name, "") for name in roles.others.get((side, "country"), ())]
    code = next(filter(None, map(read_country, countries)), "")
    return Place(
        label or item,
        code,
        location,
        wikidata_id=item,
        population=read_people(people, number, reading),
        population_year=read_whole(year[:4]),
    )


def _read_location(number: int, cells: Cells, side: str, roles: Roles, reading: Reading) -> Location | None:
    point, north, east = (roles.pick(cells, side, kind) for kind in ("point", "latitude", "longitude"))
    location = read_point(point) if point else read_location(north, east)
    if location is None and (point or north or east) and not UNKNOWN.fullmatch(point):
        reading.remark(number, side, point or f"{north} / {east}", "degrees-unclear")
    return location


def _read_date(number: int, cells: Cells, kind: str, roles: Roles, reading: Reading) -> tuple[str, bool]:
    """A date, and whether it is one that nobody knows."""
    names = [name for side in ("home", "partner") for name in roles.others.get((side, kind), ())]
    named = next((name for name in names if cells.get(name)), "")
    text = cells.get(named, "")
    if not text or UNKNOWN.fullmatch(text):
        return "", bool(text) and kind == "end"
    beside = [name for side in ("home", "partner") for name in roles.others.get((side, "precision"), ())]
    own = [name for name in beside if name.startswith(named) or kind in name.lower()]
    given = next((cells[name] for name in own if cells.get(name)), "")
    date, remark = read_time(text, read_whole(given))
    if remark:
        reading.remark(number, kind, text, remark)
    return date, kind == "end" and not date
