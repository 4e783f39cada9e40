"""Factors: which is documented for whom, and how ratings differ."""

import pandas as pd
import pytest
from small_register import milestones, relation, write_register

from analysis import factors, history
from analysis.tables import read_register

SCALE = ["A", "AA", "AAA"]


def evidence(key, partner, factor, own="false", date=""):
    return {
        "factor_id": key,
        "partnership_id": partner,
        "factor": factor,
        "date": date,
        "evidence_de": "x",
        "evidence_en": "x",
        "is_own_reading": own,
        "source_id": "paper",
    }


@pytest.fixture
def register(tmp_path):
    folder = write_register(
        tmp_path / "register",
        partnerships=[relation("east"), relation("far")],
        milestones=milestones(
            ("far", "1990", "signed", "partnership"), ("east", "1973", "signed", "partnership")
        ),
        factors=[
            evidence("f1", "east", "visibility", own="true"),
            evidence("f2", "east", "visibility"),
            evidence("f3", "far", "solid_ground", own="true", date="1995"),
            evidence("f4", "", "communication"),
        ],
    )
    return read_register(folder)


def test_a_source_outweighs_our_reading_and_silence_is_none(register):
    relations = history.describe_relations(register, "2020-01-01")
    matrix = factors.arrange_factors(register, relations, "2020-01-01")
    assert matrix.index.to_list() == ["east", "far"]
    assert matrix.loc["east", "visibility"] == "documented"
    assert matrix.loc["far", "solid_ground"] == "own_reading"
    assert (matrix == "none").to_numpy().sum() == 2 * 5 - 2
    assert matrix["communication"].to_list() == ["none", "none"]


def test_later_evidence_does_not_count(register):
    relations = history.describe_relations(register, "1994-06-01")
    assert factors.arrange_factors(register, relations, "1994-06-01").loc["far", "solid_ground"] == "none"


def test_dominance_of_a_hand_worked_example():
    # pairs (3,1) (3,2) (2,1) are higher, (2,2) is equal: (3 - 0) / 4
    assert factors.measure_dominance(pd.Series([3, 2]), pd.Series([1, 2])) == 0.75
    assert factors.measure_dominance(pd.Series([1]), pd.Series([2])) == -1
    assert factors.measure_dominance(pd.Series([], dtype=int), pd.Series([2])) is None


def test_ratings_with_and_without_a_factor():
    matrix = pd.DataFrame(
        {"visibility": ["documented", "own_reading", "none", "none", "none"]}, index=["a", "b", "c", "d", "e"]
    )
    ratings = pd.Series({"a": "AAA", "b": "AA", "c": "A", "d": "AA", "e": None})
    row = factors.compare_ratings(matrix, ratings, SCALE).iloc[0].to_dict()
    assert row == {
        "factor": "visibility",
        "with_count": 2,
        "without_count": 2,
        "with_top_share": 0.5,
        "without_top_share": 0.0,
        "delta": 0.75,
    }


def test_a_factor_that_nobody_or_everybody_has_gives_no_effect_size():
    matrix = pd.DataFrame({"visibility": ["none", "none"]}, index=["a", "b"])
    row = factors.compare_ratings(matrix, pd.Series({"a": "AAA", "b": "A"}), SCALE).iloc[0]
    assert (row["with_count"], row["without_count"]) == (0, 2)
    assert row[["with_top_share", "delta"]].isna().all()
