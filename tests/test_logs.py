"""Which days an entry can mean, and when a log is complete. Weeks and months counted by hand in a calendar."""

import pandas as pd
from logged import entry, log_period, look, write_log

from analysis.logs import list_contact_units, list_observed_units


def units(register, unit, as_of="2025-12-31"):
    placed, _, _ = look(register, as_of)
    return len(list_contact_units(placed, unit))


def test_a_date_means_all_the_days_that_it_can(tmp_path):
    log = [entry("east", "2024-02"), entry("east", "2023"), entry("east", "2024-03-01", "2024-03-04")]
    placed, _, _ = look(write_log(tmp_path, log), "2025-12-31")
    days = [(str(row.first_day.date()), str(row.last_day.date())) for row in placed.itertuples()]
    assert days == [
        ("2024-02-01", "2024-02-29"),
        ("2023-01-01", "2023-12-31"),
        ("2024-03-01", "2024-03-04"),
    ]
    assert placed["precision"].to_list() == ["month", "year", "day"]


def test_what_has_not_certainly_begun_is_left_out_and_what_runs_ends_today(tmp_path):
    log = [entry("east", "2025"), entry("east", "2025-05"), entry("west", "2025-04-01", "2026-02-01")]
    placed, _, _ = look(write_log(tmp_path, log), "2025-05-30")
    assert placed["partnership_id"].to_list() == ["west"]
    assert placed["last_day"].to_list() == [pd.Timestamp("2025-05-30")]


def test_weeks_run_from_monday_to_sunday(tmp_path):
    # 2024-05-05 was a Sunday: the 5th and the 6th lie in two weeks, the 6th and the 12th in one
    log = [entry("east", "2024-05-05"), entry("east", "2024-05-06"), entry("east", "2024-05-12")]
    assert units(write_log(tmp_path, log), "week") == 2


def test_a_trip_counts_in_every_week_it_touches_a_programme_only_where_it_begins_and_ends(tmp_path):
    # Friday 3 to Monday 13 May 2024: three weeks, one month; a year from 15 January on: two weeks, two months
    trip, programme = entry("east", "2024-05-03", "2024-05-13"), entry("west", "2023-01-15", "2024-01-14")
    register = write_log(tmp_path, [trip, programme])
    assert units(register, "week") == 3 + 2
    assert units(register, "month") == 1 + 2


def test_a_month_is_no_week_and_a_year_is_neither(tmp_path):
    register = write_log(
        tmp_path, [entry("east", "2024-05"), entry("east", "2023"), entry("east", "2022-03-01", "2022")]
    )
    assert (units(register, "week"), units(register, "month")) == (0, 1)


def observed_of(register, as_of="2025-12-31"):
    _, observed, _ = look(register, as_of)
    return [
        (row.partnership_id, str(row.first_day.date()), str(row.last_day.date()))
        for row in observed.itertuples()
    ]


def test_no_log_is_complete_unless_the_register_says_so(tmp_path):
    assert observed_of(write_log(tmp_path, [entry("east", "2024-05-03")])) == []


def test_a_row_for_all_gives_way_to_rows_for_one_relation_and_leaves_gaps(tmp_path):
    periods = [log_period("2011"), log_period("2011", "2014", "east"), log_period("2018-03", "", "east")]
    register = write_log(tmp_path, [], periods, partners=("east", "west"))
    assert observed_of(register) == [
        ("east", "2011-01-01", "2014-12-31"),
        ("east", "2018-03-01", "2025-12-31"),
        ("west", "2011-01-01", "2025-12-31"),
    ]


def test_a_relation_is_looked_at_from_its_certain_start_to_its_first_possible_end(tmp_path):
    life = [
        ("east", "2012", "signed", "partnership"),
        ("east", "2020-06", "ended"),
        ("near", "2013", "first_contact"),
    ]
    register = write_log(tmp_path, [], [log_period("2011")], partners=("east", "near"), life=life)
    assert observed_of(register) == [("east", "2012-12-31", "2020-06-01")]


def test_only_whole_years_and_weeks_are_observed(tmp_path):
    # from Wednesday 3 January 2024 to 31 December 2025: 2025 is whole; weeks from Monday 8 January 2024
    # to Sunday 28 December 2025: 103 weeks
    register = write_log(tmp_path, [], [log_period("2024-01-03")], partners=("east",))
    _, observed, _ = look(register, "2025-12-31")
    assert (list_observed_units(observed, "year")["year"] + 1970).to_list() == [2025]
    assert len(list_observed_units(observed, "week")) == 103
