"""Which part of one document is which part of another: the most similar ones first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

Part = TypeVar("Part")


def pair_up(
    old: Sequence[Part], new: Sequence[Part], score: Callable[[Part, Part], float], least: float
) -> dict[int, int]:
    """
    Pair the parts of two documents.

    Parameters
    ----------
    old, new : sequence
    score : callable
        How similar two parts are, from 0 to 1.
    least : float
        Less similar parts are no pair.

    Returns
    -------
    dict
        Positions in `new` to positions in `old`. The most similar pair is found first; of equal ones the first.
    """
    rated = [
        (-rating, abs(at - by), at, by)
        for at, one in enumerate(old)
        for by, other in enumerate(new)
        if (rating := score(one, other)) >= least
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, at, by in sorted(rated):
        if at not in taken and by not in pairs:
            pairs[by] = at
            taken.add(at)
    return pairs


def compare_words(one: str, other: str) -> float:
    """How similar two texts are, from 0 to 1, word by word; numbers count as one and the same word."""
    if one == other:
        return 1.0
    words = [re.sub(r"\d+", "0", text).split() for text in (one, other)]
    return SequenceMatcher(None, *words, autojunk=False).ratio()
