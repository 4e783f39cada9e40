"""Cells as an office hands them in on a bad day: each text and date with its whole message."""

from pathlib import Path

import pytest
from tiny_tables import CITIES, DECISIONS, MILESTONES, RATINGS, problems_of


def cities(old, new):
    return {"cities.csv": CITIES.replace(old, new, 1)}


def milestones(old, new):
    return {"milestones.csv": MILESTONES.replace(old, new, 1)}


def ratings(old, new):
    return {"ratings.csv": RATINGS.replace(old, new, 1)}


DATES = "allowed is a year, a month or a day, as 1973, 1973-09 or 1973-11-23."
IDS = "allowed are small letters a-z, digits and single hyphens, as ho-chi-minh-city."

BROKEN = {
    "an id that is a path": (
        milestones("kyiv-1", "../../x"),
        "milestones.csv, line 2, column milestone_id",
        f"is '../../x', {IDS} Write 'x'.",
    ),
    "an id in capitals": (
        milestones("kyiv-1", "Kiew Übersicht 1"),
        "milestones.csv, line 2, column milestone_id",
        f"is 'Kiew Übersicht 1', {IDS} Write 'kiew-uebersicht-1'.",
    ),
    "an id without any letter": (
        milestones("kyiv-1", "Київ"),
        "milestones.csv, line 2, column milestone_id",
        f"is 'Київ', {IDS} Write an id.",
    ),
    "an id too long": (
        milestones("kyiv-1", "k" * 61),
        "milestones.csv, line 2, column milestone_id",
        "is 'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…', allowed are 60 characters. Shorten it.",
    ),
    "a word of a list in capitals": (
        ratings("office", "Office"),
        "ratings.csv, line 2, column rated_by",
        "is 'Office', allowed are office, compiled. Did you mean 'office'?",
    ),
    "a word not in the list": (
        ratings("office", "mayor"),
        "ratings.csv, line 2, column rated_by",
        "is 'mayor', allowed are office, compiled. Choose one.",
    ),
    "a required cell empty": (
        cities("Kiew", ""),
        "cities.csv, line 3, column name_de",
        "is empty, allowed is a value. Fill it in.",
    ),
    "a day of German style": (
        milestones("1961", "03.10.1990"),
        "milestones.csv, line 2, column date",
        f"is '03.10.1990', {DATES} Write 1990-10-03.",
    ),
    "a month of German style": (
        milestones("1961", "10.1990"),
        "milestones.csv, line 2, column date",
        f"is '10.1990', {DATES} Write 1990-10.",
    ),
    "a day not in the calendar": (
        milestones("1961", "1973-02-30"),
        "milestones.csv, line 2, column date",
        "is '1973-02-30', allowed are days of the calendar. Correct month and day.",
    ),
    "a year of five digits": (
        milestones("1961", "19733"),
        "milestones.csv, line 2, column date",
        f"is '19733', {DATES} Write it in one of these ways.",
    ),
    "a year out of reach": (
        milestones("1961", "2973"),
        "milestones.csv, line 2, column date",
        "is '2973', allowed are the years 1000 to 2100. Correct the year.",
    ),
    "a month in words": (
        milestones("1961", "Oktober 1990"),
        "milestones.csv, line 2, column date",
        f"is 'Oktober 1990', {DATES} Write it in one of these ways.",
    ),
    "a month where a day is due": (
        {"decisions.csv": DECISIONS.replace("2020-10-14", "2020-10")},
        "decisions.csv, line 2, column decided_date",
        "is '2020-10', allowed are full dates, as 1973-11-23. Add month and day.",
    ),
    "a year of two digits": (
        ratings("2020", "20"),
        "ratings.csv, line 2, column round_year",
        "is '20', allowed are years of four digits, as 1973. Correct it.",
    ),
    "an error of a spreadsheet": (
        cities("51.3397", "#REF!"),
        "cities.csv, line 2, column latitude",
        "is '#REF!', allowed are values. Repair the formula or write its value.",
    ),
    "an error of a German spreadsheet": (
        cities("Kiew", "#BEZUG!"),
        "cities.csv, line 3, column name_de",
        "is '#BEZUG!', allowed are values. Repair the formula or write its value.",
    ),
    "a formula": (
        cities("Kiew", "=A1"),
        "cities.csv, line 3, column name_de",
        "is '=A1', allowed are values. Repair the formula or write its value.",
    ),
    "a control character": (
        cities("Kiew", "Ki\x1b[31mew"),
        "cities.csv, line 3, column name_de",
        "is 'Ki\\x1b[31mew', allowed are printable characters. Delete '\\x1b'.",
    ),
    "a sign that turns the text around": (
        cities("Kiew", "Ki\u202eew"),
        "cities.csv, line 3, column name_de",
        "is 'Ki\\u202eew', allowed are printable characters. Delete '\\u202e'.",
    ),
    "a letter lost": (
        cities("Kiew", "Ki\ufffdw"),
        "cities.csv, line 3, column name_de",
        "is 'Ki�w', allowed are whole texts. Write the letter that was lost at '�'.",
    ),
    "markup in a code": (
        cities("DE", "<script>alert(1)</script>"),
        "cities.csv, line 2, column country_code",
        "is '<script>alert(1)</script>', allowed are two capital letters of ISO 3166-1, as DE. Correct it.",
    ),
}


@pytest.mark.parametrize(("changed", "place", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_wrong_cell_tells_what_to_do(tmp_path, monkeypatch, changed, place, text):
    monkeypatch.chdir(tmp_path)
    assert problems_of(Path(), changed) == [f"register/{place}: {text}"]
