"""The timeline of relations, with changes of form and stretches without activity."""

from __future__ import annotations

from calendar import isleap
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.charts.fills import fill_styles, in_group_order
from analysis.charts.layout import (
    Era,
    add_key,
    check_table,
    grid_lines,
    open_axes,
    shade_eras,
    wrap,
    year_axis,
)
from analysis.charts.rows import draw_bar, label_rows, write_beside
from analysis.dates import first_day, last_day, year_of
from analysis.style import INK, PAPER, QUIET_INK, SMALL_FONT_SIZE, settings
from analysis.wording import Wording

_SPAN_COLUMNS = ("partnership_id", "name_de", "name_en", "group", "form", "status", "start_date", "end_date")
_BAR = 0.56  # of the height of a row
_MARKERS = {"signed": "o", "renewed": "D"}


@settings()
def draw_timeline(
    spans: pd.DataFrame,
    words: Wording,
    *,
    as_of: str,
    marks: pd.DataFrame | None = None,
    eras: Sequence[Era] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one bar per relation from its start to `as_of`, in order of start.

    The fill shows the group; where a relation is not active, the bar is hollow and dashed. Changes of form
    and stretches that are not active are also said in words at the right. A date known to the year or month
    is drawn at its first possible day.

    Parameters
    ----------
    spans : pandas.DataFrame
        A row per stretch of constant form and status, in order of time: partnership_id, name_de, name_en,
        group, form, status, start_date, end_date (EDTF; missing where it is still so at `as_of`).
    as_of : str
        ISO date at which open bars end.
    marks : pandas.DataFrame, optional
        partnership_id, date (EDTF), milestone ("signed" or "renewed"), drawn on the bars.
    eras : sequence of (code, first year, last year), optional
        Shaded behind the bars.

    Raises
    ------
    ValueError
        If the table is empty, a column is missing, or a mark is of another kind.
    """
    check_table(spans, _SPAN_COLUMNS, "draw_timeline")
    relations = _order(spans)
    notes = [_note(rows, words) for rows in relations]
    ax = open_axes(ax, 1.1 + _row_height(notes) * len(relations))
    label_rows(ax, [wrap(words.name(rows[-1]._asdict()), 26) for rows in relations])
    ax.set_ylim(len(relations) - 0.4, -1.6)  # room for the names of the eras
    for y, rows in enumerate(relations):
        _draw_relation(ax, y, rows, as_of)
        at = {"x": 1.01, "y": y, "va": "center", "transform": ax.get_yaxis_transform()}
        ax.text(s=notes[y], fontsize=SMALL_FONT_SIZE, linespacing=1.1, gid="note", **at)
    earliest = min(to_years(rows[0].start_date) for rows in relations)
    _draw_years(ax, earliest, as_of, words)
    shown = _draw_marks(ax, marks, relations)
    shade_eras(ax, eras or (), words)
    add_key(ax, _key(spans, shown, words))
    return ax


def _order(spans: pd.DataFrame) -> list[list]:
    """The stretches of each relation as tuples, by the start of the relations."""
    relations = defaultdict(list)
    for row in spans.itertuples(index=False):
        relations[row.partnership_id].append(row)
    return sorted(relations.values(), key=lambda rows: first_day(rows[0].start_date))


def to_years(edtf: str, *, end: bool = False) -> float:
    """A date as a number of years; with `end`, the end of its last possible day."""
    day = last_day(edtf) if end else first_day(edtf)
    return day.year + (day.timetuple().tm_yday - (0 if end else 1)) / (365 + isleap(day.year))


def _draw_relation(ax: Axes, y: int, rows: list, as_of: str) -> None:
    for row in rows:
        if row.status == "ended":
            continue
        start = to_years(row.start_date)
        end = to_years(as_of if pd.isna(row.end_date) else row.end_date)
        look = {**fill_styles([row.group])[row.group], "gid": row.partnership_id}
        if row.status != "active":
            look |= {"facecolor": PAPER, "edgecolor": look["facecolor"], "hatch": "", "zorder": 2}
            look |= {"linestyle": (0, (3, 2)), "linewidth": 1.0}
        draw_bar(ax, y, start, end - start, _BAR, **look)
    start = rows[0].start_date
    write_beside(ax, str(year_of(start)), (to_years(start), y), (-5, 0), "right")


def _note(rows: list, words: Wording) -> str:
    """Changes of form, and stretches in which the relation was not active, in words."""
    forms = [form for form, _ in groupby(row.form for row in rows)]
    parts = [" → ".join(words.label("form", form) for form in forms)] if len(forms) > 1 else []
    for row in rows:
        if row.status == "active":
            continue
        label, start = words.label("status", row.status), year_of(row.start_date)
        if pd.isna(row.end_date):
            parts.append(
                words.text("{label} seit {start}", "{label} since {start}", label=label, start=str(start))
            )
        else:
            parts.append(f"{label} {start}–{year_of(row.end_date)}")
    return wrap("; ".join(parts), 28, lines=None)


def _row_height(notes: list[str]) -> float:
    """Inches that a row needs for its bar, or for the longest note."""
    return max(0.25, 0.03 + 0.11 * max(1 + note.count("\n") for note in notes))


def _draw_years(ax: Axes, earliest: float, as_of: str, words: Wording) -> None:
    ax.set_xlim(earliest - 0.1 * (to_years(as_of) - earliest) - 0.5, to_years(as_of) + 0.2)
    grid_lines(ax, "x")
    year_axis(ax, words.text("Jahr (Stand: {when:date})", "Year (as of {when:date})", when=as_of))


def _draw_marks(ax: Axes, marks: pd.DataFrame | None, relations: list[list]) -> list[str]:
    """Draw the marks of the relations shown; return the kinds that occur, in the order of the key."""
    if marks is None or marks.empty:
        return []
    unknown = sorted(set(marks["milestone"]) - set(_MARKERS))
    if unknown:
        raise ValueError(
            f"draw_timeline: marks has the milestone {unknown[0]!r}, allowed are {', '.join(_MARKERS)}. "
            "Keep only those rows."
        )
    rows = {rows[0].partnership_id: y for y, rows in enumerate(relations)}
    marks = marks[marks["partnership_id"].isin(rows)]
    for milestone, group in marks.groupby("milestone"):
        years, heights = group["date"].map(to_years), group["partnership_id"].map(rows)
        ax.plot(years, heights, linestyle="none", gid=milestone, **_mark(milestone))
    return [milestone for milestone in _MARKERS if milestone in set(marks["milestone"])]


def _mark(milestone: str) -> dict[str, object]:
    look = {"markerfacecolor": PAPER, "markeredgecolor": INK, "markeredgewidth": 0.9, "markersize": 4.6}
    return look | {"marker": _MARKERS[milestone], "clip_on": False}


def _key(spans: pd.DataFrame, shown: list[str], words: Wording) -> list[Patch | Line2D]:
    groups = in_group_order(spans["group"])
    handles = [Patch(label=words.label("group", code), **fill_styles(groups)[code]) for code in groups]
    quiet = [code for code in spans["status"].unique() if code not in ("active", "ended")]
    if quiet:
        label = ", ".join(words.label("status", code) for code in quiet)
        handles.append(Patch(facecolor=PAPER, edgecolor=QUIET_INK, linestyle=(0, (3, 2)), label=label))
    for milestone in shown:
        label = words.label("milestone", milestone)
        handles.append(Line2D([], [], linestyle="none", label=label, **_mark(milestone)))
    return handles
