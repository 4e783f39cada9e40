"""What relations give to the goals of the city's strategy: documented contributions."""

from __future__ import annotations

import pandas as pd

from analysis.dates import passed
from analysis.tables import Register


def count_contributions(register: Register, relations: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Documented contributions of relations to the goals of the city's strategy.

    Returns
    -------
    pandas.DataFrame
        goal_id, partnership_id, count; a row for every goal and relation, so that empty cells are seen.
    """
    contributions = list_contributions(register, as_of)
    goals = register["goals"].sort_values("position")["goal_id"]
    known = contributions[contributions["partnership_id"].isin(relations["partnership_id"])]
    table = pd.crosstab(known["goal_id"], known["partnership_id"])
    table = table.reindex(index=goals, columns=relations["partnership_id"], fill_value=0)
    return table.rename_axis(index="goal_id", columns="partnership_id").stack().rename("count").reset_index()


def count_by_area(register: Register, counts: pd.DataFrame) -> pd.DataFrame:
    """Contributions by area of the city's strategy.

    Parameters
    ----------
    counts : pandas.DataFrame
        From `count_contributions`.

    Returns
    -------
    pandas.DataFrame
        area_de, area_en, goals, goals_served (with at least one contribution), contributions, partnerships (that
        contribute); in the order of the goals.
    """
    goals = register["goals"].sort_values("position")[["goal_id", "area_de", "area_en"]]
    table = counts.merge(goals, on="goal_id")
    given = table[table["count"] > 0]
    areas = ["area_de", "area_en"]
    summary = goals.groupby(areas, sort=False).size().rename("goals").to_frame()
    summary["goals_served"] = given.groupby(areas)["goal_id"].nunique()
    summary["contributions"] = given.groupby(areas)["count"].sum()
    summary["partnerships"] = given.groupby(areas)["partnership_id"].nunique()
    return summary.fillna(0).astype(int).reset_index()


def list_contributions(register: Register, as_of: str) -> pd.DataFrame:
    """The contributions that were made by a date or bear none; columns as in the table `contributions`."""
    contributions = register["contributions"]
    return contributions[passed(contributions["date"], as_of, undated=True)].reset_index(drop=True)
