"""What reports read of a register: the files that each notebook may read, and the relations there are on the day."""

import ast
import contextlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.command.networks import DESCRIPTION, is_network
from analysis.command.selection import CommandError
from analysis.dates import last_day
from analysis.home import REQUIRED
from analysis.publish.edition.editions import LANGUAGES, Edition
from analysis.publish.edition.imports import find_files, parse_cells
from analysis.publish.edition.keys import Ingredients, hash_files
from analysis.publish.edition.sources import describe_environment

if TYPE_CHECKING:
    from analysis.tables import Register

SHARED_FOLDERS = ("schema", "reference")  # of data/, for every notebook
ALWAYS = (*REQUIRED, "sources")  # tables of a register that every notebook may read
IMPORTED_WITH = {"spellings.csv"}  # of data/reference: only imports of lists read it, no notebook
BOOKS = ("*.xlsx", "*.xls", "*.ods")  # may hold any table, also of a folder
BESIDE = {".py", ".md"}  # programs that make the data, and documentation

READERS = ("analysis.command.inputs", "analysis.tables", "analysis.history")  # what finds the relations


def find_inputs(notebook: Path, register: Path, home: Path, extra: Sequence[Path] = ()) -> dict[str, Path]:
    """
    List the files that a notebook may read.

    Parameters
    ----------
    notebook, register, home : Path
        `register` is a folder or a workbook, `home` the project folder.
    extra : sequence of Path
        Further registers that the edition names, as to compare with.

    Returns
    -------
    dict of str to Path
        By their places in the project, ``data/…``: schema, reference tables, the workbook, or the tables of the folder
        that the notebook names in ``read_register(…, tables=…)``; all tables if it does not name them.
    """
    shared = [
        path
        for name in SHARED_FOLDERS
        for path in sorted((home / "data" / name).iterdir())
        if _is_data(path) and path.name not in IMPORTED_WITH
    ]
    found = {f"data/{path.parent.name}/{path.name}": path for path in shared}
    for one in (*extra, register):
        found |= _find_register(notebook, one)
    return found


def _find_register(notebook: Path, register: Path) -> dict[str, Path]:
    """List what a notebook may read of a register, by place."""
    if not register.is_dir():
        return {f"data/{register.name}": register}
    tables = find_tables(notebook)
    known = {path.stem: path for path in register.glob("*.csv") if _is_file(path)}
    own = [path for name, path in known.items() if tables is None or name in {*ALWAYS, *tables}]
    own += [path for pattern in BOOKS for path in register.glob(pattern) if _is_file(path)]
    if is_network(register):
        own = [path for path in register.iterdir() if _is_data(path)]
    described = [register / DESCRIPTION] if _is_file(register / DESCRIPTION) else []
    return {f"data/{register.name}/{path.name}": path for path in sorted([*own, *described])}


def find_tables(notebook: Path) -> set[str] | None:
    """
    Read from the source of a notebook which tables of its register it reads.

    Returns
    -------
    set of str or None
        What it writes as ``read_register(…, tables=("cities", …))``; None, for all, if it writes that in no call, or
        otherwise than with the plain names.
    """
    nodes = [node for tree in parse_cells(notebook) or () for node in ast.walk(tree)]
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    reading = [call for call in calls if ast.unparse(call.func).rpartition(".")[2] == "read_register"]
    named = [[word.value for word in call.keywords if word.arg == "tables"] for call in reading]
    try:
        return {str(name) for value in named for name in ast.literal_eval(value[0])} if named else None
    except (ValueError, TypeError, IndexError):
        return None


@dataclass(frozen=True)
class Relations:
    """
    What a command has to know of a register.

    Attributes
    ----------
    key : str
        Of all that the rest follows from.
    partners : list of str
        The relations that there are on the day, by partnership_id.
    names : dict of str to str
        Of the home city, by language.
    notices : list of str
        What was read in a way that a reader should know.
    """

    key: str
    partners: list[str]
    names: dict[str, str]
    notices: list[str]


def read_relations(
    edition: Edition, home: Path, memory: Path, is_own: bool, begin: Callable[[], None] = lambda: None
) -> Relations:
    """
    Check the register of an edition and list its relations on the edition's day.

    Parameters
    ----------
    edition : Edition
    home : Path
        The project folder.
    memory : Path
        File of the last answer, see `remember`; it is given again if nothing has changed. That spares loading pandas.
    is_own : bool
        Whether the register is the user's own, for messages.
    begin : callable
        Is called when the register has to be read, which takes a while.

    Raises
    ------
    DataError
        With all that is wrong in the register.
    CommandError
        If there is no relation yet; it names the option, or the line of the file of editions, and when the first began.
    """
    key = _make_key(edition, home)
    with contextlib.suppress(OSError, ValueError, TypeError):
        last = Relations(**json.loads(memory.read_text(encoding="utf-8")))
        if last.key == key:
            return last
    begin()
    if is_network(edition.register):
        return Relations(key, [], dict.fromkeys(LANGUAGES, edition.register.name), [])
    from analysis.tables import read_register  # only now: it loads pandas

    register = read_register(edition.register)
    if (
        edition.title_de and len(register.homes) > 1
    ):  # an edition with a title of its own may be on several cities
        names = dict.fromkeys(LANGUAGES, register.name)
    else:
        names = {language: str(register.home[f"name_{language}"]) for language in LANGUAGES}
    return Relations(key, list_partners(edition, register, is_own), names, register.notices)


def remember(relations: Relations, memory: Path) -> None:
    """Write what `read_relations` found where it looks the next time; a disk that takes no more is no failure."""
    with contextlib.suppress(OSError):
        beside = memory.with_suffix(".new")
        beside.write_text(json.dumps(asdict(relations), ensure_ascii=False), encoding="utf-8")
        os.replace(beside, memory)


def list_partners(edition: Edition, register: "Register", is_own: bool) -> list[str]:
    """List the relations of a register on the edition's day, by partnership_id; CommandError if there is none."""
    from analysis.history import describe_relations

    partners = [
        str(name) for name in describe_relations(register, edition.as_of.isoformat())["partnership_id"]
    ]
    if not partners:
        first = min(register["milestones"]["date"], key=last_day)
        where = "--as-of" if is_own else f"editions.toml, [{edition.edition_id}] as_of"
        raise CommandError(
            f"{where}: is {edition.as_of}, by then no relation of the register existed, "
            f"the first is of {first}. Choose a later day."
        )
    return partners


def _make_key(edition: Edition, home: Path) -> str:
    """A fingerprint of the register, of what it is checked against, and of the code that does it."""
    folders = [home / "data" / name for name in SHARED_FOLDERS]
    folders += [edition.register] if edition.register.is_dir() else []
    found = {f"{folder.name}/{path.name}": path for folder in folders for path in sorted(folder.iterdir())}
    files = {place: path for place, path in found.items() if _is_file(path)} | find_files(READERS)
    if edition.register.is_file():
        files[edition.register.name] = edition.register
    # The path is in the notices; and what is no file may be a problem.
    settings = {"as_of": str(edition.as_of), "register": str(edition.register), "names": " ".join(found)}
    settings["is_titled"] = str(bool(edition.title_de))
    return Ingredients(hash_files(files), {**describe_environment(), **settings}).key


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _is_data(path: Path) -> bool:
    beside = path.suffix in BESIDE or path.name == DESCRIPTION or path.name.startswith((".", "~$"))
    return _is_file(path) and not beside
