"""The sister-city study of 2013, figure by figure: published, recomputed, and why they differ where they do.

A. Kaltenbrunner, P. Aragón, D. Laniado, Y. Volkovich: Not All Paths Lead to Rome: Analysing the Network of Sister Cities,
IWSOS 2013, LNCS 8221, doi 10.1007/978-3-642-54140-7_14.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.network.graph import Network
from analysis.wording import Wording

DOI = "10.1007/978-3-642-54140-7_14"
# Names the folder of the data, for tests and for the edition sister-cities-2013 (reports/editions.toml).
VARIABLE = "TWINNING_SISTER_CITIES"
ADDRESS = "https://github.com/elaragon/wikidatasets/tree/master/sistercities"
_FILES = Path(__file__).parent / "published_2013.csv"
RESULTS = {
    "reproduced": ("reproduziert", "reproduced"),
    "within_chance": ("im Bereich unserer Ziehungen", "within the range of our draws"),
    "differs": ("weicht ab", "differs"),
    "not_computable": ("nicht berechenbar", "cannot be computed"),
}
# Titles of the English Wikipedia that mean a city outside the USA, while the study's coordinates lie in the USA.
HOMONYMS = {
    "Alexandria": "EG",
    "Bellagio": "IT",
    "Bethlehem": "PS",
    "Birmingham": "GB",
    "Cambridge": "GB",
    "Jericho": "PS",
    "Limerick": "IE",
    "Naples": "IT",
}


def read_published() -> pd.DataFrame:
    """
    Read the published figures.

    Returns
    -------
    pandas.DataFrame
        code, measure (of `conventions.csv`; empty where nothing can be computed), published (text as printed), chance (true:
        a mean over random networks, to be met within their spread), name_de, name_en, reason_de, reason_en.
    """
    with _FILES.open(encoding="utf-8", newline="") as file:
        return pd.DataFrame(list(csv.DictReader(file)))


def compare_figures(measures: Mapping[str, float], chance: pd.DataFrame) -> pd.DataFrame:
    """
    Set what was published beside what the same data give.

    Parameters
    ----------
    measures : mapping
        From `analysis.network.measures.measure_network`.
    chance : pandas.DataFrame
        From `analysis.network.nullmodel.compare_with_chance`.

    Returns
    -------
    pandas.DataFrame
        The columns of `read_published`, with computed (number or missing) and result: reproduced (equal to the last
        printed digit), within_chance (a mean over random networks that lies in the middle 95 % of our draws), differs,
        not_computable.
    """
    table = read_published()
    drawn = chance.set_index("statistic")
    known = {**measures, "reciprocity_without_direction": 1.0}  # by construction
    results = [_compare(row, known, drawn) for row in table.itertuples()]
    return table.assign(
        computed=pd.array([value for value, _ in results], dtype="Float64"),
        result=[result for _, result in results],
    )


def _compare(row: object, measures: Mapping[str, float], drawn: pd.DataFrame) -> tuple[float | None, str]:
    if not row.measure:
        return None, "not_computable"
    if row.chance == "true":
        low, high = drawn.loc[row.measure, ["chance_low", "chance_high"]]
        is_met = low <= float(row.published) <= high
        return float(drawn.loc[row.measure, "chance_mean"]), "within_chance" if is_met else "differs"
    value = float(measures[row.measure])
    return value, "reproduced" if agrees(value, row.published) else "differs"


def agrees(value: float, printed: str) -> bool:
    """Whether a value, rounded to the printed digits, is what is printed (one unit in the last digit at most)."""
    decimals = _count_decimals(printed)
    return abs(value - float(printed)) <= 1.000001 * 10.0**-decimals / (2 if decimals < 10 else 1)


def read_published_cities(folder: Path) -> pd.DataFrame:
    """Read the study's figures by city (`published_nodes.tsv`): city_id, degree, core, betweenness, closeness."""
    table = pd.read_csv(
        Path(folder) / "published_nodes.tsv",
        sep="\t",
        quoting=csv.QUOTE_NONE,
        keep_default_na=False,
        usecols=["node", "degree", "k", "betweeness", "closeness"],
    )
    return table.rename(columns={"node": "city_id", "k": "core", "betweeness": "betweenness"})


def compare_cities(
    network: Network, published: pd.DataFrame, computed: Mapping[str, np.ndarray]
) -> pd.DataFrame:
    """
    Compare figures city by city.

    Parameters
    ----------
    published : pandas.DataFrame
        From `read_published_cities`.
    computed : mapping
        Name of a column of `published`: values in the order of `network.places`.

    Returns
    -------
    pandas.DataFrame
        figure, cities (compared), equal (to the printed digits), largest_difference.
    """
    ordered = published.set_index("city_id").reindex(network.places["city_id"])
    # Printed with two decimals, and ten; whole numbers exactly.
    tolerance = {"betweenness": 0.005001, "closeness": 0.50001e-10}
    rows = []
    for figure, values in computed.items():
        gap = np.abs(ordered[figure].to_numpy(float) - values)
        compared = ~np.isnan(gap)
        equal = (gap[compared] <= tolerance.get(figure, 0)).sum()
        rows.append((figure, int(compared.sum()), int(equal), float(gap[compared].max())))
    return pd.DataFrame(rows, columns=["figure", "cities", "equal", "largest_difference"])


def list_homonyms(network: Network) -> pd.DataFrame:
    """Cities whose title means another place than their coordinates: name, country_code (in the data), meant_code, degree."""
    table = network.places.assign(meant_code=network.places["city_id"].map(HOMONYMS), degree=network.degrees)
    wrong = table["meant_code"].notna() & (table["country_code"] != table["meant_code"])
    columns = ["name", "country_code", "meant_code", "degree"]
    return table.loc[wrong, columns].sort_values("degree", ascending=False, ignore_index=True)


def show_figures(compared: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """
    Show `compare_figures` to a reader.

    Returns
    -------
    pandas.DataFrame
        measure, published, computed (with as many decimals as the published figure), result, reason; texts.
    """
    results = {code: words.text(*texts) for code, texts in RESULTS.items()}
    shown = [
        words.missing if pd.isna(row.computed) else words.number(row.computed, _count_decimals(row.published))
        for row in compared.itertuples()
    ]
    published = [
        words.number(float(text), _count_decimals(text)) if text else words.missing
        for text in compared["published"]
    ]
    return pd.DataFrame(
        {
            "measure": compared[f"name_{words.language}"],
            "published": published,
            "computed": shown,
            "result": compared["result"].map(results),
            "reason": compared[f"reason_{words.language}"].replace("", "–"),
        }
    )


def _count_decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


def show_cities(compared: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """Show `compare_cities` to a reader: measure (its name), cities, equal."""
    names = {
        "degree": words.text("Partner", "Partners"),
        "core": words.text("Kernzahl", "Core number"),
        "betweenness": words.text("Zwischenzentralität", "Betweenness"),
        "closeness": words.text(
            "Nähe, unerreichbare Städte n Schritte entfernt", "Closeness, cities out of reach n steps away"
        ),
    }
    return compared.assign(measure=compared["figure"].map(names))[["measure", "cities", "equal"]]


def is_study(folder: Path | str) -> bool:
    """Whether a folder holds the data of the study, with its published figures by city."""
    return (Path(folder) / "published_nodes.tsv").exists()


def list_sources() -> pd.DataFrame:
    """The study and its data, with the columns of the table `sources`."""
    title = "Not All Paths Lead to Rome: Analysing the Network of Sister Cities (IWSOS 2013)"
    data = "Data of that study: links between sister cities in the English Wikipedia of 2012"
    authors, series = "A. Kaltenbrunner, P. Aragón, D. Laniado, Y. Volkovich", "LNCS 8221"
    rows = [
        (
            "kaltenbrunner-2013",
            title,
            f"{authors}; Springer, {series}",
            "2013",
            f"https://doi.org/{DOI}",
            None,
        ),
        ("wikidatasets-2017", data, "Pablo Aragón, GitHub", "2017-11-06", ADDRESS, None),
    ]
    return pd.DataFrame(rows, columns=["source_id", "title", "publisher", "date", "url", "accessed_date"])
