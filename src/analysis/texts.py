"""What the office writes itself: foreword, judgement, imprint and the like, printed as the office's words."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.dates import first_day, has_passed
from analysis.sentences import is_missing
from analysis.tables import Register


def list_texts(
    register: Register, places: Iterable[str], as_of: str, words, partnership_id: str | None = None
) -> pd.DataFrame:
    """The office's texts for some places of a report, the latest one of each place by a date.

    Parameters
    ----------
    places : iterable of str
        Where they are printed: foreword, proposed_decision, judgement, outlook, imprint, contact.
    partnership_id : str, optional
        Texts on this relation; by default those on the whole.

    Returns
    -------
    pandas.DataFrame
        place (label in the reader's language), author, text (`analysis.sentences.Text`), in the order of `places`.
    """
    texts = register["texts"]
    known = sorted(
        (first_day("1000" if is_missing(date) else date), line, place)
        for line, (place, key, date) in enumerate(
            zip(texts["place"], texts["partnership_id"], texts["date"], strict=True)
        )
        if (None if is_missing(key) else key) == partnership_id
        and (is_missing(date) or has_passed(date, as_of))
    )
    lines = {place: line for _, line, place in known}
    last = texts.take([lines[place] for place in places if place in lines]).reset_index(drop=True)
    shown = last.rename(columns={"de": "text_de", "en": "text_en"})
    labels = [words.label("place", place) for place in last["place"]]
    return pd.DataFrame({"place": labels, "author": last["author"], "text": words.texts(shown, "text")})
