"""Distances against published geodesics, regions against the UN's list, positions against distances."""

import math

import pandas as pd
import pytest
import shapely

from analysis.geography import GeographyError, count_by_region, find_region, measure_distance, read_outlines
from analysis.maps.outlines import EARTH, clip_land, find_bounds, find_position, project_land

LEIPZIG = {"latitude": 51.33962, "longitude": 12.37129}


def measure(home, *places):
    frame = pd.DataFrame(places, columns=["latitude", "longitude"], dtype="Float64")
    return measure_distance(frame["latitude"], frame["longitude"], home)


@pytest.mark.parametrize(
    ("home", "place", "metres"),
    [
        # C. F. F. Karney, GeographicLib: the inverse problem of its documentation, Wellington – Salamanca
        ((-41.32, 174.81), (40.96, -5.50), 19_959_679.267),
        # The same, GeodSolve(1): JFK Airport – Singapore Changi Airport, in whole metres
        (
            (40 + 38 / 60 + 23 / 3600, -(73 + 46 / 60 + 44 / 3600)),
            (1 + 21 / 60 + 33 / 3600, 103 + 59 / 60 + 22 / 3600),
            15_347_628,
        ),
        # The quadrant of the meridian of WGS 84
        ((0, 0), (90, 0), 10_001_965.729),
        # One degree of the equator: 6,378,137 m times pi / 180
        ((0, 12), (0, 13), 6_378_137 * math.pi / 180),
    ],
)
def test_distance_is_the_published_geodesic(home, place, metres):
    start = {"latitude": home[0], "longitude": home[1]}
    assert measure(start, place).iloc[0] == pytest.approx(metres / 1000, abs=0.0005)


def test_distance_keeps_the_index_and_missing_places():
    frame = pd.DataFrame(
        {"latitude": [51.33962, None], "longitude": [12.37129, 5.0]},
        index=["home", "nowhere"],
        dtype="Float64",
    )
    distances = measure_distance(frame["latitude"], frame["longitude"], LEIPZIG)
    assert distances.name == "distance_km"
    assert distances["home"] == 0
    assert distances.isna().to_dict() == {"home": False, "nowhere": True}


def test_distance_of_no_places_is_empty():
    assert measure(LEIPZIG).empty


def test_swapped_degrees_are_refused():
    with pytest.raises(GeographyError) as problem:
        measure(LEIPZIG, (126.91556, 35.15472))
    assert str(problem.value) == (
        "latitude: is 126.916, allowed are -90 to 90 degrees. "
        "Write decimal degrees, latitude (north) and longitude (east) in their own columns."
    )


def test_regions_are_those_of_the_united_nations():
    codes = pd.Series(["UA", "DE", "BA", "ET", "VN", "IL", "US", "CN", "LT"], index=list("abcdefghi"))
    regions = find_region(codes)
    assert regions.name == "region_code"
    assert regions.to_dict() == dict(
        zip("abcdefghi", ["151", "155", "039", "014", "035", "145", "021", "030", "154"], strict=True)
    )


def test_namibia_has_a_region_and_a_missing_country_has_none():
    regions = find_region(pd.Series(["NA", None], dtype="string"))
    assert regions.iloc[0] == "018"
    assert regions.isna().tolist() == [False, True]


def test_all_unknown_countries_are_told_at_once():
    with pytest.raises(GeographyError) as problem:
        find_region(pd.Series(["DE", "UK", "pl", "§§", "UK"]))
    allowed = "allowed are the ISO 3166-1 alpha-2 codes of regions.csv."
    assert str(problem.value).splitlines() == [
        f"country_code: is 'UK', {allowed} Did you mean GB? Correct the code.",
        f"country_code: is 'pl', {allowed} Did you mean PL? Correct the code.",
        f"country_code: is '§§', {allowed} Correct the code.",
    ]


def test_relations_are_counted_by_region_largest_first():
    relations = pd.DataFrame({"region_code": ["155", "151", "039", "151"]})
    counts = count_by_region(relations)
    assert counts.to_dict("list") == {
        "region_code": ["151", "039", "155"],
        "relations": [2, 1, 1],
        "relations_share": [0.5, 0.25, 0.25],
    }


def test_position_keeps_distance_and_direction():
    places = pd.DataFrame(
        {"latitude": [60.0, 10.0, 51.33962, -40.0], "longitude": [12.37129, 12.37129, 13.0, 175.0]}
    )
    positions = find_position(places["latitude"], places["longitude"], LEIPZIG)
    distances = measure_distance(places["latitude"], places["longitude"], LEIPZIG)
    assert [math.hypot(*position) for position in positions] == pytest.approx(distances.tolist(), rel=1e-9)
    assert positions[0] == pytest.approx([0, distances[0]], abs=1e-6)  # due north is up
    assert positions[1] == pytest.approx([0, -distances[1]], abs=1e-6)
    assert positions[2][0] > 0  # east is right


def test_outlines_are_where_the_cities_are():
    codes, outlines = read_outlines()
    projected = project_land(outlines[codes == "UA"], LEIPZIG)
    kyiv = shapely.Point(find_position(pd.Series([50.45466]), pd.Series([30.5238]), LEIPZIG)[0])
    assert shapely.contains(projected, kyiv).sum() == 1
    assert not shapely.contains(project_land(outlines[codes != "UA"], LEIPZIG), kyiv).any()


@pytest.mark.parametrize(
    "home",
    [
        {"latitude": 40.4165, "longitude": -3.70256},  # Madrid: the antipode lies in New Zealand
        {"latitude": 17.0, "longitude": 0.0},  # the antipode lies on the date line, in Fiji
        {"latitude": -36.84853, "longitude": 174.76349},  # Auckland
    ],
)
def test_land_at_the_antipode_does_not_cover_the_map(home):
    frame = shapely.Point(0, 0).buffer(20_004)
    land = clip_land(project_land(read_outlines()[1], home), frame, 50)
    sea = {"latitude": 30.0, "longitude": -40.0}  # middle of the Atlantic
    spot = find_position(pd.Series([sea["latitude"]]), pd.Series([sea["longitude"]]), home)[0]
    assert len(land) > 100
    assert not shapely.contains_xy(land, *spot).any()


def test_clipping_stays_in_the_frame_and_drops_what_is_too_small():
    codes, outlines = read_outlines()
    frame = shapely.box(-1500, -1500, 1500, 1500)
    projected = project_land(outlines, LEIPZIG)
    coarse, fine = (clip_land(projected, frame, tolerance) for tolerance in (20, 1))
    assert shapely.box(*shapely.total_bounds(coarse)).within(frame.buffer(1e-6))
    assert shapely.get_num_coordinates(coarse).sum() < shapely.get_num_coordinates(fine).sum() / 4
    liechtenstein = project_land(outlines[codes == "LI"], LEIPZIG)  # 160 square kilometres
    assert [len(clip_land(liechtenstein, frame, tolerance)) for tolerance in (20, 1)] == [0, 1]


def test_land_far_away_stays_in_its_place_where_detail_is_left_out():
    home, frame = {"latitude": -64.7, "longitude": -35.4}, shapely.Point(0, 0).buffer(18_000)
    _, outlines = read_outlines()
    coarse, fine = (
        shapely.union_all(
            shapely.make_valid(clip_land(project_land(outlines, home, EARTH, detail), frame, 5))
        )
        for detail in (19, 0)
    )
    assert coarse.symmetric_difference(fine).area < 0.02 * fine.area


def test_bounds_enclose_the_frame_with_a_degree_to_spare():
    # A degree of latitude is 111 km; at 51.34° north one of longitude is 111.3 km * cos(51.34°) = 69.5 km.
    west, south, east, north = find_bounds(shapely.box(-69.5, -111.2, 139, 222.5), LEIPZIG)
    assert (south, north) == pytest.approx((51.34 - 1 - 1, 51.34 + 2 + 1), abs=0.05)
    assert (west, east) == pytest.approx((12.37 - 1 - 1, 12.37 + 2 + 1), abs=0.15)


@pytest.mark.parametrize(
    ("home", "frame", "bounds"),
    [
        (LEIPZIG, shapely.box(-1000, -1000, 1000, 5000), (-180, 40.64, 180, 90)),  # see below
        ({"latitude": 65.0, "longitude": 179.0}, shapely.box(-100, -100, 100, 100), (-180, 63.1, 180, 66.9)),
        (LEIPZIG, shapely.box(-20_000, -20_000, 20_000, 20_000), EARTH),
    ],
)
def test_bounds_go_around_a_pole_the_date_line_and_the_earth(home, frame, bounds):
    # The pole is 4,303 km from Leipzig. The southern corners are 1,414 km away, to the south-west and south-east:
    # sin(latitude) = sin 51.34° cos 12.72° - cos 51.34° sin 12.72° cos 45° = 0.6645, which is 41.64°, less the degree.
    assert find_bounds(frame, home) == pytest.approx(bounds, abs=0.1)


@pytest.mark.parametrize(
    "frame",
    [
        shapely.box(-1500, -1500, 1500, 1500),
        shapely.box(-1000, -1000, 9000, 4000),
        shapely.Point(0, 0).buffer(12_500),
    ],
)
def test_a_map_that_reads_what_it_shows_shows_the_same(frame):
    bounds = find_bounds(frame, LEIPZIG)
    whole = clip_land(project_land(read_outlines()[1], LEIPZIG), frame, 20)
    near = clip_land(project_land(read_outlines(bounds=bounds)[1], LEIPZIG, bounds, 5), frame, 20)
    first, second = (shapely.union_all(shapely.make_valid(land)) for land in (whole, near))
    assert first.symmetric_difference(second).area < 0.01 * first.area


def test_only_countries_that_come_near_are_read():
    near, _ = read_outlines(bounds=(8, 48, 15, 55))
    assert {"DE", "CZ"} < set(near) < set(read_outlines()[0])
    assert len(near) < 30
