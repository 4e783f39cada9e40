"""The pieces that a Word file is made of, where python-docx has no call for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from babel.core import get_global
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement as Element

# Regions of the report's own languages; others have that of most of their speakers (CLDR).
_LANGUAGES = {"de": "de-DE", "en": "en-GB"}
_EAST_ASIAN = {"zh", "ja", "ko"}
_RIGHT_TO_LEFT = {"ar", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}

_W = f"{{{nsmap['w']}}}"
_SPACES = re.compile(r"[\t\n\r]+")
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def make(tag: str, *children: Element, **attributes: object) -> Element:
    """An element of WordprocessingML: ``make("jc", val="right")`` is ``<w:jc w:val="right"/>``."""
    named = {_W + name: printable(str(value)) for name, value in attributes.items()}
    element = oxml_parser.makeelement(_W + tag, named, {"w": nsmap["w"]})
    element.extend(children)
    return element


def printable(text: str) -> str:
    """The text on one line, with U+FFFD for characters that XML does not know."""
    if text.isprintable():
        return text
    return _NO_XML.sub("\ufffd", _SPACES.sub(" ", text))


def paragraph(style: str, *children: Element, properties: Iterable[Element] = ()) -> Element:
    """A paragraph in a style; `properties` stand in the order of the standard."""
    return make("p", make("pPr", make("pStyle", val=style), *properties), *children)


def run(text: str, *properties: Element) -> Element:
    """A run of text that keeps its spaces; `properties` stand in the order of the standard."""
    return _run(_text("t", text), properties)


def field(instruction: str, shown: str, style: str = "") -> list[Element]:
    """A field, with the text that stands in it until a word processor reckons it anew."""
    parts = [
        make("fldChar", fldCharType="begin"),
        _text("instrText", f" {instruction} "),
        make("fldChar", fldCharType="separate"),
        *([_text("t", shown)] if shown else []),
        make("fldChar", fldCharType="end"),
    ]
    return [_run(part, [make("rStyle", val=style)] if style else []) for part in parts]


def bookmark(name: str, number: int, children: Iterable[Element]) -> list[Element]:
    """The children within a bookmark; its number is its own in the file."""
    return [make("bookmarkStart", id=number, name=name), *children, make("bookmarkEnd", id=number)]


@cache
def word_language(tag: str) -> str:
    """The language as Word names it, with a region: ``pl`` is ``pl-PL``, ``zh`` is ``zh-CN``."""
    if tag in _LANGUAGES:
        return _LANGUAGES[tag]
    likely = get_global("likely_subtags").get(tag, "").split("_")
    return f"{tag}-{likely[-1]}" if "-" not in tag and len(likely) == 3 else tag


def language_properties(tag: str) -> list[Element]:
    """Properties of a run in this language; right-to-left ones are turned."""
    language, shown = tag.partition("-")[0], word_language(tag)
    names = {"val": shown}
    if language in _EAST_ASIAN:
        names["eastAsia"] = shown
    if language in _RIGHT_TO_LEFT:
        names["bidi"] = shown
    return [*([make("rtl")] if language in _RIGHT_TO_LEFT else []), make("lang", **names)]


def _run(part: Element, properties: Sequence[Element]) -> Element:
    return make("r", *([make("rPr", *properties)] if properties else []), part)


def _text(tag: str, text: str) -> Element:
    element = make(tag)
    element.text = printable(text)
    element.set(qn("xml:space"), "preserve")
    return element
