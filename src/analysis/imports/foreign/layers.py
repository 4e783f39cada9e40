"""Lines and points with attributes out of files of geodata: GeoJSON, GeoPackage, shapefile, also zipped."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import geopandas
import pandas as pd
import pyproj
import shapely

from analysis.imports.foreign.geojson import is_geojson, read_geojson
from analysis.imports.foreign.projections import change_to_degrees
from analysis.problems import DataError
from analysis.tables.files import MAX_BYTES, show_path
from analysis.tables.workbooks import MAX_UNPACKED_BYTES

MOST = 1_000_000  # features of a file
SHAPEFILE = b"\x00\x00\x27\x0a"
GEOPACKAGE = b"SQLite format 3\x00"
SETS = (".shp", ".gpkg", ".geojson")
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".gpkg", ".geojson", ".json")
# What the libraries raise on broken files; pyogrio falls over its own variable where a .prj is no UTF-8.
DAMAGED = (OSError, RuntimeError, UnboundLocalError, ValueError, shapely.errors.ShapelyError)
ALLOWED = "allowed are GeoJSON, GeoPackage and shapefile (with its .shx and .dbf, also zipped)"
TODO = "Export the file again."


class Feature(NamedTuple):
    """A point (one end), a line (its two ends) or something else (none), as x and y; with texts by attribute."""

    ends: tuple[tuple[float, float], ...]
    attributes: Mapping[str, str]


@dataclass
class Layers:
    """The features of all layers in their order, how their coordinates came about (`projections`), and notices."""

    features: list[Feature] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    notices: list[str] = field(default_factory=list)

    def add(self, features: Sequence[Feature], crs: pyproj.CRS | None, where: str) -> None:
        """Add the features of a layer, each as degrees where it declares a system of coordinates."""
        ends, origin = change_to_degrees([each.ends for each in features], crs, where)
        self.features += [each._replace(ends=changed) for each, changed in zip(features, ends, strict=True)]
        if any(ends):
            self.origins.add(origin)


def read_layers(path: Path) -> Layers:
    """
    Read the features of a file; what is inside decides, not the name.

    Raises
    ------
    DataError
        With one message if the file cannot be read, is damaged, too large, or of another kind.
    """
    where = show_path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            size = f"{MAX_BYTES // 1024**2} MB"
            raise DataError([f"{where}: is larger than {size}, allowed is {size}. Split the file."])
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        fault = f"cannot be read ({error.strerror}), {ALLOWED}. Correct the path."
        raise DataError([f"{where}: {fault}"]) from None
    if is_geojson(start):
        crs, rows = read_geojson(path)
        found = Layers()
        found.add([Feature(*row) for row in rows], crs, where)
        return found
    if start.startswith(b"PK"):
        with _unpack(path, where) as inner:
            return _read_inner(inner, where)
    if not start.startswith((SHAPEFILE, GEOPACKAGE)):
        raise DataError([f"{where}: is a file of another kind, {ALLOWED}. Name such a file."])
    if start.startswith(GEOPACKAGE):
        _check_tables(path, where)
    return _read_frames(path, where)


def _read_inner(inner: Path, where: str) -> Layers:
    """Read an unpacked file; messages name the zip file, as the folder it lies in is gone then."""
    try:
        found = read_layers(inner)
    except DataError as error:
        raise DataError(text.replace(show_path(inner), where) for text in error.problems) from None
    found.notices = [text.replace(show_path(inner), where) for text in found.notices]
    return found


@contextlib.contextmanager
def _unpack(path: Path, where: str) -> Iterator[Path]:
    """Unpack the one data set of a zip file into a folder that is taken away again."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as package:
                for each in _pick_parts(
                    package, where
                ):  # only the last part of a name: none leads out of the folder
                    (Path(folder) / Path(each.filename).name).write_bytes(package.read(each))
        except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
            raise DataError([f"{where}: is a damaged or locked zip file, {ALLOWED}. {TODO}"]) from None
        data = [each for each in Path(folder).iterdir() if each.suffix.lower() in SETS]
        data = [each for each in data if not zipfile.is_zipfile(each)]  # it might hold itself, without end
        if not data:
            raise DataError([_refuse_sets(where, 0)])
        yield data[0]


def _pick_parts(package: zipfile.ZipFile, where: str) -> list[zipfile.ZipInfo]:
    """The parts of the one data set; of several, one could replace another of its name in another folder."""
    files = [(Path(each.filename), each) for each in package.infolist() if not each.is_dir()]
    parts = [(name, each) for name, each in files if name.suffix.lower() in PARTS and name.name[0] != "."]
    sets = [name for name, _ in parts if name.suffix.lower() in SETS]
    if len(sets) != 1:
        raise DataError([_refuse_sets(where, len(sets))])
    if sum(each.file_size for _, each in parts) > MAX_UNPACKED_BYTES:
        raise DataError([f"{where}: is too large when unpacked, allowed is 1 GB. Split the file."])
    return [each for name, each in parts if name.parent == sets[0].parent]


def _refuse_sets(where: str, number: int) -> str:
    sets = "is one (.shp with .shx and .dbf, .gpkg or .geojson)"
    return f"{where}: holds {number} data sets, allowed {sets}. Zip one of them."


def _check_tables(path: Path, where: str) -> None:
    """Refuse layers that are no plain tables: a view may compute rows without end."""
    query = (
        "select c.table_name, m.type, upper(m.sql) from gpkg_contents c "
        "left join sqlite_master m on lower(m.name) = lower(c.table_name)"
    )
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            rows = base.execute(query).fetchmany(1000)
    except (sqlite3.Error, UnicodeDecodeError):
        raise DataError([f"{where}: is a damaged GeoPackage or none, {ALLOWED}. {TODO}"]) from None
    for name, kind, sql in rows:
        if kind != "table" or str(sql).startswith("CREATE VIRTUAL"):
            fault = f"has a layer {str(name)[:40]!r} that is no table, allowed are tables"
            raise DataError([f"{where}: {fault}. Export the layer as a table."])


def _read_frames(path: Path, where: str) -> Layers:
    found = Layers()
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            for name in geopandas.list_layers(path)["name"]:
                frame = geopandas.read_file(path, layer=name, rows=MOST + 1)
                if isinstance(frame, geopandas.GeoDataFrame):
                    found.add(list(_read_frame(frame)), frame.crs, where)
    except DataError:  # a ValueError, too
        raise
    except DAMAGED:
        raise DataError([f"{where}: is damaged or lacks a part, {ALLOWED}. {TODO}"]) from None
    if len(found.features) > MOST:
        raise DataError([f"{where}: has more than {MOST:,} features, allowed are fewer. Split the file."])
    found.notices += sorted({f"{where}: {warning.message}" for warning in told})
    return found


def _read_frame(frame: geopandas.GeoDataFrame) -> Iterator[Feature]:
    columns = [name for name in frame.columns if name != frame.geometry.name]
    for shape, *values in zip(frame.geometry, *(frame[name] for name in columns), strict=True):
        texts = {str(name): _write(value) for name, value in zip(columns, values, strict=True)}
        yield Feature(_find_ends(shape), texts)


def _write(value: Any) -> str:
    return "" if not isinstance(value, list) and pd.isna(value) else str(value).strip()


def _find_ends(shape: Any) -> tuple[tuple[float, float], ...]:
    """One end for a point, two for a line, also for one cut at 180 degrees; none for other shapes."""
    kind = getattr(shape, "geom_type", "")
    if kind not in ("Point", "LineString", "MultiLineString") or shape.is_empty:
        return ()
    points = shapely.get_coordinates(shape).tolist()
    ends = points if kind == "Point" else [points[0], points[-1]]
    return tuple((x, y) for x, y in ends)
