"""Cities beside each other: how many partners, where, since when, and which of them they share."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.dates import passed
from analysis.growth import ERAS, Eras, name_era
from analysis.history import GROUPS, describe_relations
from analysis.tables import Register

TWINNINGS = ("international", "national")  # the groups that are town twinnings of whole cities
_STARTS = ("signed", "council_decision", "letter_of_intent")
UNKNOWN = "unknown"  # era of a relation without a known start


def describe_peers(registers: Sequence[Register], as_of: str) -> pd.DataFrame:
    """List the relations of all home cities of some registers that had not ended at a date.

    Parameters
    ----------
    registers : sequence of Register
        Of one or several home cities each. A city that is home in several counts once, with the first.
    as_of : str
        ISO date.

    Returns
    -------
    pandas.DataFrame
        As `analysis.history.describe_relations`, without relations that ended or are only prepared, and with home_city_id,
        partner_id (the Wikidata item of the partner, else its city_id: the same in all registers) and started_year (first
        signature or decision; missing where a relation is only known to be listed).
    """
    described = [_describe_register(register, as_of) for register in registers]
    for place, relations in enumerate(described):
        earlier = {city for register in registers[:place] for city in register.homes["city_id"]}
        described[place] = relations[~relations["home_city_id"].isin(earlier)]
    return pd.concat(described, ignore_index=True)


def _describe_register(register: Register, as_of: str) -> pd.DataFrame:
    relations = describe_relations(register, as_of)
    homes = register["partnerships"].set_index("partnership_id")["home_city_id"]
    items = register["cities"].set_index("city_id")["wikidata_id"]
    milestones = register["milestones"]
    starts = milestones[
        milestones["milestone"].isin(_STARTS) & milestones["form"].notna() & passed(milestones["date"], as_of)
    ]
    is_dated = relations["partnership_id"].isin(starts["partnership_id"])
    described = relations.assign(
        home_city_id=relations["partnership_id"].map(homes),
        partner_id=relations["city_id"].map(items).fillna(relations["city_id"]),
        started_year=relations["first_year"].where(is_dated),
    )
    return described[~described["status"].isin(["ended", "in_preparation"])]


def list_homes(registers: Sequence[Register]) -> pd.DataFrame:
    """The home cities of some registers, each once: rows of `cities`, the largest first."""
    homes = pd.concat([register.homes for register in registers]).drop_duplicates("city_id")
    return homes.sort_values("population", ascending=False, kind="stable", ignore_index=True)


def select_twinnings(peers: pd.DataFrame) -> pd.DataFrame:
    """The town twinnings of whole cities among the relations."""
    return peers[peers["group"].isin(TWINNINGS)]


def count_partners(
    peers: pd.DataFrame, homes: pd.DataFrame, coverages: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count the relations of each home city by group, and its twinnings for its size.

    Parameters
    ----------
    peers : pandas.DataFrame
        From `describe_peers`.
    homes : pandas.DataFrame
        From `list_homes`.
    coverages : pandas.DataFrame, optional
        The table `coverages`; a city that is not in it keeps its own register and counts as complete.

    Returns
    -------
    pandas.DataFrame
        In the order of `homes`: city_id, name_de, name_en, population, a column per group (zeros included), coverage,
        twinnings, twinnings_per_100000 (per 100,000 inhabitants; missing without a population, and where the coverage is
        poor, since a gap of knowledge is no zero).
    """
    counts = pd.crosstab(peers["home_city_id"], peers["group"]).reindex(columns=list(GROUPS), fill_value=0)
    table = homes[["city_id", "name_de", "name_en", "population"]].join(counts, on="city_id")
    table = table.fillna(dict.fromkeys(GROUPS, 0)).astype(dict.fromkeys(GROUPS, "Int64"))
    twinnings = table[list(TWINNINGS)].sum(axis="columns")
    rate = twinnings.astype("Float64") / table["population"].astype("Float64") * 100_000
    known = {} if coverages is None else dict(zip(coverages["city_id"], coverages["coverage"], strict=True))
    coverage = table["city_id"].map(lambda city: known.get(city, "complete"))
    rate = rate.where(coverage != "poor")
    return table.assign(coverage=coverage, twinnings=twinnings, twinnings_per_100000=rate)


def count_founding(peers: pd.DataFrame, homes: pd.DataFrame, eras: Eras = ERAS) -> pd.DataFrame:
    """Twinnings of each home city by the era in which they began.

    Returns
    -------
    pandas.DataFrame
        city_id, era (`UNKNOWN` without a known start), count; every era, zeros included, of every city with a twinning (an
        empty row would be read as "none", also where little is known), in the order of `homes`.
    """
    twinnings = select_twinnings(peers)
    era = name_era(twinnings["started_year"], eras).fillna(UNKNOWN)
    table = pd.crosstab(twinnings["home_city_id"], era)
    cities = homes.loc[homes["city_id"].isin(table.index), "city_id"]
    table = table.reindex(index=cities, columns=[*(code for code, *_ in eras), UNKNOWN], fill_value=0)
    return table.rename_axis(index="city_id", columns="era").stack().rename("count").reset_index()


def count_countries(peers: pd.DataFrame) -> pd.DataFrame:
    """Twinnings by the partner's country.

    Returns
    -------
    pandas.DataFrame
        country_code, twinnings, cities (home cities with one there), cities_share (of the cities with twinnings), median_km
        (distance); the most frequent country first.
    """
    twinnings = select_twinnings(peers)
    table = twinnings.groupby("country_code").agg(
        twinnings=("partnership_id", "size"),
        cities=("home_city_id", "nunique"),
        median_km=("distance_km", "median"),
    )
    table["cities_share"] = table["cities"] / twinnings["home_city_id"].nunique()
    table = table.sort_values(["cities", "twinnings"], ascending=False, kind="stable").reset_index()
    return table[["country_code", "twinnings", "cities", "cities_share", "median_km"]]


def list_shared(peers: pd.DataFrame) -> pd.DataFrame:
    """Relations whose partner has relations with several of the home cities, of whatever group.

    Returns
    -------
    pandas.DataFrame
        Rows of `peers`, those with the same partner together.
    """
    homes = peers.groupby("partner_id")["home_city_id"].transform("nunique")
    return peers[homes > 1].sort_values(["partner_id", "started_year"], kind="stable", ignore_index=True)


def describe_coverage(register: Register, peers: pd.DataFrame) -> pd.DataFrame:
    """How well each home city of a register is known: what others count, what was found, what is open.

    Returns
    -------
    pandas.DataFrame
        A row per row of `coverages`: its columns, and found (relations of any group that have not ended), undated (of
        these, without a known start), unconfirmed and rejected (links in `candidates`, which never count).
    """
    own = peers.assign(is_undated=peers["started_year"].isna()).groupby("home_city_id")
    found = own["is_undated"].agg(found="size", undated="sum")
    candidates = register["candidates"]
    doubts = pd.crosstab(candidates["home_city_id"], candidates["verdict"])
    doubts = doubts.reindex(columns=["unconfirmed", "rejected"], fill_value=0)
    table = register["coverages"].join(found, on="city_id").join(doubts, on="city_id")
    numbers = ["found", "undated", "unconfirmed", "rejected"]
    return table.fillna(dict.fromkeys(numbers, 0)).astype(dict.fromkeys(numbers, "Int64"))
