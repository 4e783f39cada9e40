"""Names of places that are no towns: districts of one, and counties."""

from __future__ import annotations

import re

from analysis.imports.foreign.statements import LONGEST_NAME

DISTRICT_WORD = r"(?:OT|Ortsteil|Stadtteil|Stadtbezirk|Bezirk|Ortschaft|district)"
DISTRICT = re.compile(
    rf"(?P<town>\S.*?)\s*[,(/-]?\s*\b{DISTRICT_WORD}\b\.?\s+(?P<district>[^()]*[^()\s])\s*\)?", re.IGNORECASE
)
COUNTY = re.compile(
    r"(?:\S*kreis|region|regionalverband|powiat|county|province|provinz|prov\.|département|department|departement|"
    r"woiwodschaft|oblast|bezirk|samtgemeinde|verbandsgemeinde)\s+\S.*"
    r"|\S.*(?:kreis|\scounty|\soblast|\spowiat)",
    re.IGNORECASE,
)
# The two states that are cities, and their districts: the hyphen is otherwise part of a town's own name.
CITY_STATES = {
    "Berlin": (
        *("Charlottenburg-Wilmersdorf", "Friedrichshain-Kreuzberg", "Lichtenberg", "Marzahn-Hellersdorf"),
        *("Mitte", "Neukölln", "Pankow", "Reinickendorf", "Spandau", "Steglitz-Zehlendorf"),
        *("Tempelhof-Schöneberg", "Treptow-Köpenick", "Charlottenburg", "Wilmersdorf", "Friedrichshain"),
        *("Kreuzberg", "Köpenick", "Treptow", "Schöneberg", "Tempelhof", "Steglitz", "Zehlendorf"),
        *(
            "Wedding",
            "Tiergarten",
            "Prenzlauer Berg",
            "Weißensee",
            "Hellersdorf",
            "Marzahn",
            "Hohenschönhausen",
        ),
    ),
    "Hamburg": ("Altona", "Bergedorf", "Eimsbüttel", "Harburg", "Mitte", "Nord", "Wandsbek"),
}


def split_district(name: str) -> tuple[str, str]:
    """
    Split the name of a district into town and district; a name that says of no district stays, with an empty one.

    Examples
    --------
    >>> split_district("Reichenbach, Ortsteil Rotschau"), split_district("Berlin-Pankow")
    (('Reichenbach', 'Rotschau'), ('Berlin', 'Pankow'))
    >>> split_district("Castrop-Rauxel")
    ('Castrop-Rauxel', '')
    """
    found = DISTRICT.fullmatch(name) if len(name) <= LONGEST_NAME else None
    if found:
        return found["town"].strip(" ,-"), found["district"].strip()
    town, _, rest = (part.strip() for part in name.partition("-"))
    if rest in CITY_STATES.get(town, ()):
        return town, rest
    return name, ""


def is_county(name: str) -> bool:
    """Tell whether a name says of a county or a union of communes, as `Landkreis Meißen` or `Powiat Gliwicki`."""
    return len(name) <= LONGEST_NAME and COUNTY.fullmatch(name) is not None
