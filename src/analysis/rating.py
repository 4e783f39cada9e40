"""A rating computed from the log and the contacts stated, by the thresholds of data/reference/thresholds.csv.

It stands beside the office's rating, never instead of it.
"""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from analysis.evaluation import ACTIVITY, read_scale
from analysis.problems import DataError
from analysis.tables import Register

LEVELS = {"none": 0, "occasional": 1, "monthly": 2, "weekly": 3, "daily": 4}
LEAST_YEARS = 3  # a median of fewer years would be a single year's
MEASURES = ("contact_level", "contact_weeks_share", "contact_months_share", "yearly_projects")


def read_thresholds(register: Register, round_year: int, criterion_id: str = ACTIVITY) -> pd.DataFrame:
    """The thresholds of a criterion that hold for an evaluation round.

    Returns
    -------
    pandas.DataFrame
        Rows of `thresholds`: the last set whose first_round_year is not after the round; no rows where none holds.

    Raises
    ------
    DataError
        If a rating is not on the criterion's scale, a range does not hold its minimum, or a rating's range reaches
        above the beginning of the next one's.
    """
    rows = register["thresholds"]
    rows = rows[(rows["criterion_id"] == criterion_id) & (rows["first_round_year"] <= round_year)]
    rows = rows[rows["first_round_year"] == rows["first_round_year"].max()]
    problems = [*_check_ranges(rows), *_check_order(rows, read_scale(register, criterion_id))]
    if problems:
        raise DataError(problems)
    return rows.reset_index(drop=True)


def _check_ranges(rows: pd.DataFrame) -> list[str]:
    wrong = rows[~rows["minimum"].between(rows["range_low"], rows["range_high"])]
    broken = (rows["range_low"] % 1 != 0) | (rows["range_high"] % 1 != 0)
    return [
        f"thresholds, {row.threshold_id}, column minimum: is {row.minimum:g}, allowed are values from range_low "
        f"({row.range_low:g}) to range_high ({row.range_high:g}). Correct one of them."
        for row in wrong.itertuples()
    ] + [
        f"thresholds, {row.threshold_id}: has the range {row.range_low:g} to {row.range_high:g}, allowed for the unit "
        f"{row.unit} are whole numbers. Round them."
        for row in rows[broken & (rows["unit"] != "share")].itertuples()
    ]


def _check_order(rows: pd.DataFrame, scale: list[str]) -> list[str]:
    """A higher rating asks for no less: then its conditions imply those of the ratings below."""
    problems = [
        f"thresholds, {row.threshold_id}, column rating: is {row.rating!r}, allowed are {', '.join(scale)}. "
        "Correct it."
        for row in rows[~rows["rating"].isin(scale)].itertuples()
    ]
    if problems:
        return problems
    ordered = sorted(rows.itertuples(), key=lambda row: (row.measure, scale.index(row.rating)))
    for lower, upper in pairwise(ordered):
        if lower.measure == upper.measure and lower.range_high > upper.range_low:
            problems.append(
                f"thresholds, {upper.threshold_id}, column range_low: is {upper.range_low:g}, allowed for "
                f"{upper.measure} is {lower.range_high:g} or more, where the range of {lower.threshold_id} ends. "
                "Narrow one of them."
            )
    return problems


def measure_contact_level(register: Register, first_year: int, last_year: int) -> pd.DataFrame:
    """How often the offices say they were in touch, in the median year.

    Returns
    -------
    pandas.DataFrame
        Index partnership_id: contact_level (0 none, 1 occasional, 2 monthly, 3 weekly, 4 daily; the highest that any office
        states for a year, the lower of the two middle ones over the years), contact_years (years with a statement).
    """
    contacts = register["contacts"]
    contacts = contacts[contacts["year"].between(first_year, last_year)]
    levels = contacts.assign(level=contacts["frequency"].map(LEVELS).astype(int))
    yearly = levels.groupby(["partnership_id", "year"])["level"].max().groupby("partnership_id")
    level = yearly.quantile(0.5, interpolation="lower")
    return pd.DataFrame({"contact_level": level.astype("Float64"), "contact_years": yearly.size()})


def compute_ratings(
    register: Register, measures: pd.DataFrame, thresholds: pd.DataFrame, first_year: int, last_year: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rate the activity of each relation in a period.

    Parameters
    ----------
    measures : pandas.DataFrame
        From `analysis.activity.measure_activity` for this period.
    thresholds : pandas.DataFrame
        From `read_thresholds`.

    Returns
    -------
    ratings : pandas.DataFrame
        A row per relation, in the order of `measures`: partnership_id, computed_rating (the highest whose conditions are all met;
        the lowest of the scale has none), unrated (why there is none: "few_years" with fewer than three whole
        years in the log, "nothing_logged" with neither activity nor contact, "projects_unsaid" where nobody says of an activity whether it
        is a project, "no_thresholds" where none hold for the round), observed_years, contact_years, and the `MEASURES`.
    conditions : pandas.DataFrame
        A row per rated relation and threshold: partnership_id, rating, measure, value, minimum, unit, range_low, range_high, is_met. The
        weeks logged stand in for the contact stated where that is known for fewer than three years.
    """
    level = measure_contact_level(register, first_year, last_year)
    rated = measures.merge(level, on="partnership_id", how="left", validate="one_to_one")
    rated["contact_years"] = rated["contact_years"].fillna(0).astype(int)
    rated["unrated"] = _explain_unrated(rated) if len(thresholds) else "no_thresholds"
    conditions = _list_conditions(rated[rated["unrated"].isna()], thresholds)
    scale = read_scale(register)
    rated["computed_rating"] = _rate(rated, conditions, scale)
    columns = ["partnership_id", "computed_rating", "unrated", "observed_years", "contact_years", *MEASURES]
    return rated[columns], conditions


def _explain_unrated(rated: pd.DataFrame) -> pd.Series:
    nothing = (rated["activities"] == 0) & (rated["contact_level"].fillna(0) == 0)
    reasons = pd.Series(pd.NA, rated.index, dtype="string").mask(nothing, "nothing_logged")
    reasons = reasons.mask(rated["yearly_projects"].isna() & reasons.isna(), "projects_unsaid")
    return reasons.mask(rated["observed_years"] < LEAST_YEARS, "few_years")


def _list_conditions(rated: pd.DataFrame, thresholds: pd.DataFrame) -> pd.DataFrame:
    values = rated.melt(["partnership_id", "contact_years"], list(MEASURES), "measure", "value")
    is_stated = values["contact_years"] >= LEAST_YEARS
    idle = values["measure"].map({"contact_level": False, "contact_weeks_share": True}) == is_stated
    columns = ["rating", "measure", "minimum", "unit", "range_low", "range_high"]
    values = values[~idle].drop(columns="contact_years")
    conditions = values.merge(thresholds[columns], on="measure")
    return conditions.assign(is_met=(conditions["value"] >= conditions["minimum"]).astype(bool))


def _rate(rated: pd.DataFrame, conditions: pd.DataFrame, scale: list[str]) -> pd.Series:
    met = conditions.groupby(["partnership_id", "rating"])["is_met"].all().unstack()
    ratings = pd.Series(pd.NA, rated.index, dtype="string").mask(rated["unrated"].isna(), scale[0])
    for rating in scale[1:]:
        if rating in met:
            ratings = ratings.mask(rated["partnership_id"].map(met[rating]).eq(True).fillna(False), rating)
    return ratings


def show_measure(measure: str, value: float, words) -> str:
    """A measure's value as it is read: a frequency in words, a share in per cent, a number of projects."""
    if pd.isna(value):
        return words.missing
    if measure == "contact_level":
        return words.label("frequency", list(LEVELS)[int(value)])
    if measure.endswith("_share"):
        return words.percent(value)
    return words.number(value, 0 if float(value).is_integer() else 1)


def describe_thresholds(thresholds: pd.DataFrame, words) -> pd.DataFrame:
    """The thresholds as they are read: rating, measure, minimum, range, reason, source_id."""
    rows = [
        (
            row["rating"],
            words.label("measure", row["measure"]),
            show_measure(row["measure"], row["minimum"], words),
            " – ".join(
                dict.fromkeys(
                    show_measure(row["measure"], row[end], words) for end in ("range_low", "range_high")
                )
            ),
            words.local(row, "reason"),
            row["source_id"],
        )
        for _, row in thresholds.iterrows()
    ]
    return pd.DataFrame(rows, columns=["rating", "measure", "minimum", "range", "reason", "source_id"])


def show_ratings(ratings: pd.DataFrame, words) -> pd.DataFrame:
    """The computed ratings as they are read: contact_level as a frequency, unrated as a reason."""
    levels = [show_measure("contact_level", level, words) for level in ratings["contact_level"]]
    reasons = [None if pd.isna(code) else words.label("unrated", code) for code in ratings["unrated"]]
    return ratings.assign(
        contact_level=pd.Series(levels, ratings.index, dtype=object),
        unrated=pd.Series(reasons, ratings.index, dtype=object),
    )
