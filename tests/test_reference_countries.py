"""The outlines and regions in data/reference: what their documentation says of them is true."""

import csv
from pathlib import Path

import babel
import pytest
import shapely

from analysis.geography import read_countries

DATA = Path(__file__).parents[1] / "data"
COUNTRIES = DATA / "reference/countries.fgb"


@pytest.fixture(scope="module")
def countries():
    return read_countries()


@pytest.fixture(scope="module")
def regions():
    with (DATA / "reference/regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["country_code"]: row["region_code"] for row in csv.DictReader(file)}


def find_country(countries, latitude, longitude):
    is_there = shapely.contains_xy(countries.geometry.to_numpy(), longitude, latitude)
    return countries.loc[is_there, "country_code"].tolist()


def test_file_is_one_that_others_can_read():
    content = COUNTRIES.read_bytes()
    assert content.startswith(b"fgb\x03fgb")  # FlatGeobuf, version 3
    assert len(content) < 1_700_000


def test_countries_are_sorted_and_valid(countries):
    codes = countries["country_code"].tolist()
    assert codes == sorted(set(codes))
    assert countries.is_valid.all()
    assert not countries.is_empty.any()
    coordinates = shapely.get_coordinates(countries.geometry.to_numpy())
    assert (abs(coordinates - coordinates.round(3)) < 1e-9).all()


def test_no_polygon_spans_the_map(countries):
    parts = countries[countries["country_code"] != "AQ"].explode()  # Antarctica surrounds its pole
    width = parts.bounds["maxx"] - parts.bounds["minx"]
    assert width.max() < 180
    assert parts.bounds["minx"].min() >= -180
    assert parts.bounds["maxx"].max() <= 180


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "code"),
    [
        ("Simferopol", 44.95, 34.10, "UA"),
        ("Sevastopol", 44.60, 33.53, "UA"),
        ("Donetsk", 48.00, 37.80, "UA"),
        ("Laayoune, Western Sahara", 27.15, -13.19, "EH"),
        ("Tifariti, Western Sahara", 26.16, -10.57, "EH"),
        ("Tarfaya, Morocco", 27.93, -12.90, "MA"),
        ("Kyrenia, Northern Cyprus", 35.30, 33.30, "CY"),
        ("Hargeisa, Somaliland", 9.56, 44.06, "SO"),
        ("Pristina", 42.66, 21.16, "XK"),
        ("Taipei", 25.04, 121.50, "TW"),
        ("Ramallah", 31.90, 35.20, "PS"),
        ("Sukhumi, Abkhazia", 43.02, 41.05, "GE"),
        ("Tskhinvali, South Ossetia", 42.23, 43.97, "GE"),
        ("Tiraspol, Transnistria", 46.84, 29.63, "MD"),
        ("Stepanakert, Nagorno-Karabakh", 39.82, 46.75, "AZ"),
        ("Golan Heights", 33.10, 35.80, "IL"),
        ("Kunashir, Kuril Islands", 44.10, 145.90, "RU"),
        ("Srinagar, Kashmir", 34.10, 74.80, "IN"),
        ("Gilgit, Kashmir", 35.90, 74.30, "PK"),
        ("Siachen Glacier", 35.40, 77.10, ""),
        ("Cayenne, French Guiana", 4.85, -52.40, "FR"),
        ("Longyearbyen, Svalbard", 78.20, 15.80, "NO"),
        ("Christmas Island", -10.48, 105.63, "AU"),
    ],
)
def test_disputed_and_outlying_places_are_where_the_documentation_says(
    countries, place, latitude, longitude, code
):
    assert find_country(countries, latitude, longitude) == [code], place


def test_crimea_joins_ukraine_without_a_border(countries):
    ukraine = countries.set_index("country_code").geometry["UA"]
    mainland = max(ukraine.geoms, key=lambda part: part.area)
    assert mainland.contains(shapely.Point(34.10, 44.95))
    assert mainland.contains(shapely.Point(30.52, 50.45))


def test_neighbours_do_not_overlap(countries):
    outlines = countries.geometry.to_numpy()
    first, second = shapely.STRtree(outlines).query(outlines, predicate="overlaps")
    assert shapely.area(shapely.intersection(outlines[first], outlines[second])).max(initial=0) < 0.001


@pytest.mark.parametrize("register", sorted(path.parent.name for path in DATA.glob("*/cities.csv")))
def test_every_city_of_a_register_has_an_outline_and_a_region(countries, regions, register):
    with (DATA / register / "cities.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["country_code"] for row in csv.DictReader(file)}
    assert codes <= set(countries["country_code"])
    assert codes <= set(regions)


def test_regions_hold_all_of_iso_3166_and_kosovo(regions):
    # ISO 3166-1 has 249 codes; Antarctica has no region, Kosovo no ISO code.
    assert len(regions) == 249 - 1 + 1
    assert "AQ" not in regions
    assert regions["XK"] == "039"
    assert regions["TW"] == "030"


def test_countries_and_regions_have_names_in_both_languages(regions):
    for language in ("de", "en_GB"):
        names = babel.Locale.parse(language).territories
        assert set(regions) | set(regions.values()) <= set(names)


def test_outlines_have_regions(countries, regions):
    assert set(countries["country_code"]) - set(regions) == {"", "AQ"}
