"""Write a document as a web page that needs nothing else, and an edition's index page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.publish.document.blocks import Document, Figure, Heading, plain_text
from analysis.publish.forms.inlines import InlineWriter
from analysis.wording import Wording

AUTHOR = "twinning-analysis"

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Form:
    """Another form of a report: its name as in `analysis.publish.forms.formats`, label, address, and size in bytes."""

    name: str
    label: str
    href: str
    size: int


@dataclass(frozen=True)
class PageContext:
    """
    What a page says about its place among the others.

    Attributes
    ----------
    edition, edition_title : str
        Id and title of the edition; the title in the language of the page.
    as_of : str
        Day whose state the page tells, ISO 8601.
    language : {"de", "en"}
    other_language_href : str or None
        Address of the same page in the other language.
    index_href : str
        Address of the edition's index page.
    reports : frozenset of str
        Keys of the reports that exist in this language (``evaluation``, ``partner/kyiv``); others are not linked.
    is_draft : bool
    paper_number : str or None
        Number of the council paper.
    mark : str
        What is said of the whole report on every page ("Fiktive Daten"); mostly empty.
    author : str
        Who answers for the report: the publisher of the edition, else this program.
    depth : int
        How many folders the page lies below the edition's.
    forms : tuple of Form
        The other forms of this report.
    licence : tuple of str
        Code, title and address of the licence of the data; empty where they name none.
    """

    edition: str
    edition_title: str
    as_of: str
    language: str
    other_language_href: str | None
    index_href: str
    reports: frozenset[str] = field(default_factory=frozenset)
    is_draft: bool = False
    paper_number: str | None = None
    mark: str = ""
    author: str = AUTHOR
    depth: int = 0
    forms: tuple[Form, ...] = ()
    licence: tuple[str, ...] = ()

    def addresses(self) -> dict[str, str]:
        """The address of each report, seen from this page."""
        return {key: f"{'../' * self.depth}{key}.{self.language}.html" for key in sorted(self.reports)}


@dataclass(frozen=True)
class IndexEntry:
    """A report in the index; entries of one `group` (a heading) stand together, those without one come first."""

    key: str
    title: str
    summary: str
    group: str = ""


def write_page(document: Document, context: PageContext, path: Path) -> None:
    """
    Write a document as a web page.

    Parameters
    ----------
    document : Document
    context : PageContext
    path : Path
        File to write; its folder exists.
    """
    inlines = InlineWriter(document, context.addresses())
    chapters = [block for block in document.blocks if isinstance(block, Heading) and block.level == 2]
    write_template(
        path,
        "report.html.j2",
        context,
        document=document,
        inlines=inlines,
        chapters=chapters,
        kind=lambda block: type(block).__name__,
        plain_text=plain_text,
        svg_address=_svg_address,
        size=_describe_size,
        csv_folder=next((form.href.rpartition("/")[0] for form in context.forms if form.name == "csv"), None),
    )


def write_index(
    entries: Sequence[IndexEntry],
    context: PageContext,
    path: Path,
    citation: str = "",
    citation_files: Sequence[str] = (),
) -> None:
    """
    Write the index page of an edition.

    Parameters
    ----------
    entries : sequence of IndexEntry
        In the order of the page.
    context : PageContext
    path : Path
        File to write; its folder exists.
    citation : str
        How to cite the edition, in words; without it the page does not say.
    citation_files : sequence of str
        Addresses of the same for reference managers (BibTeX) and registries of DOIs (DataCite).
    """
    groups = [(group, list(found)) for group, found in groupby(entries, key=lambda entry: entry.group)]
    cited = {"citation": citation, "citation_files": citation_files}
    write_template(path, "index.html.j2", context, groups=groups, addresses=context.addresses(), **cited)


def write_template(path: Path, template: str, context: PageContext, **values: Any) -> None:
    """
    Write a page from one of the templates.

    Parameters
    ----------
    path : Path
        File to write; its folder exists.
    template : str
        Name of the file in ``templates``; it extends ``page.html.j2``.
    context : PageContext
    **values
        What the template shows besides the context.
    """
    style = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
    words = Wording(context.language)
    page = (
        _environment()
        .get_template(template)
        .render(
            context=context,
            words=words,
            as_of=words.date(context.as_of),
            say=lambda de, en: de if context.language == "de" else en,
            style=Markup(style),
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii"),
            **values,
        )
    )
    path.write_bytes(page.encode("utf-8"))


def _describe_size(form: Form, words: Wording) -> str:
    """The size of a form as a reader knows it: 412 kB, 1.3 MB."""
    if form.size < 1_000_000:
        return words.text("{n} kB", "{n} kB", n=max(form.size // 1000, 1))
    return words.text("{n:1} MB", "{n:1} MB", n=form.size / 1_000_000)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _svg_address(figure: Figure) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(figure.svg.encode("utf-8")).decode("ascii")
