"""How often a rating holds over the range of thresholds, and what lacks for the next: counted by hand."""

import itertools

import pandas as pd
import pytest

from analysis.sensitivity import list_missing, measure_shares

SCALE = ["A", "AA", "AAA"]
RANGES = {  # measure: unit, (minimum, low, high) for AA and AAA
    "contact_level": ("step", (2, 2, 3), (3, 3, 4)),
    "contact_months_share": ("share", (0.25, 0.2, 0.4), (0.5, 0.4, 0.8)),
    "yearly_projects": ("per_year", (1, 1, 2), (4, 3, 6)),
}


def conditions_of(partner, **values):
    rows = [
        (partner, rating, measure, values[measure], minimum, unit, low, high, values[measure] >= minimum)
        for measure, (unit, *bounds) in RANGES.items()
        for rating, (minimum, low, high) in zip(SCALE[1:], bounds, strict=True)
    ]
    columns = [
        "partnership_id",
        "rating",
        "measure",
        "value",
        "minimum",
        "unit",
        "range_low",
        "range_high",
        "is_met",
    ]
    return pd.DataFrame(rows, columns=columns)


def shares(**values):
    return measure_shares(conditions_of("east", **values), SCALE).loc["east"].to_dict()


def test_shares_by_hand():
    # AAA: contact 3 meets 3 of {3, 4}: 1/2; months 0.6 meet (0.6 - 0.4) / (0.8 - 0.4) = 1/2; projects 4 meet 3 and 4
    # of {3, 4, 5, 6}: 1/2. All three: 1/8. AA: contact 3 meets both, months and projects too: 1. So 7/8 AA
    got = shares(contact_level=3, contact_months_share=0.6, yearly_projects=4)
    assert got == pytest.approx({"A": 0, "AA": 7 / 8, "AAA": 1 / 8})


def test_far_from_every_threshold_nothing_moves():
    assert shares(contact_level=4, contact_months_share=0.9, yearly_projects=7)["AAA"] == 1
    assert shares(contact_level=1, contact_months_share=0.9, yearly_projects=7)["A"] == 1


def test_exact_shares_are_those_of_trying_all_combinations():
    values = {"contact_level": 3, "contact_months_share": 0.31, "yearly_projects": 1}
    steps = 200
    tries = {
        "contact_level": [2, 3],
        "contact_months_share": [0.2 + 0.2 * (n + 0.5) / steps for n in range(steps)],
        "yearly_projects": [1, 2],
    }
    combinations = list(itertools.product(*tries.values()))
    met = sum(all(values[name] >= at for name, at in zip(tries, one, strict=True)) for one in combinations)
    assert shares(**values)["AA"] == pytest.approx(met / len(combinations), abs=0.003)


def test_what_lacks_for_the_next_rating():
    conditions = pd.concat(
        [
            conditions_of("east", contact_level=3, contact_months_share=0.45, yearly_projects=2),
            conditions_of("west", contact_level=1, contact_months_share=0.9, yearly_projects=9),
            conditions_of("near", contact_level=4, contact_months_share=0.9, yearly_projects=9),
        ]
    )
    ratings = pd.DataFrame(
        {"partnership_id": ["west", "east", "near"], "computed_rating": ["A", "AA", "AAA"]}
    )
    rows = list_missing(conditions, ratings, SCALE)[
        ["partnership_id", "next_rating", "measure", "value", "minimum"]
    ]
    assert list(rows.itertuples(index=False, name=None)) == [
        ("west", "AA", "contact_level", 1, 2),
        ("east", "AAA", "contact_months_share", 0.45, 0.5),
        ("east", "AAA", "yearly_projects", 2, 4),
    ]
