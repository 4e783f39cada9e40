"""What the measures of a network cost: seconds and memory on networks as large as those of sister cities.

Networks are drawn at random with the numbers of partners of a heavy-tailed distribution and shuffled; they need no
data. Three parts: all measures on 11,618 cities / 15,225 links and on 18,000 / 26,000, beside networkx where it can (exact
betweenness on a sample of starts, scaled up, and said); how the linear measures grow from 10³ to 10⁶ links; and how many sweeps
the random networks need. The last line is one JSON object.
"""

import json
import resource
import sys
import time
from collections.abc import Callable

import networkx
import numpy as np
import pandas as pd
import rustworkx

from analysis.network import (
    centrality,
    clustering,
    communities,
    degrees,
    distances,
    graph,
    measures,
    nullmodel,
    proximity,
)

SIZES = ((11_618, 15_225), (18_000, 26_000))
GROWTH = (1_000, 10_000, 100_000, 1_000_000)
SAMPLE = 200  # starts of networkx's betweenness; all would take most of an hour
LIMIT = 1.5  # exact betweenness may take this many times the raw call of the library
SWEEPS = (0, 1, 2, 3, 6, 12, 24)


def draw_links(cities: int, links: int, seed: int = 1) -> pd.DataFrame:
    """Draw links: ends in proportion to weights of a power law, every city at least once, some statements returned."""
    random = np.random.default_rng(seed)
    weights = random.pareto(1.6, cities) + 1
    first = np.concatenate([np.arange(cities), random.choice(cities, 3 * links, p=weights / weights.sum())])
    second = random.choice(cities, len(first), p=weights / weights.sum())
    pairs = np.sort(np.column_stack([first, second])[first != second], axis=1)
    _, where = np.unique(pairs, axis=0, return_index=True)
    pairs = pairs[np.sort(where)][:links]
    both = np.concatenate([pairs, pairs[random.random(len(pairs)) < 0.3][:, ::-1]])
    return pd.DataFrame(both, columns=["home_city_id", "partner_city_id"])


def draw_places(cities: int, seed: int = 2) -> pd.DataFrame:
    """Places anywhere on the globe, in thirty countries."""
    random = np.random.default_rng(seed)
    countries = [f"{one}{other}" for one in "ABCDE" for other in "ABCDEF"]
    return pd.DataFrame(
        {
            "city_id": range(cities),
            "latitude": random.uniform(-60, 75, cities),
            "longitude": random.uniform(-180, 180, cities),
            "country_code": random.choice(countries, cities),
        }
    )


def measure(work: Callable[[], object], repeats: int = 1) -> tuple[float, object]:
    """The shortest time of a piece of work, and what it gave."""
    seconds, result = [], None
    for _ in range(repeats):
        begin = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds), result


def show(what: str, own: float, other: float | None = None, note: str = "") -> None:
    """Print a line of the table."""
    beside = " " * 10 if other is None else f"{other:10.3f}"
    print(f"  {what:34}{own:10.3f}{beside}  {note}", flush=True)


def compare(cities: int, links: int) -> dict[str, float]:
    """All measures on one network, beside networkx."""
    table, places = draw_links(cities, links), draw_places(cities)
    built, network = measure(lambda: graph.build_network(table, places))
    other = networkx.Graph(network.edges.tolist())
    size = len(network.places)
    print(f"\n{size:,} cities, {len(network.edges):,} links; seconds{'ours':>24}{'networkx':>10}")
    show("build", built)
    found = {"build": built}
    pairs = {
        "components": (lambda: network.components, lambda: list(networkx.connected_components(other))),
        "clustering, both": (
            lambda: clustering.measure_clustering(size, network.edges),
            lambda: (networkx.transitivity(other), networkx.average_clustering(other)),
        ),
        "cores": (lambda: clustering.find_cores(network), lambda: networkx.core_number(other)),
        "degree assortativity": (
            lambda: degrees.measure_degree_assortativity(network.degrees, network.edges),
            lambda: networkx.degree_assortativity_coefficient(other),
        ),
    }
    for what, (own, theirs) in pairs.items():
        found[what] = measure(own)[0]
        show(what, found[what], measure(theirs)[0])
    found |= time_ways(network, other) | time_chance(network)
    return found


def time_ways(network: graph.Network, other: networkx.Graph) -> dict[str, float]:
    """Shortest ways, closeness and betweenness; the latter also as the raw call of the library."""
    steps_seconds, _ = measure(lambda: distances.measure_steps(network))
    starts = list(other)[:SAMPLE]
    scale = len(other) / SAMPLE
    ways, _ = measure(lambda: [networkx.single_source_shortest_path_length(other, start) for start in starts])
    show("all shortest ways, exact", steps_seconds, ways * scale, f"networkx: {SAMPLE} starts, scaled up")
    raw, _ = measure(lambda: rustworkx.betweenness_centrality(network.graph, normalized=False), 2)
    own, _ = measure(lambda: centrality.measure_betweenness(network), 2)
    sampled, _ = measure(lambda: networkx.betweenness_centrality(other, k=SAMPLE, normalized=False, seed=1))
    show(
        "betweenness, exact",
        own,
        sampled * scale,
        f"networkx: {SAMPLE} starts, scaled up; raw call {raw:.3f}",
    )
    return {"ways": steps_seconds, "betweenness": own, "betweenness_raw": raw, "betweenness_ratio": own / raw}


def time_chance(network: graph.Network) -> dict[str, float]:
    """Communities (networkx's own Louvain method) and random networks."""
    louvain, _ = measure(lambda: communities.find_communities(network, 1))
    show("communities, one seed", louvain)
    chance, _ = measure(lambda: measures.compare_with_random(network, draws=10, seed=1))
    show("ten random networks, all measures", chance)
    return {"communities": louvain, "ten_random": chance}


def grow() -> dict[str, dict[str, float]]:
    """Measures that should grow as the number of links: seconds from 10³ to 10⁶."""
    print(f"\n{'links':>12}{'build':>10}{'clustering':>12}{'cores':>10}{'gini':>10}{'exchange':>10}")
    found = {}
    for links in GROWTH:
        table = draw_links(links * 3 // 4, links)
        built, network = measure(lambda table=table: graph.build_network(table))
        size, edges = len(network.places), network.edges
        works = {
            "clustering": lambda size=size, edges=edges: clustering.measure_clustering(size, edges),
            "cores": lambda size=size, edges=edges: clustering.measure_core(size, edges),
            "gini": lambda network=network: degrees.measure_gini(network.degrees),
            "exchange": lambda edges=edges: next(nullmodel.draw_networks(edges, draws=1, seed=1, sweeps=1)),
        }
        found[str(links)] = {"build": built} | {what: measure(work)[0] for what, work in works.items()}
        times = "".join(
            f"{seconds:{12 if what == 'clustering' else 10}.4f}"
            for what, seconds in found[str(links)].items()
        )
        print(f"{len(edges):>12,}{times}", flush=True)
    return found


def settle() -> dict[str, dict[str, float]]:
    """
    Transitivity and mean distance of ten random networks by number of sweeps: they settle early.

    The start is as far from chance as can be: a ring of cities about the equator, each linked with the next two.
    """
    cities = np.arange(SIZES[0][0])
    pairs = np.concatenate([np.column_stack([cities, (cities + step) % len(cities)]) for step in (1, 2)])
    east = cities / len(cities) * 360 - 180
    places = pd.DataFrame({"city_id": cities, "latitude": 0.0, "longitude": east})
    network = graph.build_network(pd.DataFrame(pairs, columns=["home_city_id", "partner_city_id"]), places)
    print(f"\n{'sweeps':>8}{'transitivity':>14}{'mean km':>10}   (means of ten random networks)")
    found = {}
    for sweeps in SWEEPS:
        drawn = list(nullmodel.draw_networks(network.edges, draws=10, seed=1, sweeps=sweeps))
        size = len(network.places)
        closed = np.mean([clustering.measure_clustering(size, edges)["transitivity"] for edges in drawn])
        away = np.mean([proximity.measure_links(network.places, edges).mean() for edges in drawn])
        found[str(sweeps)] = {"transitivity": float(closed), "mean_km": float(away)}
        print(f"{sweeps:>8}{closed:>14.5f}{away:>10.0f}", flush=True)
    return found


def main() -> int:
    """Measure, print, and fail if exact betweenness is slower than the limit."""
    result = {f"{cities}/{links}": compare(cities, links) for cities, links in SIZES}
    result |= {"growth": grow(), "sweeps": settle()}
    result["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratios = {
        size: found["betweenness_ratio"] for size, found in result.items() if "betweenness_ratio" in found
    }
    slow = [size for size, ratio in ratios.items() if ratio > LIMIT]
    print(
        f"\npeak memory {result['peak_memory_mb']:.0f} MB; betweenness over {LIMIT} × the raw call: {slow or 'nowhere'}"
    )
    print(json.dumps(result))
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
