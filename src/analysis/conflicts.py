"""Conflicts between sources: every side of a disputed value, with a verdict."""

from __future__ import annotations

import pandas as pd

from analysis.dates import is_edtf, passed
from analysis.tables import Register

VERDICTS = ("accepted", "contested", "rejected")
FORMS = ("partnership", "cooperation", "friendship", "contact", "project_partnership")


def list_conflicts(register: Register, as_of: str) -> pd.DataFrame:
    """The sides of every conflict that could be known by a date, the accepted side first; columns as in `claims`."""
    claims = register["claims"]
    claims = claims[passed(claims["date"], as_of, undated=True)]
    # where the other sides came later, there was no conflict yet
    claims = claims[claims["conflict_id"].duplicated(keep=False)]
    sides = list(zip(claims["conflict_id"], map(VERDICTS.index, claims["verdict"]), strict=True))
    return claims.take(sorted(range(len(sides)), key=sides.__getitem__)).reset_index(drop=True)


def show_claimed(claims: pd.DataFrame, words) -> list[str]:
    """The disputed values as a reader sees them: dates in words, forms by their label, the rest as it stands."""

    def show(row) -> str:
        if row.property == "form" and row.value in FORMS:
            return words.label("form", row.value)
        return words.date(row.value) if is_edtf(row.value) else row.value

    return [show(row) for row in claims.itertuples()]


def name_claimed(register: Register, claims: pd.DataFrame, words) -> list[str]:
    """What each disputed value belongs to: the name of the place, partner or association, or the council paper."""
    cities = dict(zip(register["cities"]["city_id"], words.names(register["cities"]), strict=True))
    relations = register["partnerships"].set_index("partnership_id")["partner_city_id"].map(cities)
    decisions = register["decisions"].set_index("decision_id")
    named = {
        "cities": cities,
        "partnerships": relations.to_dict(),
        "associations": register["associations"].set_index("association_id")["name"].to_dict(),
        "decisions": (decisions["paper"] + " / " + decisions["item"].astype("string")).to_dict(),
    }
    return [named[row.table][row.row_id] for row in claims.itertuples()]


def list_claims(register: Register, relation: pd.Series, as_of: str) -> pd.DataFrame:
    """The sides of conflicts about one relation, its partner city and its associations."""
    associations = register["associations"]
    carriers = associations.loc[
        associations["partnership_id"] == relation["partnership_id"], "association_id"
    ]
    about = {
        "partnerships": [relation["partnership_id"]],
        "cities": [relation["city_id"]],
        "associations": carriers.to_list(),
    }
    claims = list_conflicts(register, as_of)
    concerned = [
        row_id in about.get(table, [])
        for table, row_id in zip(claims["table"], claims["row_id"], strict=True)
    ]
    return claims[concerned].reset_index(drop=True)
