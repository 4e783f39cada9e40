"""The data of an edition in its RO-Crate: every file that was read, its licence, and the sources of its rows."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

DESCRIPTION = "datapackage.json"  # of a register: a Frictionless data package
SOURCES = "/sources.csv"  # the shared ones, and those of a register

_UNKNOWN = "The register names no licence. Ask whoever publishes it."
_NO_ADDRESS = "#licence/"  # a licence that has a title only
_MEDIA = {".csv": "text/csv", ".json": "application/json"}

Entity = dict[str, Any]


def name_input(place: str) -> str:
    """The identifier of a file that was read, by its place in the project."""
    return f"#input/{quote(place)}"


def refer(names: Iterable[str]) -> Entity | list[Entity]:
    """References to entities; a single one is no list, as RO-Crate wants it."""
    found = [{"@id": name} for name in names]
    return found[0] if len(found) == 1 else found


def describe_licence(register: Path) -> Entity | str:
    """The licence of a register as an entity, from its data package; a text where it names none."""
    try:
        package = json.loads((register / DESCRIPTION).read_text(encoding="utf-8"))
        licence = package["licenses"][0]
        title, address = str(licence["title"] or "").strip(), str(licence.get("path") or "")
        code = str(licence.get("name") or title)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return _UNKNOWN
    if not title:
        return _UNKNOWN
    name = address or f"{_NO_ADDRESS}{quote(title)}"
    return {"@id": name, "@type": "CreativeWork", "name": title, "description": code}


def list_licence(register: Path) -> tuple[str, ...]:
    """Code, title and address (may be empty) of the licence of a register; empty where it names none."""
    licence = describe_licence(register)
    if isinstance(licence, str):
        return ()
    address = "" if licence["@id"].startswith(_NO_ADDRESS) else licence["@id"]
    return licence["description"], licence["name"], address


def list_cited(state: Path) -> list[Mapping[str, str]]:
    """The sources that rows of the tables of a snapshot name, by source_id: source_id, title, publisher, date, url."""
    places = {path: path.relative_to(state).as_posix() for path in sorted(state.rglob("*.csv"))}
    tables = [path for path, place in places.items() if place.endswith(SOURCES)]
    known = {name: row for path in tables for name, row in _read_sources(path).items()}
    cited = {name for path in places if path not in tables for name in _find_sources(path)}
    return [known[name] for name in sorted(cited & known.keys())]


def describe_inputs(inputs: Mapping[str, str], state: Path) -> Iterator[Entity]:
    """
    Describe the files that the notebooks may have read, and the sources that their rows name.

    Parameters
    ----------
    inputs : mapping of str to str
        SHA-256 of each file by its place in the project; notebooks are left out.
    state : Path
        Snapshot of them.
    """
    tables = [place for place in sorted(inputs) if place.endswith(SOURCES)]
    known = {name: row for place in tables for name, row in _read_sources(state / place).items()}
    cited: set[str] = set()
    for place, fingerprint in sorted(inputs.items()):
        if place.startswith("notebooks/"):
            continue
        path = state / place
        found = [] if place in tables else sorted(_find_sources(path) & known.keys())
        cited.update(found)
        licence = describe_licence(path.parent)
        yield {
            "@id": name_input(place),
            "@type": "CreativeWork",
            "name": place,
            "encodingFormat": _MEDIA.get(path.suffix, "application/octet-stream"),
            "sha256": fingerprint,
            **_refer_licence(licence),
            **({"citation": refer(map(_name_source, found))} if found else {}),
        }
    yield from (_describe_source(known[one]) for one in sorted(cited))


def _refer_licence(licence: Entity | str) -> Entity:
    """The licence of a file; by its title where it has no address, for only that of the edition's register is an entity."""
    if isinstance(licence, str):
        return {}
    has_address = not licence["@id"].startswith(_NO_ADDRESS)
    return {"license": {"@id": licence["@id"]} if has_address else licence["name"]}


def _name_source(source_id: str) -> str:
    return f"#source/{quote(source_id)}"


def _describe_source(row: Mapping[str, str]) -> Entity:
    """A source by title, publisher, day and address, as far as they are known."""
    entity = {
        "@id": _name_source(row["source_id"]),
        "@type": "CreativeWork",
        "name": row["title"],
        "description": row.get("publisher"),
        "datePublished": row.get("date"),
        "url": row.get("url"),
    }
    return {name: value for name, value in entity.items() if value}


def _read_sources(path: Path) -> dict[str, Mapping[str, str]]:
    return {row["source_id"]: row for row in _read_rows(path) if row.get("source_id") and row.get("title")}


def _find_sources(path: Path) -> set[str]:
    """The sources that the rows of a table name; one cell may hold several."""
    cells = (row.get("source_id") or "" for row in _read_rows(path))
    return {one for cell in cells for one in re.split(r"[;,\s]+", cell)} - {""}


def _read_rows(path: Path) -> Iterator[Mapping[str, str]]:
    """The rows of a CSV file; none of another file, or of one that cannot be read so (the notebooks saw to it)."""
    if path.suffix != ".csv":
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)
    except (OSError, ValueError, csv.Error):
        return
