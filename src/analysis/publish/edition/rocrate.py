"""The provenance of an edition as an RO-Crate: which notebook, parameters, data and software made which file.

RO-Crate 1.1 with the profile Process Run Crate 0.5 (https://w3id.org/ro/wfrun/process/0.5). The profile asks for the time
at which a run ended; there is none here, as equal inputs give equal bytes. Files that were read are not part of the
edition, so they are named with their SHA-256 and not packed."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from analysis.publish.edition.rocrate_inputs import describe_inputs, describe_licence, name_input, refer

CRATE = "ro-crate-metadata.json"
VERSION = "https://w3id.org/ro/crate/1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"

_CONTEXT = [f"{VERSION}/context", "https://w3id.org/ro/terms/workflow-run/context"]
_PROJECT = "twinning-analysis"
_AGENT = "#agent"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA = {
    ".bib": "application/x-bibtex",
    ".csv": "text/csv",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}

Entity = dict[str, Any]


def write_crate(manifest: Mapping[str, Any], folder: Path, state: Path) -> None:
    """
    Write ``ro-crate-metadata.json`` into a finished edition.

    Parameters
    ----------
    manifest : mapping
        What `analysis.publish.edition.manifest` says of the edition: edition, software, inputs, reports, index.
    folder : Path
        The edition's.
    state : Path
        Snapshot of what the runs have read, for the licence and the sources of the data.
    """
    licence = describe_licence(state / manifest["edition"]["register"])
    files = [entity for report in manifest["reports"] for entity in _describe_outputs(report)]
    files += [_describe_file(path, fingerprint) for path, fingerprint in manifest["index"].items()]
    graph = [
        {"@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": VERSION}},
        _describe_root(manifest, files, licence),
        {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        *([licence] if isinstance(licence, dict) else []),
        _describe_agent(manifest["edition"]),
        *_describe_software(manifest["software"]),
        *_describe_notebooks(manifest),
        *describe_inputs(manifest["inputs"], state),
        *(entity for report in manifest["reports"] for entity in _describe_run(report)),
        *files,
    ]
    text = json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
    (folder / CRATE).write_text(text + "\n", encoding="utf-8", newline="\n")


def _describe_root(manifest: Mapping[str, Any], files: list[Entity], licence: Entity | str) -> Entity:
    """The edition as a whole."""
    edition, reports = manifest["edition"], manifest["reports"]
    languages = list(edition["title"])
    return {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": {"@id": PROFILE},
        "identifier": edition["id"],
        "name": " / ".join(edition["title"].values()),
        "description": f"{len(reports)} reports as of {edition['as_of']}, made by notebooks from {edition['register']}.",
        "datePublished": edition["as_of"],
        "license": {"@id": licence["@id"]} if isinstance(licence, dict) else licence,
        "author": {"@id": _AGENT},
        "publisher": {"@id": _AGENT},
        "inLanguage": languages[0] if len(languages) == 1 else languages,
        **({"creativeWorkStatus": "Draft"} if edition["is_draft"] else {}),
        "hasPart": refer(file["@id"] for file in files),
        "mentions": refer(map(_name_run, reports)),
    }


def _describe_agent(edition: Mapping[str, Any]) -> Entity:
    """Who answers for the edition."""
    name = edition["publisher"] or f"The {_PROJECT} authors"
    return {"@id": _AGENT, "@type": "Organization", "name": name}


def _describe_software(software: Mapping[str, Any]) -> Iterator[Entity]:
    """The project, and what it runs on: packages with their versions, Python, the system."""
    packages = {name: version for name, version in sorted(software["packages"].items()) if name != _PROJECT}
    needed = [f"pkg:pypi/{name}@{version}" for name, version in packages.items()]
    yield {
        "@id": f"#{_PROJECT}",
        "@type": "SoftwareApplication",
        "name": _PROJECT,
        "softwareVersion": software["packages"].get(_PROJECT, "not installed"),
        "sha256": software["code"],
        "operatingSystem": software["system"],
        "softwareRequirements": refer(("https://www.python.org/", *needed)),
    }
    yield {
        "@id": "https://www.python.org/",
        "@type": "SoftwareApplication",
        "name": "Python",
        "url": "https://www.python.org/",
        "softwareVersion": software["python"],
    }
    for one, (name, version) in zip(needed, packages.items(), strict=True):
        yield {"@id": one, "@type": "SoftwareApplication", "name": name, "softwareVersion": version}


def _describe_notebooks(manifest: Mapping[str, Any]) -> Iterator[Entity]:
    """The notebooks that were run: the tools of this crate."""
    for place, fingerprint in sorted(manifest["inputs"].items()):
        if place.startswith("notebooks/"):
            yield {
                "@id": name_input(place),
                "@type": "SoftwareSourceCode",
                "name": place,
                "version": manifest["software"]["packages"].get(_PROJECT, "not installed"),
                "sha256": fingerprint,
                "encodingFormat": _MEDIA[".ipynb"],
                "programmingLanguage": {"@id": "https://www.python.org/"},
                "softwareRequirements": {"@id": f"#{_PROJECT}"},
            }


def _name_run(report: Mapping[str, Any]) -> str:
    return f"#run/{quote(report['key'])}.{report['language']}"


def _describe_run(report: Mapping[str, Any]) -> Iterator[Entity]:
    """One run of a notebook: what went in, with which parameters, and what came out."""
    name, given = f"{report['key']} ({report['language']})", report["parameters"]
    parameters = [
        {
            "@id": f"#parameter/{quote(report['key'])}.{report['language']}/{parameter}",
            "@type": "PropertyValue",
            "name": parameter,
            "value": value,
        }
        for parameter, value in given.items()
    ]
    settings = ", ".join(f"{parameter} = {value!r}" for parameter, value in given.items())
    yield {
        "@id": _name_run(report),
        "@type": "CreateAction",
        "name": f"Report {name}",
        "description": f"{report['notebook']} run with {settings}; its output written in each form.",
        "agent": {"@id": _AGENT},
        "instrument": {"@id": name_input(report["notebook"])},
        "object": refer([*map(name_input, report["inputs"]), *(one["@id"] for one in parameters)]),
        "result": refer(map(quote, report["outputs"])),
    }
    yield from parameters


def _describe_outputs(report: Mapping[str, Any]) -> Iterator[Entity]:
    for path, fingerprint in report["outputs"].items():
        yield {**_describe_file(path, fingerprint), "inLanguage": report["language"]}


def _describe_file(path: str, fingerprint: str) -> Entity:
    """A file of the edition."""
    media = _MEDIA.get(Path(path).suffix, "application/octet-stream")
    return {"@id": quote(path), "@type": "File", "name": path, "encodingFormat": media, "sha256": fingerprint}
