"""The states of relations: what their form and status are after each of their milestones, as plain rows."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from analysis.dates import first_day, has_passed
from analysis.tables import Register

# The status that a milestone leads to. Milestones not named here leave the status as it is.
_STATUS_AFTER = {
    "signed": "active",
    "renewed": "active",
    "resumed": "active",
    "listed": "active",
    "form_changed": "active",
    "suspended": "suspended",
    "dormant": "dormant",
    "ended": "ended",
    # An arithmetic expiry or an unclear event ends nothing that anybody has shown to be ended.
    "expired": "unknown",
    "unclear": "unknown",
}


class State(NamedTuple):
    """A milestone of a relation, and what the relation is after it."""

    partnership_id: str
    date: str
    milestone: str
    form: str | None
    status: str
    group: str
    source_id: str


def list_states(register: Register, as_of: str) -> list[State]:
    """Form and status of every relation after each milestone that had passed at a date, in order of time.

    They are plain rows, which are gone through much faster than a table of so few; `analysis.history.trace_states` makes a table
    of them.

    Parameters
    ----------
    register : Register
    as_of : str
        ISO date. A milestone known to the year or month counts once that year or month is over.
    """
    rows = _list_rows(register["milestones"], "partnership_id", "date", "milestone", "form", "source_id")
    past = [row for row in rows if has_passed(row[1], as_of)]
    kinds = {
        key: kind for key, *kind in _list_rows(register["partnerships"], "partnership_id", "level", "scope")
    }
    states, last = [], {}
    for key, date, milestone, named, source_id in sorted(past, key=lambda row: first_day(row[1])):
        form, status = last[key] = _follow(
            *last.get(key, (None, None)), milestone, None if pd.isna(named) else named
        )
        states.append(State(key, date, milestone, form, status, _group(form, *kinds[key]), source_id))
    return states


def _list_rows(table: pd.DataFrame, *columns: str) -> list[tuple]:
    return list(zip(*(table[name] for name in columns), strict=True))


def _follow(
    form: str | None, status: str | None, milestone: str, named: str | None
) -> tuple[str | None, str | None]:
    if milestone in _STATUS_AFTER:
        status = _STATUS_AFTER[milestone]
    elif milestone in ("council_decision", "letter_of_intent") and named:
        # A council decision changes the form where no signature is known.
        status = "active"
    elif status is None:
        status = "in_preparation"
    return named or form, status


def _group(form: str | None, level: str, scope: str) -> str:
    if level == "district":
        return "district"
    return scope if form in (None, "partnership") else "cooperation"


def split_states(states: list[State]) -> dict[str, list[State]]:
    """The states of each relation."""
    histories: dict[str, list[State]] = {}
    for state in states:
        histories.setdefault(state.partnership_id, []).append(state)
    return histories


def list_turns(states: list[State], *names: str) -> list[State]:
    """The states of a relation that differ from the one before in what is named; the first one always does."""
    what = attrgetter(*names)
    return states[:1] + [state for before, state in pairwise(states) if what(state) != what(before)]
