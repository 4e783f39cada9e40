"""How much has changed between two editions: the short answer that stands before the long one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.publish.changes.compare import Changes
from analysis.publish.changes.tables import TableChange
from analysis.wording import Wording


@dataclass(frozen=True)
class Tally:
    """A line of the short answer; None where a count makes no sense, as for a rating that is new."""

    label: str
    changed: int | None
    added: int | None
    removed: int | None

    @property
    def total(self) -> int:
        return sum(count or 0 for count in (self.changed, self.added, self.removed))


def tally(changes: Changes, words: Wording) -> list[Tally]:
    """
    Count what has changed: ratings, facts, sentences, numbers in figures, sources and reports, in this order.

    Everything is counted at each place where a report shows it. Ratings are no facts. A row that only one of the
    editions has is one fact, in the data of a figure one number.
    """
    tables = [table for report in changes.reports for table in report.tables]
    figures = [figure for report in changes.reports for figure in report.figures]
    sentences = [sentence for report in changes.reports for sentence in report.sentences]
    new, gone = (sum(not getattr(one, side) for one in sentences) for side in ("before", "after"))
    sources = [
        sum(len(getattr(report, name)) for report in changes.reports)
        for name in ("added_sources", "removed_sources")
    ]
    say = words.text
    return [
        Tally(say("Bewertungen", "Ratings"), sum(len(table.ratings) for table in tables), None, None),
        Tally(say("Fakten", "Facts"), *_count(tables)),
        Tally(say("Sätze", "Sentences"), len(sentences) - new - gone, new, gone),
        Tally(say("Zahlen in Abbildungen", "Numbers in figures"), *_count(figures)),
        Tally(say("Quellen", "Sources"), None, *sources),
        Tally(say("Berichte", "Reports"), len(changes.reports), len(changes.added), len(changes.removed)),
    ]


def sum_up(changes: Changes, words: Wording) -> str:
    """The answer in brief."""
    if not changes:
        return words.text(
            "{n} {n:Bericht|Berichte} verglichen, nichts hat sich geändert.",
            "{n} {n:report|reports} compared, nothing has changed.",
            n=changes.compared,
        )
    ratings, facts, sentences, numbers, *_ = (line.total for line in tally(changes, words))
    return words.text(
        "{n} {n:Bericht|Berichte} verglichen, in {k} hat sich etwas geändert. "
        "Bewertungen: {r}, Fakten: {f}, Sätze: {s}, Zahlen in Abbildungen: {z}.",
        "{n} {n:report|reports} compared, {k} with changes. "
        "Ratings: {r}, facts: {f}, sentences: {s}, numbers in figures: {z}.",
        n=changes.compared,
        k=len(changes.reports),
        r=ratings,
        f=facts,
        s=sentences,
        z=numbers,
    )


def _count(tables: Iterable[TableChange]) -> tuple[int, int, int]:
    """Values that changed, rows that are new, rows that are gone."""
    found = [(len(one.values), len(one.added), len(one.removed)) for one in tables]
    return tuple(map(sum, zip(*found, strict=True))) if found else (0, 0, 0)
