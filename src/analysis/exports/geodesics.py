"""Shortest lines between two places on Earth, as maps in degrees need them: with points between, cut at 180 degrees."""

from __future__ import annotations

import numpy
import shapely

from analysis.geography import WGS84

STEP_KM = 100.0


def trace_geodesic(first: tuple[float, float], second: tuple[float, float]) -> shapely.MultiLineString | None:
    """
    Trace the geodesic on WGS 84 between two places.

    Parameters
    ----------
    first, second : tuple of float
        Latitude, longitude in degrees.

    Returns
    -------
    shapely.MultiLineString or None
        One line with a point at least every 100 km and one midway, or two that end and begin at 180 degrees, at the same latitude;
        longitude stands first, as in GeoPackage. None where a coordinate is missing, or both places are one point.
    """
    (north, east), (end_north, end_east) = first, second
    if numpy.isnan([north, east, end_north, end_east]).any():
        return None
    metres = WGS84.inv(east, north, end_east, end_north)[2]
    between = WGS84.npts(east, north, end_east, end_north, max(1, int(metres / 1000 / STEP_KM)))
    points = numpy.array([(east, north), *between, (end_east, end_north)])
    lines = [line for line in _cut(points) if len(numpy.unique(line, axis=0)) > 1]
    return shapely.MultiLineString([shapely.LineString(line) for line in lines]) if lines else None


def _cut(points: numpy.ndarray) -> list[numpy.ndarray]:
    """Cut a line where its longitude leaps from one side of 180 degrees to the other."""
    leaps = numpy.flatnonzero(numpy.abs(numpy.diff(points[:, 0])) > 180)
    lines = numpy.split(points, leaps + 1)
    for number, leap in enumerate(leaps):
        (east, north), (next_east, next_north) = points[leap], points[leap + 1]
        side = numpy.copysign(180.0, east)
        span = next_east + 2 * side - east  # of the step, on a longitude that goes on beyond 180
        latitude = north + (next_north - north) * ((side - east) / span if span else 0.0)
        lines[number] = numpy.vstack([lines[number], (side, latitude)])
        lines[number + 1] = numpy.vstack([(-side, latitude), lines[number + 1]])
    return lines
