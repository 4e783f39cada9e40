"""Growth and activity along the years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import StepPatch
from matplotlib.transforms import offset_copy

from analysis.charts.fills import fill_styles, in_group_order
from analysis.charts.layout import (
    Era,
    check_table,
    number_axis,
    open_axes,
    shade_eras,
    spread,
    wrap,
    year_axis,
)
from analysis.charts.rows import draw_bar
from analysis.style import GROUP_STYLE, QUIET_INK, SMALL_FONT_SIZE, settings
from analysis.wording import Wording


@settings()
def draw_growth(
    growth: pd.DataFrame,
    words: Wording,
    *,
    by: str = "group",
    eras: Sequence[Era] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw relations in force at the end of each year, as stacked steps named at the right.

    Groups keep the report's order from below; other codes stand with the most frequent below.

    Parameters
    ----------
    growth : pandas.DataFrame
        year, the column `by` (a code: group, form, region_code), count; a row for every year and code.
    eras : sequence of (code, first year, last year), optional
        Shaded behind the steps.

    Raises
    ------
    ValueError
        If the table is empty, a column is missing, or a year and code have no count.
    """
    check_table(growth, ("year", by, "count"), "draw_growth")
    totals = growth.groupby(by)["count"].sum().sort_values(ascending=False, kind="stable")
    codes = in_group_order(totals.index)
    table = growth.pivot(index="year", columns=by, values="count")[codes]
    _check_complete(table)
    ax = open_axes(ax, 3.1)
    edges = np.append(table.index.to_numpy(float) - 0.5, table.index.max() + 0.5)
    below = np.zeros(len(table))
    for code, style in fill_styles(codes).items():
        above = below + table[code].to_numpy(float)
        ax.add_artist(StepPatch(above, edges, baseline=below, gid=str(code), **style))
        below = above
    ax.set_xlim(edges[0], edges[-1])
    ax.set_ylim(0, below.max() * 1.18)
    number_axis(ax, "y", words.text("Beziehungen am Jahresende", "Relations at the end of the year"))
    year_axis(ax, words.text("Jahr", "Year"))
    shade_eras(ax, eras or (), words, shift=-0.5)
    _name_layers(ax, table.iloc[-1], by, words)
    return ax


def _check_complete(table: pd.DataFrame) -> None:
    years = range(int(table.index.min()), int(table.index.max()) + 1)
    for code in table.columns:
        counts = table[code].reindex(years)
        if counts.isna().any():
            raise ValueError(
                f"draw_growth: year {counts.index[counts.isna()][0]} has no count of {code!r}, needed is a "
                "row for every year and code. Write 0 where there was none."
            )


def _name_layers(ax: Axes, last: pd.Series, by: str, words: Wording) -> None:
    """Name each layer beside its end; the names move apart where layers are thin."""
    middles = (last.cumsum() - last / 2).to_list()
    line = ax.get_ylim()[1] / (ax.bbox.height * 72 / ax.figure.dpi) * SMALL_FONT_SIZE * 1.25
    place = {"transform": ax.get_yaxis_transform(), "clip_on": False}
    for (code, count), middle, height in zip(last.items(), middles, spread(middles, line), strict=True):
        label = wrap(f"{words.cell(by, code)}: {words.number(count)}", 34, lines=1)
        ax.add_artist(Line2D([1, 1.025], [middle, height], color=QUIET_INK, linewidth=0.5, **place))
        ax.text(1.03, height, label, va="center", fontsize=SMALL_FONT_SIZE, gid="layer", **place)


@settings()
def draw_activities_by_year(counts: pd.DataFrame, words: Wording, *, ax: Axes | None = None) -> Axes:
    """Draw the number of documented activities per year.

    Parameters
    ----------
    counts : pandas.DataFrame
        year, count. A year without a row stays empty: nothing is documented, which is not zero.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(counts, ("year", "count"), "draw_activities_by_year")
    ax = open_axes(ax, 2.4)
    years = counts["year"].astype(int)
    ax.set_xlim(years.min() - 0.6, years.max() + 0.6)
    ax.set_ylim(0, counts["count"].max() * 1.05)
    look = {"facecolor": GROUP_STYLE["international"]["color"], "linewidth": 0}
    for year, count in zip(years, counts["count"], strict=True):
        draw_bar(ax, count / 2, year - 0.36, 0.72, count, **look)
    year_axis(ax, words.text("Jahr", "Year"))
    number_axis(ax, "y", words.text("Belegte Aktivitäten", "Documented activities"))
    if years.max() - years.min() < 40:  # else the numbers would touch
        place = {"transform": offset_copy(ax.transData, ax.figure, y=1, units="points")}
        for year, count in zip(years, counts["count"], strict=True):
            text = words.number(count)
            ax.text(year, count, text, ha="center", va="bottom", fontsize=SMALL_FONT_SIZE, **place)
    return ax
