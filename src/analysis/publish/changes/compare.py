"""What has changed from one built edition to another: facts, ratings, sentences, and the numbers in figures.

Read from the executed notebooks that every edition holds, so that any two can be compared, whoever built them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial

from analysis.publish.changes.built import BuiltEdition, BuiltError
from analysis.publish.changes.reports import ReportChange, compare_reports
from analysis.publish.document.marks import add_mark
from analysis.publish.document.prose import clean
from analysis.wording import Wording

_OWN_DAY = "\u241f"  # stands for the day whose state is told: it always differs


@dataclass(frozen=True)
class State:
    """One of the two editions: title, the day whose state it tells (ISO 8601), and its mark, as "Fictional data"."""

    title: str
    as_of: str
    mark: str


@dataclass(frozen=True)
class Changes:
    """
    What has changed between two editions; False where nothing has.

    Attributes
    ----------
    language : {"de", "en"}
        Of the reports that were compared.
    before, after : State
    compared : int
        How many reports both have.
    reports : tuple of ReportChange
        Those with a change, in the order of the newer edition.
    added, removed : tuple of tuple of str
        Key and title of the reports that only the newer, only the older one has.
    """

    language: str
    before: State
    after: State
    compared: int
    reports: tuple[ReportChange, ...]
    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return any((self.reports, self.added, self.removed))


def compare_editions(
    old: BuiltEdition, new: BuiltEdition, language: str | None = None, ratings: Collection[str] = ()
) -> Changes:
    """
    Compare two built editions.

    Parameters
    ----------
    old, new : BuiltEdition
    language : {"de", "en"}, optional
        Which reports are compared; by default the first language of `new` that both have.
    ratings : collection of str
        Values that are grades.

    Returns
    -------
    Changes
        The day whose state is told is not compared where a sentence names it, as it always differs.

    Raises
    ------
    BuiltError
        If the editions have no common language, or not this one, or a report cannot be read.
    """
    spoken = _choose_language(old, new, language)
    words = Wording(spoken)
    shared = [key for key in new.keys[spoken] if key in old.keys[spoken]]
    masks = tuple(partial(_hide, words.date(edition.as_of)) for edition in (old, new))
    reports, seen = [], ([], [])
    for key in shared:
        documents = [edition.read(key, spoken) for edition in (old, new)]
        reports.append(compare_reports(key, *documents, masks, words, ratings))
        for side, document in zip(seen, documents, strict=True):
            side.append(document.mark)
    added, removed = (
        tuple((key, edition.read(key, spoken).title) for key in edition.keys[spoken] if key not in shared)
        for edition in (new, old)
    )
    states = [_describe(edition, spoken, marks) for edition, marks in zip((old, new), seen, strict=True)]
    return Changes(spoken, *states, len(shared), tuple(filter(None, reports)), added, removed)


def _describe(edition: BuiltEdition, language: str, marks: Iterable[str]) -> State:
    """An edition in a few words, with the mark that a report of it carries."""
    mark = next(filter(None, marks), "")
    return State(add_mark(clean(edition.titles.get(language, "")), mark), edition.as_of, mark)


def _choose_language(old: BuiltEdition, new: BuiltEdition, language: str | None) -> str:
    common = [one for one in new.keys if one in old.keys]
    if not common:
        raise BuiltError("language: the two have none in common. Build both in the same languages.")
    if language not in (*common, None):
        raise BuiltError(f"--language: is {language!r}, both editions have {', '.join(common)}.")
    return language or common[0]


def _hide(day: str, text: str) -> str:
    """A text as it is compared: with even spaces, and a mark for the day whose state is told."""
    own = re.escape(" ".join(day.split()))
    return re.sub(rf"(?<!\d){own}(?!\d)", _OWN_DAY, " ".join(text.split()))
