"""Coordinates of features as degrees of WGS 84, out of the system that their layer declares."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyproj

from analysis.problems import DataError

WGS84 = pyproj.CRS.from_epsg(4326)
PROJECTED, CHANGED, AS_WRITTEN = "projected", "changed", "as written"

Ends = tuple[tuple[float, float], ...]


def change_to_degrees(ends: Sequence[Ends], crs: pyproj.CRS | None, where: str) -> tuple[list[Ends], str]:
    """
    Change coordinates into degrees of WGS 84: units, prime meridian and datum.

    Parameters
    ----------
    ends : sequence
        x and y of the ends of each feature.
    crs : pyproj.CRS or None
        What their layer declares; without one they stay.
    where : str
        The file, for messages.

    Returns
    -------
    list, str
        x and y of each feature, and how they came about: `PROJECTED` (x is the longitude), `CHANGED` (x was taken for
        the longitude) or `AS_WRITTEN` (nothing was changed, and nothing is known of their order).

    Raises
    ------
    DataError
        If the system does not lead to degrees on Earth.
    """
    is_known = crs is not None and not crs.name.startswith("Undefined")
    if not is_known or not (crs.is_projected or crs.is_geographic):
        return list(ends), AS_WRITTEN
    spots = np.array([spot for each in ends for spot in each], float).reshape(-1, 2)
    try:
        change = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)
        degrees = np.column_stack(change.transform(*spots.T))
    except pyproj.exceptions.ProjError:
        fault = (
            "has a system of coordinates that does not lead to degrees on Earth, allowed are those that do"
        )
        raise DataError([f"{where}: {fault}. Export it in EPSG:4326."]) from None
    if not crs.is_projected and np.allclose(degrees, spots, rtol=0, atol=1e-7):
        return list(ends), AS_WRITTEN
    found = iter(degrees.tolist())
    return [
        tuple(tuple(next(found)) for _ in each) for each in ends
    ], PROJECTED if crs.is_projected else CHANGED
