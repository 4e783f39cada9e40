"""Numbers, dates, lists, labels and names in German and English."""

from __future__ import annotations

import csv
import datetime
import difflib
import numbers
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import babel
from babel.lists import format_list

from analysis.home import find_home
from analysis.sentences import Text, fill, fill_markdown, is_missing
from analysis.spelling import spell_date, spell_number, spell_percent

if TYPE_CHECKING:
    import pandas as pd

LOCALES = {"de": "de_DE", "en": "en_GB"}
MISSING = {"de": "k.\u00a0A.", "en": "n/a"}
TRUTH = {"de": ("nein", "ja"), "en": ("no", "yes")}


class WordingError(ValueError):
    """A label, country or language that the wording does not know."""


class Wording:
    """Everything that differs between a German and an English report.

    Parameters
    ----------
    language : {"de", "en"}
        Language of the report.
    glossary : pathlib.Path, optional
        CSV with the columns field, code, de, en; the project's glossary by default.

    Raises
    ------
    WordingError
        If the language is another one.
    """

    def __init__(self, language: str, glossary: Path | None = None) -> None:
        if language not in LOCALES:
            raise WordingError(f"language: is {language!r}, allowed are de, en. Choose one of them.")
        self.language = language
        self.other = "en" if language == "de" else "de"
        self.missing = MISSING[language]
        self._locale = babel.Locale.parse(LOCALES[language])
        self._glossary = _read_glossary(glossary or find_home() / "data/reference/glossary.csv")

    # -- sentences ---------------------------------------------------------------------------

    def text(self, de: str, en: str, **values: object) -> str:
        """The text of this language with its values filled in, as plain text.

        ``{n}`` is a localised number, ``{share:%}`` a percentage, ``{km:1}`` a number with one decimal,
        ``{when:date}`` a date in words, ``{names:list}`` a list, ``{n:city|cities}`` the word for n.
        """
        return fill(de if self.language == "de" else en, values, self)

    def markdown(self, de: str, en: str, **values: object) -> str:
        """Like `text`, but as Markdown: the template may hold markup, the values cannot."""
        return fill_markdown(de if self.language == "de" else en, values, self)

    # -- values ------------------------------------------------------------------------------

    def number(self, value: float, digits: int = 0) -> str:
        """A number with exactly `digits` decimals: 1.234,5 or 1,234.5."""
        return spell_number(value, digits, LOCALES[self.language])

    def percent(self, share: float, digits: int = 0) -> str:
        """A share between 0 and 1 as a percentage: 62 % or 62%."""
        return spell_percent(share, digits, self._locale)

    def date(self, date: str | datetime.date) -> str:
        """A date of EDTF level 0 in words, no more precise than it is: "September 1973"."""
        return spell_date(str(date), LOCALES[self.language])

    def period(self, start: str, end: str | None) -> str:
        """From one date to another, or the one date: "22.–26. Oktober 2022"."""
        if is_missing(end) or end == start:
            return self.date(start)
        if len(start) == len(end) == len("1990-10-03") and start[:7] == end[:7]:
            first = str(int(start[8:])) + ("." if self.language == "de" else "")
            return f"{first}–{self.date(end)}"
        return f"{self.date(start)} – {self.date(end)}"

    def list(self, items: Iterable[str]) -> str:
        """A list in words: "Kiew, Lyon und Krakau"."""
        return format_list([str(item) for item in items], locale=self._locale)

    # -- names -------------------------------------------------------------------------------

    def label(self, field: str, code: str) -> str:
        """The glossary's label of a code, for example of the form "cooperation".

        Raises
        ------
        WordingError
            If the glossary has no such code, with the nearest one.
        """
        return self._entry(field, code)[self.language]

    def definition(self, field: str, code: str) -> str:
        """The glossary's definition of a code."""
        return self._entry(field, code)[f"definition_{self.language}"]

    def column(self, name: str) -> str:
        """The heading of a table column, with its unit."""
        return self.label("column", name)

    def country(self, code: str) -> str:
        """The name of a country (ISO 3166-1 alpha-2), from CLDR."""
        return self._territory(code)

    def region(self, code: str) -> str:
        """The name of a world region (UN M49), from CLDR."""
        return self._territory(code)

    def name(self, row: Mapping[str, str]) -> str:
        """The name of a place, from its name_de and name_en."""
        return row[f"name_{self.language}"]

    def names(self, table: pd.DataFrame) -> list[str]:
        """The names of places in a table with name_de and name_en, in its order."""
        return table[f"name_{self.language}"].to_list()

    def local(self, row: Mapping[str, object], stem: str) -> Text | None:
        """The free text `stem` of a row in this language, else in the other one and marked so."""
        return self._choose(row[f"{stem}_{self.language}"], row[f"{stem}_{self.other}"])

    def texts(self, table: pd.DataFrame, stem: str) -> list[Text | None]:
        """The free text `stem` of every row of a table, each as `local` gives it."""
        both = (table[f"{stem}_{language}"] for language in (self.language, self.other))
        return list(map(self._choose, *both))

    def _choose(self, own: str | None, other: str | None) -> Text | None:
        if not is_missing(own):
            return Text(own)
        return None if is_missing(other) else Text(other, self.other)

    def periods(self, table: pd.DataFrame) -> list[str | None]:
        """The time of every row of a table, from its start_date and end_date, each as `period` gives it; missing without a start."""
        return [
            None if is_missing(start) else self.period(start, end)
            for start, end in zip(table["start_date"], table["end_date"], strict=True)
        ]

    # -- cells -------------------------------------------------------------------------------

    def cell(self, column: str, value: object) -> Text:
        """The text of a table cell; the column's name says what the value is (date, share, code …)."""
        if isinstance(value, Text):
            return value
        if isinstance(value, (list, tuple)):
            return Text(self.list(value)) if value else Text(self.missing)
        if is_missing(value):
            return Text(self.missing)
        if (column, value) in self._glossary:
            return Text(self.label(column, str(value)))
        return Text(self._shown(column, value))

    def _shown(self, column: str, value: object) -> str:
        if column == "date" or column.endswith("_date"):
            return self.date(value)
        if column == "year" or column.endswith("_year"):
            return str(int(value))
        if column.endswith("_share"):
            return self.percent(value)
        if column.endswith("_code"):
            return self._territory(value)
        if column.startswith(("is_", "has_")):
            return TRUTH[self.language][bool(value)]
        if isinstance(value, numbers.Integral) or column.endswith(("_km", "_eur")):
            return self.number(value)
        return self.number(value, 1) if isinstance(value, numbers.Real) else str(value)

    def _entry(self, field: str, code: str) -> Mapping[str, str]:
        if (field, code) not in self._glossary:
            known = [known for known_field, known in self._glossary if known_field == field]
            near = difflib.get_close_matches(str(code), known, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise WordingError(f"glossary.csv, field {field}: has no code {code!r}. Add a row for it.{hint}")
        return self._glossary[field, code]

    def _territory(self, code: str) -> str:
        if code not in self._locale.territories:
            raise WordingError(f"country or region: is {code!r}, allowed are ISO 3166-1 and UN M49 codes.")
        return self._locale.territories[code]


@cache
def _read_glossary(path: Path) -> dict[tuple[str, str], Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["field"], row["code"]): row for row in csv.DictReader(file)}
