"""How large a network is, how it hangs together, and how often partners name each other."""

from __future__ import annotations

import numpy as np

from analysis.network.graph import Network


def measure_reciprocity(network: Network) -> float:
    """
    Share of statements that the named city returns, 0 to 1, before direction is dropped.

    If A names B and B names A, both statements are returned. Formula: r = L↔ / L, with L the number of arcs and L↔
    those whose reverse is an arc, too (Newman, Networks, 2010, section 7.10). Once direction is dropped the
    value is 1 by construction and says nothing.
    """
    size = np.int64(len(network.places))
    there = network.arcs[:, 0] * size + network.arcs[:, 1]
    back = network.arcs[:, 1] * size + network.arcs[:, 0]
    return float(np.isin(there, back).mean())


def measure_density(network: Network) -> float:
    """Share of all pairs of cities that are linked, m / (n (n − 1) / 2)."""
    size = len(network.places)
    return len(network.edges) / (size * (size - 1) / 2)


def measure_size(network: Network) -> dict[str, float]:
    """
    Measure the size of a network.

    Returns
    -------
    dict
        cities, statements (arcs, each once), links (pairs of cities), reciprocity (of the statements),
        density, components, giant_cities and giant_links (in the largest component), giant_share (of the cities).
    """
    in_giant = network.components == 0
    return {
        "cities": len(network.places),
        "statements": len(network.arcs),
        "links": len(network.edges),
        "reciprocity": measure_reciprocity(network),
        "density": measure_density(network),
        "components": int(network.components.max()) + 1,
        "giant_cities": int(in_giant.sum()),
        "giant_links": int(in_giant[network.edges[:, 0]].sum()),
        "giant_share": float(in_giant.mean()),
    }
