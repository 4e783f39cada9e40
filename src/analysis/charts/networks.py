"""A network in figures: numbers of partners, countries that mix, and distances beside those of chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from analysis.charts.fills import ink_on
from analysis.charts.layout import add_key, check_table, grid_lines, open_axes
from analysis.charts.rows import draw_bar, label_columns, label_rows
from analysis.style import GROUP_STYLE, INK, PAPER, QUIET_INK, SMALL_FONT_SIZE, settings
from analysis.wording import Wording

_BLUE, _ORANGE = GROUP_STYLE["international"]["color"], GROUP_STYLE["national"]["color"]
_LESS_TO_MORE = LinearSegmentedColormap.from_list("less to more", [_ORANGE, "#f4f1ea", _BLUE])
_STRONGEST = 8  # a ratio of 8 or more (1/8 or less) has the full colour


@settings()
def draw_degrees(counts: pd.DataFrame, words: Wording, *, ax: Axes | None = None) -> Axes:
    """Draw the distribution of numbers of partners on logarithmic axes: share of cities with so many or more.

    Parameters
    ----------
    counts : pandas.DataFrame
        degree, at_least_share; from `analysis.network.degrees.count_degrees`.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(counts, ("degree", "at_least_share"), "draw_degrees")
    ax = open_axes(ax, 3.0)
    ax.plot(
        counts["degree"],
        counts["at_least_share"],
        "o",
        color=_BLUE,
        markersize=3.2,
        linewidth=0,
        gid="degree",
    )
    ax.set(xscale="log", yscale="log")
    ax.set_xlabel(
        words.text("Partnerstädte (mindestens)", "Partner cities (at least)"), fontsize=SMALL_FONT_SIZE
    )
    ax.set_ylabel(words.text("Anteil der Städte", "Share of cities"), fontsize=SMALL_FONT_SIZE)
    ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.number(value)))
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.tick_params(which="minor", length=0)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: _show_share(share, words)))
    grid_lines(ax, "both")
    return ax


def _show_share(share: float, words: Wording) -> str:
    """A share as a percentage with the decimals that its size needs: 10 %, 0.1 %."""
    return words.percent(share, max(0, -int(np.floor(np.log10(share) + 1e-9)) - 2))


@settings()
def draw_mixing(
    links: pd.DataFrame, countries: Sequence[str], words: Wording, *, ax: Axes | None = None
) -> Axes:
    """Draw how often cities of two countries are linked, against chance: the number in a cell is observed / expected.

    Blue cells hold more links than chance would give, orange ones fewer; a dot means no link.

    Parameters
    ----------
    links : pandas.DataFrame
        country_code, partner_country_code, ratio; from `analysis.network.mixing.count_country_links`.
    countries : sequence of str
        Which countries to show, in this order.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(links, ("country_code", "partner_country_code", "ratio"), "draw_mixing")
    ax = open_axes(ax, 1.0 + 0.27 * len(countries))
    names = [words.country(code) for code in countries]
    label_rows(ax, names)
    label_columns(ax, names)
    ratios = links.set_index(["country_code", "partner_country_code"])["ratio"]
    for y, country in enumerate(countries):
        for x, partner in enumerate(countries):
            ratio = ratios.get((min(country, partner), max(country, partner)))
            _draw_ratio(ax, x, y, ratio, words)
    return ax


def _draw_ratio(ax: Axes, x: int, y: int, ratio: float | None, words: Wording) -> None:
    if ratio is None:
        ax.plot(x, y, ".", color=QUIET_INK, markersize=2, gid="none")
        return
    place = np.log(np.clip(ratio, 1 / _STRONGEST, _STRONGEST)) / np.log(_STRONGEST)
    color = to_hex(_LESS_TO_MORE((place + 1) / 2))
    draw_bar(ax, y, x - 0.48, 0.96, 0.96, facecolor=color, linewidth=0)
    shown = words.number(ratio, 0 if ratio >= 9.95 else 1 if ratio >= 0.095 else 2)
    look = {
        "ha": "center",
        "va": "center",
        "fontsize": SMALL_FONT_SIZE,
        "color": ink_on(color),
        "gid": "ratio",
    }
    ax.text(x, y, shown, **look)


@settings()
def draw_link_distances(counts: pd.DataFrame, words: Wording, *, ax: Axes | None = None) -> Axes:
    """Draw how far partners lie apart (filled), beside random networks with the same numbers of partners (line).

    Parameters
    ----------
    counts : pandas.DataFrame
        from_km, to_km, observed_share, chance_share; from `analysis.network.proximity.count_distances`.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(counts, ("from_km", "to_km", "observed_share", "chance_share"), "draw_link_distances")
    ax = open_axes(ax, 2.8)
    edges = [*counts["from_km"], counts["to_km"].iloc[-1]]
    ax.stairs(
        counts["observed_share"], edges, fill=True, facecolor=_BLUE, alpha=0.55, linewidth=0, gid="observed"
    )
    ax.stairs(counts["chance_share"], edges, color=INK, linewidth=1.2, gid="chance")
    ax.set_xlim(edges[0], edges[-1])
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.number(value)))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: words.percent(share)))
    ax.set_xlabel(
        words.text("Entfernung der Partner in km", "Distance of partners in km"), fontsize=SMALL_FONT_SIZE
    )
    ax.set_ylabel(words.text("Anteil der Verbindungen", "Share of links"), fontsize=SMALL_FONT_SIZE)
    grid_lines(ax, "y")
    handles = [
        Patch(facecolor=_BLUE, alpha=0.55, edgecolor=PAPER, label=words.text("beobachtet", "observed")),
        Line2D([], [], color=INK, linewidth=1.2, label=words.text("zufällige Netze", "random networks")),
    ]
    add_key(ax, handles)
    return ax
