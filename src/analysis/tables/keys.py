"""What a register refers to exists and means one thing: keys, claims, countries, spellings."""

import unicodedata
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.problems import did_you_mean, name_lines, quote
from analysis.tables.columns import Schema, Table

HINTS = 20  # wrong keys of a column that are compared with every right one; more would take minutes
NEVER_EMPTY = ("cities", "partnerships")  # that they are is told once, not for every row that needs them
NAMES = ("name_de", "name_en", "name_local")

Tables = Mapping[str, Table]


def check_keys(tables: Tables, schemas: Mapping[str, Schema]) -> list[str]:
    """Check that every reference leads to one row.

    Parameters
    ----------
    tables : mapping of str to Table
        Every table of the schema. One that is not whole is no evidence that something is missing.
    schemas : mapping of str to dict
        Frictionless Table Schemas, for the keys.

    Returns
    -------
    list of str
        The problems, each "where: what is, what is allowed. What to do."
    """
    problems = []
    for name, schema in schemas.items():
        for key in schema.get("foreignKeys", []):
            target, column = key["reference"]["resource"], key["reference"]["fields"][0]
            if target not in NEVER_EMPTY or len(tables[target].frame):
                values, todo = (
                    tables[name].frame[key["fields"][0]],
                    f" Correct it, or add the row to {target}.",
                )
                problems += _check_key(values, tables[name], tables[target], column, todo)
    return [
        *problems,
        *_check_claims(tables["claims"], tables, schemas),
        *_check_countries(tables["cities"], tables["regions"]),
        *_check_spellings(tables["aliases"], tables["cities"].frame),
    ]


def say(table: Table, rows: Iterable[int], column: str, text: str) -> str:
    """Write the problem of a column in some rows of a table."""
    return f"{table.where}, {name_lines([table.lines[row] for row in rows])}, column {column}: {text}"


def _check_key(values: pd.Series, table: Table, target: Table, key: str, todo: str) -> list[str]:
    """Every value (of some rows of a column) is a key of the target."""
    if values.empty or not target.is_whole:
        return []
    if set(values) - {pd.NA} <= set(target.frame[key]):
        return []
    known = target.frame[key].dropna()
    strange, problems = values[values.notna() & ~values.isin(known)], []
    for value, group in strange.groupby(strange, sort=False):
        hint = did_you_mean(value, known) if len(problems) < HINTS else ""
        text = f"is {quote(value)}, allowed are the {key} of {target.where}.{hint or todo}"
        problems.append(say(table, group.index, str(values.name), text))
    return problems


def _check_claims(claims: Table, tables: Tables, schemas: Mapping[str, Schema]) -> list[str]:
    """Every claim is about a row that exists in the table it names."""
    problems = []
    for name in claims.frame["table"].dropna().unique():
        if name in tables:
            values = claims.frame["row_id"][(claims.frame["table"] == name).fillna(False)]
            key, todo = schemas[name]["primaryKey"][0], f" Correct it, or add the row to {name}."
            problems += _check_key(values, claims, tables[name], key, todo)
    return problems


def _check_countries(cities: Table, regions: Table) -> list[str]:
    """Country codes are real ones, as far as the reference knows any (`UK` is none)."""
    codes = cities.frame["country_code"]
    codes = codes[codes.str.fullmatch("[A-Z]{2}").fillna(False) & (not regions.frame.empty)]
    return _check_key(codes, cities, regions, "country_code", " Write the code of ISO 3166-1.")


def _check_spellings(aliases: Table, cities: pd.DataFrame) -> list[str]:
    """A spelling among the aliases means one city, also beside the names in `cities`."""
    owners: dict[str, list[str]] = {}
    for table, column in (*((cities, name) for name in NAMES), (aliases.frame, "spelling")):
        for city_id, spelling in zip(table["city_id"], table[column], strict=True):
            if pd.notna(city_id) and pd.notna(spelling):
                owners.setdefault(_fold(spelling), []).append(city_id)
    problems = []
    for row, alias in enumerate(aliases.frame[["city_id", "spelling"]].itertuples(index=False)):
        known = (
            owners.get(_fold(alias.spelling), [])
            if pd.notna(alias.spelling) and pd.notna(alias.city_id)
            else []
        )
        others = [city for city in known if city != alias.city_id]
        if others:
            text = f"is {quote(alias.spelling)}, which is also {quote(others[0])}, allowed is one city."
            problems.append(say(aliases, [row], "spelling", f"{text} Delete it or write more of the name."))
    return problems


def _fold(spelling: str) -> str:
    return unicodedata.normalize("NFC", spelling).casefold()
