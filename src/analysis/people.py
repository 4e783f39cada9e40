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
    people, young = (measures[name].to_list() for name in ("participants", "participants_under_27"))
    few = words.text("unter {n}", "fewer than {n}", n=SMALLEST_GROUP)
    withheld = words.text("nicht gezeigt", "not shown")
    shown = {
        "participants": [few if _is_few(all_) else all_ for all_ in people],
        "participants_under_27": [
            few if _is_few(some) else withheld if _is_few(all_ - some) else some
            for all_, some in zip(people, young, strict=True)
        ],
    }
    return measures.assign(
        **{name: pd.Series(cells, measures.index, dtype=object) for name, cells in shown.items()}
    )


def clear_small_groups(activities: pd.DataFrame) -> pd.DataFrame:
    """The same activities without the numbers that a list of them does not show.

    Sums of what is left tell nothing of a hidden group, even to a reader who subtracts all that the list shows.

    Parameters
    ----------
    activities : pandas.DataFrame
        With participants and participants_under_27 (people, may be missing).

    Returns
    -------
    pandas.DataFrame
        Both are missing where participants is 1 to 4. (Lists of activities have no column for those under 27.)
    """
    is_hidden = _is_small(activities["participants"])
    names = ("participants", "participants_under_27")
    return activities.assign(**{name: activities[name].mask(is_hidden) for name in names})


def hide_in_sums(measures: pd.DataFrame, cleared: pd.DataFrame, words) -> pd.DataFrame:
    """Sums of people as they may be shown.

    Parameters
    ----------
    measures, cleared : pandas.DataFrame
        From `analysis.activity.measure_activity`, of all activities and of those of `clear_small_groups`; same rows.
    words : Wording

    Returns
    -------
    pandas.DataFrame
        The rows of `measures` with participants, participants_under_27 and with_participants of `cleared`, as
        `hide_small_groups` shows them; "not shown" where all that is stated is hidden.
    """
    sums = hide_small_groups(cleared, words)
    withheld = words.text("nicht gezeigt", "not shown")
    shown = {
        name: sums[name].mask(cleared[name].isna() & measures[name].notna(), withheld)
        for name in ("participants", "participants_under_27")
    }
    return measures.assign(with_participants=cleared["with_participants"], **shown)


def _is_few(people: float) -> bool:
    return pd.notna(people) and 1 <= people < SMALLEST_GROUP


def _is_small(people: pd.Series) -> pd.Series:
    return people.between(1, SMALLEST_GROUP - 1).fillna(False).astype(bool)
