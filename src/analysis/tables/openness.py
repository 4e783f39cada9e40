"""What the places and relations of a network may lack, other than those of a register."""

from collections.abc import Mapping

from analysis.tables.columns import Schema

_OPEN = {
    "cities": ("country_code", "latitude", "longitude"),
    "partnerships": ("scope",),
    "relations": ("scope", "group"),  # of an export; the group follows from the scope
}


def open_schemas(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """The schemas of a network: country and coordinates of its places may be empty, and the scope of its relations."""
    return {name: _open(schema, _OPEN.get(name, ())) for name, schema in schemas.items()}


def _open(schema: Schema, names: tuple[str, ...]) -> Schema:
    fields = [
        {**field, "constraints": {**field.get("constraints", {}), "required": False}}
        if field["name"] in names
        else field
        for field in schema["fields"]
    ]
    return {**schema, "fields": fields}
