"""What a foreign register states, row by row, before places are merged: who names whom, in which form, since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

LONGEST_NAME = 200  # characters; what is longer is no name of a place
Location = tuple[float, float]  # latitude and longitude, degrees of WGS 84


class Place(NamedTuple):
    """A place as one row names it.

    Attributes
    ----------
    name : str
        As written.
    country_code : str
        ISO 3166-1 alpha-2; empty where the row names none.
    location : tuple of float, optional
        Latitude and longitude.
    wikidata_id, node_id : str
        Wikidata item, and the place's own id in the file (label of a node); empty where there is none.
    region : str
        Part of the country that tells namesakes in it apart (Bundesland).
    population, population_year : int, optional
    is_area : bool
        Whether it is an area of several communes, such as a county.
    name_de, name_en : str
        Names by language where the file gives them.
    """

    name: str
    country_code: str = ""
    location: Location | None = None
    wikidata_id: str = ""
    node_id: str = ""
    region: str = ""
    population: int | None = None
    population_year: int | None = None
    is_area: bool = False
    name_de: str = ""
    name_en: str = ""


class Statement(NamedTuple):
    """One row: `home` names `partner`.

    `form` is a code of the schema, empty where the row names none; `start` and `end` are dates of EDTF level 0, empty
    where unknown; `has_ended` tells of an end without a date. `home_district` is filled where a district is the partner.
    `is_own_reading` marks what we read into the source. `row` is what the report calls the row.
    """

    row: int
    home: Place
    partner: Place
    form: str = ""
    start: str = ""
    end: str = ""
    has_ended: bool = False
    home_district: str = ""
    is_own_reading: bool = False


class Finding(NamedTuple):
    """What is to be said of a row (`outcome` listed or remark), of a place (place), or of the whole file (file, `row` 0)."""

    outcome: str
    row: int
    column: str
    value: str
    reason: str
    values: Mapping[str, str] = {}


@dataclass
class Reading:
    """What a file holds.

    Attributes
    ----------
    statements : list of Statement
    findings : list of Finding
        Every row that states nothing, with its reasons; remarks on the others.
    read : int
        Rows that could be statements; each is in `statements` or listed in `findings`.
    beside : dict of str to int
        Rows that are none, by kind: header, empty, comment.
    notices : list of str
        What a reader should know of the file.
    """

    statements: list[Statement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    read: int = 0
    beside: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    def list_row(self, row: int, column: str, value: str, reason: str, **values: str) -> None:
        """List a row: it is not taken over."""
        self.findings.append(Finding("listed", row, column, value, reason, values))

    def remark(self, row: int, column: str, value: str, reason: str, **values: str) -> None:
        """Tell what a reader should know of a row that is taken over, or of the whole file (row 0)."""
        self.findings.append(Finding("remark" if row else "file", row, column, value, reason, values))

    def tell_place(self, row: int, name: str, reason: str, **values: str) -> None:
        """Tell what a reader should know of a place; `row` is the first that names it."""
        self.findings.append(Finding("place", row, "", name, reason, values))


def list_rows(findings: list[Finding]) -> set[int]:
    """The rows that are not taken over."""
    return {each.row for each in findings if each.outcome == "listed"}
