"""What is known of the cities of an edge list: country and coordinates, from files beside it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.imports.countries import find_country_code
from analysis.problems import DataError

ATTRIBUTES = ("country", "latitude", "longitude")
_LIMITS = {"latitude": 90.0, "longitude": 180.0}
_NO_ROWS = pd.DataFrame(columns=["city_id", "value", "line"])


def read_attribute(path: Path) -> pd.DataFrame:
    """
    Read a file of one attribute: tab-separated, UTF-8, without header; the last two cells of a line are city and value.

    Returns
    -------
    pandas.DataFrame
        city_id, value (text), line.

    Raises
    ------
    DataError
        If the file cannot be read.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError([f"{path}: cannot be read ({error.strerror}). Name a file that exists."]) from None
    rows = [
        (*cells[-2:], number)
        for number, cells in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1)
        if len(cells) >= 2
    ]
    return pd.DataFrame(rows, columns=_NO_ROWS.columns)


def match_cities(table: pd.DataFrame, cities: pd.Index) -> pd.DataFrame:
    """
    Match rows to cities by name: letter by letter, else by the name without full stops (St._Louis, St_Louis).

    Some programs lose full stops. A row without its exact name goes to the first city (in the order of `cities`) that
    differs in full stops only, and only if no row has that city's exact name.

    Returns
    -------
    pandas.DataFrame
        The rows, with city_id as in `cities` (missing where there is none), given (as written) and is_near (matched without full stops).
    """
    is_exact = table["city_id"].isin(cities)
    free = cities[~cities.isin(table["city_id"])].to_series()
    bare = free.str.replace(".", "", regex=False)
    near = free.set_axis(bare)[~bare.duplicated().to_numpy()]
    found = table["city_id"].where(is_exact, table["city_id"].map(near))
    return table.assign(city_id=found, given=table["city_id"], is_near=~is_exact & found.notna())


def describe_nodes(
    cities: pd.Index, attributes: Mapping[str, pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Describe cities by the attributes country, latitude and longitude.

    Parameters
    ----------
    cities : pandas.Index
        Ids, in the order in which the links name them.
    attributes : mapping
        Attribute: its rows, from `read_attribute`; an attribute may be absent.

    Returns
    -------
    places : pandas.DataFrame
        city_id, name (blanks for underscores), country_code, latitude, longitude; a row per city, missing where
        no file tells.
    listed : pandas.DataFrame
        attribute, line, text, reason: no_city (no city of the links has this name), without_stops (matched, but
        only without full stops), repeated (a row above tells it already), unreadable (no country's name, no degrees).
    """
    places = pd.DataFrame({"city_id": cities, "name": cities.str.replace("_", " ")})
    listed = []
    for attribute in ATTRIBUTES:
        rows = match_cities(attributes.get(attribute, _NO_ROWS), cities)
        rows["read"] = _read(rows["value"], attribute)
        listed.append(_list_faults(rows).assign(attribute=attribute))
        known = rows.dropna(subset="city_id").drop_duplicates("city_id").set_index("city_id")["read"]
        column = "country_code" if attribute == "country" else attribute
        kind = "string" if attribute == "country" else "Float64"
        places[column] = known.reindex(cities).astype(kind).array
    table = pd.concat(listed, ignore_index=True)
    table["text"] = table["given"] + ": " + table["value"]
    return places, table[["attribute", "line", "text", "reason"]]


def _read(values: pd.Series, attribute: str) -> pd.Series:
    if attribute == "country":
        return values.map({name: find_country_code(name) for name in values.unique()})
    numbers = pd.to_numeric(values, errors="coerce")
    return numbers.where(numbers.abs() <= _LIMITS[attribute])


def _list_faults(rows: pd.DataFrame) -> pd.DataFrame:
    has_city = rows["city_id"].notna()
    faults = {
        "no_city": ~has_city,
        "without_stops": rows["is_near"].astype(bool),
        "repeated": has_city & rows["city_id"].duplicated(),
        "unreadable": rows["read"].isna(),
    }
    return pd.concat(
        [rows.loc[is_so, ["line", "given", "value"]].assign(reason=why) for why, is_so in faults.items()]
    )
