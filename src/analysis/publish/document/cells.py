"""A data frame as columns and cells: raw values for machines, ready texts for readers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.publish.document.prose import is_link
from analysis.wording import Wording, WordingError

if TYPE_CHECKING:
    import pandas as pd

_UNITS = {"_km": "km", "_eur": "EUR"}


def describe_table(
    frame: pd.DataFrame, words: Wording, titles: Mapping[str, str], links: Sequence[str | None] | None
) -> dict[str, list]:
    """
    Describe a data frame as a report shows it, as JSON.

    Parameters
    ----------
    frame : pandas.DataFrame
        Named index levels become the first columns, other indexes are left out.
    words : analysis.wording.Wording
        Gives titles and texts.
    titles : mapping of str to str
        Titles of columns that the glossary does not know, for example the cities of a cross table.
    links : sequence of str or None
        Address for each cell of the first column.

    Returns
    -------
    dict
        ``columns`` (name, title, kind, unit, is_titled) and ``rows``, lists of cells
        (text, value, and where given language, romanised, sources, link).

    Raises
    ------
    TypeError
        If `frame` is no data frame.
    ValueError
        If it has no column, two columns of one name, or as many links as it has no rows.
    """
    frame = _with_index(frame)
    if links is not None and len(links) != len(frame):
        raise ValueError(f"links: there are {len(links)} for {len(frame)} rows. Give one (or None) per row.")
    values = [frame[name].to_list() for name in frame.columns]
    columns = [
        _describe_column(name, own, words, titles) for name, own in zip(frame.columns, values, strict=True)
    ]
    cells = [
        [_describe_cell(column, value, words) for value in own]
        for column, own in zip(columns, values, strict=True)
    ]
    rows = [list(row) for row in zip(*cells, strict=True)]
    for row, link in zip(rows, links or (), strict=False):
        if isinstance(link, str) and is_link(link):
            row[0]["link"] = link
    return {"columns": columns, "rows": rows}


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    if not hasattr(frame, "columns"):
        raise TypeError(
            f"frame: is a {type(frame).__name__}, allowed is a DataFrame. Use .to_frame() or reset_index()."
        )
    names = [str(name) for name in frame.columns]
    levels = {
        str(level): frame.index.get_level_values(level) for level in frame.index.names if level is not None
    }
    frame = frame.set_axis(names, axis="columns")
    for position, (level, values) in enumerate(pair for pair in levels.items() if pair[0] not in names):
        frame.insert(position, level, values)
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(
            f"frame: has more than one column {repeated[0]!r}. Give each column a name of its own."
        )
    if not len(frame.columns):
        raise ValueError("frame: has no column. Choose at least one.")
    return frame


def _describe_column(
    name: str, values: Sequence[object], words: Wording, titles: Mapping[str, str]
) -> dict[str, object]:
    title, is_titled = titles.get(name), True
    if title is None:
        try:
            title = words.column(name)
        except WordingError:
            # An analyst's own column shows its name; a published report must not show a bare code.
            title, is_titled = name, re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) is None
    unit = next((unit for ending, unit in _UNITS.items() if name.endswith(ending)), None)
    return {
        "name": name,
        "title": str(title),
        "kind": _kind(name, values),
        "unit": unit,
        "is_titled": is_titled,
    }


def _kind(name: str, values: Sequence[object]) -> str:
    if name in ("source_id", "source_ids"):
        return "source"
    if name in ("year", "date") or name.endswith(("_share", "_year", "_date")):
        return name.rsplit("_", 1)[-1]
    if name.startswith(("is_", "has_")):
        return "boolean"
    present = (value for value in map(_raw, values) if value is not None)
    first = next(present, "")
    if isinstance(first, str):
        return "text"
    others = list(present)
    if isinstance(first, bool) and all(isinstance(value, bool) for value in others):
        return "boolean"
    return "number" if all(isinstance(value, int | float) for value in others) else "text"


def _describe_cell(column: Mapping[str, object], value: object, words: Wording) -> dict[str, object]:
    raw = _raw(value)
    if column["kind"] == "source":
        sources = [one for one in re.split(r"[;,\s]+", raw or "") if one]
        return {"text": "" if sources else words.missing, "value": raw, "sources": sources}
    text = words.cell(column["name"], value)
    cell: dict[str, object] = {"text": str(text), "value": raw}
    for name in ("language", "romanised"):
        if getattr(text, name, None):
            cell[name] = getattr(text, name)
    return cell


def _raw(value: object) -> str | int | float | bool | None:
    """The value as JSON knows it; what is missing is None."""
    if isinstance(value, str):
        return str(value) or None
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value) or None
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if hasattr(value, "item"):  # a NumPy scalar
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if hasattr(value, "isoformat"):
        return value.isoformat().removesuffix("T00:00:00")
    return value if isinstance(value, bool | int) else str(value) or None
