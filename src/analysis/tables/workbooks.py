"""Rows of text out of a workbook of Excel or LibreOffice, with what its cells hide made visible."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook, PasswordError

WORKBOOKS = (".xlsx", ".xls", ".ods")
MAX_UNPACKED_BYTES = 1024**3  # of the files zipped into a workbook
MAX_CELLS = 20_000_000  # a stray cell in the far corner would make the reader ask for 500 GB of memory
TRY = """
import io, sys, python_calamine as reader
try:
    workbook = reader.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]
except reader.PasswordError:
    pass
"""
OLE = b"\xd0\xcf\x11\xe0"  # first bytes of an old .xls, and of every workbook with a password
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)<")
THREE_DECIMALS = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")  # would look like thousands: 1.234 becomes 1.2340
FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)")

PASSWORD = "has a password, allowed are open workbooks. Save it without the password."
DAMAGED = "is no workbook or is damaged, allowed are .xlsx, .xls and .ods. Open it and save it again."
TOO_LARGE = "is too large when unpacked, allowed is 1 GB. Split the register."
STRAY_CELL = (
    "has a cell far outside the table, allowed are 20 million cells a sheet. Delete what stands there."
)
ODS_ERROR = "has cells that show an error, allowed are values. Repair the formulas or write the values."
OLD_FORMAT = "is in the old format .xls, where cells with an error look empty. Save it as .xlsx."
MONTH_OR_DAY = (
    "has dates of Excel on the first of a month (as {}). "
    "Where only the month is known, format the cell as text and write {}."
)


class WorkbookError(ValueError):
    """A workbook cannot be read; the text goes on after its name: "is ..., allowed ... What to do."."""


def read_workbook(data: bytes) -> tuple[dict[str, list[list[str]]], list[str]]:
    """Read the sheets of a workbook into rows of text.

    Dates become ISO text, whole numbers lose their `.0`, booleans become `true` and `false`. A cell with an
    error and a formula that was never computed would read as empty: `#REF!` or the formula stands there instead.

    Parameters
    ----------
    data : bytes
        Content of an `.xlsx`, `.xls` or `.ods` file.

    Returns
    -------
    sheets : dict of str to list of list of str
        Rows by name of the sheet, the first row is line 1; empty sheets have none.
    notices : list of str
        What a reader should know, each to go on after the name of the workbook.

    Raises
    ------
    WorkbookError
        If it is no workbook, is damaged, has a password or is larger than any register.
    """
    if data.startswith(OLE):
        _check_old_format(data)
    try:
        hidden = dict(_read_hidden(data)) if zipfile.is_zipfile(io.BytesIO(data)) else {}
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        raw = {name: _read_sheet(workbook, name) for name in workbook.sheet_names}
    except PasswordError:
        raise WorkbookError(PASSWORD) from None
    except (WorkbookError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the reader's Rust code is no Exception
        raise WorkbookError(DAMAGED) from error
    sheets = {name: [[_write_text(cell) for cell in row] for row in rows] for name, rows in raw.items()}
    for (name, row, column), text in hidden.items():
        _put(sheets[name], row, column, text)
    sheets = {name: _fill_up(rows) for name, rows in sheets.items()}
    return sheets, [*([OLD_FORMAT] if data.startswith(OLE) else []), *_notice_months(raw)]


def _check_old_format(data: bytes) -> None:
    """A damaged .xls can end the whole process in the reader's Rust code: a child process tries it first."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise WorkbookError(PASSWORD)
    if subprocess.run([sys.executable, "-c", TRY], input=data, capture_output=True, check=False).returncode:
        raise WorkbookError(DAMAGED)


def _read_sheet(workbook: CalamineWorkbook, name: str) -> list[list[object]]:
    sheet = workbook.get_sheet_by_name(name)
    return sheet.to_python(skip_empty_area=False) if sheet.height else []


def _put(rows: list[list[str]], row: int, column: int, text: str) -> None:
    """Put a text into rows that may end before it."""
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend([""] * (column + 1 - len(rows[row])))
    rows[row][column] = text


def _fill_up(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _write_text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        return repr(cell) + "0" * bool(THREE_DECIMALS.fullmatch(repr(cell)))
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _notice_months(raw: dict[str, list[list[object]]]) -> list[str]:
    """Excel turns a typed `1973-09` into 1 September 1973; as nobody can tell later, the reader is told."""
    days = (cell for rows in raw.values() for row in rows for cell in row if isinstance(cell, date))
    first = next((day for day in days if day.day == 1), None)
    return [MONTH_OR_DAY.format(f"{first:%Y-%m-%d}", f"{first:%Y-%m}")] if first else []


def _read_hidden(data: bytes) -> Iterator[tuple[tuple[str, int, int], str]]:
    """Find cells of an .xlsx that show an error or were never computed: (sheet, row, column from 0), text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED_BYTES:
            raise WorkbookError(TOO_LARGE)
        if "content.xml" in package.namelist() and b'value-type="error"' in package.read("content.xml"):
            raise WorkbookError(ODS_ERROR)
        for name, part in name_parts(package):
            xml = package.read(part)
            _check_extent(xml)
            if b't="e"' in xml or b"<f" in xml or b":f>" in xml:
                for cell in CELL.finditer(xml):
                    text, place = _explain_cell(*cell.groups(b"")), PLACE.search(cell[1])
                    if text and place:
                        yield (name, int(place[2]) - 1, count_columns(place[1]) - 1), text


def name_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name each sheet of an .xlsx together with the zipped file that holds it."""
    if "xl/workbook.xml" not in package.namelist():
        return
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    for item in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        relation = next((value for key, value in item.attrib.items() if key.endswith("}id")), None)
        if item.tag.endswith("}sheet") and "worksheets/" in targets.get(relation, ""):
            yield item.get("name", ""), "xl/" + targets[relation].removeprefix("/xl/")


def _check_extent(xml: bytes) -> None:
    rows = max(
        (int(row) for row in re.findall(rb"<(?:\w+:)?row\b[^>]*?\br=\"([0-9]{1,7})\"", xml)), default=0
    )
    wide = set(re.findall(rb"\br=\"([A-Z]{2,3})[0-9]", xml))
    if rows * max((count_columns(letters) for letters in wide), default=26) > MAX_CELLS:
        raise WorkbookError(STRAY_CELL)


def count_columns(letters: bytes) -> int:
    """Number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _explain_cell(attributes: bytes, inside: bytes) -> str:
    value, formula = VALUE.search(inside), FORMULA.search(inside)
    if b't="e"' in attributes:
        return value[1].decode("utf-8", "replace") if value else "#ERROR!"
    if formula and not value and b't="str"' not in attributes:
        return "=" + formula[1].decode("utf-8", "replace")
    return ""
