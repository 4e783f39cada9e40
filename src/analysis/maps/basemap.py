"""What lies under the partners on a map: land, borders, and rings of distance about the home city.

Coordinates are kilometres about the home city (`analysis.maps.outlines`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

from analysis.charts.layout import measure_text
from analysis.geography import read_outlines
from analysis.maps.labels import find_points, make_boxes
from analysis.maps.outlines import clip_land, find_bounds, project_land
from analysis.style import PAPER, QUIET_INK, SMALL_FONT_SIZE
from analysis.wording import Wording

LAND = "#e4e1d9"
RING = "#9a9a9a"

TOLERANCE_PT = 0.4
RING_STEPS_KM = (10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
MOST_RINGS = 4
_FAR_PT = 100.0  # what is further away cannot be in the way
HALF_ROUND_KM = 20_004  # from pole to pole; no place is further away


def choose_ring_step(distance_km: float) -> int:
    """Choose the smallest round step that needs at most four rings up to a distance."""
    return next((step for step in RING_STEPS_KM if distance_km <= step * MOST_RINGS), RING_STEPS_KM[-1])


def make_disc(distance_km: float) -> shapely.Polygon:
    """Make the frame of a round map that ends with a ring."""
    step = choose_ring_step(distance_km)
    radius = min(step * numpy.ceil(max(distance_km, 1) / step), HALF_ROUND_KM)
    return shapely.Point(0, 0).buffer(radius, quad_segs=64)


def make_window(
    positions: numpy.ndarray, aspect: float, margin: float = 0.14, least_km: float = 300
) -> shapely.Polygon:
    """Make the frame of a rectangular map that shows all positions, `aspect` times as wide as high."""
    low, high = positions.min(axis=0), positions.max(axis=0)
    width, height = numpy.maximum((high - low) * (1 + 2 * margin), least_km)
    half = numpy.array([max(width, height * aspect), max(height, width / aspect)]) / 2
    centre = (low + high) / 2
    return shapely.box(*(centre - half), *(centre + half))


def draw_land(axes: Axes, home: Mapping[str, float], frame: shapely.Polygon) -> None:
    """Set up the axes for a frame and fill the land in it, simplified to what can be seen."""
    low_x, low_y, high_x, high_y = frame.bounds
    axes.set(xlim=(low_x, high_x), ylim=(low_y, high_y), aspect="equal", xticks=[], yticks=[])
    axes.spines[:].set(visible=frame.equals(shapely.envelope(frame)), color=RING, linewidth=0.6)
    axes.set_facecolor("none")
    points_per_km = axes.get_window_extent().width * 72 / axes.figure.dpi / (high_x - low_x)
    tolerance_km = TOLERANCE_PT / points_per_km
    bounds = find_bounds(frame, home)
    _, outlines = read_outlines(bounds=bounds)
    fill_land(axes, clip_land(project_land(outlines, home, bounds, tolerance_km / 2), frame, tolerance_km))


def fill_land(axes: Axes, polygons: numpy.ndarray, border_pt: float = 0.4) -> None:
    """Fill polygons as land, with fine lines between them."""
    # Holes run the other way round, so that they stay open.
    rings = shapely.get_rings(shapely.orient_polygons(polygons))
    if not len(rings):
        return
    points = shapely.get_coordinates(rings)
    ends = numpy.cumsum(shapely.get_num_coordinates(rings))
    codes = numpy.full(len(points), Path.LINETO)
    codes[ends - 1], codes[[0, *ends[:-1]]] = Path.CLOSEPOLY, Path.MOVETO
    style = {"facecolor": LAND, "edgecolor": PAPER, "linewidth": border_pt, "gid": "land", "zorder": 1}
    axes.add_artist(PathPatch(Path(points, codes), **style))


def draw_rings(
    axes: Axes, frame: shapely.Polygon, distance_km: float, positions: numpy.ndarray, words: Wording
) -> list[shapely.Polygon]:
    """
    Draw rings of distance about the home city and name them where they are far from all positions.

    Returns
    -------
    list of shapely.Polygon
        Boxes of the names, in points, for `analysis.maps.labels.place_names`.
    """
    step = choose_ring_step(distance_km)
    radii = numpy.arange(1, MOST_RINGS + 1) * step
    radii = radii[radii < distance_km + step]
    for radius in radii:
        ring = Circle(
            (0, 0), radius, fill=False, edgecolor=RING, linewidth=0.5, linestyle=(0, (4, 3)), zorder=2
        )
        axes.add_artist(ring)
    texts = [f"{words.number(int(radius))}\u00a0km" for radius in radii]
    sizes = numpy.array([measure_text(text) for text in texts])
    spots = _choose_bearing(axes, frame, radii, sizes, positions)
    is_inside = _are_inside(axes, frame, spots, sizes)
    for spot, text in zip(spots[is_inside], numpy.array(texts)[is_inside], strict=True):
        _write_ring(axes, spot, text)
    return list(make_boxes(find_points(axes, spots), sizes)[is_inside])


def _write_ring(axes: Axes, spot: numpy.ndarray, text: str) -> None:
    box = {"facecolor": PAPER, "alpha": 0.7, "linewidth": 0, "pad": 0.3}
    quiet = {"fontsize": SMALL_FONT_SIZE, "color": QUIET_INK, "parse_math": False, "zorder": 3}
    axes.text(*spot, text, ha="center", va="center", bbox=box, in_layout=False, gid="ring", **quiet)


def _choose_bearing(
    axes: Axes, frame: shapely.Polygon, radii: numpy.ndarray, sizes: numpy.ndarray, positions: numpy.ndarray
) -> numpy.ndarray:
    """Spots of the ring names in the direction that shows most of them, then furthest from the positions."""
    bearings = numpy.radians(numpy.arange(0, 360, 10))
    spots = numpy.column_stack([numpy.sin(bearings), numpy.cos(bearings)])[:, None] * radii[:, None]
    each, shape = spots.reshape(-1, 2), spots.shape[:2]
    is_inside = _are_inside(axes, frame, each, numpy.tile(sizes, (len(bearings), 1)))
    ways = find_points(axes, each)[:, None] - find_points(axes, positions)
    gaps = numpy.where(is_inside, numpy.linalg.norm(ways, axis=2).min(axis=1, initial=_FAR_PT), _FAR_PT)
    shown, gap = is_inside.reshape(shape).sum(axis=1), gaps.reshape(shape).min(axis=1, initial=_FAR_PT)
    return spots[numpy.argmax(shown + gap / (2 * _FAR_PT))]


def _are_inside(
    axes: Axes, frame: shapely.Polygon, spots: numpy.ndarray, sizes: Sequence[numpy.ndarray]
) -> numpy.ndarray:
    low_x, low_y, high_x, high_y = shapely.bounds(frame)
    corners = find_points(axes, numpy.array([[low_x, low_y], [high_x, high_y]]))
    return shapely.contains(
        shapely.box(*corners.ravel()), make_boxes(find_points(axes, spots), numpy.array(sizes))
    )
