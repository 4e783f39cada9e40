"""Outlines of countries and positions of cities on a map about the home city.

The map is azimuthal equidistant: distance and direction from the home city are true. Its unit is the kilometre, its
origin the home city.
"""

from __future__ import annotations

from collections.abc import Mapping

import geopandas
import numpy
import pandas
import pyproj
import shapely

# Land so near to the antipode would be torn over the whole rim of the map.
ANTIPODE_DEGREES = 5.0
# A border of two far points (the 49th parallel) is no straight line on this map.
EDGE_DEGREES = 1.0


def find_position(
    latitude: pandas.Series, longitude: pandas.Series, home: Mapping[str, float]
) -> numpy.ndarray:
    """
    Find where places lie on a map about the home city.

    Returns
    -------
    numpy.ndarray
        One row per place: kilometres to the right (x) and up (y) from the home city.
    """
    x, y = _projection(home).transform(longitude.to_numpy(float), latitude.to_numpy(float))
    return numpy.column_stack([x, y])


def project_countries(countries: geopandas.GeoDataFrame, home: Mapping[str, float]) -> geopandas.GeoDataFrame:
    """
    Project outlines onto a map about the home city, in kilometres.

    What lies within 5 degrees of the antipode is cut out: there a small island would surround the whole map.

    Returns
    -------
    geopandas.GeoDataFrame
        country_code and geometry, one row per part of a country; coordinates as in `find_position`.
    """
    parts = countries.explode(index_parts=False, ignore_index=True)
    outlines = shapely.difference(parts.geometry.to_numpy(), _surround_antipode(home))
    transform = _projection(home).transform
    projected = shapely.transform(
        shapely.segmentize(outlines, EDGE_DEGREES),
        lambda xy: numpy.column_stack(transform(xy[:, 0], xy[:, 1])),
    )
    return geopandas.GeoDataFrame(
        {"country_code": parts["country_code"]}, geometry=shapely.make_valid(projected)
    )


def clip_countries(
    projected: geopandas.GeoDataFrame, frame: shapely.Polygon, tolerance_km: float
) -> geopandas.GeoDataFrame:
    """
    Clip projected outlines to a frame and leave out what is too small to see.

    Parameters
    ----------
    projected : geopandas.GeoDataFrame
        From `project_countries`.
    frame : shapely.Polygon
        What the map shows, in kilometres about the home city.
    tolerance_km : float
        How far an outline may move; islands smaller than its square are dropped.
    """
    near = projected[shapely.intersects(projected.geometry.to_numpy(), frame)]
    clipped = shapely.intersection(shapely.simplify(near.geometry.to_numpy(), tolerance_km), frame)
    is_seen = shapely.area(clipped) > tolerance_km**2
    return geopandas.GeoDataFrame({"country_code": near["country_code"][is_seen]}, geometry=clipped[is_seen])


def _projection(home: Mapping[str, float]) -> pyproj.Transformer:
    about_home = f"+proj=aeqd +lat_0={home['latitude']} +lon_0={home['longitude']} +datum=WGS84 +units=km"
    return pyproj.Transformer.from_crs("EPSG:4326", about_home, always_xy=True)


def _surround_antipode(home: Mapping[str, float]) -> shapely.Geometry:
    """Box about the antipode in degrees, repeated beyond 180° so that the date line does not cut it."""
    north, east = -home["latitude"], home["longitude"] - 180
    width = ANTIPODE_DEGREES / max(numpy.cos(numpy.radians(north)), 0.1)
    boxes = [
        shapely.box(
            east + turn - width, north - ANTIPODE_DEGREES, east + turn + width, north + ANTIPODE_DEGREES
        )
        for turn in (-360, 0, 360)
    ]
    return shapely.union_all(boxes)
