"""What happens in the relations: activities by year and period, contact, people, money, breadth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.attention import measure_breadth
from analysis.logs import list_contact_units, list_observed_units
from analysis.weeks import EPOCH_YEAR, count_weeks, year_of_week

DIRECTIONS = ("inbound", "outbound", "both", "online")
AMOUNTS = ("amount_own_eur", "amount_third_party_eur")
_YEARLY = ["partnership_id", "year", "first_day", "last_day", "precision", "is_project"]
_MEDIANS = {
    "activities": "yearly_activities",
    "projects": "yearly_projects",
    "contact_weeks_share": "contact_weeks_share",
    "contact_months_share": "contact_months_share",
}


def find_period(as_of: str, years: int) -> tuple[int, int]:
    """First and last of the calendar years that were over by a date.

    Examples
    --------
    >>> find_period("2026-11-01", 5), find_period("2025-12-31", 5)
    ((2021, 2025), (2021, 2025))
    """
    last = int(as_of[:4]) - (not as_of.endswith("-12-31"))
    return last - years + 1, last


def count_activities(placed: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Activities by one or more columns (partnership_id, year, activity_type, direction …).

    Returns
    -------
    pandas.DataFrame
        The columns `by`, count; only what occurs, rows without a value are left out.
    """
    return placed.groupby(list(by), sort=True, observed=True).size().rename("count").reset_index()


def count_months(placed: pd.DataFrame) -> pd.DataFrame:
    """Activities of each relation by the month in which they began; dates known to the year are left out.

    Returns
    -------
    pandas.DataFrame
        partnership_id, year, month (1–12), count; only months with an activity.
    """
    dated = placed[placed["start_date"].str.len() > len("2019")]
    dated = dated[dated["partnership_id"].notna()]
    return count_activities(
        dated.assign(month=dated["first_day"].dt.month), ["partnership_id", "year", "month"]
    )


def measure_years(
    placed: pd.DataFrame, observed: pd.DataFrame, relations: pd.DataFrame, first_year: int, last_year: int
) -> pd.DataFrame:
    """Activities and contact of each relation in each year.

    Parameters
    ----------
    placed : pandas.DataFrame
        From `analysis.logs.place_activities`.
    observed : pandas.DataFrame
        From `analysis.logs.list_observed`.
    relations : pandas.DataFrame
        From `analysis.history.describe_relations`.
    first_year, last_year : int
        Calendar years, both included.

    Returns
    -------
    pandas.DataFrame
        A row for every relation and year: partnership_id, year, activities and projects (that began in it), unsaid_projects (activities of
        which nobody says whether they are projects: with any, projects are a lower bound), contact_weeks,
        contact_months (weeks and months with an activity; a week belongs to the year of its Thursday), is_observed
        (the log is complete for the whole year), contact_weeks_share, contact_months_share (0–1; missing where not
        observed). Counts of years that are not observed are lower bounds.
    """
    ids, years = relations["partnership_id"], range(first_year, last_year + 1)
    week_before = pd.Timestamp(f"{first_year}-01-01") - pd.Timedelta(days=7)  # may belong to the first year
    placed = placed.loc[placed["last_day"] >= week_before, _YEARLY]
    weeks, months = list_contact_units(placed, "week"), list_contact_units(placed, "month")
    weeks["year"], months["year"] = year_of_week(weeks["week"]), months["month"] // 12 + EPOCH_YEAR
    whole = list_observed_units(observed, "year")
    whole["year"] += EPOCH_YEAR
    counted = {
        "activities": placed,
        "projects": placed[placed["is_project"].fillna(False)],
        "unsaid_projects": placed[placed["is_project"].isna()],
        "contact_weeks": weeks,
        "contact_months": months,
        "is_observed": whole,
    }
    cells = {name: _count_cells(rows, pd.Index(ids), years) for name, rows in counted.items()}
    grid = {"partnership_id": ids.repeat(len(years)).reset_index(drop=True), "year": np.tile(years, len(ids))}
    yearly = pd.DataFrame(grid | cells)
    yearly["is_observed"] = yearly["is_observed"] > 0
    length = {"contact_weeks": yearly["year"].map(count_weeks), "contact_months": 12}
    for name, total in length.items():
        yearly[f"{name}_share"] = (yearly[name] / total).where(yearly["is_observed"])
    return yearly


def _count_cells(rows: pd.DataFrame, ids: pd.Index, years: range) -> np.ndarray:
    """How many rows each relation has in each year, relation by relation; those of other relations and years are left out."""
    relation, year = ids.get_indexer(rows["partnership_id"]), rows["year"].to_numpy(int) - years.start
    inside = (relation >= 0) & (year >= 0) & (year < len(years))
    return np.bincount(relation[inside] * len(years) + year[inside], minlength=len(ids) * len(years))


def measure_activity(
    placed: pd.DataFrame, yearly: pd.DataFrame, relations: pd.DataFrame, first_year: int, last_year: int
) -> pd.DataFrame:
    """What each relation did in a period of whole years.

    Parameters
    ----------
    placed : pandas.DataFrame
        From `analysis.logs.place_activities`.
    yearly : pandas.DataFrame
        From `measure_years`, for these years at least.
    relations : pandas.DataFrame
        From `analysis.history.describe_relations`.

    Returns
    -------
    pandas.DataFrame
        A row per relation, in its order: partnership_id, activities, projects, unsaid_projects, inbound, outbound, both, online
        (counts of activities that began in the period; projects missing where some are unsaid, directions where none is
        said), participants, participants_under_27 (people, sums of what is known, missing
        where nothing is), with_participants (activities that have a number), amount_own_eur, amount_third_party_eur (euros, sums
        of what is known), theme_breadth, actor_breadth (effective numbers, see `analysis.attention.measure_breadth`), observed_years,
        and of the observed years the median yearly_activities, yearly_projects, contact_weeks_share,
        contact_months_share (0–1); missing where no year is observed, yearly_projects also where any of these years' are unsaid.
    """
    inside = placed[placed["year"].between(first_year, last_year)]
    inside = inside[inside["partnership_id"].notna()]
    groups = inside.groupby("partnership_id")
    years = yearly[yearly["year"].between(first_year, last_year)]
    whole = years[years["is_observed"]].groupby("partnership_id")
    table = pd.concat(
        [
            years.groupby("partnership_id")[["activities", "projects", "unsaid_projects"]].sum(),
            _count_directions(inside),
            groups[["participants", "participants_under_27", *AMOUNTS]].sum(min_count=1),
            groups["participants"].count().rename("with_participants"),
            measure_breadth(inside, "theme").rename("theme_breadth"),
            measure_breadth(inside, "actor").rename("actor_breadth"),
            whole.size().rename("observed_years"),
            whole[list(_MEDIANS)].median().rename(columns=_MEDIANS),
        ],
        axis="columns",
    ).reindex(relations["partnership_id"])
    counts = [
        "activities",
        "projects",
        "unsaid_projects",
        *DIRECTIONS,
        "with_participants",
        "observed_years",
    ]
    table = table.astype(dict.fromkeys(counts, "Int64")).fillna(dict.fromkeys(counts, 0))
    table["projects"] = table["projects"].mask(table["unsaid_projects"] > 0)
    is_open = whole["unsaid_projects"].sum().reindex(table.index) > 0  # only observed years are rated
    ways = table[list(DIRECTIONS)]
    table[list(DIRECTIONS)] = ways.mask((ways.sum(axis="columns") == 0) & (table["activities"] > 0))
    return table.assign(yearly_projects=table["yearly_projects"].mask(is_open)).reset_index()


def _count_directions(inside: pd.DataFrame) -> pd.DataFrame:
    counts = inside.groupby(["partnership_id", "direction"]).size().unstack(fill_value=0)
    return counts.reindex(columns=list(DIRECTIONS), fill_value=0)


def list_sources(activities: pd.DataFrame) -> pd.Series:
    """The sources of each relation's activities, separated by ``;``, each once: source_id by partnership_id."""
    pairs = activities[["partnership_id", "source_id"]].dropna().drop_duplicates()
    return pairs.groupby("partnership_id")["source_id"].agg(";".join)
