"""How typical the twinnings of one city are among those of its peers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.peers import select_twinnings

INTERVAL = (2.5, 97.5)  # percentiles between which 95 of 100 random portfolios lie
LEVEL = 0.05  # of the corrected p-values, below which a difference is told
UNITY_YEAR = 1990  # the GDR ended on 3 October
LEAST_TWINNINGS = 4  # of a peer whose own value is compared; with fewer, one partner decides

# Of each measure: its unit as a column of a table, so that wording knows how to write it
MEASURES = {
    "median_distance": "distance_km",
    "abroad": "abroad_share",
    "countries": "count",
    "median_start": "started_year",
    "before_unity": "before_unity_share",
}


def compare_portfolio(
    peers: pd.DataFrame, city_id: str, *, draws: int = 10_000, seed: int = 2026
) -> pd.DataFrame:
    """Compare the twinnings of a city with equally many drawn at random from those of its peers.

    The test is a permutation test with a fixed size: it asks how often chance alone makes a portfolio as unusual as
    that of the city. Twinnings are drawn without replacement and as if each city had chosen each of its partners
    independently. The p-value is twice that of the smaller tail.

    Parameters
    ----------
    peers : pandas.DataFrame
        From `analysis.peers.describe_peers`, with the city's own relations.
    city_id : str
        The city.
    draws : int
        Number of random portfolios.
    seed : int
        Start of the random numbers.

    Returns
    -------
    pandas.DataFrame
        measure (a key of `MEASURES`), own (the city's value), expected (mean of the draws), low and high (95 of 100
        draws lie between), p_value (corrected by Holm for all measures), standing ("typical", "above", "below"),
        lower and cities: how many of the peers with four twinnings or more have a lower value, and of how many.

    Raises
    ------
    ValueError
        If the city has no twinning, or its peers have fewer than it.
    """
    twinnings = select_twinnings(peers)
    is_own = twinnings["home_city_id"] == city_id
    own, others = twinnings[is_own], twinnings[~is_own]
    _check_sizes(city_id, len(own), len(others))
    rng = np.random.default_rng(seed)
    picks = rng.permuted(np.tile(np.arange(len(others)), (draws, 1)), axis=1)[:, : len(own)]
    drawn = _measure(_columns(others), picks)
    mine = _measure(_columns(own), np.arange(len(own))[None, :])
    table = pd.DataFrame([_place(name, float(mine[name][0]), drawn[name]) for name in MEASURES])
    table["p_value"] = correct_holm(table["p_value"])
    side = np.where(table["own"] > table["expected"], "above", "below")
    table["standing"] = np.where(table["p_value"] < LEVEL, side, "typical")
    return table.join(_rank(others, table.set_index("measure")["own"]), on="measure")


def has_enough_peers(peers: pd.DataFrame, city_id: str) -> bool:
    """Whether a city has twinnings, and its peers at least as many, so that `compare_portfolio` can be called."""
    is_own = select_twinnings(peers)["home_city_id"] == city_id
    return 0 < is_own.sum() <= (~is_own).sum()


def _check_sizes(city_id: str, own: int, others: int) -> None:
    if not own or others < own:
        raise ValueError(
            f"compare_portfolio: {city_id!r} has {own} twinnings and its peers have {others}, allowed are one or more "
            "and at least as many. Choose another city, or registers with more."
        )


def _columns(twinnings: pd.DataFrame) -> dict[str, np.ndarray]:
    """What the measures need of each twinning, as numbers; an unknown year is not a number."""
    return {
        "distance": twinnings["distance_km"].to_numpy(float, na_value=np.nan),
        "abroad": (twinnings["group"] == "international").to_numpy(float),
        "country": pd.factorize(twinnings["country_code"])[0],
        "year": twinnings["started_year"].astype("Float64").to_numpy(float, na_value=np.nan),
    }


def _measure(columns: Mapping[str, np.ndarray], picks: np.ndarray) -> dict[str, np.ndarray]:
    """Measure the portfolios that the rows of `picks` are; years over the known ones."""
    years = columns["year"][picks]
    countries = np.sort(columns["country"][picks], axis=1)
    before = np.where(np.isnan(years), np.nan, years < UNITY_YEAR)
    return {
        "median_distance": np.nanmedian(columns["distance"][picks], axis=1),
        "abroad": columns["abroad"][picks].mean(axis=1),
        "countries": 1.0 + (np.diff(countries, axis=1) > 0).sum(axis=1),
        "median_start": np.nanmedian(years, axis=1),
        "before_unity": np.nanmean(before, axis=1),
    }


def _place(measure: str, own: float, drawn: np.ndarray) -> dict[str, object]:
    """Where a value stands among those of the draws, the city's own portfolio counted as one of them."""
    expected, (low, high) = drawn.mean(), np.percentile(drawn, INTERVAL)
    tail = min(
        (drawn <= own + 1e-9).sum(), (drawn >= own - 1e-9).sum()
    )  # sums of floats may differ in the last digit
    p_value = min(1.0, 2 * (1 + tail) / (1 + len(drawn)))
    return {
        "measure": measure,
        "own": own,
        "expected": expected,
        "low": low,
        "high": high,
        "p_value": p_value,
    }


def _rank(others: pd.DataFrame, own: pd.Series) -> pd.DataFrame:
    """How many of the peers with enough twinnings have a lower value, by measure."""
    lists = [one for _, one in others.groupby("home_city_id") if len(one) >= LEAST_TWINNINGS]
    values = [_measure(_columns(one), np.arange(len(one))[None, :]) for one in lists]
    lower = {name: sum(value[name][0] < own[name] for value in values) for name in MEASURES}
    return pd.DataFrame({"lower": lower, "cities": len(lists)})


def correct_holm(p_values: pd.Series) -> pd.Series:
    """Correct p-values for the number of tests by the method of Holm (1979): never smaller than before, at most 1."""
    ordered = p_values.sort_values(kind="stable")
    factors = np.arange(len(ordered), 0, -1)
    return (ordered * factors).cummax().clip(upper=1).reindex(p_values.index)


def arrange_portfolio(comparison: pd.DataFrame, words) -> pd.DataFrame:
    """The comparison as it is read: every value with its unit, the interval in one cell, the measure by its label."""
    rows = []
    for row in comparison.itertuples():
        own, expected, low, high = (
            _write(row.measure, value, words) for value in (row.own, row.expected, row.low, row.high)
        )
        label = words.label("portfolio", row.measure)
        share = words.text("{a} von {b}", "{a} of {b}", a=row.lower, b=row.cities)
        p_value = "< 0,001" if row.p_value < 0.001 else words.number(row.p_value, 3)
        p_value = p_value if words.language == "de" else p_value.replace("< 0,001", "< 0.001")
        rows.append((label, own, expected, f"{low} – {high}", p_value, row.standing, share))
    columns = ["measure", "own", "expected", "interval", "p_value", "standing", "lower"]
    return pd.DataFrame(rows, columns=columns)


def _write(measure: str, value: float, words) -> str:
    if measure in ("abroad", "before_unity"):
        return words.percent(value)
    if measure == "median_start":
        return f"{value:.0f}"
    if measure == "median_distance":
        return f"{words.number(value)} km"
    return words.number(value, 0 if value == int(value) else 1)
