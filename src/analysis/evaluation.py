"""Ratings, findings and coverage of an evaluation round, and what relations give to the city's goals."""

from __future__ import annotations

import pandas as pd

from analysis.dates import has_passed, year_of
from analysis.tables import Register

# The criterion whose rating the seed gives as A, AA, AAA.
ACTIVITY = "activity"


def find_round(register: Register, as_of: str) -> int | None:
    """Year of the last evaluation round by a date; None where the register has none."""
    years = register["ratings"]["round_year"]
    past = years[years <= year_of(as_of)]
    return None if past.empty else int(past.max())


def read_scale(register: Register, criterion_id: str = ACTIVITY) -> list[str]:
    """The ratings that a criterion allows, from low to high; empty where its findings are text."""
    criteria = register["criteria"].set_index("criterion_id")
    scale = criteria.loc[criterion_id, "scale"]
    return [] if pd.isna(scale) else scale.split("|")


def find_ratings(
    register: Register, relations: pd.DataFrame, round_year: int, criterion_id: str = ACTIVITY
) -> pd.DataFrame:
    """The rating of each relation in a round.

    Parameters
    ----------
    relations : pandas.DataFrame
        From `analysis.history.describe_relations`.

    Returns
    -------
    pandas.DataFrame
        The rows of `relations` with the columns rating (missing where not rated), rated_by and
        rating_source_id added.
    """
    ratings = register["ratings"]
    ratings = ratings[(ratings["round_year"] == round_year) & (ratings["criterion_id"] == criterion_id)]
    ratings = ratings.rename(columns={"source_id": "rating_source_id"})
    columns = ["partnership_id", "rating", "rated_by", "rating_source_id"]
    rated = relations.merge(ratings[columns], on="partnership_id", how="left", validate="one_to_one")
    assert len(rated) == len(relations)
    return rated


def count_ratings(rated: pd.DataFrame, scale: list[str], by: str = "group") -> pd.DataFrame:
    """Relations by rating and another column.

    Parameters
    ----------
    rated : pandas.DataFrame
        From `find_ratings`.
    by : {"group", "form", "level", "scope", "region_code"}
        What to count by.

    Returns
    -------
    pandas.DataFrame
        The column `by`, rating, count; zeros included, relations without a rating left out.
    """
    table = pd.crosstab(rated[by], pd.Categorical(rated["rating"], scale), dropna=False)
    return table.rename_axis(columns="rating").stack().rename("count").reset_index()


def list_findings(register: Register, relations: pd.DataFrame, round_year: int) -> pd.DataFrame:
    """Every cell of the council's table: one row for each relation and criterion, found or not.

    Returns
    -------
    pandas.DataFrame
        partnership_id, criterion_id, rating, finding_de, finding_en, rated_by, source_id, is_found; in the order
        of `relations` and of the criteria. What was not found is missing, never empty or zero.
    """
    criteria = register["criteria"].sort_values("position")["criterion_id"]
    cells = relations[["partnership_id"]].merge(criteria.to_frame(), how="cross")
    ratings = register["ratings"]
    ratings = ratings[ratings["round_year"] == round_year].drop(columns="round_year")
    findings = cells.merge(ratings, on=["partnership_id", "criterion_id"], how="left", validate="one_to_one")
    found = findings[["rating", "finding_de", "finding_en"]].notna().any(axis="columns")
    return findings.assign(is_found=found)


def measure_coverage(findings: pd.DataFrame, by: str = "criterion_id") -> pd.DataFrame:
    """How much is known: cells with a finding against cells expected.

    Parameters
    ----------
    findings : pandas.DataFrame
        From `list_findings`.
    by : {"criterion_id", "partnership_id"}
        What to measure by.

    Returns
    -------
    pandas.DataFrame
        The column `by`, found, expected, coverage_share (0–1).
    """
    counts = findings.groupby(by, sort=False)["is_found"].agg(found="sum", expected="size").reset_index()
    return counts.assign(coverage_share=counts["found"] / counts["expected"])


def arrange_findings(findings: pd.DataFrame, relations: pd.DataFrame, words) -> pd.DataFrame:
    """The council's table as it is read: a row per relation, a column per criterion.

    Returns
    -------
    pandas.DataFrame
        name, one column per criterion_id (text in the reader's language, else missing), source_id (all sources
        of the row, separated by ``;``).
    """
    shown = [
        words.local(row, "finding") if pd.isna(row["rating"]) else row["rating"]
        for _, row in findings.iterrows()
    ]
    cells = findings.assign(shown=pd.Series(shown, index=findings.index, dtype=object))
    wide = cells.pivot(index="partnership_id", columns="criterion_id", values="shown")
    sources = (
        findings.dropna(subset="source_id")
        .groupby("partnership_id")["source_id"]
        .agg(lambda ids: ";".join(dict.fromkeys(ids)))
    )
    order = list(dict.fromkeys(findings["criterion_id"]))
    table = wide[order].reindex(relations["partnership_id"]).assign(source_id=sources).reset_index(drop=True)
    table.insert(0, "name", words.names(relations))
    return table.rename_axis(columns=None)


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


def list_contributions(register: Register, as_of: str) -> pd.DataFrame:
    """The contributions that were made by a date or bear none; columns as in the table `contributions`."""
    contributions = register["contributions"]
    passed = [pd.isna(date) or has_passed(date, as_of) for date in contributions["date"]]
    return contributions[passed].reset_index(drop=True)


def list_conflicts(register: Register) -> pd.DataFrame:
    """The sides of every conflict between sources, the accepted side first; columns as in the table `claims`."""
    claims = register["claims"]
    rank = claims["verdict"].map({"accepted": 0, "contested": 1, "rejected": 2})
    order = pd.DataFrame({"conflict_id": claims["conflict_id"], "rank": rank}).sort_values(
        ["conflict_id", "rank"], kind="stable"
    )
    return claims.loc[order.index].reset_index(drop=True)


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
