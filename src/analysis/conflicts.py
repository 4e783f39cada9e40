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

    def show(name: str, value: str) -> str:
        if name == "form" and value in FORMS:
            return words.label("form", value)
        return words.date(value) if is_edtf(value) else value

    return list(map(show, claims["property"], claims["value"]))


def name_claimed(register: Register, claims: pd.DataFrame, words) -> list[str]:
    """What each disputed value belongs to: the name of the place, partner or association, or the council paper."""
    cities = dict(zip(register["cities"]["city_id"], words.names(register["cities"]), strict=True))
    relations, carriers, decisions = (
        register[name] for name in ("partnerships", "associations", "decisions")
    )
    papers = [f"{paper} / {item}" for paper, item in zip(decisions["paper"], decisions["item"], strict=True)]
    named = {
        "cities": cities,
        "partnerships": dict(
            zip(relations["partnership_id"], map(cities.get, relations["partner_city_id"]), strict=True)
        ),
        "associations": dict(zip(carriers["association_id"], carriers["name"], strict=True)),
        "decisions": dict(zip(decisions["decision_id"], papers, strict=True)),
    }
    return [named[table][row_id] for table, row_id in zip(claims["table"], claims["row_id"], strict=True)]


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
