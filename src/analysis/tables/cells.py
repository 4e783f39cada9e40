"""The files of a register as sheets of text: the CSV files of a folder, or the sheets of a workbook."""

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from analysis.problems import did_you_mean, quote
from analysis.tables.csv_text import read_csv
from analysis.tables.grid import Grid, make_grid
from analysis.tables.workbooks import WORKBOOKS, WorkbookError, read_workbook

MAX_BYTES = 500 * 1024**2  # a log of 1,000,000 activities has about 200 MB
# documentation, what systems leave behind, and the folder of logs to be imported
BESIDE_TABLES = {
    *("readme", "license", "licence", "changelog", "datapackage", "thumbs", "desktop", "log"),
    *(
        "editions",
        "imports",
        "hinweise",
        "notes",
        "beispiele",
        "examples",
        "listen",
        "lists",
    ),  # of twinning new
}
NO_DATA = {".md", ".py"}  # documentation, and generators that stand beside their data


@dataclass(frozen=True)
class Sheet:
    """One table as it stands in its file.

    Attributes
    ----------
    where : str
        File (and sheet), as messages name it.
    grid : Grid
        Rows as a spreadsheet numbers them: row 0 is line 1, the header; blank lines count.
    problem : str
        Why the file could not be read to its end; empty where it was.
    """

    where: str
    grid: Grid
    problem: str = ""


@dataclass
class Sheets:
    """The tables found in a folder or workbook by name, what is wrong beside them, and what to know."""

    by_name: dict[str, Sheet] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_sheets(path: Path, known: Collection[str]) -> Sheets:
    """Read the tables of a register without interpreting them.

    Parameters
    ----------
    path : Path
        Folder with one CSV file per table, or a workbook with one sheet per table.
    known : collection of str
        Names of the tables that may be there; other files and sheets are problems, a README is not.
    """
    where = show_path(path)
    if os.path.isdir(path):
        return _read_folder(path, known)
    if not os.path.exists(path):
        beside = os.listdir(path.parent) if os.path.isdir(path.parent) else []
        hint = did_you_mean(path.name, beside) or " Correct the path."
        return Sheets({}, [f"{where}: does not exist, allowed is a folder of CSV files or a workbook.{hint}"])
    if path.suffix.lower() not in WORKBOOKS:
        allowed = f"a folder of CSV files or a workbook ({', '.join(WORKBOOKS)})"
        return Sheets({}, [f"{where}: is a file of another kind, allowed is {allowed}. Correct the path."])
    return _read_workbook(path, known)


def show_path(path: Path) -> str:
    """Write a path as messages name it: from the current folder on, control characters visible."""
    absolute, here = Path(os.path.abspath(path)), Path.cwd()
    shown = (absolute.relative_to(here) if absolute.is_relative_to(here) else path).as_posix()
    return "".join(sign if sign.isprintable() else quote(sign)[1:-1] for sign in shown)


def _read_folder(folder: Path, known: Collection[str]) -> Sheets:
    found = Sheets()
    for file in sorted(folder.iterdir()):
        where = show_path(file)
        if file.suffix == ".csv" and file.stem in known:
            data, problem = _read_bytes(file, where)
            grid, problem, notice = (make_grid([]), problem, "") if problem else read_csv(data, where)
            found.by_name[file.stem] = Sheet(where, grid, problem)
            found.notices.extend([notice] if notice else [])
        elif file.suffix.lower() in WORKBOOKS and not _is_beside_tables(file):
            _add_workbook(found, _read_workbook(file, known))
        elif not _is_beside_tables(file):
            found.problems.append(_refuse(where, file.name, [f"{name}.csv" for name in known]))
    return found


def _add_workbook(found: Sheets, book: Sheets) -> None:
    """Add the sheets of a workbook in the folder; a table that stands twice may have rows in one place only."""
    found.problems.extend(book.problems)
    found.notices.extend(book.notices)
    for name, sheet in book.by_name.items():
        other = found.by_name.get(name)
        if other is None or not other.grid.mark_filled()[1:].any():
            found.by_name[name] = sheet
        elif sheet.grid.mark_filled()[1:].any():
            fault = f"is a second table {name} beside {other.where}, allowed is one. Empty one of them."
            found.problems.append(f"{sheet.where}: {fault}")


def _read_workbook(path: Path, known: Collection[str]) -> Sheets:
    where = show_path(path)
    data, problem = _read_bytes(path.resolve(), where)
    if problem:
        return Sheets({}, [problem])
    try:
        rows_by_sheet, notices = read_workbook(data)
    except WorkbookError as error:
        return Sheets({}, [f"{where}: {error}"])
    found = Sheets(notices=[f"{where}: {notice}" for notice in notices])
    for name, rows in rows_by_sheet.items():
        sheet = f"{where}, sheet {name if name in known else quote(name)}"
        if name in known:
            found.by_name[name] = Sheet(sheet, make_grid(rows))
        elif any(any(row) for row in rows) and name.lower() not in BESIDE_TABLES:
            found.problems.append(_refuse(sheet, name, list(known)))
    return found


def _refuse(where: str, name: str, allowed: list[str]) -> str:
    hint = did_you_mean(name, allowed) or " Rename it or take it out."
    return f"{where}: is no table of a register, allowed are those of data/README.md.{hint}"


def _is_beside_tables(file: Path) -> bool:
    if file.name.startswith((".", "~$", "__")):  # hidden files, locks of spreadsheet programs, caches
        return True
    return file.suffix in NO_DATA or file.stem.lower() in BESIDE_TABLES


def _read_bytes(file: Path, where: str) -> tuple[bytes, str]:
    """Content of a file and an empty problem, or nothing and the problem."""
    found = file.lstat()
    if stat.S_ISLNK(found.st_mode):  # a register from elsewhere must not print files of this computer
        return b"", f"{where}: is a link, allowed is a file of its own. Put the file itself there."
    if not stat.S_ISREG(found.st_mode):
        return b"", f"{where}: is a folder or device, allowed is a file. Put a file there."
    if found.st_size > MAX_BYTES:
        size = f"{found.st_size / 1024**2:.0f} MB"
        return b"", f"{where}: has {size}, allowed are {MAX_BYTES // 1024**2} MB. Split the register."
    try:
        return file.read_bytes(), ""
    except OSError as error:
        return b"", f"{where}: cannot be read ({error.strerror}), allowed are readable files. Free the file."
