"""Which of two coordinates is the longitude: shown by the places themselves, asked of the user, never assumed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from analysis.imports.foreign.borders import measure_outside
from analysis.imports.foreign.checking import FAR_KM
from analysis.imports.foreign.layers import Layers
from analysis.imports.foreign.projections import AS_WRITTEN, PROJECTED
from analysis.imports.foreign.statements import Location
from analysis.imports.foreign.values import make_location
from analysis.problems import DataError
from analysis.tables.files import show_path

CLEAR = 4  # times as much must speak for one order as for the other
ORDERS = ("lonlat", "latlon")

Spot = tuple[float, float]  # x and y as the file has them


class Votes(NamedTuple):
    """What speaks for each order: coordinates beyond 90 degrees, and places that then lie in the country they name."""

    lonlat: int
    latlon: int


def orient(
    path: Path, layers: Layers, named: Iterable[tuple[Spot, str]], order: str | None
) -> dict[Spot, Location | None]:
    """
    Give each spot of a file as latitude and longitude; None where it is none.

    Parameters
    ----------
    path : Path
        For messages.
    layers : Layers
        Where all were projected, it is known which is which.
    named : iterable of ((float, float), str)
        Spots and the country that their features name.
    order : {"lonlat", "latlon"} or None
        What the user says.

    Raises
    ------
    DataError
        If neither the file nor the user says which coordinate is which, or the latitude comes first in a system that
        had to be changed with the longitude first.
    """
    spots = list(dict.fromkeys(spot for each in layers.features for spot in each.ends))
    is_known = layers.origins == {PROJECTED}
    chosen = "lonlat" if is_known else order or _choose(path, count_votes(spots, named))
    if chosen == "latlon" and layers.origins != {AS_WRITTEN}:
        fault = "has the latitude first in a system of coordinates other than WGS 84, allowed is the longitude first"
        raise DataError([f"{show_path(path)}: {fault}. Export it in EPSG:4326."])
    flip = chosen == "lonlat"
    return {spot: make_location(*(spot[::-1] if flip else spot)) for spot in spots}


def count_votes(spots: Iterable[Spot], named: Iterable[tuple[Spot, str]]) -> Votes:
    """Count what speaks for each order."""
    votes = [0, 0]
    for x, y in spots:
        votes[0] += abs(x) > 90 >= abs(y)
        votes[1] += abs(y) > 90 >= abs(x)
    for (x, y), code in dict.fromkeys(named):
        fits = [
            location is not None and measure_outside(location, code) <= FAR_KM
            for location in (make_location(y, x), make_location(x, y))
        ]
        votes[0] += fits[0] and not fits[1]
        votes[1] += fits[1] and not fits[0]
    return Votes(*votes)


def _choose(path: Path, votes: Votes) -> str:
    for order, mine, other in zip(ORDERS, votes, votes[::-1], strict=True):
        if mine and mine >= CLEAR * other:
            return order
    fault = f"does not show which coordinate is the longitude (for lonlat {votes.lonlat}, for latlon {votes.latlon} places)"
    allowed = "allowed are files that show it by places beyond 90 degrees or in a country they name"
    raise DataError([f"{show_path(path)}: {fault}, {allowed}. Say it with --order lonlat or --order latlon."])
