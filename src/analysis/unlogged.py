"""What is not logged is not known: zeros become missing where nobody has shown that there was nothing."""

from __future__ import annotations

import pandas as pd

from analysis.activity import DIRECTIONS


def clear_measures(measures: pd.DataFrame, years: int) -> pd.DataFrame:
    """The same rows with missing instead of 0 where the log is not complete: nobody has shown that there was none.

    Parameters
    ----------
    measures : pandas.DataFrame
        From `measure_activity`.
    years : int
        Years of the period.
    """
    counts = ["activities", "projects", *DIRECTIONS]
    unlogged = measures["observed_years"] < years
    cleared = {name: measures[name].mask(unlogged & (measures[name] == 0)) for name in counts}
    return measures.assign(**cleared)


def clear_years(yearly: pd.DataFrame) -> pd.DataFrame:
    """The rows of `measure_years` with missing instead of 0 where nobody has looked; projects also where some are unsaid."""
    counts = {
        name: yearly[name].astype("Int64").mask(~yearly["is_observed"] & (yearly[name] == 0))
        for name in ("activities", "projects")
    }
    return yearly.assign(**counts | {"projects": counts["projects"].mask(yearly["unsaid_projects"] > 0)})
