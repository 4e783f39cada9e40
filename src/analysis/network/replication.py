"""The sister-city study of 2013, figure by figure: published, recomputed, and why they differ where they do.

A. Kaltenbrunner, P. Aragón, D. Laniado, Y. Volkovich: Not All Paths Lead to Rome: Analysing the Network of Sister Cities,
IWSOS 2013, LNCS 8221, doi 10.1007/978-3-642-54140-7_14.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.network.graph import Network
from analysis.network.nullmodel import compare_with_chance, draw_statistics
from analysis.network.proximity import find_placed_links, measure_links, summarise_distances

_FILES = Path(__file__).parent / "published_2013.csv"


def read_published() -> pd.DataFrame:
    """
    Read the published figures.

    Returns
    -------
    pandas.DataFrame
        part (study: printed by the authors; distance: from an earlier recomputation of distances by this project), code,
        measure (of `conventions.csv`; empty where nothing can be computed), published (text as printed), chance (true:
        a mean over random networks, to be met within their spread), name_de, name_en, reason_de, reason_en.
    """
    with _FILES.open(encoding="utf-8", newline="") as file:
        return pd.DataFrame(list(csv.DictReader(file)))


def compare_figures(measures: Mapping[str, float], chance: pd.DataFrame, part: str = "study") -> pd.DataFrame:
    """
    Set what was published beside what the same data give.

    Parameters
    ----------
    measures : mapping
        From `analysis.network.measures.measure_network`.
    chance : pandas.DataFrame
        From `analysis.network.nullmodel.compare_with_chance`.
    part : {"study", "distance"}
        Which figures, see `read_published`; for "distance" with what `measure_named_links` gives.

    Returns
    -------
    pandas.DataFrame
        The columns of `read_published`, with computed (number or missing) and result: reproduced (equal to the last
        printed digit), within_chance (a mean over random networks that lies in the middle 95 % of our draws), differs,
        not_computable.
    """
    table = read_published().query("part == @part").reset_index(drop=True)
    drawn = chance.set_index("statistic")
    known = {**measures, "reciprocity_without_direction": 1.0}  # by construction
    results = [_compare(row, known, drawn) for row in table.itertuples()]
    return table.assign(
        computed=pd.array([value for value, _ in results], dtype="Float64"),
        result=[result for _, result in results],
    )


def _compare(row: object, measures: Mapping[str, float], drawn: pd.DataFrame) -> tuple[float | None, str]:
    if not row.measure:
        return None, "not_computable"
    if row.chance == "true":
        low, high = drawn.loc[row.measure, ["chance_low", "chance_high"]]
        is_met = low <= float(row.published) <= high
        return float(drawn.loc[row.measure, "chance_mean"]), "within_chance" if is_met else "differs"
    value = float(measures[row.measure])
    return value, "reproduced" if agrees(value, row.published) else "differs"


def agrees(value: float, printed: str) -> bool:
    """Whether a value, rounded to the printed digits, is what is printed (one unit in the last digit at most)."""
    decimals = len(printed.partition(".")[2])
    return abs(value - float(printed)) <= 1.000001 * 10.0**-decimals / (2 if decimals < 10 else 1)


def read_published_cities(folder: Path) -> pd.DataFrame:
    """Read the study's figures by city (`published_nodes.tsv`): city_id, degree, core, betweenness, closeness."""
    table = pd.read_csv(
        Path(folder) / "published_nodes.tsv",
        sep="\t",
        quoting=csv.QUOTE_NONE,
        keep_default_na=False,
        usecols=["node", "degree", "k", "betweeness", "closeness"],
    )
    return table.rename(columns={"node": "city_id", "k": "core", "betweeness": "betweenness"})


def compare_cities(
    network: Network, published: pd.DataFrame, computed: Mapping[str, np.ndarray]
) -> pd.DataFrame:
    """
    Compare figures city by city.

    Parameters
    ----------
    published : pandas.DataFrame
        From `read_published_cities`.
    computed : mapping
        Name of a column of `published`: values in the order of `network.places`.

    Returns
    -------
    pandas.DataFrame
        figure, cities (compared), equal (to the printed digits), largest_difference.
    """
    ordered = published.set_index("city_id").reindex(network.places["city_id"])
    # Printed with two decimals, and ten; whole numbers exactly.
    tolerance = {"betweenness": 0.005001, "closeness": 0.50001e-10}
    rows = []
    for figure, values in computed.items():
        gap = np.abs(ordered[figure].to_numpy(float) - values)
        compared = ~np.isnan(gap)
        equal = (gap[compared] <= tolerance.get(figure, 0)).sum()
        rows.append((figure, int(compared.sum()), int(equal), float(gap[compared].max())))
    return pd.DataFrame(rows, columns=["figure", "cities", "equal", "largest_difference"])


def compare_leaders(
    published: pd.DataFrame,
    network: Network,
    betweenness: np.ndarray,
    *,
    by_degree: int = 6,
    by_betweenness: int = 3,
) -> pd.DataFrame:
    """
    Compare the cities that the study names as leading: those with most partners and with the largest betweenness.

    Returns
    -------
    pandas.DataFrame
        name, degree_published, degree, betweenness_published, betweenness; most partners first.
    """
    own = network.places[["city_id", "name"]].assign(degree=network.degrees, betweenness=betweenness)
    table = published.merge(own, on="city_id", suffixes=("_published", ""))
    leading = [
        table.nlargest(count, f"{column}_published").index
        for column, count in (("degree", by_degree), ("betweenness", by_betweenness))
    ]
    table = table.loc[leading[0].union(leading[1])].sort_values("degree_published", ascending=False)
    columns = ["name", "degree_published", "degree", "betweenness_published", "betweenness"]
    return table[columns].reset_index(drop=True)


def measure_named_links(
    network: Network, folder: Path, *, draws: int, seed: int
) -> tuple[dict[str, float], pd.DataFrame]:
    """
    Measure the distances of links whose two ends have, letter by letter, a row in latitude.tsv.

    An earlier recomputation looked at these links only. Returned are links, the statistics of
    `analysis.network.proximity.summarise_distances`, and these against random networks (as
    `analysis.network.nullmodel.compare_with_chance`).
    """
    names = pd.read_csv(
        Path(folder) / "latitude.tsv", sep="\t", header=None, quoting=csv.QUOTE_NONE, keep_default_na=False
    )[1]
    is_named = network.places["city_id"].isin(names).to_numpy()
    edges = find_placed_links(network)
    edges = edges[is_named[edges].all(axis=1)]

    def reckon(drawn: np.ndarray) -> dict[str, float]:
        return summarise_distances(measure_links(network.places, drawn))

    observed = reckon(edges)
    chance = compare_with_chance(observed, draw_statistics(edges, reckon, draws=draws, seed=seed))
    return {"links": len(edges), **observed}, chance
