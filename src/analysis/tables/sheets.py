"""The tables of a register as sheets of text, out of its CSV files and workbooks."""

from collections.abc import Collection
from dataclasses import dataclass, field

from analysis.problems import quote
from analysis.tables.csv_text import read_csv
from analysis.tables.files import BESIDE_TABLES, File, Files, refuse
from analysis.tables.grid import Grid, make_grid
from analysis.tables.workbooks import WorkbookError, read_workbook


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
    """The tables found in the files of a register by name, what is wrong beside them, and what to know."""

    by_name: dict[str, Sheet] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_sheets(files: Files, known: Collection[str]) -> Sheets:
    """Read the tables of a register without interpreting them.

    Parameters
    ----------
    files : Files
        From `analysis.tables.files.find_files`. Those of tables are taken out one by one: a large one does not stay in memory.
    known : collection of str
        Names of the tables that may be there; other sheets are problems, a README is not.
    """
    found = Sheets(problems=list(files.problems))
    for name in list(files.tables):
        file = files.tables.pop(name)
        where, problem = file.where, file.problem
        grid, problem, notice = (make_grid([]), problem, "") if problem else read_csv(file.data, where)
        found.by_name[name] = Sheet(where, grid, problem)
        found.notices.extend([notice] if notice else [])
    for file in files.books:
        _add_workbook(found, _read_workbook(file, known))
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


def _read_workbook(file: File, known: Collection[str]) -> Sheets:
    where = file.where
    if file.problem:
        return Sheets({}, [file.problem])
    try:
        rows_by_sheet, notices = read_workbook(file.data)
    except WorkbookError as error:
        return Sheets({}, [f"{where}: {error}"])
    found = Sheets(notices=[f"{where}: {notice}" for notice in notices])
    for name, rows in rows_by_sheet.items():
        sheet = f"{where}, sheet {name if name in known else quote(name)}"
        if name in known:
            found.by_name[name] = Sheet(sheet, make_grid(rows))
        elif any(any(row) for row in rows) and name.lower() not in BESIDE_TABLES:
            found.problems.append(refuse(sheet, name, list(known)))
    return found
