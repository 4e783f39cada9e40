"""Cities and the relations between them, as two tables: what every form of an export is made of."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.history import describe_relations, list_state_sources
from analysis.imports.networks import NetworkFiles
from analysis.tables import Register

_OF_RELATION = (
    "level",
    "home_district",
    "scope",
    "form",
    "form_date",
    "status",
    "group",
    "first_date",
    "first_year",
    "confirmed_date",
    "distance_km",
)
ENDS = ["home_city_id", "partner_city_id"]


@dataclass(frozen=True, eq=False)
class Graph:
    """Cities and relations.

    Attributes
    ----------
    places : pandas.DataFrame
        city_id (each once), latitude, longitude (degrees, may be missing), and what else is known; only cities with a relation.
    relations : pandas.DataFrame
        home_city_id, partner_city_id, and what else is known of each relation; two cities may have several.
    is_directed : bool
        True for a list of statements, where one city names another; a relation of a register binds both.
    """

    places: pd.DataFrame
    relations: pd.DataFrame
    is_directed: bool = False


def graph_register(register: Register, as_of: str) -> Graph:
    """
    The relations of a register as they stood at a date, ended ones, too.

    Parameters
    ----------
    register : Register
    as_of : str
        ISO date; a relation without a milestone by then is none.

    Returns
    -------
    Graph
        Places as in `cities`; relations with partnership_id, the ends, level, home_district, scope, form, form_date,
        status, group, first_date, first_year, confirmed_date, distance_km (geodesic, to 0.1 km) and source_id
        (several separated by ``;``), as `analysis.history.describe_relations` defines them.
    """
    known = describe_relations(register, as_of)
    ends = register["partnerships"].set_index("partnership_id")[ENDS]
    relations = known[["partnership_id"]].join(ends, on="partnership_id", validate="one_to_one")
    relations = relations.assign(**{name: known[name] for name in _OF_RELATION})
    relations["distance_km"] = relations["distance_km"].round(1)
    relations["source_id"] = list_state_sources(known).astype("string")
    cities = register["cities"]
    places = cities[cities["city_id"].isin(relations[ENDS].to_numpy().ravel())]
    return Graph(places.reset_index(drop=True), relations)


def graph_network(files: NetworkFiles) -> Graph:
    """The statements of an edge list and what its files know of the cities: city_id, name, country_code, latitude, longitude."""
    links = files.links[ENDS].astype("string").reset_index(drop=True)
    is_used = files.places["city_id"].isin(links.to_numpy().ravel())
    return Graph(files.places[is_used].reset_index(drop=True), links, is_directed=True)
