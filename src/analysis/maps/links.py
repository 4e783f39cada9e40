"""Who is linked with whom, drawn by country: thousands of single links would be one black ball."""

from __future__ import annotations

from collections.abc import Collection

import numpy
import pandas
import shapely
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts.layout import check_table
from analysis.geography import WGS84
from analysis.maps.basemap import draw_land
from analysis.maps.outlines import find_position
from analysis.maps.world import draw_world, project_world, trace_way
from analysis.style import GROUP_STYLE, INK, PAPER, SMALL_FONT_SIZE, TEXT_WIDTH_IN, figure, settings
from analysis.wording import Wording

FAR_KM = 3000
SHOWN = 40  # links between countries on each map
_MIDDLE = {"latitude": 51.0, "longitude": 14.0}
_WINDOW = shapely.box(-2250, -1950, 2250, 2050)  # Europe, km about the middle
_HEIGHT_IN, _KEY_IN = 7.6, 0.3
_MORE, _FEWER = GROUP_STYLE["international"]["color"], GROUP_STYLE["national"]["color"]
_WIDEST_PT = 6.0
_WORLD_ASPECT = (8450 + 6900) / (2 * 17300)


@settings()
def draw_country_links(links: pandas.DataFrame, countries: pandas.DataFrame, words: Wording) -> Axes:
    """
    Draw links between countries: above those over 3,000 km on the whole Earth, below the shorter ones in Europe.

    The width of a line grows with the number of links between cities of the two countries. A blue full line says:
    more than chance would give; an orange broken one: fewer. A dot is a country (the middle of its cities in
    the network), its area the number of links within it. The 40 strongest on each map are drawn.

    Parameters
    ----------
    links : pandas.DataFrame
        country_code, partner_country_code, links, ratio: from `analysis.network.mixing.count_country_links`.
    countries : pandas.DataFrame
        country_code, latitude, longitude: from `analysis.network.mixing.locate_countries`.

    Returns
    -------
    matplotlib.axes.Axes
        The map of the Earth; its ``figure`` is what to show.

    Raises
    ------
    ValueError
        If a table is empty or lacks a column.
    """
    check_table(links, ("country_code", "partner_country_code", "links", "ratio"), "draw_country_links")
    check_table(countries, ("country_code", "latitude", "longitude"), "draw_country_links")
    places = countries.set_index("country_code")[["latitude", "longitude"]].astype(float)
    shown = choose_links(links, places)
    widest = shown["links"].max()
    world, europe = _open_panels()
    draw_world(world)
    draw_land(europe, _MIDDLE, _WINDOW)
    for row in shown[::-1].itertuples():  # the strongest lie on top
        ends = [tuple(places.loc[code]) for code in (row.country_code, row.partner_country_code)]
        ways = (
            trace_way(*ends) if row.is_far else [_find_near(pandas.DataFrame(ends, columns=places.columns))]
        )
        _draw_ways(world if row.is_far else europe, ways, row, widest)
    home = links[links["country_code"] == links["partner_country_code"]].set_index("country_code")["links"]
    is_near = _is_in_window(places)
    ends = {flag: set(part.iloc[:, :2].to_numpy().ravel()) for flag, part in shown.groupby("is_far")}
    _draw_countries(world, project_world(*places.to_numpy().T), places.index, home, widest)
    _name_countries(
        world, project_world(*places[~is_near].to_numpy().T), places.index[~is_near], ends.get(True, ())
    )
    _draw_countries(europe, _find_near(places[is_near]), places.index[is_near], home, widest)
    _name_countries(europe, _find_near(places[is_near]), places.index[is_near], ends.get(False, ()))
    _draw_key(world, widest, words)
    return world


def choose_links(links: pandas.DataFrame, places: pandas.DataFrame) -> pandas.DataFrame:
    """
    Choose the links between two different countries that the maps show.

    Parameters
    ----------
    links : pandas.DataFrame
        As in `draw_country_links`.
    places : pandas.DataFrame
        latitude, longitude; index country_code.

    Returns
    -------
    pandas.DataFrame
        The rows of `links` that are drawn, the strongest first, with distance_km and is_far.
    """
    pairs = links[links["country_code"] != links["partner_country_code"]]
    known = [pairs[column].isin(places.index) for column in ("country_code", "partner_country_code")]
    pairs = pairs[known[0] & known[1]]
    one, other = (places.loc[pairs[column]] for column in ("country_code", "partner_country_code"))
    metres = WGS84.inv(*(end[column] for end in (one, other) for column in ("longitude", "latitude")))[2]
    pairs = pairs.assign(distance_km=metres / 1000, is_far=metres / 1000 > FAR_KM)
    pairs = pairs[pairs["is_far"] | (_is_in_window(one) & _is_in_window(other))]
    return (
        pairs.sort_values("links", ascending=False, kind="stable").groupby("is_far", sort=False).head(SHOWN)
    )


def _is_in_window(places: pandas.DataFrame) -> numpy.ndarray:
    return shapely.contains_xy(_WINDOW, *_find_near(places).T)


def _find_near(places: pandas.DataFrame) -> numpy.ndarray:
    return find_position(places["latitude"], places["longitude"], _MIDDLE)


def _open_panels() -> list[Axes]:
    """The whole Earth above, Europe below, each as wide as the page."""
    canvas = figure(TEXT_WIDTH_IN, _HEIGHT_IN)
    canvas.set_layout_engine("none")  # the panels have the shape of their frames
    world = TEXT_WIDTH_IN * _WORLD_ASPECT / _HEIGHT_IN
    key = _KEY_IN / _HEIGHT_IN
    below = 1 - world - key - 0.01
    return [canvas.add_axes((0, 1 - world - key, 1, world)), canvas.add_axes((0.1, 0, 0.8, below))]


def _draw_ways(axes: Axes, ways: list[numpy.ndarray], row: object, widest: int) -> None:
    is_more = row.ratio >= 1
    for way in ways:
        axes.plot(
            *way.T,
            color=_MORE if is_more else _FEWER,
            linestyle="-" if is_more else (0, (3, 1.2)),
            linewidth=_width(row.links, widest),
            alpha=0.75,
            solid_capstyle="round",
            dash_capstyle="butt",
            zorder=3,
            gid="more" if is_more else "fewer",
        )


def _width(links: float, widest: float) -> float:
    """Width of a line in points; links of any number stay visible."""
    return max(0.4, _WIDEST_PT * links / widest)


def _draw_countries(
    axes: Axes, positions: numpy.ndarray, codes: pandas.Index, home: pandas.Series, widest: int
) -> None:
    sizes = [(_WIDEST_PT * 2) ** 2 * home.get(code, 0) / widest for code in codes]
    axes.scatter(*positions.T, s=sizes, color=INK, edgecolor=PAPER, linewidth=0.4, zorder=4, gid="country")


def _name_countries(
    axes: Axes, positions: numpy.ndarray, codes: pandas.Index, named: Collection[str]
) -> None:
    """Write the code of each country that a line of this map ends in."""
    box = {"facecolor": PAPER, "alpha": 0.75, "linewidth": 0, "pad": 0.4}
    place = {"xytext": (0, 4), "textcoords": "offset points", "ha": "center", "va": "bottom"}
    for code, position in zip(codes, positions, strict=True):
        if code in named:
            axes.annotate(code, position, fontsize=SMALL_FONT_SIZE, bbox=box, zorder=5, gid="name", **place)


def _draw_key(axes: Axes, widest: int, words: Wording) -> None:
    some = max(1, round(widest / 4))
    handles = [
        Line2D(
            [],
            [],
            color=_MORE,
            linewidth=_width(some, widest),
            label=words.text("mehr als zufällig", "more than by chance"),
        ),
        Line2D(
            [],
            [],
            color=_FEWER,
            linewidth=_width(some, widest),
            linestyle=(0, (3, 1.2)),
            label=words.text("weniger", "fewer"),
        ),
        Line2D(
            [],
            [],
            color=INK,
            linewidth=_width(some, widest),
            label=words.text("Breite: {n} Verbindungen", "width: {n} links", n=some),
        ),
        Line2D(
            [],
            [],
            color=INK,
            linestyle="none",
            marker="o",
            markersize=_WIDEST_PT * 2 * 0.5,
            label=words.text("im selben Land: {n}", "within a country: {n}", n=some),
        ),
    ]
    axes.figure.legend(handles=handles, ncols=4, loc="upper center", frameon=False, fontsize=SMALL_FONT_SIZE)
