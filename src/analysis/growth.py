"""Growth of the network of relations: how many in each year, and founded in which era."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.dates import year_of
from analysis.history import describe_relations, trace_states
from analysis.tables import Register

Eras = Iterable[tuple[str, int | None, int | None]]

# Political eras of an East German city; another city passes its own. A boundary of None is open.
ERAS: Eras = (("gdr", None, 1989), ("nineties", 1990, 1999), ("since-2000", 2000, None))


def count_growth(register: Register, as_of: str, by: str = "group") -> pd.DataFrame:
    """Active relations at the end of each year, from the first one to the year of `as_of`.

    Parameters
    ----------
    by : {"group", "form", "region_code"}
        What to count by.

    Returns
    -------
    pandas.DataFrame
        year, the column `by`, count; one row for every year and value, zeros included.
    """
    states = trace_states(register, as_of)
    if by == "region_code":
        states = states.merge(
            describe_relations(register, as_of)[["partnership_id", by]], on="partnership_id"
        )
    if states.empty:
        return pd.DataFrame(columns=["year", by, "count"])
    began = states["date"].map(year_of)
    counts = {}
    for year in range(began.min(), year_of(as_of) + 1):
        now = states[began <= year].drop_duplicates("partnership_id", keep="last")
        counts[year] = now.loc[now["status"] == "active", by].value_counts()
    table = pd.DataFrame(counts).T.fillna(0).astype(int).rename_axis(index="year", columns=by)
    return table.stack().rename("count").reset_index()


def name_era(years: pd.Series, eras: Eras = ERAS) -> pd.Series:
    """The era of each year; missing where the year is missing or in no era."""

    def era_of(year: int) -> str | None:
        for code, start, end in eras:
            if (start is None or year >= start) and (end is None or year <= end):
                return code
        return None

    return years.map(era_of, na_action="ignore").rename("era")


def count_waves(relations: pd.DataFrame, eras: Eras = ERAS) -> pd.DataFrame:
    """Relations by the era in which they began: era, group, count (zeros included); those without a start are left out."""
    relations = relations.dropna(subset="first_year")
    era = pd.Categorical(name_era(relations["first_year"], eras), [code for code, *_ in eras])
    table = pd.crosstab(era, relations["group"], dropna=False).rename_axis("era").stack()
    return table.rename("count").reset_index()
