"""Growth of the network of relations: how many in each year, and founded in which era."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from operator import attrgetter

import pandas as pd

from analysis.dates import year_of
from analysis.history import describe_relations
from analysis.sentences import is_missing
from analysis.states import State, list_states
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
    columns = ["year", by, "count"]
    states = list_states(register, as_of)
    if not states:
        return pd.DataFrame(columns=columns)
    pick = _pick_region(register, as_of) if by == "region_code" else attrgetter(by)
    counts, now = {}, {}
    for year in range(year_of(states[0].date), year_of(as_of) + 1):
        now |= {state.partnership_id: state for state in states if year_of(state.date) == year}
        counts[year] = Counter(pick(state) for state in now.values() if state.status == "active")
    values = sorted({value for count in counts.values() for value in count if not is_missing(value)})
    rows = [(year, value, count[value]) for year, count in counts.items() for value in values]
    return pd.DataFrame(rows, columns=columns)


def _pick_region(register: Register, as_of: str) -> Callable[[State], str]:
    relations = describe_relations(register, as_of)
    regions = dict(zip(relations["partnership_id"], relations["region_code"], strict=True))
    return lambda state: regions[state.partnership_id]


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
