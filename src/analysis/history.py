"""Form, status and age of relations, derived from their milestones at a date."""

from __future__ import annotations

import datetime

import pandas as pd

from analysis.dates import first_day, last_day, year_of
from analysis.geography import find_region, measure_distance
from analysis.states import State, list_states, list_turns, split_states
from analysis.tables import Register

# The four kinds of relation of the report, in its order.
GROUPS = ("international", "national", "cooperation", "district")

_CONFIRMING = (
    "signed",
    "renewed",
    "resumed",
    "listed",
    "form_changed",
    "council_decision",
    "letter_of_intent",
)
_FOUNDING = {"signed": 0, "council_decision": 1, "letter_of_intent": 1, "listed": 2}  # the lowest one counts

# What the milestones of a relation say of it, as columns.
_FACTS = {
    **dict.fromkeys(
        ("form", "status", "group", "state_source_id", "form_date", "first_date", "source_id"), "str"
    ),
    **dict.fromkeys(("confirmed_date", "confirmed_source_id"), "str"),
    **dict.fromkeys(("first_year", "years_in_force"), "Int64"),
}


def trace_states(register: Register, as_of: str) -> pd.DataFrame:
    """Form and status of every relation after each milestone that had passed at a date.

    Parameters
    ----------
    register : Register
    as_of : str
        ISO date. A milestone known to the year or month counts once that year or month is over.

    Returns
    -------
    pandas.DataFrame
        One row per milestone, in order of time: partnership_id, date, milestone, form and status after it,
        group, source_id.
    """
    return pd.DataFrame(list_states(register, as_of), columns=State._fields, dtype="str")


def describe_relations(register: Register, as_of: str) -> pd.DataFrame:
    """Describe every relation of a register as it stood at a date.

    Parameters
    ----------
    register : Register
    as_of : str
        ISO date; see `trace_states` for dates that are known to the year only.

    Returns
    -------
    pandas.DataFrame
        One row per relation with a milestone by then, in order of first_date: partnership_id, city_id, name_de,
        name_en, name_local, country_code, region_code, latitude, longitude, level, home_district, scope, form,
        form_date (from when this form holds), status, state_source_id (of the milestone that led to form and
        status), group, first_date (EDTF; first signature, else first decision or letter with a form, else first
        listing), first_year, years_in_force (years that have certainly passed since first_date), confirmed_date
        (last milestone that shows the relation in force), confirmed_source_id, distance_km (geodesic, from the home city),
        source_id (of first_date).
    """
    histories = split_states(list_states(register, as_of))
    facts = {key: _sum_up(states, as_of) for key, states in histories.items()}
    located = _locate(register)
    ids = located["partnership_id"].to_list()
    lines = [line for line, key in enumerate(ids) if key in facts]
    lines.sort(key=lambda line: _start(facts[ids[line]].get("first_date")))
    columns = {
        name: pd.array([facts[ids[line]].get(name) for line in lines], dtype)
        for name, dtype in _FACTS.items()
    }
    return located.take(lines).reset_index(drop=True).assign(**columns)


def _sum_up(states: list[State], as_of: str) -> dict[str, object]:
    """The facts about one relation; those that its states do not tell are left out."""
    last, turn = states[-1], list_turns(states, "form", "status")[-1]
    facts = {"form": last.form, "status": last.status, "group": last.group, "state_source_id": turn.source_id}
    formed = [state for state in states if state.form]
    if formed:
        facts["form_date"] = list_turns(formed, "form")[-1].date
    founding = [state for state in formed if state.milestone in _FOUNDING]
    if founding:
        first = min(founding, key=lambda state: _FOUNDING[state.milestone])
        facts |= {"first_date": first.date, "first_year": year_of(first.date), "source_id": first.source_id}
        facts["years_in_force"] = _full_years(first.date, as_of)
    shown = [state for state in formed if state.milestone in _CONFIRMING]
    if shown:
        facts |= {"confirmed_date": shown[-1].date, "confirmed_source_id": shown[-1].source_id}
    return facts


def _start(date: str | None) -> datetime.date:
    return first_day(date) if date else datetime.date.max


def _full_years(date: str, as_of: str) -> int:
    start, today = last_day(date), first_day(as_of)
    return today.year - start.year - ((today.month, today.day) < (start.month, start.day))


def _locate(register: Register) -> pd.DataFrame:
    """The relations with the places of their partners, column by column: joining the tables takes twice as long."""
    relations, cities = register["partnerships"], register["cities"]
    lines = {city_id: line for line, city_id in enumerate(cities["city_id"])}
    partners, homes = (
        [lines[city_id] for city_id in relations[name]] for name in ("partner_city_id", "home_city_id")
    )
    own = {
        name: relations[name]
        for name in relations
        if name not in ("partner_city_id", "home_city_id", "source_id")
    }
    places = {name: cities[name].array.take(partners) for name in cities if name != "source_id"}
    located, start = pd.DataFrame(own | places), cities[["latitude", "longitude"]].take(homes)
    return located.assign(
        region_code=find_region(located["country_code"]),
        distance_km=measure_distance(located["latitude"], located["longitude"], start),
    )


def _name_relations(register: Register) -> dict[str, tuple[str, str]]:
    """The names of each relation's partner, German and English."""
    relations, cities = register["partnerships"], register["cities"]
    names = dict(zip(cities["city_id"], zip(cities["name_de"], cities["name_en"], strict=True), strict=True))
    ids = zip(relations["partnership_id"], relations["partner_city_id"], strict=True)
    return {key: names[city_id] for key, city_id in ids}


def list_state_sources(relations: pd.DataFrame) -> pd.Series:
    """The sources of start, state and last confirmation of each relation, separated by ``;``, each once."""
    ids = (relations[name] for name in ("source_id", "state_source_id", "confirmed_source_id"))
    joined = [";".join(dict.fromkeys(one for one in row if pd.notna(one))) for row in zip(*ids, strict=True)]
    return pd.Series(joined, relations.index, dtype="str")


def list_spans(register: Register, as_of: str) -> pd.DataFrame:
    """Stretches of time in which a relation kept its form and status.

    Returns
    -------
    pandas.DataFrame
        partnership_id, name_de, name_en, form, status, group, start_date, end_date (EDTF; missing where it still
        was so at as_of), in order of time. The time before a relation had a form is left out.
    """
    keys = ("form", "status", "group")
    histories = split_states([state for state in list_states(register, as_of) if state.form])
    rows = []
    for key, names in _name_relations(register).items():
        turns = list_turns(histories.get(key, []), *keys)
        ends = [*(turn.date for turn in turns[1:]), None]
        rows += [(key, *names, *turn[3:6], turn.date, end) for turn, end in zip(turns, ends, strict=False)]
    columns = ["partnership_id", "name_de", "name_en", *keys, "start_date", "end_date"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def list_changes(register: Register, since: str, as_of: str) -> pd.DataFrame:
    """Changes of a relation's form or status after one day and by another.

    Returns
    -------
    pandas.DataFrame
        partnership_id, name_de, name_en, date, form, status, form_before, status_before (missing for a new
        relation), source_id; in order of time.
    """
    names, rows, before = _name_relations(register), [], {}
    for state in list_states(register, as_of):
        key, now = state.partnership_id, (state.form, state.status)
        then = before.get(key, (None, None))
        if now != then and first_day(state.date) > first_day(since):
            rows.append((key, state.date, *now, *then, state.source_id, *names[key]))
        before[key] = now
    columns = ["date", "form", "status", "form_before", "status_before", "source_id", "name_de", "name_en"]
    return pd.DataFrame(rows, columns=["partnership_id", *columns], dtype="str")


def count_groups(relations: pd.DataFrame) -> pd.Series:
    """Active relations of each group: count by group, zeros included."""
    active = relations.loc[relations["status"] == "active", "group"]
    return active.value_counts().reindex(GROUPS, fill_value=0).rename("count")
