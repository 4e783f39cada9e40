"""Checks across the tables of a register: what no single table can show."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pandas as pd

from analysis.columns import Schema, Table
from analysis.dates import first_day, is_edtf, last_day
from analysis.problems import did_you_mean, name_lines, quote

HINTS = 20  # wrong keys of a column that are compared with every right one; more would take minutes

Tables = Mapping[str, Table]


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
    problems = []
    for name, schema in schemas.items():
        for key in schema.get("foreignKeys", []):
            target, column = tables[key["reference"]["resource"]], key["reference"]["fields"][0]
            problems += _check_key(tables[name], key["fields"][0], target, column)
    problems += _check_claims(tables["claims"], tables, schemas)
    return problems + [problem for check in CHECKS for problem in check(tables)]


def _say(table: Table, rows: Iterable[int], column: str, text: str) -> str:
    return f"{table.where}, {name_lines([table.lines[row] for row in rows])}, column {column}: {text}"


def _check_key(
    table: Table, column: str, target: Table, key: str, rows: pd.Series | None = None
) -> list[str]:
    """Every value of a column is a key of the target; `rows` says for which rows, all by default."""
    values = table.frame[column] if rows is None else table.frame[column][rows]
    known = target.frame[key].dropna()
    strange = values[values.notna() & ~values.isin(known)]
    problems = []
    for value, group in strange.groupby(strange, sort=False) if target.is_whole else ():
        hint = did_you_mean(value, known) if len(problems) < HINTS else ""
        text = f"is {quote(value)}, allowed are the {key} of {target.where}.{hint or ' Correct it or add the row.'}"
        problems.append(_say(table, group.index, column, text))
    return problems


def _check_claims(claims: Table, tables: Tables, schemas: Mapping[str, Schema]) -> list[str]:
    """Every claim is about a row that exists in the table it names."""
    problems = []
    for name in claims.frame["table"].dropna().unique():
        if name in tables:
            rows = (claims.frame["table"] == name).fillna(False)
            problems += _check_key(claims, "row_id", tables[name], schemas[name]["primaryKey"][0], rows)
    return problems


def _check_rows(tables: Tables) -> list[str]:
    empty = [tables[name] for name in ("cities", "partnerships") if tables[name].frame.empty]
    allowed = "allowed are registers with the home city and one relation at least"
    return [f"{table.where}: has no rows, {allowed}. Add them." for table in empty if table.is_whole]


def _check_countries(tables: Tables) -> list[str]:
    """Country codes are real ones, as far as the reference knows any (`UK` is none)."""
    regions = tables["regions"]
    return (
        [] if regions.frame.empty else _check_key(tables["cities"], "country_code", regions, "country_code")
    )


def _check_spellings(tables: Tables) -> list[str]:
    """A spelling among the aliases means one city, also beside the names in `cities`."""
    cities, aliases = tables["cities"].frame, tables["aliases"]
    names = [cities[["city_id", name]].set_axis(["city_id", "spelling"], axis=1) for name in NAMES]
    both = pd.concat([*names, aliases.frame[["city_id", "spelling"]]]).dropna()
    owners = both["city_id"].groupby(both["spelling"].map(_fold)).unique()
    problems = []
    for row, alias in aliases.frame[["city_id", "spelling"]].dropna().iterrows():
        others = [city for city in owners[_fold(alias["spelling"])] if city != alias["city_id"]]
        if others:
            text = (
                f"is {quote(alias['spelling'])}, a spelling of {quote(others[0])} too, allowed is one city."
            )
            problems.append(_say(aliases, [row], "spelling", f"{text} Delete it or write more of the name."))
    return problems


def _fold(spelling: str) -> str:
    return unicodedata.normalize("NFC", spelling).casefold()


def _check_home(tables: Tables) -> list[str]:
    table = tables["partnerships"]
    homes = list(table.frame["home_city_id"].dropna().unique())
    allowed = "allowed is one home city. Make one register for each"
    spot = f"{table.where}, column home_city_id"
    return (
        [f"{spot}: has {', '.join(quote(home) for home in homes[:5])}, {allowed}."] if len(homes) > 1 else []
    )


def _check_partners(tables: Tables) -> list[str]:
    """A partner is another city, and the scope says whether it lies in the same country."""
    table = tables["partnerships"]
    countries = tables["cities"].frame.dropna(subset="city_id").set_index("city_id")["country_code"]
    countries = countries[~countries.index.duplicated()]
    problems = []
    for row, relation in table.frame.iterrows():
        home, partner = relation[["home_city_id", "partner_city_id"]]
        pair = countries.reindex([home, partner]).dropna()
        if pd.notna(partner) and home == partner:
            text = (
                f"is {quote(partner)}, the home city itself, allowed are other cities. Correct one of them."
            )
            problems.append(_say(table, [row], "partner_city_id", text))
        elif len(pair) == 2 and relation["scope"] in ("national", "international"):
            right = "national" if pair.iloc[0] == pair.iloc[1] else "international"
            if relation["scope"] != right:
                text = f"is {quote(relation['scope'])}, allowed from {pair.iloc[0]} to {pair.iloc[1]} is {right}."
                problems.append(_say(table, [row], "scope", f"{text} Correct the scope or a country_code."))
    return problems


def _check_districts(tables: Tables) -> list[str]:
    """A district is named where, and only where, the relation is a district's."""
    table = tables["partnerships"]
    problems = []
    for row, relation in table.frame.iterrows():
        level, district = relation["level"], relation["home_district"]
        if level == "district" and pd.isna(district):
            text = "is empty, allowed at level district is the district. Fill it in or write level city."
            problems.append(_say(table, [row], "home_district", text))
        if level == "city" and pd.notna(district):
            text = (
                f"is {quote(district)}, allowed at level city is nothing. Empty it or write level district."
            )
            problems.append(_say(table, [row], "home_district", text))
    return problems


def _check_doubles(tables: Tables) -> list[str]:
    table = tables["partnerships"]
    relation = ["home_city_id", "partner_city_id", "level", "home_district"]
    known = table.frame.dropna(subset="partner_city_id")
    same = known[known.duplicated(relation, keep=False)]
    text = (
        "is the partner of several relations at the same level, allowed is one. Join or tell apart the rows."
    )
    groups = same.groupby(relation, sort=False, dropna=False)
    return [_say(table, rows.index, "partner_city_id", f"{quote(key[1])} {text}") for key, rows in groups]


def _check_histories(tables: Tables) -> list[str]:
    """Every relation has a milestone, for its form and status follow from them."""
    table, milestones = tables["partnerships"], tables["milestones"]
    ids = table.frame["partnership_id"]
    bare = ids[ids.notna() & ~ids.isin(milestones.frame["partnership_id"].dropna())]
    allowed = f"allowed is one at least in {milestones.where}. Add when it was signed or first listed"
    text = "is {}, which has no milestone, " + allowed + "."
    rows = bare.items() if milestones.is_whole else ()
    return [_say(table, [row], "partnership_id", text.format(quote(value))) for row, value in rows]


def _check_periods(tables: Tables) -> list[str]:
    return [
        *_check_order(tables["activities"], "start_date", "end_date"),
        *_check_order(tables["decisions"], "decided_date", "due_date"),
    ]


def _check_order(table: Table, start: str, end: str) -> list[str]:
    starts, ends = _count_days(table.frame[start], first_day), _count_days(table.frame[end], last_day)
    late = table.frame[(ends < starts).fillna(False)]
    text = "is {}, allowed are dates from {} ({}) on. Correct one of them."
    return [
        _say(table, [row], end, text.format(quote(after), start, before))
        for row, before, after in zip(late.index, late[start], late[end], strict=True)
    ]


def _count_days(dates: pd.Series, day: Callable[[str], date]) -> pd.Series:
    """Day number of each date; what is no date was told before and is missing."""
    numbers = {text: day(text).toordinal() for text in dates.dropna().unique() if is_edtf(text)}
    return pd.Series([numbers.get(text) for text in dates], dates.index, dtype="Int64")


def _check_youth(tables: Tables) -> list[str]:
    table = tables["activities"]
    more = table.frame[(table.frame["participants_under_27"] > table.frame["participants"]).fillna(False)]
    text = "is {}, allowed are at most the {} participants. Correct one of them."
    return [
        _say(table, [row], "participants_under_27", text.format(young, everyone))
        for row, young, everyone in zip(
            more.index, more["participants_under_27"], more["participants"], strict=True
        )
    ]


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
            problems.append(_say(table, rows.index, "rating", text))
    return problems


NAMES = ("name_de", "name_en", "name_local")
CHECKS = (
    _check_rows,
    _check_countries,
    _check_spellings,
    _check_home,
    _check_partners,
    _check_districts,
    _check_doubles,
    _check_histories,
    _check_periods,
    _check_youth,
    _check_scales,
)
