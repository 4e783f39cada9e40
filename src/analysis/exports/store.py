"""Write a register or a network in another format: the whole file, or nothing."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from pyogrio.errors import DataSourceError, FeatureError

from analysis.exports import FORMS
from analysis.exports.attribution import About, describe_register
from analysis.exports.confidential import choose_tables, drop_notes, withhold_small_groups
from analysis.exports.datapackage import RELATIONS, write_data_package
from analysis.exports.geopackage import write_geopackage
from analysis.exports.graphml import write_graphml
from analysis.exports.graphs import Graph, graph_network, graph_register
from analysis.home import SHARED, find_home
from analysis.imports.networks import read_network
from analysis.tables import Register
from analysis.tables.openness import open_schemas
from analysis.tables.register import read_schemas


@dataclass(frozen=True, eq=False)
class Export:
    """
    What is exported.

    Attributes
    ----------
    graph : Graph
    about : About
    tables : dict of str to pandas.DataFrame
        For a data package, besides sources and relations.
    schemas : dict
        Frictionless Table Schema of tables, by name.
    left_out : list of str
        Tables with rows that stay in the register.
    """

    graph: Graph
    about: About
    tables: dict[str, pd.DataFrame]
    schemas: dict[str, dict]
    left_out: list[str]


def collect_register(
    register: Register,
    as_of: str,
    names: Collection[str] = (),
    has_notes: bool = False,
    *,
    data: str = "",
    is_network: bool = False,
) -> Export:
    """
    Collect what of a register is exported.

    Parameters
    ----------
    register : Register
    as_of : str
        ISO date of the state of the relations.
    names : collection of str
        Tables for a data package besides the public ones, see `analysis.exports.confidential.choose_tables`.
    has_notes : bool
        Whether the notes of the rows go with them.
    data : str
        Where the data come from and how to name them, as an edition says it.
    is_network : bool
        Whether it was read as a network, whose places may lack country and coordinates.

    Raises
    ------
    DataError
        If one of `names` is no table.
    """
    schemas = read_schemas(find_home() / "data" / "schema")
    schemas[RELATIONS] = json.loads((Path(__file__).parent / "relations.json").read_text(encoding="utf-8"))
    schemas = open_schemas(schemas) if is_network else schemas
    known = [name for name in register if name not in SHARED]
    chosen = choose_tables(names, known)
    tables = withhold_small_groups({name: register[name] for name in chosen})
    sources = register["sources"]
    if not has_notes:
        tables, sources = {name: drop_notes(table) for name, table in tables.items()}, drop_notes(sources)
    graph = graph_register(register, as_of)
    shown = [*tables.values(), graph.relations]
    about = describe_register(register.path, register.name, as_of, shown, sources, data)
    left_out = [name for name in known if name not in chosen and len(register[name])]
    return Export(graph, about, tables, schemas, left_out)


def collect_network(folder: Path, data: str = "") -> Export:
    """
    Collect the statements of an edge list and its cities.

    Parameters
    ----------
    folder : Path
    data : str
        Where the data come from and how to name them, as an edition says it.

    Raises
    ------
    DataError
        If the folder holds no network.
    """
    files = read_network(folder)
    graph = graph_network(files)
    about = describe_register(folder, folder.resolve().name, "", [graph.places], files.sources, data)
    return Export(graph, about, {"cities": graph.places}, {}, [])


def write_export(export: Export, form: str, path: Path) -> None:
    """
    Write an export.

    Parameters
    ----------
    export : Export
    form : str
        One of `analysis.exports.FORMS`.
    path : Path
        File to write; one that is there is replaced, in one step.

    Raises
    ------
    OSError
        If the file cannot be written; what was there is as it was.
    """
    folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=".twinning-"))
    made = folder / f"export{FORMS[form]}"
    try:
        if form == "gpkg":
            write_geopackage(export.graph, export.about, made)
        elif form == "graphml":
            made.write_bytes(write_graphml(export.graph, export.about))
        else:
            made.write_bytes(write_data_package(export.graph, export.about, export.tables, export.schemas))
        os.replace(made, path)
    except (DataSourceError, FeatureError) as error:  # GDAL tells no errno
        raise OSError(0, str(error), str(path)) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
