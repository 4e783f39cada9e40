"""The text of CSV files: encodings, quotes, and rows in batches."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from analysis.problems import quote
from analysis.tables.grid import Grid, GridBuilder

LONGEST_CELL = 131072  # characters
BATCH = (
    64  # rows that are lists at a time: so few stay in the cache of the processor, more take twice as long
)
SAVE_AS_UTF8 = "Save it as 'CSV UTF-8', or hand in the whole register as a workbook (.xlsx)."


def read_csv(data: bytes, where: str) -> tuple[Grid, str, str]:
    """Read the bytes of a CSV file into rows of text; returns them, why they end early, and a notice, both mostly empty."""
    encoding, problem, notice = find_encoding(data, where)
    grid = GridBuilder()
    other_limit = csv.field_size_limit(LONGEST_CELL)  # of the whole process: other libraries change it, too
    lines = io.TextIOWrapper(io.BytesIO(b"" if problem else data), encoding, newline="")
    read = 0
    try:
        for rows in read_batches(csv.reader(lines, strict=True)):
            grid.add(rows)
            read += len(rows)
    except csv.Error as error:
        problem = f"{where}, line {read + 1}: {_explain(error)} The lines from here on were not read."
    finally:
        csv.field_size_limit(other_limit)
    return grid.finish(), problem, notice


def read_batches(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Read rows in batches; those before a fault are handed on before its error."""
    rows = [[""]]
    while rows:
        rows = []
        try:
            rows.extend(islice(reader, BATCH))
        except csv.Error:
            yield rows
            raise
        yield rows


def _explain(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"has a cell of more than {LONGEST_CELL} characters, allowed are fewer. Shorten it."
    allowed = "quotes around a whole cell, and two quotes for one inside it"
    return f"has a double quote out of place, allowed are {allowed}. Correct the quotes."


def find_encoding(data: bytes, where: str, save: str = SAVE_AS_UTF8) -> tuple[str, str, str]:
    """UTF-8, else Windows-1252 with a notice; returns encoding, problem (ends with `save`), notice."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:200].count(0) > 50:
        return "utf-8", f"{where}: is encoded as UTF-16, allowed is UTF-8. {save}", ""
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        return "utf-8", f"{where}, line {line}: has a NUL byte, allowed is text. {save}", ""
    try:
        data.decode("utf-8")
        return "utf-8-sig", "", ""
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        line, byte = data.count(b"\n", 0, error.start) + 1, data[error.start]
        fault = f"has the byte 0x{byte:02X}, allowed is UTF-8. {save}"
        return "utf-8", f"{where}, line {line}: {fault}", ""
    word = re.search(r"\w*[^\x00-\x7f]\w*", text)
    read_as = f"is not UTF-8 and was read as Windows-1252 (as {quote(word[0])})"
    return "cp1252", "", f"{where}: {read_as}. Check the special letters, and save it as 'CSV UTF-8'."
