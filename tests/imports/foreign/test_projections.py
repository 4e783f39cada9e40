"""Systems of coordinates of geodata: every layer has its own, and none but WGS 84 is taken for degrees of it."""

import json
from pathlib import Path

import geopandas
import pytest
import shapely
from imports.foreign.exhibits import bring, read_rows

from analysis.imports.foreign.geo import read_geo
from analysis.problems import DataError

LEIPZIG, KYIV, HOUSTON, PARIS = (12.37, 51.34), (30.52, 50.45), (-95.37, 29.76), (2.35, 48.86)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(layer, shapes, crs, **texts):
    """Write shapes given in degrees of WGS 84 in another system."""
    frame = geopandas.GeoDataFrame(texts, geometry=shapes, crs=4326)
    (frame.to_crs(crs) if crs != 4326 else frame).to_file(Path("geo.gpkg"), layer=layer)


def read_spots():
    bring(Path("geo.gpkg"), Path("r"))
    rows = read_rows(Path("r/cities.csv"))
    return {
        row["name_en"]: (round(float(row["latitude"]), 2), round(float(row["longitude"]), 2)) for row in rows
    }


@pytest.mark.parametrize(("first", "second"), [(25832, 3857), (4326, 25832), (25832, 4326)])
def test_every_layer_has_its_own_system_of_coordinates(here, first, second):
    lines = [shapely.LineString([LEIPZIG, KYIV]), shapely.LineString([LEIPZIG, HOUSTON])]
    write(
        "a", lines[:1], first, home=["Leipzig"], partner=["Kyiv"], home_country=["DE"], partner_country=["UA"]
    )
    write("b", lines[1:], second, home=["Leipzig"], partner=["Houston"])
    assert read_spots() == {"Leipzig": (51.34, 12.37), "Kyiv": (50.45, 30.52), "Houston": (29.76, -95.37)}


def test_grads_from_paris_become_degrees_from_greenwich(here):
    line = shapely.LineString([PARIS, LEIPZIG])
    write("a", [line], 4807, home=["Paris"], partner=["Leipzig"], home_country=["FR"], partner_country=["DE"])
    x, y = geopandas.read_file("geo.gpkg").geometry[0].coords[0]
    assert (round(x, 2), round(y, 2)) == (
        0.01,
        54.29,
    )  # 0.9 degrees to a grad, and Paris lies at 2.337 degrees
    assert read_spots() == {"Paris": (48.86, 2.35), "Leipzig": (51.34, 12.37)}


def test_grads_with_the_latitude_first_are_refused(here):
    line = shapely.LineString([PARIS[::-1], LEIPZIG[::-1]])
    frame = geopandas.GeoDataFrame({"home": ["Paris"], "partner": ["Leipzig"]}, geometry=[line], crs=4326)
    frame.set_crs(4807, allow_override=True).to_file("geo.gpkg")
    with pytest.raises(DataError, match="does not show which coordinate is the longitude"):
        read_geo(Path("geo.gpkg"))
    with pytest.raises(DataError) as error:
        read_geo(Path("geo.gpkg"), "latlon")
    [problem] = error.value.problems
    assert problem == (
        "geo.gpkg: has the latitude first in a system of coordinates other than WGS 84, allowed is the longitude "
        "first. Export it in EPSG:4326."
    )


def test_a_package_of_the_moon_is_refused_as_that(here):
    line = shapely.LineString([PARIS, LEIPZIG])
    frame = geopandas.GeoDataFrame({"home": ["Paris"], "partner": ["Leipzig"]}, geometry=[line])
    frame.set_crs("IAU_2015:30110").to_file("geo.gpkg")
    with pytest.raises(DataError, match="does not lead to degrees on Earth, allowed are those that do"):
        read_geo(Path("geo.gpkg"))


def test_documents_in_several_systems_are_refused(here):
    ends = {"type": "LineString", "coordinates": [LEIPZIG, HOUSTON]}
    line = {"type": "Feature", "properties": {"home": "Leipzig", "partner": "Houston"}, "geometry": ends}
    other = line | {"crs": {"type": "name", "properties": {"name": "EPSG:3857"}}}
    Path("geo.json").write_text("\n".join(map(json.dumps, (line, other))), encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_geo(Path("geo.json"))
    [problem] = error.value.problems
    assert problem == (
        "geo.json: names several systems of coordinates (2), allowed is one. Export the file again, all of it in "
        "EPSG:4326."
    )
