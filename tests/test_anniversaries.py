"""Anniversaries in steps of five years."""

import pandas as pd

from analysis.anniversaries import list_anniversaries


def relations(*first_dates, status="active"):
    return pd.DataFrame(
        {
            "partnership_id": [f"p{n}" for n in range(len(first_dates))],
            "name_de": "x",
            "name_en": "x",
            "group": "international",
            "status": status,
            "first_date": list(first_dates),
            "first_year": pd.array([int(date[:4]) for date in first_dates], dtype="Int64"),
        }
    )


def dates(table):
    return list(zip(table["anniversary_date"], table["years"], strict=True))


def test_each_anniversary_is_as_precise_as_the_start():
    coming = list_anniversaries(relations("1962", "1973-09", "1990-10-03"), "2026-11-01", horizon=5)
    assert dates(coming) == [("2027", 65), ("2028-09", 55), ("2030-10-03", 40)]


def test_the_window_opens_the_day_after_and_closes_on_the_day():
    coming = list_anniversaries(relations("1996-11-01", "2001-11-02", "2001-11-01"), "2026-11-01", horizon=5)
    assert dates(coming) == [("2026-11-02", 25), ("2031-11-01", 35), ("2031-11-01", 30)]


def test_only_active_relations_have_anniversaries():
    assert list_anniversaries(relations("1962", status="ended"), "2026-11-01").empty


def test_a_leap_day_comes_back_in_its_month():
    assert dates(list_anniversaries(relations("2004-02-29"), "2024-03-01", horizon=5)) == [("2029-02", 25)]
    assert dates(list_anniversaries(relations("2003-03-05"), "2024-02-29", horizon=4)) == []
