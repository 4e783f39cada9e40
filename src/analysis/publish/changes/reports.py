"""What differs between two states of one report: its tables, its sentences, its figures and its sources."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from analysis.publish.changes.matching import compare_words, pair_up
from analysis.publish.changes.prose import Mask, SentenceChange, compare_prose
from analysis.publish.changes.tables import TableChange, compare_tables
from analysis.publish.document.blocks import Document, Figure, Table, plain_text
from analysis.wording import Wording

_LEAST = 0.6  # similarity of two states of one table


@dataclass(frozen=True)
class ReportChange:
    """What has changed in one report; False where nothing has. Sources are told by their titles."""

    key: str
    title: str
    tables: tuple[TableChange, ...]
    sentences: tuple[SentenceChange, ...]
    figures: tuple[TableChange, ...]
    added_sources: tuple[str, ...]
    removed_sources: tuple[str, ...]

    def __bool__(self) -> bool:
        return any((self.tables, self.sentences, self.figures, self.added_sources, self.removed_sources))


def compare_reports(
    key: str,
    old: Document,
    new: Document,
    masks: tuple[Mask, Mask],
    words: Wording,
    ratings: Collection[str] = (),
) -> ReportChange:
    """
    Compare two states of a report.

    Parameters
    ----------
    key : str
        Names the report.
    old, new : Document
    masks : tuple of callable
        For each state, what puts a mark for the words that are not compared, such as its own date.
    words : analysis.wording.Wording
    ratings : collection of str
        Values that are grades.
    """
    sources = [{one.source_id: one.title for one in document.sources} for document in (old, new)]
    tables, figures = (
        _compare_grids(_list_grids(old, kind), _list_grids(new, kind), masks, words, grades)
        for kind, grades in ((Table, ratings), (Figure, ()))
    )
    return ReportChange(
        key,
        new.title,
        tables,
        compare_prose(old, new, masks),
        figures,
        tuple(title for name, title in sources[1].items() if name not in sources[0]),
        tuple(title for name, title in sources[0].items() if name not in sources[1]),
    )


def _list_grids(document: Document, kind: type[Table | Figure]) -> list[Table]:
    """The tables of a report, or the data of its figures under the figure's label."""
    return [
        replace(block.data, label=block.label) if isinstance(block, Figure) else block
        for block in document.each(kind)
    ]


def _compare_grids(
    old: list[Table], new: list[Table], masks: tuple[Mask, Mask], words: Wording, ratings: Collection[str]
) -> tuple[TableChange, ...]:
    """Compare tables with their earlier states; one that has none is all new, and the other way round."""
    looks = [
        [(mask(plain_text(table.caption)), {column.name for column in table.columns}) for table in tables]
        for mask, tables in zip(masks, (old, new), strict=True)
    ]
    pairs = pair_up(*looks, _compare_looks, _LEAST)
    found = []
    for at, table in enumerate(new):
        was = old[pairs[at]] if at in pairs else replace(table, rows=())
        change = compare_tables(was, table, words, ratings)
        found.append(change if at in pairs else replace(change, state="new"))
    for at, table in enumerate(old):
        if at not in pairs.values():
            found.append(replace(compare_tables(table, replace(table, rows=()), words), state="gone"))
    return tuple(filter(None, found))


def _compare_looks(one: tuple[str, set[str]], other: tuple[str, set[str]]) -> float:
    """How similar two tables are, from 0 to 1: half by their captions, half by the names of their columns."""
    shared = len(one[1] & other[1]) / len(one[1] | other[1])
    return (compare_words(one[0], other[0]) + shared) / 2
