"""Cities beside each other: how many partners, founded in which era, and how far away."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from analysis.charts.fills import fill_styles, shade
from analysis.charts.layout import add_key, check_table, grid_lines, open_axes, place_axes, wrap
from analysis.charts.rows import label_rows
from analysis.charts.stacks import draw_stacks
from analysis.history import GROUPS
from analysis.style import GROUP_STYLE, INK, PAPER, QUIET_INK, SMALL_FONT_SIZE, settings
from analysis.wording import Wording

ROW_IN = 0.26  # height of a city's row: 27 of them fit onto a page
_UNKNOWN = {"facecolor": PAPER, "edgecolor": QUIET_INK, "linewidth": 0.8, "linestyle": (0, (3, 2))}
_TICKS_KM = (1, 10, 100, 1000, 10_000)


@settings()
def draw_partner_counts(counts: pd.DataFrame, words: Wording, *, ax: Axes | None = None) -> Axes:
    """Draw how many relations each city has, in segments by group, with its twinnings per 100,000 inhabitants.

    Parameters
    ----------
    counts : pandas.DataFrame
        From `analysis.peers.count_partners`, and name (of the city, as it is to be written). A city whose coverage is not
        complete has a star.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(counts, ("name", *GROUPS, "coverage", "twinnings_per_100000"), "draw_partner_counts")
    table = counts[list(GROUPS)].astype(int)
    ax = open_axes(ax, 0.9 + ROW_IN * len(table))
    styles = fill_styles(GROUPS)
    label = words.text("Zahl der Beziehungen", "Number of relations")
    names = [
        name if coverage == "complete" else f"{name} *"
        for name, coverage in zip(counts["name"], counts["coverage"], strict=True)
    ]
    draw_stacks(table, names, styles, lambda _, n: words.number(n), words, ax, label)
    head = words.text("Partnerschaften je 100.000 Einwohner", "twinnings per 100,000 inhabitants")
    at = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points", "fontsize": SMALL_FONT_SIZE}
    ax.annotate(head, (1, -0.5), (0, 2), va="bottom", ha="right", **at)
    for y, rate in enumerate(counts["twinnings_per_100000"]):
        text = "–" if pd.isna(rate) else words.number(rate, 1)
        ax.annotate(text, (1, y), (0, 0), va="center", ha="right", gid="rate", **at)
    ax.set_xlim(0, ax.get_xlim()[1] * 1.25)  # room for the numbers on the right
    present = [group for group in GROUPS if table[group].sum()]
    handles = [Patch(label=words.label("group", group), **styles[group]) for group in present]
    add_key(ax, handles)
    ax.get_legend().borderaxespad = 2.2  # letters: above the heading of the rates
    return ax


@settings()
def draw_founding(counts: pd.DataFrame, words: Wording, *, ax: Axes | None = None) -> Axes:
    """Draw in which era the twinnings of each city began, in segments from light (early) to dark; unknown ones are hollow.

    Parameters
    ----------
    counts : pandas.DataFrame
        From `analysis.peers.count_founding`, and name.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(counts, ("name", "era", "count"), "draw_founding")
    names, eras = counts["name"].drop_duplicates(), list(counts["era"].drop_duplicates())
    table = counts.pivot(index="name", columns="era", values="count").loc[names, eras].astype(int)
    styles = {era: _style_era(place, era, len(eras)) for place, era in enumerate(eras)}
    ax = open_axes(ax, 0.8 + ROW_IN * len(table))
    label = words.text("Zahl der Städtepartnerschaften", "Number of town twinnings")
    draw_stacks(table, list(table.index), styles, lambda _, n: words.number(n), words, ax, label)
    add_key(ax, [Patch(label=words.label("era", era), **styles[era]) for era in eras if table[era].sum()])
    return ax


def _style_era(place: int, era: str, eras: int) -> dict[str, object]:
    if era == "unknown":
        return _UNKNOWN
    look = {"facecolor": shade(place, eras - 1), "hatch": "////" if place % 2 else ""}
    return look | {"edgecolor": INK, "linewidth": 0.6}


@settings()
def draw_partner_distances(twinnings: pd.DataFrame, words: Wording, *, ax: Axes | None = None) -> Axes:
    """Draw how far the partners of each city are, a mark for each twinning and a line at the median; logarithmic.

    Parameters
    ----------
    twinnings : pandas.DataFrame
        home (name of the city, as it is to be written), group, distance_km; cities in the order in which they come.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(twinnings, ("home", "group", "distance_km"), "draw_partner_distances")
    homes = list(twinnings["home"].drop_duplicates())
    ax = open_axes(ax, 0.8 + ROW_IN * len(homes))
    label_rows(ax, [wrap(home, 36) for home in homes])
    ax.set_xscale("log")
    ax.set_xlim(0.7, 20_000)
    ax.set_xticks(_TICKS_KM)
    ax.minorticks_off()
    ax.xaxis.set_major_formatter(FuncFormatter(lambda km, _: words.number(km)))
    ax.set_xlabel(words.text("Entfernung in km", "Distance in km"), fontsize=SMALL_FONT_SIZE)
    grid_lines(ax, "x")
    for y, home in enumerate(homes):
        _draw_home(ax, y, twinnings[twinnings["home"] == home])
    place_axes(ax)
    groups = list(twinnings["group"].drop_duplicates())
    handles = [Line2D([], [], label=words.label("group", group), **_mark(group)) for group in groups]
    median = Line2D([], [], label=words.text("Median", "median"), color=INK, linewidth=1.6)
    add_key(ax, [*handles, median])
    return ax


def _draw_home(ax: Axes, y: int, own: pd.DataFrame) -> None:
    distances = own["distance_km"].astype(float).clip(lower=1)
    for group, km in distances.groupby(own["group"]):
        ax.plot(km, [y] * len(km), gid=group, **_mark(group))
    ax.plot([distances.median()] * 2, [y - 0.4, y + 0.4], color=INK, linewidth=1.6, gid="median")


def _mark(group: str) -> dict[str, object]:
    style = GROUP_STYLE[group]
    look = {"marker": style["marker"], "color": style["color"], "linestyle": "none", "markersize": 4}
    return look | {"markeredgecolor": PAPER, "markeredgewidth": 0.4, "alpha": 0.85}
