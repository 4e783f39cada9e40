"""Inlines as runs of a Word paragraph: text, links, and citations that lead to their source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn

from analysis.publish.document.addresses import safe_address
from analysis.publish.document.blocks import (
    Citation,
    Code,
    Document,
    Emphasis,
    Foreign,
    Inline,
    LineBreak,
    Link,
    Plain,
    Strong,
)
from analysis.publish.forms.html import PageContext
from analysis.publish.forms.word_parts import Element, language_properties, make, run

_LONGEST_TIP = 250
_MARKS = ("Reference", "SourceReference")  # styles of citations


def source_mark(number: int) -> str:
    """The name of the bookmark at a source."""
    return f"source_{number}"


@dataclass(frozen=True)
class Look:
    """How a run looks; `style` is a character style."""

    is_strong: bool = False
    is_emphatic: bool = False
    is_linked: bool = False
    style: str = ""
    language: str = ""

    def properties(self) -> list[Element]:
        """The properties of a run, in the order of the standard."""
        names = [("b", self.is_strong), ("i", self.is_emphatic)]
        style = [make("rStyle", val=self.style)] if self.style else []
        language = language_properties(self.language) if self.language else []
        return [*style, *(make(name) for name, is_set in names if is_set), *language]


class RunWriter:
    """
    Writes the inlines of one file.

    Parameters
    ----------
    document : Document
    context : PageContext
        Says which other reports may be linked.
    part : docx.opc.part.Part
        Keeps the addresses of links.
    """

    def __init__(self, document: Document, context: PageContext, part: Part) -> None:
        self._titles = {source.number: source.title for source in document.sources}
        self._context = context
        self._part = part

    def write(self, inlines: Iterable[Inline], look: Look | None = None) -> list[Element]:
        """The inlines as runs and links."""
        return [element for inline in inlines for element in self._write(inline, look or Look())]

    def cite(self, citations: Iterable[Citation], *, is_raised: bool) -> list[Element]:
        """The citations of a table cell, raised behind its text; without a text they have full size."""
        look = Look(style="Reference" if is_raised else "SourceReference")
        marks = [self.write([citation], look) for citation in citations]
        return [part for n, mark in enumerate(marks) for part in ([run(" ")] if n else []) + mark]

    def link(self, href: str, shown: list[Element]) -> list[Element]:
        """Runs with a link, or without one where the address is unsafe or no report of this edition."""
        address = self._address(href)
        if address is None:
            return shown
        link = make("hyperlink", *shown, history=1)
        link.set(qn("r:id"), self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return [link]

    def can_link(self, href: str | None) -> bool:
        """Whether there is something to link to."""
        return self._address(href or "") is not None

    def _address(self, href: str) -> str | None:
        if not href.startswith("report:"):
            return safe_address(href)
        key = href.removeprefix("report:")
        if key not in self._context.reports:
            return None
        return f"{'../' * self._context.depth}{key}.{self._context.language}.docx"

    def _write(self, inline: Inline, look: Look) -> list[Element]:
        match inline:
            case Plain(text):
                return [run(text, *look.properties())]
            case Code(text):
                return [run(text, *replace(look, style="Code").properties())]
            case Strong(inlines):
                return self.write(inlines, replace(look, is_strong=True))
            case Emphasis(inlines):
                return self.write(inlines, replace(look, is_emphatic=True))
            case Foreign(language, inlines):
                return self.write(inlines, replace(look, language=language))
            case Link(href, inlines):
                style = "Hyperlink" if self.can_link(href) else ""
                return self.link(href, self.write(inlines, replace(look, style=style, is_linked=True)))
            case LineBreak():
                return [make("r", make("br"))]
            case Citation(number=number):
                return self._citation(number, look)

    def _citation(self, number: int, look: Look) -> list[Element]:
        mark = run(f"[{number}]", make("rStyle", val=look.style if look.style in _MARKS else _MARKS[0]))
        if look.is_linked:  # a link in a link is no valid file
            return [mark]
        tip = self._titles[number][:_LONGEST_TIP]
        return [make("hyperlink", mark, anchor=source_mark(number), tooltip=tip, history=1)]
