"""Maps of a city's partners: distance and direction from the home city are true."""

from __future__ import annotations

from collections.abc import Mapping

import numpy
import pandas
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from analysis.charts.layout import check_table
from analysis.maps.basemap import choose_ring_step, draw_land, draw_rings, make_disc, make_window
from analysis.maps.labels import find_points
from analysis.maps.marks import SMALL_MARKER_PT, draw_key, draw_markers, draw_names, list_places, surround
from analysis.maps.panels import KEY_HEIGHT_IN, WINDOW_ASPECT, open_panels, open_small, settle
from analysis.style import INK, QUIET_INK, SMALL_FONT_SIZE, TEXT_WIDTH_IN, settings
from analysis.wording import Wording

COLUMNS = ("name_de", "name_en", "latitude", "longitude", "group", "status")

# Partners this near get a map of their own when others are far away.
NEAR_KM = 2000
FEWEST_NEAR = 3

# So much of the surroundings that a reader knows where on Earth the two cities are.
LEAST_KM = 1000


@settings()
def draw_partner_map(
    relations: pandas.DataFrame, home: Mapping[str, object], words: Wording, *, ax: Axes | None = None
) -> Axes:
    """
    Draw where a city's partners lie: azimuthal equidistant about the home city, with rings of distance.

    Where some partners are near and others far, a second map enlarges the near ones. Shape and colour of a marker
    give the group; it is hollow, and its name says why, where a relation is not active.

    Parameters
    ----------
    relations : pandas.DataFrame
        One row per relation: name_de, name_en, latitude, longitude, group, status.
    home : Mapping
        Row of the home city: name_de, name_en, latitude, longitude.
    words : Wording
        Language of the map.
    ax : matplotlib.axes.Axes, optional
        Draw one map, of all partners, here. Without it a figure of page width is made.

    Returns
    -------
    matplotlib.axes.Axes
        The map of all partners; its ``figure`` is what to show.

    Raises
    ------
    ValueError
        If there are no relations or a column is missing.
    """
    check_table(relations, COLUMNS, "draw_partner_map")
    places = list_places(relations, home, words)
    near = places[places["distance_km"] <= NEAR_KM]
    is_split = ax is None and FEWEST_NEAR < len(near) < len(places)
    whole, *details = [ax] if ax is not None else open_panels(is_split)
    _draw_key(whole, ax is None, relations, words)
    far = places.drop(near.index[1:]) if is_split else places
    window = make_window(near[["x", "y"]].to_numpy(), WINDOW_ASPECT)
    _draw_panel(whole, home, places, far, _choose_frame(whole, far), words, window if is_split else None)
    for detail in details:
        _draw_panel(detail, home, places, near, window, words)
    return whole


@settings()
def draw_relation_map(
    relation: Mapping[str, object], home: Mapping[str, object], words: Wording, *, ax: Axes | None = None
) -> Axes:
    """
    Draw the home city and one partner, joined by the shortest way, with its length.

    Parameters
    ----------
    relation : Mapping
        A row of the relations: name_de, name_en, latitude, longitude, group, status.
    home, words, ax
        As in `draw_partner_map`; without `ax` a small figure is made.
    """
    relations = pandas.DataFrame([dict(relation)])
    check_table(relations, COLUMNS, "draw_relation_map")
    axes = open_small() if ax is None else ax
    axes.set(xticks=[], yticks=[])
    settle(axes)
    places = list_places(relations, home, words)
    ends = places[["x", "y"]].to_numpy()
    window = make_window(ends, axes.bbox.width / axes.bbox.height, margin=0.3, least_km=LEAST_KM)
    draw_land(axes, home, window)
    axes.plot(*ends.T, color=INK, linewidth=0.8, zorder=3, gid="way")
    draw_markers(axes, places)
    length = words.text("{km}\u00a0km", "{km}\u00a0km", km=round(float(places["distance_km"].iloc[1])))
    x, y = numpy.vstack([ends, ends[1] / 2]).T
    named = pandas.DataFrame(
        {"name": [*places["name"], length], "x": x, "y": y, "is_home": [True, False, False]}
    )
    draw_names(axes, named, [*surround(axes, places), shapely.LineString(find_points(axes, ends))])
    return axes


def _draw_key(axes: Axes, is_own: bool, relations: pandas.DataFrame, words: Wording) -> None:
    """Draw the key above the panels, or above the given axes in lines that fit their width."""
    axes.set(xticks=[], yticks=[])
    settle(axes)
    if is_own:
        corner = 0, 1 - KEY_HEIGHT_IN / axes.figure.get_figheight()
        draw_key(axes.figure, corner, TEXT_WIDTH_IN * 72, relations, words)
    else:
        draw_key(axes, (0, 1), axes.bbox.width * 72 / axes.figure.dpi, relations, words)


def _choose_frame(axes: Axes, places: pandas.DataFrame) -> shapely.Polygon:
    if places["distance_km"].max() > NEAR_KM:
        return make_disc(places["distance_km"].max())
    return make_window(places[["x", "y"]].to_numpy(), axes.bbox.width / axes.bbox.height)


def _draw_panel(
    axes: Axes,
    home: Mapping[str, object],
    places: pandas.DataFrame,
    named: pandas.DataFrame,
    frame: shapely.Polygon,
    words: Wording,
    detail: shapely.Polygon | None = None,
) -> None:
    """Draw land, rings and all places in the frame; name those in `named`, and frame the detail."""
    furthest = float(named["distance_km"].max())
    note = _draw_ground(axes, home, frame, furthest, words, detail is not None)
    shown = places[shapely.contains_xy(frame, places["x"], places["y"])]
    rings = draw_rings(axes, frame, furthest, shown[["x", "y"]].to_numpy(), words)
    is_named = shown.index.isin(named.index)
    draw_markers(axes, shown[~is_named], SMALL_MARKER_PT)
    draw_markers(axes, shown[is_named])
    framed = [] if detail is None else [_frame_detail(axes, detail)]
    nameless = draw_names(axes, named, [*rings, *framed, *surround(axes, named)])
    if nameless:
        left_out = words.text(
            "ohne Platz: {n} {n:Name|Namen}", "without room: {n} {n:name|names}", n=nameless
        )
        note.set_text(f"{note.get_text().strip()}\n{left_out}")


def _draw_ground(
    axes: Axes,
    home: Mapping[str, object],
    frame: shapely.Polygon,
    furthest: float,
    words: Wording,
    has_detail: bool,
) -> Annotation:
    """Draw the land and the lines below it, then settle the layout, so that names can be measured."""
    draw_land(axes, home, frame)
    text = words.text("Ringe alle {km} km", "Rings every {km} km", km=choose_ring_step(furthest))
    if has_detail:
        text += words.text("; Rahmen: rechts vergrößert", "; frame: enlarged at the right")
    place = {"xytext": (0, -3), "xycoords": "axes fraction", "textcoords": "offset points", "va": "top"}
    style = {"fontsize": SMALL_FONT_SIZE, "color": QUIET_INK, "parse_math": False, "gid": "caption"}
    note = axes.annotate(text + "\n", (0, 0), **place, **style)  # the second line is for what has no room
    settle(axes)
    return note


def _frame_detail(axes: Axes, window: shapely.Polygon) -> shapely.Polygon:
    """Frame what the second map enlarges; returns the frame in points, so that names keep off it."""
    low_x, low_y, high_x, high_y = window.bounds
    style = {"fill": False, "edgecolor": QUIET_INK, "linewidth": 0.7, "zorder": 3, "gid": "detail"}
    axes.add_patch(Rectangle((low_x, low_y), high_x - low_x, high_y - low_y, **style))
    return shapely.transform(window, lambda positions: find_points(axes, positions))
