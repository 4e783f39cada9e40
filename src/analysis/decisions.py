"""Items of council decisions: their indicators, their state at a date, and when the next round is due."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pandas as pd

from analysis.dates import first_day
from analysis.endurance import list_activities, list_carriers
from analysis.history import describe_relations
from analysis.states import list_states
from analysis.tables import Register

# What each indicator says of its two numbers; the functions below measure them.
INDICATORS = {
    "confirmed_in_force": {
        "de": "{value} von {base} bestätigten Beziehungen sind nach dem letzten belegten Stand in Kraft",
        "en": "{value} of {base} confirmed relations are in force on the last documented evidence",
    },
    "regional_activities": {
        "de": "{value} dokumentierte {value:Aktivität|Aktivitäten} ({places:list}) in den {years:1} Jahren seit dem Beschluss, {base} im "
        "gleich langen Zeitraum davor (alle Regionen: {all_value} gegenüber {all_base}). Neuere Jahre sind im Netz "
        "besser belegt; der Vergleich misst auch das",
        "en": "{value} documented {value:activity|activities} ({places:list}) in the {years:1} years since the decision, {base} in the "
        "same span before it (all regions: {all_value} against {all_base}). Recent years are better documented "
        "online; the comparison measures that, too",
    },
    "carried_by_association": {
        "de": "{value} von {base} Beziehungen in Kraft haben einen dokumentierten Träger außerhalb der Verwaltung",
        "en": "{value} of {base} relations in force have a documented carrier outside the administration",
    },
    "next_round_open": {"de": "kein Termin gesetzt", "en": "no date set"},
    "next_round_ahead": {
        "de": "noch {value} {value:Tag|Tage} bis zum Termin ({due:date})",
        "en": "{value} {value:day|days} to go until the due date ({due:date})",
    },
    "next_round": {
        "de": "{value} {value:Tag|Tage} seit dem Termin ({due:date})",
        "en": "{value} {value:day|days} since the due date ({due:date})",
    },
}


def describe_decisions(register: Register, as_of: str, words) -> pd.DataFrame:
    """Every decision item taken by a date, with its indicator, its state and the evidence for it.

    Parameters
    ----------
    as_of : str
        ISO date; states that began later are left out.
    words : analysis.wording.Wording

    Returns
    -------
    pandas.DataFrame
        paper, item, title, text, decided_date, due_date, indicator (a sentence with its numbers), state (missing
        where none is recorded), date (from when the state holds), evidence, is_own_reading, source_id (of the decision),
        state_source_id (of the state).
    """
    decisions = register["decisions"]
    decisions = decisions[decisions["decided_date"] <= as_of].sort_values(["paper", "item"])
    states = register["decision_states"]
    states = states[states["date"] <= as_of].sort_values("date").drop_duplicates("decision_id", keep="last")
    states = states.rename(columns={"source_id": "state_source_id"})
    items = decisions.merge(states, on="decision_id", how="left", validate="one_to_one")
    for stem in ("title", "text", "evidence"):
        items[stem] = words.texts(items, stem)
    relations = describe_relations(register, as_of)
    items["indicator"] = [
        _say_indicator(register, relations, row, as_of, words) for _, row in items.iterrows()
    ]
    columns = [
        "paper",
        "item",
        "title",
        "text",
        "decided_date",
        "due_date",
        "indicator",
        "state",
        "date",
        "evidence",
    ]
    return items[[*columns, "is_own_reading", "source_id", "state_source_id"]].reset_index(drop=True)


def _say_indicator(
    register: Register, relations: pd.DataFrame, decision: pd.Series, as_of: str, words
) -> str:
    measure = _MEASURES[decision["indicator"]]
    places = [words.region(code) for code in _codes(decision)]  # CLDR names countries and regions alike
    values = measure(register, relations, decision, as_of)
    texts = INDICATORS[values.pop("texts", decision["indicator"])]
    return words.text(**texts, places=places, **values)


def _codes(decision: pd.Series) -> list[str]:
    return [] if pd.isna(decision["indicator_codes"]) else decision["indicator_codes"].split(";")


def _count_in_force(
    register: Register, relations: pd.DataFrame, decision: pd.Series, as_of: str
) -> dict[str, object]:
    then = {state.partnership_id: state.status for state in list_states(register, decision["decided_date"])}
    confirmed = [key for key, status in then.items() if status not in ("in_preparation", "ended")]
    active = set(relations.loc[relations["status"] == "active", "partnership_id"])
    return {"value": len(active.intersection(confirmed)), "base": len(confirmed)}


def _compare_activities(
    register: Register, relations: pd.DataFrame, decision: pd.Series, as_of: str
) -> dict[str, object]:
    """Count activities in spans of equal length before and after a decision, in its regions and in all."""
    decided, today = first_day(decision["decided_date"]), first_day(as_of)
    places = relations.set_index("partnership_id")
    regional = places[["country_code", "region_code"]].isin(_codes(decision)).any(axis="columns")
    activities = list_activities(register, as_of).dropna(subset="partnership_id")
    start = activities["start_date"].map(first_day)
    since, before = start >= decided, (start < decided) & (start >= decided - (today - decided))
    there = activities["partnership_id"].map(regional).fillna(False).astype(bool)
    return {
        "value": int((since & there).sum()),
        "base": int((before & there).sum()),
        "all_value": int(since.sum()),
        "all_base": int(before.sum()),
        "years": (today - decided).days / 365.25,
    }


def _count_carried(
    register: Register, relations: pd.DataFrame, decision: pd.Series, as_of: str
) -> dict[str, object]:
    active = relations.loc[relations["status"] == "active", "partnership_id"]
    carried = active.isin(list_carriers(register, as_of)["partnership_id"])
    return {"value": int(carried.sum()), "base": len(active)}


def _count_days_past(
    register: Register, relations: pd.DataFrame, decision: pd.Series, as_of: str
) -> dict[str, object]:
    if pd.isna(decision["due_date"]):
        return {"texts": "next_round_open"}
    days = (first_day(as_of) - first_day(decision["due_date"])).days
    ahead = {"texts": "next_round_ahead"} if days < 0 else {}
    return {"value": abs(days), "due": decision["due_date"], **ahead}


_MEASURES: dict[str, Callable[[Register, pd.DataFrame, pd.Series, str], dict[str, object]]] = {
    "confirmed_in_force": _count_in_force,
    "regional_activities": _compare_activities,
    "carried_by_association": _count_carried,
    "next_round": _count_days_past,
}


def find_next_round(register: Register, as_of: str) -> datetime.date | None:
    """Day by which the next evaluation is due under the last decision that sets one; None where none does."""
    decisions = register["decisions"]
    cycles = decisions[(decisions["indicator"] == "next_round") & (decisions["decided_date"] <= as_of)]
    due = cycles["due_date"].dropna()
    return None if due.empty else first_day(due.max())
