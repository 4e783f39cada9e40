"""The value that a cell means, by its field in the schema; or why it means none, and what to write."""

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from analysis.dates import explain_date
from analysis.problems import did_you_mean, quote
from analysis.tables.suggestions import IDENTIFIER, suggest_code, suggest_number

Field = dict[str, Any]  # one entry of "fields" in a Frictionless Table Schema
Value = str | int | float | bool

MAX_DIGITS = 15  # of a whole number; more are no count, and a spreadsheet rounds them
ERRORS = re.compile(
    r"#(REF|N/A|NAME\?|VALUE|DIV/0|NULL|NUM|ERROR|BEZUG|NV|WERT|ZAHL|ÜBERLAUF|SPILL|CALC)[!?]?"
)
# Control characters break Word files and figures; embeddings and overrides turn the text around them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]")
SUSPICIOUS = ("\n=", "\n#", "\ufffd")  # formulas, errors, and letters that were lost
YES, NO = {"ja", "wahr", "yes", "y", "x", "1"}, {"nein", "falsch", "no", "n", "0"}
PLAIN_NUMBER = re.compile("-?[0-9]{1,15}(?:[.][0-9]{1,2})?")  # most are
PATTERNS = {
    IDENTIFIER: "small letters a-z, digits and single hyphens, as ho-chi-minh-city",
    "[A-Z]{2}": "two capital letters of ISO 3166-1, as DE",
    "[0-9]{3}": "three digits",
    "Q[1-9][0-9]*": "Q and a number, as Q2079",
    "[a-z]{2,3}(-[A-Za-z]{2,8})*": "a language code, as de or zh-Hans",
}


def read_value(text: str, field: Field) -> Value | None:
    """Read one cell.

    Parameters
    ----------
    text : str
        The cell, without spaces around it.
    field : dict
        Its field in the schema: type, constraints, and `"edtf": true` for dates of EDTF level 0.

    Returns
    -------
    str, int, float, bool or None
        The value; dates stay text; None where the cell is empty.

    Raises
    ------
    ValueError
        "is ..., allowed ... What to do.", to go on after the place of the cell.
    """
    constraints = field.get("constraints", {})
    if not text:
        if constraints.get("required"):
            raise ValueError("is empty, allowed is a value. Fill it in.")
        return None
    if text[0] in "#=" and (text[0] == "=" or ERRORS.fullmatch(text)):
        raise ValueError(f"is {quote(text)}, allowed are values. Repair the formula or write its value.")
    value = READERS[field["type"]](text, field)
    _check_range(text, value, constraints)
    return value


def read_plain(texts: Sequence[str], field: Field) -> list[Value | None] | None:
    """Read all texts of a column of free text, keys or numbers; None where one of them may not be right.

    A quick look at all of them together: a log of a million activities has a million keys, titles and amounts. Where it
    finds something, `read_value` tells what.
    """
    if field.get("constraints", {}).get("required") and "" in texts:
        return None
    together = "\n".join(texts)  # one long text is looked through much faster than a million short ones
    if together.count("\n") != len(texts) - 1:
        return None
    if field["type"] == "number":
        return _read_plain_numbers(texts, together, field)
    return [text or None for text in texts] if _are_plain(texts, together, field) else None


def _read_plain_numbers(texts: Sequence[str], together: str, field: Field) -> list[float | None] | None:
    if not _match_all(PLAIN_NUMBER.pattern, together):
        return None
    values = [float(text) if text else None for text in texts]
    numbers = [value for value in values if value is not None]
    constraints = field.get("constraints", {})
    low, high = constraints.get("minimum", -math.inf), constraints.get("maximum", math.inf)
    return values if not numbers or low <= min(numbers) <= max(numbers) <= high else None


def _are_plain(texts: Sequence[str], together: str, field: Field) -> bool:
    """Tell whether all texts of a column of free text or keys are right as they stand."""
    constraints = field.get("constraints", {})
    if field["type"] != "string" or field.get("edtf") or "enum" in constraints:
        return False
    if max(map(len, texts), default=0) > constraints.get("maxLength", math.inf):
        return False
    if "pattern" in constraints:
        return _match_all(constraints["pattern"], together)
    if any(sign in together for sign in SUSPICIOUS) or together[:1] in ("=", "#"):
        return False
    return together.replace("\n", "").isprintable() or not UNPRINTABLE.search(together)


def _match_all(pattern: str, together: str) -> bool:
    """Tell whether every line has the pattern or is empty."""
    return bool(re.fullmatch(f"(?:(?:{pattern})?\n)*+", f"{together}\n"))


def _read_string(text: str, field: Field) -> str:
    constraints = field.get("constraints", {})
    if field.get("edtf"):
        return _read_date(text, field)
    if "enum" in constraints and text not in constraints["enum"]:
        hint = did_you_mean(text, constraints["enum"]) or " Choose one."
        raise ValueError(f"is {quote(text)}, allowed are {', '.join(constraints['enum'])}.{hint}")
    pattern = constraints.get("pattern")
    if pattern and not re.fullmatch(pattern, text):
        allowed = f"allowed are {PATTERNS.get(pattern, pattern)}. {suggest_code(text, pattern)}"
        raise ValueError(f"is {quote(text)}, {allowed}")
    if len(text) > constraints.get("maxLength", math.inf):
        allowed = f"allowed are {constraints['maxLength']} characters. Shorten it."
        raise ValueError(f"is {quote(text)}, {allowed}")
    if not text.isprintable() and UNPRINTABLE.search(text):
        sign = quote(UNPRINTABLE.search(text)[0])
        raise ValueError(f"is {quote(text)}, allowed are printable characters. Delete {sign}.")
    if "\ufffd" in text:
        lost = "Write the letter that was lost at '\ufffd'."
        raise ValueError(f"is {quote(text)}, allowed are whole texts. {lost}")
    return text


def _read_date(text: str, field: Field) -> str:
    reason = explain_date(text)
    if not reason and field["type"] == "date" and len(text) < len("1973-11-23"):
        reason = f"is {quote(text)}, allowed are full dates, as 1973-11-23. Add month and day."
    if reason:
        raise ValueError(reason)
    return text


def _read_year(text: str, field: Field) -> int:
    if not re.fullmatch("[0-9]{4}", text):
        raise ValueError(f"is {quote(text)}, allowed are years of four digits, as 1973. Correct it.")
    return int(_read_date(text, {"type": "year"}))


def _read_boolean(text: str, field: Field) -> bool:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    word = "true" if text.lower() in YES else "false" if text.lower() in NO else "true or false"
    raise ValueError(f"is {quote(text)}, allowed are true and false. Write {word}.")


def _read_integer(text: str, field: Field) -> int:
    if re.fullmatch(rf"-?[0-9]{{1,{MAX_DIGITS}}}", text):
        return int(text)
    raise ValueError(
        f"is {quote(text)}, allowed are whole numbers, as 1200. {suggest_number(text, whole=True)}"
    )


def _read_number(text: str, field: Field) -> float:
    if PLAIN_NUMBER.fullmatch(text):
        return float(text)
    hint = ""
    if field["name"].endswith("_eur") and re.fullmatch(r"-?[0-9]{1,3}[.,][0-9]{3}", text):
        hint = (
            f"Write {re.sub('[.,]', '', text)} or {float(text.replace(',', '.')):.2f}."  # 1.234: which one?
        )
    elif re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?", text) and math.isfinite(float(text)):
        return float(text)
    hint = hint or suggest_number(text, whole=False)
    raise ValueError(f"is {quote(text)}, allowed are numbers, as 1234.5. {hint}")


def _check_range(text: str, value: Value, constraints: dict[str, Any]) -> None:
    if isinstance(value, str):
        return
    low, high = constraints.get("minimum", -math.inf), constraints.get("maximum", math.inf)
    if low <= value <= high:
        return
    span = f"from {low} to {high}" if math.isfinite(high) else f"from {low} on"
    raise ValueError(f"is {quote(text)}, allowed are numbers {span}. Correct it.")


READERS: dict[str, Callable[[str, Field], Value]] = {
    "string": _read_string,
    "year": _read_year,
    "date": _read_date,
    "boolean": _read_boolean,
    "integer": _read_integer,
    "number": _read_number,
}
