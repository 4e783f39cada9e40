"""The figures that the City of Leipzig published in March 2021, reproduced from the register."""

import pytest

from analysis import evaluation, history
from analysis.home import find_home
from analysis.tables import read_register


@pytest.fixture(scope="module")
def register():
    return read_register(find_home() / "data/leipzig")


@pytest.fixture(scope="module")
def relations_2021(register):
    return history.describe_relations(register, "2021-03-13")


@pytest.fixture(scope="module")
def relations_2026(register):
    return history.describe_relations(register, "2026-11-01")


def test_21_relations_in_four_groups(relations_2021):
    counts = {"international": 12, "national": 2, "cooperation": 5, "district": 2}
    assert history.count_groups(relations_2021).to_dict() == counts
    assert len(relations_2021) == 21


def test_ratings_by_group(register, relations_2021):
    rated = evaluation.find_ratings(register, relations_2021, evaluation.find_round(register, "2021-03-13"))
    table = evaluation.count_ratings(rated, evaluation.read_scale(register))
    table = table.pivot(index="group", columns="rating", values="count")[["AAA", "AA", "A"]]
    assert table.T.to_dict("list") == {
        "international": [9, 3, 0],
        "national": [0, 1, 1],
        "cooperation": [3, 1, 1],
        "district": [1, 1, 0],
    }
    assert table.sum().to_dict() == {"AAA": 13, "AA": 6, "A": 2}


def test_development_cooperation_in_five_relations(register, relations_2021):
    factors = register["factors"]
    documented = factors[(factors["factor"] == "development_cooperation") & ~factors["is_own_reading"]]
    partners = set(documented["partnership_id"].dropna())
    assert partners == {"addis-ababa", "ho-chi-minh-city", "kyiv", "lviv", "travnik"}


def test_fifteen_twinned_cities_since_july_2021(relations_2026):
    twins = relations_2026.query("form == 'partnership' and level == 'city' and status == 'active'")
    assert len(twins) == 15
    saigon = twins.set_index("partnership_id").loc["ho-chi-minh-city"]
    assert (saigon["group"], saigon["first_date"][:4]) == ("international", "2015")


def test_the_change_of_form_has_a_day_and_a_source(register):
    spans = history.list_spans(register, "2026-11-01").set_index("partnership_id").loc["ho-chi-minh-city"]
    assert spans["form"].to_list() == ["cooperation", "partnership"]
    assert spans["start_date"].to_list()[1] == "2021-07-21"
    row = (
        register["milestones"].query("partnership_id == 'ho-chi-minh-city' and date == '2021-07-21'").iloc[0]
    )
    assert row["source_id"] in set(register["sources"]["source_id"])


def test_what_nobody_has_shown_is_unknown(relations_2021, relations_2026):
    assert relations_2021["status"].eq("active").all()
    unknown = relations_2026.loc[relations_2026["status"] != "active", ["partnership_id", "status"]]
    assert unknown.to_numpy().tolist() == [["moscow", "unknown"]]
