"""The sheets of maps: where the panels stand that have the shape of their frames."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.layout import place_axes
from analysis.style import TEXT_WIDTH_IN, figure

PANEL_HEIGHT_IN = 2.95
KEY_HEIGHT_IN = 0.42
CAPTION_HEIGHT_IN = 0.32
WINDOW_ASPECT = 1.24
_EDGE_IN = 3 / 72


def open_panels(is_split: bool) -> list[Axes]:
    """Open the panels of a new figure: one, or a square one and a wider one beside it."""
    height = PANEL_HEIGHT_IN + KEY_HEIGHT_IN + CAPTION_HEIGHT_IN
    canvas = _open_sheet(TEXT_WIDTH_IN, height)
    bottom, tall, square = (
        CAPTION_HEIGHT_IN / height,
        PANEL_HEIGHT_IN / height,
        PANEL_HEIGHT_IN / TEXT_WIDTH_IN,
    )
    if not is_split:
        return [canvas.add_axes((0.005, bottom, 0.99, tall))]
    wide = square * WINDOW_ASPECT
    return [canvas.add_axes((0, bottom, square, tall)), canvas.add_axes((0.995 - wide, bottom, wide, tall))]


def open_small() -> Axes:
    """Open a small figure that is a map up to its edges."""
    canvas = _open_sheet(TEXT_WIDTH_IN * 0.6, 2.6)
    edge = _EDGE_IN / canvas.get_size_inches()
    return canvas.add_axes((*edge, *(1 - 2 * edge)))


def settle(axes: Axes) -> None:
    """Settle where the axes stand and what shape they have, so that names can be measured."""
    place_axes(axes)
    axes.apply_aspect()


def _open_sheet(width_in: float, height_in: float) -> Figure:
    sheet = figure(width_in, height_in)
    sheet.set_layout_engine("none")  # all places are known
    return sheet
