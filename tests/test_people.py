"""Numbers of people that could point to somebody are not shown."""

import pandas as pd

from analysis.people import clear_small_groups, hide_in_sums, hide_small_groups
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


def test_a_sum_tells_nothing_of_what_the_list_hides():
    # 40 + 3 + 6 people; 3 are hidden in the list, and would be 49 - 40 - 6 if the sum were 49
    log = pd.DataFrame({"participants": [40, 3, 6], "participants_under_27": [38, 0, 5]}, dtype="Int64")
    kept = clear_small_groups(log)
    assert kept["participants"].sum() == 40 + 6
    assert kept["participants_under_27"].dropna().to_list() == [
        38,
        5,
    ]  # of the same activities, so never more than all
    assert log["participants"].to_list() == [40, 3, 6]


def test_a_sum_of_hidden_groups_only_is_not_shown_and_a_missing_one_stays_missing():
    def sums(people, young, count):
        table = {"participants": people, "participants_under_27": young, "with_participants": count}
        return pd.DataFrame(table, dtype="Int64")

    stated = sums([3, None, 49, 46], [0, None, 43, 4], [1, 0, 3, 2])
    kept = sums([None, None, 46, 46], [None, None, 43, 4], [0, 0, 2, 2])
    table = hide_in_sums(stated, kept, Wording("en"))
    assert table["participants"].fillna("missing").to_list() == ["not shown", "missing", 46, 46]
    young = table["participants_under_27"].fillna("missing").to_list()
    assert young == ["not shown", "missing", "not shown", "fewer than 5"]  # 46 - 43 = 3 others
    assert table["with_participants"].to_list() == [0, 0, 2, 2]
