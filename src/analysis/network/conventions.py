"""Names and conventions of all measures, in both languages: what exactly a number means."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.sentences import is_missing
from analysis.wording import Wording


def describe_measures(values: Mapping[str, float], words: Wording) -> pd.DataFrame:
    """
    Describe measures for a reader.

    Parameters
    ----------
    values : mapping
        Code of `conventions.csv`: value.

    Returns
    -------
    pandas.DataFrame
        measure (its name), value (text with the measure's decimals), convention; in the order of `values`.
    """
    rows = [
        (
            name_measure(code, words),
            show_value(code, value, words),
            _read()[code][f"convention_{words.language}"],
        )
        for code, value in values.items()
    ]
    return pd.DataFrame(rows, columns=["measure", "value", "convention"])


def name_measure(code: str, words: Wording) -> str:
    """The name of a measure in the report's language."""
    return _read()[code][f"name_{words.language}"]


def show_value(code: str, value: float, words: Wording, more: int = 0) -> str:
    """A value with as many decimals as its measure has, and some more."""
    digits = int(_read()[code]["digits"]) + more
    # Zero has no sign: what rounds to −0 is 0.
    return words.missing if is_missing(value) else words.number(round(value, digits) + 0.0, digits)


def describe_chance(comparison: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """
    Show a comparison with random networks (`nullmodel.compare_with_chance`) to a reader.

    Returns
    -------
    pandas.DataFrame
        measure, observed, chance_mean, chance_range (2.5th to 97.5th percentile of the draws), z (– where all draws are
        equal), reached (draws as far out as the observed value, of all draws); texts.
    """
    rows = []
    for row in comparison.itertuples():
        code, more = row.statistic, _choose_decimals(row.statistic)
        observed = show_value(code, row.observed, words, min(more, 0))
        mean, low, high = (
            show_value(code, value, words, more)
            for value in (row.chance_mean, row.chance_low, row.chance_high)
        )
        z = "–" if pd.isna(row.z) else words.number(row.z, 1)
        reached = f"{row.reached} / {row.draws}"
        rows.append((name_measure(code, words), observed, mean, f"{low}\u00a0–\u00a0{high}", z, reached))
    columns = ["measure", "observed", "chance_mean", "chance_range", "z", "reached"]
    return pd.DataFrame(rows, columns=columns)


def _choose_decimals(code: str) -> int:
    """How many decimals more than the measure's a mean of draws has: counts one, and nothing has a sixth."""
    digits = int(_read()[code]["digits"])
    if digits > 4:
        return -2
    return int(digits == 0 and not code.endswith("_km"))


@cache
def _read() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "conventions.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}
