"""The tree of a report: what a writer prints, in order, with nothing left to decide.

Every writer (web page, PDF, Word, workbook) reads this tree and nothing else. All of it is immutable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# -- inlines: what a line of text is made of ------------------------------------------------------


@dataclass(frozen=True)
class Plain:
    """Characters to be shown as they are."""

    text: str


@dataclass(frozen=True)
class Strong:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Emphasis:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Link:
    """A link: `href` is a web or mail address, or ``report:<key>`` for a report of the same edition."""

    href: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Foreign:
    """Text in another language than the report (`language` is a BCP 47 tag)."""

    language: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Citation:
    """A reference to the source with this `number` in the document's list of sources."""

    source_id: str
    number: int


@dataclass(frozen=True)
class LineBreak:
    pass


Inline = Plain | Strong | Emphasis | Code | Link | Foreign | Citation | LineBreak

# -- blocks ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 to 6; levels never skip. `id` is unique in the document."""

    level: int
    id: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class BulletList:
    """A list, numbered from 1 if `is_ordered`; an item holds blocks, mostly one paragraph."""

    is_ordered: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Note:
    """A boxed remark."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    kind : str
        text, number (int or float), share (0 to 1), year, date (EDTF level 0), boolean or source.
    unit : str or None
        km or EUR, where the name of the column ends so.
    align : str
        left or right.
    """

    name: str
    title: str
    kind: str
    align: str
    unit: str | None = None


@dataclass(frozen=True)
class Cell:
    """A cell: `text` is what a reader sees, `value` (str, int, float, bool or None) what a workbook keeps.

    `language` is set where the text is not in the report's language; `link` as in `Link.href`; `romanised` is the
    text in Latin letters, for printed forms whose fonts lack its script.
    """

    text: str
    value: str | int | float | bool | None = None
    language: str | None = None
    citations: tuple[Citation, ...] = ()
    link: str | None = None
    romanised: str | None = None


@dataclass(frozen=True)
class Table:
    """A table; the first column names the row. Data of a figure have no `number` and no `label`.

    `label` is "Tabelle 1" or "Table 1", `legend` explains the mark of a missing value where one occurs.
    """

    number: int | None
    id: str
    label: str
    caption: tuple[Inline, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: tuple[Inline, ...] = ()
    legend: str = ""


@dataclass(frozen=True)
class Figure:
    """A picture with its data; sizes in points (1/72 inch)."""

    number: int
    id: str
    label: str
    caption: tuple[Inline, ...]
    alt: str
    svg: str
    width_pt: float
    height_pt: float
    data: Table


Block = Heading | Paragraph | BulletList | Quote | Note | Table | Figure

# -- the whole ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """A cited source, numbered in the order of first citation; dates in words, empty where unknown."""

    number: int
    source_id: str
    title: str
    publisher: str
    date: str
    url: str
    accessed: str


@dataclass(frozen=True)
class Document:
    """A report: title (with the `mark` of the report) and summary as plain text, the summary also as `lead`."""

    title: str
    summary: str
    lead: tuple[Inline, ...]
    language: str
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    mark: str = ""

    def each(self, kind: type) -> Iterator[Block]:
        """All top-level blocks of one kind, in order: ``document.each(Table)``."""
        return (block for block in self.blocks if isinstance(block, kind))


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """The text of inlines without markup and without citations."""
    parts = []
    for inline in inlines:
        if isinstance(inline, LineBreak):
            parts.append(" ")
        elif isinstance(inline, Plain | Code):
            parts.append(inline.text)
        elif not isinstance(inline, Citation):
            parts.append(plain_text(inline.inlines))
    return "".join(parts)
