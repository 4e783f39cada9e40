"""What the office writes itself: foreword, judgement, imprint and the like, printed as the office's words."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.dates import first_day, passed
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
    is_about = (
        texts["partnership_id"].isna()
        if partnership_id is None
        else texts["partnership_id"] == partnership_id
    )
    known = texts[is_about.fillna(False).astype(bool) & passed(texts["date"], as_of, undated=True)]
    day = [first_day(date) if pd.notna(date) else first_day("1000") for date in known["date"]]
    last = known.assign(day=day).sort_values("day", kind="stable").drop_duplicates("place", keep="last")
    last = (
        last.set_index("place")
        .reindex([place for place in places if place in set(last["place"])])
        .reset_index()
    )
    shown = last.rename(columns={"de": "text_de", "en": "text_en"})
    labels = [words.label("place", place) for place in last["place"]]
    return pd.DataFrame({"place": labels, "author": last["author"], "text": words.texts(shown, "text")})
