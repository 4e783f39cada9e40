"""Fill the values of a sentence in, so that a value can never be markup."""

from __future__ import annotations

import math
import numbers
import re
import string
from collections.abc import Mapping
from typing import Protocol, Self

# White space that Markdown would take for structure; a no-break space stays what it is.
_SPACES = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


class Text(str):
    """A string that may stand in the other language than its surroundings.

    Attributes
    ----------
    language : str or None
        Language of the text where it differs from the report's, else None.
    romanised : str or None
        The same name in Latin letters, for printed forms whose fonts lack its script.
    """

    language: str | None = None
    romanised: str | None = None

    def __new__(cls, value: object, language: str | None = None, romanised: str | None = None) -> Self:
        text = super().__new__(cls, value)
        text.language = language
        text.romanised = romanised
        return text


class Markup(str):
    """Markdown that is inserted as it stands; every other value is escaped."""


class Words(Protocol):
    """What a sentence needs to show its values: `analysis.wording.Wording` has it."""

    missing: str

    def number(self, value: float, digits: int = 0) -> str: ...
    def percent(self, share: float, digits: int = 0) -> str: ...
    def date(self, date: str) -> str: ...
    def list(self, items: list[str]) -> str: ...


def cite(*source_ids: str) -> Markup:
    """Citations of sources, to be used as a value of a sentence: ``[@seed-2021]``.

    An argument may name several sources, separated by ``;``; each is cited once, a missing one is passed over.
    """
    known = (some for some in source_ids if not is_missing(some))
    ids = dict.fromkeys(one for some in known for one in str(some).split(";") if one)
    return Markup("".join(f"[@{one}]" for one in ids))


def escape(text: str) -> str:
    """Escape text so that Markdown shows it letter by letter, on one line."""
    return _PUNCTUATION.sub(r"\\\1", _SPACES.sub(" ", text).strip(" "))


def paragraphs(text: str) -> Markup:
    """Free text as Markdown paragraphs: blank lines part them, everything else is shown letter by letter."""
    parts = [escape(part) for part in re.split(r"\n\s*\n", str(text)) if part.strip()]
    language = text.language if isinstance(text, Text) else None
    return Markup("\n\n".join(f"[{part}]{{lang={language}}}" if language else part for part in parts))


def is_missing(value: object) -> bool:
    """Whether a table's value is missing: None, NA, NaN, NaT or the empty string."""
    # pandas' NA has no truth value, hence the look at the type's name
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return math.isnan(value) if isinstance(value, float) else isinstance(value, str) and value == ""


def fill(template: str, values: Mapping[str, object], words: Words) -> str:
    """Fill a sentence as plain text; for the forms of values see `Wording.text`."""
    return _Plain(words).vformat(template, (), values)


def fill_markdown(template: str, values: Mapping[str, object], words: Words) -> str:
    """Fill a sentence as Markdown: the template may hold markup, values are escaped."""
    return _Marked(words).vformat(template, (), values)


class _Plain(string.Formatter):
    def __init__(self, words: Words) -> None:
        self._words = words

    def format_field(self, value: object, spec: str) -> str:
        return "" if isinstance(value, Markup) else self._show(value, spec)

    def _show(self, value: object, spec: str) -> str:
        words = self._words
        if "|" in spec:
            singular, plural = spec.split("|")
            return singular if value == 1 else plural
        if spec == "list":
            return words.list(value)
        if isinstance(value, str) and not spec:
            return str(value)  # an empty string is nothing to say, not a missing value
        if is_missing(value):
            return words.missing
        if spec == "date":
            return words.date(value)
        if spec.endswith("%"):
            return words.percent(value, int(spec[:-1] or 0))
        if isinstance(value, numbers.Real) and not isinstance(value, bool):
            return words.number(value, int(spec or 0))
        return str(value)


class _Marked(_Plain):
    def format_field(self, value: object, spec: str) -> str:
        if isinstance(value, Markup):
            return value
        shown = escape(self._show(value, spec))
        language = value.language if isinstance(value, Text) else None
        return f"[{shown}]{{lang={language}}}" if language else shown
