"""How a map marks places: where they lie, marker and name of each, and the key that explains the markers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy
import pandas
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.charts.layout import measure_text
from analysis.geography import measure_distance
from analysis.maps.labels import draw_name, find_points, make_boxes, place_names
from analysis.maps.outlines import find_position
from analysis.style import GROUP_STYLE, INK, PAPER, SMALL_FONT_SIZE, STATUS_STYLE
from analysis.wording import Wording

MARKER_PT = 6.0
SMALL_MARKER_PT = 3.5
# A diamond is wider than its size, a triangle has less area: these factors make them look alike.
MARKER_FACTORS = {"D": 0.85, "^": 1.12, "s": 0.95}
HOME_STYLE = {"marker": "*", "markersize": 10, "color": INK, "markeredgecolor": PAPER, "markeredgewidth": 0.6}


def list_places(relations: pandas.DataFrame, home: Mapping[str, object], words: Wording) -> pandas.DataFrame:
    """
    List what a map shows: the home city, then the partners.

    Returns
    -------
    pandas.DataFrame
        name (as the map shows it: with the status, where a relation is not active), x and y (km about the home
        city), distance_km, is_home, group, status.
    """
    latitude, longitude = (
        pandas.Series([home[name], *relations[name]], dtype="Float64") for name in ("latitude", "longitude")
    )
    partners = zip(words.names(relations), relations["status"], strict=True)
    names = [words.name(home), *(_name_partner(*partner, words) for partner in partners)]
    x, y = find_position(latitude, longitude, home).T
    return pandas.DataFrame(
        {
            "name": [" ".join(name.split()) for name in names],
            "x": x,
            "y": y,
            "distance_km": measure_distance(latitude, longitude, home),
            "is_home": latitude.index == 0,
            "group": [None, *relations["group"]],
            "status": [None, *relations["status"]],
        }
    )


def draw_markers(axes: Axes, places: pandas.DataFrame, size: float = MARKER_PT) -> None:
    """Draw one marker per place; its shape and colour give the group, a hollow one is not active."""
    for row in places.to_dict("records"):
        style = HOME_STYLE if row["is_home"] else _style_marker(row["group"], is_active(row["status"]), size)
        place = {"xdata": [row["x"]], "ydata": [row["y"]], "zorder": 5 if row["is_home"] else 4}
        axes.add_artist(Line2D(**place, linestyle="none", **style))


def draw_names(axes: Axes, places: pandas.DataFrame, taken: Sequence[shapely.Geometry]) -> int:
    """
    Name places beside their markers.

    Parameters
    ----------
    places : pandas.DataFrame
        name, x, y, is_home.
    taken : sequence of shapely.Geometry
        What no name may hide, in points.

    Returns
    -------
    int
        How many places stay without a name because there is no room.
    """
    places = places.drop_duplicates(["name", "x", "y"])
    positions = places[["x", "y"]].to_numpy(float)
    weights = ["bold" if is_home else "normal" for is_home in places["is_home"]]
    sizes = [measure_text(*text) for text in zip(places["name"], weights, strict=True)]
    spots = place_names(find_points(axes, positions), sizes, taken, _find_frame(axes))
    for position, name, weight, spot in zip(positions, places["name"], weights, spots, strict=True):
        if spot is not None:
            draw_name(axes, position, name, spot, weight)
    return spots.count(None)


def surround(axes: Axes, places: pandas.DataFrame) -> list[shapely.Polygon]:
    """Boxes about markers, in points, which no name may hide."""
    points = find_points(axes, places[["x", "y"]].to_numpy(float))
    return list(make_boxes(points, numpy.full_like(points, MARKER_PT + 1)))


def draw_key(
    target: Axes | Figure,
    corner: tuple[float, float],
    width_pt: float,
    relations: pandas.DataFrame,
    words: Wording,
) -> None:
    """
    Draw the key: each group with its number of relations, and the hollow marker if there is one.

    Parameters
    ----------
    target : matplotlib Axes or Figure
        Where the key belongs.
    corner : tuple
        Its lower left corner, as fractions of the target.
    width_pt : float
        It takes as many lines as it needs for this width.
    """
    handles = _list_key(relations, words)
    widest = max(measure_text(handle.get_label())[0] for handle in handles) + 4 * SMALL_FONT_SIZE
    columns = max(1, min(len(handles), int(width_pt / widest)))
    place = {"loc": "lower left", "bbox_to_anchor": corner, "borderaxespad": 0.3, "handlelength": 1.2}
    target.legend(handles=handles, ncols=columns, frameon=False, fontsize=SMALL_FONT_SIZE, **place)


def is_active(status: str) -> bool:
    """Whether a status is drawn as a filled marker."""
    return STATUS_STYLE[status]["filled"]


def _style_marker(group: str, is_filled: bool = True, size: float = MARKER_PT) -> dict[str, object]:
    color, marker = GROUP_STYLE[group]["color"], GROUP_STYLE[group]["marker"]
    face, edge, width = (color, PAPER, 0.6) if is_filled else (PAPER, color, 1.3)
    return {
        "marker": marker,
        "markersize": size * MARKER_FACTORS.get(marker, 1) + 0.6 - width,
        "markerfacecolor": face,
        "markeredgecolor": edge,
        "markeredgewidth": width,
    }


def _list_key(relations: pandas.DataFrame, words: Wording) -> list[Line2D]:
    counts = relations["group"].value_counts()
    key = [
        Line2D(
            [],
            [],
            linestyle="none",
            label=f"{words.label('group', group)} ({counts[group]})",
            **_style_marker(group),
        )
        for group in GROUP_STYLE
        if group in counts
    ]
    if not relations["status"].map(is_active).all():
        label = words.text("hohles Zeichen: Stand in Klammern", "hollow marker: state in brackets")
        hollow = {"marker": "o", "markerfacecolor": PAPER, "markeredgecolor": INK, "markersize": MARKER_PT}
        key.append(Line2D([], [], linestyle="none", label=label, **hollow))
    return key


def _name_partner(name: str, status: str, words: Wording) -> str:
    return name if is_active(status) else f"{name} ({words.label('status', status)})"


def _find_frame(axes: Axes) -> shapely.Polygon:
    corners = numpy.column_stack([axes.get_xlim(), axes.get_ylim()])
    return shapely.box(*find_points(axes, corners).ravel()).buffer(-1, join_style="mitre")
