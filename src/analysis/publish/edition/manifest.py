"""The manifest of an edition: what it was made of, with what, and the fingerprint of every file."""

import hashlib
import json
import platform
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.publish.edition.editions import Edition
from analysis.publish.edition.rocrate import CRATE, write_crate
from analysis.publish.forms.formats import FORMATS
from analysis.publish.runs.run import Run

MANIFEST = "manifest.json"

_PROJECT = "twinning-analysis"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def write_manifest(
    edition: Edition, runs: Sequence[Run], folder: Path, work: Path, code: Mapping[str, str]
) -> None:
    """
    Write ``manifest.json`` into a finished edition.

    Parameters
    ----------
    edition : Edition
    runs : sequence of Run
        All of the edition.
    folder : Path
        The edition's; every file in it but `work` is listed.
    work : Path
        Snapshot of all that the runs may have read.
    code : mapping of str to str
        SHA-256 of each file of the project's code that took part, by its path.

    Notes
    -----
    Equal inputs give equal bytes: there is no time and no path of the machine in it. Paths of inputs are those in the
    project; a register from elsewhere appears as ``data/<name>``.
    """
    inputs = _fingerprint(work, (path for path in work.rglob("*") if path.is_file()))
    outputs = _fingerprint(
        folder, (path for path in folder.rglob("*") if path.is_file() and work not in path.parents)
    )
    reports = [_describe_run(run, outputs) for run in runs]
    listed = {path for report in reports for path in report["outputs"]}
    manifest = {
        "edition": _describe_edition(edition),
        "software": _describe_software(code),
        "inputs": inputs,
        "reports": reports,
        "index": {path: outputs[path] for path in sorted(outputs.keys() - listed)},
    }
    write_crate(manifest, folder, work)
    manifest["index"][CRATE] = _sha256(folder / CRATE)
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def _describe_edition(edition: Edition) -> dict[str, Any]:
    return {
        "id": edition.edition_id,
        "title": {language: edition.title(language) for language in edition.languages},
        "as_of": edition.as_of.isoformat(),
        "register": f"data/{edition.register.name}",
        "is_draft": edition.is_draft,
        "paper_number": edition.paper_number or None,
        "publisher": edition.publisher(edition.languages[0]) or None,
    }


def _describe_run(run: Run, outputs: Mapping[str, str]) -> dict[str, Any]:
    """A report: its notebook and parameters, and its files."""
    stem = f"{run.key}.{run.language}"
    places = [form.place.format(key=run.key, language=run.language) for form in FORMATS.values()]
    folders = tuple(place.rpartition("/")[0] + "/" for place in places if place.startswith("data/"))
    own = {path for path in outputs if path in (*places, f"{stem}.ipynb") or path.startswith(folders)}
    return {
        "key": run.key,
        "language": run.language,
        "notebook": f"notebooks/{run.notebook.name}",
        "parameters": dict(run.parameters),
        "inputs": sorted(run.inputs),
        "outputs": {path: outputs[path] for path in sorted(own)},
    }


def _describe_software(code: Mapping[str, str]) -> dict[str, Any]:
    """What the files depend on besides their inputs."""
    listed = "".join(f"{place}\0{code[place]}\n" for place in sorted(code))
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "system": f"{platform.system()} {platform.machine()}",
        "code": hashlib.sha256(listed.encode()).hexdigest(),
        "packages": _list_packages(),
    }


def _list_packages() -> dict[str, str]:
    """The versions of the installed packages that the project runs on, also of those that these need."""
    from importlib import metadata  # only now: it takes as long as all else of this module

    versions: dict[str, str] = {}
    waiting = [_PROJECT]
    while waiting:
        try:
            found = metadata.distribution(waiting.pop())
        except metadata.PackageNotFoundError:
            continue  # for another system, or the project runs without being installed
        name = re.sub(r"[-_.]+", "-", found.metadata["Name"]).lower()
        if name not in versions:
            versions[name] = found.version
            needed = [text for text in found.requires or () if "extra ==" not in text]
            waiting += [_NAME.match(text)[0] for text in needed]
    return versions


def _fingerprint(folder: Path, paths: Iterable[Path]) -> dict[str, str]:
    """The SHA-256 of files, by their path in a folder."""
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in paths}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
