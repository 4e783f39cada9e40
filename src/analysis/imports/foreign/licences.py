"""Where a register comes from and under which licence, for `sources` and the data package."""

from __future__ import annotations

import re
from typing import NamedTuple

# Short names of licences, in small letters with hyphens: name in a data package, title, address.
LICENCES = {
    "cc0-1.0": ("CC0-1.0", "Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "cc-by-4.0": (
        "CC-BY-4.0",
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "cc-by-sa-4.0": (
        "CC-BY-SA-4.0",
        "Creative Commons Attribution Share-Alike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "cc-by-3.0": (
        "CC-BY-3.0",
        "Creative Commons Attribution 3.0",
        "https://creativecommons.org/licenses/by/3.0/",
    ),
    "cc-by-sa-3.0": (
        "CC-BY-SA-3.0",
        "Creative Commons Attribution Share-Alike 3.0",
        "https://creativecommons.org/licenses/by-sa/3.0/",
    ),
    "odbl-1.0": (
        "ODbL-1.0",
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    ),
    "dl-de-by-2.0": (
        "dl-de-by-2.0",
        "Datenlizenz Deutschland Namensnennung 2.0",
        "https://www.govdata.de/dl-de/by-2-0",
    ),
}
NOT_STATED = "not stated"


def find_licence(text: str) -> tuple[str, str, str] | None:
    """Find a licence by its short name, whether its parts are joined by blanks, hyphens, strokes or nothing."""
    return {_fold(short): known for short, known in LICENCES.items()}.get(_fold(text))


def _fold(text: str) -> str:
    return re.sub(r"[\s/_.\-\u2010-\u2013]", "", text.casefold())


class Source(NamedTuple):
    """The source of a foreign register.

    Attributes
    ----------
    source_id, title, publisher, url : str
        As in `sources`.
    licence : str
        Short name of `LICENCES`, or whatever the user says; empty for not stated.
    as_of : str
        ISO date of the state that it tells.
    accessed_date : str
        ISO date of the import.
    """

    source_id: str
    title: str
    publisher: str
    url: str
    licence: str
    as_of: str
    accessed_date: str

    @property
    def note(self) -> str:
        """What a reader should know: licence and day."""
        known = find_licence(self.licence)
        licence = f"{known[1]}, {known[2]}" if known else self.licence or NOT_STATED
        return f"Licence: {licence}. State of {self.as_of}. Brought in by twinning import."

    @property
    def licences(self) -> list[dict[str, str]]:
        """The entry `licenses` of a data package; empty where none is stated."""
        known = find_licence(self.licence)
        if known:
            return [dict(zip(("name", "title", "path"), known, strict=True))]
        return [{"name": "other", "title": self.licence}] if self.licence else []


# Publisher and licence of sources that always have the same; others are the user's to name.
USUAL = {"wikidata": ("Wikidata", "https://www.wikidata.org/", "CC0-1.0")}
