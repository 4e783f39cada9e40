"""Country names as people write them, in German and English, to ISO 3166-1 codes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import babel

# Names that CLDR does not have: older names, short forms, names with "the". Written as `_simplify` leaves them.
_OTHER_NAMES = {
    "bosnia": "BA",
    "bosnia herzegovina": "BA",
    "bosnien herzegowina": "BA",
    "bosnien u herzegowina": "BA",
    "burma": "MM",
    "china volksrepublik": "CN",
    "congo": "CG",
    "czech republic": "CZ",
    "democratic republic of the congo": "CD",
    "demokratische republik kongo": "CD",
    "east timor": "TL",
    "elfenbeinkuste": "CI",
    "england": "GB",
    "federated states of micronesia": "FM",
    "great britain": "GB",
    "grossbritannien": "GB",
    "holland": "NL",
    "hong kong": "HK",
    "hongkong": "HK",
    "ivory coast": "CI",
    "kingdom of denmark": "DK",
    "kingdom of the netherlands": "NL",
    "kirgistan": "KG",
    "kongo": "CG",
    "korea republik": "KR",
    "korea sud": "KR",
    "macau": "MO",
    "macedonia": "MK",
    "mazedonien": "MK",
    "moldau": "MD",
    "moldawien": "MD",
    "osttimor": "TL",
    "palastina": "PS",
    "palastinensische gebiete": "PS",
    "palestine": "PS",
    "peoples republic of china": "CN",
    "republic of ireland": "IE",
    "republic of korea": "KR",
    "republic of macedonia": "MK",
    "republic of moldova": "MD",
    "republic of the congo": "CG",
    "republik irland": "IE",
    "republik korea": "KR",
    "republik zypern": "CY",
    "russian federation": "RU",
    "russische foderation": "RU",
    "schottland": "GB",
    "scotland": "GB",
    "slowakische republik": "SK",
    "state of palestine": "PS",
    "swasiland": "SZ",
    "swaziland": "SZ",
    "tschechische republik": "CZ",
    "turkey": "TR",
    "u s a": "US",
    "uk": "GB",
    "united states of america": "US",
    "us": "US",
    "usa": "US",
    "vatikan": "VA",
    "vereinigte staaten von amerika": "US",
    "vereinigtes konigreich von grossbritannien und nordirland": "GB",
    "viet nam": "VN",
    "volksrepublik china": "CN",
    "vr china": "CN",
    "wales": "GB",
    "weissrussland": "BY",
}


def find_country_code(name: str) -> str | None:
    """
    Find the ISO 3166-1 alpha-2 code of a country name, German or English; None where it is no country's name.

    Capitals, accents, punctuation and "the" make no difference, "St." is "Saint". A code in capitals is itself.
    Nothing is guessed.
    """
    if re.fullmatch("[A-Z]{2}", name) and name in _list_names().values():
        return name
    return _list_names().get(_simplify(name))


@cache
def _list_names() -> dict[str, str]:
    names = {}
    for language in ("en", "de"):
        for code, name in babel.Locale(language).territories.items():
            if re.fullmatch("[A-Z]{2}", code) and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}:
                names.setdefault(_simplify(name), code)
                names.setdefault(_simplify(re.sub(r" ?\(.*\)| SAR China$| - .*$", "", name)), code)
    return names | _OTHER_NAMES


def _simplify(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    plain = re.sub(r"['’`]", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    words = re.findall(r"\w+", plain)
    saints = ["saint" if word in {"st", "sankt"} else word for word in words]
    return " ".join(saints[1:] if saints[:1] == ["the"] and len(saints) > 1 else saints)
