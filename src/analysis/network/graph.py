"""A network of cities: who is linked with whom, and how it falls into parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import rustworkx

from analysis.problems import DataError, quote

_PLACE_COLUMNS = ("city_id", "name", "country_code", "latitude", "longitude")


@dataclass(frozen=True, eq=False)
class Network:
    """Cities and the links between them. Built by `build_network`; a city is known by its position in `places`.

    Attributes
    ----------
    places : pandas.DataFrame
        One row per city with at least one link, in the order in which the links name them: city_id, name,
        country_code, latitude, longitude (degrees; missing where not known) and other columns of the input.
    arcs : numpy.ndarray
        Statements "first city names second city as its partner", each once, without loops; two positions a row.
    edges : numpy.ndarray
        Links without direction, each pair of cities once; the position that comes first in `places` stands first.
    """

    places: pd.DataFrame
    arcs: np.ndarray
    edges: np.ndarray

    @cached_property
    def degrees(self) -> np.ndarray:
        """Number of partner cities of each city."""
        return np.bincount(self.edges.ravel(), minlength=len(self.places))

    @cached_property
    def graph(self) -> rustworkx.PyGraph:
        """The links as a graph of rustworkx; do not change it."""
        return make_graph(len(self.places), self.edges)

    @cached_property
    def components(self) -> np.ndarray:
        """Number of each city's component, 0 for the largest; components of one size in the order of places."""
        parts = sorted(map(sorted, rustworkx.connected_components(self.graph)), key=lambda p: (-len(p), p[0]))
        labels = np.empty(len(self.places), dtype=np.int64)
        for number, part in enumerate(parts):
            labels[part] = number
        return labels

    @cached_property
    def giant(self) -> np.ndarray:
        """Positions of the cities in the largest component."""
        return np.flatnonzero(self.components == 0)


def make_graph(size: int, edges: np.ndarray) -> rustworkx.PyGraph:
    """Make a graph of rustworkx from pairs of positions, each given once (it does not look for repeated ones)."""
    graph = rustworkx.PyGraph(multigraph=True, node_count_hint=size, edge_count_hint=len(edges))
    graph.add_nodes_from(range(size))
    graph.add_edges_from_no_data(list(zip(*edges.T.tolist(), strict=True)))
    return graph


def build_network(links: pd.DataFrame, places: pd.DataFrame | None = None) -> Network:
    """
    Build a network from who names whom.

    Loops (a city that names itself) and repeated statements are dropped. A city without a link is not in the network.
    The order of the links has no influence on any measure, only on the order of `places`.

    Parameters
    ----------
    links : pandas.DataFrame
        home_city_id names partner_city_id as its partner; a row per statement. Other columns are passed over.
    places : pandas.DataFrame, optional
        city_id, and any of name, country_code, latitude, longitude; a row per city. A city without a row has
        missing values, and its city_id as name.

    Raises
    ------
    DataError
        If a column is missing, a link has an empty end, there is no link, or a city has two rows.
    """
    _check(links, places)
    ends = links[["home_city_id", "partner_city_id"]].to_numpy(dtype=object)
    codes, ids = pd.factorize(ends.ravel())
    arcs = codes.reshape(-1, 2)
    arcs = arcs[arcs[:, 0] != arcs[:, 1]]
    # A loop may have been a city's only link: positions are given anew to the cities that are left.
    kept = np.sort(pd.unique(arcs.ravel()))
    arcs = _drop_repeats(np.searchsorted(kept, arcs), len(kept))
    edges = _drop_repeats(np.sort(arcs, axis=1), len(kept))
    return Network(_describe(pd.Index(ids[kept]), places), arcs, edges)


def _drop_repeats(pairs: np.ndarray, size: int) -> np.ndarray:
    """Each pair once, in the order of positions."""
    keys = np.sort(pd.unique(pairs[:, 0] * np.int64(size) + pairs[:, 1]))
    return np.column_stack(np.divmod(keys, size)) if len(keys) else pairs.reshape(0, 2)


def _describe(ids: pd.Index, places: pd.DataFrame | None) -> pd.DataFrame:
    known = pd.DataFrame({"city_id": []}, dtype=object) if places is None else places
    table = known.set_index("city_id").reindex(ids)
    for column in _PLACE_COLUMNS[1:]:
        kind = "string" if column in ("name", "country_code") else "Float64"
        table[column] = table[column].astype(kind) if column in table else pd.Series(pd.NA, ids, dtype=kind)
    table["name"] = table["name"].fillna(pd.Series(ids, ids, dtype="string"))
    table = table.rename_axis(index="city_id").reset_index()
    return table[[*_PLACE_COLUMNS, *(column for column in table if column not in _PLACE_COLUMNS)]]


def _check(links: pd.DataFrame, places: pd.DataFrame | None) -> None:
    problems = [
        f"links: there is no column {column}; needed are home_city_id and partner_city_id. Add it."
        for column in ("home_city_id", "partner_city_id")
        if column not in links
    ]
    if not problems:
        ends = links[["home_city_id", "partner_city_id"]]
        empty = np.flatnonzero((ends.isna() | (ends == "")).any(axis="columns"))
        problems += [
            f"links, row {row + 1}: an end is empty; a link has two cities. Name both." for row in empty
        ]
        if (ends.iloc[:, 0] == ends.iloc[:, 1]).all() and not len(empty):
            problems.append(
                "links: there is no link between two cities; a network needs one. Check the file."
            )
    if places is not None:
        twice = places["city_id"][places["city_id"].duplicated()].unique()
        problems += [
            f"places: {quote(str(city))} has two rows, a city has one. Merge them." for city in twice
        ]
    if problems:
        raise DataError(problems)
