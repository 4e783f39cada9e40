"""The profile of one relation: its facts in a table."""

from __future__ import annotations

import difflib

import pandas as pd

from analysis.dates import passed
from analysis.endurance import find_last_activity, list_carriers
from analysis.sentences import Text
from analysis.tables import Register

# The columns of a relation that a profile shows, by what their source is.
_FACTS = {
    "place": ("name_local", "country_code", "distance_km"),
    "start": ("first_date", "years_in_force", "level", "home_district"),
    "state": ("form", "form_date", "status"),
    "confirmed": ("confirmed_date",),
}


def pick_relation(relations: pd.DataFrame, partnership_id: str) -> pd.Series:
    """The row of one relation.

    Raises
    ------
    ValueError
        If there is no such relation, with the nearest id.
    """
    known = relations["partnership_id"].to_list()
    if partnership_id not in known:
        near = difflib.get_close_matches(partnership_id, known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(
            f"partnership_id: is {partnership_id!r}, allowed are the relations that exist by the day of the report: "
            f"{', '.join(known)}.{hint}"
        )
    return relations.set_index("partnership_id", drop=False).loc[partnership_id]


def describe_profile(register: Register, relation: pd.Series, as_of: str, words) -> pd.DataFrame:
    """The facts of one relation, one per row; facts that were not found are missing, not left out.

    Parameters
    ----------
    relation : pandas.Series
        From `pick_relation`.

    Returns
    -------
    pandas.DataFrame
        fact (heading), value (text in the reader's language), source_id.
    """
    # The English name is the Latin spelling where the local script is not to be had.
    relation = relation.copy()
    relation["name_local"] = Text(relation["name_local"], romanised=relation["name_en"])
    sources = _sources_of(register, relation)
    rows = [
        (words.column(column), words.cell(column, relation[column]), sources[kind])
        for kind, columns in _FACTS.items()
        for column in columns
        if not (column == "home_district" and relation["level"] == "city")
    ]
    own = {
        "theme": _of(_known(register["themes"], as_of), relation),
        "carrier": _of(list_carriers(register, as_of), relation),
        "last_activity_date": _of(find_last_activity(register, as_of), relation),
    }
    for column, table in own.items():
        stem = "name" if column == "carrier" else column
        shown = [words.cell(column, value) for value in table[stem]]
        rows.append((words.column(column), words.cell(column, shown), ";".join(table["source_id"].unique())))
    return pd.DataFrame(rows, columns=["fact", "value", "source_id"])


def list_milestones(register: Register, relation: pd.Series, as_of: str) -> pd.DataFrame:
    """The rows of `milestones` on one relation that had passed by a date, in order of time."""
    milestones = _of(register["milestones"], relation)
    return milestones[passed(milestones["date"], as_of)].sort_values("date", kind="stable")


def _known(themes: pd.DataFrame, as_of: str) -> pd.DataFrame:
    return themes[passed(themes["date"], as_of, undated=True)]


def _sources_of(register: Register, relation: pd.Series) -> dict[str, str]:
    cities = register["cities"]
    return {
        "place": cities.loc[cities["city_id"] == relation["city_id"], "source_id"].iloc[0],
        "start": relation["source_id"],
        "state": relation["state_source_id"],
        "confirmed": relation["confirmed_source_id"],
    }


def _of(table: pd.DataFrame, relation: pd.Series) -> pd.DataFrame:
    return table[table["partnership_id"] == relation["partnership_id"]]
