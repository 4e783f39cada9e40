"""Whose data an export holds, and under which licence they may be passed on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

NO_LICENCE = "The data name no licence. Ask whoever publishes them before you pass them on."
FICTIONAL = "fictional data"

# Who has to be named, where a source's address or a filled column shows that data are theirs
_GEONAMES = "GeoNames (https://www.geonames.org/), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)"
_WIKIDATA = (
    "Wikidata (https://www.wikidata.org/), CC0 1.0 (https://creativecommons.org/publicdomain/zero/1.0/)"
)
_NATURAL_EARTH = "Natural Earth (https://www.naturalearthdata.com/), public domain"
_SISTER_CITIES = (
    "Kaltenbrunner, Aragón, Laniado and Volkovich: Not All Paths Lead to Rome (2013), "
    "https://doi.org/10.1007/978-3-642-54140-7_14; free to use if cited, without a licence file"
)
_ADDRESSES = {
    r"(^|[./])geonames\.org": _GEONAMES,
    r"(^|[./])wikidata\.org": _WIKIDATA,
    r"(^|[./])naturalearthdata\.com": _NATURAL_EARTH,
    r"10\.1007/978-3-642-54140-7_14": _SISTER_CITIES,
}
_COLUMNS = {"geonames_id": _GEONAMES, "wikidata_id": _WIKIDATA}


@dataclass(frozen=True)
class About:
    """
    What every export says of itself.

    Attributes
    ----------
    name : str
        Of the register.
    title : str
        In English; fictional data say so.
    as_of : str
        Day whose state the relations have; empty for an edge list.
    licences : list of mapping
        title, and mostly name (as CC-BY-4.0) and path: of the register itself, as its data package gives them; empty
        where it names none.
    credits : list of str
        Who else has to be named: first those whose licence is known, then the cited sources by publisher, title and
        address; each once.
    sources : pandas.DataFrame
        Rows of `sources` that rows of the export name.
    is_fictional : bool
    """

    name: str
    title: str
    as_of: str
    licences: list[Mapping[str, str]]
    credits: list[str] = field(default_factory=list)
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)
    is_fictional: bool = False

    @property
    def licence(self) -> str:
        """The licence in one sentence."""
        named = (
            f"{one['title']} ({one['path']})" if "path" in one else one["title"] for one in self.licences
        )
        return "; ".join(named) or NO_LICENCE

    def write_text(self) -> str:
        """Title, state, licence and credits as plain text, a line each."""
        lines = [self.title, f"As of {self.as_of}." if self.as_of else "", f"Licence: {self.licence}"]
        if self.credits:
            lines += [
                "",
                "The data rest on others, who have to be named:",
                *(f"- {one}" for one in self.credits),
            ]
        sources = f"The {len(self.sources)} sources of the rows stand in the table sources."
        return "\n".join([*lines, *([sources] if len(self.sources) else [])]) + "\n"


def describe_register(
    path: Path, name: str, as_of: str, tables: Iterable[pd.DataFrame], sources: pd.DataFrame, data: str = ""
) -> About:
    """
    Say what has to be said of tables that are exported.

    Parameters
    ----------
    path : Path
        Folder or workbook of the register; a folder's ``datapackage.json`` gives title, licence and whether data are fictional.
    name : str
        Of the register, where there is no title.
    as_of : str
    tables : iterable of pandas.DataFrame
        All that is exported; their column source_id names rows of `sources`.
    sources : pandas.DataFrame
        All that the register knows.
    data : str
        Where data come from that are no part of the project, as an edition says it.
    """
    tables, package = list(tables), _read_package(path)
    named = {one for table in tables if "source_id" in table for one in _split(table["source_id"])}
    cited = sources
    if "source_id" in sources:  # those of a bare network are cited ones already
        cited = sources[sources["source_id"].isin(named)].reset_index(drop=True)
    credits = [*_list_holders(tables, cited), *([_name_holder(data) or data] if data else [])]
    credits = list(dict.fromkeys([*credits, *_list_publications(cited)]))
    is_fictional = package.get("is_fictional") is True
    title = str(package.get("title") or f"Town twinnings: {name}")
    if is_fictional and FICTIONAL not in title.casefold():
        title = f"{title} ({FICTIONAL})"
    return About(name, title, as_of, _list_licences(package), credits, cited, is_fictional)


def _split(cells: pd.Series) -> Iterable[str]:
    """The sources of a column; a cell may name several."""
    return (one for cell in cells.dropna() for one in re.split(r"[;,\s]+", cell) if one)


def _list_holders(tables: Iterable[pd.DataFrame], cited: pd.DataFrame) -> list[str]:
    """Whose data are in the tables, each once."""
    filled = [
        who
        for column, who in _COLUMNS.items()
        if any(column in t and t[column].notna().any() for t in tables)
    ]
    addresses = list(cited["url"].dropna()) if "url" in cited else []
    found = [who for who in map(_name_holder, addresses) if who]
    return list(dict.fromkeys([*filled, *found]))


def _list_publications(cited: pd.DataFrame) -> Iterable[str]:
    """Publisher, title and address of the sources that no holder stands for."""
    for row in cited.to_dict("records"):
        known = {name: " ".join(str(text).split()) for name, text in row.items() if not pd.isna(text)}
        address = known.get("url", "")
        if not _name_holder(address):
            text = ": ".join(known[name] for name in ("publisher", "title") if known.get(name))
            yield f"{text} ({address})" if address else text


def _name_holder(text: str) -> str:
    """Who has to be named for what is found at an address; empty where that is not known."""
    return next((who for pattern, who in _ADDRESSES.items() if re.search(pattern, text)), "")


def _list_licences(package: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """The licences of a data package that have a title; without a path, or with a web address."""
    listed = package.get("licenses")
    found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    licences = []
    for one in found:
        code, title, path = (str(one.get(key) or "") for key in ("name", "title", "path"))
        address = {"path": path} if re.fullmatch(r"https?://\S+", path) else {}
        code = code if re.fullmatch(r"[A-Za-z0-9._-]+", code) else ""
        named = (
            {"name": code or "other"} if code or not address else {}
        )  # a data package wants one of the two
        if title.strip() and (address or not path):
            licences.append({**named, "title": title, **address})
    return licences


def _read_package(path: Path) -> dict[str, Any]:
    """The description of a register's folder; the reader of the register has checked it, a network may have none."""
    try:
        package = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):  # the last: brackets in brackets without end
        return {}
    return package if isinstance(package, dict) else {}
