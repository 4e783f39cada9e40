"""Which relation shows what: factors by partner, goals by partner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts.fills import ink_on, shade
from analysis.charts.layout import add_key, check_table, fit, open_axes, place_axes, wrap
from analysis.charts.rows import draw_bar, label_columns, label_rows
from analysis.style import GRID, INK, PAPER, QUIET_INK, SMALL_FONT_SIZE, settings
from analysis.wording import Wording

_STATES = {
    "documented": {"marker": "o", "markerfacecolor": INK, "markeredgecolor": INK, "markersize": 6},
    "own_reading": {"marker": "o", "markerfacecolor": PAPER, "markeredgecolor": INK, "markersize": 6},
    "none": {"marker": "o", "markerfacecolor": QUIET_INK, "markeredgecolor": QUIET_INK, "markersize": 1},
}
_GOAL_COLUMNS = ("goal_id", "position", "area", "area_de", "area_en", "name_de", "name_en", "source_id")


@settings()
def draw_factor_matrix(matrix: pd.DataFrame, words: Wording, *, ax: Axes | None = None) -> Axes:
    """Draw for each partner which factors are documented: ● documented, ○ our own reading, · nothing found.

    Parameters
    ----------
    matrix : pandas.DataFrame
        A row per partner, in the order to be shown: name_de, name_en, rating, and one column per factor
        (glossary field ``factor``) holding "documented", "own_reading" or "none". Other columns ending in
        ``_id`` are passed over.

    Raises
    ------
    ValueError
        If the table is empty, a column is missing, or a cell holds something else.
    """
    check_table(matrix, ("name_de", "name_en", "rating"), "draw_factor_matrix")
    named = ("name_de", "name_en", "rating")
    factors = [column for column in matrix.columns if column not in named and not column.endswith("_id")]
    _check_states(matrix[factors])
    ax = open_axes(ax, 1.3 + 0.2 * len(matrix))
    label_rows(ax, [wrap(name, 26) for name in words.names(matrix)])
    heads = [words.column("rating"), *(words.label("factor", factor) for factor in factors)]
    _stagger_heads(ax, heads)
    for y, rating in enumerate(matrix["rating"]):
        shown = words.missing if pd.isna(rating) else rating
        ax.text(
            0, y, shown, ha="center", va="center", fontsize=SMALL_FONT_SIZE, in_layout=False, gid="rating"
        )
    _draw_states(ax, matrix[factors])
    ax.set_yticks([y + 0.5 for y in range(len(matrix) - 1)], minor=True)
    ax.tick_params(which="minor", length=0)
    ax.grid(axis="y", which="minor", color=GRID, linewidth=0.5)
    add_key(ax, _state_key(words), below=True)
    return ax


def _check_states(cells: pd.DataFrame) -> None:
    for column in cells.columns:
        for row, state in cells[column].items():
            if state not in _STATES:
                raise ValueError(
                    f"draw_factor_matrix, row {row}, column {column}: is {state!r}, allowed are "
                    f"{', '.join(_STATES)}. Correct the cell."
                )


def _draw_states(ax: Axes, cells: pd.DataFrame) -> None:
    for state, look in _STATES.items():
        rows, columns = (cells == state).to_numpy().nonzero()
        ax.plot(columns + 1, rows, linestyle="none", gid=state, **look)


def _stagger_heads(ax: Axes, heads: Sequence[str]) -> None:
    """Name the columns on two levels, so that long words have the room of two columns."""
    ax.set_xticks([])
    ax.set_xlim(-0.5, len(heads) - 0.5)
    place_axes(ax)
    width = ax.bbox.width * 72 / ax.figure.dpi / len(heads)
    for x, head in enumerate(heads):
        ax.annotate(
            fit(head, 1.9 * width, lines=2),
            (x, 1),
            xytext=(0, 4 + 24 * (x % 2)),
            xycoords=ax.get_xaxis_transform(),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=SMALL_FONT_SIZE,
            arrowprops={"arrowstyle": "-", "color": QUIET_INK, "linewidth": 0.5, "shrinkB": 2}
            if x % 2
            else None,
            gid="head",
        )


def _state_key(words: Wording) -> list[Line2D]:
    labels = {
        "documented": words.text("belegt", "documented"),
        "own_reading": words.text("eigene Lesart", "our own reading"),
        "none": words.text("kein Beleg gefunden", "no evidence found"),
    }
    return [Line2D([], [], linestyle="none", label=labels[state], **look) for state, look in _STATES.items()]


@settings()
def draw_goal_matrix(
    matrix: pd.DataFrame,
    words: Wording,
    *,
    names: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many contributions to each goal are documented, by partner; empty cells stay visible as dots.

    Parameters
    ----------
    matrix : pandas.DataFrame
        A row per goal, in the order to be shown: area_de, area_en, name_de, name_en, and one column per
        partner holding a number of documented contributions (0: none found). Goals of an area stand together.
        Other columns of the table `goals` may be there too.
    names : mapping, optional
        Name of each partner column in the report's language; the column's own name without it.

    Raises
    ------
    ValueError
        If the table is empty or a column is missing.
    """
    check_table(matrix, ("area_de", "area_en", "name_de", "name_en"), "draw_goal_matrix")
    partners = [column for column in matrix.columns if column not in _GOAL_COLUMNS]
    rows = _goal_rows(matrix, words)
    ax = open_axes(ax, 1.2 + 0.24 * len(rows))
    labels = label_rows(ax, [label for label, _ in rows])
    label_columns(ax, [wrap((names or {}).get(partner, partner), 26) for partner in partners])
    most = max(1, int(matrix[partners].max().max()))
    empty = []
    for y, (_, goal) in enumerate(rows):
        if goal is None:
            labels[y].set_fontweight("bold")
            continue
        for x, partner in enumerate(partners):
            if goal[partner]:
                _draw_count(ax, x, y, int(goal[partner]), most)
            else:
                empty.append((x, y))
    ax.plot([x for x, _ in empty], [y for _, y in empty], linestyle="none", gid="none", **_STATES["none"])
    return ax


def _goal_rows(matrix: pd.DataFrame, words: Wording) -> list[tuple[str, pd.Series | None]]:
    """Labels and goals from the top down, with a heading (no goal) before each area."""
    rows: list[tuple[str, pd.Series | None]] = []
    before = None
    for _, goal in matrix.iterrows():
        if goal["area_de"] != before:
            before = goal["area_de"]
            rows.append((wrap(words.local(goal, "area"), 44), None))
        rows.append((wrap(words.name(goal), 44), goal))
    return rows


def _draw_count(ax: Axes, x: int, y: int, count: int, most: int) -> None:
    color = shade(count - 1, most)
    draw_bar(ax, y, x - 0.46, 0.92, 0.88, facecolor=color, linewidth=0)
    look = {"ha": "center", "va": "center", "fontsize": SMALL_FONT_SIZE, "in_layout": False, "gid": "count"}
    ax.text(x, y, str(count), color=ink_on(color), **look)
