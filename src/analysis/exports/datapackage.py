"""A register or a network as a Frictionless data package: CSV files with their schemas in one archive."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.exports.attribution import NO_LICENCE, About
from analysis.exports.confidential import WITHHELD
from analysis.exports.graphs import ENDS, Graph

PACKAGE, CREDITS, RELATIONS = "datapackage.json", "ATTRIBUTION.txt", "relations"

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive knows; equal data give equal bytes
_TYPES = {"Int64": "integer", "Float64": "number", "boolean": "boolean"}
_SCHEMA_KEYS = ("title", "fields", "missingValues", "primaryKey", "foreignKeys")
_REMARK = (
    "Dates are EDTF (1973, 1973-09, 1973-11-23); empty means that nothing was found. Texts that begin with = + - @ are "
    "texts: in a spreadsheet program import them as text."
)


def write_data_package(
    graph: Graph, about: About, tables: Mapping[str, pd.DataFrame], schemas: Mapping[str, Mapping[str, Any]]
) -> bytes:
    """
    Write tables and relations as a data package in a zip archive.

    Parameters
    ----------
    graph : Graph
        Its relations are the table ``relations``.
    about : About
        Title, licence, credits; its sources are the table ``sources``.
    tables : mapping of str to pandas.DataFrame
        Of a register, by name; those without rows are left out. Of an edge list, ``cities``.
    schemas : mapping of str to mapping
        Frictionless Table Schema of each table; one without has types and no rules.

    Returns
    -------
    bytes
        ``datapackage.json``, a CSV file per table, ``ATTRIBUTION.txt``; equal data give equal bytes.
    """
    frames = {
        name: table for name, table in tables.items() if len(table) or name in ("cities", "partnerships")
    }
    frames |= {"sources": about.sources} if len(about.sources) else {}
    frames[RELATIONS] = graph.relations
    files = {f"{name}.csv": _write_csv(frame) for name, frame in frames.items()}
    resources = [
        _describe_table(name, files[f"{name}.csv"], _pick_schema(name, frames, schemas)) for name in frames
    ]
    package = (
        json.dumps(_describe_package(about) | {"resources": resources}, ensure_ascii=False, indent=2) + "\n"
    )
    files |= {PACKAGE: package.encode(), CREDITS: about.write_text().encode()}
    return _pack(files)


def _describe_package(about: About) -> dict[str, Any]:
    as_of = (
        f"The table {RELATIONS} is the state of {about.as_of}; the others are all that was known. "
        if about.as_of
        else ""
    )
    sources = [{"title": credit} for credit in about.credits]
    package: dict[str, Any] = {
        "name": "".join(
            letter if letter.isascii() and letter.isalnum() else "-" for letter in about.name.lower()
        ),
        "title": about.title,
        "description": as_of + _REMARK + ("" if about.licences else f" {NO_LICENCE}"),
    }
    package |= {"licenses": list(about.licences)} if about.licences else {}
    package |= {"sources": sources} if sources else {}
    package |= {"as_of": about.as_of} if about.as_of else {}
    return package | ({"is_fictional": True} if about.is_fictional else {})


def _describe_table(name: str, content: bytes, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": dict(schema),
    }


def _pick_schema(
    name: str, frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """The schema of a table, without keys that lead to tables outside of the package."""
    schema = {key: value for key, value in schemas.get(name, {}).items() if key in _SCHEMA_KEYS}
    schema = schema or _guess_schema(frames[name])
    schema["fields"] = [field for field in schema["fields"] if field["name"] in frames[name]]
    keys = [key for key in schema.get("foreignKeys", []) if key["reference"]["resource"] in frames]
    schema["foreignKeys"] = keys
    if name == "activities":
        schema["fields"] = [_add_remark(field) for field in schema["fields"]]
    return schema if keys else {key: value for key, value in schema.items() if key != "foreignKeys"}


def _add_remark(field: Mapping[str, Any]) -> dict[str, Any]:
    is_people = field["name"].startswith("participants")
    return (
        {**field, "description": f"{field.get('description', '')} {WITHHELD}".strip()}
        if is_people
        else dict(field)
    )


def _guess_schema(frame: pd.DataFrame) -> dict[str, Any]:
    """Types from a typed table; the ends of relations are cities."""
    fields = [
        {"name": str(name), "type": _TYPES.get(str(dtype), "string")} for name, dtype in frame.dtypes.items()
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if set(ENDS) <= set(frame):
        reference = {"resource": "cities", "fields": ["city_id"]}
        schema["foreignKeys"] = [{"fields": [end], "reference": reference} for end in ENDS]
    return schema


def _write_csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV (RFC 4180, but with line feeds); truth values as true and false."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in frame.itertuples(index=False, name=None):
        writer.writerow(["" if pd.isna(value) else _write_cell(value) for value in row])
    return file.getvalue().encode("utf-8")


def _write_cell(value: object) -> str:
    return str(value).lower() if pd.api.types.is_bool(value) else str(value)


def _pack(files: Mapping[str, bytes]) -> bytes:
    """The files in an archive, in the order of their names."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=_DATE)
            entry.compress_type, entry.create_system, entry.external_attr = (
                zipfile.ZIP_DEFLATED,
                3,
                0o644 << 16,
            )
            packed.writestr(entry, files[name])
    return archive.getvalue()
