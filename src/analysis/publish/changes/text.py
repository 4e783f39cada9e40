"""What has changed between two editions, as plain text: the short answer, then ratings, facts, sentences, figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analysis.publish.changes.compare import Changes, State
from analysis.publish.changes.reports import ReportChange
from analysis.publish.changes.tables import TableChange, ValueChange
from analysis.publish.changes.tally import sum_up, tally
from analysis.wording import Wording

TITLE = ("Was sich seit dem letzten Bericht geändert hat", "What has changed since the last report")
_LONGEST = 240  # characters of a value or sentence; the web page has all of it


def write_text(changes: Changes) -> str:
    """
    Write the changes as text, in their language.

    ``old → new`` is a value that changed, ``+`` marks what is new and ``-`` what is gone. Long texts are cut.
    """
    words = Wording(changes.language)
    say = words.text
    states = [(say("bisher", "before"), changes.before), (say("jetzt", "now"), changes.after)]
    lines = [say(*TITLE), ""]
    lines += [f"{word + ':':8} {name_state(state, words)}" for word, state in states]
    lines += ["", sum_up(changes, words)]
    if changes:
        lines += ["", *_write_tally(changes, words)]
        lines += _write_part(say("Bewertungen", "Ratings"), _list_ratings(changes))
        lines += _write_part(say("Fakten", "Facts"), _list_tables(changes, "tables"))
        lines += _write_part(say("Sätze", "Sentences"), _list_sentences(changes))
        lines += _write_part(say("Abbildungen", "Figures"), _list_tables(changes, "figures"))
        lines += _write_part(say("Quellen", "Sources"), _list_sources(changes))
        lines += _write_part(say("Berichte", "Reports"), _list_reports(changes))
    return "\n".join(lines) + "\n"


def name_state(state: State, words: Wording) -> str:
    """An edition by title and day."""
    day = words.date(state.as_of)
    return words.text("{title}, Stand {day}", "{title}, as of {day}", title=state.title, day=day)


def _write_tally(changes: Changes, words: Wording) -> Iterator[str]:
    heads = words.text("geändert|neu|weggefallen", "changed|new|gone").split("|")
    yield f"{'':24}" + "".join(f"{head:>13}" for head in heads)
    for line in tally(changes, words):
        counts = (line.changed, line.added, line.removed)
        shown = ("–" if count is None else words.number(count) for count in counts)
        yield f"{line.label:24}" + "".join(f"{count:>13}" for count in shown)


def _write_part(title: str, lines: Iterable[str]) -> list[str]:
    """A part with its heading; nothing if there are no lines."""
    lines = list(lines)
    return ["", title.upper(), *lines] if lines else []


def _list_ratings(changes: Changes) -> Iterator[str]:
    for report in changes.reports:
        values = [value for table in report.tables for value in table.ratings]
        yield from ([_name(report)] if values else [])
        yield from (f"  {_write_value(value)}" for value in values)


def _list_tables(changes: Changes, kind: str) -> Iterator[str]:
    for report in changes.reports:
        tables = [table for table in getattr(report, kind) if table.has_facts]
        yield from ([_name(report)] if tables else [])
        for table in tables:
            yield f"  {table.label}: {_cut(table.caption)}"
            yield from (f"    {line}" for line in _write_table(table))


def _write_table(table: TableChange) -> Iterator[str]:
    yield from map(_write_value, table.values)
    yield from (f"+ {_cut(row)}" for row in table.added)
    yield from (f"- {_cut(row)}" for row in table.removed)
    yield from (f"+ | {_cut(column)} |" for column in table.added_columns)
    yield from (f"- | {_cut(column)} |" for column in table.removed_columns)


def _list_sentences(changes: Changes) -> Iterator[str]:
    for report in changes.reports:
        section = ""
        yield from ([_name(report)] if report.sentences else [])
        for one in report.sentences:
            yield from ([f"  {_cut(one.section)}"] if one.section != section else [])
            yield from ([f"    - {_cut(one.before)}"] if one.before else [])
            yield from ([f"    + {_cut(one.after)}"] if one.after else [])
            section = one.section


def _list_sources(changes: Changes) -> Iterator[str]:
    for report in changes.reports:
        yield from ([_name(report)] if report.added_sources or report.removed_sources else [])
        yield from (f"  + {_cut(title)}" for title in report.added_sources)
        yield from (f"  - {_cut(title)}" for title in report.removed_sources)


def _list_reports(changes: Changes) -> Iterator[str]:
    for mark, reports in (("+", changes.added), ("-", changes.removed)):
        yield from (f"  {mark} {_cut(title)} [{key}]" for key, title in reports)


def _write_value(value: ValueChange) -> str:
    gained = f" ({value.difference})" if value.difference else ""
    row = f"{_cut(value.row)}, " if value.row else ""
    return f"{row}{_cut(value.column)}: {_cut(value.before)} → {_cut(value.after)}{gained}"


def _name(report: ReportChange) -> str:
    return f"{_cut(report.title)} [{report.key}]"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
