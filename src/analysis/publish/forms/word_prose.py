"""Paragraphs and lists of a Word file, also those within a note or a quotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docx.oxml.numbering import CT_Numbering

from analysis.publish.document.blocks import Block, BulletList, Note, Paragraph, Quote
from analysis.publish.forms.word_parts import Element, make, paragraph
from analysis.publish.forms.word_runs import RunWriter

# Of templates/word/numbering.xml
_BULLETS = 1
_NUMBERS = 1
_STEP = 340  # twips
_DEEPEST = 3

_NOTE_INDENT = 227
_QUOTE_INDENT = 340


@dataclass(frozen=True)
class Frame:
    """What prose stands in: a paragraph style, and how far it is indented (twips)."""

    style: str
    indent: int

    @property
    def is_body(self) -> bool:
        return self.style == "BodyText"

    def shifted(self, depth: int, hanging: int = 0) -> list[Element]:
        """The indent of a paragraph in a list of this depth."""
        return [make("ind", left=self.indent + depth * _STEP, hanging=hanging)]


BODY = Frame("BodyText", 0)
QUOTE = Frame("Quote", _QUOTE_INDENT)
NOTE = Frame("Note", _NOTE_INDENT)
# Boxes of one width that follow each other would grow into one.
NEXT_NOTE = Frame("Note", _NOTE_INDENT + 1)


class ProseWriter:
    """
    Writes prose.

    Parameters
    ----------
    runs : RunWriter
    numbering : CT_Numbering
        Gets a numbering of its own for each numbered list, so that each begins with 1.
    """

    def __init__(self, runs: RunWriter, numbering: CT_Numbering) -> None:
        self._runs = runs
        self._numbering = numbering

    def write(self, blocks: Iterable[Block], frame: Frame = BODY, depth: int = 0) -> Iterator[Element]:
        """The blocks as paragraphs; `depth` is that of the list they stand in."""
        for block in blocks:
            match block:
                case Paragraph(inlines):
                    style = f"ListContinue{_level(depth)}" if frame.is_body and depth else frame.style
                    indent = [] if frame.is_body else frame.shifted(depth)
                    yield paragraph(style, *self._runs.write(inlines), properties=indent)
                case BulletList():
                    yield from self._list(block, frame, depth + 1)
                case Quote(parts):
                    yield from self.write(parts, QUOTE, depth)
                case Note(parts):
                    yield from self.write(parts, NOTE, depth)

    def _list(self, block: BulletList, frame: Frame, depth: int) -> Iterator[Element]:
        number = self._new_number() if block.is_ordered else _BULLETS
        kind = "ListNumber" if block.is_ordered else "ListBullet"
        for item in block.items:
            match item:
                case (Paragraph(inlines), *parts):
                    properties = [
                        make("numPr", make("ilvl", val=min(depth, _DEEPEST) - 1), make("numId", val=number))
                    ]
                    properties += [] if frame.is_body else frame.shifted(depth, hanging=_STEP)
                    style = f"{kind}{_level(depth)}" if frame.is_body else frame.style
                    yield paragraph(style, *self._runs.write(inlines), properties=properties)
                    yield from self.write(parts, frame, depth)
                case _:
                    yield from self.write(item, frame, depth)

    def _new_number(self) -> int:
        number = self._numbering.add_num(_NUMBERS)
        for level in range(_DEEPEST):
            number.add_lvlOverride(ilvl=level).add_startOverride(1)
        return number.numId


def _level(depth: int) -> str:
    """The ending of a list style: none for the first level."""
    return "" if depth == 1 else str(min(depth, _DEEPEST))
