"""Coming anniversaries on an axis of years."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.charts.layout import (
    add_key,
    check_table,
    grid_lines,
    open_axes,
    place_axes,
    wrap,
)
from analysis.charts.rows import draw_bar, label_rows, write_beside
from analysis.charts.timeline import to_years
from analysis.dates import year_of
from analysis.style import INK, PAPER, SMALL_FONT_SIZE, settings
from analysis.wording import Wording


@settings()
def draw_anniversaries(anniversaries: pd.DataFrame, words: Wording, *, ax: Axes | None = None) -> Axes:
    """Draw the coming anniversaries as given, one per row, on an axis of years.

    A day is a point; a date known to the month or year is a bar over all the days that it can mean.
    Anniversaries of 25, 50, 75 … years are filled, others hollow.

    Parameters
    ----------
    anniversaries : pandas.DataFrame
        name_de, name_en, anniversary_date (EDTF), years.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(anniversaries, ("name_de", "name_en", "anniversary_date", "years"), "draw_anniversaries")
    ax = open_axes(ax, 0.7 + 0.22 * len(anniversaries))
    label_rows(ax, [wrap(name, 26) for name in words.names(anniversaries)])
    years = anniversaries["anniversary_date"].map(year_of)
    _draw_calendar(ax, years.min(), max(years.max(), years.min() + 4))
    ax.set_xlabel(words.text("Jahr", "Year"), fontsize=SMALL_FONT_SIZE)
    for y, row in enumerate(anniversaries.itertuples()):
        _draw_anniversary(ax, y, str(row.anniversary_date), int(row.years), words)
    place_axes(ax)
    add_key(ax, _anniversary_key(words))
    return ax


def _draw_calendar(ax: Axes, first: int, last: int) -> None:
    """Lines between the years, and each year's number in its middle."""
    ax.set_xlim(first, last + 1)
    ax.set_xticks(range(first, last + 2), labels=[])
    ax.set_xticks(
        [year + 0.5 for year in range(first, last + 1)], [str(y) for y in range(first, last + 1)], minor=True
    )
    ax.tick_params(which="minor", length=0, labelsize=SMALL_FONT_SIZE)
    grid_lines(ax, "x")


def _anniversary_look(years: int) -> dict[str, object]:
    return {"facecolor": INK if years % 25 == 0 else PAPER, "edgecolor": INK, "linewidth": 0.9}


def _anniversary_key(words: Wording) -> list[Patch]:
    quarter = words.text("25, 50, 75 … Jahre", "25, 50, 75 … years")
    other = words.text("andere Jubiläen", "other anniversaries")
    return [Patch(label=quarter, **_anniversary_look(25)), Patch(label=other, **_anniversary_look(5))]


def _draw_anniversary(ax: Axes, y: int, date: str, years: int, words: Wording) -> None:
    start, end = to_years(date), to_years(date, end=True)
    if len(date) < len("2027-09-01"):
        draw_bar(ax, y, start, end - start, 0.34, **_anniversary_look(years))
    else:
        face, edge, width = _anniversary_look(years).values()
        look = {"markerfacecolor": face, "markeredgecolor": edge, "markeredgewidth": width}
        ax.add_artist(Line2D([start], [y], marker="o", markersize=5.1, zorder=3, **look))
    span = words.text("{n} {n:Jahr|Jahre}", "{n} {n:year|years}", n=years)
    label = f"{span} · {words.date(date)}"
    left, right = ax.get_xlim()
    if right - end >= start - left:  # on the side with more room
        write_beside(ax, label, (end, y), (6, 0), "left", PAPER)
    else:
        write_beside(ax, label, (start, y), (-6, 0), "right", PAPER)
