"""In which country a place lies, and how far outside the one it is said to lie in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import shapely

from analysis.geography import WGS84, read_countries
from analysis.imports.foreign.statements import Location
from analysis.imports.foreign.values import list_countries

COAST_KM = 20.0  # outlines cut harbours and small islands off
COAST_DEGREES = 0.5


@cache
def _read_outlines() -> tuple[list[str], np.ndarray, shapely.STRtree]:
    """Codes and outlines of the countries that have one, each part for itself, and a tree of them."""
    table = read_countries()
    table = table[table["country_code"].isin(list_countries())].explode(ignore_index=True)
    shapes = table.geometry.to_numpy()
    shapely.prepare(shapes)
    return table["country_code"].to_list(), shapes, shapely.STRtree(shapes)


def find_countries(locations: Sequence[Location]) -> list[str]:
    """The country whose outline (1:50 million) each place lies in, or off whose coast; empty far out at sea."""
    if not locations:
        return []
    codes, _, tree = _read_outlines()
    found = [""] * len(locations)
    points = _make_points(locations)
    places, outlines = tree.query_nearest(points, max_distance=COAST_DEGREES)
    for place, outline in sorted(zip(places.tolist(), outlines.tolist(), strict=True), reverse=True):
        if measure_outside(locations[place], codes[outline]) <= COAST_KM:
            found[place] = codes[outline]
    return found


def measure_outside(location: Location, country_code: str) -> float:
    """How many kilometres outside a country a place lies: 0 inside, and where the country has no outline."""
    shape = _join_outlines(country_code)
    point = _make_points([location])[0]
    if shape is None or shapely.intersects(shape, point):
        return 0.0
    # The nearest point by degrees is near enough to the nearest by kilometres for a rule of thumb.
    end = shapely.get_coordinates(shapely.shortest_line(shape, point))[0]
    return WGS84.inv(location[1], location[0], *end)[2] / 1000


def is_on_land(location: Location) -> bool:
    """Tell whether a place lies within the outline of any country."""
    _, _, tree = _read_outlines()
    return len(tree.query(_make_points([location])[0], predicate="intersects")) > 0


@cache
def _join_outlines(country_code: str) -> shapely.Geometry | None:
    codes, shapes, _ = _read_outlines()
    own = [shape for code, shape in zip(codes, shapes, strict=True) if code == country_code]
    if not own:
        return None
    joined = shapely.MultiPolygon(own)
    shapely.prepare(joined)
    return joined


def _make_points(locations: Sequence[Location]) -> np.ndarray:
    return shapely.points([(longitude, latitude) for latitude, longitude in locations])
