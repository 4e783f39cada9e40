"""Partner cities from Wikidata: results of a query in JSON or CSV, or entities in JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.imports.dialects import read_log_file
from analysis.imports.foreign.entities import collect_entities, read_entities
from analysis.imports.foreign.json_files import dig, is_json, read_documents
from analysis.imports.foreign.sparql import Cells, find_roles, read_bindings, read_flat, read_results
from analysis.imports.foreign.statements import Reading
from analysis.problems import DataError
from analysis.tables.files import show_path


def read_wikidata(path: Path) -> Reading:
    """
    Read what Wikidata says of twinned administrative bodies (P190), with ids, coordinates, dates and ends as far as given.

    A statement is a partnership by our reading. That only one of two items of the file names the other is told.

    Raises
    ------
    DataError
        If the file cannot be read, or holds neither results of a query nor entities.
    """
    reading = Reading()
    documents = read_documents(path) if is_json(path) else None
    entities = collect_entities(documents) if documents else {}
    if entities:
        read_entities(entities, reading)
    else:
        names, rows = _read_json(documents, path) if documents is not None else _read_csv(path, reading)
        roles = find_roles(names, [cells for _, cells in rows], path)
        for name in names:
            if name not in roles:
                reading.remark(0, name, name, "column-unknown")
        read_results(rows, roles, reading)
    _tell_one_sided(reading, set(entities))
    return reading


def _read_json(documents: list[Any], path: Path) -> tuple[list[str], list[tuple[int, Cells]]]:
    first = documents[0] if documents else None
    if first is not None and all(isinstance(dig(each, "results", "bindings"), list) for each in documents):
        names, rows = read_bindings(documents)
    elif isinstance(first, list) or (len(documents) > 1 and dig(first, "results") is None):
        lists = [each if isinstance(each, list) else [each] for each in documents]
        names, rows = read_flat([each for several in lists for each in several])
    else:
        allowed = "allowed are results of a query (SPARQL) and entities (Special:EntityData, dump)"
        raise DataError([f"{show_path(path)}: is other JSON, {allowed}. Download it from Wikidata again."])
    return names, list(enumerate(rows, start=1))


def _read_csv(path: Path, reading: Reading) -> tuple[list[str], list[tuple[int, Cells]]]:
    """Variables and rows by line; what is longer than the header is listed."""
    sheets, notices = read_log_file(path, lambda cells: len({cell for cell in cells if cell.isidentifier()}))
    reading.notices += notices
    grid = sheets[0].grid
    names = [name.strip().lstrip("?") for name in grid.row(0)] if len(grid) else []
    blank, rows = grid.mark_blank(), []
    reading.beside = {"header": 1, "empty": int(blank[1:].sum())}
    width = int(grid.lengths[0]) if len(grid) else 0
    for number in range(1, len(grid)):
        cells = [cell.strip() for cell in grid.row(number)]
        if any(cells[width:]):
            reading.read += 1
            reading.list_row(number + 1, "", cells[0], "too-long")
        elif not blank[number]:
            rows.append((number + 1, dict(zip(names, cells, strict=True))))
    return names, rows


def _tell_one_sided(reading: Reading, described: set[str]) -> None:
    """Tell of statements whose other side is in the file with statements of its own, or described, but not with this one."""
    named = {(each.home.wikidata_id, each.partner.wikidata_id) for each in reading.statements}
    speaking = described | {home for home, _ in named}
    for each in reading.statements:
        home, partner = each.home.wikidata_id, each.partner.wikidata_id
        if partner in speaking and (partner, home) not in named:
            reading.remark(each.row, "", f"{each.home.name} > {each.partner.name}", "one-sided")
