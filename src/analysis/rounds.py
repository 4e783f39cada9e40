"""Evaluation rounds: what each is measured over, and what rose, fell or only changed by definition since the last."""

from __future__ import annotations

import pandas as pd

from analysis.activity import measure_activity, measure_years
from analysis.dates import passed
from analysis.evaluation import ACTIVITY, read_scale
from analysis.history import describe_relations
from analysis.logs import list_observed, place_activities
from analysis.rating import compute_ratings, read_thresholds
from analysis.tables import Register

FIRST_ROUND_YEARS = 5  # what a first round is measured over; later ones from the round before

_COLUMNS = [
    "partnership_id",
    "rating_before",
    "rating_after",
    "change",
    "computed_before",
    "computed_same",
    "computed_after",
    "computed_change",
    "yearly_activities_before",
    "yearly_activities_after",
]


def list_rounds(register: Register, as_of: str, criterion_id: str = ACTIVITY) -> pd.DataFrame:
    """The rounds that rated a criterion and were over by a date, in order of time.

    Returns
    -------
    pandas.DataFrame
        round_year, first_year, last_year (whole years that the round is measured over: those since the round before, the
        first five of them for a first round).
    """
    ratings = register["ratings"]
    ratings = ratings[(ratings["criterion_id"] == criterion_id) & ratings["rating"].notna()]
    years = ratings["round_year"][passed(ratings["round_year"].astype("string"), as_of)]
    rounds = pd.DataFrame({"round_year": sorted(years.unique())}, dtype=int)
    first = rounds["round_year"].shift().fillna(rounds["round_year"] - FIRST_ROUND_YEARS) + 1
    return rounds.assign(first_year=first.astype(int), last_year=rounds["round_year"])


def rate_round(register: Register, first_year: int, last_year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The computed rating of every relation over some years, as things stood at the end of the last of them.

    Returns
    -------
    ratings, conditions : pandas.DataFrame
        As `analysis.rating.compute_ratings`; ratings with yearly_activities (median of the observed years).
    """
    measures = _measure_round(register, first_year, last_year)
    return _rate_measures(register, measures, first_year, last_year, definition_year=last_year)


def _measure_round(register: Register, first_year: int, last_year: int) -> pd.DataFrame:
    as_of = f"{last_year}-12-31"
    relations = describe_relations(register, as_of)
    placed, observed = place_activities(register, as_of), list_observed(register, relations, as_of)
    yearly = measure_years(placed, observed, relations, first_year, last_year)
    return measure_activity(placed, yearly, relations, first_year, last_year)


def _rate_measures(
    register: Register, measures: pd.DataFrame, first_year: int, last_year: int, definition_year: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    thresholds = read_thresholds(register, definition_year)
    ratings, conditions = compute_ratings(register, measures, thresholds, first_year, last_year)
    return ratings.assign(yearly_activities=measures["yearly_activities"]), conditions


def compare_rounds(register: Register, as_of: str) -> pd.DataFrame:
    """What changed between the last two rounds.

    Returns
    -------
    pandas.DataFrame
        A row per relation of either round: partnership_id, rating_before, rating_after (the office's), change ("rose", "fell",
        "same", "new", "gone"), computed_before, computed_after (each with the thresholds of its own round), computed_same (the later
        numbers with the earlier thresholds), computed_change (also "definition": only the thresholds changed), yearly_activities_before,
        yearly_activities_after. Changes are missing where neither round has a rating. No rows where there are fewer than
        two rounds: the first one is a baseline.

    Notes
    -----
    The numbers of the earlier round are never computed anew by the later thresholds. A criterion whose scale changes gets a
    new criterion_id, and its ratings are not compared with the old ones.
    """
    rounds = list_rounds(register, as_of).tail(2)
    if len(rounds) < 2:
        return pd.DataFrame(columns=_COLUMNS)
    (_, before), (_, after) = rounds.iterrows()
    periods = {"before": before, "after": after}
    years = {name: (one["first_year"], one["last_year"]) for name, one in periods.items()}
    measures = {name: _measure_round(register, *period) for name, period in years.items()}
    computed = {
        name: _rate_measures(register, measures[name], *period, period[1])[0]
        for name, period in years.items()
    }
    # the later numbers by the earlier definition; never the other way round
    computed["same"], _ = _rate_measures(register, measures["after"], *years["after"], before["round_year"])
    given = {name: _read_given(register, one["round_year"]) for name, one in periods.items()}
    table = pd.DataFrame(
        {
            **{f"rating_{name}": ratings for name, ratings in given.items()},
            **{f"computed_{name}": _index(rows)["computed_rating"] for name, rows in computed.items()},
            **{f"yearly_activities_{name}": _index(computed[name])["yearly_activities"] for name in periods},
        }
    )
    scale = read_scale(register)
    table["change"] = _tell_change(table["rating_before"], table["rating_after"], scale)
    same = _tell_change(table["computed_before"], table["computed_same"], scale)
    redefined = (same == "same") & (table["computed_same"] != table["computed_after"]).fillna(False)
    table["computed_change"] = same.mask(redefined, "definition")
    order = describe_relations(register, f"{after['last_year']}-12-31")["partnership_id"]
    return table.reindex(order[order.isin(table.index)]).rename_axis("partnership_id").reset_index()[_COLUMNS]


def _read_given(register: Register, round_year: int) -> pd.Series:
    ratings = register["ratings"]
    own = ratings[(ratings["round_year"] == round_year) & (ratings["criterion_id"] == ACTIVITY)]
    return own.set_index("partnership_id")["rating"]


def _index(ratings: pd.DataFrame) -> pd.DataFrame:
    return ratings.set_index("partnership_id")


def _tell_change(before: pd.Series, after: pd.Series, scale: list[str]) -> pd.Series:
    """ "rose", "fell", "same", "new" or "gone" for each relation; missing where it has neither rating."""
    order = {rating: step for step, rating in enumerate(scale)}
    steps = after.map(order).astype("Float64") - before.map(order).astype("Float64")
    change = pd.Series(pd.NA, before.index, dtype="string")
    change = change.mask(before.isna() & after.notna(), "new").mask(before.notna() & after.isna(), "gone")
    for code, is_so in (("rose", steps > 0), ("fell", steps < 0), ("same", steps == 0)):
        change = change.mask(is_so.fillna(False), code)
    return change
