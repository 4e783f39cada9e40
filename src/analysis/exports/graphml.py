"""Cities and relations as GraphML, which programs for networks read."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from analysis.exports.attribution import About
from analysis.exports.characters import show_controls
from analysis.exports.graphs import ENDS, Graph

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {"Int64": "long", "Float64": "double", "boolean": "boolean"}


def write_graphml(graph: Graph, about: About) -> bytes:
    """
    Write a graph as GraphML (UTF-8).

    A node is a city, by its city_id; what is known of cities and relations are attributes, and what is missing is left
    out. Title, day, licence and credits are attributes of the graph. Characters that XML cannot hold are written out
    (`analysis.exports.characters`). Equal graphs give equal bytes.
    """
    edges = graph.relations.drop(columns=ENDS)
    tables = {"node": graph.places, "edge": edges}
    keys = [(kind, str(column)) for kind, table in tables.items() for column in table]
    ids = {key: f"d{number}" for number, key in enumerate(keys)}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<graphml xmlns="{_SPACE}">',
        *_declare(about),
        *(_declare_key(ids[key], key, tables[key[0]][key[1]]) for key in keys),
        f'<graph edgedefault="{"directed" if graph.is_directed else "undirected"}">',
        *_describe(about),
        *_write_nodes(graph.places, ids),
        *_write_edges(graph, edges, ids),
        "</graph>",
        "</graphml>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _list_facts(about: About) -> dict[str, str]:
    """What the graph says of itself."""
    facts = {
        "title": about.title,
        "as_of": about.as_of,
        "licence": about.licence,
        "credits": "; ".join(about.credits),
    }
    return {name: text for name, text in facts.items() if text}


def _declare(about: About) -> Iterator[str]:
    for name in _list_facts(about):
        yield f'<key id="{name}" for="graph" attr.name="{name}" attr.type="string"/>'


def _declare_key(key_id: str, key: tuple[str, str], column: pd.Series) -> str:
    kind, name = key
    shown = quoteattr(show_controls(name))
    return f'<key id="{key_id}" for="{kind}" attr.name={shown} attr.type="{_TYPES.get(str(column.dtype), "string")}"/>'


def _describe(about: About) -> Iterator[str]:
    for name, text in _list_facts(about).items():
        yield _write_value(name, text)


def _write_nodes(places: pd.DataFrame, ids: dict[tuple[str, str], str]) -> Iterator[str]:
    names = _name_nodes(places["city_id"])
    for row in places.to_dict("records"):
        values = "".join(_write_values("node", row, ids))
        yield f"<node id={quoteattr(names[row['city_id']])}>{values}</node>"


def _write_edges(graph: Graph, edges: pd.DataFrame, ids: dict[tuple[str, str], str]) -> Iterator[str]:
    names = _name_nodes(graph.places["city_id"])
    ends = graph.relations[ENDS].itertuples(index=False, name=None)
    for (home, partner), row in zip(ends, edges.to_dict("records"), strict=True):
        values = "".join(_write_values("edge", row, ids))
        yield f"<edge source={quoteattr(names[home])} target={quoteattr(names[partner])}>{values}</edge>"


def _name_nodes(city_ids: pd.Series) -> dict[str, str]:
    """Name each city for XML: by its id; where two are the same once control characters are written out, a line is added."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for city_id in city_ids:
        name = show_controls(city_id)
        while name in taken:
            name += "_"
        names[city_id] = name
        taken.add(name)
    return names


def _write_values(kind: str, row: dict[str, object], ids: dict[tuple[str, str], str]) -> Iterator[str]:
    for column, value in row.items():
        if not pd.isna(value):
            text = str(value).lower() if isinstance(value, bool) else str(value)
            yield _write_value(ids[kind, str(column)], text)


def _write_value(key_id: str, text: str) -> str:
    return f'<data key="{key_id}">{escape(show_controls(text))}</data>'
