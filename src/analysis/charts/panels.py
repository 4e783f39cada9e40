"""Small drawings of the same kind, one for each relation: calendars and years."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.charts.fills import shade
from analysis.charts.layout import check_table
from analysis.charts.sheets import Sheet, choose_ticks
from analysis.style import QUIET_INK, SMALL_FONT_SIZE, settings
from analysis.wording import Wording

_STEPS = (1, 2, 4, 7)  # from so many activities a month on, a darker square
_MONTHS = (0.4, 12.6)
_UNLOGGED = "#ececec"  # ground of years for which the log is not said to be complete
_GROUND = {"color": _UNLOGGED, "zorder": -2, "gid": "unlogged"}


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
    first, last = int(yearly["year"].min()), int(yearly["year"].max())
    top, bottom = first - 0.6, last + 0.6
    sheet = Sheet(names, 0.2 + 0.1 * (last - first + 1), _MONTHS, (bottom, top))
    unlogged = _list_unlogged(yearly, names)
    years = unlogged["year"].to_numpy(float)
    sheet.fill(unlogged["partnership_id"], _MONTHS, (years - 0.5, years + 0.5), **_GROUND)
    sheet.draw_grid([1, 4, 7, 10], choose_ticks(top, bottom, 6))
    own = months[months["partnership_id"].isin(list(names)) & months["year"].between(first, last)]
    steps = np.searchsorted(_STEPS, own["count"].to_numpy(int), side="right") - 1
    for place, least in enumerate(_STEPS):
        some = own[steps == place]
        sheet.mark(some["partnership_id"], some["month"], some["year"], gid=f"from-{least}", **_square(place))
    sheet.name_columns([(month, str(month), "center") for month in (1, 4, 7, 10)])
    sheet.name_rows(choose_ticks(top, bottom, 6))
    sheet.figure.supxlabel(words.text("Monat", "Month"), fontsize=SMALL_FONT_SIZE)
    _add_key(sheet.figure, _name_squares(), yearly, words)
    return sheet.figure


def _name_squares() -> list[Line2D]:
    ends = [*(str(step - 1) for step in _STEPS[1:]), ""]
    labels = [_name_step(least, end) for least, end in zip(_STEPS, ends, strict=True)]
    return [Line2D([], [], label=label, **_square(place)) for place, label in enumerate(labels)]


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
    top = max(1, yearly["activities"].fillna(0).max()) * 1.05
    first, last = int(yearly["year"].min()), int(yearly["year"].max())
    sheet = Sheet(names, 0.85, (first - 0.6, last + 0.6), (0, top))
    unlogged = _list_unlogged(yearly, names)
    years = unlogged["year"].to_numpy(float)
    sheet.fill(unlogged["partnership_id"], (years - 0.5, years + 0.5), (0, top), **_GROUND)
    sheet.draw_grid([], choose_ticks(0, top, 4))
    for place, column in enumerate(("activities", "projects")):
        known = yearly[yearly["partnership_id"].isin(list(names)) & (yearly[column].fillna(0) > 0)]
        years, counts = (known[name].to_numpy(float) for name in ("year", column))
        color = shade(2 * place + 1, 4)
        sheet.fill(known["partnership_id"], (years - 0.4, years + 0.4), (0, counts), color=color, gid=column)
    # Aligned inwards: else the last year would touch the first one of the next drawing.
    ends = [(first, "left"), (last, "right")] if first < last else [(first, "center")]
    sheet.name_columns([(year, str(year), side) for year, side in ends])
    sheet.name_rows(choose_ticks(0, top, 4))
    _add_key(sheet.figure, _name_bars(words)[: 1 + yearly["projects"].notna().any()], yearly, words)
    return sheet.figure


def _name_bars(words: Wording) -> list[Patch]:
    labels = (
        words.text("Aktivitäten", "Activities"),
        words.text("davon Projekte der Verwaltung", "of these projects of the administration"),
    )
    return [
        Patch(color=shade(2 * place + 1, 4), linewidth=0, label=label) for place, label in enumerate(labels)
    ]


def _list_unlogged(yearly: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Rows of the years that are not observed; none where no year of any relation is."""
    shown = yearly[yearly["partnership_id"].isin(list(names))]
    return shown[~shown["is_observed"]] if yearly["is_observed"].any() else shown[:0]


def _add_key(sheet: Figure, handles: list, yearly: pd.DataFrame, words: Wording) -> None:
    if yearly["is_observed"].any() and not yearly["is_observed"].all():
        label = words.text("Protokoll nicht vollständig", "log not complete")
        handles = [*handles, Patch(facecolor=_UNLOGGED, edgecolor=QUIET_INK, linewidth=0.3, label=label)]
    sheet.legend(
        handles=handles, loc="upper left", ncols=len(handles), frameon=False, fontsize=SMALL_FONT_SIZE
    )
