"""Rounds compared: what rose, what fell, what only a new definition changed. Ratings worked out by hand."""

import shutil

import pytest
from logged import entry, log_period, write_log

from analysis.home import find_home
from analysis.rounds import compare_rounds, list_rounds
from analysis.tables import read_register


def rating(partner, year, rating):
    return {
        "round_year": str(year),
        "partnership_id": partner,
        "criterion_id": "activity",
        "rating": rating,
        "rated_by": "office",
        "source_id": "paper",
    }


def contact(partner, year, frequency):
    return {
        "partnership_id": partner,
        "year": str(year),
        "frequency": frequency,
        "stated_by": "office",
        "source_id": "paper",
    }


def busy(partner, years, months, projects):
    return [
        entry(partner, f"{year}-{month:02}-10", is_project=str(month <= projects).lower())
        for year in years
        for month in range(1, months + 1)
    ]


def write_rounds(folder, **more):
    """East goes from A to AAA in its log, west stays at AA; the office sees it otherwise."""
    entries = [
        *busy("east", range(2016, 2021), 2, 0),
        *busy("east", range(2021, 2026), 8, 6),
        *busy("west", range(2016, 2026), 4, 2),
    ]
    given = [("east", 2020, "AA"), ("west", 2020, "AAA"), ("near", 2020, "A")]
    given += [("east", 2025, "AA"), ("west", 2025, "AA"), ("near", 2025, "AA")]
    return write_log(
        folder,
        entries,
        [log_period("2011")],
        ratings=[rating(*row) for row in given],
        contacts=[contact(name, year, "weekly") for name in ("east", "west") for year in range(2016, 2026)],
        **more,
    )


def test_a_round_is_measured_since_the_round_before_and_the_first_over_five_years(tmp_path):
    register = write_rounds(tmp_path)
    rounds = list_rounds(register, "2026-11-01")
    assert rounds.to_numpy().tolist() == [[2020, 2016, 2020], [2025, 2021, 2025]]
    assert list_rounds(register, "2025-12-30")["round_year"].to_list() == [2020]


def test_a_first_round_is_a_baseline_and_compared_with_nothing(tmp_path):
    assert compare_rounds(write_rounds(tmp_path), "2024-06-30").empty
    assert compare_rounds(read_register(find_home() / "data/leipzig"), "2026-11-01").empty


def test_what_the_office_and_the_log_say_changed(tmp_path):
    table = compare_rounds(write_rounds(tmp_path), "2026-11-01").set_index("partnership_id")
    assert table["change"].to_dict() == {"east": "same", "west": "fell", "near": "rose"}
    # east: 2 of 12 months and no project is A, 8 months and 6 projects with weekly contact AAA; near: nothing logged
    assert table.loc["east", ["computed_before", "computed_after", "computed_change"]].to_list() == [
        "A",
        "AAA",
        "rose",
    ]
    assert table.loc["west", ["computed_before", "computed_after", "computed_change"]].to_list() == [
        "AA",
        "AA",
        "same",
    ]
    assert table.loc["near", ["computed_before", "computed_change"]].isna().all()
    assert table.loc["east", ["yearly_activities_before", "yearly_activities_after"]].to_list() == [2, 8]


HEADER = "threshold_id,criterion_id,first_round_year,rating,measure,minimum,unit,range_low,range_high,reason_de,reason_en,is_own_reading,source_id"
DEFINITIONS = """
a,activity,2020,AA,yearly_projects,1,per_year,1,1,x,x,true,seed-2021
b,activity,2020,AAA,yearly_projects,4,per_year,4,4,x,x,true,seed-2021
c,activity,2025,AA,yearly_projects,3,per_year,3,3,x,x,true,seed-2021
d,activity,2025,AAA,yearly_projects,9,per_year,9,9,x,x,true,seed-2021
"""


def test_what_only_a_new_definition_changed_is_said_and_old_numbers_are_left_alone(tmp_path):
    register = write_rounds(tmp_path / "register")
    reference = tmp_path / "reference"
    shutil.copytree(find_home() / "data/reference", reference)
    (reference / "thresholds.csv").write_text(HEADER + DEFINITIONS, encoding="utf-8")
    table = compare_rounds(read_register(register.path, reference), "2026-11-01").set_index("partnership_id")
    computed = ["computed_before", "computed_same", "computed_after", "computed_change"]
    # west: 2 projects a year in both rounds, AA by the old definition and A by the new one
    assert table.loc["west", computed].to_list() == ["AA", "AA", "A", "definition"]
    # east: from 0 to 6 projects, A to AAA by the old definition, AA by the new: it rose, whatever the definition
    assert table.loc["east", computed].to_list() == ["A", "AAA", "AA", "rose"]


@pytest.mark.parametrize(("partner", "change"), [("east", "gone"), ("west", "new")])
def test_relations_rated_in_one_round_only(tmp_path, partner, change):
    register = write_log(tmp_path, [], ratings=[rating("east", 2020, "A"), rating("west", 2025, "A")])
    table = compare_rounds(register, "2026-11-01").set_index("partnership_id")
    assert table.loc[partner, "change"] == change
    assert table["computed_change"].isna().all()


def test_a_round_older_than_all_thresholds_has_no_computed_rating(tmp_path):
    given = [rating("east", 2010, "A"), rating("east", 2015, "AA")]
    entries = busy("east", range(2005, 2016), 6, 6)
    register = write_log(tmp_path, entries, [log_period("2001")], partners=("east",), ratings=given)
    row = compare_rounds(register, "2016-12-31").iloc[0]
    assert row["change"] == "rose"
    assert row[["computed_before", "computed_after", "computed_change"]].isna().all()
    assert row["yearly_activities_after"] == 6


def test_the_fictional_city_has_two_rounds():
    table = compare_rounds(read_register(find_home() / "data/musterstadt"), "2025-12-31").set_index(
        "partnership_id"
    )
    # as data/musterstadt/README.md says: fading, reviving, ended
    assert table.loc[["borgo-esempio", "mintavaros", "sampleton"], "change"].to_list() == [
        "fell",
        "rose",
        "gone",
    ]
    assert table.loc[["borgo-esempio", "mintavaros"], "computed_change"].to_list() == ["fell", "rose"]
