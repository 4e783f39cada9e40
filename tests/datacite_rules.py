"""What DataCite Metadata Schema 4.5 asks of a record in JSON, written down from its documentation.

https://datacite-metadata-schema.readthedocs.io/en/4.5/ (mandatory properties, controlled lists of appendix 1). Only the
properties that editions use are known here; any other is a fault. ``doi``, mandatory for a registered record, is left
out knowingly: nobody has registered one.

The records of all editions of reports/editions.toml were also checked with the JSON Schema 4.5 of the Python package
datacite 1.4.1 (2026-11-27): no fault. It is no dependency, since it brings packages along that nothing else here needs."""

import re

MANDATORY = ("types", "creators", "titles", "publisher", "publicationYear", "schemaVersion")
# Property: whether it may stand several times, what each one needs, and what it may have besides
PROPERTIES = {
    "types": (False, {"resourceTypeGeneral"}, {"resourceType"}),
    "creators": (True, {"name"}, {"nameType"}),
    "titles": (True, {"title"}, {"titleType", "lang"}),
    "publisher": (False, {"name"}, {"lang"}),
    "dates": (True, {"date", "dateType"}, {"dateInformation"}),
    "alternateIdentifiers": (True, {"alternateIdentifier", "alternateIdentifierType"}, set()),
    "rightsList": (
        True,
        set(),
        {"rights", "rightsUri", "rightsIdentifier", "rightsIdentifierScheme", "schemeUri", "lang"},
    ),
    "descriptions": (True, {"description", "descriptionType"}, {"lang"}),
    "relatedIdentifiers": (True, {"relatedIdentifier", "relatedIdentifierType", "relationType"}, set()),
}
PLAIN = ("publicationYear", "language", "version", "schemaVersion")
# Of the controlled lists, the values that an edition may have
CONTROLLED = {
    "resourceTypeGeneral": {"Report"},
    "nameType": {"Organizational", "Personal"},
    "titleType": {"AlternativeTitle", "Subtitle", "TranslatedTitle", "Other"},
    "dateType": {"Available", "Collected", "Created", "Issued", "Updated", "Valid", "Withdrawn", "Other"},
    "descriptionType": {
        "Abstract",
        "Methods",
        "SeriesInformation",
        "TableOfContents",
        "TechnicalInfo",
        "Other",
    },
    "relatedIdentifierType": {"DOI"},
    "relationType": {"Cites", "References", "IsDerivedFrom"},
}
PATTERNS = {
    "publicationYear": r"[0-9]{4}",
    "date": r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?",
    "schemaVersion": r"http://datacite\.org/schema/kernel-4",
    "relatedIdentifier": r"10\.[0-9]{4,9}/\S+",
    "rightsUri": r"https?://[!-~]+",
    "schemeUri": r"https?://[!-~]+",
    "lang": r"[a-z]{2}",
    "language": r"[a-z]{2}",
}


def find_faults(record: dict) -> list[str]:
    """What is wrong with a record."""
    faults = [f"{name}: is missing" for name in MANDATORY if not record.get(name)]
    for name, value in record.items():
        if name in PLAIN:
            faults += _check_text(name, value)
        elif name not in PROPERTIES:
            faults.append(f"{name}: is unknown")
        else:
            faults += _check_property(name, value)
    return faults


def _check_property(name: str, value: object) -> list[str]:
    is_many, needed, allowed = PROPERTIES[name]
    if isinstance(value, list) != is_many:
        return [f"{name}: is {'no ' * is_many}list"]
    parts = value if is_many else [value]
    twice = len({repr(part) for part in parts}) < len(parts)
    faults = [f"{name}: has the same twice"] if twice else []
    for part in parts:
        faults += [f"{name}: lacks {key}" for key in sorted(needed - part.keys())]
        faults += [f"{name}: has {key}" for key in sorted(part.keys() - needed - allowed)]
        faults += [fault for key, text in part.items() for fault in _check_text(key, text)]
    return faults


def _check_text(key: str, text: object) -> list[str]:
    if not isinstance(text, str) or not text.strip():
        return [f"{key}: is no text"]
    if key in CONTROLLED and text not in CONTROLLED[key]:
        return [f"{key}: {text} is none of the list"]
    return (
        [f"{key}: {text} is not well formed"] if not re.fullmatch(PATTERNS.get(key, r"(?s).+"), text) else []
    )
