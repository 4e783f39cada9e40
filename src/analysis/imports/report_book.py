"""The report of an import as a workbook for people: a sheet of numbers, and one of what to do."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter

SHOWN = 10_000  # lines in the workbook, more than a person works through; the table for machines has all
LONGEST = 32_767  # characters in a cell of a workbook
OPTIONS = {  # the texts of others stay texts, and no files beside
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
WRITTEN = datetime(2000, 1, 1)  # a workbook wants a time; the same input gives the same bytes


def write_book(
    name: str,
    numbers: Iterable[tuple[str, object]],
    heads: Sequence[str],
    widths: Sequence[int],
    lines: Iterable[Sequence[object]],
    language: str,
) -> bytes:
    """Write the workbook of a report.

    Parameters
    ----------
    name : str
        Of the file that was imported.
    numbers : iterable of (str, object)
        Label and number, or a notice and nothing.
    heads, widths : sequence
        Of the columns of the second sheet.
    lines : iterable
        Its rows; the first 10,000 are shown.
    language : {"de", "en"}
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    book.set_properties({"created": WRITTEN})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    first = book.add_worksheet("Überblick" if language == "de" else "Overview")
    first.set_column(0, 0, 60)
    first.write_string(0, 0, ("Import von " if language == "de" else "Import of ") + name, bold)
    for row, (label, count) in enumerate(numbers, start=2):
        first.write_string(row, 0, label[:LONGEST], wrap)
        first.write(row, 1, count)
    second = book.add_worksheet("Zu tun" if language == "de" else "To do")
    _write_lines(second, heads, widths, lines, bold, wrap)
    book.close()
    return content.getvalue()


def _write_lines(sheet, heads, widths, lines, bold, wrap) -> None:
    """Write rows below a header that stays in view and can be filtered."""
    for column, (label, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width, wrap)
        sheet.write(0, column, label.replace("_", " "), bold)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    number = 0
    for number, line in enumerate(lines, start=1):
        if number > SHOWN:
            break
        for column, cell in enumerate(line):
            sheet.write(number, column, cell[:LONGEST] if isinstance(cell, str) else cell)
    sheet.autofilter(0, 0, max(number, 1), len(heads) - 1)
