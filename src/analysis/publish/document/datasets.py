"""The data of a report as CSV: every table and the numbers behind every figure, raw and without language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from analysis.publish.document.blocks import Document, Figure, Table, plain_text

_TRUTH = {True: "true", False: "false"}


def list_datasets(document: Document) -> Iterator[tuple[str, str, Table]]:
    """Name, title in words and content of each table and of each figure's data, in the order of the report.

    The names are those of the tables in the document: ``table-1``, ``figure-1``.
    """
    for block in document.blocks:
        if isinstance(block, Table | Figure):
            table = block.data if isinstance(block, Figure) else block
            yield block.id, f"{block.label}: {plain_text(block.caption)}", table


def as_csv(table: Table) -> str:
    """A table as CSV for machines.

    The first line holds the names of the columns. Values are raw: shares from 0 to 1, dates as in the register,
    ``true`` and ``false``, nothing where nothing is known. A text that looks like a formula stays that text.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow(_TRUTH[cell.value] if isinstance(cell.value, bool) else cell.value for cell in row)
    return file.getvalue()
