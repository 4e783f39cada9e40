"""A folder with a network: the tables of a register, or somebody's edge list with what is known of its cities."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.dates import first_day, has_passed
from analysis.imports.edges import LINK_COLUMNS, read_edge_list
from analysis.imports.nodes import ATTRIBUTES, describe_nodes, read_attribute
from analysis.problems import DataError
from analysis.wording import Wording

_REASONS = {
    "loop": ("nennt sich selbst", "names itself"),
    "repeated": ("steht schon weiter oben", "stands further above already"),
    "one_end": ("nur eine Zelle", "one cell only"),
    "empty_end": ("eine Stadt fehlt", "a city is missing"),
    "no_city": ("keine Stadt der Verbindungen heißt so", "no city of the links has this name"),
    "without_stops": ("angenommen; im Namen fehlen Punkte", "accepted; the name lacks full stops"),
    "unreadable": ("kein Land oder keine Gradzahl", "no country, or no degrees"),
    "ended": ("beendet", "ended"),
}
# Milestones after which a relation that had ended is one again.
_AGAIN = ("signed", "renewed", "resumed", "listed", "form_changed")
_SOURCE_COLUMNS = ["title", "publisher", "date", "note"]
_NO_SOURCES = pd.DataFrame(columns=["source_id", *_SOURCE_COLUMNS])
_EDGE_FILES = ("edges.tsv", "edges.csv", "edges.txt", "edges.graphml", "out.*", "*.graphml")
_ATTRIBUTE_FILES = {"country": ("city_country.tsv", "country.tsv")} | {
    attribute: (f"{attribute}.tsv",) for attribute in ATTRIBUTES[1:]
}


@dataclass(frozen=True, eq=False)
class NetworkFiles:
    """What the files of a network hold.

    Attributes
    ----------
    links : pandas.DataFrame
        home_city_id, partner_city_id.
    places : pandas.DataFrame
        city_id, name, country_code, latitude, longitude.
    report : pandas.DataFrame
        file, read, accepted, listed (rows; accepted + listed = read), noted (accepted rows that are listed all the same).
    listed : pandas.DataFrame
        file, line, text, reason: every row that was not taken, or taken with a remark.
    sources : pandas.DataFrame
        title, publisher, date, note (licence) of the sources that the relations of a register name and its folder
        describes; no rows for an edge list.
    """

    links: pd.DataFrame
    places: pd.DataFrame
    report: pd.DataFrame
    listed: pd.DataFrame
    sources: pd.DataFrame


def read_network(folder: Path | str, language: str = "en", as_of: str = "9999-12-31") -> NetworkFiles:
    """
    Read the network in a folder.

    Either the tables of a register (cities.csv and partnerships.csv; a relation that had ended by
    `as_of`, as milestones.csv says, is none), or an edge list (edges.tsv, .csv, .txt, .graphml, or KONECT's out.*) with, where there are any,
    city_country.tsv, latitude.tsv and longitude.tsv.

    Raises
    ------
    DataError
        If the folder holds neither, or a file cannot be used.
    """
    folder = Path(folder)
    if (folder / "partnerships.csv").exists():
        return _read_register(folder, language, as_of)
    found = [path for pattern in _EDGE_FILES for path in sorted(folder.glob(pattern))]
    if not found:
        problem = (
            f"{folder}: has neither partnerships.csv nor an edge list (edges.tsv, edges.csv, edges.graphml, out.*). "
            "Name a folder with a network."
        )
        raise DataError([problem])
    return _read_edges(folder, found[0])


def _read_register(folder: Path, language: str, as_of: str) -> NetworkFiles:
    tables = {
        name: pd.read_csv(folder / f"{name}.csv", dtype="string", keep_default_na=False, na_values=[""])
        for name in ("cities", "partnerships", "milestones", "sources")
        if (folder / f"{name}.csv").exists()
    }
    _check_columns(folder, tables, language)
    relations, places = tables["partnerships"], tables["cities"]
    ended: set[str] = set()
    if "milestones" in tables:
        ended = _find_ended(tables["milestones"], as_of)
    is_over = relations["partnership_id"].isin(ended)
    listed = relations[is_over].assign(
        file="partnerships.csv", line=relations.index[is_over] + 2, reason="ended"
    )
    report = [("partnerships.csv", len(relations), int((~is_over).sum()), len(listed), 0)]
    places = places.assign(name=places[f"name_{language}"])
    for column in ("latitude", "longitude"):
        places[column] = pd.to_numeric(places[column]).astype("Float64")
    return NetworkFiles(
        relations.loc[~is_over, LINK_COLUMNS].reset_index(drop=True),
        places[["city_id", "name", "country_code", "latitude", "longitude"]],
        _make_report(report),
        listed.rename(columns={"partnership_id": "text"})[["file", "line", "text", "reason"]],
        _list_sources(tables.get("sources", _NO_SOURCES), relations),
    )


def _check_columns(folder: Path, tables: dict[str, pd.DataFrame], language: str) -> None:
    """Refuse tables of a register that lack what a network needs."""
    needed = {
        "cities": ["city_id", f"name_{language}", "country_code", "latitude", "longitude"],
        "partnerships": ["partnership_id", *LINK_COLUMNS],
        "milestones": ["partnership_id", "date", "milestone"],
        "sources": ["source_id", *_SOURCE_COLUMNS],
    }
    problems = [] if "cities" in tables else [f"{folder}: has no cities.csv, a network needs it. Add it."]
    problems += [
        f"{folder / name}.csv: has no column {column}, a network needs it. Add it."
        for name, table in tables.items()
        for column in needed[name]
        if column not in table
    ]
    if problems:
        raise DataError(problems)


def _list_sources(sources: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """The sources of the relations, as far as the folder describes them."""
    named = relations.get("source_id", [])
    return sources.loc[sources["source_id"].isin(named), _SOURCE_COLUMNS].reset_index(drop=True)


def _find_ended(milestones: pd.DataFrame, as_of: str) -> set[str]:
    """The relations that had ended by a day, and were not taken up again."""
    told = milestones[milestones["milestone"].isin(("ended", *_AGAIN))]
    told = told[[has_passed(date, as_of) for date in told["date"]]]
    told = told.assign(day=[first_day(date) for date in told["date"]]).sort_values("day", kind="stable")
    last = told.groupby("partnership_id")["milestone"].last()
    return set(last.index[last == "ended"])


def _read_edges(folder: Path, path: Path) -> NetworkFiles:
    edges = read_edge_list(path)
    files = find_attribute_files(folder)
    attributes = {attribute: read_attribute(file) for attribute, file in files.items()}
    cities = pd.Index(pd.unique(edges.links[LINK_COLUMNS].to_numpy().ravel()), dtype="string")
    places, faults = describe_nodes(cities, attributes)
    faults = faults.assign(file=faults["attribute"].map({name: file.name for name, file in files.items()}))
    rows = [(path.name, edges.read, len(edges.links), len(edges.listed), 0)]
    for attribute, table in attributes.items():
        own = faults[faults["attribute"] == attribute]
        lost = own.loc[own["reason"] != "without_stops", "line"].nunique()
        noted = int((own["reason"] == "without_stops").sum())
        rows.append((files[attribute].name, len(table), len(table) - lost, lost, noted))
    listed = pd.concat([edges.listed.assign(file=path.name), faults], ignore_index=True)
    return NetworkFiles(
        edges.links[LINK_COLUMNS],
        places,
        _make_report(rows),
        listed[["file", "line", "text", "reason"]],
        _NO_SOURCES[_SOURCE_COLUMNS],
    )


def find_attribute_files(folder: Path) -> dict[str, Path]:
    """The files beside an edge list that tell of its cities, by attribute: country, latitude, longitude."""
    found = {
        attribute: next((folder / name for name in names if (folder / name).exists()), None)
        for attribute, names in _ATTRIBUTE_FILES.items()
    }
    return {attribute: file for attribute, file in found.items() if file}


def _make_report(rows: list[tuple[str, int, int, int, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["file", "read", "accepted", "listed", "noted"])


def show_listed(files: NetworkFiles, words: Wording) -> pd.DataFrame:
    """The listed rows for a reader: file, line (text), text, reason (in words)."""
    reasons = {code: words.text(*texts) for code, texts in _REASONS.items()}
    listed = files.listed
    return listed.assign(line=listed["line"].astype(str), reason=listed["reason"].map(reasons))
