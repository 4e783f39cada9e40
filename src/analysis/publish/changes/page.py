"""What has changed between two editions, as a web page that needs nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path

from analysis.publish.changes.compare import Changes
from analysis.publish.changes.prose import SentenceChange, mark_words
from analysis.publish.changes.reports import ReportChange
from analysis.publish.changes.tally import sum_up, tally
from analysis.publish.changes.text import TITLE, name_state
from analysis.publish.document.marks import add_mark
from analysis.publish.forms.html import PageContext, write_template
from analysis.wording import Wording

_FOLD = 12  # changes of one table; more are folded, so that a reader sees the next table


def write_changes(changes: Changes, path: Path) -> None:
    """
    Write the changes as a web page, in their language.

    Parameters
    ----------
    changes : Changes
    path : Path
        File to write; it is replaced in one step. Its folder exists.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    words, state = Wording(changes.language), changes.after
    mark = changes.before.mark or state.mark
    context = PageContext("", state.title, state.as_of, changes.language, None, "", mark=mark)
    values = {
        "changes": changes,
        "heading": add_mark(words.text(*TITLE), mark),
        "answer": sum_up(changes, words),
        "lines": tally(changes, words),
        "before": name_state(changes.before, words),
        "after": name_state(changes.after, words),
        "parts": _list_parts(changes, words),
        "fold": _FOLD,
        "mark_words": mark_words,
    }
    fresh = path.with_name(f"{path.name}.new")
    try:
        write_template(fresh, "changes.html.j2", context, **values)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _list_parts(changes: Changes, words: Wording) -> list[tuple[str, str, list]]:
    """The parts of the page that are not empty, what counts most first: id, title, and what each report has for it."""
    titles = {
        "ratings": words.text("Bewertungen", "Ratings"),
        "facts": words.text("Fakten", "Facts"),
        "sentences": words.text("Sätze", "Sentences"),
        "figures": words.text("Abbildungen", "Figures"),
        "sources": words.text("Quellen", "Sources"),
    }
    return [(name, title, found) for name, title in titles.items() if (found := _find_parts(changes, name))]


def _find_parts(changes: Changes, name: str) -> list[tuple[ReportChange, Sequence]]:
    """What the reports have for one part of the page; those without anything are left out."""
    find: dict[str, Callable[[ReportChange], Sequence]] = {
        "ratings": lambda report: [value for table in report.tables for value in table.ratings],
        "facts": lambda report: [table for table in report.tables if table.has_facts],
        "sentences": lambda report: _group_sentences(report.sentences),
        "figures": lambda report: report.figures,
        "sources": lambda report: (*report.added_sources, *report.removed_sources),
    }
    return [(report, part) for report in changes.reports if (part := find[name](report))]


def _group_sentences(sentences: Iterable[SentenceChange]) -> list[tuple[str, list[SentenceChange]]]:
    """Sentences that follow each other in one section, by its heading."""
    return [(section, list(found)) for section, found in groupby(sentences, key=lambda one: one.section)]
