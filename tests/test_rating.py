"""The computed rating at and around each threshold, counted on fingers: thresholds of 2020 from thresholds.csv."""

import csv
import re

import pandas as pd
import pytest
from logged import entry, log_period, look, write_log
from tiny_tables import REFERENCE, REGISTER, write_files

from analysis.activity import measure_activity, measure_years
from analysis.home import find_home
from analysis.rating import compute_ratings, measure_contact_level, read_thresholds
from analysis.tables import DataError, read_register

YEARS = (2023, 2024, 2025)


def contact(partner, year, frequency, stated_by="office"):
    return {
        "partnership_id": partner,
        "year": str(year),
        "frequency": frequency,
        "stated_by": stated_by,
        "source_id": "paper",
    }


def year_of_entries(months, projects, per_month=1):
    """The same year three times: entries in its first months, so many of them projects."""
    return [
        entry(
            "east", f"{year}-{month:02}-{1 + 7 * n:02}", is_project=str(month <= projects and n == 0).lower()
        )
        for year in YEARS
        for month in range(1, months + 1)
        for n in range(per_month)
    ]


def rate(folder, entries, frequency=None, periods=(("2011",),), period=(2023, 2025)):
    contacts = [contact("east", year, frequency) for year in YEARS] if frequency else []
    register = write_log(
        folder, entries, [log_period(*row) for row in periods], partners=("east",), contacts=contacts
    )
    placed, observed, relations = look(register, "2025-12-31")
    yearly = measure_years(placed, observed, relations, *period)
    measures = measure_activity(placed, yearly, relations, *period)
    return compute_ratings(register, measures, read_thresholds(register, 2025), *period)


# AA: monthly contact, 3 of 12 months, 1 project a year; AAA: weekly contact, 6 of 12 months, 4 projects a year
@pytest.mark.parametrize(
    ("frequency", "months", "projects", "rating"),
    [
        ("weekly", 6, 4, "AAA"),
        ("daily", 12, 12, "AAA"),
        ("monthly", 6, 4, "AA"),  # contacts are not events: many projects, but no weekly contact
        ("weekly", 5, 4, "AA"),
        ("weekly", 6, 3, "AA"),  # and weekly contact without numerous projects is none either
        ("monthly", 3, 1, "AA"),
        ("occasional", 3, 1, "A"),
        ("monthly", 2, 1, "A"),
        ("monthly", 3, 0, "A"),
        ("daily", 12, 0, "A"),
        ("occasional", 0, 0, "A"),
    ],
)
def test_every_condition_must_be_met(tmp_path, frequency, months, projects, rating):
    ratings, conditions = rate(tmp_path, year_of_entries(months, projects), frequency)
    assert ratings["computed_rating"].to_list() == [rating]
    assert set(conditions["measure"]) == {"contact_level", "contact_months_share", "yearly_projects"}


# Without statements the weeks logged stand in: AA 0.15 of 52 = 7.8, so 8 weeks; AAA 0.5 of 52 = 26 weeks
@pytest.mark.parametrize(
    ("months", "per_month", "rating"), [(7, 1, "A"), (8, 1, "AA"), (12, 2, "AA"), (12, 3, "AAA")]
)
def test_weeks_logged_stand_in_where_nobody_states_a_frequency(tmp_path, months, per_month, rating):
    ratings, conditions = rate(tmp_path, year_of_entries(months, 6, per_month))
    assert ratings["computed_rating"].to_list() == [rating]
    assert "contact_level" not in set(conditions["measure"])


def test_25_weeks_are_too_few_and_26_enough(tmp_path):
    days = pd.date_range("2023-01-02", periods=52, freq="7D")
    for weeks, rating in ((25, "AA"), (26, "AAA")):
        log = [
            entry("east", f"{year}-{day:%m-%d}", is_project="true")
            for year in YEARS
            for day in days[: 2 * weeks : 2]
        ]
        ratings, _ = rate(tmp_path / str(weeks), log)
        assert ratings.loc[0, "contact_weeks_share"] == pytest.approx(weeks / 52)
        assert ratings["computed_rating"].to_list() == [rating]


def test_two_whole_years_in_the_log_are_too_few(tmp_path):
    ratings, conditions = rate(tmp_path, year_of_entries(12, 12), "daily", periods=[("2024",)])
    assert ratings["computed_rating"].isna().all()
    assert ratings["unrated"].to_list() == ["few_years"]
    assert conditions.empty


def test_where_nothing_is_logged_and_no_contact_stated_the_scale_has_no_step(tmp_path):
    ratings, _ = rate(tmp_path, [], "none")
    assert ratings["unrated"].to_list() == ["nothing_logged"]


def test_a_statement_on_two_years_of_three_does_not_count(tmp_path):
    register = write_log(
        tmp_path,
        year_of_entries(12, 12),
        [log_period("2011")],
        partners=("east",),
        contacts=[contact("east", year, "daily") for year in YEARS[:2]],
    )
    assert measure_contact_level(register, 2023, 2025).loc["east", "contact_years"] == 2


def test_the_contact_of_a_year_is_that_of_the_office_in_touch_most_and_the_middle_year_counts(tmp_path):
    said = [("none", "mayor"), ("weekly", "culture")]
    contacts = [contact("east", 2023, frequency, office) for frequency, office in said]
    contacts += [
        contact("east", 2024, "daily"),
        contact("east", 2025, "occasional"),
        contact("east", 2022, "none"),
    ]
    register = write_log(tmp_path, [], partners=("east",), contacts=contacts)
    # 2023 weekly (3), 2024 daily (4), 2025 occasional (1): the middle is 3; with 2022 none (0) 0, 1, 3, 4: the lower is 1
    assert measure_contact_level(register, 2023, 2025).loc["east", "contact_level"] == 3
    assert measure_contact_level(register, 2022, 2025).loc["east", "contact_level"] == 1


HEADER = "threshold_id,criterion_id,first_round_year,rating,measure,minimum,unit,range_low,range_high,reason_de,reason_en,is_own_reading,source_id"


def read_with(folder, *rows):
    text = "\n".join([HEADER, *(f"{row},Grund,Reason,true,paper" for row in rows)]) + "\n"
    reference = write_files(folder / "reference", {**REFERENCE, "thresholds.csv": text})
    return read_register(write_files(folder / "register", REGISTER), reference)


def test_a_round_keeps_the_definition_of_its_time(tmp_path):
    register = read_with(
        tmp_path,
        "old,activity,2020,AA,yearly_projects,1,per_year,1,2",
        "new,activity,2025,AA,yearly_projects,3,per_year,2,4",
    )
    assert read_thresholds(register, 2019).empty
    assert read_thresholds(register, 2024)["threshold_id"].to_list() == ["old"]
    assert read_thresholds(register, 2025)["threshold_id"].to_list() == ["new"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            ["x,activity,2020,AA,yearly_projects,5,per_year,1,2"],
            (
                "thresholds, x, column minimum: is 5, allowed are values from range_low (1) to range_high (2). "
                "Correct one of them."
            ),
        ),
        (
            ["x,activity,2020,AA,yearly_projects,1,per_year,0.5,2"],
            "thresholds, x: has the range 0.5 to 2, allowed for the unit per_year are whole numbers. Round them.",
        ),
        (
            ["x,activity,2020,B,yearly_projects,1,per_year,1,2"],
            "thresholds, x, column rating: is 'B', allowed are A, AA, AAA. Correct it.",
        ),
        (
            [
                "x,activity,2020,AA,yearly_projects,1,per_year,1,4",
                "y,activity,2020,AAA,yearly_projects,4,per_year,3,6",
            ],
            (
                "thresholds, y, column range_low: is 3, allowed for yearly_projects is 4 or more, where the range of x "
                "ends. Narrow one of them."
            ),
        ),
    ],
)
def test_thresholds_that_contradict_each_other_are_refused(tmp_path, rows, problem):
    register = read_with(tmp_path, *rows)
    with pytest.raises(DataError) as error:
        read_thresholds(register, 2025)
    assert error.value.problems == [problem]


def test_methods_and_the_table_of_thresholds_say_the_same():
    methods = (find_home() / "METHODS.md").read_text(encoding="utf-8")
    stated = re.findall(r"^\| (A+) \| (\w+) \| ([0-9.]+) \| ([0-9.]+)–([0-9.]+) \|$", methods, re.MULTILINE)
    with (find_home() / "data/reference/thresholds.csv").open(encoding="utf-8", newline="") as file:
        columns = ("rating", "measure", "minimum", "range_low", "range_high")
        assert stated == [tuple(row[column] for column in columns) for row in csv.DictReader(file)]


def test_without_a_word_on_projects_there_is_no_rating(tmp_path):
    log = [{**row, "is_project": ""} for row in year_of_entries(months=6, projects=4)]
    ratings, conditions = rate(tmp_path, log, "weekly")
    assert ratings["unrated"].to_list() == ["projects_unsaid"]
    assert ratings["computed_rating"].isna().all()
    assert conditions.empty
