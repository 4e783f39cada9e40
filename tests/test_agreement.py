"""Agreement against published examples: D. G. Altman, Practical Statistics for Medical Research (1991), section 14.3."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis.agreement import bound_kappa, cross_ratings, list_disagreements, weigh_kappa

SCALE = ["A", "AA", "AAA"]

# Table 14.2, two radiologists, 85 xeromammograms; table 14.3, MAST and RAST tests of 363 sera
RADIOLOGISTS = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]
ALLERGY_TESTS = [
    [86, 3, 14, 0, 2],
    [26, 0, 10, 4, 0],
    [20, 2, 22, 4, 1],
    [11, 1, 37, 16, 14],
    [3, 0, 15, 24, 48],
]


@pytest.mark.parametrize(("table", "kappa"), [(RADIOLOGISTS, 0.57), (ALLERGY_TESTS, 0.56)])
def test_weighted_kappa_is_that_of_the_textbook(table, kappa):
    assert weigh_kappa(np.array(table)) == pytest.approx(kappa, abs=0.005)


def test_two_ratings_need_no_weights():
    # table 14.4 (a): kappa 0.38
    assert weigh_kappa(np.array([[70, 10], [10, 10]])) == pytest.approx(0.38, abs=0.005)


def test_the_interval_is_about_as_wide_as_the_standard_error_says():
    # table 14.2 and section 14.3.2, for two ratings: 0.8 agreed, 0.68 expected, n = 100;
    # se = sqrt(0.8 * 0.2 / (100 * 0.32^2)) = 0.125, so 0.375 -+ 0.245
    low, high = bound_kappa(np.array([[70, 10], [10, 10]]))
    assert (low, high) == (pytest.approx(0.13, abs=0.04), pytest.approx(0.62, abs=0.04))
    assert (low, high) == bound_kappa(np.array([[70, 10], [10, 10]]))


def test_full_agreement_is_one_and_a_single_rating_tells_nothing():
    assert weigh_kappa(np.diag([3, 4, 5])) == 1
    assert bound_kappa(np.diag([3, 4, 5])) == (1, 1)
    assert math.isnan(weigh_kappa(np.diag([0, 0, 13])))
    assert math.isnan(weigh_kappa(np.zeros((3, 3))))
    assert all(math.isnan(bound) for bound in bound_kappa(np.zeros((3, 3), int)))


def rated():
    rows = [
        ("east", "AAA", "AA"),
        ("west", "A", "A"),
        ("near", None, "AA"),
        ("far", "A", "AAA"),
        ("off", "AA", None),
    ]
    return pd.DataFrame(rows, columns=["partnership_id", "rating", "computed_rating"], dtype="string")


def test_the_cross_table_counts_relations_with_both_ratings():
    assert cross_ratings(rated(), SCALE).to_numpy().tolist() == [[1, 0, 1], [0, 0, 0], [0, 1, 0]]


def test_disagreements_tell_by_how_many_steps():
    table = list_disagreements(rated(), SCALE)
    assert table.set_index("partnership_id")["steps"].to_dict() == {"east": -1, "far": 2}
