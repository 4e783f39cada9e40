"""Outlines of countries and positions of cities on a map about the home city.

The map is azimuthal equidistant: distance and direction from the home city are true. Its unit is the kilometre, its
origin the home city.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy
import pandas
import pyproj
import shapely

# Land so near to the antipode would be torn over the whole rim of the map.
ANTIPODE_DEGREES = 5.0
# A border of two far points (the 49th parallel) is no straight line on this map.
EDGE_DEGREES = 1.0
DEGREE_KM = 111.0
# Beyond, bounds would have to go around the antipode.
FURTHEST_KM = 19_000

Bounds = tuple[float, float, float, float]

EARTH: Bounds = (-180.0, -90.0, 180.0, 90.0)


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
    x, y = _projection(home)(longitude.to_numpy(float), latitude.to_numpy(float))
    return numpy.column_stack([x, y])


def find_bounds(frame: shapely.Polygon, home: Mapping[str, float]) -> Bounds:
    """
    Find the parallels and meridians that enclose what a map shows, with a degree to spare.

    Parameters
    ----------
    frame : shapely.Polygon
        What the map shows, in kilometres about the home city.
    home : Mapping
        Row of the home city, with ``latitude`` and ``longitude``.

    Returns
    -------
    tuple of float
        West, south, east, north in degrees; the whole Earth where the frame crosses 180° or comes near the antipode,
        all around where it holds a pole.
    """
    x, y = shapely.get_coordinates(shapely.segmentize(frame, shapely.length(frame) / 256)).T
    if numpy.hypot(x, y).max() > FURTHEST_KM:
        return EARTH
    longitude, latitude = _projection(home)(x, y, inverse=True)
    west, east = float(longitude.min()) - EDGE_DEGREES, float(longitude.max()) + EDGE_DEGREES
    south, north = float(latitude.min()) - EDGE_DEGREES, float(latitude.max()) + EDGE_DEGREES
    poles = shapely.contains_xy(
        frame, find_position(pandas.Series([-90.0, 90.0]), pandas.Series([0.0, 0.0]), home)
    )
    if poles.any() or numpy.abs(numpy.diff(longitude)).max() > 180:
        return -180.0, -90.0 if poles[0] else south, 180.0, 90.0 if poles[1] else north
    return west, south, east, north


def project_land(
    outlines: numpy.ndarray,
    home: Mapping[str, float],
    bounds: Bounds = EARTH,
    detail_km: float = 0,
) -> numpy.ndarray:
    """
    Project outlines onto a map about the home city, in kilometres.

    What lies within 5 degrees of the antipode is cut out: there a small island would surround the whole map.

    Parameters
    ----------
    outlines : numpy.ndarray
        From `analysis.geography.read_outlines`.
    home : Mapping
        Row of the home city, with ``latitude`` and ``longitude``.
    bounds : tuple of float
        West, south, east, north in degrees: only what lies between them is projected.
    detail_km : float
        How far an outline may move before it is projected; what is smaller than that may be left out.

    Returns
    -------
    numpy.ndarray
        Polygons, at least one per part of a country; they may cross themselves. Coordinates as in `find_position`.
    """
    parts = shapely.get_parts(outlines)
    if bounds != EARTH:
        parts = shapely.clip_by_rect(parts, *bounds)
    parts = _cut_antipode(parts[shapely.area(parts) * DEGREE_KM**2 > detail_km**2], home)
    if detail_km:
        parts = shapely.simplify(parts, detail_km / DEGREE_KM, preserve_topology=False)
    parts = shapely.segmentize(parts[~shapely.is_empty(parts)], EDGE_DEGREES)
    return shapely.transform(parts, lambda xy: numpy.column_stack(_projection(home)(*xy.T)))


def clip_land(projected: numpy.ndarray, frame: shapely.Polygon, tolerance_km: float) -> numpy.ndarray:
    """
    Clip projected outlines to a frame and leave out what is too small to see.

    Parameters
    ----------
    projected : numpy.ndarray
        From `project_land`.
    frame : shapely.Polygon
        What the map shows, in kilometres about the home city.
    tolerance_km : float
        How far an outline may move; islands smaller than its square are dropped.

    Returns
    -------
    numpy.ndarray
        Polygons, to be filled; they may cross themselves.
    """
    near = shapely.make_valid(projected[shapely.intersects(shapely.envelope(projected), frame)])
    if frame.equals(shapely.envelope(frame)):
        clipped = shapely.clip_by_rect(near, *frame.bounds)  # ten times faster
    else:
        clipped = shapely.intersection(near, frame)
    seen = clipped[shapely.area(clipped) > tolerance_km**2]
    shapes = shapely.simplify(seen, tolerance_km, preserve_topology=False)
    polygons = shapely.get_parts(shapely.get_parts(shapes))
    return polygons[shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON]


def _projection(home: Mapping[str, float]) -> pyproj.Proj:
    """Degrees east and north to kilometres, and inversely."""
    return _project_about(home["latitude"], home["longitude"])


@lru_cache(maxsize=8)
def _project_about(latitude: float, longitude: float) -> pyproj.Proj:
    return pyproj.Proj(proj="aeqd", lat_0=latitude, lon_0=longitude, ellps="WGS84", units="km")


def _cut_antipode(parts: numpy.ndarray, home: Mapping[str, float]) -> numpy.ndarray:
    """Cut a box about the antipode out, repeated beyond 180° so that the date line does not cut it."""
    north, east = -home["latitude"], home["longitude"] - 180
    width = ANTIPODE_DEGREES / max(numpy.cos(numpy.radians(north)), 0.1)
    boxes = [
        shapely.box(
            east + turn - width, north - ANTIPODE_DEGREES, east + turn + width, north + ANTIPODE_DEGREES
        )
        for turn in (-360, 0, 360)
    ]
    around = shapely.union_all(boxes)
    is_there = shapely.intersects(parts, around)
    return numpy.where(is_there, shapely.difference(parts, numpy.where(is_there, around, None)), parts)
