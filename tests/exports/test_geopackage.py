"""GeoPackage, read by geopandas: points, shortest lines, hostile names, the same bytes at another time."""

import time

import geopandas
import numpy as np
import pyogrio
import pyproj
import pytest
import shapely
from exported import ABOUT, HOSTILE, graph_of, small_register

from analysis.exports.geodesics import trace_geodesic
from analysis.exports.geopackage import write_geopackage
from analysis.exports.graphs import graph_register

EARTH = pyproj.Geod(ellps="WGS84")


@pytest.fixture
def write(tmp_path):
    """write(graph) gives the path of a GeoPackage."""

    def make(graph, name="graph.gpkg"):
        write_geopackage(graph, ABOUT, tmp_path / name)
        return tmp_path / name

    return make


def test_geopandas_finds_places_and_relations(write, tmp_path):
    path = write(graph_register(small_register(tmp_path), "2026-11-01"))
    places = geopandas.read_file(path, layer="places").set_index("city_id")
    assert places.crs.to_epsg() == 4326
    assert places.geometry["east"].coords[0] == (20.0, 50.0)
    assert places["name_de"].to_dict() == {"home": "Heim", "east": "Osten", "west": "Westen"}
    relations = geopandas.read_file(path, layer="relations").set_index("partnership_id")
    assert relations["status"].to_dict() == {"east": "ended", "west": "active"}
    assert relations["form"].to_dict() == {"east": "partnership", "west": "friendship"}
    (line,) = relations.geometry["east"].geoms
    assert (line.coords[0], line.coords[-1]) == ((12.0, 51.0), (20.0, 50.0))


def test_it_tells_title_licence_and_whom_to_name(write):
    path = write(graph_of([("Lyon", "Rye")]))
    found = pyogrio.read_info(path, layer="places")
    assert found["dataset_metadata"]["TITLE"] == "Register"
    for text in (found["dataset_metadata"]["LICENCE"], found["layer_metadata"]["LICENCE"]):
        assert "Attribution (https://example.org/by)" in text
        assert "GeoNames, CC BY 4.0" in text


def test_two_exports_at_different_times_are_the_same_bytes(write):
    graph = graph_of([("Lyon", "Rye")], [("Lyon", 45.76, 4.84), ("Rye", 50.95, 0.73)])
    first = write(graph)
    time.sleep(1.1)  # a GeoPackage tells the second at which it was written
    assert write(graph, "again.gpkg").read_bytes() == first.read_bytes()


def test_the_clock_of_gdal_is_as_before(write):
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    write(graph_of([("Lyon", "Rye")]))
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == before


def test_hostile_names_are_names(write):
    path = write(graph_of([("Lyon", name) for name in HOSTILE]))
    assert geopandas.read_file(path, layer="places")["name"].to_list() == ["Lyon", *HOSTILE]
    assert geopandas.read_file(path, layer="relations")["partner_city_id"].to_list() == HOSTILE


def test_a_name_is_not_cut_off_at_a_zero_byte(write):
    path = write(graph_of([("Lyon", "A\x00B")]))
    assert geopandas.read_file(path, layer="places")["name"].to_list() == ["Lyon", "A\\u0000B"]


def test_without_coordinates_the_row_stays_and_has_no_geometry(write):
    path = write(graph_of([("Lyon", "Rye")], [("Lyon", 45.76, 4.84)]))
    assert geopandas.read_file(path, layer="places").geometry.isna().to_list() == [False, True]
    relations = geopandas.read_file(path, layer="relations")
    assert relations["home_city_id"].to_list() == ["Lyon"]
    assert relations.geometry.isna().to_list() == [True]


def test_a_line_along_the_equator_is_cut_at_180_degrees():
    west, east = trace_geodesic((0, 170), (0, -170)).geoms
    assert (west.coords[0], west.coords[-1]) == ((170, 0), (180, 0))
    assert (east.coords[0], east.coords[-1]) == ((-180, 0), (-170, 0))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((51.34, 12.37), (10.82, 106.63)),  # Leipzig, Ho Chi Minh City
        ((35.68, 139.69), (37.77, -122.42)),  # Tokyo, San Francisco: over the Pacific
        ((-36.85, 174.76), (-14.28, -170.7)),  # Auckland, Pago Pago
        ((64.84, -147.72), (62.04, 129.73)),  # Fairbanks, Yakutsk: far north
        ((10, 180), (20, 170)),  # begins on the line
        ((10, -180), (20, 170)),
        ((45, 0), (45, 180)),  # over the pole
    ],
)
def test_a_line_is_as_long_as_the_distance_and_stays_on_the_map(first, second):
    line = trace_geodesic(first, second)
    distance = EARTH.inv(first[1], first[0], second[1], second[0])[2]
    assert sum(EARTH.geometry_length(part) for part in line.geoms) == pytest.approx(distance, rel=1e-4)
    for part in line.geoms:
        assert np.abs(np.diff(shapely.get_coordinates(part)[:, 0])).max() <= 180
        assert part.is_valid
    assert np.abs(shapely.get_coordinates(line)[:, 0]).max() <= 180


def test_both_directions_take_the_same_way():
    there, back = trace_geodesic((35, 139), (37, -122)), trace_geodesic((37, -122), (35, 139))
    assert there.reverse().normalize().equals_exact(back.normalize(), 1e-6)


@pytest.mark.parametrize("second", [(45, 5), (float("nan"), 5)])
def test_no_way_leads_nowhere(second):
    assert trace_geodesic((45, 5), second) is None
