"""What every figure does alike: checked columns, quiet axes, a key above, eras behind, text that fits."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

import numpy
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from analysis.letters import measure_letters
from analysis.style import GRID, PAPER, QUIET_INK, SMALL_FONT_SIZE, TEXT_WIDTH_IN, figure
from analysis.wording import Wording

Era = tuple[str, int | None, int | None]

ERA_SHADE = "#f1f1f1"

# Of a key, in sizes of its letters: handle with the gap behind it, that gap, between columns, around all, up to the axes and the edge
_HANDLE, _HANDLE_GAP, _COLUMN_GAP, _BORDER, _OUTSIDE = 3.0, 0.8, 1.4, 0.4, 0.75


def check_table(table: pd.DataFrame, columns: Iterable[str], where: str) -> None:
    """Raise a ValueError if a table has no rows or lacks a column that a figure needs."""
    lacking = [column for column in columns if column not in table.columns]
    if lacking:
        raise ValueError(
            f"{where}: the table has the columns {', '.join(map(str, table.columns)) or 'none'}; "
            f"needed is also {', '.join(lacking)}. Add it to the table."
        )
    if table.empty:
        raise ValueError(f"{where}: the table has no rows. Say so in words instead of drawing a figure.")


def open_axes(ax: Axes | None, height_in: float) -> Axes:
    """The given axes, or those of a new figure of page width; without spines and tick marks."""
    if ax is None:
        ax = figure(TEXT_WIDTH_IN, height_in).add_subplot()
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0, labelsize=SMALL_FONT_SIZE)
    ax.set_axisbelow(True)
    return ax


def place_axes(ax: Axes) -> None:
    """Give the axes the place that the layout of their figure has for them, so that widths can be measured."""
    sheet = ax.get_figure(root=True)
    if engine := sheet.get_layout_engine():
        engine.execute(sheet)


def measure_text(text: str, weight: str = "normal") -> numpy.ndarray:
    """Measure width and height of a small text in points, the same for every output format."""
    font = FontProperties(family="DejaVu Sans", size=SMALL_FONT_SIZE, weight=weight)
    width, _, _ = measure_letters(text, font)
    return numpy.array([width, SMALL_FONT_SIZE * 1.2])


def add_key(ax: Axes, handles: Sequence[Artist], *, below: bool = False) -> None:
    """Put a key above (or below) the drawing, in as few lines as its width allows; `place_axes` comes before it."""
    room = (ax.figure.bbox.x1 - ax.bbox.x0) * 72 / ax.figure.dpi / SMALL_FONT_SIZE
    ax.legend(
        handles=handles,
        ncols=_count_columns([handle.get_label() for handle in handles], room),
        loc="upper left" if below else "lower left",
        bbox_to_anchor=(0, 0 if below else 1),
        frameon=False,
        fontsize=SMALL_FONT_SIZE,
        borderaxespad=0.3,
        handlelength=_HANDLE - _HANDLE_GAP,
        handletextpad=_HANDLE_GAP,
        columnspacing=_COLUMN_GAP,
        borderpad=_BORDER,
    )


def _count_columns(labels: Sequence[str], room: float) -> int:
    """In how many columns a key fits into a width; all widths in small letters' sizes."""
    widths = [measure_text(label)[0] / SMALL_FONT_SIZE for label in labels]
    for columns in range(len(labels), 1, -1):
        split = numpy.array_split(widths, columns)  # as a legend is filled, column after column
        used = sum(max(column) + _HANDLE for column in split) + (columns - 1) * _COLUMN_GAP
        if used + 2 * _BORDER + _OUTSIDE <= room:
            return columns
    return 1


def shade_eras(ax: Axes, eras: Sequence[Era], words: Wording, *, shift: float = 0.0) -> None:
    """Shade every second era behind the drawing and name all at its upper edge.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes with years on the horizontal axis and limits already set.
    eras : sequence of (code, first year, last year)
        None instead of a year: open on that side. Eras outside the limits are left out.
    words : Wording
        Gives the label of the field ``era``.
    shift : float
        Where a year begins on the axis: 0 at its number, -0.5 if the number is its middle.
    """
    left, right = ax.get_xlim()
    place_axes(ax)
    for position, (code, first, last) in enumerate(eras):
        start = left if first is None else max(left, first + shift)
        end = right if last is None else min(right, last + 1 + shift)
        if start >= end:
            continue
        shade = PAPER if position % 2 else ERA_SHADE
        place = {"transform": ax.get_xaxis_transform(), "zorder": -2}
        ax.add_artist(Rectangle((start, 0), end - start, 1, color=shade, linewidth=0, **place))
        label = words.label("era", code)
        points = (end - start) / (right - left) * ax.bbox.width * 72 / ax.figure.dpi
        _write_era(ax, (start + end) / 2, fit(label, points - 4), shade)


def _write_era(ax: Axes, x: float, label: str, shade: str) -> None:
    ax.annotate(
        label,
        (x, 1),
        xytext=(0, -3),
        xycoords=ax.get_xaxis_transform(),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=SMALL_FONT_SIZE,
        color=QUIET_INK,
        bbox={"facecolor": shade, "edgecolor": "none", "pad": 1},
        gid="era",
    )


def fit(text: str, width_pt: float, lines: int = 3) -> str:
    """Break a text between words into lines of about a width in points at the small font size."""
    letters = max(4, int(width_pt / (0.58 * SMALL_FONT_SIZE)))
    return wrap(text, letters, lines, break_long_words=False)


def wrap(text: str, letters: int, lines: int | None = 2, *, break_long_words: bool = True) -> str:
    """Break a text into at most `lines` lines (None: any) of so many letters; what is left out shows as …"""
    broken = textwrap.wrap(
        str(text), letters, max_lines=lines, placeholder=" …", break_long_words=break_long_words
    )
    return "\n".join(broken)


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Move positions apart until neighbours are at least `gap` apart, as little as possible upwards."""
    placed: dict[int, float] = {}
    lowest = float("-inf")
    for index in sorted(range(len(wanted)), key=lambda index: wanted[index]):
        lowest = max(wanted[index], lowest + gap)
        placed[index] = lowest
    return [placed[index] for index in range(len(wanted))]


def grid_lines(ax: Axes, axis: str) -> None:
    """Thin lines at the ticks of one axis."""
    ax.grid(axis=axis, color=GRID, linewidth=0.5)


def year_axis(ax: Axes, label: str) -> None:
    """Whole years, every 1, 2, 5 or 10, on the horizontal axis, with its name."""
    ax.xaxis.set_major_locator(MaxNLocator(nbins=10, integer=True, steps=[1, 2, 5, 10], min_n_ticks=1))
    ax.set_xlabel(label, fontsize=SMALL_FONT_SIZE)


def number_axis(ax: Axes, axis: str, label: str) -> None:
    """Whole numbers and thin lines on one axis ("x" or "y"), with its name."""
    side = ax.xaxis if axis == "x" else ax.yaxis
    side.set_major_locator(MaxNLocator(nbins=8, integer=True))
    side.set_label_text(label, fontsize=SMALL_FONT_SIZE)
    grid_lines(ax, axis)
