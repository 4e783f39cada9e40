"""Metadata of an edition as registries of DOIs take them: DataCite Metadata Schema 4.5, written as JSON.

https://datacite-metadata-schema.readthedocs.io/en/4.5/. Only what is known is filled in. There is no DOI: who registers
one adds ``"doi": "10.…/…"`` and the address of the page that it leads to as ``"url"``.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from analysis.publish.document.addresses import safe_address
from analysis.publish.edition.citation import Citation

DATACITE = "datacite.json"

_SCHEMA = "http://datacite.org/schema/kernel-4"
_SPDX = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
_DOI = re.compile(r"(?i)(?:doi\.org/|\bdoi:? ?)(10\.[0-9]{4,9}/[^\s\"<>,;]+)")

Entity = dict[str, Any]


def write_datacite(
    citation: Citation, licence: Mapping[str, str] | str, sources: Iterable[str], data: str = ""
) -> str:
    """
    Describe an edition as DataCite metadata.

    Parameters
    ----------
    citation : Citation
    licence : mapping or str
        Of the register, from `analysis.publish.edition.rocrate_inputs.describe_licence`.
    sources : iterable of str
        Addresses of the sources that rows of the data name; those with a DOI become related identifiers.
    data : str
        Where data come from that are no part of the project, as an edition says it in ``obtain``.

    Returns
    -------
    str
        JSON; equal editions give equal text.
    """
    metadata = {
        **_describe_edition(citation),
        "rightsList": [_describe_rights(licence)],
        "descriptions": list(_list_descriptions(citation)),
        "relatedIdentifiers": [*_relate(sources, "References"), *_relate([data], "IsDerivedFrom")],
        "schemaVersion": _SCHEMA,
    }
    known = {key: value for key, value in metadata.items() if value}
    return json.dumps(known, ensure_ascii=False, indent=2) + "\n"


def _describe_edition(citation: Citation) -> Entity:
    """What it is, by whom, and of which day."""
    first, day = next(iter(citation.titles)), citation.as_of.isoformat()
    name = citation.authors[first]
    identifier = {"alternateIdentifier": citation.edition_id, "alternateIdentifierType": "edition"}
    return {
        "types": {
            "resourceTypeGeneral": "Report",
            "resourceType": "Edition of reports, with notebooks and data",
        },
        "creators": [{"name": name, "nameType": "Organizational"}],
        "titles": list(_list_titles(citation)),
        "publisher": {"name": name, "lang": first},
        "publicationYear": str(citation.as_of.year),
        "dates": [{"date": day, "dateType": "Valid", "dateInformation": "day whose state is told (as of)"}],
        "language": first,
        "alternateIdentifiers": [identifier],
        "version": f"{day} (draft)" if citation.is_draft else day,
    }


def _list_titles(citation: Citation) -> Iterator[Entity]:
    for number, (language, title) in enumerate(citation.titles.items()):
        yield {"title": title, "lang": language} | ({"titleType": "TranslatedTitle"} if number else {})


def _list_descriptions(citation: Citation) -> Iterator[Entity]:
    """How it is cited, in each language, and what it was made with."""
    for language in citation.titles:
        yield {"description": citation.write_text(language), "descriptionType": "Other", "lang": language}
    made = f"Made with {citation.program}. manifest.json lists every input and output with its SHA-256."
    yield {"description": made, "descriptionType": "TechnicalInfo", "lang": "en"}


def _describe_rights(licence: Mapping[str, str] | str) -> Entity:
    """The licence of the data; a sentence where the register names none."""
    if isinstance(licence, str):
        return {"rights": licence, "lang": "en"}
    address, code = safe_address(licence["@id"]), licence["description"]
    rights = {"rights": licence["name"]} | ({"rightsUri": address} if address else {})
    has_code = code != "other" and re.fullmatch(r"[A-Za-z0-9.+-]+", code)  # other: not one that SPDX lists
    return rights | ({"rightsIdentifier": code, **_SPDX} if has_code else {})


def _relate(texts: Iterable[str], relation: str) -> list[Entity]:
    """The DOIs that texts hold, in their order and each once."""
    listed = (_cut_doi(match[1]) for text in texts for match in _DOI.finditer(text))
    found: dict[str, str] = {}
    for doi in (one for one in listed if not one.endswith("/")):  # nothing but marks came after the stroke
        found.setdefault(doi.casefold(), doi)  # capitals make no difference in a DOI
    return [
        {"relatedIdentifier": doi, "relatedIdentifierType": "DOI", "relationType": relation}
        for doi in found.values()
    ]


def _cut_doi(text: str) -> str:
    """A DOI without the marks of the sentence around it; a bracket belongs to it where it was opened in it."""
    surplus = text.count(")") - text.count("(")
    while text.endswith(".") or (surplus > 0 and text.endswith(")")):
        surplus -= text.endswith(")")
        text = text[:-1]
    return text
