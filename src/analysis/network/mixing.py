"""Who links with whom: alike with alike, by place on the globe and by country."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.network.degrees import correlate_ends
from analysis.network.graph import Network
from analysis.wording import Wording


def correlate_latitude(places: pd.DataFrame, edges: np.ndarray) -> float:
    """Correlation of the latitudes of partners (see `degrees.correlate_ends`); links without coordinates left out."""
    latitude = places["latitude"].to_numpy(float, na_value=np.nan)
    return correlate_ends(latitude, _known(latitude, edges))


def correlate_longitude(places: pd.DataFrame, edges: np.ndarray) -> float:
    """
    Circular correlation of the longitudes of partners, −1 to 1.

    179° east and 179° west are neighbours, so Pearson's coefficient would be wrong. Formula: Σ sin(α−ᾱ)·sin(β−ᾱ) / Σ
    sin²(α−ᾱ), over all links in both directions, with ᾱ the mean direction of all ends (Jammalamadaka and SenGupta,
    Topics in Circular Statistics, 2001, section 8.2; both ends have the same distribution here).
    """
    angles = _read_longitude(places)
    first, second = angles[_known(angles, edges)].T
    middle = np.angle(np.exp(1j * np.concatenate([first, second])).sum())
    one, other = np.sin(first - middle), np.sin(second - middle)
    return float(2 * (one * other).sum() / ((one**2).sum() + (other**2).sum()))


def measure_longitude_assortativity(places: pd.DataFrame, edges: np.ndarray) -> float:
    """
    Assortativity of longitude as a direction, 0 by chance and 1 if partners share their meridian.

    Newman's coefficient with the longitude as a point on the unit circle instead of a number: (C − R²) / (1 − R²),
    with C the mean cosine of the difference over links, and R the length of the mean direction of all ends.
    """
    angles = _read_longitude(places)
    first, second = angles[_known(angles, edges)].T
    length = np.abs(np.exp(1j * np.concatenate([first, second])).mean())
    return float((np.cos(first - second).mean() - length**2) / (1 - length**2))


def correlate_shifted_longitude(places: pd.DataFrame, edges: np.ndarray) -> float:
    """
    Correlation of longitudes after the second end is moved by 360° to within 180° of the first.

    Found to be the convention of the study of 2013. It depends on the order of the cities, and links drawn at random
    reach about 0.34 instead of 0: not a measure to use, but needed to check what was published.
    """
    longitude = np.degrees(_read_longitude(places))
    known = _known(longitude, edges)
    first, second = longitude[known].T
    second = first + (second - first + 180) % 360 - 180
    return correlate_ends(np.concatenate([first, second]), np.arange(2 * len(known)).reshape(2, -1).T)


def _read_longitude(places: pd.DataFrame) -> np.ndarray:
    return np.radians(places["longitude"].to_numpy(float, na_value=np.nan))


def _known(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    return edges[~np.isnan(values[edges]).any(axis=1)]


def measure_country_assortativity(network: Network) -> float:
    """
    How much more often partners share a country than by chance: (Σ eᵢᵢ − Σ aᵢ²) / (1 − Σ aᵢ²).

    eᵢⱼ is the share of link ends that join countries i and j, aᵢ the share of ends in i (Newman, Mixing patterns in
    networks, Physical Review E 67, 2003, 026126). Below 0: partners are sought abroad. Links with an end without a
    country are left out.
    """
    codes, _ = pd.factorize(network.places["country_code"])
    known = network.edges[(codes[network.edges] >= 0).all(axis=1)]
    shares = np.bincount(codes[known].ravel()) / (2 * len(known))
    inside = (codes[known[:, 0]] == codes[known[:, 1]]).mean()
    return float((inside - (shares**2).sum()) / (1 - (shares**2).sum()))


def count_country_links(network: Network) -> pd.DataFrame:
    """
    Count links between countries, with the number that chance would give.

    Expected counts of the configuration model: for two countries with Dᵢ and Dⱼ link ends DᵢDⱼ/2m, within a
    country Dᵢ²/4m, with m the links whose two ends have a country (Newman, Networks, 2010, section 7.13).

    Returns
    -------
    pandas.DataFrame
        country_code, partner_country_code (in alphabetical order, a row for every pair of countries with a link),
        links, expected_links, ratio (links / expected_links); most links first.
    """
    countries = network.places["country_code"].to_numpy(dtype=object, na_value=None)
    pairs = pd.DataFrame(countries[network.edges], columns=["country_code", "partner_country_code"]).dropna()
    ends = pd.concat([pairs["country_code"], pairs["partner_country_code"]]).value_counts()
    swapped = pairs["country_code"] > pairs["partner_country_code"]
    ordered = pairs.mask(swapped, pairs.iloc[:, ::-1].set_axis(pairs.columns, axis="columns"))
    table = ordered.value_counts().rename("links").reset_index()
    product = table["country_code"].map(ends) * table["partner_country_code"].map(ends)
    same = table["country_code"] == table["partner_country_code"]
    table["expected_links"] = product / (2 * len(pairs)) / np.where(same, 2, 1)
    table["ratio"] = table["links"] / table["expected_links"]
    names = ["country_code", "partner_country_code"]
    return table.sort_values(["links", *names], ascending=[False, True, True], ignore_index=True)


def list_countries(links: pd.DataFrame, top: int) -> list[str]:
    """The countries with most link ends, from `count_country_links`; equal ones in alphabetical order."""
    ends = [
        links.groupby(column)["links"].sum().rename_axis("code")
        for column in ("country_code", "partner_country_code")
    ]
    counts = ends[0].add(ends[1], fill_value=0).sort_index()
    return counts.sort_values(ascending=False, kind="stable").index[:top].to_list()


def name_pairs(links: pd.DataFrame, words: Wording, top: int) -> list[str]:
    """The pairs of different countries with most links, from `count_country_links`, as texts with their number."""
    pairs = links[links["country_code"] != links["partner_country_code"]].head(top)
    return [
        f"{words.country(row.country_code)}–{words.country(row.partner_country_code)} ({words.number(row.links)})"
        for row in pairs.itertuples()
    ]


def locate_countries(network: Network) -> pd.DataFrame:
    """
    Locate each country at the middle of its cities in the network (the mean of their points on the globe).

    Returns
    -------
    pandas.DataFrame
        country_code, latitude, longitude, cities (with coordinates); alphabetical.
    """
    places = network.places.dropna(subset=["country_code", "latitude", "longitude"])
    north, east = (np.radians(places[column].to_numpy(float)) for column in ("latitude", "longitude"))
    points = pd.DataFrame(
        {"x": np.cos(north) * np.cos(east), "y": np.cos(north) * np.sin(east), "z": np.sin(north)}
    )
    middle = points.groupby(places["country_code"].to_numpy()).mean()
    return pd.DataFrame(
        {
            "country_code": middle.index,
            "latitude": np.degrees(np.arctan2(middle["z"], np.hypot(middle["x"], middle["y"]))).to_numpy(),
            "longitude": np.degrees(np.arctan2(middle["y"], middle["x"])).to_numpy(),
            "cities": places["country_code"].value_counts().reindex(middle.index).to_numpy(),
        }
    )
