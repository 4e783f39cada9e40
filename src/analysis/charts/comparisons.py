"""How activities divide up, how firm a rating is, and who falls behind its own past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from analysis.charts.fills import fill_styles
from analysis.charts.layout import (
    add_key,
    check_table,
    grid_lines,
    number_axis,
    open_axes,
    place_axes,
    wrap,
)
from analysis.charts.rows import draw_bar, label_rows
from analysis.charts.stacks import draw_stacks, rating_styles
from analysis.style import GROUP_STYLE, INK, PAPER, QUIET_INK, SMALL_FONT_SIZE, settings
from analysis.wording import Wording

_ALARM = GROUP_STYLE["national"]["color"]


@settings()
def draw_formats(counts: pd.DataFrame, words: Wording, *, ax: Axes | None = None) -> Axes:
    """Draw how many activities there were of each type, in segments by direction; the most frequent type first.

    Parameters
    ----------
    counts : pandas.DataFrame
        activity_type, direction (a code, or missing: not stated), count.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(counts, ("activity_type", "direction", "count"), "draw_formats")
    table = counts.assign(direction=counts["direction"].astype(object).where(counts["direction"].notna(), ""))
    table = table.pivot_table(index="activity_type", columns="direction", values="count", aggfunc="sum")
    table = table.reindex(columns=["inbound", "outbound", "both", "online", ""]).fillna(0).astype(int)
    table = table.loc[table.sum(axis="columns").sort_values(ascending=False, kind="stable").index]
    table = table.loc[:, table.sum() > 0]
    styles = fill_styles([code for code in table.columns if code])
    styles[""] = {"facecolor": PAPER, "edgecolor": QUIET_INK, "linewidth": 0.8, "linestyle": (0, (3, 2))}
    rows = [
        f"{words.label('activity_type', code)}: {words.number(n)}"
        for code, n in table.sum(axis="columns").items()
    ]
    label = words.text("Zahl der Aktivitäten", "Number of activities")
    ax = draw_stacks(table, rows, styles, lambda _, n: words.number(n), words, ax, label)
    unknown = words.text("ohne Angabe", "not stated")
    add_key(
        ax,
        [
            Patch(label=words.label("direction", code) if code else unknown, **styles[code])
            for code in table.columns
        ],
    )
    return ax


@settings()
def draw_rating_shares(
    shares: pd.DataFrame, words: Wording, *, names: Mapping[str, str], given: Mapping[str, str], ax=None
) -> Axes:
    """Draw how often each relation gets each rating while the thresholds move, with the office's rating beside it.

    Parameters
    ----------
    shares : pandas.DataFrame
        Index partnership_id, a column per rating from low to high, shares (0–1) that add up to 1 in each row.
    names : mapping of str to str
        Name of each relation.
    given : mapping of str to str
        The office's rating of each relation; one without is shown as a dash.

    Raises
    ------
    ValueError
        If the table is empty.
    """
    check_table(shares, (), "draw_rating_shares")
    ax = open_axes(ax, 0.8 + 0.24 * len(shares))
    label_rows(ax, [wrap(names[key], 30, lines=1) for key in shares.index])
    styles = rating_styles(list(shares.columns))
    for y, row in enumerate(shares.to_numpy(float)):
        for rating, left, share in zip(shares.columns, np.cumsum(row) - row, row, strict=True):
            draw_bar(ax, y, left, share, 0.72, gid=rating, **styles[rating])
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda share, _: words.percent(share)))
    ax.set_xlabel(
        words.text("Anteil der Kombinationen von Schwellenwerten", "Share of the combinations of thresholds"),
        fontsize=SMALL_FONT_SIZE,
    )
    _write_right(ax, [given.get(key) or "–" for key in shares.index], words.text("Büro", "Office"))
    place_axes(ax)
    add_key(ax, [Patch(label=rating, **styles[rating]) for rating in shares.columns])
    return ax


def _write_right(ax: Axes, texts: Sequence[str], head: str) -> None:
    """Write a text beside each row, under a heading."""
    at = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points", "fontsize": SMALL_FONT_SIZE}
    ax.annotate(head, (1, -0.5), (4, 2), va="bottom", **at)
    for y, text in enumerate(texts):
        ax.annotate(text, (1, y), (4, 0), va="center", gid="given", **at)


@settings()
def draw_warnings(
    warnings: pd.DataFrame, words: Wording, *, names: Mapping[str, str], ax: Axes | None = None
) -> Axes:
    """Draw the weeks with an activity in the last two years beside those to be expected, warnings in another colour.

    Parameters
    ----------
    warnings : pandas.DataFrame
        partnership_id, recent_weeks, expected_weeks, warning (from `analysis.fading.warn_of_fading`, without rows that are missing).
    names : mapping of str to str
        Name of each relation.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(warnings, ("partnership_id", "recent_weeks", "expected_weeks", "warning"), "draw_warnings")
    ax = open_axes(ax, 0.9 + 0.22 * len(warnings))
    label_rows(ax, [wrap(names[key], 30, lines=1) for key in warnings["partnership_id"]])
    ax.set_yticks(range(len(warnings)), labels=[])
    grid_lines(ax, "y")
    for y, row in enumerate(warnings.itertuples()):
        is_alarm = row.warning == "fading"
        color = _ALARM if is_alarm else INK
        ax.plot([row.expected_weeks, row.recent_weeks], [y, y], color=color, linewidth=1.2, gid=row.warning)
        ax.plot(row.expected_weeks, y, marker="o", markersize=5, markerfacecolor=PAPER, markeredgecolor=color)
        ax.plot(row.recent_weeks, y, marker="D" if is_alarm else "o", markersize=5, color=color)
    ax.set_xlim(left=0)
    number_axis(ax, "x", words.text("Wochen mit Aktivität", "Weeks with an activity"))
    dots = {"linestyle": "none", "marker": "o", "markersize": 5, "color": INK}
    place_axes(ax)
    add_key(
        ax,
        [
            Line2D([], [], label=words.text("zu erwarten", "expected"), **dots | {"markerfacecolor": PAPER}),
            Line2D([], [], label=words.text("letzte zwei Jahre", "last two years"), **dots),
            Line2D([], [], label=words.label("warning", "fading"), **dots | {"color": _ALARM, "marker": "D"}),
        ],
    )
    return ax
