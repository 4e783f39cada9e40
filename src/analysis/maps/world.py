"""The whole Earth on one sheet: equal areas, the Greenwich meridian in the middle, cut at 180 degrees."""

from __future__ import annotations

import numpy
import pyproj
import shapely
from matplotlib.axes import Axes

from analysis.geography import WGS84, read_outlines
from analysis.maps.basemap import RING, fill_land

# Equal Earth (Šavrič, Patterson and Jenny, International Journal of GIS 33, 2019): sizes of countries are true.
_EQUAL_EARTH = pyproj.Proj("+proj=eqearth +datum=WGS84 +units=km")
_WIDTH_KM, _NORTH_KM, _SOUTH_KM = 17_300.0, 8_450.0, -6_900.0  # to 57° south: no city lies beyond
_DETAIL_DEGREES = 0.25
_LEAST_DEGREES = 0.6  # smaller islands would be dots
_STEP_KM = 200.0


def project_world(latitude: numpy.ndarray, longitude: numpy.ndarray) -> numpy.ndarray:
    """Positions on the sheet in km, one row per place."""
    return numpy.column_stack(_EQUAL_EARTH(longitude, latitude))


def draw_world(axes: Axes) -> None:
    """Set up the axes for the whole Earth and fill the land."""
    axes.set(xlim=(-_WIDTH_KM, _WIDTH_KM), ylim=(_SOUTH_KM, _NORTH_KM), aspect="equal", xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.set_facecolor("none")
    outlines = shapely.get_parts(read_outlines()[1])
    outlines = outlines[shapely.area(outlines) > _LEAST_DEGREES**2]
    outlines = shapely.get_parts(shapely.simplify(outlines, _DETAIL_DEGREES))
    outlines = shapely.polygons(shapely.get_exterior_ring(outlines))
    fill_land(axes, shapely.transform(outlines, lambda xy: project_world(*xy.T[::-1])), border_pt=0.3)
    for edge in (-180, 180):  # where ways over the Pacific leave the sheet, and come back
        rim = project_world(numpy.linspace(-57, 90, 60), numpy.full(60, edge))
        axes.plot(*rim.T, color=RING, linewidth=0.5, zorder=1, gid="rim")


def trace_way(first: tuple[float, float], second: tuple[float, float]) -> list[numpy.ndarray]:
    """
    Trace the shortest way between two places (latitude, longitude) on the sheet.

    Returns
    -------
    list of numpy.ndarray
        Lines in km: one, or two where the way crosses 180° and goes on at the other edge.
    """
    (north, east), (end_north, end_east) = first, second
    length = WGS84.inv(east, north, end_east, end_north)[2] / 1000
    count = max(1, int(length / _STEP_KM))
    between = WGS84.npts(east, north, end_east, end_north, count)
    longitude, latitude = numpy.array([(east, north), *between, (end_east, end_north)]).T
    breaks = numpy.flatnonzero(numpy.abs(numpy.diff(longitude)) > 180) + 1
    sheet = project_world(latitude, longitude)
    return [part for part in numpy.split(sheet, breaks) if len(part) > 1]
