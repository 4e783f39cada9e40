"""What RO-Crate 1.1 and the profile Process Run Crate 0.5 ask of a crate, written down from the two specifications.

https://w3id.org/ro/crate/1.1 and https://w3id.org/ro/wfrun/process/0.5. The time at which a run ended, which the
profile recommends, is left out knowingly: equal inputs give equal bytes.

The crate of leipzig-2026 was also read by roc-validator 0.13 (2026-11-22): it met all 42 required checks of the profile; of
the recommended ones it lacks that time, addresses of the software and of the publisher."""

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

TOOLS = {"SoftwareApplication", "SoftwareSourceCode", "ComputationalWorkflow"}
DATA = {"File", "Dataset", "Collection", "CreativeWork", "PropertyValue"}
URI = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%\u00a1-\uffff]+")


def read_crate(folder: Path) -> dict[str, dict]:
    """The entities of a crate by their identifiers."""
    return {one["@id"]: one for one in read_graph(folder)}


def read_graph(folder: Path) -> list[dict]:
    return json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]


def list_all(value: object) -> list:
    """One or several values of a property, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def refer(entity: dict, name: str) -> list[str]:
    """The identifiers that a property refers to."""
    return [one["@id"] for one in list_all(entity.get(name)) if isinstance(one, dict)]


def find_faults(folder: Path) -> list[str]:
    """What is wrong with the crate in a folder."""
    content = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = read_crate(folder)
    faults = [] if len(entities) == len(content["@graph"]) else ["identifiers are not unique"]
    if content["@context"][0] != "https://w3id.org/ro/crate/1.1/context":
        faults.append("context")
    for entity in content["@graph"]:
        faults += _check_entity(entity, entities)
    faults += _check_root(entities["./"], entities, folder)
    descriptor = entities["ro-crate-metadata.json"]
    if refer(descriptor, "about") != ["./"] or descriptor["@type"] != "CreativeWork":
        faults.append("descriptor")
    return faults


def _check_entity(entity: dict, entities: dict[str, dict]) -> list[str]:
    """Flat JSON-LD: an identifier, a type, and values that are plain or references to other entities."""
    name = entity["@id"]
    faults = [] if URI.fullmatch(name) else [f"{name}: is no URI"]
    for key, value in entity.items():
        for one in list_all(value):
            if isinstance(one, dict) and (set(one) != {"@id"} or one["@id"] not in entities):
                known = key == "conformsTo" and one["@id"] == "https://w3id.org/ro/crate/1.1"
                faults += [] if known else [f"{name}, {key}: refers to nothing: {one}"]
            elif one is None or isinstance(one, list):
                faults.append(f"{name}, {key}: is {one!r}")
        if isinstance(value, list) and len(value) == 1:
            faults.append(f"{name}, {key}: is a list of one")
    if entity["@type"] == "CreateAction":
        faults += _check_run(entity, entities)
    if TOOLS & {entity["@type"]} and not (
        entity.get("name") and {"version", "softwareVersion"} & entity.keys()
    ):
        faults.append(f"{name}: has no name or version")
    return faults


def _check_root(root: dict, entities: dict[str, dict], folder: Path) -> list[str]:
    """The dataset as a whole: what it must say of itself, its files, its runs, its profile."""
    faults = [f"./: has no {key}" for key in ("name", "description", "license") if not root.get(key)]
    date.fromisoformat(root["datePublished"])
    if "https://w3id.org/ro/wfrun/process/0.5" not in refer(root, "conformsTo"):
        faults.append("./: does not name the profile")
    files = {name for name, entity in entities.items() if entity["@type"] == "File"}
    if files != set(refer(root, "hasPart")):
        faults.append("./: hasPart is not all files")
    faults += [f"{name}: is not there" for name in files if not (folder / unquote(name)).is_file()]
    runs = {name for name, entity in entities.items() if entity["@type"] == "CreateAction"}
    return faults + ([] if runs == set(refer(root, "mentions")) else ["./: mentions is not all runs"])


def _check_run(run: dict, entities: dict[str, dict]) -> list[str]:
    """An action: by whom, with which tool, from what, to what."""
    kinds = {
        key: {entities.get(name, {"@type": "nothing"})["@type"] for name in refer(run, key)}
        for key in ("agent", "instrument", "object", "result")
    }
    right = (
        kinds["agent"] <= {"Person", "Organization"}
        and kinds["instrument"] <= TOOLS
        and kinds["object"] <= DATA
        and kinds["result"] <= DATA
        and all(kinds.values())
        and run.get("name")
        and run.get("description")
    )
    return [] if right else [f"{run['@id']}: {kinds}"]
