"""Edge lists: two columns that say which city names which, with or without a header, and GraphML.

Nothing is lost in silence: every line of a file is either accepted or listed with its reason.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pandas as pd

from analysis.problems import DataError
from analysis.tables.files import MAX_BYTES

LINK_COLUMNS = ["home_city_id", "partner_city_id"]
_REASONS = ("loop", "repeated", "one_end", "empty_end")
DECLARATION = re.compile("<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# What networkx raises on files that are no GraphML, or that a program wrote wrongly.
DAMAGED = (
    ElementTree.ParseError,
    networkx.NetworkXError,
    *(AttributeError, KeyError, RecursionError, StopIteration, TypeError, ValueError),
)
# First cells that are headings and not cities; with any other word the first line is a link.
_HEADINGS = (
    {"source", "from", "home", "home_city_id", "city", "node1", "von", "stadt", "quelle"},
    {"target", "to", "partner", "partner_city_id", "node2", "nach", "partnerstadt", "ziel"},
)


@dataclass(frozen=True, eq=False)
class EdgeList:
    """What an edge list holds.

    Attributes
    ----------
    links : pandas.DataFrame
        home_city_id, partner_city_id, line: the accepted statements, in the order of the file.
    listed : pandas.DataFrame
        line, text, reason: loop (a city names itself), repeated (the same statement stands above), one_end (only
        one cell), empty_end. `len(links) + len(listed)` is `read`.
    nodes : pandas.DataFrame
        city_id and the attributes of GraphML nodes; only city_id for other formats.
    read : int
        Lines with a statement; comments, blank lines and the header are none.
    """

    links: pd.DataFrame
    listed: pd.DataFrame
    nodes: pd.DataFrame
    read: int


def read_edge_list(path: Path) -> EdgeList:
    """
    Read an edge list: tabs, commas, semicolons or blanks between the cells; UTF-8; ``%`` and ``#`` begin comments.

    The separator is the first of tab, semicolon and comma that the first line holds, else any blanks. Further
    columns (weights, times) are passed over. ``.graphml`` files are read as GraphML.

    Raises
    ------
    DataError
        If the file is not there, is not UTF-8, is no GraphML, or holds no link.
    """
    path = Path(path)
    text = _read_text(path)
    nodes = pd.DataFrame({"city_id": pd.Series(dtype="string")})
    if path.suffix.lower() == ".graphml":
        rows, nodes = _parse_graphml(text, path)
    else:
        rows = _parse_lines(text)
    links, listed = _sort_out(rows)
    if links.empty:
        raise DataError([f"{path.name}: there is no link, a network needs one. Write two cities to a line."])
    return EdgeList(links, listed, nodes, len(rows))


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            size = f"{MAX_BYTES // 1024**2} MB"
            raise DataError([f"{path.name}: is larger than {size}, allowed is {size}. Split the file."])
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataError([f"{path}: cannot be read ({error.strerror}). Name a file that exists."]) from None
    except UnicodeDecodeError as error:
        raise DataError(
            [f"{path.name}, byte {error.start + 1}: is no UTF-8, which is needed. Save the file as UTF-8."]
        ) from None


def _parse_lines(text: str) -> list[tuple[int, list[str]]]:
    """Line number and cells of every statement."""
    lines = [
        (number, line)
        for number, line in enumerate(re.split("\r\n|\n|\r", text), start=1)
        if line.strip() and not line.startswith(("%", "#"))
    ]
    separator = next((mark for mark in "\t;," if lines and mark in lines[0][1]), None)
    rows = [(number, _split(line, separator)) for number, line in lines]
    if rows and _is_header(rows[0][1]):
        rows = rows[1:]
    return rows


def _split(line: str, separator: str | None) -> list[str]:
    if separator is None:
        return line.split()
    # Quotes enclose cells in comma-separated files only; elsewhere they belong to names (Ma"an).
    quoting = csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL
    cells = next(csv.reader(io.StringIO(line), delimiter=separator, quoting=quoting))
    return [cell.strip() for cell in cells]


def _is_header(cells: list[str]) -> bool:
    words = [cell.casefold() for cell in cells[:2]]
    return len(words) == 2 and all(word in known for word, known in zip(words, _HEADINGS, strict=True))


def _parse_graphml(text: str, path: Path) -> tuple[list[tuple[int, list[str]]], pd.DataFrame]:
    if DECLARATION.search(text):  # entities can blow up to any size, or read other files
        fault = "has a document type or entities, allowed is GraphML without. Export the network anew."
        raise DataError([f"{path.name}: {fault}"])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on types of attributes, which are read as text here
            graph = networkx.parse_graphml(text, force_multigraph=True)
    except DAMAGED as error:
        raise DataError(
            [f"{path.name}: is no GraphML ({str(error)[:80]}). Export the network anew."]
        ) from None
    nodes = pd.DataFrame([{"city_id": str(node), **data} for node, data in graph.nodes(data=True)])
    ends = [[str(first), str(second)] for first, second in graph.edges()]
    return list(enumerate(ends, start=1)), nodes


def _sort_out(rows: list[tuple[int, list[str]]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    links, listed, seen = [], [], set()
    for number, cells in rows:
        reason = _find_fault(cells, seen)
        if reason:
            listed.append((number, " | ".join(cells), reason))
        else:
            seen.add(tuple(cells[:2]))
            links.append((*cells[:2], number))
    return (
        pd.DataFrame(links, columns=[*LINK_COLUMNS, "line"]),
        pd.DataFrame(listed, columns=["line", "text", "reason"]),
    )


def _find_fault(cells: list[str], seen: set[tuple[str, ...]]) -> str | None:
    if len(cells) < 2:
        return "one_end"
    if not all(cells[:2]):
        return "empty_end"
    if cells[0] == cells[1]:
        return "loop"
    return "repeated" if tuple(cells[:2]) in seen else None
