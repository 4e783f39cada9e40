"""How many people took part, without showing groups so small that somebody could be recognised."""

from __future__ import annotations

import pandas as pd

# A number of people from 1 to 4 is not shown; zero and missing tell of nobody.
SMALLEST_GROUP = 5


def hide_small_groups(measures: pd.DataFrame, words) -> pd.DataFrame:
    """Numbers of people as they may be shown.

    Parameters
    ----------
    measures : pandas.DataFrame
        With participants and participants_under_27 (people, may be missing).
    words : Wording

    Returns
    -------
    pandas.DataFrame
        The same rows; in both columns 1 to 4 people read "fewer than 5". People under 27 are "not shown" where
        the others are 1 to 4, for these could be found by subtraction.
    """
    people, young = measures["participants"], measures["participants_under_27"]
    few = words.text("unter {n}", "fewer than {n}", n=SMALLEST_GROUP)
    withheld = words.text("nicht gezeigt", "not shown")
    others = people - young
    return measures.assign(
        participants=people.astype(object).mask(_is_small(people), few),
        participants_under_27=young.astype(object)
        .mask(_is_small(others), withheld)
        .mask(_is_small(young), few),
    )


def _is_small(people: pd.Series) -> pd.Series:
    return people.between(1, SMALLEST_GROUP - 1).fillna(False).astype(bool)
