"""What offices call columns, kinds and places: the words of the glossary, of this package, and of the user."""

import csv
import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.problems import SHOWN_CHARACTERS

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LETTERS = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
ACTIVITY_CODES = ("activity_type", "direction", "actor_type", "theme")
MISSING = {
    *("", "-", "--", "?", "/", ".", "k a", "ka", "k a.", "keine angabe", "keine angaben", "n a", "na", "nn"),
    *("unbekannt", "nicht bekannt", "offen", "entfaellt", "n v", "unknown", "not known", "none given", "tba"),
}


class Unreadable(ValueError):
    """A cell says nothing that can be taken over.

    Attributes
    ----------
    code : str
        Key of the reason in ``reasons.csv``.
    values : dict of str to str
        What the reason's text leaves open.
    """

    def __init__(self, code: str, **values: str) -> None:
        self.code, self.values = code, values
        super().__init__(code)


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Write a name in small letters a-z and digits, as German does without umlauts: `Köln` is `koeln`."""
    return _squeeze(unicodedata.normalize("NFC", text).casefold().translate(UMLAUTS))


def foldings(text: str) -> tuple[str, str]:
    """Give a name as German writes it without umlauts, and without any marks: `koeln` and `koln`."""
    return fold(text), _squeeze(unicodedata.normalize("NFC", text).casefold())


def _squeeze(text: str) -> str:
    if text.isascii():  # most are, and letter by letter is slow
        return " ".join(re.findall("[a-z0-9]+", text))
    apart = unicodedata.normalize("NFKD", text.translate(LETTERS))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", bare))


def is_missing_word(text: str) -> bool:
    """Tell whether a cell says that nothing is known: `k. A.`, `–`, `n/a` and the like."""
    if not text:
        return True
    return len(text) < 20 and not (text[0].isdigit() or text[-1].isdigit()) and fold(text) in MISSING


def find_near(form: str, known: Iterable[str]) -> str:
    """Find the most similar folded word; empty where none is near."""
    near = difflib.get_close_matches(form, known, n=1) if len(form) <= SHOWN_CHARACTERS else []
    return near[0] if near else ""


def read_words() -> dict[str, dict[str, str]]:
    """Read the words of this package: for each field the code of every folded word."""
    found: dict[str, dict[str, str]] = {}
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = found.setdefault(row["field"], {})
            words.update((form, row["code"]) for word in row["words"].split("|") for form in foldings(word))
    return found


def read_labels(glossary: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Take the labels of the glossary: for each field the code of every folded label and code."""
    found: dict[str, dict[str, str]] = {}
    for row in glossary:
        words = found.setdefault(row["field"], {})
        for label in (row["code"], row["de"], row["en"]):
            words.update((form, row["code"]) for form in foldings(label))
    return found


class Codes:
    """The codes of one column of activities by every word for them.

    Parameters
    ----------
    words : dict of str to str
        Code by folded word.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = dict(words)

    def read(self, text: str) -> str | None:
        """Give the code that a cell means, None where it says nothing; Unreadable if it is unknown."""
        forms = foldings(text)
        for form in forms:
            if form in self.words:
                return self.words[form]
        if is_missing_word(text):
            return None
        hint = find_near(forms[0], self.words)
        options = ", ".join(dict.fromkeys(self.words.values()))
        raise Unreadable("code-unknown", hint=hint, options=options)
