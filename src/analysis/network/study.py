"""What the page on the sister-city study of 2013 tells a reader: results in words, doubtful places, sources.

A. Kaltenbrunner, P. Aragón, D. Laniado, Y. Volkovich: Not All Paths Lead to Rome: Analysing the Network of Sister Cities,
IWSOS 2013, LNCS 8221, doi 10.1007/978-3-642-54140-7_14.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.network.graph import Network
from analysis.wording import Wording

DOI = "10.1007/978-3-642-54140-7_14"
# Names the folder of the data, for tests and for the edition sister-cities-2013 (reports/editions.toml).
VARIABLE = "TWINNING_SISTER_CITIES"
ADDRESS = "https://github.com/elaragon/wikidatasets/tree/master/sistercities"
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


def list_homonyms(network: Network) -> pd.DataFrame:
    """Cities whose title means another place than their coordinates: name, country_code (in the data), meant_code, degree."""
    table = network.places.assign(meant_code=network.places["city_id"].map(HOMONYMS), degree=network.degrees)
    wrong = table["meant_code"].notna() & (table["country_code"] != table["meant_code"])
    columns = ["name", "country_code", "meant_code", "degree"]
    return table.loc[wrong, columns].sort_values("degree", ascending=False, ignore_index=True)


def show_figures(compared: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """
    Show `replication.compare_figures` to a reader.

    Returns
    -------
    pandas.DataFrame
        measure, published, computed (with as many decimals as the published figure; means over random networks with
        six at most), result (with its reason); texts.
    """
    results = {code: words.text(*texts) for code, texts in RESULTS.items()}
    rows = []
    for row in compared.itertuples():
        decimals = len(row.published.partition(".")[2])
        published = words.number(float(row.published), decimals)
        decimals = min(decimals, 6) if row.chance == "true" else decimals
        computed = "–" if pd.isna(row.computed) else words.number(row.computed, decimals)
        reason = getattr(row, f"reason_{words.language}")
        result = results[row.result] + (f": {reason}" if reason else "")
        rows.append((getattr(row, f"name_{words.language}"), published, computed, result))
    return pd.DataFrame(rows, columns=["measure", "published", "computed", "result"])


def show_leaders(compared: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """Show `replication.compare_leaders` to a reader: betweenness as a text with the two decimals that are printed."""
    columns = ["betweenness_published", "betweenness"]
    return compared.assign(**{column: [words.number(v, 2) for v in compared[column]] for column in columns})


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
