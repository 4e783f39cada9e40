"""How far partners lie apart on the globe."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.geography import WGS84
from analysis.network.graph import Network
from analysis.network.nullmodel import draw_networks

NEAR_KM = 1000


def measure_links(places: pd.DataFrame, edges: np.ndarray) -> np.ndarray:
    """Kilometres between the two ends of each link (shortest line on the WGS 84 ellipsoid); nan where unknown."""
    latitude, longitude = (
        places[column].to_numpy(float, na_value=np.nan) for column in ("latitude", "longitude")
    )
    first, second = edges[:, 0], edges[:, 1]
    metres = WGS84.inv(longitude[first], latitude[first], longitude[second], latitude[second])[2]
    return np.asarray(metres) / 1000


def find_placed_links(network: Network) -> np.ndarray:
    """The links whose two ends have coordinates."""
    is_placed = (network.places["latitude"].notna() & network.places["longitude"].notna()).to_numpy()
    return network.edges[is_placed[network.edges].all(axis=1)]


def draw_distances(network: Network, *, draws: int, seed: int) -> np.ndarray:
    """Kilometres between the ends of the placed links of random networks, all draws in one row."""
    placed = find_placed_links(network)
    drawn = draw_networks(placed, draws=draws, seed=seed)
    return np.concatenate([measure_links(network.places, edges) for edges in drawn])


def summarise_distances(distances_km: np.ndarray) -> dict[str, float]:
    """Mean and median of the distances of partners in km, and the share within 1,000 km."""
    known = distances_km[~np.isnan(distances_km)]
    return {
        "mean_distance_km": float(known.mean()),
        "median_distance_km": float(np.median(known)),
        "near_share": float((known <= NEAR_KM).mean()),
    }


def count_distances(observed: np.ndarray, drawn: np.ndarray, step_km: int = 500) -> pd.DataFrame:
    """
    Count observed and random links by distance.

    Returns
    -------
    pandas.DataFrame
        from_km, to_km, observed_share, chance_share (of the links with known distance).
    """
    edges = np.arange(0, 20_000 + 2 * step_km, step_km)
    shares = [np.histogram(v[~np.isnan(v)], edges)[0] / (~np.isnan(v)).sum() for v in (observed, drawn)]
    return pd.DataFrame(
        {"from_km": edges[:-1], "to_km": edges[1:], "observed_share": shares[0], "chance_share": shares[1]}
    )
