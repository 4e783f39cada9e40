"""Where partners lie: geodesic distances, world regions, outlines of countries."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy
import pandas
import pyproj

from analysis.home import find_home

if TYPE_CHECKING:
    import geopandas

WGS84 = pyproj.Geod(ellps="WGS84")

# Codes that people write, and the ISO 3166-1 code that they mean.
USUAL_MISTAKES = {"UK": "GB", "EL": "GR"}


class GeographyError(ValueError):
    """A place or country code that cannot be placed on Earth. The message says what to do."""


def measure_distance(
    latitude: pandas.Series, longitude: pandas.Series, home: Mapping[str, float] | pandas.DataFrame
) -> pandas.Series:
    """
    Measure the geodesic distance of places from the home city, in kilometres.

    The geodesic is the shortest line on the WGS 84 ellipsoid, between the points of the two places.

    Parameters
    ----------
    latitude, longitude : pandas.Series
        Degrees north and east, WGS 84. A missing value gives a missing distance.
    home : Mapping or pandas.DataFrame
        Row of the home city, with ``latitude`` and ``longitude``; or a table with the home city of each place, in their order.

    Returns
    -------
    pandas.Series
        Float64, named ``distance_km``, on the index of `latitude`.

    Raises
    ------
    GeographyError
        If a latitude is beyond 90 or a longitude beyond 180 degrees.
    """
    north, east = (
        values.astype("Float64").to_numpy(float, na_value=numpy.nan) for values in (latitude, longitude)
    )
    _check_degrees("latitude", north, 90)
    _check_degrees("longitude", east, 180)
    start = tuple(numpy.full(north.shape, home[name], dtype=float) for name in ("longitude", "latitude"))
    metres = WGS84.inv(*start, east, north)[2]
    return pandas.Series(metres / 1000, index=latitude.index, name="distance_km").astype("Float64")


def find_region(country_codes: pandas.Series, path: Path | None = None) -> pandas.Series:
    """
    Find the world region (UN M49) of countries.

    Parameters
    ----------
    country_codes : pandas.Series
        ISO 3166-1 alpha-2. A missing code gives a missing region.
    path : pathlib.Path, optional
        CSV with the columns country_code and region_code; the project's ``regions.csv`` by default.

    Returns
    -------
    pandas.Series
        M49 codes such as "151" (Eastern Europe), named ``region_code``, on the caller's index.

    Raises
    ------
    GeographyError
        If a code is unknown; the message lists all of them, with suggestions.
    """
    with (path or find_home() / "data/reference/regions.csv").open(encoding="utf-8", newline="") as file:
        regions = {row["country_code"]: row["region_code"] for row in csv.DictReader(file)}
    unknown = sorted(set(country_codes.dropna()) - set(regions))
    if unknown:
        raise GeographyError("\n".join(_explain_unknown(code, regions) for code in unknown))
    found = [regions.get(code) for code in country_codes]
    return pandas.Series(found, country_codes.index, dtype="string", name="region_code")


def count_by_region(relations: pandas.DataFrame) -> pandas.DataFrame:
    """
    Count relations by world region, the largest first.

    Parameters
    ----------
    relations : pandas.DataFrame
        One row per relation, with ``region_code``.

    Returns
    -------
    pandas.DataFrame
        region_code, relations (how many), relations_share (0–1, of all relations).
    """
    counts = relations.groupby("region_code").size().rename("relations").reset_index()
    counts["relations_share"] = counts["relations"] / len(relations)
    return counts.sort_values(["relations", "region_code"], ascending=[False, True], ignore_index=True)


def read_countries(path: Path | None = None) -> geopandas.GeoDataFrame:
    """
    Read the outlines of the world's countries (1:50 million, Natural Earth).

    Parameters
    ----------
    path : pathlib.Path, optional
        FlatGeobuf; the project's ``countries.fgb`` by default. ``data/README.md`` says how disputed borders are drawn.

    Returns
    -------
    geopandas.GeoDataFrame
        country_code (ISO 3166-1 alpha-2, empty where no country is named) and geometry (degrees on WGS 84, `crs` not set), sorted by code.
    """
    import geopandas  # only now: who asks for distances goes without

    codes, outlines = read_outlines(path)
    countries = geopandas.GeoDataFrame({"country_code": codes}, geometry=outlines)
    return countries.sort_values("country_code", ignore_index=True)


def read_outlines(
    path: Path | None = None, bounds: tuple[float, float, float, float] | None = None
) -> tuple[numpy.ndarray, numpy.ndarray]:
    """
    Read the codes of countries and their outlines, as in `read_countries`, but in the order of the file.

    Parameters
    ----------
    path : pathlib.Path, optional
        As in `read_countries`.
    bounds : tuple of float, optional
        West, south, east, north in degrees: only the countries that come near. All by default.
    """
    import pyogrio  # only now: who asks for distances goes without
    import shapely

    path = path or find_home() / "data/reference/countries.fgb"
    # Without its system of coordinates, which takes longer to look up than the outlines to read.
    _, _, outlines, (codes,) = pyogrio.raw.read(path, bbox=bounds, columns=["country_code"])
    return codes, shapely.from_wkb(outlines)


def _check_degrees(column: str, degrees: numpy.ndarray, limit: int) -> None:
    wrong = degrees[numpy.abs(degrees) > limit]
    if wrong.size:
        raise GeographyError(
            f"{column}: is {wrong[0]:g}, allowed are -{limit} to {limit} degrees. "
            "Write decimal degrees, latitude (north) and longitude (east) in their own columns."
        )


def _explain_unknown(code: str, regions: Mapping[str, str]) -> str:
    usual = USUAL_MISTAKES.get(code.upper(), code.upper())
    near = [usual] if usual in regions else difflib.get_close_matches(usual, regions, n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"country_code: is {code!r}, allowed are the ISO 3166-1 alpha-2 codes of regions.csv.{hint} Correct the code."
