"""What the columns of a log mean: each distinct text is read once, then taken for all its rows."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.imports.amounts import read_amount, read_count, read_yes
from analysis.imports.log_dates import names_short_year, read_period
from analysis.imports.places import Places
from analysis.imports.rows import NO_COLUMN, YEAR, Rows
from analysis.imports.texts import read_actor, read_text
from analysis.imports.words import Codes, Unreadable, is_missing_word
from analysis.tables.grid import Column

AMOUNTS = ("amount_planned_eur", "amount_own_eur", "amount_third_party_eur")
COUNTS = ("participants", "participants_under_27")
TEXTS = ("department", "funder", "title_de", "title_en", "note_de", "note_en")
CODES = ("direction", "actor_type", "theme")
TARGETS = (
    *("number", "partner", "start_date", "end_date", "year", "activity_type", "is_project", "actor"),
    *(*AMOUNTS, *COUNTS, *TEXTS, *CODES),
)
Reader = Callable[[Any], tuple[Any, str]]  # text to its value and the code of a remark


@dataclass(frozen=True)
class Reading:
    """A column that was read.

    Attributes
    ----------
    column : Column
        Its texts.
    values : ndarray of object
        What each text means; None for nothing.
    faults : list of Unreadable or None
        Why a text means nothing that can be taken over.
    remarks : list of str
        Code of what a reader should know of a text; empty mostly.
    """

    column: Column
    values: np.ndarray
    faults: list[Unreadable | None]
    remarks: list[str]

    def take(self, rows: np.ndarray) -> np.ndarray:
        """Values of some rows."""
        return self.values[self.column.codes[rows]]

    def mark_faults(self) -> np.ndarray:
        """Mark the rows that cannot be read."""
        return self.column.mark(fault is not None for fault in self.faults)

    def mark_remarks(self) -> np.ndarray:
        """Mark the rows with a remark."""
        return self.column.mark(map(bool, self.remarks))


def read_columns(rows: Rows, places: Places, codes: Mapping[str, Codes]) -> dict[str, Reading]:
    """Read the columns of a log by their names; `start_date` and `end_date` hold pairs of start and end."""
    columns, found = rows.columns, {}
    for name in ("number", "is_project", "actor", *AMOUNTS, *COUNTS, *TEXTS, *CODES):
        found[name] = _read(columns[name], _find_reader(name, codes), ("", NO_COLUMN))
    found["partner"] = _read(columns["partner"], lambda text: (places.read(_refuse_absent(text)), ""))
    found["activity_type"] = _read(columns["activity_type"], lambda text: (_read_type(text, codes), ""))
    years = _read_years(columns["year"])
    found["start_date"] = _read(_pair(columns["start_date"], years), _read_start)
    found["end_date"] = _read(_pair(columns["end_date"], years), _read_end)
    return found


def _find_reader(name: str, codes: Mapping[str, Codes]) -> Reader:
    """Reader of a column."""
    readers: dict[str, Reader] = {
        "number": lambda text: (None if is_missing_word(text) else text, ""),
        "is_project": lambda text: (read_yes(text), ""),
        **dict.fromkeys(AMOUNTS, read_amount),
        **dict.fromkeys(COUNTS, read_count),
        **dict.fromkeys(TEXTS, read_text),
        **dict.fromkeys(("actor", "department", "funder"), read_actor),
    }
    return readers.get(name) or (lambda text: (codes[name].read(text), ""))


def _read(column: Column, reader: Reader, nothing: Container[str] = ()) -> Reading:
    """Read each text of a column; those in `nothing` mean nothing."""
    values: list[Any] = [None] * len(column.texts)
    faults: list[Unreadable | None] = [None] * len(column.texts)
    remarks = [""] * len(column.texts)
    for number, text in enumerate(column.texts):
        if text not in nothing:
            try:
                values[number], remarks[number] = reader(text)
            except Unreadable as error:
                faults[number] = error
    return Reading(column, np.fromiter(values, object, len(values)), faults, remarks)


def _refuse_absent(text: str) -> str:
    """Raise Unreadable where a sheet lacks a column that every row needs."""
    if text == NO_COLUMN:
        raise Unreadable("no-column")
    return text


def _read_type(text: str, codes: Mapping[str, Codes]) -> str:
    """Kind of an activity; `other` where the log has no column for it, but never for an empty cell."""
    code = "other" if text == NO_COLUMN else codes["activity_type"].read(text)
    if code is None:
        raise Unreadable("empty")
    return code


def _read_years(column: Column) -> np.ndarray:
    """Year of each row, from a column or the name of the sheet; 0 where there is none."""
    years = [int(found[0]) if (found := YEAR.fullmatch(text)) else 0 for text in column.texts]
    return np.array(years or [0])[column.codes]


def _pair(column: Column, years: np.ndarray) -> Column:
    """Distinct pairs of a text and the year of its row."""
    keys, codes = np.unique(column.codes * 10_000 + years, return_inverse=True)
    return Column(codes, [(column.texts[key // 10_000], int(key % 10_000)) for key in keys])


def _read_start(pair: tuple[str, int]) -> tuple[tuple[str, str | None], str]:
    text, year = pair
    if text == NO_COLUMN and year:  # a log that names only the year
        return (str(year), None), ""
    if is_missing_word(_refuse_absent(text)):
        raise Unreadable("empty")
    return read_period(text, year or None), "short-year" if names_short_year(text) else ""


def _read_end(pair: tuple[str, int]) -> tuple[tuple[str, str | None] | None, str]:
    text, year = pair
    return (None, "") if text == NO_COLUMN or is_missing_word(text) else (read_period(text, year or None), "")
