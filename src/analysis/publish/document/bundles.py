"""Outputs of a notebook cell as MIME bundles: a figure as SVG, a table as HTML, text and data."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from analysis.publish.document import prose

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RESOURCE = "application/vnd.dataresource+json"
SVG = "image/svg+xml"

_SVG_SETTINGS = {"svg.hashsalt": "report", "svg.fonttype": "none"}
_PATH = re.compile(r' d="[^"]*"')
_FINER_DIGITS = re.compile(r"(?<=\.\d\d)\d+")
_TYPES = {"number": "number", "share": "number", "year": "integer", "boolean": "boolean"}
_TABLE = (
    "<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
    "<tbody>\n{body}</tbody>\n</table>\n{note}"
)


def find_figure(drawing: Axes | Figure) -> Figure:
    """The figure of what a chart function returned; `TypeError` if it is neither Axes nor Figure."""
    if hasattr(drawing, "savefig"):
        return drawing
    if hasattr(drawing, "get_figure"):
        return drawing.get_figure(root=True)
    kind = type(drawing).__name__
    raise TypeError(
        f"figure: is a {kind}, allowed are matplotlib Axes and Figure. Hand over what draw_… returns."
    )


def bundle_figure(figure: Figure, mark: str = "") -> dict[str, str]:
    """The figure as SVG, which all forms are made from; its metadata name a mark."""
    if engine := figure.get_layout_engine():
        engine.execute(figure)
        figure.set_layout_engine(None)  # "none" would stay an engine, for which each picture is drawn twice
    return {SVG: _PATH.sub(_round_path, _save(figure, mark))}


def bundle_table(table: Mapping[str, list], caption: str, note: str) -> dict[str, Any]:
    """The described table (see `analysis.publish.document.cells`) as accessible HTML, as text, and as data."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(one["title"]) for one in table["columns"])
    rows = [Markup("").join(_cell_html(cell, n == 0) for n, cell in enumerate(row)) for row in table["rows"]]
    body = Markup("").join(Markup("<tr>{}</tr>\n").format(row) for row in rows)
    texts = {"caption": Markup(prose.to_html(caption)), "note": Markup(prose.to_html(note))}
    html = Markup(_TABLE).format(head=head, body=body, **texts)
    return {"text/html": str(html), "text/plain": _table_text(table), RESOURCE: as_data_resource(table)}


def as_data_resource(table: Mapping[str, list]) -> dict[str, Any]:
    """The described table as a Frictionless tabular data resource."""
    names = [column["name"] for column in table["columns"]]
    fields = [
        {"name": column["name"], "title": column["title"], "type": _TYPES.get(column["kind"], "string")}
        for column in table["columns"]
    ]
    data = [dict(zip(names, (cell["value"] for cell in row), strict=True)) for row in table["rows"]]
    return {"profile": "tabular-data-resource", "schema": {"fields": fields}, "data": data}


def _save(figure: Figure, mark: str) -> str:
    """The picture as text that depends on nothing but the figure: no date, no random ids, no version."""
    import matplotlib  # only now: those who read documents go without

    metadata = {"Date": None, "Creator": None} | ({"Title": mark} if mark else {})
    file = io.StringIO()
    with matplotlib.rc_context(_SVG_SETTINGS):
        figure.savefig(file, format="svg", metadata=metadata)
    return file.getvalue()


def _round_path(path: re.Match[str]) -> str:
    """A path to a hundredth of a point: a fourth less to load, and nothing that an eye could see."""
    return _FINER_DIGITS.sub("", path[0])


def _cell_html(cell: Mapping[str, Any], is_first: bool) -> Markup:
    language = f' lang="{escape(cell["language"])}"' if "language" in cell else ""
    text = escape(_shown(cell))  # `Markup.format` would take five times as long
    return Markup(f'<th scope="row"{language}>{text}</th>' if is_first else f"<td{language}>{text}</td>")


def _table_text(table: Mapping[str, list]) -> str:
    rows = [[column["title"] for column in table["columns"]]]
    rows += [[_shown(cell) for cell in row] for row in table["rows"]]
    return "\n".join(" | ".join(row) for row in rows)


def _shown(cell: Mapping[str, Any]) -> str:
    return cell["text"] or " ".join(f"[{one}]" for one in cell.get("sources", ()))
