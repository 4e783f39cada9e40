"""Numbers of people that could point to somebody are not shown."""

import pandas as pd

from analysis.people import hide_small_groups
from analysis.wording import Wording


def shown(people, young, language="en"):
    table = pd.DataFrame({"participants": people, "participants_under_27": young}, dtype="Int64")
    row = hide_small_groups(table, Wording(language))
    return list(row.itertuples(index=False, name=None))


def test_one_to_four_people_are_hidden_and_zero_and_five_are_not():
    assert shown([0, 1, 4, 5], [0, 0, 0, 0]) == [
        (0, 0),
        ("fewer than 5", "not shown"),
        ("fewer than 5", "not shown"),
        (5, 0),
    ]


def test_few_young_people_are_hidden_and_so_are_few_others_behind_them():
    assert shown([40, 40, 40, 40], [4, 5, 36, 40]) == [
        (40, "fewer than 5"),
        (40, 5),
        (40, "not shown"),
        (40, 40),
    ]
    assert shown([40], [4], "de") == [(40, "unter 5")]


def test_missing_stays_missing():
    (row,) = shown([40], [None])
    assert row[0] == 40
    assert row[1] is pd.NA
