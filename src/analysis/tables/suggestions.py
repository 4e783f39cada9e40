"""What to write instead of a cell that cannot be read."""

import re
import unicodedata
from decimal import Decimal

from analysis.problems import quote

IDENTIFIER = "[a-z0-9]+(-[a-z0-9]+)*"


def suggest_number(text: str, whole: bool) -> str:
    """Offer the number that was probably meant: decimal comma, thousand marks, euro and percent signs."""
    bare = re.sub(r"[\s€'’]|EUR", "", text)
    percent, bare = bare.endswith("%"), bare.removesuffix("%")
    for thousand, decimal in ((r"\.", ","), (",", r"\.")):
        found = re.fullmatch(
            rf"(-?[0-9]{{1,3}}(?:{thousand}[0-9]{{3}})+|-?[0-9]{{1,15}})(?:{decimal}([0-9]{{1,15}}))?", bare
        )
        if found:
            number = Decimal(re.sub("[.,]", "", found[1]) + (f".{found[2]}" if found[2] else ""))
            number = number / 100 if percent else number
            if not whole or number == number.to_integral_value():
                return f"Write {int(number) if whole else format(number, 'f')}."
    return "Write a number."


def suggest_code(text: str, pattern: str) -> str:
    """Offer the identifier that was probably meant; of other patterns nobody can tell."""
    if pattern != IDENTIFIER:
        return "Correct it."
    for letter, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.lower().replace(letter, plain)
    ascii_text = unicodedata.normalize("NFKD", text[:200]).encode("ascii", "ignore").decode().lower()
    code = "-".join(re.findall("[a-z0-9]+", ascii_text))
    return f"Write {quote(code)}." if re.fullmatch(pattern, code) else "Write an id."
