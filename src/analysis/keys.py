"""What a register refers to exists, and means one thing: keys between tables, claims, countries, spellings."""

import unicodedata
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.columns import Schema, Table
from analysis.problems import did_you_mean, name_lines, quote

HINTS = 20  # wrong keys of a column that are compared with every right one; more would take minutes
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
            target, column = tables[key["reference"]["resource"]], key["reference"]["fields"][0]
            problems += _check_key(tables[name], key["fields"][0], target, column)
    return [
        *problems,
        *_check_claims(tables["claims"], tables, schemas),
        *_check_countries(tables["cities"], tables["regions"]),
        *_check_spellings(tables["aliases"], tables["cities"].frame),
    ]


def say(table: Table, rows: Iterable[int], column: str, text: str) -> str:
    """Write the problem of a column in some rows of a table."""
    return f"{table.where}, {name_lines([table.lines[row] for row in rows])}, column {column}: {text}"


def _check_key(
    table: Table, column: str, target: Table, key: str, rows: pd.Series | None = None
) -> list[str]:
    """Every value of a column is a key of the target; `rows` says for which rows, all by default."""
    values = table.frame[column] if rows is None else table.frame[column][rows]
    known = target.frame[key].dropna()
    strange = values[values.notna() & ~values.isin(known)]
    problems = []
    for value, group in strange.groupby(strange, sort=False) if target.is_whole else ():
        hint = did_you_mean(value, known) if len(problems) < HINTS else ""
        allowed = f"allowed are the {key} of {target.where}.{hint or ' Correct it or add the row.'}"
        text = f"is {quote(value)}, {allowed}"
        problems.append(say(table, group.index, column, text))
    return problems


def _check_claims(claims: Table, tables: Tables, schemas: Mapping[str, Schema]) -> list[str]:
    """Every claim is about a row that exists in the table it names."""
    problems = []
    for name in claims.frame["table"].dropna().unique():
        if name in tables:
            rows = (claims.frame["table"] == name).fillna(False)
            problems += _check_key(claims, "row_id", tables[name], schemas[name]["primaryKey"][0], rows)
    return problems


def _check_countries(cities: Table, regions: Table) -> list[str]:
    """Country codes are real ones, as far as the reference knows any (`UK` is none)."""
    return [] if regions.frame.empty else _check_key(cities, "country_code", regions, "country_code")


def _check_spellings(aliases: Table, cities: pd.DataFrame) -> list[str]:
    """A spelling among the aliases means one city, also beside the names in `cities`."""
    names = [cities[["city_id", name]].set_axis(["city_id", "spelling"], axis=1) for name in NAMES]
    both = pd.concat([*names, aliases.frame[["city_id", "spelling"]]]).dropna()
    owners = both["city_id"].groupby(both["spelling"].map(_fold)).unique()
    problems = []
    for row, alias in aliases.frame[["city_id", "spelling"]].dropna().iterrows():
        others = [city for city in owners[_fold(alias["spelling"])] if city != alias["city_id"]]
        if others:
            text = f"is {quote(alias['spelling'])}, which is also {quote(others[0])}, allowed is one city."
            problems.append(say(aliases, [row], "spelling", f"{text} Delete it or write more of the name."))
    return problems


def _fold(spelling: str) -> str:
    return unicodedata.normalize("NFC", spelling).casefold()
