"""Which mentions of an import are one place: namesakes kept apart, ids of their own, and what is told of merged ones."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from imports.foreign.exhibits import bring, read_rows

from analysis.imports.foreign.cities import City, name_cities
from analysis.imports.foreign.nearness import are_near, cluster_mentions
from analysis.imports.foreign.statements import Place
from analysis.problems import DataError
from analysis.tables import read_register

HEAD = "municipality,plz,bundesland,latitude,longitude,partnergemeinde,land,seit,form,partner_latitude,partner_longitude\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bring_rgre(*rows):
    Path("rgre.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    bring(Path("rgre.csv"), Path("r"))
    return read_rows(Path("r/cities.csv"))


def read_places():
    """What is told of places: name and reason."""
    rows = read_rows(Path("r/imports/import-report.csv"))
    return [(row["value"], row["reason_code"]) for row in rows if row["outcome"] == "place"]


def test_namesakes_of_one_region_that_lie_71_km_apart_have_ids_of_their_own(here):
    cities = bring_rgre(
        "Neukirchen,93453,Bayern,49.26,12.97,Linz,Österreich,1990,p,48.3,14.28",
        "Neukirchen,94154,Bayern,48.69,13.38,Wels,Österreich,1991,p,48.16,14.02",
    )
    found = {row["city_id"]: row["latitude"] for row in cities if row["name_en"] == "Neukirchen"}
    assert sorted(found.values()) == ["48.69", "49.26"]
    homes = {row["home_city_id"]: row["partner_city_id"] for row in read_rows(Path("r/partnerships.csv"))}
    assert {found[home]: partner for home, partner in homes.items()} == {
        "49.26": "linz-at",
        "48.69": "wels-at",
    }
    assert len(read_register("r")["cities"]) == 4


def test_places_that_share_an_id_are_refused():
    twins = {number: City("same", Place("Rye", "GB")) for number in (1, 2)}
    with pytest.raises(DataError) as error:
        name_cities(twins)
    [problem] = error.value.problems
    assert problem.startswith("city_id: is the id of several places (rye-gb-")
    assert problem.endswith("), allowed is one. Tell the places apart by coordinates or a region.")


HOF = "Hof,,Bayern,{},11.9,{},Frankreich,,p,{},{}"


def test_a_chain_of_namesakes_is_divided_where_it_is_longer_than_50_km(here):
    """48.0, 48.4 and 48.8 degrees north lie 44.5 km apart each, so the first and the last 89 km."""
    norths = {"Lyon": (48.0, 45.76, 4.83), "Metz": (48.4, 49.12, 6.18), "Lille": (48.8, 50.63, 3.06)}
    norths["Brest"] = (48.41, 48.39, -4.49)
    bring_rgre(*(HOF.format(north, name, *spot) for name, (north, *spot) in norths.items()))
    homes = {row["partner_city_id"]: row["home_city_id"] for row in read_rows(Path("r/partnerships.csv"))}
    assert homes["metz-fr"] == homes["brest-fr"]
    assert homes["lyon-fr"] != homes["lille-fr"]
    assert ("Hof", "namesakes") in read_places()


def test_several_coordinates_of_one_name_are_told(here):
    lyon = ("Lyon", 45.76, 4.83)
    cities = bring_rgre(HOF.format(50.3, *lyon), HOF.format(50.4, "Metz", 49.12, 6.18))
    assert [row["name_en"] for row in cities] == ["Hof", "Lyon", "Metz"]
    assert read_places() == [("Hof", "coordinates-several")]


@given(st.lists(st.tuples(st.floats(47, 49), st.floats(9, 12)), min_size=1, max_size=9, unique=True))
@settings(deadline=None, max_examples=40)
def test_mentions_of_one_place_lie_within_50_km_of_each_other(spots):
    clusters, rest = cluster_mentions([Place("Hof", "DE", spot) for spot in spots])
    assert rest == []
    assert sorted(place.location for each in clusters for place in each) == sorted(spots)
    for one, other in ((a, b) for each in clusters for a in each for b in each):
        assert measure_km(one.location, other.location) <= 50.3  # a sphere is off by 0.6 per cent at most


def measure_km(one, other):
    """Haversine on a sphere."""
    (north, east), (other_north, other_east) = (map(math.radians, each) for each in (one, other))
    part = math.sin((other_north - north) / 2) ** 2
    part += math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(part))


def test_places_about_the_180th_meridian_are_measured_the_short_way():
    near = [(-16.9, 179.9), (-16.9, -179.9)]
    assert are_near(near)
    assert not are_near([*near, (-16.9, 0.0)])


def test_a_chain_of_very_many_locations_is_ambiguous():
    places = [Place("Hof", "DE", (47 + number / 100, 11.9)) for number in range(302)]
    assert cluster_mentions(places) == ([], places)
