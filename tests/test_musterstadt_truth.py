"""The computed rating finds the true level of the fictional city's steady partners, where the office errs."""

import pytest
from musterstadt import FOLDER, PARTNERS

from analysis.activity import find_period, measure_activity, measure_years
from analysis.history import describe_relations
from analysis.logs import list_observed, place_activities
from analysis.rating import compute_ratings, read_thresholds
from analysis.tables import read_register


def rate(round_year):
    """The computed rating by partner."""
    register, day = read_register(FOLDER), f"{round_year}-12-31"
    relations, placed = describe_relations(register, day), place_activities(register, day)
    years = find_period(day, 5)
    yearly = measure_years(placed, list_observed(register, relations, day), relations, *years)
    measures = measure_activity(placed, yearly, relations, *years)
    ratings, _ = compute_ratings(register, measures, read_thresholds(register, round_year), *years)
    return ratings.set_index("partnership_id")["computed_rating"]


@pytest.fixture(scope="module", params=[(2020, 0), (2025, 1)], ids=lambda param: str(param[0]))
def rated(request):
    """The computed ratings of a round, and the place of the office's in the truth."""
    round_year, place = request.param
    return rate(round_year), place


def test_the_levels_of_steady_partners_are_found(rated):
    true = {partner: part.level for partner, part in PARTNERS.items() if part.level}
    assert len(true) == 10
    assert {partner: rated[0][partner] for partner in true} == true


def test_all_ratings_occur_and_some_differ_from_the_office(rated):
    computed, place = rated[0].dropna(), rated[1]
    assert set(computed) == {"A", "AA", "AAA"}
    differs = {
        name
        for name, part in PARTNERS.items()
        if part.office[place] and computed.get(name) not in (None, part.office[place])
    }
    assert {"beispielhausen", "modellstedt", "mihonmachi"} < differs
    assert len(differs) < len(PARTNERS) / 2
