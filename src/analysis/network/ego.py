"""A city among its partners: its ego network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.network.graph import Network
from analysis.network.proximity import measure_links
from analysis.problems import DataError, did_you_mean, quote
from analysis.wording import Wording


@dataclass(frozen=True, eq=False)
class Ego:
    """A city, its partners, and the links among them.

    Attributes
    ----------
    position : int
        The city's position in the network.
    partners : pandas.DataFrame
        A row per partner, those with most partners first: position, name, country_code, latitude, longitude,
        degree (its partners in the whole network), shared (partners that it has in common with the city),
        named_by ("both", "city" or "partner": who states the link), distance_km.
    links : numpy.ndarray
        Links between partners, pairs of positions.
    """

    position: int
    partners: pd.DataFrame
    links: np.ndarray


def find_city(network: Network, city: str) -> int:
    """
    Find the position of a city by its id or its name.

    Raises
    ------
    DataError
        If no city has that name, with the nearest one, or several have it; then the id is needed.
    """
    for column in ("city_id", "name"):
        found = np.flatnonzero((network.places[column] == city).fillna(False).to_numpy(bool))
        if len(found) == 1:
            return int(found[0])
        if len(found) > 1:
            ids = ", ".join(network.places["city_id"].iloc[found].astype(str))
            raise DataError([f"city: {quote(city)} is the name of {len(found)} cities. Give the id: {ids}."])
    hint = did_you_mean(city, network.places["name"])
    raise DataError([f"city: {quote(city)} is not in the network.{hint} Give a name or an id of `cities`."])


def describe_ego(network: Network, city: str) -> Ego:
    """Describe the ego network of a city, given by id or name. Raises as `find_city`."""
    centre = find_city(network, city)
    own = network.edges[(network.edges == centre).any(axis=1)]
    partners = own.sum(axis=1) - centre
    is_partner = np.isin(np.arange(len(network.places)), partners)
    links = network.edges[is_partner[network.edges].all(axis=1)]
    shared = np.bincount(links.ravel(), minlength=len(network.places))
    table = network.places.iloc[partners][["name", "country_code", "latitude", "longitude"]]
    table = table.assign(
        position=partners,
        degree=network.degrees[partners],
        shared=shared[partners],
        named_by=_say_who_names(network, centre, partners),
        distance_km=measure_links(network.places, own),
    )
    return Ego(
        centre, table.sort_values(["degree", "name"], ascending=[False, True], ignore_index=True), links
    )


def _say_who_names(network: Network, centre: int, partners: np.ndarray) -> list[str]:
    named = set(network.arcs[network.arcs[:, 0] == centre, 1].tolist())
    naming = set(network.arcs[network.arcs[:, 1] == centre, 0].tolist())
    words = {(True, True): "both", (True, False): "city", (False, True): "partner"}
    return [words[partner in named, partner in naming] for partner in partners.tolist()]


def summarise_ego(network: Network, ego: Ego) -> dict[str, float]:
    """
    Summarise an ego network.

    Returns
    -------
    dict
        partners, countries (of the partners), links_among (between partners), density_among (of the pairs of partners
        that are linked: the city's local clustering), degree_rank (1: most partners of all cities).
    """
    count = len(ego.partners)
    pairs = count * (count - 1) / 2
    return {
        "partners": count,
        "countries": int(ego.partners["country_code"].nunique()),
        "links_among": len(ego.links),
        "density_among": len(ego.links) / pairs if pairs else 0.0,
        "degree_rank": int((network.degrees > network.degrees[ego.position]).sum()) + 1,
    }


def show_partners(ego: Ego, words: Wording) -> pd.DataFrame:
    """The partners for a reader: name, country_code, degree, shared, named_by (in words), distance_km."""
    said = {
        "both": words.text("beiden", "both"),
        "city": words.text("der Stadt", "the city"),
        "partner": words.text("dem Partner", "the partner"),
    }
    columns = ["name", "country_code", "degree", "shared", "named_by", "distance_km"]
    return ego.partners.assign(named_by=ego.partners["named_by"].map(said))[columns]
