"""All measures of a network under their codes, as the study page and the comparison with chance need them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.network.clustering import measure_clustering, measure_core
from analysis.network.degrees import measure_degree_assortativity, measure_gini
from analysis.network.distances import Steps, summarise_steps
from analysis.network.graph import Network
from analysis.network.mixing import (
    correlate_latitude,
    correlate_longitude,
    correlate_shifted_longitude,
    measure_country_assortativity,
    measure_longitude_assortativity,
)
from analysis.network.nullmodel import compare_with_chance, draw_statistics
from analysis.network.proximity import find_placed_links, measure_links, summarise_distances
from analysis.network.size import measure_size


def measure_structure(network: Network, edges: np.ndarray) -> dict[str, float]:
    """What depends on who is linked with whom only, for the network's own links or random ones."""
    count = len(network.places)
    largest, members = measure_core(count, edges)
    return {
        **measure_clustering(count, edges),
        "degree_assortativity": measure_degree_assortativity(network.degrees, edges),
        "core_number": largest,
        "core_cities": members,
    }


def measure_geography(network: Network, edges: np.ndarray) -> dict[str, float]:
    """What depends on where linked cities lie, for links whose ends have coordinates."""
    places = network.places
    return {
        **summarise_distances(measure_links(places, edges)),
        "latitude": correlate_latitude(places, edges),
        "longitude": correlate_longitude(places, edges),
        "longitude_direction": measure_longitude_assortativity(places, edges),
        "longitude_shifted": correlate_shifted_longitude(places, edges),
    }


def compare_with_random(
    network: Network, *, draws: int, seed: int, tell: Callable[[int, int], None] = lambda done, total: None
) -> pd.DataFrame:
    """
    Compare structure and geography with random networks in which every city keeps its number of partners.

    For geography, the links whose two ends have coordinates exchange ends among themselves, so that observed and
    random links have the same ends. Columns as in `nullmodel.compare_with_chance`.
    """
    placed = find_placed_links(network)
    parts = [(network.edges, measure_structure)]
    parts += [(placed, measure_geography)] if len(placed) > 1 else []
    tables = []
    for number, (edges, measure) in enumerate(parts):

        def reckon(drawn: np.ndarray, measure: Callable = measure) -> dict[str, float]:
            return measure(network, drawn)

        def report(done: int, total: int, number: int = number) -> None:
            tell(number * total + done, len(parts) * total)

        drawn = draw_statistics(edges, reckon, draws=draws, seed=seed, tell=report)
        tables.append(compare_with_chance(measure(network, edges), drawn))
    return pd.concat(tables, ignore_index=True)


def measure_network(network: Network, steps: Steps) -> dict[str, float]:
    """All measures; those of place only where at least two links have coordinates at both ends."""
    placed = find_placed_links(network)
    found = {
        **measure_size(network),
        "gini": measure_gini(network.degrees),
        "gini_unbiased": measure_gini(network.degrees, unbiased=True),
        **measure_structure(network, network.edges),
        **summarise_steps(network, steps),
    }
    if network.places["country_code"].notna().any():
        found["country"] = measure_country_assortativity(network)
    return found | (measure_geography(network, placed) if len(placed) > 1 else {})
