"""Ratings, findings and coverage of an evaluation round, and what relations give to the city's goals."""

from __future__ import annotations

from itertools import product

import pandas as pd

from analysis.dates import has_passed
from analysis.tables import Register

# The criterion whose rating the seed gives as A, AA, AAA.
ACTIVITY = "activity"


def find_round(register: Register, as_of: str) -> int | None:
    """Year of the last evaluation round that was over by a date; None where the register has none."""
    years = set(register["ratings"]["round_year"])
    return max((year for year in years if has_passed(str(year), as_of)), default=None)


def read_scale(register: Register, criterion_id: str = ACTIVITY) -> list[str]:
    """The ratings that a criterion allows, from low to high; empty where its findings are text."""
    criteria = register["criteria"].set_index("criterion_id")
    scale = criteria.loc[criterion_id, "scale"]
    return [] if pd.isna(scale) else scale.split("|")


def describe_scale(register: Register, words, criterion_id: str = ACTIVITY) -> pd.DataFrame:
    """The ratings of a criterion, from low to high, with their meaning: rating, meaning."""
    scale = read_scale(register, criterion_id)
    meanings = [words.definition("rating", rating) for rating in scale]
    return pd.DataFrame({"rating": scale, "meaning": meanings})


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
    cells = list(product(relations["partnership_id"], criteria))
    ratings = register["ratings"]
    ratings = ratings[ratings["round_year"] == round_year].drop(columns="round_year").reset_index(drop=True)
    keys = zip(ratings.pop("partnership_id"), ratings.pop("criterion_id"), strict=True)
    lines = {key: line for line, key in enumerate(keys)}
    findings = ratings.reindex([lines.get(cell, -1) for cell in cells]).reset_index(drop=True)
    for place, name in enumerate(("partnership_id", "criterion_id")):
        findings.insert(place, name, pd.array([cell[place] for cell in cells], dtype="string"))
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
    texts = words.texts(findings, "finding")
    shown = [
        text if pd.isna(rating) else rating for rating, text in zip(findings["rating"], texts, strict=True)
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
