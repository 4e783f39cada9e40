"""Tables as an office hands them in on a bad day: each fault with its whole message."""

from pathlib import Path

import pytest
from tiny_tables import ACTIVITIES, CITIES, MILESTONES, RATINGS, problems_of


def cities(old, new):
    return {"cities.csv": CITIES.replace(old, new, 1)}


def milestones(old, new):
    return {"milestones.csv": MILESTONES.replace(old, new, 1)}


def ratings(old, new):
    return {"ratings.csv": RATINGS.replace(old, new, 1)}


SAVE = "Save it with commas, or hand in the whole register as a workbook (.xlsx)."
UTF8 = "Save it as 'CSV UTF-8', or hand in the whole register as a workbook (.xlsx)."
COLUMNS = "round_year, partnership_id, criterion_id, rating, finding_de, finding_en, rated_by, source_id"
QUOTES = "allowed are quotes around a whole cell, and two quotes for one inside it. Correct the quotes."
UNREAD = "The lines from here on were not read."
TABLES = "is no table of a register, allowed are those of data/README.md."
KINDS = (
    "allowed are first_contact, letter_of_intent, council_decision, signed, renewed, form_changed, "
    "association_founded, listed, suspended, resumed, dormant, expired, unclear, ended."
)

BROKEN = {
    "separated by semicolons": (
        {"cities.csv": CITIES.replace(",", ";")},
        "cities.csv",
        f"is separated by semicolons, allowed are commas. {SAVE}",
    ),
    "separated by tabs": (
        {"cities.csv": CITIES.replace(",", "\t")},
        "cities.csv",
        f"is separated by tabs, allowed are commas. {SAVE}",
    ),
    "whole lines in quotes": (
        {"ratings.csv": '"round_year,partnership_id"\n"2020,kyiv"\n'},
        "ratings.csv",
        f"is separated by commas inside of quotes, allowed are commas. {SAVE}",
    ),
    "UTF-16": (
        {"cities.csv": CITIES.encode("utf-16")},
        "cities.csv",
        f"is encoded as UTF-16, allowed is UTF-8. {UTF8}",
    ),
    "UTF-16 without its mark": (
        {"cities.csv": CITIES.encode("utf-16-le")},
        "cities.csv",
        f"is encoded as UTF-16, allowed is UTF-8. {UTF8}",
    ),
    "a NUL byte": (
        cities("Kiew", "Ki\0ew"),
        "cities.csv, line 3",
        f"has a NUL byte, allowed is text. {UTF8}",
    ),
    "a byte of no encoding": (
        {"cities.csv": CITIES.encode().replace(b"Kiew", b"Ki\x81ew")},
        "cities.csv, line 3",
        f"has the byte 0x81, allowed is UTF-8. {UTF8}",
    ),
    "an empty file": (
        {"ratings.csv": ""},
        "ratings.csv",
        f"is empty, allowed are the columns {COLUMNS}. Write them into line 1.",
    ),
    "only blank lines": (
        {"ratings.csv": "\n,,\n\n"},
        "ratings.csv",
        f"is empty, allowed are the columns {COLUMNS}. Write them into line 1.",
    ),
    "no header": (
        {"ratings.csv": "2020,kyiv,activity,AAA,office,paper\n"},
        "ratings.csv, line 1",
        f"is no header, allowed are the columns {COLUMNS}. Write them into line 1.",
    ),
    "only a header in cities": (
        {"cities.csv": CITIES.splitlines()[0]},
        "cities.csv",
        "has no rows, allowed are registers with the home city and one relation at least. Add them.",
    ),
    "a column twice": (
        ratings("rating", "criterion_id"),
        "ratings.csv, line 1",
        "has column criterion_id as number 3 and 4, allowed is one. Delete or rename the other.",
    ),
    "a required column missing": (
        {
            "ratings.csv": "round_year,partnership_id,criterion_id,rating,rated_by\n2020,kyiv,activity,AAA,office\n"
        },
        "ratings.csv, line 1",
        "has no column source_id, which every row needs. Add it.",
    ),
    "a column misspelt": (
        ratings("rating", "raiting"),
        "ratings.csv, line 1",
        f"has a column 'raiting', allowed are {COLUMNS}. Did you mean 'rating'?",
    ),
    "a column unknown": (
        ratings("rating", "stars"),
        "ratings.csv, line 1",
        f"has a column 'stars', allowed are {COLUMNS}. Rename it or take it out.",
    ),
    "too many cells": (
        milestones("1961", "1961,,"),
        "milestones.csv, line 2",
        "has 9 cells, allowed are 7 as in line 1. Put a text with a comma into double quotes.",
    ),
    "too few cells": (
        milestones(",partnership,", ","),
        "milestones.csv, line 2",
        "has 6 cells, allowed are 7 as in line 1. Add the commas that are missing.",
    ),
    "a key twice": (
        milestones("kyiv-1,", "kyiv-1,kyiv,1959,first_contact,,false,paper\nkyiv-1,"),
        "milestones.csv, lines 2, 3, column milestone_id",
        "is 'kyiv-1' in each, allowed is once. Delete or rename one.",
    ),
    "a key of several columns twice": (
        {"ratings.csv": RATINGS + RATINGS.splitlines()[1]},
        "ratings.csv, lines 2, 3, column round_year + partnership_id + criterion_id",
        "is '2020 + kyiv + activity' in each, allowed is once. Delete or rename one.",
    ),
    "text after a closing quote": (
        milestones("signed", '"sig"ned'),
        "milestones.csv, line 2",
        f"has a double quote out of place, {QUOTES} {UNREAD}",
    ),
    "a quote never closed": (
        milestones("signed", '"signed'),
        "milestones.csv, line 2",
        f"has a double quote out of place, {QUOTES} {UNREAD}",
    ),
    "a cell of 200,000 characters": (
        cities("Kiew", "x" * 200_000),
        "cities.csv, line 3",
        f"has a cell of more than 131072 characters, allowed are fewer. Shorten it. {UNREAD}",
    ),
    "a value in many lines": (
        {"milestones.csv": MILESTONES + "".join(f"k{n},kyiv,1961,sined,,false,paper\n" for n in range(9))},
        "milestones.csv, lines 3, 4, 5, 6, 7 and 4 more, column milestone",
        f"is 'sined', {KINDS} Did you mean 'signed'?",
    ),
    "a line after a cell of several lines": (
        {
            "activities.csv": ACTIVITIES.replace("A trip", '"A trip\nto\nKyiv"')
            + "trip,kyiv,2020,,culture,false,,,,,paper\n"
        },
        "activities.csv, lines 2, 3, column activity_id",
        "is 'trip' in each, allowed is once. Delete or rename one.",
    ),
    "a table misspelt": (
        {"raitings.csv": RATINGS},
        "raitings.csv",
        f"{TABLES} Did you mean 'ratings.csv'?",
    ),
    "a table in capitals": (
        {"Ratings.csv": RATINGS},
        "Ratings.csv",
        f"{TABLES} Did you mean 'ratings.csv'?",
    ),
    "a file of another kind": (
        {"photos.zip": b"PK"},
        "photos.zip",
        f"{TABLES} Rename it or take it out.",
    ),
    "a table that registers share": (
        {"criteria.csv": "criterion_id\n"},
        "criteria.csv",
        "is a table that registers share, allowed is only sources. Take it out.",
    ),
    "a source with other content": (
        {"sources.csv": "source_id,title,publisher,kind\npaper,Another paper,The city,official\n"},
        "sources.csv, line 2, column source_id",
        "is 'paper', which reference/sources.csv has with other content, allowed are new ids. Rename it.",
    ),
}


@pytest.mark.parametrize(("changed", "place", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_table_tells_what_to_do(tmp_path, monkeypatch, changed, place, text):
    monkeypatch.chdir(tmp_path)
    assert problems_of(Path(), changed) == [f"register/{place}: {text}"]
