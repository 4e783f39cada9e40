"""Coming anniversaries of relations."""

from __future__ import annotations

import datetime

import pandas as pd

from analysis.dates import first_day, last_day


def list_anniversaries(relations: pd.DataFrame, as_of: str, horizon: int = 5, step: int = 5) -> pd.DataFrame:
    """Anniversaries of active relations in the years after a date.

    Parameters
    ----------
    relations : pandas.DataFrame
        From `describe_relations`.
    horizon : int
        How many years to look ahead.
    step : int
        Anniversaries every so many years.

    Returns
    -------
    pandas.DataFrame
        partnership_id, name_de, name_en, group, anniversary_date (EDTF, as precise as first_date), years.
    """
    today = datetime.date.fromisoformat(as_of)
    columns = ["partnership_id", "name_de", "name_en", "group"]
    rows = []
    for _, relation in relations[
        relations["status"].eq("active") & relations["first_date"].notna()
    ].iterrows():
        for year in range(today.year, today.year + horizon + 1):
            date, years = _return(relation["first_date"], year), year - relation["first_year"]
            ahead = today < last_day(date) and first_day(date) <= _return_day(today, today.year + horizon)
            if years > 0 and years % step == 0 and ahead:
                rows.append((*relation[columns], date, years))
    table = pd.DataFrame(rows, columns=[*columns, "anniversary_date", "years"])
    return table.sort_values("anniversary_date", kind="stable", ignore_index=True)


def _return(date: str, year: int) -> str:
    # 29 February comes back as "in February", no day is invented
    month_and_day = date[4:] if date[5:] != "02-29" else "-02"
    return f"{year}{month_and_day}"


def _return_day(day: datetime.date, year: int) -> datetime.date:
    return last_day(f"{year}-{day.month:02}") if (day.month, day.day) == (2, 29) else day.replace(year=year)
