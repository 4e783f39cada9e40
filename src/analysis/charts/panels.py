"""Small drawings of the same kind, one for each relation: calendars and years."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.charts.fills import shade
from analysis.charts.layout import check_table, grid_lines, open_axes, wrap
from analysis.style import QUIET_INK, SMALL_FONT_SIZE, TEXT_WIDTH_IN, figure, settings
from analysis.wording import Wording

_COLUMNS = 4
# Inches: for numbers at the left, between drawings, at the right, for the title of a drawing, for the key, for years or months below
_LEFT, _BETWEEN, _RIGHT, _TITLE, _KEY, _BELOW = 0.42, 0.14, 0.06, 0.22, 0.36, 0.39
_STEPS = (1, 2, 4, 7)  # from so many activities a month on, a darker square
_UNLOGGED = "#ececec"  # ground of years for which the log is not said to be complete


@settings()
def draw_calendars(
    months: pd.DataFrame, yearly: pd.DataFrame, words: Wording, *, names: Mapping[str, str]
) -> Figure:
    """Draw in which months of which years each relation had activities: a square per month, darker for more.

    Parameters
    ----------
    months : pandas.DataFrame
        partnership_id, year, month, count (from `analysis.activity.count_months`).
    yearly : pandas.DataFrame
        partnership_id, year, is_observed: the relations and years to be shown. Years that are not observed have a grey ground,
        unless none of any relation is.
    names : mapping of str to str
        Name of each relation, in the order to be shown.

    Raises
    ------
    ValueError
        If `yearly` is empty or a column is missing.
    """
    check_table(yearly, ("partnership_id", "year", "is_observed"), "draw_calendars")
    years = range(int(yearly["year"].min()), int(yearly["year"].max()) + 1)
    sheet, panels = _open_panels(names, 0.2 + 0.1 * len(years))
    for (key, ax), first in zip(panels.items(), _are_first(panels), strict=True):
        own = months[(months["partnership_id"] == key) & months["year"].isin(years)]
        _shade_unlogged(ax.axhspan, yearly, key)
        for place, least in enumerate(_STEPS):
            most = _STEPS[place + 1] if place + 1 < len(_STEPS) else np.inf
            some = own[(own["count"] >= least) & (own["count"] < most)]
            ax.plot(some["month"], some["year"], gid=f"from-{least}", **_square(place))
        ax.set_xlim(0.4, 12.6)
        ax.set_ylim(years[-1] + 0.6, years[0] - 0.6)
        ax.set_xticks([1, 4, 7, 10])
        grid_lines(ax, "both")
        ax.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
        ax.tick_params(labelleft=first, labelbottom=key in _lowest(panels))
    sheet.supxlabel(words.text("Monat", "Month"), fontsize=SMALL_FONT_SIZE)
    ends = [str(step - 1) for step in _STEPS[1:]]
    labels = [_name_step(least, end) for least, end in zip(_STEPS, [*ends, ""], strict=True)]
    squares = [Line2D([], [], label=label, **_square(place)) for place, label in enumerate(labels)]
    _add_key(sheet, squares, yearly, words)
    return sheet


def _name_step(least: int, end: str) -> str:
    if str(least) == end:
        return end
    return f"{least}–{end}" if end else f"{least}+"


def _square(place: int) -> dict[str, object]:
    color = shade(place + 1, len(_STEPS) + 1)  # the lightest shade is lost on a small square
    return {"linestyle": "none", "marker": "s", "markersize": 5.6, "markeredgewidth": 0, "color": color}


@settings()
def draw_year_panels(yearly: pd.DataFrame, words: Wording, *, names: Mapping[str, str]) -> Figure:
    """Draw how many activities each relation had in each year, projects of the administration dark, all on one scale.

    Parameters
    ----------
    yearly : pandas.DataFrame
        partnership_id, year, activities, projects (missing where not known), is_observed (from
        `analysis.activity.measure_years`). Years that are not observed have a grey ground, unless none of any relation is.
    names : mapping of str to str
        Name of each relation, in the order to be shown.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    needed = ("partnership_id", "year", "activities", "projects", "is_observed")
    check_table(yearly, needed, "draw_year_panels")
    sheet, panels = _open_panels(names, 0.85)
    top = max(1, yearly["activities"].fillna(0).max())
    span = int(yearly["year"].min()), int(yearly["year"].max())
    for (key, ax), first in zip(panels.items(), _are_first(panels), strict=True):
        own = yearly[yearly["partnership_id"] == key]
        _shade_unlogged(ax.axvspan, yearly, key)
        for column, place in (("activities", 0), ("projects", 1)):
            known = own.dropna(subset=column)
            color = shade(2 * place + 1, 4)
            ax.bar(known["year"], known[column].astype(int), width=0.8, color=color, linewidth=0, gid=column)
        ax.set_xlim(span[0] - 0.6, span[1] + 0.6)
        ax.set_ylim(0, top * 1.05)
        ax.set_xticks(sorted({*span}), [str(year) for year in sorted({*span})])
        ends = ax.get_xticklabels()
        for end, side in zip(ends, ("left", "right") if len(ends) > 1 else ("center",), strict=True):
            end.set_ha(side)  # else the last year would touch the first one of the next drawing
        ax.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True, min_n_ticks=1))
        grid_lines(ax, "y")
        ax.tick_params(labelleft=first, labelbottom=key in _lowest(panels))
    _add_key(sheet, _name_bars(words)[: 1 + yearly["projects"].notna().any()], yearly, words)
    return sheet


def _name_bars(words: Wording) -> list[Patch]:
    labels = (
        words.text("Aktivitäten", "Activities"),
        words.text("davon Projekte der Verwaltung", "of these projects of the administration"),
    )
    return [
        Patch(color=shade(2 * place + 1, 4), linewidth=0, label=label) for place, label in enumerate(labels)
    ]


def _open_panels(names: Mapping[str, str], height_in: float) -> tuple[Figure, dict[str, Axes]]:
    """A figure with a small titled drawing per name, four in a row."""
    rows = -(-len(names) // _COLUMNS)
    sheet = figure(TEXT_WIDTH_IN, _KEY + rows * (_TITLE + height_in) + _BELOW)
    sheet.set_layout_engine(None)  # to find places for so many drawings would take longer than to draw them
    whole = sheet.get_size_inches()
    width_in = (whole[0] - _LEFT - _RIGHT + _BETWEEN) / _COLUMNS - _BETWEEN
    panels = {}
    for place, key in enumerate(names):
        row, column = divmod(place, _COLUMNS)
        left, below = _LEFT + column * (width_in + _BETWEEN), _BELOW + (rows - row - 1) * (_TITLE + height_in)
        ax = sheet.add_axes((left / whole[0], below / whole[1], width_in / whole[0], height_in / whole[1]))
        panels[key] = open_axes(ax, height_in)
        ax.set_title(wrap(names[key], 25, lines=1), fontsize=SMALL_FONT_SIZE, loc="left", pad=3)
    return sheet, panels


def _are_first(panels: Mapping[str, Axes]) -> list[bool]:
    return [place % _COLUMNS == 0 for place in range(len(panels))]


def _lowest(panels: Mapping[str, Axes]) -> list[str]:
    """The last drawing of each column: only these have their axis named."""
    return list(panels)[-_COLUMNS:]


def _shade_unlogged(span: Callable[..., object], yearly: pd.DataFrame, key: str) -> None:
    """Grey ground behind the years of a relation that are not observed; none where no year of any relation is."""
    unlogged = yearly[(yearly["partnership_id"] == key) & ~yearly["is_observed"]]
    for year in unlogged["year"] if yearly["is_observed"].any() else ():
        span(year - 0.5, year + 0.5, color=_UNLOGGED, linewidth=0, zorder=-2, gid="unlogged")


def _add_key(sheet: Figure, handles: list, yearly: pd.DataFrame, words: Wording) -> None:
    if yearly["is_observed"].any() and not yearly["is_observed"].all():
        label = words.text("Protokoll nicht vollständig", "log not complete")
        handles = [*handles, Patch(facecolor=_UNLOGGED, edgecolor=QUIET_INK, linewidth=0.3, label=label)]
    sheet.legend(
        handles=handles, loc="upper left", ncols=len(handles), frameon=False, fontsize=SMALL_FONT_SIZE
    )
