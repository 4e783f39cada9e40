"""Read and check the tables of a register: a folder of CSV files, or one workbook."""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis.home import REQUIRED, SHARED, find_home
from analysis.problems import DataError, did_you_mean, quote
from analysis.tables.cells import Sheet, Sheets, read_sheets, show_path
from analysis.tables.checks import check_tables
from analysis.tables.columns import Schema, Table, read_nothing, read_table
from analysis.tables.description import read_fictional
from analysis.tables.labels import read_labels, translate_sheet
from analysis.tables.openness import open_schemas

__all__ = ["REQUIRED", "SHARED", "DataError", "Register", "read_register", "read_schemas"]


class Register(Mapping[str, pd.DataFrame]):
    """The checked tables of a city, or of several to compare, with the reference tables, by name.

    Attributes
    ----------
    path : Path
        Folder or workbook that it was read from.
    name : str
        Name of that folder or workbook.
    home : Series
        Row of `cities` for the evaluating city; DataError if the register is one of several cities.
    homes : DataFrame
        Rows of `cities` for all home cities.
    notices : list of str
        What was read in a way that a reader should know (spaces trimmed, encoding guessed).
    is_fictional : bool
        Whether the data are made up, as ``is_fictional`` in the ``datapackage.json`` of the folder says. What is built
        from them has to say so.
    """

    def __init__(
        self,
        path: Path,
        frames: Mapping[str, pd.DataFrame],
        notices: list[str],
        is_fictional: bool = False,
        unread: Collection[str] = (),
    ) -> None:
        self.path, self.notices, self.is_fictional = path, notices, is_fictional
        self._unread = frozenset(unread)
        self.name = path.resolve().name if path.is_dir() else path.resolve().stem
        self._frames = dict(frames)

    @property
    def home(self) -> pd.Series:
        """Row of `cities` for the evaluating city."""
        homes = self.homes
        if len(homes) > 1:
            names = ", ".join([*homes["name_en"].head(5), *(["…"] if len(homes) > 5 else [])])
            is_now = f"register {self.name}: has {len(homes)} home cities ({names}), allowed here is one."
            raise DataError(
                [f"{is_now} Use the register of one city, or the notebook comparison for several."]
            )
        return homes.iloc[0]

    @property
    def homes(self) -> pd.DataFrame:
        """Rows of `cities` for the cities whose relations the register holds."""
        cities, home_ids = self._frames["cities"], self._frames["partnerships"]["home_city_id"]
        return cities[cities["city_id"].isin(home_ids)].reset_index(drop=True)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name in self._unread:  # an empty table in its place would be told as "nothing there"
            read = ", ".join(self._frames)
            raise DataError(
                [f"table {name}: was not read, allowed are {read}. Add it to read_register(…, tables=(…))."]
            )
        return self._frames[name].copy(deep=False)  # what a study adds to its table stays out of the register

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


def read_register(
    path: str | Path,
    reference: str | Path | None = None,
    tables: Collection[str] | None = None,
    *,
    is_network: bool = False,
) -> Register:
    """Read a register and check it against the schema and across its tables.

    Parameters
    ----------
    path : str or Path
        Folder with one CSV file per table, or a workbook (.xlsx, .xls, .ods) with one sheet per table.
    reference : str or Path, optional
        Folder of the reference tables (sources, criteria, thresholds, glossary, regions); the project's own by default.
    tables : collection of str, optional
        Which tables to read besides those that every register has (cities, partnerships, milestones) and the reference
        tables; all by default. A report that names what it reads is built anew only when that has changed.
    is_network : bool
        Whether places may lack country and coordinates, and relations their scope; no report can be made of that.

    Returns
    -------
    Register
        Every table of the schema, or those that were asked for: nullable columns, dates as text; an absent optional
        table has no rows. To ask it for a table that was not read is a DataError.

    Raises
    ------
    DataError
        With all problems of the tables that are read.
    """
    home = find_home()
    path, reference = Path(path), Path(reference or home / "data" / "reference")
    schemas = read_schemas(home / "data" / "schema")
    schemas = open_schemas(schemas) if is_network else schemas
    unread = _list_unread(tables, schemas)
    own = read_sheets(path, schemas)
    shared = read_sheets(reference, SHARED)
    is_fictional, doubts = read_fictional(path)
    problems = [
        *_find_gaps(path, own),
        *own.problems,
        *doubts,
        *([] if reference.is_dir() else shared.problems),
    ]
    made, faults, remarks = _read_tables(own, shared, schemas, unread)
    problems += faults
    problems += check_tables(made, schemas)
    if problems:
        raise DataError(problems)
    frames = {name: table.frame for name, table in made.items() if name not in unread}
    notices = [*shared.notices, *own.notices, *remarks]
    return Register(path, frames, notices, is_fictional, unread)


def _read_tables(
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


def read_schemas(folder: Path) -> dict[str, Schema]:
    """Read the schema of every table, by its name."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))}


def _list_unread(tables: Collection[str] | None, schemas: Mapping[str, Schema]) -> set[str]:
    """The tables that are not asked for; DataError if something is that is no table."""
    if tables is None:
        return set()
    names = [tables] if isinstance(tables, str) else list(tables)
    allowed = ", ".join(schemas)
    problems = [
        f"tables: is {quote(str(name))}, allowed are {allowed}.{did_you_mean(str(name), schemas) or ' Choose of these.'}"
        for name in names
        if name not in schemas
    ]
    if isinstance(tables, str):
        problems = [
            f"tables: is the text {quote(tables)}, allowed is a list of names. Write tables=({quote(tables)},)."
        ]
    if problems:
        raise DataError(problems)
    return schemas.keys() - {*REQUIRED, *SHARED, *names}


def _pick(name: str, shared: Sheets, own: Sheets) -> list[Sheet]:
    places = (shared,) if name in SHARED[1:] else (own,) if name not in SHARED else (shared, own)
    return [place.by_name[name] for place in places if name in place.by_name]


def _find_gaps(path: Path, own: Sheets) -> list[str]:
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
