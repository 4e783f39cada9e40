"""Numbers, euros, yes and no, as German offices write them."""

import math
import re

from analysis.imports.words import Unreadable, fold, is_missing_word
from analysis.tables.values import ERRORS, NO, YES

ROUGHLY = re.compile(
    r"(?:ca\.?|circa|rd\.?|rund|etwa|ungefähr|um die|about|approx\.?|c\.|~|≈)\s*", re.IGNORECASE
)
BOUND = re.compile(
    r"(?:über|mehr als|mind\.?|mindestens|bis zu|max\.?|maximal|unter|>|<|≥|≤|at least|up to|over)\s*\d|\d\s*\+$",
    re.IGNORECASE,
)
RANGE = re.compile(r"\d\s*(?:-|–|—|bis|to)\s*\d")
CURRENCY = re.compile(r"€|\bEUR(?:O|os?)?\b|\bEuros?\b", re.IGNORECASE)
OTHER_CURRENCY = re.compile(
    r"[$£¥₽₴]|\b(?:DM|DEM|USD|GBP|PLN|CZK|CHF|Zł|Kč|RUB|UAH|Mark|Dollar|Złoty)\b", re.IGNORECASE
)
UNITS = {
    "tsd": 1e3,
    "tausend": 1e3,
    "t": 1e3,
    "teur": 1e3,
    "k": 1e3,
    "mio": 1e6,
    "million": 1e6,
    "millionen": 1e6,
}
UNIT = re.compile(r"\s*(tsd|tausend|teur|t|k|mio|millionen|million)\.?$", re.IGNORECASE)
PEOPLE = re.compile(
    r"\s*(?:pers\.?|personen|tn|teiln\w*\.?|leute|gäste|schüler\w*|people|persons|pupils)$", re.IGNORECASE
)
NUMBER = re.compile(r"(-?)\s*(\d{1,3}(?:(?P<mark>[.,' ])\d{3})(?:(?P=mark)\d{3})*|\d+)(?:([.,])(\d+|-+))?")
PLAIN = re.compile(r"(\d{1,3}(?:\.\d{3}){0,3}),(\d\d)(?: ?€)?")  # as Excel shows most euros in Germany
LARGEST = 1e12  # euros or people; more is a slip of the keyboard


def read_amount(text: str) -> tuple[float | None, str]:
    """Read an amount of euros.

    A dot or comma before three digits separates thousands, as euros have two decimals at most.

    Returns
    -------
    float or None, str
        Euros and cents, None where the cell says that nothing is known; the code of a remark, `approximate` or
        `rounded`, mostly empty.

    Raises
    ------
    Unreadable
        If it is no single amount of euros.
    """
    plain = PLAIN.fullmatch(text)
    if plain:
        return float(f"{plain[1].replace('.', '')}.{plain[2]}"), ""
    if OTHER_CURRENCY.search(text):
        raise Unreadable("currency")
    number, is_rough = _read_number(CURRENCY.sub("", text) if "€" in text or "u" in text.lower() else text)
    if number is None or number == round(number, 2):
        return number, "approximate" if is_rough else ""
    return round(number, 2), "rounded"


def read_count(text: str) -> tuple[int | None, str]:
    """Read a number of people; as `read_amount`, and Unreadable if it is not whole."""
    number, is_rough = _read_number(PEOPLE.sub("", text))
    if number is not None and not number.is_integer():
        raise Unreadable("number-part")
    return None if number is None else int(number), "approximate" if is_rough else ""


def read_yes(text: str) -> bool | None:
    """Read `ja` or `nein` (yes, no, x, true, 1 ...), None for an empty cell; Unreadable if it is neither."""
    word = fold(text) or text
    if word in YES or word in ("j", "true"):
        return True
    if word in NO or word == "false":
        return False
    if is_missing_word(text):
        return None
    raise Unreadable("yes-no")


def refuse_formula(text: str) -> None:
    """Raise Unreadable for a cell that shows a formula or the error of one."""
    if text.startswith("="):
        raise Unreadable("formula")
    if text.startswith("#") and ERRORS.fullmatch(text):
        raise Unreadable("error-cell")


def _read_number(text: str) -> tuple[float | None, bool]:
    refuse_formula(text)
    bare = " ".join(text.split())
    if is_missing_word(bare):
        return None, False
    rough = ROUGHLY.match(bare)
    bare = bare[rough.end() :] if rough else bare
    unit = UNIT.search(bare)
    bare = bare[: unit.start()] if unit else bare
    found = NUMBER.fullmatch(bare.replace("\u2212", "-").replace("–", "-").replace("—", "-").strip())
    if not found:
        raise Unreadable(_explain(bare))
    if found[1]:
        raise Unreadable("number-negative")
    number = _put_together(found) * (UNITS[unit[1].lower()] if unit else 1)
    if number >= LARGEST:
        raise Unreadable("number-large")
    return round(number, 6), bool(rough)


def _put_together(found: re.Match[str]) -> float:
    """Reckon a number from sign, digits, decimal mark and decimals."""
    whole, decimals = found[2], found[5] or ""
    if found["mark"] and whole.startswith("0"):  # 0,333 is a third, never thousands
        whole, decimals = re.split("[.,' ]", whole, maxsplit=1)
    digits, decimals = re.sub(r"\D", "", whole), decimals.strip("-")
    return math.inf if len(digits) > 15 else float(f"{digits}.{decimals or 0}")


def _explain(text: str) -> str:
    if BOUND.search(text):
        return "number-bound"
    return "number-range" if RANGE.search(text) else "number-unclear"
