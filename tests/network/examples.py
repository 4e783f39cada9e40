"""Small networks whose measures can be reckoned on paper."""

import networkx
import pandas as pd

from analysis.network.graph import Network, build_network

# A triangle A B C, a tail C D E, and a pair X Y apart. A and B name each other; every other link is named once.
STATEMENTS = ["A B", "B A", "A C", "B C", "C D", "D E", "X Y"]
PLACES = pd.DataFrame(
    [
        ("A", "Aa", "DE", 51.0, 12.0),
        ("B", "Bb", "DE", 52.0, 13.0),
        ("C", "Cc", "FR", 48.0, 2.0),
        ("D", "Dd", "FR", 47.0, 3.0),
        ("E", "Ee", "JP", 35.0, 179.0),
        ("X", "Xx", "US", 40.0, -179.0),
        ("Q", "Qq", "US", 0.0, 0.0),  # has no link
    ],
    columns=["city_id", "name", "country_code", "latitude", "longitude"],
)


def link(*statements: str) -> pd.DataFrame:
    """Links from texts such as "A B" (A names B)."""
    return pd.DataFrame([text.split() for text in statements], columns=["home_city_id", "partner_city_id"])


def small() -> Network:
    """The network of STATEMENTS."""
    return build_network(link(*STATEMENTS), PLACES)


def convert(graph: networkx.Graph) -> Network:
    """A graph of networkx as a network; its nodes without links are left out."""
    return build_network(pd.DataFrame(list(graph.edges()), columns=["home_city_id", "partner_city_id"]))


def restore(network: Network) -> networkx.Graph:
    """A network as a graph of networkx, on positions."""
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(network.places)))
    graph.add_edges_from(network.edges.tolist())
    return graph
