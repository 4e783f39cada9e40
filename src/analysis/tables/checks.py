"""Checks across the tables of a register: what no single table can show."""

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from analysis.dates import first_day, is_edtf, last_day
from analysis.problems import did_you_mean, quote
from analysis.tables.columns import Schema, Table
from analysis.tables.keys import NEVER_EMPTY, Tables, check_keys, say


def check_tables(tables: Tables, schemas: Mapping[str, Schema]) -> list[str]:
    """Check the tables of a register against each other.

    Parameters
    ----------
    tables : mapping of str to Table
        Every table of the schema. One that is not whole is no evidence that something is missing.
    schemas : mapping of str to dict
        Frictionless Table Schemas, for the keys.

    Returns
    -------
    list of str
        The problems, each "where: what is, what is allowed. What to do."
    """
    return check_keys(tables, schemas) + [problem for check in CHECKS for problem in check(tables)]


def _tell(table: Table, wrong: pd.Series, column: str, text: str) -> list[str]:
    """One problem for each wrong row; `{value}` in the text is its cell, `{row.name}` another of the row."""
    if not wrong.any():
        return []
    return [
        say(table, [row.Index], column, text.format(value=quote(str(getattr(row, column))), row=row))
        for row in table.frame[wrong.fillna(False)].itertuples()
    ]


def _check_rows(tables: Tables) -> list[str]:
    empty = [tables[name] for name in NEVER_EMPTY if tables[name].frame.empty]
    allowed = "allowed are registers with the home city and one relation at least"
    return [f"{table.where}: has no rows, {allowed}. Add them." for table in empty if table.is_whole]


def _check_partners(tables: Tables) -> list[str]:
    """A partner is another city, and the scope says whether it lies in the same country."""
    table, cities = tables["partnerships"], tables["cities"].frame
    known = cities.dropna(subset="city_id").drop_duplicates("city_id")
    countries = known.set_index("city_id")["country_code"]
    relations = table.frame
    home, partner = relations["home_city_id"].map(countries), relations["partner_city_id"].map(countries)
    itself = relations["home_city_id"] == relations["partner_city_id"]
    away = (home != partner) & (relations["scope"] == "national")
    near = (home == partner) & (relations["scope"] == "international") & ~itself
    todo = "Correct the scope or the country_code in cities."
    return [
        *_tell(
            table, itself, "partner_city_id", "is {value}, allowed is another city than home. Correct it."
        ),
        *_tell(table, away, "scope", f"is {{value}}, allowed between two countries is international. {todo}"),
        *_tell(table, near, "scope", f"is {{value}}, allowed within one country is national. {todo}"),
    ]


def _check_districts(tables: Tables) -> list[str]:
    """A district is named where, and only where, the relation is a district's."""
    table = tables["partnerships"]
    level, district = table.frame["level"], table.frame["home_district"]
    bare = "is empty, allowed at level district is its name. Fill it in, or write level city."
    extra = "is {value}, allowed at level city is nothing. Empty it, or write level district."
    return [
        *_tell(table, (level == "district") & district.isna(), "home_district", bare),
        *_tell(table, (level == "city") & district.notna(), "home_district", extra),
    ]


def _check_doubles(tables: Tables) -> list[str]:
    table = tables["partnerships"]
    relation = ["home_city_id", "partner_city_id", "level", "home_district"]
    known = table.frame.dropna(subset="partner_city_id")
    same = known[known.duplicated(relation, keep=False)]
    if same.empty:
        return []
    text = "in each, at the same level, allowed is one relation. Join the rows, or name different districts."
    groups = same.groupby(relation, sort=False, dropna=False)
    return [say(table, rows.index, "partner_city_id", f"is {quote(key[1])} {text}") for key, rows in groups]


def _check_histories(tables: Tables) -> list[str]:
    """Every relation has a milestone, for its form and status follow from them."""
    table, milestones = tables["partnerships"], tables["milestones"]
    ids = table.frame["partnership_id"]
    bare = ids.notna() & ~ids.isin(milestones.frame["partnership_id"].dropna()) & milestones.is_whole
    text = "is {value}, without a milestone, allowed is one at least. Add it to milestones."
    return _tell(table, bare, "partnership_id", text)


def _check_periods(tables: Tables) -> list[str]:
    return [
        *_check_order(tables["activities"], "start_date", "end_date"),
        *_check_order(tables["log_periods"], "start_date", "end_date"),
        *_check_order(tables["decisions"], "decided_date", "due_date"),
    ]


def _check_order(table: Table, start: str, end: str) -> list[str]:
    starts, ends = _count_days(table.frame[start], first_day), _count_days(table.frame[end], last_day)
    text = f"is {{value}}, allowed are dates from {start} ({{row.{start}}}) on. Correct one of them."
    return _tell(table, ends < starts, end, text)


def _count_days(dates: pd.Series, day: Callable[[str], date]) -> pd.Series:
    """Day number of each date; what is no date was told before and is missing."""
    codes, texts = pd.factorize(dates)  # a missing date has the code -1
    numbers = [day(text).toordinal() if is_edtf(text) else None for text in texts] + [None]
    return pd.Series(pd.array(numbers, dtype="Int64").take(codes % len(numbers)), dates.index)


def _check_youth(tables: Tables) -> list[str]:
    table = tables["activities"]
    more = table.frame["participants_under_27"] > table.frame["participants"]
    text = "is {value}, allowed are at most all {row.participants} participants. Correct one of them."
    return _tell(table, more, "participants_under_27", text)


def _check_scales(tables: Tables) -> list[str]:
    """A rating stands on the scale of its criterion; without a scale there is none."""
    table, criteria = tables["ratings"], tables["criteria"].frame
    scales = dict(zip(criteria["criterion_id"], criteria["scale"], strict=True))
    rated = table.frame[table.frame["criterion_id"].isin(criteria["criterion_id"])].dropna(subset="rating")
    problems = []
    for (criterion, rating), rows in rated.groupby(["criterion_id", "rating"], sort=False):
        scale = [] if pd.isna(scales[criterion]) else scales[criterion].split("|")
        hint = did_you_mean(rating, scale) or " Choose one."
        allowed = (
            f"are {', '.join(scale)}.{hint}" if scale else "is text. Put it into finding_de and finding_en."
        )
        if rating not in scale:
            text = f"is {quote(rating)}, allowed for {criterion} {allowed}"
            problems.append(say(table, rows.index, "rating", text))
    return problems


CHECKS = (
    _check_rows,
    _check_partners,
    _check_districts,
    _check_doubles,
    _check_histories,
    _check_periods,
    _check_youth,
    _check_scales,
)
