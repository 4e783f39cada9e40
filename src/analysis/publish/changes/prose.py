"""What differs between the sentences of two states of a report, section by section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from analysis.publish.changes.matching import compare_words, pair_up
from analysis.publish.document.blocks import (
    Block,
    BulletList,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quote,
    Table,
    plain_text,
)

_LEAST_SECTION = 0.6  # similarity of headings of the same section
_LEAST_SENTENCE = 0.4  # similarity of two states of one sentence
# Where a sentence ends: not behind a single letter (e. V.), nor behind the number of a day (13. März).
_END = re.compile(r"(?<=[.!?…])(?<!\b\w\.)(?<!\b\d\d\.)\s+(?=[A-ZÄÖÜ„“\"(])")

Mask = Callable[[str], str]


@dataclass(frozen=True)
class SentenceChange:
    """A sentence that was changed, or that only one state has; `section` is its heading in the newer state."""

    section: str
    before: str
    after: str


@dataclass(frozen=True)
class _Section:
    title: str
    sentences: tuple[str, ...]


def compare_prose(old: Document, new: Document, masks: tuple[Mask, Mask]) -> tuple[SentenceChange, ...]:
    """
    Compare what two states of a report say: titles, headings, text, captions and notes below tables.

    Parameters
    ----------
    old, new : Document
    masks : tuple of callable
        For each state, what puts a mark for the words that are not compared, such as its own date.

    Returns
    -------
    tuple of SentenceChange
        In the order of the newer report; what is gone stands at the end of its section. A sentence that only moved is
        no change.
    """
    sections = [list(_read_sections(document)) for document in (old, new)]
    titles = [[mask(one.title) for one in side] for side, mask in zip(sections, masks, strict=True)]
    pairs = pair_up(*titles, compare_words, _LEAST_SECTION)
    found: list[SentenceChange] = []
    for at, section in enumerate(sections[1]):
        was = sections[0][pairs[at]] if at in pairs else _Section("", ())
        found += _compare_section(was, section, masks)
    for at, section in enumerate(sections[0]):
        if at not in pairs.values():
            gone = _compare_section(section, _Section("", ()), masks)
            found += [replace(one, section=section.title) for one in gone]
    return tuple(found)


def mark_words(before: str, after: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """
    Say which words of two states of a sentence differ.

    Returns
    -------
    tuple of list
        For each state its pieces, in order, each with True where the other state does not have it.
    """
    words = [text.split() for text in (before, after)]
    marked: tuple[list, list] = ([], [])
    for kind, *ends in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        for side, (begin, end) in enumerate((ends[:2], ends[2:])):
            if begin < end:
                space = [(False, " ")] if marked[side] else []
                marked[side].extend([*space, (kind != "equal", " ".join(words[side][begin:end]))])
    return marked


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, white space made even; some stay together after an abbreviation."""
    return _END.split(" ".join(text.split())) if text.strip() else []


def _read_sections(document: Document) -> Iterator[_Section]:
    """The sections of a report by heading; title and summary stand in the first, which has none."""
    title, sentences = "", [" ".join(document.title.split()), *split_sentences(document.summary)]
    for block in document.blocks:
        if isinstance(block, Heading):
            yield _Section(title, tuple(sentences))
            title, sentences = " ".join(plain_text(block.inlines).split()), []
        else:
            sentences += [one for text in _list_texts(block) for one in split_sentences(text)]
    yield _Section(title, tuple(sentences))


def _list_texts(block: Block) -> Iterable[str]:
    """The texts of a block that are not data."""
    match block:
        case Paragraph(inlines=inlines):
            return [plain_text(inlines)]
        case BulletList(items=items):
            return [text for item in items for part in item for text in _list_texts(part)]
        case Quote(blocks=blocks) | Note(blocks=blocks):
            return [text for part in blocks for text in _list_texts(part)]
        case Table(caption=caption, note=note):
            return [plain_text(caption), plain_text(note)]
        case Figure(caption=caption):
            return [plain_text(caption)]
    return []


def _compare_section(old: _Section, new: _Section, masks: tuple[Mask, Mask]) -> Iterator[SentenceChange]:
    """The sentences that only one of two sections has, those of the newer one first, each with its earlier state."""
    sides = [
        [(mask(text), text) for text in (section.title, *section.sentences) if text]
        for section, mask in zip((old, new), masks, strict=True)
    ]
    lost, found = _subtract(sides[0], sides[1]), _subtract(sides[1], sides[0])
    pairs = pair_up([one for one, _ in lost], [one for one, _ in found], compare_words, _LEAST_SENTENCE)
    for at, (_, text) in enumerate(found):
        yield SentenceChange(new.title, lost[pairs[at]][1] if at in pairs else "", text)
    for at, (_, text) in enumerate(lost):
        if at not in pairs.values():
            yield SentenceChange(new.title, text, "")


def _subtract(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The texts of one side whose masked form the other does not have, each as often as it has more of it."""
    left = Counter(masked for masked, _ in other)
    rest = []
    for masked, text in one:
        if left[masked]:
            left[masked] -= 1
        else:
            rest.append((masked, text))
    return rest
