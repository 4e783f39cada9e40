"""The tables of a register, each made of the sheets that hold it: its own, the shared one, or both."""

from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from analysis.home import REQUIRED, SHARED
from analysis.problems import quote
from analysis.tables.columns import Schema, Table, read_nothing, read_table
from analysis.tables.files import show_path
from analysis.tables.labels import read_labels, translate_sheet
from analysis.tables.sheets import Sheet, Sheets


def read_tables(
    own: Sheets, shared: Sheets, schemas: Mapping[str, Schema], unread: Collection[str]
) -> tuple[dict[str, Table], list[str], list[str]]:
    """Read the sheets into tables, an absent one as empty; returns them, what is wrong, and what to know."""
    labels = read_labels(shared.by_name["glossary"]) if "glossary" in shared.by_name else {}
    made, problems, notices = {}, [], []
    for name, schema in schemas.items():
        picked = [] if name in unread else _pick(name, shared, own)
        sheets = [translate_sheet(sheet, name, schema, labels) for sheet in picked]
        parts = [read_table(sheet, schema) for sheet in sheets]
        parts = parts or [(read_nothing(schema, name, is_whole=name not in {*REQUIRED, *unread}), [], [])]
        problems += [problem for part in parts for problem in part[1]]
        notices += [notice for part in parts for notice in part[2]]
        made[name], twice = _join([part[0] for part in parts])
        problems += twice
    return made, problems, notices


def find_gaps(path: Path, own: Sheets) -> list[str]:
    """The problems of tables that a register lacks, or has although all registers share them."""
    if own.problems and not own.by_name:  # nothing could be read: that says it all
        return []
    missing = [name for name in REQUIRED if name not in own.by_name]
    allowed = f"allowed are registers with {', '.join(REQUIRED)}"
    extra = [own.by_name[name].where for name in SHARED[1:] if name in own.by_name]
    return [
        *(f"{show_path(path)}: has no table {name}, {allowed}. Add it." for name in missing),
        *(
            f"{where}: is a table that registers share, allowed is only sources. Take it out."
            for where in extra
        ),
    ]


def _pick(name: str, shared: Sheets, own: Sheets) -> list[Sheet]:
    places = (shared,) if name in SHARED[1:] else (own,) if name not in SHARED else (shared, own)
    return [place.by_name[name] for place in places if name in place.by_name]


def _join(parts: list[Table]) -> tuple[Table, list[str]]:
    """Add a register's own sources to the shared ones; an id may stand in both if the rows are the same."""
    if len(parts) == 1:
        return parts[0], []
    shared, own = parts
    frame = pd.concat([shared.frame, own.frame], ignore_index=True).drop_duplicates(ignore_index=True)
    rows = dict(zip(shared.frame["source_id"], shared.frame.itertuples(index=False), strict=True))
    problems = []
    for line, row in zip(own.lines, own.frame.itertuples(index=False), strict=True):
        if row.source_id in rows and repr(row) != repr(rows[row.source_id]):
            is_now = f"is {quote(row.source_id)}, which {shared.where} has with other content"
            spot = f"{own.where}, line {line}, column source_id"
            problems.append(f"{spot}: {is_now}, allowed are new ids. Rename it.")
    return Table(shared.where, frame, [], shared.is_whole and own.is_whole), problems
