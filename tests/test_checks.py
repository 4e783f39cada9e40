"""What no single table can show: each check across tables with its whole message."""

from pathlib import Path

import pytest
from tiny_tables import ACTIVITIES, CITIES, CLAIMS, DECISIONS, MILESTONES, PARTNERSHIPS, RATINGS, problems_of

LOG_PERIODS = """\
log_period_id,start_date,end_date,stated_by,source_id
all,2011,2010,office,paper
"""


def cities(old, new):
    return {"cities.csv": CITIES.replace(old, new, 1)}


def partnerships(old, new):
    return {"partnerships.csv": PARTNERSHIPS.replace(old, new, 1)}


def milestones(old, new):
    return {"milestones.csv": MILESTONES.replace(old, new, 1)}


def activities(old, new):
    return {"activities.csv": ACTIVITIES.replace(old, new, 1)}


def ratings(old, new):
    return {"ratings.csv": RATINGS.replace(old, new, 1)}


CHECKS = {
    "a city nobody knows": (
        partnerships("leipzig,kyiv", "leipzig,kiev"),
        "partnerships.csv, line 2, column partner_city_id",
        "is 'kiev', allowed are the city_id of register/cities.csv. Did you mean 'kyiv'?",
    ),
    "a source nobody knows": (
        milestones("paper", "newspaper"),
        "milestones.csv, line 2, column source_id",
        "is 'newspaper', allowed are the source_id of reference/sources.csv. Did you mean 'paper'?",
    ),
    "a criterion nobody knows": (
        ratings("activity", "zzz"),
        "ratings.csv, line 2, column criterion_id",
        "is 'zzz', allowed are the criterion_id of reference/criteria.csv. Correct it, or add the row to criteria.",
    ),
    "a country nobody knows": (
        cities("UA", "UK"),
        "cities.csv, line 3, column country_code",
        "is 'UK', allowed are the country_code of reference/regions.csv. Write the code of ISO 3166-1.",
    ),
    "a claim about no row": (
        {"claims.csv": CLAIMS.replace("kyiv", "kiev")},
        "claims.csv, line 2, column row_id",
        "is 'kiev', allowed are the city_id of register/cities.csv. Did you mean 'kyiv'?",
    ),
    "a rating off its scale": (
        ratings("AAA", "AAAA"),
        "ratings.csv, line 2, column rating",
        "is 'AAAA', allowed for activity are A, AA, AAA. Did you mean 'AAA'?",
    ),
    "a rating in small letters": (
        ratings("AAA", "aaa"),
        "ratings.csv, line 2, column rating",
        "is 'aaa', allowed for activity are A, AA, AAA. Did you mean 'AAA'?",
    ),
    "a rating without a scale": (
        ratings("activity", "aims"),
        "ratings.csv, line 2, column rating",
        "is 'AAA', allowed for aims is text. Put it into finding_de and finding_en.",
    ),
    "an end before the start": (
        activities("2019-05-07", "2019-05-01"),
        "activities.csv, line 2, column end_date",
        "is '2019-05-01', allowed are dates from start_date (2019-05-03) on. Correct one of them.",
    ),
    "an end in the year before": (
        activities("2019-05-07", "2018"),
        "activities.csv, line 2, column end_date",
        "is '2018', allowed are dates from start_date (2019-05-03) on. Correct one of them.",
    ),
    "a log complete until before it began": (
        {"log_periods.csv": LOG_PERIODS},
        "log_periods.csv, line 2, column end_date",
        "is '2010', allowed are dates from start_date (2011) on. Correct one of them.",
    ),
    "due before it is decided": (
        {"decisions.csv": DECISIONS.replace("2025-10-14", "2020-10-13")},
        "decisions.csv, line 2, column due_date",
        "is '2020-10-13', allowed are dates from decided_date (2020-10-14) on. Correct one of them.",
    ),
    "more young people than people": (
        activities(",12,", ",50,"),
        "activities.csv, line 2, column participants_under_27",
        "is '50', allowed are at most all 40 participants. Correct one of them.",
    ),
    "a district without a name": (
        partnerships("city,", "district,"),
        "partnerships.csv, line 2, column home_district",
        "is empty, allowed at level district is its name. Fill it in, or write level city.",
    ),
    "a district at city level": (
        partnerships("city,", "city,Grünau"),
        "partnerships.csv, line 2, column home_district",
        "is 'Grünau', allowed at level city is nothing. Empty it, or write level district.",
    ),
    "a partner of itself": (
        partnerships("leipzig,kyiv", "leipzig,leipzig"),
        "partnerships.csv, line 2, column partner_city_id",
        "is 'leipzig', allowed is another city than home. Correct it.",
    ),
    "national between two countries": (
        partnerships("international", "national"),
        "partnerships.csv, line 2, column scope",
        "is 'national', allowed between two countries is international. Correct the scope or the country_code in cities.",
    ),
    "international within a country": (
        cities("UA", "DE"),
        "partnerships.csv, line 2, column scope",
        "is 'international', allowed within one country is national. Correct the scope or the country_code in cities.",
    ),
    "a relation twice": (
        {
            "partnerships.csv": PARTNERSHIPS + "again,leipzig,kyiv,city,,international,paper\n",
            "milestones.csv": MILESTONES + "again-1,again,1961,signed,,false,paper\n",
        },
        "partnerships.csv, lines 2, 3, column partner_city_id",
        "is 'kyiv' in each, at the same level, allowed is one relation. Join the rows, or name different districts.",
    ),
    "a relation without milestone": (
        {"milestones.csv": MILESTONES.splitlines()[0]},
        "partnerships.csv, line 2, column partnership_id",
        "is 'kyiv', without a milestone, allowed is one at least. Add it to milestones.",
    ),
    "a spelling of two cities": (
        {"aliases.csv": "city_id,spelling,language,source_id\nleipzig,KIEW,de,paper\n"},
        "aliases.csv, line 2, column spelling",
        "is 'KIEW', which is also 'kyiv', allowed is one city. Delete it or write more of the name.",
    ),
}


@pytest.mark.parametrize(("changed", "place", "text"), CHECKS.values(), ids=CHECKS.keys())
def test_tables_that_contradict_each_other_are_told(tmp_path, monkeypatch, changed, place, text):
    monkeypatch.chdir(tmp_path)
    assert problems_of(Path(), changed) == [f"register/{place}: {text}"]
