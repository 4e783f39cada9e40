"""Ratings, findings, coverage and contributions; counts follow from the rows on paper."""

import pandas as pd
import pytest
from small_register import milestones, relation, write_register

from analysis import benefit, conflicts, decisions, discussion, evaluation, history, profile
from analysis.tables import read_register
from analysis.wording import Wording

AS_OF = "2026-11-01"


def rating(partner, criterion="activity", value="", finding="", year="2020"):
    return {
        "round_year": year,
        "partnership_id": partner,
        "criterion_id": criterion,
        "rating": value,
        "finding_de": finding,
        "rated_by": "office",
        "source_id": "paper",
    }


def contribution(key, partner, goal, date=""):
    return {
        "contribution_id": key,
        "partnership_id": partner,
        "goal_id": goal,
        "date": date,
        "evidence_de": "x",
        "evidence_en": "x",
        "is_own_reading": "false",
        "source_id": "paper",
    }


def goal(key, position):
    area = {"area": "area", "area_de": "Feld", "area_en": "area", "name_de": key, "name_en": key}
    return {"goal_id": key, "position": position, **area, "source_id": "paper"}


def decision(item, indicator, due="", codes=""):
    texts = {
        f"{stem}_{language}": f"{stem} {item}" for stem in ("title", "text") for language in ("de", "en")
    }
    return {
        "decision_id": f"d{item}",
        "paper": "P-1",
        "item": item,
        "decided_date": "2020-10-14",
        "due_date": due,
        "indicator": indicator,
        "indicator_codes": codes,
        "source_id": "paper",
        **texts,
    }


def state(item, date, value):
    return {
        "decision_id": f"d{item}",
        "date": date,
        "state": value,
        "evidence_de": "x",
        "evidence_en": "x",
        "is_own_reading": "true",
        "source_id": "paper",
    }


def activity(partner, start):
    return {
        "activity_id": f"{partner}-{start}",
        "partnership_id": partner,
        "start_date": start,
        "activity_type": "delegation",
        "is_project": "false",
        "source_id": "paper",
    }


def claim(key, table, row, verdict, conflict="c1"):
    return {
        "claim_id": key,
        "conflict_id": conflict,
        "table": table,
        "row_id": row,
        "property": "first_signed",
        "value": key,
        "verdict": verdict,
        "reason_de": "x",
        "reason_en": "x",
        "source_id": "paper",
    }


@pytest.fixture
def register(tmp_path):
    folder = write_register(
        tmp_path / "register",
        partnerships=[relation("east"), relation("far"), relation("near")],
        milestones=milestones(
            ("east", "1973", "signed", "partnership"),
            ("near", "1987-11", "signed", "partnership"),
            ("far", "2015", "signed", "cooperation"),
            ("far", "2022-03", "unclear"),
        ),
        ratings=[
            rating("east", value="AAA"),
            rating("far", value="AAA"),
            rating("near", value="A"),
            rating("east", "original-aim", finding="Austausch"),
            rating("east", value="AA", year="2015"),
        ],
        goals=[goal("second", 2), goal("first", 1)],
        contributions=[contribution("k1", "east", "second"), contribution("k2", "east", "second", "2027")],
        associations=[
            {"association_id": "club", "partnership_id": "east", "name": "Club", "source_id": "paper"},
        ],
        decisions=[
            decision(1, "confirmed_in_force"),
            decision(2, "regional_activities", codes="151;VN"),
            decision(3, "carried_by_association"),
            decision(4, "next_round", due="2025-10-14"),
        ],
        decision_states=[
            state(4, "2020-10-14", "open"),
            state(4, "2025-10-14", "due"),
            state(4, "2027-01-01", "reached"),
        ],
        activities=[
            activity("east", "2010-05-01"),  # before the span compared, which begins on 2014-09-26
            activity("east", "2019-05-01"),
            activity("far", "2021-05-01"),
            activity("near", "2023-05-01"),
            activity("east", "2026-05-01"),
        ],
        claims=[
            claim("1994", "partnerships", "east", "rejected"),
            claim("1984", "partnerships", "east", "accepted"),
            claim("club-1992", "associations", "club", "contested", "c2"),
            claim("club-1993", "associations", "club", "rejected", "c2"),
            claim("paper", "decisions", "d1", "accepted", "c3"),
            claim("slide", "decisions", "d1", "rejected", "c3"),
            claim("early", "cities", "far", "accepted", "c4"),
            claim("late", "cities", "far", "rejected", "c4") | {"date": "2022"},
        ],
    )
    return read_register(folder)


@pytest.fixture
def relations(register):
    return history.describe_relations(register, AS_OF)


@pytest.fixture
def rated(register, relations):
    return evaluation.find_ratings(register, relations, 2020)


def test_the_last_round_by_a_day_counts(register):
    assert evaluation.find_round(register, "2026-11-01") == 2020
    assert evaluation.find_round(register, "2019-12-31") == 2015
    assert evaluation.find_round(register, "2014-12-31") is None


def test_the_scale_comes_from_the_criterion(register):
    assert evaluation.read_scale(register) == ["A", "AA", "AAA"]
    assert evaluation.read_scale(register, "original-aim") == []


def test_ratings_are_counted_by_group_with_zeros(rated):
    counts = evaluation.count_ratings(rated, ["A", "AA", "AAA"]).set_index(["group", "rating"])["count"]
    assert counts["international"].to_dict() == {"A": 0, "AA": 0, "AAA": 1}
    assert counts["national"].to_dict() == {"A": 1, "AA": 0, "AAA": 0}
    assert counts["cooperation"].to_dict() == {"A": 0, "AA": 0, "AAA": 1}


def test_a_city_without_a_round_has_relations_without_ratings(register, relations):
    unrated = evaluation.find_ratings(register, relations, None)
    assert unrated["rating"].isna().all()
    assert not evaluation.list_findings(register, relations, None)["is_found"].any()


def test_coverage_is_cells_found_against_cells_expected(register, relations):
    coverage = evaluation.measure_coverage(evaluation.list_findings(register, relations, 2020)).set_index(
        "criterion_id"
    )
    assert coverage.loc["activity"].to_list() == [3, 3, 1.0]
    assert coverage.loc["original-aim"].to_list() == [1, 3, pytest.approx(1 / 3)]
    assert coverage.loc["aims-reached"].to_list() == [0, 3, 0.0]
    assert len(coverage) == 6


def test_the_council_s_table_shows_text_ratings_and_gaps(register, relations):
    findings = evaluation.list_findings(register, relations, 2020)
    table = evaluation.arrange_findings(findings, relations, Wording("en")).set_index("name")
    assert (table.loc["East", "activity"], table.loc["Near", "activity"]) == ("AAA", "A")
    assert (table.loc["East", "original-aim"], table.loc["East", "original-aim"].language) == (
        "Austausch",
        "de",
    )
    assert pd.isna(table.loc["East", "aims-reached"])
    assert table.loc["East", "source_id"] == "paper"


def test_contributions_fill_a_matrix_with_zeros_in_the_order_of_the_goals(register, relations):
    counts = benefit.count_contributions(register, relations, AS_OF)
    assert counts["goal_id"].drop_duplicates().to_list() == ["first", "second"]
    assert counts.set_index(["goal_id", "partnership_id"])["count"].to_dict() == {
        ("first", "east"): 0, ("first", "near"): 0, ("first", "far"): 0,
        ("second", "east"): 1, ("second", "near"): 0, ("second", "far"): 0,
    }  # fmt: skip


def test_contributions_are_summed_up_by_area(register, relations):
    counts = benefit.count_contributions(register, relations, AS_OF)
    assert benefit.count_by_area(register, counts).to_numpy().tolist() == [["Feld", "area", 2, 1, 1, 1]]


def test_disputed_values_read_as_dates_and_labels():
    claims = pd.DataFrame(
        {"property": ["date", "form", "form", "name"], "value": ["2020-10-14", "cooperation", "Bund", "Kiew"]}
    )
    shown = conflicts.show_claimed(claims, Wording("en"))
    assert shown == ["14\u00a0October 2020", Wording("en").label("form", "cooperation"), "Bund", "Kiew"]


def test_decisions_show_their_indicator_and_the_state_of_the_day(register):
    items = decisions.describe_decisions(register, AS_OF, Wording("en")).set_index("item")
    assert (
        items.loc[1, "indicator"] == "2 of 3 confirmed relations are in force on the last documented evidence"
    )
    # 2020-10-14 to 2026-11-01 is 2,209 days; the same span before it begins on 2014-09-27
    assert items.loc[2, "indicator"] == (
        "2 documented activities (Eastern Europe and Vietnam) in the 6.0 years since the decision, 1 in the same span "
        "before it (all regions: 3 against 1). Recent years are better documented online; the comparison measures that, too"
    )
    assert items.loc[3, "indicator"] == (
        "1 of 2 relations in force have a documented carrier outside the administration"
    )
    assert items.loc[4, "indicator"] == "383 days since the due date (14\u00a0October 2025)"
    assert (items.loc[4, "state"], items.loc[4, "date"]) == ("due", "2025-10-14")
    assert items.loc[1, "state"] is None or items.loc[[1], "state"].isna().all()


@pytest.mark.parametrize(
    ("as_of", "indicator"),
    [
        ("2025-10-13", "1 day to go until the due date (14\u00a0October 2025)"),
        ("2025-10-14", "0 days since the due date (14\u00a0October 2025)"),
        ("2025-10-15", "1 day since the due date (14\u00a0October 2025)"),
    ],
)
def test_the_next_round_is_ahead_or_due(register, as_of, indicator):
    items = decisions.describe_decisions(register, as_of, Wording("en")).set_index("item")
    assert items.loc[4, "indicator"] == indicator


def test_a_decision_is_unknown_before_it_is_taken(register):
    assert decisions.describe_decisions(register, "2020-10-13", Wording("en")).empty
    assert decisions.find_next_round(register, "2020-10-13") is None
    assert str(decisions.find_next_round(register, AS_OF)) == "2025-10-14"


def test_points_for_discussion_follow_from_the_rules(register, rated):
    points = discussion.list_discussion_points(
        register, rated, ["A", "AA", "AAA"], AS_OF, 2020, Wording("en")
    )
    names = points.set_index("rule")["names"].to_dict()
    assert names["unclear_state"] == ["Far"]
    assert names["lowest_rating"] == ["Near"]
    assert names["no_carrier"] == ["Near"]
    assert names["no_recent_record"] == ["Near"]  # East: May 2026; Far is not active
    assert len(names["blank_criterion"]) == 4
    assert (
        points.set_index("rule")
        .loc["ceiling", "text"]
        .endswith("67% of the rated relations stand at the top.")
    )


def test_relations_without_a_recent_activity_are_put_up_for_completion(register):
    relations = history.describe_relations(register, "2022-02-01")
    rated = evaluation.find_ratings(register, relations, 2020)
    points = discussion.list_discussion_points(
        register, rated, ["A", "AA", "AAA"], "2022-02-01", 2020, Wording("de")
    )
    assert points.set_index("rule").loc["no_recent_record", "names"] == ["Osten", "Nahe"]


def test_conflicts_show_the_accepted_side_first_and_what_they_are_about(register):
    claims = conflicts.list_conflicts(register, AS_OF)
    assert claims["claim_id"].to_list() == [
        "1984",
        "1994",
        "club-1992",
        "club-1993",
        "paper",
        "slide",
        "early",
        "late",
    ]
    names = conflicts.name_claimed(register, claims, Wording("en"))
    assert names == ["East", "East", "Club", "Club", "P-1 / 1", "P-1 / 1", "Far", "Far"]


def test_a_conflict_begins_with_its_second_side(register):
    claims = conflicts.list_conflicts(register, "2022-06-30")
    assert "c4" not in set(claims["conflict_id"])


def test_a_profile_shows_facts_and_says_what_was_not_found(register, relations):
    words = Wording("en")
    relation = profile.pick_relation(relations, "east")
    facts = profile.describe_profile(register, relation, AS_OF, words).set_index("fact")
    assert facts.loc[words.column("carrier"), "value"] == "Club"
    assert facts.loc[words.column("last_activity_date"), "value"] == "1\u00a0May 2026"
    assert facts.loc[words.column("theme"), "value"] == "n/a"
    assert words.column("home_district") not in facts.index


def test_a_profile_lists_the_conflicts_about_the_relation_and_its_association(register, relations):
    claims = conflicts.list_claims(register, profile.pick_relation(relations, "east"), AS_OF)
    assert claims["claim_id"].to_list() == ["1984", "1994", "club-1992", "club-1993"]
    assert conflicts.list_claims(register, profile.pick_relation(relations, "near"), AS_OF).empty


def test_an_unknown_relation_names_the_nearest(relations):
    with pytest.raises(
        ValueError, match=r"partnership_id: is 'eats', allowed are .*east.* Did you mean 'east'\?"
    ):
        profile.pick_relation(relations, "eats")
