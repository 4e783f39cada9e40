"""What the measures of a network cost: processor seconds and memory on networks as large as those of sister cities.

Networks are drawn at random with the numbers of partners of a heavy-tailed distribution; they need no data. Four parts:

  measures  all measures on 11,618 cities / 15,225 links and on 18,000 / 26,000, beside networkx where it can (exact
            betweenness on a sample of starts, scaled up, and said)
  growth    how the linear measures grow from 10³ to 10⁶ links
  sweeps    how many sweeps the random networks need
  notebook  the whole notebook on 11,618 cities / 15,225 links

Seconds are those of all processors together, so that other work on the machine does not count; of the notebook also those
of the clock. The last line is one JSON object. Exit code 1 if exact betweenness or the notebook is over its limit.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import babel
import networkx
import numpy as np
import pandas as pd
import papermill
import rustworkx

from analysis.home import find_home
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
NOTEBOOK_LIMIT = 60  # seconds of the clock for the whole notebook on two processors
SWEEPS = (0, 1, 2, 3, 6, 12, 24)
COUNTRIES = ("AT", "BR", "CA", "CN", "DE", "ES", "FR", "GB", "IT", "JP", "PL", "US")


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
    """Places anywhere on the globe, in twelve countries."""
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "city_id": range(cities),
            "latitude": random.uniform(-60, 75, cities),
            "longitude": random.uniform(-180, 180, cities),
            "country_code": random.choice(COUNTRIES, cities),
        }
    )


def measure(work: Callable[[], object], repeats: int = 1) -> tuple[float, object]:
    """The fewest processor seconds of a piece of work, and what it gave."""
    seconds, result = [], None
    for _ in range(repeats):
        begin = time.process_time()
        result = work()
        seconds.append(time.process_time() - begin)
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
    print(f"\n{size:,} cities, {len(network.edges):,} links; processor seconds{'ours':>14}{'networkx':>10}")
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


def run_notebook() -> dict[str, float]:
    """The whole notebook with a hundred random networks, as a reader runs it."""
    cities, links = SIZES[0]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_network(folder, draw_links(cities, links), draw_places(cities))
        begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        papermill.execute_notebook(
            str(find_home() / "notebooks/network.ipynb"),
            str(folder / "done.ipynb"),
            {"register": str(folder), "city": "0", "draws": 100},
            cwd=str(find_home() / "notebooks"),
            progress_bar=False,
        )
        seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"\nthe whole notebook: {seconds:.1f} s, {processor:.1f} s of all processors together", flush=True)
    return {"seconds": seconds, "processor_seconds": processor, "kernel_mb": after.ru_maxrss / 1024}


def write_network(folder: Path, links: pd.DataFrame, places: pd.DataFrame) -> None:
    """Write links and places as the edge list and attribute files that the notebook reads."""
    links.to_csv(folder / "edges.tsv", sep="\t", header=False, index=False)
    countries = places["country_code"].map(babel.Locale("en").territories)
    for name, values in places[["latitude", "longitude"]].assign(country=countries).items():
        places[["city_id"]].assign(value=values).to_csv(folder / f"{name}.tsv", sep="\t", header=False)


def find_slow(result: dict[str, dict]) -> list[str]:
    """What is over its limit."""
    slow = [
        f"betweenness {size}" for size, found in result.items() if found.get("betweenness_ratio", 0) > LIMIT
    ]
    return slow + ["notebook"] * (result.get("notebook", {}).get("seconds", 0) > NOTEBOOK_LIMIT)


def main() -> int:
    """Measure all parts, or those named, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="parts to measure; all without one")
    parts = {
        "measures": lambda: {f"{cities}/{links}": compare(cities, links) for cities, links in SIZES},
        "growth": lambda: {"growth": grow()},
        "sweeps": lambda: {"sweeps": settle()},
        "notebook": lambda: {"notebook": run_notebook()},
    }
    asked = parser.parse_args().parts or list(parts)
    if unknown := [part for part in asked if part not in parts]:
        parser.error(f"PART is {unknown[0]!r}, allowed are {', '.join(parts)}. Choose among them.")
    result: dict[str, dict] = {}
    for part in asked:
        result |= parts[part]()
    slow = find_slow(result)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory {memory:.0f} MB; over the limit: {', '.join(slow) or 'nothing'}")
    print(json.dumps(result | {"peak_memory_mb": memory}))
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
