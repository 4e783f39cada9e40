"""Bars of counts in segments: ratings by group, founding waves by era."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.charts.fills import fill_styles, in_group_order, ink_on, shade
from analysis.charts.layout import (
    add_key,
    check_table,
    measure_text,
    number_axis,
    open_axes,
    place_axes,
    wrap,
)
from analysis.charts.rows import draw_bar, label_rows
from analysis.style import INK, PAPER, QUIET_INK, SMALL_FONT_SIZE, settings
from analysis.wording import Wording

_MARGIN = 3.0  # points that a text needs in its segment besides its own width


@settings()
def draw_ratings(
    counts: pd.DataFrame,
    words: Wording,
    *,
    scale: Sequence[str] = ("A", "AA", "AAA"),
    ax: Axes | None = None,
) -> Axes:
    """Draw how many relations of each group have which rating, as bars with letters and counts.

    Parameters
    ----------
    counts : pandas.DataFrame
        group, rating (on the scale, or missing: not rated), count.
    scale : sequence of str
        Ratings from low to high, drawn from light to dark.

    Raises
    ------
    ValueError
        If the table is empty, a column is missing, or a rating is not on the scale.
    """
    check_table(counts, ("group", "rating", "count"), "draw_ratings")
    ratings = counts["rating"].astype(object).where(counts["rating"].notna(), "")
    odd = sorted(set(ratings) - {*scale, ""})
    if odd:
        raise ValueError(
            f"draw_ratings: the rating is {odd[0]!r}, allowed are {', '.join(scale)} or empty. Correct it."
        )
    table = counts.assign(rating=ratings).pivot_table(
        index="group", columns="rating", values="count", aggfunc="sum"
    )
    table = table.reindex(index=in_group_order(counts["group"]), columns=[*scale, ""]).fillna(0).astype(int)
    rows = [
        f"{words.label('group', group)}: {words.number(n)}" for group, n in table.sum(axis="columns").items()
    ]
    letters = {"": words.text("ohne", "none")}
    return draw_stacks(
        table,
        rows,
        rating_styles(scale),
        lambda code, n: f"{letters.get(code, code)}\n{words.number(n)}",
        words,
        ax,
    )


def rating_styles(scale: Sequence[str]) -> dict[str, dict[str, object]]:
    """How to fill the area of each rating, from light to dark; the empty one is that of no rating."""
    styles: dict[str, dict[str, object]] = {}
    for place, rating in enumerate(scale):
        look = {"facecolor": shade(place, len(scale)), "hatch": "////" if place % 2 else ""}
        styles[rating] = look | {"edgecolor": INK, "linewidth": 0.6}
    styles[""] = {"facecolor": PAPER, "edgecolor": QUIET_INK, "linewidth": 0.8, "linestyle": (0, (3, 2))}
    return styles


@settings()
def draw_waves(waves: pd.DataFrame, words: Wording, *, ax: Axes | None = None) -> Axes:
    """Draw how many of today's relations were founded in which era, by group.

    Parameters
    ----------
    waves : pandas.DataFrame
        era, group, count; eras in the order to be shown.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(waves, ("era", "group", "count"), "draw_waves")
    groups, eras = in_group_order(waves["group"]), list(dict.fromkeys(waves["era"]))
    table = waves.pivot_table(index="era", columns="group", values="count", aggfunc="sum", observed=False)
    table = table.reindex(index=eras, columns=groups).fillna(0).astype(int)
    styles = fill_styles(groups)
    rows = [f"{words.label('era', era)}: {words.number(n)}" for era, n in table.sum(axis="columns").items()]
    ax = draw_stacks(table, rows, styles, lambda _, n: words.number(n), words, ax)
    add_key(ax, [Patch(label=words.label("group", group), **styles[group]) for group in groups])
    return ax


def draw_stacks(
    table: pd.DataFrame,
    rows: Sequence[str],
    styles: dict,
    say: Callable[[str, int], str],
    words: Wording,
    ax: Axes | None,
    label: str | None = None,
) -> Axes:
    """A horizontal bar per row of the table, a segment per column, each segment with its text; label of the axis."""
    ax = open_axes(ax, 0.8 + 0.42 * len(table))
    label_rows(ax, [wrap(row, 36) for row in rows])
    ax.set_xlim(0, max(1, table.sum(axis="columns").max()))
    number_axis(ax, "x", label or words.text("Zahl der Beziehungen", "Number of relations"))
    place_axes(ax)  # so that texts can be measured
    for y, (_, counts) in enumerate(table.iterrows()):
        segments = {code: count for code, count in counts.items() if count}
        starts = [0, *np.cumsum(list(segments.values()))]
        for (code, count), left in zip(segments.items(), starts, strict=False):
            draw_bar(ax, y, left, count, 0.72, gid=str(code), **styles[code])
        _write_segments(ax, y, {code: say(code, count) for code, count in segments.items()}, starts, styles)
    return ax


def _write_segments(ax: Axes, y: int, texts: dict[str, str], starts: Sequence[float], styles: dict) -> None:
    """Write the texts into their segments or, where one is too narrow, all in a line after the bar."""
    points = ax.bbox.width * 72 / ax.figure.dpi / ax.get_xlim()[1]
    rooms = np.diff(starts) * points - _MARGIN
    needed = [max(measure_text(line)[0] for line in text.split("\n")) for text in texts.values()]
    if (rooms < needed).any():
        line = " · ".join(text.replace("\n", " ") for text in texts.values())
        place = {"xytext": (4, 0), "textcoords": "offset points", "va": "center"}
        ax.annotate(line, (starts[-1], y), fontsize=SMALL_FONT_SIZE, **place)
        return
    look = {"ha": "center", "va": "center", "fontsize": SMALL_FONT_SIZE, "in_layout": False}
    for (code, text), left, right in zip(texts.items(), starts, starts[1:], strict=False):
        color = styles[code]["facecolor"]
        ground = {"facecolor": color, "edgecolor": "none", "pad": 1.2}  # keeps the hatch off the letters
        box = ground if styles[code].get("hatch") else None
        ax.text((left + right) / 2, y, text, color=ink_on(color), bbox=box, **look)
