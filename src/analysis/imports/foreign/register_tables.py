"""The tables of a register out of merged places and relations, as bytes of CSV files, and their description."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.imports.foreign.cities import City, mark_doubles, mark_id, slug_name
from analysis.imports.foreign.licences import Source
from analysis.imports.foreign.relations import Relation
from analysis.tables.columns import Schema
from analysis.tables.openness import open_schemas

TABLES = ("cities", "partnerships", "milestones", "sources")
DESCRIPTION = "datapackage.json"
LONGEST_STEM = 40  # characters of a partnership_id in a milestone_id, which may have 60


def write_tables(
    cities: Mapping[int, City],
    ids: Mapping[int, str],
    relations: Sequence[Relation],
    source: Source,
    schemas: Mapping[str, Schema],
) -> dict[str, bytes]:
    """
    Write cities.csv, partnerships.csv, milestones.csv, sources.csv and datapackage.json.

    Rows stand in the order of their ids, so that the order of a file's rows makes no difference.

    Returns
    -------
    dict of str to bytes
        By name of the file.
    """
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    rows["cities"] = [
        _describe_city(ids[number], cities[number], source) for number in sorted(cities, key=ids.__getitem__)
    ]
    named = zip(name_relations(relations, ids), relations, strict=True)
    for key, each in sorted(named, key=lambda pair: pair[0]):
        rows["partnerships"].append(_describe_relation(key, each, cities, ids, source))
        rows["milestones"] += _describe_events(key, each, source)
    rows["sources"] = [_describe_source(source)]
    files = {f"{name}.csv": _write(rows[name], schemas[name]) for name in TABLES}
    is_network = not all(city.is_complete for city in cities.values())
    files[DESCRIPTION] = _write_description(source, schemas, is_network)
    return files


def name_relations(relations: Sequence[Relation], ids: Mapping[int, str]) -> list[str]:
    """Give each relation its partnership_id."""
    ends = [(ids[each.home], each.district, ids[each.partner]) for each in relations]
    names = {
        number: "-".join(filter(None, [home, slug_name(district), partner]))
        for number, (home, district, partner) in enumerate(ends)
    }
    return list(mark_doubles(names, {number: "|".join(end) for number, end in enumerate(ends)}).values())


def _describe_city(key: str, city: City, source: Source) -> dict[str, Any]:
    place = city.place
    latitude, longitude = place.location or (None, None)
    return {
        "city_id": key,
        "name_de": place.name_de,
        "name_en": place.name_en,
        "name_local": place.name,
        "country_code": place.country_code,
        "latitude": _write_degrees(latitude),
        "longitude": _write_degrees(longitude),
        "wikidata_id": place.wikidata_id,
        "population": place.population,
        "population_year": place.population_year,
        "is_area": str(place.is_area).lower(),
        "source_id": source.source_id,
    }


def _write_degrees(degrees: float | None) -> str:
    """Write degrees with six decimals at most, and never as 1e-05."""
    return "" if degrees is None else f"{degrees:.6f}".rstrip("0").rstrip(".")


def _describe_relation(
    key: str, each: Relation, cities: Mapping[int, City], ids: Mapping[int, str], source: Source
) -> dict[str, Any]:
    countries = [cities[number].place.country_code for number in (each.home, each.partner)]
    scope = "national" if countries[0] == countries[1] else "international"
    return {
        "partnership_id": key,
        "home_city_id": ids[each.home],
        "partner_city_id": ids[each.partner],
        "level": "district" if each.district else "city",
        "home_district": each.district,
        "scope": scope if all(countries) else "",
        "source_id": source.source_id,
    }


def _describe_events(key: str, each: Relation, source: Source) -> list[dict[str, Any]]:
    """The events in their order, which decides where dates are equal."""
    short = key if len(key) <= LONGEST_STEM else mark_id(key[: LONGEST_STEM - 11], key)
    return [
        {
            "milestone_id": f"{short}-{number:02d}-{event.milestone.replace('_', '-')}",
            "partnership_id": key,
            "date": event.date,
            "milestone": event.milestone,
            "form": event.form,
            "is_own_reading": str(event.is_own_reading).lower(),
            "source_id": source.source_id,
        }
        for number, event in enumerate(each.events, start=1)
    ]


def _describe_source(source: Source) -> dict[str, Any]:
    columns = ("source_id", "title", "publisher", "url", "accessed_date", "note")
    return {"kind": "open_data", "date": source.as_of} | {name: getattr(source, name) for name in columns}


def _write(rows: Iterable[Mapping[str, Any]], schema: Schema) -> bytes:
    """Write rows as the tables of a register are written: UTF-8, commas, LF."""
    columns = [field["name"] for field in schema["fields"]]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _write_description(source: Source, schemas: Mapping[str, Schema], is_network: bool) -> bytes:
    """Describe the tables as a Frictionless data package, with the schemas in it, so that it can be handed on."""
    known = open_schemas(schemas) if is_network else schemas
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": known[name],
        }
        for name in TABLES
    ]
    origin = {"title": source.title} | ({"path": source.url} if source.url.startswith("http") else {})
    licences = {"licenses": source.licences} if source.licences else {}
    package = {
        "name": source.source_id,
        "title": source.title,
        "description": source.note,
        **licences,
        "sources": [origin],
        "is_network": is_network,
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
