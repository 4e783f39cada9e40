"""The map of an ego network: a city, its partners, and which of these are partners of each other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy
import pandas
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from analysis.charts.layout import check_table
from analysis.maps.outlines import find_position
from analysis.maps.partners import draw_partner_map
from analysis.style import QUIET_INK, settings
from analysis.wording import Wording


@settings()
def draw_ego_map(
    partners: pandas.DataFrame, links: numpy.ndarray, home: Mapping[str, object], words: Wording
) -> Axes:
    """
    Draw a city's partners as in `analysis.maps.draw_partner_map`, with a thin line between partners of each other.

    Parameters
    ----------
    partners : pandas.DataFrame
        name, country_code, latitude, longitude, position; from `analysis.network.ego`. Partners without coordinates are
        left out.
    links : numpy.ndarray
        Pairs of positions of partners that are linked.
    home : Mapping
        name, country_code, latitude, longitude of the city.

    Raises
    ------
    ValueError
        If no partner has coordinates or a column is missing.
    """
    check_table(partners, ("name", "country_code", "latitude", "longitude", "position"), "draw_ego_map")
    placed = partners.dropna(subset=["latitude", "longitude"])
    is_national = (placed["country_code"] == home["country_code"]).fillna(False).to_numpy(bool)
    group = pandas.Series("international", placed.index).mask(is_national, "national")
    relations = placed.assign(name_de=placed["name"], name_en=placed["name"], group=group, status="active")
    city = {**home, "name_de": home["name"], "name_en": home["name"]}
    axes = draw_partner_map(relations, city, words)
    spots = pandas.DataFrame(find_position(placed["latitude"], placed["longitude"], city), placed["position"])
    known = links[numpy.isin(links, spots.index).all(axis=1)]
    lines = [spots.loc[list(pair)].to_numpy() for pair in known.tolist()]
    for panel in axes.figure.axes:
        panel.add_collection(
            LineCollection(lines, colors=QUIET_INK, linewidths=0.5, alpha=0.7, zorder=2.5, gid="shared"),
            autolim=False,
        )
    return axes
