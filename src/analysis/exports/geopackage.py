"""Cities and relations as GeoPackage, which geographic information systems open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas
import numpy
import pandas as pd
import pyogrio
import shapely

from analysis.exports.attribution import About
from analysis.exports.characters import show_controls
from analysis.exports.geodesics import trace_geodesic
from analysis.exports.graphs import ENDS, Graph

CRS = "EPSG:4326"
# A GeoPackage says when it was written; equal data shall give equal bytes, so it says the day of the state.
_CLOCK = "OGR_CURRENT_DATE"
_NO_DAY = "1970-01-01"
_KINDS = {"places": "Point", "relations": "MultiLineString"}


def write_geopackage(graph: Graph, about: About, path: Path) -> None:
    """
    Write a graph as GeoPackage with the layers places, relations and (a table) sources.

    Parameters
    ----------
    graph : Graph
        Places become points; relations become geodesic lines, in two parts where they cross 180 degrees. Without
        coordinates the row stays, and has no geometry.
    about : About
        Title, licence and credits become the metadata of the file and of both layers.
    path : Path
        File to write, ending in ``.gpkg``; equal graphs give equal bytes with the same GDAL.
    """
    layers = {"places": _locate_places(graph), "relations": _trace_relations(graph)}
    if len(about.sources):
        layers["sources"] = about.sources
    text = show_controls(about.write_text())
    whole = {"TITLE": show_controls(about.title), "LICENCE": text}
    with _clock_at(about.as_of or _NO_DAY):
        for name, table in layers.items():
            pyogrio.write_dataframe(
                _make_plain(table),
                path,
                layer=name,
                driver="GPKG",
                geometry_type=_KINDS.get(name),
                layer_metadata={"LICENCE": text},
                dataset_metadata=whole if name == "places" else None,  # once, with the first layer
            )


def _locate_places(graph: Graph) -> geopandas.GeoDataFrame:
    north, east = _read_degrees(graph.places)
    points = shapely.points(east, north).astype(object)
    points[numpy.isnan(north) | numpy.isnan(east)] = None
    return geopandas.GeoDataFrame(graph.places, geometry=points, crs=CRS)


def _trace_relations(graph: Graph) -> geopandas.GeoDataFrame:
    where = dict(zip(graph.places["city_id"], zip(*_read_degrees(graph.places), strict=True), strict=True))
    ends = graph.relations[ENDS].itertuples(index=False, name=None)
    lines = [trace_geodesic(where[home], where[partner]) for home, partner in ends]
    return geopandas.GeoDataFrame(graph.relations, geometry=lines, crs=CRS)


def _read_degrees(places: pd.DataFrame) -> list[numpy.ndarray]:
    return [
        places[name].astype("Float64").to_numpy(float, na_value=numpy.nan)
        for name in ("latitude", "longitude")
    ]


def _make_plain(table: pd.DataFrame) -> pd.DataFrame:
    """Texts without control characters, which a database cuts off or refuses."""
    texts = [name for name in table if pd.api.types.is_string_dtype(table[name])]
    return table.assign(
        **{name: table[name].astype(object).map(show_controls, na_action="ignore") for name in texts}
    )


@contextmanager
def _clock_at(day: str) -> Iterator[None]:
    """Let GDAL take a day for now."""
    before = pyogrio.get_gdal_config_option(_CLOCK)
    pyogrio.set_gdal_config_options({_CLOCK: f"{day}T00:00:00Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({_CLOCK: before})
