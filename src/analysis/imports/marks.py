"""What a workbook's file says about rows and sheets beside their text: hidden ones, and merged cells."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from analysis.tables.workbooks import (
    DAMAGED,
    MAX_CELLS,
    MAX_UNPACKED_BYTES,
    STRAY_CELL,
    TOO_LARGE,
    WorkbookError,
    count_columns,
    name_parts,
)

HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*?\br=\"([0-9]{1,7})\"")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=\"([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})\"")
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@dataclass(frozen=True)
class Marks:
    """What a sheet hides; rows and columns count from 0.

    Attributes
    ----------
    hidden : frozenset of int
        Hidden rows.
    merged : tuple of (top row, bottom row, column)
        Cells merged over several rows, by their first column: only the top one holds the text.
    is_hidden : bool
        Whether the whole sheet is hidden.
    """

    hidden: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int], ...] = ()
    is_hidden: bool = False


NO_MARKS = Marks()


def read_marks(data: bytes) -> dict[str, Marks]:
    """Read the marks of each sheet of an .xlsx or .ods file; an .xls has none that can be read.

    Raises
    ------
    WorkbookError
        If the file is damaged, or would unpack to more than any log has.
    """
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED_BYTES:
                raise WorkbookError(TOO_LARGE)
            if "content.xml" in package.namelist():
                with package.open("content.xml") as content:
                    return dict(_read_ods(content))
            return dict(_read_xlsx(package))
    except (ElementTree.ParseError, KeyError, zipfile.BadZipFile, EOFError, OSError, NotImplementedError):
        raise WorkbookError(DAMAGED) from None
    except (RuntimeError, zipfile.zlib.error):  # a zip file with a password, or with broken bytes
        raise WorkbookError(DAMAGED) from None


def _read_xlsx(package: zipfile.ZipFile) -> Iterator[tuple[str, Marks]]:
    states = {}
    if "xl/workbook.xml" in package.namelist():
        for item in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
            if item.tag.endswith("}sheet"):
                states[item.get("name", "")] = item.get("state", "visible") != "visible"
    for name, part in name_parts(package):
        xml = package.read(part)
        merged = tuple(
            (int(top) - 1, int(bottom) - 1, count_columns(column) - 1)
            for column, top, bottom in MERGED.findall(xml)
            if int(bottom) > int(top)
        )
        hidden = frozenset(int(row) - 1 for row in HIDDEN_ROW.findall(xml)) if b"hidden=" in xml else ()
        yield name, Marks(frozenset(hidden), merged, states.get(name, False))


def _read_ods(content: io.BufferedIOBase) -> Iterator[tuple[str, Marks]]:
    """Read sheet by sheet without keeping the tree: a row may stand for a million equal ones."""
    row, hidden, merged, cells = 0, set(), [], 0
    for event, item in ElementTree.iterparse(content, events=("start", "end")):
        if event == "start" and item.tag == TABLE + "table":
            row, hidden, merged = 0, set(), []
        elif event == "end" and item.tag == TABLE + "table-row":
            times = int(item.get(TABLE + "number-rows-repeated", "1"))
            filled, spans = _read_ods_row(item)
            cells += filled * times
            if cells > MAX_CELLS:
                raise WorkbookError(STRAY_CELL)
            if filled and item.get(TABLE + "visibility", "visible") != "visible":
                hidden.update(range(row, row + times))
            merged += [(row, row + rows - 1, column) for column, rows in spans]
            row += times
            item.clear()
        elif event == "end" and item.tag == TABLE + "table":
            yield item.get(TABLE + "name", ""), Marks(frozenset(hidden), tuple(merged))
            item.clear()


def _read_ods_row(item: ElementTree.Element) -> tuple[int, list[tuple[int, int]]]:
    """Width up to the last filled cell, and (column, rows) of the cells merged over several rows."""
    column, width, spans = 0, 0, []
    for cell in item:
        times = int(cell.get(TABLE + "number-columns-repeated", "1"))
        rows = int(cell.get(TABLE + "number-rows-spanned", "1"))
        if rows > 1:
            spans.append((column, rows))
        column += times
        if len(cell) or any(key.endswith("}value-type") for key in cell.attrib):
            width = column
    return width, spans
