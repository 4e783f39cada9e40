"""Robust trends: slopes by hand, and how often chance alone gives one a direction."""

from itertools import permutations

import pandas as pd
import pytest

from analysis.trend import measure_trend


def yearly(counts, unobserved=()):
    rows = [("east", year, count, year not in unobserved) for year, count in counts.items()]
    return pd.DataFrame(rows, columns=["partnership_id", "year", "activities", "is_observed"])


def trend(counts, **more):
    return measure_trend(yearly(counts, **more)).loc["east"]


def test_the_slope_is_the_median_of_all_pairs_so_that_one_year_does_not_decide():
    # 2013-2017: 1, 2, 3, 4, 30. Slopes between pairs: 1, 1, 1, 29/4, 1, 1, 28/3, 1, 27/2, 26; sorted 1 six times: median 1
    row = trend({2013: 1, 2014: 2, 2015: 3, 2016: 4, 2017: 30})
    assert row["slope"] == 1
    assert row["trend_years"] == 5


def test_pandemic_and_war_years_are_left_out_but_must_not_point_elsewhere():
    counts = {
        2015: 10,
        2016: 11,
        2017: 12,
        2018: 13,
        2019: 14,
        2020: 2,
        2021: 1,
        2022: 40,
        2023: 18,
        2024: 19,
    }
    row = trend(counts)
    # outside 2020 to 2022 every pair of years has the slope 1
    assert row[["slope", "slope_low", "slope_high"]].to_list() == [1, 1, 1]
    assert row["trend_years"] == 7
    assert row["trend"] == "rising"


def test_a_steady_relation_has_no_direction_and_a_falling_one_has():
    assert trend(dict(zip(range(2011, 2020), [5, 6, 4, 5, 7, 5, 4, 6, 5], strict=True)))["trend"] == "unclear"
    assert trend(dict(zip(range(2011, 2018), [9, 8, 8, 6, 5, 3, 2], strict=True)))["trend"] == "falling"


def test_fewer_than_five_observed_years_tell_nothing():
    counts = dict.fromkeys(range(2011, 2016), 3)
    assert measure_trend(yearly(counts, unobserved={2013})).empty


@pytest.mark.parametrize("n", [5, 6, 7])
def test_chance_gives_a_direction_to_at_most_one_in_twenty(n):
    # every order of n different counts is equally likely for a steady relation: all of them are tried
    years = range(2011, 2011 + n)
    tables = [
        pd.DataFrame({"partnership_id": str(key), "year": years, "activities": order, "is_observed": True})
        for key, order in enumerate(permutations(range(n)))
    ]
    trends = measure_trend(pd.concat(tables))["trend"]
    assert 0.01 < (trends != "unclear").mean() <= 0.05
