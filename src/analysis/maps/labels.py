"""Place names beside their points, so that no name hides another name or a point.

The placement is greedy and has no chance in it: the most crowded point goes first, and each name takes the nearest
free place, with a leader line where that is not beside the point. All lengths are points (1/72 inch).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
import shapely
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from analysis.style import INK, PAPER, QUIET_INK, SMALL_FONT_SIZE

DIRECTIONS = numpy.radians(
    [0, 180, 30, 330, 150, 210, 60, 300, 120, 240, 90, 270, 15, 345, 165, 195, 45, 315, 135, 225]
)
REACHES = (5.5, 9.0, 14.0, 20.0, 27.0, 35.0, 45.0, 57.0, 70.0, 85.0)
LEADER_FROM = 8.0  # a name this far from its point gets a leader line
MARGIN = 1.0
CROWD = 60.0

_NAME = {
    "fontsize": SMALL_FONT_SIZE,
    "color": INK,
    "parse_math": False,
    "bbox": {"facecolor": PAPER, "alpha": 0.7, "linewidth": 0, "pad": 0.5},
    "zorder": 6,
    "gid": "name",
}
_LEADER = {
    "arrowstyle": "-",
    "color": QUIET_INK,
    "linewidth": 0.5,
    "shrinkA": 0,
    "shrinkB": 3,
    "patchA": None,
}


@dataclass(frozen=True)
class Place:
    """Where a name stands: its centre and its box, in points from the lower left corner of the figure."""

    centre: numpy.ndarray
    box: shapely.Polygon
    leader: shapely.LineString
    reach: float


def find_points(axes: Axes, positions: numpy.ndarray) -> numpy.ndarray:
    """Convert data coordinates to points from the lower left corner of the figure."""
    return axes.transData.transform(positions) * 72 / axes.figure.dpi


def make_boxes(centres: numpy.ndarray, sizes: numpy.ndarray) -> numpy.ndarray:
    """Make one box per centre, `sizes` wide and high."""
    low, high = centres - sizes / 2, centres + sizes / 2
    return shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])


def place_names(
    points: numpy.ndarray,
    sizes: Sequence[numpy.ndarray],
    taken: Sequence[shapely.Geometry],
    frame: shapely.Polygon,
) -> list[Place | None]:
    """
    Find a free place for each name.

    Parameters
    ----------
    points : numpy.ndarray
        What is named, one row per name.
    sizes : sequence of numpy.ndarray
        Width and height of each name.
    taken : sequence of shapely.Geometry
        What no name may hide; markers, mostly.
    frame : shapely.Polygon
        Names stay inside.

    Returns
    -------
    list of Place or None
        In the order of `points`; None where there is no room.
    """
    boxes, leaders = [shapely.buffer(shape, MARGIN, join_style="mitre") for shape in taken], []
    places: list[Place | None] = [None] * len(points)
    for index in _sort_by_crowd(points):
        places[index] = place = _find_place(points[index], sizes[index], boxes, leaders, frame)
        if place is not None:
            boxes.append(place.box.buffer(MARGIN, join_style="mitre"))
            leaders.append(place.leader)
    return places


def draw_name(
    axes: Axes, position: numpy.ndarray, text: str, place: Place, weight: str = "normal"
) -> Annotation:
    """Write a name at its place, with a leader line where it stands off its point."""
    point = find_points(axes, position)
    low_x, low_y, high_x, high_y = place.box.bounds
    nearest = numpy.clip((point - (low_x, low_y)) / (high_x - low_x, high_y - low_y), 0, 1)
    leader = _LEADER | {"relpos": tuple(nearest)} if place.reach >= LEADER_FROM else None
    name = axes.annotate(
        text,
        xy=tuple(position),
        xytext=tuple(place.centre - point),
        textcoords="offset points",
        ha="center",
        va="center",
        fontweight=weight,
        arrowprops=leader,
        **_NAME,
    )
    name.set_in_layout(False)  # it stands inside the axes and was measured for their present size
    return name


def _sort_by_crowd(points: numpy.ndarray) -> list[int]:
    distances = numpy.linalg.norm(points[:, None] - points[None], axis=2)
    crowds = (distances < CROWD).sum(axis=1)
    return sorted(range(len(points)), key=lambda index: (-crowds[index], *points[index]))


def _find_place(
    point: numpy.ndarray,
    size: numpy.ndarray,
    taken: Sequence[shapely.Geometry],
    leaders: Sequence[shapely.LineString],
    frame: shapely.Polygon,
) -> Place | None:
    obstacles = numpy.array([*taken, *leaders], dtype=object)
    # A leader starts in its own marker, and in what surrounds it.
    crossable = shapely.intersects_xy(obstacles, *point)
    for reach in REACHES:
        places = _propose_places(point, size, reach)
        boxes = numpy.array([place.box for place in places])
        is_free = shapely.contains(frame, boxes) & ~_meet(boxes, obstacles)
        if reach >= LEADER_FROM:
            is_free &= ~_meet(numpy.array([place.leader for place in places]), obstacles[~crossable])
        if is_free.any():
            return places[int(is_free.argmax())]
    return None


def _meet(shapes: numpy.ndarray, obstacles: numpy.ndarray) -> numpy.ndarray:
    """Which shapes meet any of the obstacles."""
    return shapely.intersects(shapes[:, None], obstacles[None]).any(axis=1)


def _propose_places(point: numpy.ndarray, size: numpy.ndarray, reach: float) -> list[Place]:
    directions = numpy.column_stack([numpy.cos(DIRECTIONS), numpy.sin(DIRECTIONS)])
    # The box hangs on the side that faces the point; beyond about 40° it hangs on its corner.
    centres = point + directions * reach + numpy.clip(directions * 1.5, -1, 1) * size / 2
    boxes = make_boxes(centres, size)
    nearest = numpy.clip(point, centres - size / 2, centres + size / 2)
    return [
        Place(centre, box, shapely.LineString([point, end]), reach)
        for centre, box, end in zip(centres, boxes, nearest, strict=True)
    ]
