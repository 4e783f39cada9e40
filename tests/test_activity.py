"""Measures of activity, each with its arithmetic on the page."""

import math

import pandas as pd
import pytest
from logged import entry, log_period, look, write_log

from analysis.activity import (
    count_activities,
    count_months,
    find_period,
    list_sources,
    measure_activity,
    measure_years,
)
from analysis.attention import count_half, measure_breadth, measure_gini
from analysis.silence import measure_silence, show_current
from analysis.unlogged import clear_measures, clear_years
from analysis.wording import Wording

PEOPLE = {"participants": "40", "participants_under_27": "12", "amount_own_eur": "1500"}


def measures(register, as_of="2025-12-31", years=5):
    placed, observed, relations = look(register, as_of)
    period = find_period(as_of, years)
    yearly = measure_years(placed, observed, relations, *period)
    return measure_activity(placed, yearly, relations, *period).set_index("partnership_id"), yearly


def test_a_period_is_made_of_years_that_are_over():
    assert find_period("2025-12-31", 5) == (2021, 2025)
    assert find_period("2025-12-30", 3) == (2022, 2024)


def test_directions_people_and_money_are_summed_over_what_is_known(tmp_path):
    log = [
        entry("east", "2023-05-01", direction="inbound", **PEOPLE),
        entry("east", "2023-06-01", direction="online", participants="5", is_project="true"),
        entry("east", "2024", direction="inbound", amount_third_party_eur="500"),
        entry("east", "2020-12-31", direction="outbound", **PEOPLE),  # before the period
        entry("west", "2024-07"),
    ]
    table, _ = measures(write_log(tmp_path, log))
    east, west = table.loc["east"], table.loc["west"]
    assert east[["activities", "projects", "inbound", "outbound", "online"]].to_list() == [3, 1, 2, 0, 1]
    assert east[["participants", "participants_under_27", "with_participants"]].to_list() == [45, 12, 2]
    assert east[["amount_own_eur", "amount_third_party_eur"]].to_list() == [1500, 500]
    assert west["activities"] == 1
    assert west[["inbound", "online", "participants", "amount_own_eur"]].isna().all()  # not known is not zero
    assert table.loc["near", "activities"] == 0


def test_years_count_what_began_in_them_and_weeks_by_their_thursday(tmp_path):
    # Monday 30 December 2024 lies in the first week of 2025, for its Thursday is 2 January
    log = [entry("east", "2024-12-30"), entry("east", "2024-12-02"), entry("east", "2025", is_project="true")]
    _, yearly = measures(write_log(tmp_path, log, [log_period("2024")], partners=("east",)))
    rows = yearly.set_index("year")
    assert rows.loc[2024, ["activities", "projects", "contact_weeks", "contact_months"]].to_list() == [
        2,
        0,
        1,
        1,
    ]
    assert rows.loc[2025, ["activities", "projects", "contact_weeks", "contact_months"]].to_list() == [
        1,
        1,
        1,
        0,
    ]
    assert rows["is_observed"].to_list() == [False, False, False, True, True]
    assert rows.loc[2024, "contact_weeks_share"] == pytest.approx(1 / 52)
    assert rows.loc[2024, "contact_months_share"] == pytest.approx(1 / 12)
    assert rows.loc[2023, ["contact_weeks_share", "contact_months_share"]].isna().all()


def test_a_year_with_53_thursdays_has_53_weeks(tmp_path):
    _, yearly = measures(
        write_log(tmp_path, [entry("east", "2020-12-31")], [log_period("2020")], partners=("east",)),
        "2020-12-31",
        1,
    )
    assert yearly.loc[0, "contact_weeks_share"] == pytest.approx(1 / 53)


def test_the_period_is_told_by_its_median_year_so_that_one_year_does_not_decide(tmp_path):
    counts = {2021: 0, 2022: 9, 2023: 2, 2024: 3, 2025: 4}  # sorted: 0, 2, 3, 4, 9
    log = [entry("east", f"{year}-{month:02}-15") for year, n in counts.items() for month in range(1, n + 1)]
    table, _ = measures(write_log(tmp_path, log, [log_period("2011")], partners=("east",)))
    assert table.loc["east", "yearly_activities"] == 3
    assert table.loc["east", "contact_months_share"] == pytest.approx(3 / 12)
    assert table.loc["east", "contact_weeks_share"] == pytest.approx(3 / 52)
    assert table.loc["east", "observed_years"] == 5


def test_without_a_complete_log_there_are_counts_and_nothing_else(tmp_path):
    register = write_log(tmp_path, [entry("east", "2024-05-03")])
    table, _ = measures(register)
    shares = ["yearly_activities", "yearly_projects", "contact_weeks_share", "contact_months_share"]
    assert table.loc["east", shares].isna().all()
    assert table.loc["east", ["activities", "observed_years"]].to_list() == [1, 0]
    placed, observed, relations = look(register, "2025-12-31")
    silence = measure_silence(placed, observed, relations, "2025-12-31").set_index("partnership_id")
    assert silence.drop(columns="last_day").isna().all(axis=None)
    assert silence.loc["east", "last_day"] == pd.Timestamp("2024-05-03")


def test_where_nobody_says_that_the_log_is_complete_none_found_is_not_zero(tmp_path):
    log = [
        entry("east", "2024-05-03", direction="inbound"),
        entry("east", "2024-06"),
        entry("east", "2024-06"),
    ]
    periods = [log_period("2011", "", "west")]
    table, _ = measures(write_log(tmp_path, log, periods))
    cleared = clear_measures(table, 5)
    assert cleared.loc["west", ["activities", "inbound"]].to_list() == [0, 0]
    assert cleared.loc["east", ["activities", "inbound"]].to_list() == [3, 1]
    assert cleared.loc["east", "outbound"] is pd.NA
    assert cleared.loc["near", ["activities", "projects"]].isna().all()


def test_sources_are_named_once(tmp_path):
    register = write_log(tmp_path, [entry("east", "2024-05-03"), entry("east", "2024-06")])
    assert list_sources(register["activities"]).to_dict() == {"east": "paper"}


def test_months_are_counted_where_they_are_known(tmp_path):
    log = [
        entry("east", "2024-05-03"),
        entry("east", "2024-05"),
        entry("east", "2024"),
        entry("east", "2023-01", "2023"),
    ]
    placed, _, _ = look(write_log(tmp_path, log), "2025-12-31")
    assert list(count_months(placed).itertuples(index=False, name=None)) == [
        ("east", 2023, 1, 1),
        ("east", 2024, 5, 2),
    ]


def test_activities_are_counted_by_any_column(tmp_path):
    log = [entry("east", "2024-01"), entry("east", "2024-02"), entry("west", "2023", activity_type="sport")]
    placed, _, _ = look(write_log(tmp_path, log), "2025-12-31")
    counts = count_activities(placed, ["year", "activity_type"])
    assert list(counts.itertuples(index=False, name=None)) == [(2023, "sport", 1), (2024, "delegation", 2)]


def silence_of(register, partner, as_of="2025-12-31"):
    placed, observed, relations = look(register, as_of)
    return measure_silence(placed, observed, relations, as_of).set_index("partnership_id").loc[partner]


def test_a_silence_lies_between_the_days_on_which_something_can_have_been(tmp_path):
    # observed from 1 January: 1-9 quiet (9 days), 12 January to 29 February quiet (20 + 29 = 49), March covered
    # by a date known to the month, 1 April to 31 May (30 + 31 = 61), June 1 an activity, 2-30 June 29 days
    log = [entry("east", "2024-01-10", "2024-01-11"), entry("east", "2024-03"), entry("east", "2024-06-01")]
    row = silence_of(write_log(tmp_path, log, [log_period("2024")]), "east", "2024-06-30")
    assert (row["longest_silence_days"], row["current_silence_days"]) == (61, 29)
    assert (row["silence_start_date"], row["silence_end_date"]) == ("2024-04-01", "2024-05-31")


def test_nobody_looked_outside_the_log_so_that_is_no_silence(tmp_path):
    periods = [log_period("2024-01-01", "2024-01-31", "east"), log_period("2024-12-01", "2024-12-31", "east")]
    log = [entry("east", "2024-01-20"), entry("east", "2024-12-05")]
    row = silence_of(write_log(tmp_path, log, periods), "east", "2024-12-31")
    # 1-19 January 19 days, 21-31 January 11, 1-4 December 4, 6-31 December 26
    assert (row["longest_silence_days"], row["current_silence_days"]) == (26, 26)


def test_a_relation_without_any_entry_is_silent_throughout_and_a_running_programme_never(tmp_path):
    log = [entry("east", "2023-06-01", "2026-05-31")]
    register = write_log(tmp_path, log, [log_period("2024")])
    assert silence_of(register, "west", "2024-12-31")["longest_silence_days"] == 366
    row = silence_of(register, "east", "2024-12-31")
    assert (row["longest_silence_days"], row["current_silence_days"]) == (0, 0)


def test_where_the_log_stopped_before_today_nothing_is_said_about_today(tmp_path):
    register = write_log(tmp_path, [entry("east", "2024-01-20")], [log_period("2024", "2024")])
    row = silence_of(register, "east", "2025-12-31")
    assert row["longest_silence_days"] == 366 - 20
    assert pd.isna(row["current_silence_days"])


def test_breadth_is_the_number_of_equally_common_themes():
    # four themes alike: exp(ln 4) = 4; three quarters to one: exp(0.75 ln(4/3) + 0.25 ln 4) = 4 / 3^0.75
    rows = [("east", theme) for theme in "abcd"] + [("west", "a")] * 3 + [("west", "b")] + [("near", "a")]
    breadth = measure_breadth(pd.DataFrame(rows, columns=["partnership_id", "theme"]), "theme")
    assert breadth.to_dict() == pytest.approx({"east": 4, "west": 4 / 3**0.75, "near": 1})


def test_breadth_leaves_out_what_has_no_theme():
    rows = pd.DataFrame([("east", "a"), ("east", None), ("west", None)], columns=["partnership_id", "theme"])
    assert measure_breadth(rows, "theme").to_dict() == {"east": 1}


def test_gini_by_hand():
    # 1, 2, 3, 4: differences of pairs 1+2+3+1+2+1 = 10, both ways 20; 20 / (2 * 16 * 2.5) = 0.25
    assert measure_gini(pd.Series([4, 2, 3, 1])) == pytest.approx(0.25)
    assert measure_gini(pd.Series([5, 5, 5])) == 0
    assert measure_gini(pd.Series([0, 0, 0, 8])) == pytest.approx(3 / 4)
    assert math.isnan(measure_gini(pd.Series([0, 0])))


def test_half_of_all_activities():
    assert count_half(pd.Series([5, 3, 1, 1])) == 1  # 5 of 10
    assert count_half(pd.Series([1, 4, 3, 2])) == 2  # 4 + 3 of 10
    assert count_half(pd.Series([0, 0])) == 0


def test_a_year_without_a_complete_log_has_no_zero(tmp_path):
    log = [entry("east", "2024-05-03"), entry("east", "2025-05-03", is_project="true")]
    _, yearly = measures(write_log(tmp_path, log, [log_period("2025")], partners=("east",)), years=3)
    cleared = clear_years(yearly).set_index("year")[["activities", "projects"]]
    assert cleared.loc[2023].isna().all()  # nobody looked, nothing found
    assert cleared.loc[2024, "activities"] == 1
    assert cleared.loc[2024, "projects"] is pd.NA
    assert cleared.loc[2025].to_list() == [1, 1]
    assert yearly["projects"].to_list() == [0, 0, 1]


def test_what_nobody_calls_a_project_or_none_is_no_zero(tmp_path):
    log = [entry("east", "2024-05-03", is_project=""), entry("east", "2025-05-03", is_project="true")]
    log += [entry("west", "2025-05-03", is_project=""), entry("west", "2025-06-03")]
    table, yearly = measures(write_log(tmp_path, log, [log_period("2020")]), years=3)
    assert table["projects"].fillna(-1).to_dict() == {
        "east": -1,
        "west": -1,
        "near": 0,
    }  # a count of some would look like one of all
    assert table["yearly_projects"].isna().to_dict() == {"east": True, "west": True, "near": False}
    assert table["unsaid_projects"].to_dict() == {"east": 1, "west": 1, "near": 0}
    cleared = clear_years(yearly).set_index(["partnership_id", "year"])["projects"]
    assert cleared.loc["east"].fillna(-1).to_list() == [0, -1, 1]


def test_a_programme_that_goes_on_is_running(tmp_path):
    log = [entry("east", "2025-06-01", "2026-06-30"), entry("west", "2025-12-01")]
    register = write_log(tmp_path, log, [log_period("2020")], partners=("east", "west"))
    placed, observed, relations = look(register, "2025-12-31")
    quiet = measure_silence(placed, observed, relations, "2025-12-31")
    assert quiet["current_silence_days"].to_list() == [0, 30]
    assert quiet["is_running"].to_list() == [True, False]
    assert show_current(quiet, Wording("de")).to_list() == ["läuft", "30"]
    assert show_current(quiet, Wording("en")).to_list() == ["running", "30"]
    other = silence_of(
        write_log(tmp_path / "month", [entry("east", "2025-12")], [log_period("2020")]), "east"
    )
    assert (other["current_silence_days"], other["is_running"]) == (0, False)  # in December, no programme


def test_where_nobody_says_a_direction_there_is_no_zero(tmp_path):
    log = [
        entry("east", "2025-05-03"),
        entry("west", "2025-05-03"),
        entry("west", "2025-06-03", direction="online"),
    ]
    table, _ = measures(write_log(tmp_path, log, [log_period("2020")]))
    ways = table[["inbound", "outbound", "both", "online"]].T
    assert ways["east"].isna().all()
    assert ways["west"].to_list() == [0, 0, 0, 1]
    assert ways["near"].to_list() == [0, 0, 0, 0]  # a complete log without anything
