"""A document as the JSON that ``templates/report.typ`` shows: plain data, nothing in it is markup."""

from __future__ import annotations

import re
import string
from typing import Any
from urllib.parse import quote

from analysis.publish.document.blocks import (
    Block,
    BulletList,
    Cell,
    Citation,
    Code,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Inline,
    LineBreak,
    Link,
    Note,
    Paragraph,
    Plain,
    Quote,
    Source,
    Strong,
    Table,
)
from analysis.publish.document.prose import is_link
from analysis.publish.forms.widths import GAP, PAGE_HEIGHT, PROSE_WIDTH, TEXT_WIDTH, lay_out
from analysis.wording import Wording

Json = dict[str, Any]

# A word longer than any real one may break anywhere, so that it stays on the page.
_ENDLESS = re.compile(r"\S{40,}")
_PIECE = 12
_BREAK = "\u200b"
_FIGURE_HEIGHT = PAGE_HEIGHT - 120  # leaves room for a heading and the caption
_UNBROKEN = 0.35  # of a page: what is lower stays in one piece
_FIRST_ROWS = 5  # head and rows that stay together where a table begins
_TAG = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-([A-Z]{2}))?(?:-.*)?")


def show_blocks(blocks: tuple[Block, ...]) -> list[Json]:
    """The blocks of a report; a figure or table may let what follows pass, so that no page stays half empty."""
    return [
        _block(block) | {"can_float": not isinstance(after, Heading | None)}
        for block, after in zip(blocks, (*blocks[1:], None), strict=False)
    ]


def _block(block: Block) -> Json:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "inlines": show_inlines(block.inlines)}
        case Paragraph():
            return {"kind": "paragraph", "inlines": show_inlines(block.inlines)}
        case BulletList():
            items = [[_block(part) for part in item] for item in block.items]
            return {"kind": "enum" if block.is_ordered else "list", "items": items}
        case Quote() | Note():
            blocks = [_block(part) for part in block.blocks]
            return {"kind": type(block).__name__.lower(), "blocks": blocks}
        case Table():
            return {"kind": "table"} | _caption(block) | _grid(block)
        case Figure():
            scale = min(1.0, TEXT_WIDTH / block.width_pt, _FIGURE_HEIGHT / block.height_pt)
            picture = {"alt": block.alt, "svg": block.svg, "width": block.width_pt * scale}
            return {"kind": "figure"} | _caption(block) | picture


def show_inlines(inlines: tuple[Inline, ...]) -> list[Json]:
    """The parts of a line of text."""
    return [_inline(inline) for inline in inlines]


def show_source(source: Source, words: Wording) -> Json:
    """An entry of the list of sources."""
    imprint = ", ".join(part for part in (source.publisher, source.date) if part)
    accessed = words.text(" (abgerufen am {day})", " (accessed {day})", day=source.accessed)
    return {
        "number": source.number,
        "title": soften(source.title),
        "imprint": soften(f". {imprint}." if imprint else "."),
        "url": _ascii(source.url) if is_link(source.url) else "",
        "accessed": accessed if source.accessed else "",
    }


def soften(text: str) -> str:
    """The text with places where an endless word may break."""
    return _ENDLESS.sub(lambda word: re.sub(f"(.{{{_PIECE}}})(?=.)", rf"\1{_BREAK}", word[0]), text)


def _inline(inline: Inline) -> Json:
    match inline:
        case Plain(text):
            return {"kind": "text", "text": soften(text)}
        case Code(text):
            return {"kind": "code", "text": soften(text)}
        case Strong(inlines) | Emphasis(inlines):
            return {"kind": type(inline).__name__.lower(), "inlines": show_inlines(inlines)}
        case Foreign(language, inlines):
            return _foreign(language, show_inlines(inlines))
        case Link(href, inlines):
            return _link(href, show_inlines(inlines))
        case Citation(number=number):
            return {"kind": "citation", "number": number, "is_raised": True}
        case LineBreak():
            return {"kind": "break"}


def _foreign(language: str, inlines: list[Json]) -> Json:
    """A change of language; Typst knows languages and regions, no scripts and variants."""
    found = _TAG.fullmatch(language)
    if found is None:
        return {"kind": "group", "inlines": inlines}
    return {"kind": "foreign", "language": found[1], "region": found[2], "inlines": inlines}


def _link(href: str, inlines: list[Json]) -> Json:
    """A link into the web; other reports of the edition may not lie beside a printed one."""
    is_outside = is_link(href) and not href.startswith("report:")
    return (
        {"kind": "link", "href": _ascii(href), "inlines": inlines}
        if is_outside
        else {"kind": "group", "inlines": inlines}
    )


def _ascii(href: str) -> str:
    """The same address in the letters that an address may have."""
    return quote(href, safe=string.printable)


def _caption(block: Table | Figure) -> Json:
    return {"label": block.label, "caption": show_inlines(block.caption)}


def _grid(table: Table) -> Json:
    layout = lay_out(table)
    columns = [
        {"title": soften(column.title), "align": column.align, "width": width, "is_hyphenated": is_hyphenated}
        for column, width, is_hyphenated in zip(
            table.columns, layout.widths, layout.is_hyphenated, strict=True
        )
    ]
    return {
        "note": show_inlines(table.note),
        "legend": table.legend,
        "columns": columns,
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "size": layout.size,
        "gap": GAP,
        "is_narrow": sum(layout.widths) < PROSE_WIDTH + 1,
        "is_landscape": layout.is_landscape,
        "is_breakable": sum(layout.heights) > _UNBROKEN * PAGE_HEIGHT,
        "is_row_breakable": max(layout.heights) > _UNBROKEN * PAGE_HEIGHT,
        "first_height": sum(layout.heights[:_FIRST_ROWS]),
    }


def _cell(cell: Cell) -> list[Json]:
    """A cell as a line of text, with its citations."""
    shown = [{"kind": "text", "text": soften(cell.text)}]
    if cell.language:
        shown = [_foreign(cell.language, shown)]
    if cell.link:
        shown = [_link(cell.link, shown)]
    # Where there is nothing else in the cell, numbers need not be raised, and small.
    citations = [_inline(citation) | {"is_raised": bool(cell.text)} for citation in cell.citations]
    return shown + citations if cell.text else citations
