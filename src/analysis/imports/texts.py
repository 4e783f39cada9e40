"""Free texts of a log, without personal data: no e-mail address, no telephone number, no person as actor."""

import re

from analysis.imports.amounts import refuse_formula
from analysis.imports.words import Unreadable, is_missing_word
from analysis.tables.values import UNPRINTABLE

MAIL = re.compile(r"[\w.+%-]+(?:@|\(at\)|\[at\])[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(
    r"(?:\b(?:Tel(?:efon)?|Fon|Handy|Mobil|Fax|Phone)\b\.?:?\s*)?"
    r"(?<![\w./-])(?!\d{1,2}[-/]\d{1,2}[-/]\d{4}\b)(?:\+\d|\(0|0)[\d\s()/-]{5,}\d(?![\w.])",
    re.IGNORECASE,
)
DIGITS = re.compile(r"[+(0][\d(][\d\s()/-]{4}")  # without them there is no number to look for
PERSON = re.compile(
    r"(?:Herrn?|Hrn?\.|Frau|Fr\.|Familie|Fam\.|Dr\.|Prof\.|Mr\.?|Mrs\.?|Ms\.?)\s+\S", re.IGNORECASE
)
LEFT_OUT = "…"


def read_text(text: str) -> tuple[str | None, str]:
    """Read a free text.

    Returns
    -------
    str or None, str
        The text in one line, without addresses and numbers of telephones; None where it says nothing. The code of
        a remark, empty mostly.

    Raises
    ------
    Unreadable
        If it is a formula, or has lost a letter.
    """
    if is_missing_word(text):
        return None, ""
    refuse_formula(text)
    if "\ufffd" in text:
        raise Unreadable("lost-letter")
    bare = hide_personal(text)
    clean = bare if bare.isprintable() and "  " not in bare else " ".join(UNPRINTABLE.sub("", bare).split())
    return clean or None, "personal-cell" if bare != text else ""


def read_actor(text: str) -> tuple[str | None, str]:
    """Read who carried an activity, as `read_text`; a private person is left out."""
    if PERSON.match(text):
        return None, "personal-name"
    return read_text(text)


def hide_personal(text: str) -> str:
    """Put a sign in place of e-mail addresses and telephone numbers."""
    if "@" in text or "at)" in text or "at]" in text:
        text = MAIL.sub(LEFT_OUT, text)
    return PHONE.sub(LEFT_OUT, text) if DIGITS.search(text) else text
