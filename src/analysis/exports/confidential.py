"""What does not leave a register by accident: log, judgements, notes, and numbers of so few people that one is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.people import SMALLEST_GROUP, clear_small_groups
from analysis.problems import DataError, did_you_mean, quote

# What a city says of its relations to everybody; the others are the office's, and leave it only if they are named.
PUBLIC = ("cities", "aliases", "partnerships", "milestones", "associations", "themes")
NOTES = ("note", "note_de", "note_en")
ALL = "all"
WITHHELD = (
    f"1 to {SMALLEST_GROUP - 1} people are left out, also where they could be found by subtraction, "
    "so an empty cell may be a small group."
)

_PEOPLE = ["participants", "participants_under_27"]


def choose_tables(names: Collection[str], known: Collection[str]) -> list[str]:
    """
    Choose the tables of a register that are exported.

    Parameters
    ----------
    names : collection of str
        Tables to export besides the public ones; ``all`` stands for every table.
    known : collection of str
        Tables that there may be, in the order of the export.

    Raises
    ------
    DataError
        If a name is no table.
    """
    unknown = [name for name in names if name not in {*known, ALL}]
    if unknown:
        allowed = f"allowed are {ALL}, {', '.join(known)}"
        raise DataError(
            f"tables: is {quote(name)}, {allowed}.{did_you_mean(name, known) or ' Choose of these.'}"
            for name in unknown
        )
    return [name for name in known if ALL in names or name in PUBLIC or name in names]


def drop_notes(table: pd.DataFrame) -> pd.DataFrame:
    """A table without the notes of its rows (note, note_de, note_en): no report prints them, they may be for the office alone."""
    return table.drop(columns=[name for name in NOTES if name in table])


def withhold_small_groups(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """
    Leave out the numbers of people that a report does not show (METHODS, small groups).

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        By name. In ``activities`` participants and participants_under_27 are missing where participants is 1 to 4;
        participants_under_27 also where they or the others are 1 to 4.
    """
    tables = dict(tables)
    if "activities" in tables:
        cleared = clear_small_groups(tables["activities"])
        people, young = (cleared[name] for name in _PEOPLE)
        is_told = _is_small(young) | _is_small(people - young)
        tables["activities"] = cleared.assign(participants_under_27=young.mask(is_told))
    return tables


def _is_small(people: pd.Series) -> pd.Series:
    return people.between(1, SMALLEST_GROUP - 1).fillna(False).astype(bool)
