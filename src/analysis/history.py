"""Form, status and age of relations, derived from their milestones at a date."""

from __future__ import annotations

import datetime

import pandas as pd

from analysis.dates import first_day, last_day, passed, year_of
from analysis.geography import find_region, measure_distance
from analysis.tables import Register

# The four kinds of relation of the report, in its order.
GROUPS = ("international", "national", "cooperation", "district")

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
_CONFIRMING = (
    "signed",
    "renewed",
    "resumed",
    "listed",
    "form_changed",
    "council_decision",
    "letter_of_intent",
)
_FOUNDING = ("signed", "council_decision", "letter_of_intent", "listed")


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
    milestones = register["milestones"]
    milestones = milestones[passed(milestones["date"], as_of)]
    order = milestones["date"].map(first_day).sort_values(kind="stable").index
    kinds = register["partnerships"].set_index("partnership_id")[["level", "scope"]]
    rows, states = [], {}
    for row in milestones.loc[order].itertuples():
        form, status = _follow(*states.get(row.partnership_id, (None, None)), row)
        states[row.partnership_id] = (form, status)
        group = _group(form, *kinds.loc[row.partnership_id])
        rows.append((row.partnership_id, row.date, row.milestone, form, status, group, row.source_id))
    columns = ["partnership_id", "date", "milestone", "form", "status", "group", "source_id"]
    return pd.DataFrame(rows, columns=columns)


def _follow(form: str | None, status: str | None, row) -> tuple[str | None, str | None]:
    named = None if pd.isna(row.form) else row.form
    if row.milestone in _STATUS_AFTER:
        status = _STATUS_AFTER[row.milestone]
    elif row.milestone in ("council_decision", "letter_of_intent") and named:
        # A council decision changes the form where no signature is known.
        status = "active"
    elif status is None:
        status = "in_preparation"
    return named or form, status


def _group(form: str | None, level: str, scope: str) -> str:
    if level == "district":
        return "district"
    return scope if form in (None, "partnership") else "cooperation"


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
    states = trace_states(register, as_of)
    last = states.groupby("partnership_id", sort=False).last()[["form", "status", "group"]]
    last["state_source_id"] = _changing(states).groupby("partnership_id")["source_id"].last()
    last["form_date"] = _changing(states, "form").groupby("partnership_id")["date"].last()
    first = _find_first(states).add_prefix("first_").rename(columns={"first_source_id": "source_id"})
    shown = states[states["form"].notna() & states["milestone"].isin(_CONFIRMING)]
    confirmed = shown.groupby("partnership_id")[["date", "source_id"]].last().add_prefix("confirmed_")
    relations = _locate(register).set_index("partnership_id").join(last, how="inner").join([first, confirmed])
    relations["first_year"] = relations["first_date"].map(year_of, na_action="ignore").astype("Int64")
    years = [None if pd.isna(date) else _full_years(date, as_of) for date in relations["first_date"]]
    relations["years_in_force"] = pd.array(years, dtype="Int64")
    start = [datetime.date.max if pd.isna(date) else first_day(date) for date in relations["first_date"]]
    return relations.iloc[pd.Series(start, dtype=object).argsort(kind="stable")].reset_index()


def _changing(states: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The milestones that changed form or status (or the columns given)."""
    columns = columns or ("form", "status")
    shown = states[states[list(columns)].notna().any(axis="columns")]
    before = shown.groupby("partnership_id")[list(columns)].shift()
    differs = (shown[list(columns)].fillna("") != before.fillna("")).any(axis="columns")
    return shown[differs]


def _full_years(date: str, as_of: str) -> int:
    start, today = last_day(date), first_day(as_of)
    return today.year - start.year - ((today.month, today.day) < (start.month, start.day))


def _find_first(states: pd.DataFrame) -> pd.DataFrame:
    founding = states[states["milestone"].isin(_FOUNDING) & states["form"].notna()]
    rank = (founding["milestone"] == "listed") * 2 + (founding["milestone"] != "signed") * 1
    best = founding.assign(rank=rank).sort_values("rank", kind="stable")
    return best.drop_duplicates("partnership_id").set_index("partnership_id")[["date", "source_id"]]


def _locate(register: Register) -> pd.DataFrame:
    relations = register["partnerships"].drop(columns=["source_id"])
    places = register["cities"].drop(columns=["source_id"])
    located = relations.merge(places, left_on="partner_city_id", right_on="city_id", validate="many_to_one")
    assert len(located) == len(relations)
    homes = places.set_index("city_id").loc[located["home_city_id"]]
    return located.drop(columns=["partner_city_id", "home_city_id"]).assign(
        region_code=find_region(located["country_code"]),
        distance_km=measure_distance(located["latitude"], located["longitude"], homes),
    )


def list_state_sources(relations: pd.DataFrame) -> pd.Series:
    """The sources of start, state and last confirmation of each relation, separated by ``;``, each once."""
    ids = relations[["source_id", "state_source_id", "confirmed_source_id"]]
    return ids.apply(lambda row: ";".join(dict.fromkeys(row.dropna())), axis="columns")


def list_spans(register: Register, as_of: str) -> pd.DataFrame:
    """Stretches of time in which a relation kept its form and status.

    Returns
    -------
    pandas.DataFrame
        partnership_id, name_de, name_en, form, status, group, start_date, end_date (EDTF; missing where it still
        was so at as_of), in order of time. The time before a relation had a form is left out.
    """
    states = trace_states(register, as_of)
    states = states[states["form"].notna()]
    keys = ["partnership_id", "form", "status", "group"]
    spans = []
    for _, relation in states.groupby("partnership_id", sort=False):
        changed = (relation[keys] != relation[keys].shift()).any(axis="columns")
        stretch = relation.loc[changed, [*keys, "date"]].rename(columns={"date": "start_date"})
        spans.append(stretch.assign(end_date=stretch["start_date"].shift(-1)))
    columns = [*keys, "start_date", "end_date"]
    table = pd.concat(spans, ignore_index=True)[columns] if spans else pd.DataFrame(columns=columns)
    return _locate(register)[["partnership_id", "name_de", "name_en"]].merge(table, on="partnership_id")


def list_changes(register: Register, since: str, as_of: str) -> pd.DataFrame:
    """Changes of a relation's form or status after one day and by another.

    Returns
    -------
    pandas.DataFrame
        partnership_id, name_de, name_en, date, form, status, form_before, status_before (missing for a new
        relation), source_id; in order of time.
    """
    states = trace_states(register, as_of)
    before = states.groupby("partnership_id")[["form", "status"]].shift()
    states = states.join(before.add_suffix("_before"))
    changed = (states["form"] != states["form_before"]) | (states["status"] != states["status_before"])
    later = states["date"].map(lambda date: first_day(date) > first_day(since)).astype(bool)
    columns = ["partnership_id", "date", "form", "status", "form_before", "status_before", "source_id"]
    names = _locate(register)[["partnership_id", "name_de", "name_en"]]
    return states.loc[changed & later, columns].merge(names, on="partnership_id", how="left")


def count_groups(relations: pd.DataFrame) -> pd.Series:
    """Active relations of each group: count by group, zeros included."""
    active = relations.loc[relations["status"] == "active", "group"]
    return active.value_counts().reindex(GROUPS, fill_value=0).rename("count")
