"""Inlines as HTML; every text is escaped, every citation gets an address to come back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup, escape

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
from analysis.publish.document.prose import is_link


class InlineWriter:
    """
    Writes the inlines of one page, in reading order.

    Parameters
    ----------
    document : Document
    reports : mapping of str to str
        Address of each report that may be linked as ``report:<key>``.

    Attributes
    ----------
    places : Counter
        How often each source number was cited so far; the n-th place of source k is ``cite-k-n``.
    """

    def __init__(self, document: Document, reports: dict[str, str]) -> None:
        self._titles = {source.number: source.title for source in document.sources}
        self._reports = reports
        self.places: Counter[int] = Counter()

    def write(self, inlines: Iterable[Inline]) -> Markup:
        """The inlines as HTML."""
        return Markup("").join(self._write(inline) for inline in inlines)

    def cite(self, citations: Iterable[Citation]) -> Markup:
        """The citations of a table cell as HTML."""
        return Markup(" ").join(self._citation(citation) for citation in citations)

    def link(self, href: str | None, shown: Markup | str) -> Markup:
        """The text with a link, or without one where the address is unsafe or no report of this edition."""
        address = self.address(href or "")
        if address is None:
            return escape(shown)
        outside = "" if address in self._reports.values() else Markup(' rel="noopener"')
        return Markup('<a href="{}"{}>{}</a>').format(address, outside, shown)

    def address(self, href: str) -> str | None:
        """The address to link to, or None."""
        if href.startswith("report:"):
            return self._reports.get(href.removeprefix("report:"))
        return href if is_link(href) else None

    def _write(self, inline: Inline) -> Markup:
        match inline:
            case Plain(text):
                return escape(text)
            case Code(text):
                return Markup("<code>{}</code>").format(text)
            case Strong(inlines):
                return Markup("<strong>{}</strong>").format(self.write(inlines))
            case Emphasis(inlines):
                return Markup("<em>{}</em>").format(self.write(inlines))
            case Foreign(language, inlines):
                return Markup('<span lang="{}">{}</span>').format(language, self.write(inlines))
            case Link(href, inlines):
                return self.link(href, self.write(inlines))
            case LineBreak():
                return Markup("<br>")
            case Citation():
                return Markup("<sup>{}</sup>").format(self._citation(inline))

    def _citation(self, citation: Citation) -> Markup:
        number = citation.number
        self.places[number] += 1
        return Markup(
            '<a class="cite" id="cite-{0}-{1}" href="#source-{0}" role="doc-biblioref" title="{2}">[{0}]</a>'
        ).format(number, self.places[number], self._titles[number])
