"""What the sheets of a workbook have in common: texts, looks, the frame about a table, the printed page."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.wording import Wording

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEADER_ROW = 3  # counted from 0: the caption, a remark and the way back stand above it

_A4 = 9
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_TEXT = 32_767  # UTF-16 units that Excel keeps in a cell
_LONGEST_HEADER = 255
_LONGEST_MARGIN = 250  # characters that Excel keeps in the head of a printed page
_MARGIN_LINE = 110
_UNSCALED = {"scale_with_doc": False}  # a wide table is printed smaller, its title is not
_LINE_PT, _HIGHEST_PT = 15.0, 409.0  # of a row


@dataclass(frozen=True)
class Head:
    """The head of a column; `width` in digits."""

    title: str
    width: float
    align: str = "left"


class SheetWriter:
    """
    Writes what all sheets of one workbook share.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    words : Wording
    mark : str, optional
        Stands in the foot of each printed page.
    """

    def __init__(self, book: Workbook, words: Wording, mark: str = "") -> None:
        self._book = book
        self._words = words
        self._mark = mark.replace("&", "&&")
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def look(self, **properties: object) -> Format:
        """A look of cells, made once."""
        properties = {"valign": "top", **properties}
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def write_text(
        self,
        sheet: Worksheet,
        place: tuple[int, int],
        text: str,
        address: str | None = None,
        **properties: object,
    ) -> None:
        """Write text, whatever it looks like; it stays text also when somebody edits the cell."""
        text = _cut(text, _LONGEST_TEXT)
        properties = {"text_wrap": True, **properties}
        if text.startswith(_FORMULA_LIKE):
            properties["quote_prefix"] = True
        if address and text:
            linked = self.look(**properties, font_color="#0B5A85", underline=1)
            sheet.write_url(*place, address, linked, string=text)
        else:
            sheet.write_string(*place, text, self.look(**properties))

    def write_top(self, sheet: Worksheet, caption: str, remark: str, back: str) -> None:
        """Write the three rows above a table; `back` is the name of the sheet of contents."""
        self.write_text(sheet, (0, 0), caption, bold=True, font_size=13, text_wrap=False)
        self.write_text(sheet, (1, 0), remark, text_wrap=False)
        self.write_text(sheet, (2, 0), f"← {back}", f"internal:'{back}'!A1", text_wrap=False)

    def write_heads(
        self, sheet: Worksheet, heads: Sequence[Head], row: int, name: str = "", rows: int = 0
    ) -> None:
        """Write the heads of columns; with a `name` the rows below become a table for office programs and readers."""
        titles = _make_unique([head.title for head in heads])
        looks = [self._head_look(head.align) for head in heads]
        for at, (head, title, look) in enumerate(zip(heads, titles, looks, strict=True)):
            sheet.set_column(at, at, head.width)
            sheet.write_string(row, at, title, look)
        self.fit_row(sheet, row, [(title, head.width - 2) for title, head in zip(titles, heads, strict=True)])
        if name:
            columns = [
                {"header": title, "header_format": look} for title, look in zip(titles, looks, strict=True)
            ]
            options = {"name": re.sub(r"\W", "_", name), "columns": columns, "style": None}
            sheet.add_table(row, 0, row + rows, len(heads) - 1, options)
            sheet.freeze_panes(row + 1, 1)
            sheet.repeat_rows(row)

    def fit_row(self, sheet: Worksheet, row: int, cells: Iterable[tuple[str, float]]) -> None:
        """Make a row as high as its texts need in columns of these widths; not every program does so itself."""
        long = ((text, int(width)) for text, width in cells if len(text) > width)
        lines = max((len(textwrap.wrap(text, width)) for text, width in long), default=1)
        if lines > 1:
            sheet.set_row(row, min(lines * _LINE_PT, _HIGHEST_PT))

    def set_page(self, sheet: Worksheet, title: str = "", rows: int = 0, columns: int = 0) -> None:
        """Print on A4, turned, as wide as the page; of a table its rows, with `title` in the margin of each page."""
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        pages = self._words.text("Seite &P von &N", "Page &P of &N")
        sheet.set_footer(f"&L&A&C{self._mark}&R{pages}", _UNSCALED)
        # Excel would mark texts that look like numbers as errors.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        if title:
            sheet.set_header("&L" + _fold(title), _UNSCALED)
            sheet.print_area(HEADER_ROW, 0, HEADER_ROW + rows, columns - 1)

    def _head_look(self, align: str) -> Format:
        return self.look(bold=True, bg_color="#E4EDF2", bottom=1, text_wrap=True, **side(align))


def side(align: str) -> dict[str, object]:
    """The side on which a cell's text stands, with a little room between numbers and the next column."""
    return {"align": "right", "indent": 1} if align == "right" else {"align": "left"}


def _fold(title: str) -> str:
    """A title for the head of a printed page, in lines; "&" would be a command there."""
    lines = textwrap.wrap(_cut(title, _LONGEST_MARGIN - title.count("&") - 5), _MARGIN_LINE)
    return "\n".join(lines).replace("&", "&&")


def _make_unique(titles: Sequence[str]) -> list[str]:
    """Titles that differ, as a table in Excel needs them: a second "Jahr" becomes "Jahr (2)"."""
    found: list[str] = []
    for title in titles:
        title = _cut(" ".join(title.split()) or "–", _LONGEST_HEADER - 9)
        number, name = 1, title
        while name.casefold() in (one.casefold() for one in found):
            number += 1
            name = f"{title} ({number})"
        found.append(name)
    return found


def _cut(text: str, limit: int) -> str:
    """The text, or its beginning and "…" where Excel cannot keep it; an emoji counts twice."""
    units = text.encode("utf-16-le")
    if len(units) // 2 <= limit:
        return text
    return units[: 2 * (limit - 1)].decode("utf-16-le", errors="ignore") + "…"
