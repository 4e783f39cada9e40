"""Which row of a log is which activity, so that a later import finds it again."""

import hashlib
import re
from collections.abc import Sequence

from analysis.imports.words import fold

LONGEST = 60  # characters of an activity_id
PLAIN_NUMBER = re.compile(r"[0-9]{1,6}")
NO_SLUG = re.compile("[^a-z0-9]+")
SPACES = str.maketrans({chr(sign): " " for sign in range(128) if not chr(sign).isalnum()})


def make_ids(
    sheets: Sequence[str],
    numbers: Sequence[str | None],
    partners: Sequence[str | None],
    starts: Sequence[str],
    titles: Sequence[str | None],
) -> list[str]:
    """Make the activity_id of each row.

    It is the file's own number; a plain one (`17`) together with the name of the sheet, as each sheet may count anew.
    Without a number it is made of the partner, the start date and a hash of sheet, partner, start date and title, the
    title without capitals, marks and punctuation.

    Examples
    --------
    >>> make_ids([""], ["IB 2024/17"], ["kyiv"], ["2018-09-07"], ["Kiewer Tage"])
    ['ib-2024-17']
    """
    folded = {name: _slug(name) for name in set(sheets)}
    ids = []
    for sheet, number, partner, start, title in zip(sheets, numbers, partners, starts, titles, strict=True):
        slug = _slug(number) if number else ""
        if slug:
            own = f"{folded[sheet]}-{slug}" if folded[sheet] and PLAIN_NUMBER.fullmatch(number) else slug
            ids.append(own if len(own) <= LONGEST else f"{own[:45].rstrip('-')}-{_hash(own)}")
        else:
            key = f"{folded[sheet]}|{partner or ''}|{start}|{_normalise(title or '')}"
            ids.append(f"{(partner or 'none')[:38].rstrip('-')}-{start}-{_hash(key)}")
    return ids


def _slug(text: str) -> str:
    if text.isascii():  # most numbers are, and this is three times as fast
        return "-".join(text.lower().translate(SPACES).split())
    return NO_SLUG.sub("-", fold(text)).strip("-")


def _normalise(title: str) -> str:
    """Leave out what a person changes without meaning another activity; plain ASCII needs no slow folding."""
    return " ".join(re.findall(r"[a-z0-9]+", title.lower())) if title.isascii() else fold.__wrapped__(title)


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()
