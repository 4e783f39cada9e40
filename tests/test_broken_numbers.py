"""Numbers and yes or no as an office hands them in on a bad day: each fault with its whole message."""

from pathlib import Path

import pytest
from tiny_tables import ACTIVITIES, CITIES, MILESTONES, problems_of


def cities(old, new):
    return {"cities.csv": CITIES.replace(old, new, 1)}


def milestones(old, new):
    return {"milestones.csv": MILESTONES.replace(old, new, 1)}


def activities(old, new):
    return {"activities.csv": ACTIVITIES.replace(old, new, 1)}


BROKEN = {
    "a decimal comma": (
        cities("51.3397", '"51,3397"'),
        "cities.csv, line 2, column latitude",
        "is '51,3397', allowed are numbers, as 1234.5. Write 51.3397.",
    ),
    "a latitude beyond the pole": (
        cities("51.3397", "512"),
        "cities.csv, line 2, column latitude",
        "is '512', allowed are numbers from -90 to 90. Correct it.",
    ),
    "a longitude below the minimum": (
        cities("12.3731", "-180.5"),
        "cities.csv, line 2, column longitude",
        "is '-180.5', allowed are numbers from -180 to 180. Correct it.",
    ),
    "a German yes": (
        milestones("false", "ja"),
        "milestones.csv, line 2, column is_own_reading",
        "is 'ja', allowed are true and false. Write true.",
    ),
    "no yes and no no": (
        milestones("false", "maybe"),
        "milestones.csv, line 2, column is_own_reading",
        "is 'maybe', allowed are true and false. Write true or false.",
    ),
    "thousands with a dot": (
        activities(",40,", ",1.200,"),
        "activities.csv, line 2, column participants",
        "is '1.200', allowed are whole numbers, as 1200. Write 1200.",
    ),
    "euros that may be thousands": (
        activities("1234.5", "1.234"),
        "activities.csv, line 2, column amount_own_eur",
        "is '1.234', allowed are numbers, as 1234.5. Write 1234 or 1.23.",
    ),
    "euros of German style": (
        activities("1234.5", '"1.234,50 €"'),
        "activities.csv, line 2, column amount_own_eur",
        "is '1.234,50 €', allowed are numbers, as 1234.5. Write 1234.50.",
    ),
    "euros of English style": (
        activities("1234.5", '"1,234.50"'),
        "activities.csv, line 2, column amount_own_eur",
        "is '1,234.50', allowed are numbers, as 1234.5. Write 1234.50.",
    ),
    "a percent sign": (
        activities("1234.5", "62 %"),
        "activities.csv, line 2, column amount_own_eur",
        "is '62 %', allowed are numbers, as 1234.5. Write 0.62.",
    ),
    "a whole number with decimals": (
        activities(",40,", ",40.0,"),
        "activities.csv, line 2, column participants",
        "is '40.0', allowed are whole numbers, as 1200. Write 40.",
    ),
    "half a person": (
        activities(",40,", ",40.5,"),
        "activities.csv, line 2, column participants",
        "is '40.5', allowed are whole numbers, as 1200. Write a number.",
    ),
    "people below zero": (
        activities(",40,", ",-40,"),
        "activities.csv, line 2, column participants",
        "is '-40', allowed are numbers from 0 on. Correct it.",
    ),
    "a number too long": (
        activities(",40,", "," + "9" * 40 + ","),
        "activities.csv, line 2, column participants",
        "is '9999999999999999999999999999999999999999', allowed are whole numbers, as 1200. Write a number.",
    ),
    "a number beyond all numbers": (
        activities("1234.5", "1e999"),
        "activities.csv, line 2, column amount_own_eur",
        "is '1e999', allowed are numbers, as 1234.5. Write a number.",
    ),
    "not a number": (
        activities("1234.5", "nan"),
        "activities.csv, line 2, column amount_own_eur",
        "is 'nan', allowed are numbers, as 1234.5. Write a number.",
    ),
    "digits of another script": (
        activities(",40,", ",٤٠,"),
        "activities.csv, line 2, column participants",
        "is '٤٠', allowed are whole numbers, as 1200. Write a number.",
    ),
}


@pytest.mark.parametrize(("changed", "place", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_wrong_number_tells_what_to_do(tmp_path, monkeypatch, changed, place, text):
    monkeypatch.chdir(tmp_path)
    assert problems_of(Path(), changed) == [f"register/{place}: {text}"]
