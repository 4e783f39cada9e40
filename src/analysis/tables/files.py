"""The files of a register: the CSV files and workbooks of a folder, or one workbook, with their bytes."""

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from analysis.problems import did_you_mean, quote
from analysis.tables.workbooks import WORKBOOKS

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
class File:
    """A file of a register.

    Attributes
    ----------
    path : Path
    data : bytes
        Its content; empty where it could not be read.
    problem : str
        Why it could not be read; empty where it was.
    """

    path: Path
    data: bytes
    problem: str = ""

    @property
    def where(self) -> str:
        """The file as messages name it."""
        return show_path(self.path)


@dataclass
class Files:
    """The CSV files of a register by table, its workbooks in order of their names, and what is wrong beside them."""

    tables: dict[str, File] = field(default_factory=dict)
    books: list[File] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __iter__(self):
        return iter((*self.tables.values(), *self.books))


def find_files(path: Path, known: Collection[str], unread: Collection[str] = ()) -> Files:
    """Find and read the files of a register without interpreting them.

    Parameters
    ----------
    path : Path
        Folder with one CSV file per table, or a workbook with one sheet per table.
    known : collection of str
        Names of the tables that may be there; other files are problems, a README is not.
    unread : collection of str
        Tables whose CSV files are not opened.
    """
    where = show_path(path)
    if os.path.isdir(path):
        return _find_in_folder(path, known, unread)
    if not os.path.exists(path):
        beside = os.listdir(path.parent) if os.path.isdir(path.parent) else []
        hint = did_you_mean(path.name, beside) or " Correct the path."
        allowed = "allowed is a folder of CSV files or a workbook"
        return Files(problems=[f"{where}: does not exist, {allowed}.{hint}"])
    if path.suffix.lower() not in WORKBOOKS:
        allowed = f"a folder of CSV files or a workbook ({', '.join(WORKBOOKS)})"
        return Files(
            problems=[f"{where}: is a file of another kind, allowed is {allowed}. Correct the path."]
        )
    return Files(books=[_read_book(path)])


def show_path(path: Path) -> str:
    """Write a path as messages name it: from the current folder on, control characters visible."""
    absolute, here = Path(os.path.abspath(path)), Path.cwd()
    shown = (absolute.relative_to(here) if absolute.is_relative_to(here) else path).as_posix()
    return "".join(sign if sign.isprintable() else quote(sign)[1:-1] for sign in shown)


def _find_in_folder(folder: Path, known: Collection[str], unread: Collection[str]) -> Files:
    found = Files()
    for path in sorted(folder.iterdir()):
        if path.suffix == ".csv" and path.stem in known:
            if path.stem not in unread:
                found.tables[path.stem] = File(path, *_read_bytes(path, path))
        elif _is_beside_tables(path):
            continue
        elif path.suffix.lower() in WORKBOOKS:
            found.books.append(_read_book(path))
        else:
            found.problems.append(refuse(show_path(path), path.name, [f"{name}.csv" for name in known]))
    return found


def refuse(where: str, name: str, allowed: Collection[str]) -> str:
    """The problem of a file or sheet whose name is that of no table."""
    hint = did_you_mean(name, allowed) or " Rename it or take it out."
    return f"{where}: is no table of a register, allowed are those of data/README.md.{hint}"


def _is_beside_tables(file: Path) -> bool:
    if file.name.startswith((".", "~$", "__")):  # hidden files, locks of spreadsheet programs, caches
        return True
    return file.suffix in NO_DATA or file.stem.lower() in BESIDE_TABLES


def _read_book(path: Path) -> File:
    return File(path, *_read_bytes(path.resolve(), path))


def _read_bytes(file: Path, shown: Path) -> tuple[bytes, str]:
    """Content of a file and an empty problem, or nothing and the problem."""
    found = file.lstat()
    if stat.S_ISLNK(found.st_mode):  # a register from elsewhere must not print files of this computer
        return b"", _tell(shown, "is a link, allowed is a file of its own. Put the file itself there.")
    if not stat.S_ISREG(found.st_mode):
        return b"", _tell(shown, "is a folder or device, allowed is a file. Put a file there.")
    if found.st_size > MAX_BYTES:
        size = f"{found.st_size / 1024**2:.0f} MB"
        return b"", _tell(shown, f"has {size}, allowed are {MAX_BYTES // 1024**2} MB. Split the register.")
    try:
        return file.read_bytes(), ""
    except OSError as error:
        why = f"cannot be read ({error.strerror}), allowed are readable files. Free the file."
        return b"", _tell(shown, why)


def _tell(path: Path, problem: str) -> str:
    return f"{show_path(path)}: {problem}"
