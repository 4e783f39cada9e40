"""Write a document as a Word file: real styles, headings, tables and captions, to be edited further."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from docx.document import Document as File
from docx.oxml.ns import qn
from docx.shared import Pt

from analysis.publish.document.blocks import (
    Block,
    Document,
    Figure,
    Heading,
    Note,
    Plain,
    Quote,
    Source,
    Table,
)
from analysis.publish.forms.archives import rewrite_archive
from analysis.publish.forms.glyphs import fit_for_print, fit_text
from analysis.publish.forms.html import PageContext
from analysis.publish.forms.pictures import draw_pixels
from analysis.publish.forms.widths import TEXT_WIDTH
from analysis.publish.forms.word_frame import (
    describe_state,
    end_section,
    list_contents,
    open_file,
    set_properties,
    write_margins,
)
from analysis.publish.forms.word_parts import Element, bookmark, field, make, paragraph, printable, run
from analysis.publish.forms.word_prose import NEXT_NOTE, NOTE, QUOTE, ProseWriter
from analysis.publish.forms.word_runs import RunWriter, source_mark
from analysis.publish.forms.word_tables import fit_table, make_table
from analysis.wording import Wording

_LISTED_LEVEL = 3  # the contents list chapters and their sections
_HIGHEST = 600.0  # points; a figure and its caption share a page
_AFTER_TABLE = "280"  # twips


def write_word(document: Document, context: PageContext, path: Path, *, fonts: Path | None = None) -> None:
    """
    Write a document as a Word file.

    Parameters
    ----------
    document : Document
    context : PageContext
    path : Path
        File to write; its folder exists.
    fonts : Path, optional
        Folder with further fonts, as in `analysis.publish.forms.pdf.write_pdf`: printed forms show the same text.

    Raises
    ------
    FontError
        If the font folder cannot be used.
    """
    printed = fit_for_print(document, fonts)
    context = replace(
        context,
        edition_title=fit_text(context.edition_title, fonts),
        mark=fit_text(context.mark, fonts),
        paper_number=fit_text(context.paper_number or "", fonts),
    )
    file = open_file(context.language)
    set_properties(file, printed, context)
    write_margins(file, context)
    _Writer(file, printed, context, fonts).write()
    file.save(str(path))
    rewrite_archive(path)


class _Writer:
    """Writes one file, in reading order."""

    def __init__(self, file: File, document: Document, context: PageContext, fonts: Path | None) -> None:
        self._file, self._fonts = file, fonts
        self._document = document
        self._context = context
        self._say = Wording(context.language).text
        self._body = file.element.body
        self._runs = RunWriter(document, context, file.part)
        self._prose = ProseWriter(self._runs, file.part.numbering_part.element)
        sources = (
            [Heading(2, "sources", (Plain(self._say("Quellen", "Sources")),))] if document.sources else []
        )
        self._blocks: list[Block] = [*document.blocks, *sources]
        self._headings = [block for block in self._blocks if isinstance(block, Heading)]
        self._places = {heading.id: f"_Toc{n:08}" for n, heading in enumerate(self._headings, start=1)}
        self._fits = {block.id: fit_table(block) for block in document.each(Table)}
        self._marks = 0

    def write(self) -> None:
        """Write title, summary, contents, blocks and sources."""
        self._add(paragraph("Title", run(self._document.title)))
        self._add(paragraph("Subtitle", run(describe_state(self._context))))
        self._add(paragraph("Lead", *self._runs.write(self._document.lead)))
        if len(self._headings) > 1:
            listed = [(one, self._places[one.id]) for one in self._headings if one.level <= _LISTED_LEVEL]
            self._add(list_contents(listed, self._say("Inhalt", "Contents")))
        turned = [False, *self._find_turned()]  # the opening stands upright
        for at, block in enumerate(self._blocks):
            before = self._blocks[at - 1] if at else None
            if turned[at + 1] != turned[at]:
                end_section(self._body, turned[at])
            elements = list(self._write(block, before))
            if _needs_space(before, block):
                elements[0].get_or_add_pPr().get_or_add_spacing().set(qn("w:before"), _AFTER_TABLE)
            self._add(*elements)
        for source in self._document.sources:
            self._add(self._source(source))
        end_section(self._body, turned[-1], is_last=True)

    def _find_turned(self) -> list[bool]:
        """Which blocks stand on turned pages: wide tables, and the headings right above them."""
        turned = [isinstance(block, Table) and self._fits[block.id].is_turned for block in self._blocks]
        for at in range(len(turned) - 2, -1, -1):
            turned[at] = turned[at] or (isinstance(self._blocks[at], Heading) and turned[at + 1])
        return turned

    def _add(self, *elements: Element) -> None:
        for element in elements:
            self._body.sectPr.addprevious(element)

    def _mark(self, name: str, *children: Element) -> list[Element]:
        self._marks += 1
        return bookmark(name, self._marks, children)

    # -- blocks ----------------------------------------------------------------------------------

    def _write(self, block: Block, before: Block | None) -> Iterator[Element]:
        match block:
            case Heading():
                mark = self._mark(self._places[block.id], *self._runs.write(block.inlines))
                yield paragraph(f"Heading{block.level - 1}", *mark)
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case Note(blocks):
                yield from self._prose.write(blocks, NEXT_NOTE if isinstance(before, Note) else NOTE)
            case Quote(blocks):
                yield from self._prose.write(blocks, QUOTE)
            case _:
                yield from self._prose.write([block])

    def _table(self, table: Table) -> Iterator[Element]:
        yield self._caption(table, "Caption", make("keepNext"))
        empty = self._say("keine Einträge", "no entries")
        yield make_table(table, self._fits[table.id], self._runs, empty)
        if table.legend:
            stays = [make("keepNext")] if table.note else []
            yield paragraph("TableNote", run(table.legend), properties=stays)
        if table.note:
            yield paragraph("TableNote", *self._runs.write(table.note))

    def _figure(self, figure: Figure) -> Iterator[Element]:
        share = min(1.0, TEXT_WIDTH / figure.width_pt, _HIGHEST / figure.height_pt)
        size = Pt(figure.width_pt * share), Pt(figure.height_pt * share)
        pixels = draw_pixels(figure.svg, self._document.mark, self._fonts)
        picture = self._file.part.new_pic_inline(io.BytesIO(pixels), *size)
        for side in "TBLR":  # LibreOffice would add a margin
            picture.set(f"dist{side}", "0")
        picture.docPr.set("descr", printable(figure.alt))
        picture.docPr.set("name", figure.label)
        drawing = make("drawing")
        drawing.append(picture)
        yield paragraph("Figure", make("r", drawing))
        yield self._caption(figure, "FigureCaption")

    def _caption(self, block: Table | Figure, style: str, *properties: Element) -> Element:
        """Label with its number as a field, so that Word counts on when tables are added."""
        name, _, number = block.label.rpartition(" ")
        label = [
            run(f"{name} ", make("rStyle", val="Label")),
            *field(f"SEQ {name} \\* ARABIC", number, "Label"),
        ]
        mark = self._mark(block.id.replace("-", "_"), *label)
        return paragraph(style, *mark, run(" "), *self._runs.write(block.caption), properties=properties)

    def _source(self, source: Source) -> Element:
        title = self._mark(source_mark(source.number), run(source.title, make("b")))
        imprint = source.publisher + (f", {source.date}" if source.date else "")
        parts = [*title, run(f"{_stop(source.title)} {imprint}{_stop(imprint)}")]
        if source.url:
            style = [make("rStyle", val="Hyperlink")] if self._runs.can_link(source.url) else []
            parts += [run(" "), *self._runs.link(source.url, [run(source.url, *style)])]
        if source.accessed:
            parts.append(run(f" ({self._say('abgerufen am', 'accessed')} {source.accessed})"))
        return paragraph("Source", *parts)


def _needs_space(before: Block | None, block: Block) -> bool:
    """Whether a paragraph follows directly on a table, which has no space below it."""
    is_bare = isinstance(before, Table) and not (before.note or before.legend)
    return is_bare and not isinstance(block, Heading | Table | Figure)


def _stop(text: str) -> str:
    """The full stop behind a text that does not end with one."""
    return "" if text.endswith((".", "?", "!", "…")) else "."
