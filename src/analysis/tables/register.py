"""Read and check the tables of a register: a folder of CSV files, or one workbook."""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis.home import REQUIRED, SHARED, find_home
from analysis.problems import DataError, did_you_mean, quote
from analysis.tables.assembly import find_gaps, read_tables
from analysis.tables.checks import check_tables
from analysis.tables.columns import Schema
from analysis.tables.description import read_fictional
from analysis.tables.files import Files, find_files
from analysis.tables.memory import LARGEST, make_keys, recall, remember
from analysis.tables.openness import open_schemas
from analysis.tables.sheets import read_sheets

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
        cities, home_ids = self._frames["cities"], set(self._frames["partnerships"]["home_city_id"])
        lines = [line for line, city_id in enumerate(cities["city_id"]) if city_id in home_ids]
        return cities.take(lines).reset_index(drop=True)

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

    Notes
    -----
    Files that this process, or the one that it was forked from, has read are opened, but not typed and checked again where
    their bytes are the same; see `analysis.tables.memory`.
    """
    home = find_home()
    path, reference = Path(path), Path(reference or home / "data" / "reference")
    schemas = _read_schema_files(home / "data" / "schema")
    unread = _list_unread(tables, schemas)
    own, shared = find_files(path, schemas, unread), find_files(reference, SHARED)
    is_fictional, doubts = read_fictional(path)
    doubts += [] if reference.is_dir() else shared.problems
    wanted = [name for name in schemas if name not in unread]
    keys = make_keys(own, shared, schemas, wanted, is_network)
    frames, notices = {} if doubts or own.problems else recall(keys), []
    if not frames:
        parsed = {name: json.loads(text) for name, text in schemas.items()}
        parsed = open_schemas(parsed) if is_network else parsed
        frames, notices = _read_anew(path, own, shared, parsed, unread, doubts)
        if not notices:
            remember(keys, frames)
    return Register(path, frames, notices, is_fictional, unread)


def read_ahead(path: str) -> None:
    """Read a register for processes that will be forked from this one; a large one, which is not remembered, they read."""
    register = Path(path)
    files = register.iterdir() if register.is_dir() else [register]
    if sum(file.stat().st_size for file in files) <= LARGEST:
        read_register(register)


def _read_anew(
    path: Path,
    own_files: Files,
    shared_files: Files,
    schemas: Mapping[str, Schema],
    unread: Collection[str],
    doubts: list[str],
) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Type and check the tables; returns them and what to know, or raises all problems, also those known before."""
    own, shared = read_sheets(own_files, schemas), read_sheets(shared_files, SHARED)
    made, faults, notices = read_tables(own, shared, schemas, unread)
    problems = [*find_gaps(path, own), *own.problems, *doubts, *faults, *check_tables(made, schemas)]
    if problems:
        raise DataError(problems)
    frames = {name: table.frame for name, table in made.items() if name not in unread}
    return frames, [*shared.notices, *own.notices, *notices]


def read_schemas(folder: Path) -> dict[str, Schema]:
    """Read the schema of every table, by its name."""
    return {name: json.loads(text) for name, text in _read_schema_files(folder).items()}


def _read_schema_files(folder: Path) -> dict[str, bytes]:
    return {file.stem: file.read_bytes() for file in sorted(folder.glob("*.json"))}


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
