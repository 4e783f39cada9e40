"""What stands around a report in a Word file: styles, properties, header and footer, pages, contents."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document as File
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from analysis.publish.document.blocks import Document, Heading, plain_text
from analysis.publish.forms.html import PageContext
from analysis.publish.forms.word_parts import Element, field, make, paragraph, printable, run, word_language
from analysis.wording import Wording

_PARTS = Path(__file__).parent / "templates" / "word"
_LONGEST_PROPERTY = 255
_A4 = (11906, 16838)  # twips, as all lengths here
_MARGINS = {
    "top": 1304,
    "right": 1134,
    "bottom": 1247,
    "left": 1134,
    "header": 624,
    "footer": 567,
    "gutter": 0,
}
_UNUSED = ("stylesWithEffects", "webSettings", "fontTable", "customXml", "thumbnail", "extended-properties")


def open_file(language: str) -> File:
    """An empty file with our styles, in this language."""
    file = docx.Document()
    for owner in (file.part, file.part.package):
        for key in [key for key, found in owner.rels.items() if found.reltype.endswith(_UNUSED)]:
            owner.rels.pop(key)
    _refill(file.styles.element, "styles.xml")
    _refill(file.settings.element, "settings.xml")
    _refill(file.part.numbering_part.element, "numbering.xml")
    for owner, tag in ((file.styles.element, "w:lang"), (file.settings.element, "w:themeFontLang")):
        for element in owner.iter(qn(tag)):
            element.set(qn("w:val"), word_language(language))
    return file


def set_properties(file: File, document: Document, context: PageContext) -> None:
    """Say what the file is, and nothing about the machine or the time that it was made on."""
    properties = file.core_properties
    say = Wording(context.language).text
    texts = {
        "title": document.title,
        "subject": context.edition_title,
        "comments": document.summary,
        "author": context.author,
        "last_modified_by": context.author,
        "language": word_language(context.language),
        "keywords": ", ".join(filter(None, [context.mark, context.paper_number])),
        "content_status": say("Entwurf", "Draft") if context.is_draft else "",
    }
    for name, text in texts.items():
        setattr(properties, name, printable(text)[:_LONGEST_PROPERTY])
    properties.revision = 1
    properties.created = properties.modified = datetime.fromisoformat(context.as_of)


def describe_state(context: PageContext) -> str:
    """Edition, number of the paper and day, on one line."""
    say = Wording(context.language).text
    paper = say("Vorlage {n}", "Council paper {n}", n=context.paper_number) if context.paper_number else ""
    state = say("Stand: {day:date}", "as of {day:date}", day=context.as_of)
    return " · ".join(filter(None, [context.edition_title, paper, state]))


def write_margins(file: File, context: PageContext) -> None:
    """Write header and footer; the first page, which has the title, shows no more than the marks."""
    say = Wording(context.language).text
    section = file.sections[0]
    section.different_first_page_header_footer = True
    marks = [*([say("Entwurf", "Draft")] if context.is_draft else []), *filter(None, [context.mark])]
    state = run((" · " if marks else "") + describe_state(context))
    _fill(section.header, paragraph("Header", *_write_marks(marks), state))
    _fill(section.first_page_header, paragraph("FirstHeader", *_write_marks(marks)))
    for footer in (section.footer, section.first_page_footer):
        before, between = say("Seite | von ", "Page | of ").split("|")
        pages = [run(before), *field("PAGE", "1"), run(between), *field("NUMPAGES", "1")]
        _fill(footer, paragraph("Footer", *pages))


def _write_marks(marks: Sequence[str]) -> list[Element]:
    return [run(" · ".join(marks), make("b"))] if marks else []


def end_section(body: Element, is_turned: bool, *, is_last: bool = False) -> None:
    """Let the pages so far, since the last such call, be upright or turned."""
    closing = body.sectPr
    own = deepcopy(closing)
    for tag in ("headerReference", "footerReference", "titlePg"):
        for element in closing.findall(qn(f"w:{tag}")):
            closing.remove(element)  # later pages follow the first ones
    for tag in ("type", "pgSz", "pgMar"):
        for element in own.findall(qn(f"w:{tag}")):
            own.remove(element)
    width, height = reversed(_A4) if is_turned else _A4
    size = make("pgSz", w=width, h=height, **({"orient": "landscape"} if is_turned else {}))
    references = len(own.findall(qn("w:headerReference")) + own.findall(qn("w:footerReference")))
    own.insert(references, size)
    own.insert(references + 1, make("pgMar", **_MARGINS))
    if is_last:
        body.replace(closing, own)
    else:
        _last_paragraph(body).get_or_add_pPr().append(own)


def list_contents(headings: Sequence[tuple[Heading, str]], title: str) -> Element:
    """The table of contents, ready before any update; its page numbers come with printing or F9."""
    entries = []
    for heading, mark in headings:
        shown = run(plain_text(heading.inlines))
        page = [make("r", make("tab")), *field(f"PAGEREF {mark} \\h", "")]
        entries.append(
            paragraph(f"TOC{heading.level - 1}", make("hyperlink", shown, *page, anchor=mark, history=1))
        )
    *opening, closing = field('TOC \\o "1-2" \\h \\z \\u', "")
    for number, element in enumerate(opening, start=1):
        entries[0].insert(number, element)
    entries[-1].append(closing)
    gallery = make("docPartObj", make("docPartGallery", val="Table of Contents"), make("docPartUnique"))
    return make(
        "sdt", make("sdtPr", gallery), make("sdtContent", paragraph("TOCHeading", run(title)), *entries)
    )


def _refill(element: Element, name: str) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml((_PARTS / name).read_bytes())))


def _fill(margin: object, content: Element) -> None:
    margin.is_linked_to_previous = False
    element = margin._element
    for child in list(element):
        element.remove(child)
    element.append(content)


def _last_paragraph(body: Element) -> Element:
    """The paragraph that may end a section; a table cannot, so a tiny one follows it."""
    last = body.sectPr.getprevious()
    if last is None or last.tag != qn("w:p") or last.find(f".//{qn('w:sectPr')}") is not None:
        last = paragraph("SectionEnd")
        body.sectPr.addprevious(last)
    return last
