"""Relations and their dated events out of the rows on one pair of places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from analysis.dates import first_day, last_day
from analysis.imports.foreign.statements import Place, Reading, Statement

# What a row that names a year or date says has begun. A contact has no agreement, so nobody signed one.
BEGINNINGS = {"contact": "first_contact"}


class Event(NamedTuple):
    """A row of `milestones`: date, milestone, form after it, whether it is our own reading."""

    date: str
    milestone: str
    form: str
    is_own_reading: bool


class Relation(NamedTuple):
    """A home place, a partner, the home's district or "", its events, and the rows it rests on."""

    home: int
    partner: int
    district: str
    events: tuple[Event, ...]
    rows: tuple[int, ...]


def make_relations(
    statements: Sequence[Statement], numbers: Mapping[Place, int], reading: Reading, as_of: str
) -> list[Relation]:
    """
    Make a relation of all rows in which one place names another.

    Rows with another form and another year are a change of form; other forms of the same year leave it empty. The same row again, another year for the same form,
    and a row without a year beside one with are listed. The register lists what has not ended on its day `as_of`.
    """
    pairs: dict[tuple[int, int, str], list[Statement]] = defaultdict(list)
    for each in sorted(statements, key=lambda each: each.row):
        if each.home in numbers and each.partner in numbers:
            home, partner = numbers[each.home], numbers[each.partner]
            if home == partner:
                reading.list_row(each.row, "", each.home.name, "loop")
            else:
                pairs[home, partner, each.home_district].append(each)
    return [_make_relation(pair, rows, reading, as_of) for pair, rows in pairs.items()]


def _make_relation(
    pair: tuple[int, int, str], rows: list[Statement], reading: Reading, as_of: str
) -> Relation:
    kept = _drop_doubles(rows, reading)
    dated = _drop_other_years([each for each in kept if each.start], reading)
    undated = [each for each in kept if not each.start]
    if dated:
        _list_undated(undated, dated, reading)
        undated = []
    forms = {each.form for each in undated} - {""}
    if len(forms) > 1:
        for each in undated:
            reading.remark(each.row, "form", each.form, "forms-undated")
    form = forms.pop() if len(forms) == 1 else ""
    rows_kept = tuple(sorted(each.row for each in [*dated, *undated]))
    dated = _join_starts(dated, reading)
    return Relation(*pair, tuple(_tell_events(dated, undated, form, as_of)), rows_kept)


def _drop_doubles(rows: list[Statement], reading: Reading) -> list[Statement]:
    """List the rows that say again what an earlier one says; the others in the order of time."""
    first: dict[tuple, Statement] = {}
    for each in rows:
        said = (each.form, each.start, each.end, each.has_ended)
        if said in first:
            is_same = (each.home, each.partner) == (first[said].home, first[said].partner)
            reason = "double" if is_same else "double-other"
            reading.list_row(each.row, "", each.partner.name, reason, other=str(first[said].row))
        first.setdefault(said, each)
    return sorted(first.values(), key=_order)


def _order(each: Statement) -> tuple[object, ...]:
    """Order of time; of equal starts, what has an end first, as it says more."""
    start = first_day(each.start) if each.start else date.min
    return start, each.start, each.form, not each.end, each.end, not each.has_ended


def _drop_other_years(rows: list[Statement], reading: Reading) -> list[Statement]:
    """List the rows that date the same form anew without an end before; the earliest year holds."""
    kept: list[Statement] = []
    for each in rows:
        last = kept[-1] if kept else None
        if last and (each.form in (last.form, "")) and not _has_ended(last, each):
            values = {"other": str(last.row), "start": last.start}
            reading.list_row(each.row, "start", each.start, "other-year", **values)
        else:
            kept.append(each)
    return kept


def _has_ended(earlier: Statement, later: Statement) -> bool:
    """Whether what a row states had ended when that of a later one began."""
    return bool(earlier.end) and first_day(earlier.end) <= first_day(later.start)


def _join_starts(rows: list[Statement], reading: Reading) -> list[Statement]:
    """Make one beginning of rows with the same start: which of their forms came first, nobody knows."""
    joined: list[Statement] = []
    for _, group in groupby(rows, key=lambda each: each.start):
        same = list(group)
        forms = {each.form for each in same} - {""}
        if len(forms) < 2 and any(each.end for each in same):  # the same form ended and began within one year
            joined += same
            continue
        for each in same if len(forms) > 1 else ():
            reading.remark(each.row, "form", each.form, "forms-undated")
        joined.append(
            same[0]._replace(
                form=forms.pop() if len(forms) == 1 else "",
                end=max((each.end for each in same), key=_date_end) if all(each.end for each in same) else "",
                has_ended=all(each.end or each.has_ended for each in same),
                is_own_reading=any(each.is_own_reading for each in same),
            )
        )
    return joined


def _date_end(end: str) -> date:
    return last_day(end) if end else date.min


def _list_undated(rows: list[Statement], dated: list[Statement], reading: Reading) -> None:
    """List the rows without a year beside dated ones: they add nothing, or nobody knows when."""
    for each in rows:
        same = [other for other in dated if each.form in (other.form, "")]
        reason = "undated-double" if same else "undated-form"
        reading.list_row(each.row, "form", each.form, reason, other=str((same or dated)[0].row))


def _tell_events(dated: list[Statement], undated: list[Statement], form: str, as_of: str) -> Iterator[Event]:
    """Events in the order of time: beginnings, changes and ends, and that the register lists what has not ended."""
    for number, each in enumerate(dated):
        kind = BEGINNINGS.get(each.form, "signed")
        if number and kind != "signed":
            kind = "form_changed"
        if number and _has_ended(dated[number - 1], each):
            kind = "resumed"
        yield Event(each.start, kind, each.form, each.is_own_reading or not each.form)
        if each.end:
            yield Event(each.end, "ended", "", each.is_own_reading)
    for each in undated:
        if each.end:
            yield Event(each.end, "ended", form, each.is_own_reading)
    last = dated[-1:] or undated
    is_own = any(each.is_own_reading for each in last)
    if not all(each.end or each.has_ended for each in last):
        yield Event(as_of, "listed", last[-1].form if dated else form, is_own)
    elif not any(each.end for each in last):  # nobody says when, but not later than the register
        yield Event(as_of, "ended", "" if dated else form, True)
