"""GeoJSON as people write it: features with one or two ends; numbers and shapes are checked, nothing is trusted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyproj

from analysis.imports.foreign.json_files import dig, read_documents
from analysis.problems import DataError
from analysis.tables.files import show_path

Ends = tuple[tuple[float, float], ...]
TYPES = {"Point": 0, "LineString": 1, "MultiLineString": 2}  # how deep the lists of points lie


def is_geojson(start: bytes) -> bool:
    """Tell whether a file begins as JSON does."""
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read_geojson(path: Path) -> tuple[pyproj.CRS | None, list[tuple[Ends, dict[str, str]]]]:
    """
    Read the features of a collection, or one feature of each line.

    Returns
    -------
    pyproj.CRS or None, list
        The system of coordinates that the file names (GeoJSON of 2008), and ends and texts of each feature.

    Raises
    ------
    DataError
        If the file is no GeoJSON, or names a system that is unknown, or several.
    """
    documents = read_documents(path)
    features = [each for document in documents for each in _list_features(document)]
    if not features:
        allowed = "allowed is a FeatureCollection with features"
        raise DataError([f"{show_path(path)}: holds no feature, {allowed}. Export the file again."])
    names = {str(dig(each, "crs", "properties", "name") or "") for each in documents if _list_features(each)}
    if len(names) > 1:
        fault = f"names several systems of coordinates ({len(names)}), allowed is one"
        raise DataError([f"{show_path(path)}: {fault}. Export the file again, all of it in EPSG:4326."])
    return _find_crs(names.pop(), path), [(_find_ends(each), _read_texts(each)) for each in features]


def _list_features(document: Any) -> list[Any]:
    inner = dig(document, "features")
    if isinstance(inner, list):
        return inner
    return [document] if dig(document, "type") == "Feature" else []


def _find_crs(name: str, path: Path) -> pyproj.CRS | None:
    if not name:
        return None
    try:
        return pyproj.CRS.from_user_input(name)
    except pyproj.exceptions.CRSError:
        allowed = "allowed are those that PROJ knows, as EPSG:4326"
        shown = f"has the system of coordinates {name[:60]!r}"
        raise DataError([f"{show_path(path)}: {shown}, {allowed}. Export it in EPSG:4326."]) from None


def _find_ends(feature: Any) -> Ends:
    kind, points = (dig(feature, "geometry", key) for key in ("type", "coordinates"))
    if not isinstance(kind, str) or kind not in TYPES:
        return ()
    found = list(_flatten(points, TYPES[kind]))
    if not found or None in found:
        return ()
    return (found[0],) if kind == "Point" else (found[0], found[-1])


def _flatten(points: Any, depth: int) -> Iterator[tuple[float, float] | None]:
    """The points of lists of a depth; None for what is no point."""
    if depth == 0:
        numbers = [dig(points, 0), dig(points, 1)]
        is_point = all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers)
        yield (float(numbers[0]), float(numbers[1])) if is_point and max(map(abs, numbers)) < 1e12 else None
    else:
        for each in points if isinstance(points, list) else []:
            yield from _flatten(each, depth - 1)


def _read_texts(feature: Any) -> dict[str, str]:
    given = dig(feature, "properties")
    items = given.items() if isinstance(given, dict) else ()
    return {name: "" if value is None else str(value).strip() for name, value in items}
