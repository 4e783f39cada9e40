"""Edge lists of others (text, KONECT, GraphML) with what files beside them, or a table, tell of the nodes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.imports.edges import LINK_COLUMNS, EdgeList, read_edge_list
from analysis.imports.foreign.sheets import Row, find_field, read_rows
from analysis.imports.foreign.statements import Place, Reading, Statement
from analysis.imports.foreign.values import DEGREES, make_location, read_item, read_people
from analysis.imports.networks import find_attribute_files
from analysis.imports.nodes import ATTRIBUTES, describe_nodes, read_attribute

REASONS = {"loop": "loop", "repeated": "repeated", "one_end": "one-end", "empty_end": "empty"}
NODE_REASONS = {
    "no_city": "node-alone",
    "without_stops": "node-stops",
    "repeated": "node-repeated",
    "unreadable": "node-unreadable",
}
NEEDED = ("node_id",)

Nodes = Mapping[str, Row]  # what a table tells, by node


def read_edges(path: Path, nodes: Path | None = None) -> Reading:
    """
    Read an edge list; each line says that one place names another. Nodes are known by their labels in the file.

    What the nodes are comes from the table `nodes`, else from the attributes of a GraphML file, else from
    city_country.tsv, latitude.tsv and longitude.tsv beside the file. A node of which nothing is known stays.

    Raises
    ------
    DataError
        If a file cannot be read, or there is no link.
    """
    reading = Reading()
    edges = read_edge_list(path)
    reading.read = edges.read
    for line, text, reason in edges.listed.itertuples(index=False):
        reading.list_row(int(line), "", text, REASONS[reason])
    told = _read_table(nodes, reading) if nodes else _read_attributes(edges)
    places = _describe(path, edges, told, reading)
    for home, partner, line in edges.links[[*LINK_COLUMNS, "line"]].itertuples(index=False):
        reading.statements.append(Statement(int(line), places[home], places[partner], is_own_reading=True))
    return reading


def _read_table(path: Path, reading: Reading) -> Nodes:
    """The rows of a table of nodes; the first of each node counts."""
    inner = Reading()  # its rows are no statements
    rows = read_rows(path, "nodes", NEEDED, inner)
    reading.notices += inner.notices
    found: dict[str, Row] = {}
    for row in rows:
        if found.setdefault(row["node_id"], row) is not row:
            reading.remark(0, path.name, f"{row.line}: {row['node_id']}", NODE_REASONS["repeated"])
    for each in inner.findings:
        reading.remark(0, path.name, f"{each.row or ''}: {each.value}".lstrip(": "), each.reason)
    return found


def _read_attributes(edges: EdgeList) -> Nodes:
    """The attributes of GraphML nodes as rows; none for other files."""
    table = edges.nodes
    fields = {column: find_field(str(column), "nodes") for column in table.columns if column != "city_id"}
    # A label is the name of a node here, whose id stands in the file already.
    fields = {column: "name" if field == "node_id" else field for column, field in fields.items() if field}
    return {
        str(row["city_id"]): Row(
            number,
            {field: str(row[column]).strip() for column, field in fields.items() if not pd.isna(row[column])},
        )
        for number, (_, row) in enumerate(table.iterrows(), start=1)
        if fields
    }


def _describe(path: Path, edges: EdgeList, told: Nodes, reading: Reading) -> dict[str, Place]:
    """The place of each node, by its label; rows that tell of no node, or nothing, are told."""
    files = {} if told else find_attribute_files(path.parent)
    attributes = {name: read_attribute(file) for name, file in files.items()} or {
        name: pd.DataFrame(
            [(node, _plain(row[name]), row.line) for node, row in told.items() if row[name]],
            columns=["city_id", "value", "line"],
        )
        for name in ATTRIBUTES
    }
    cities = pd.Index(pd.unique(edges.links[LINK_COLUMNS].to_numpy().ravel()), dtype="string")
    table, listed = describe_nodes(cities, attributes)
    seen = set()  # a row of a table is about three attributes, and its node is told of once
    for attribute, line, text, reason in listed.itertuples(index=False):
        where = files[attribute].name if attribute in files else attribute
        told_of = (line, reason, where if files or reason == "unreadable" else "")
        if told_of not in seen:
            reading.remark(0, where, f"{line}: {text}", NODE_REASONS[reason])
        seen.add(told_of)
    return {
        str(node): _make_place(str(node), name, code, (north, east), told.get(str(node)), reading)
        for node, name, code, north, east in table.itertuples(index=False)
    }


def _plain(text: str) -> str:
    """A number with a decimal point for one with a comma; other texts stay."""
    return text.rstrip("°").replace(",", ".") if DEGREES.fullmatch(text) else text


def _make_place(
    node: str, name: str, code: object, degrees: tuple[object, object], row: Row | None, reading: Reading
) -> Place:
    location = None if any(map(pd.isna, degrees)) else make_location(*map(float, degrees))
    return Place(
        (row["name"] if row else "") or name,
        "" if pd.isna(code) else str(code),
        location,
        wikidata_id=read_item(row["wikidata_id"]) if row else "",
        node_id=node,
        population=read_people(row["population"], 0, reading) if row else None,
    )
