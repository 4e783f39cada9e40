"""What the reports of an edition are made of, as it is now."""

import platform
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from analysis.publish.edition.editions import LANGUAGES, Edition
from analysis.publish.edition.imports import PACKAGE, find_files, find_imports, list_package
from analysis.publish.edition.keys import CODE, Ingredients, hash_file, hash_files
from analysis.publish.runs.run import Run

LOCK_FILE = "requirements.lock"
# What writes a report, besides what its notebook imports; and what puts an edition together
PRESS = ("analysis.publish.edition.pages", "analysis.publish.runs.workers")
BUILD = ("analysis.publish.edition.build",)

_OWN_LISTS = {"register", "extra", "reports", "languages"}  # of an edition; a report knows them otherwise


class Sources:
    """
    What the reports of an edition are made of, as it is now.

    Parameters
    ----------
    edition : Edition
    runs : sequence of Run
        All of it.
    formats : sequence of str
    fonts : Path or None
        Folder with further fonts.
    home : Path
        The project folder.
    """

    def __init__(
        self, edition: Edition, runs: Sequence[Run], formats: Sequence[str], fonts: Path | None, home: Path
    ) -> None:
        self._edition, self._runs = edition, runs
        self._hashes: dict[Path, str] = {}
        self._code: dict[Path, dict[str, str]] = {}
        lock = home / LOCK_FILE
        self._files = self._hash(
            {
                **({LOCK_FILE: lock} if lock.is_file() else {}),
                **{f"fonts/{path.relative_to(fonts).as_posix()}": path for path in _list_files(fonts)},
            }
        )
        self._settings = {**describe_environment(), "formats": ", ".join(sorted(formats))}

    def describe_report(self, run: Run) -> Ingredients:
        """Say what a report is made of."""
        own = {f"notebooks/{run.notebook.name}": run.notebook, **run.inputs}
        parameters = {f"parameter {name}": repr(value) for name, value in run.parameters.items()}
        files = {**self._files, **self._list_code(run.notebook), **self._hash(own)}
        return Ingredients(files, {**self._settings, **parameters, **self._describe_context(run)})

    def describe_edition(self, keys: Mapping[Run, str]) -> Ingredients:
        """Say what an edition is made of, from the keys of its reports in their order."""
        code = self._hash(find_files(BUILD))
        settings = _describe(self._edition, {"register", "extra"}) | {"register": self._edition.register.name}
        order = {f"report {number} {run}": key for number, (run, key) in enumerate(keys.items())}
        return Ingredients({**self._files, **code}, {**self._settings, **settings, **order})

    def _hash(self, files: Mapping[str, Path]) -> dict[str, str]:
        """The SHA-256 of files by their places, read once."""
        new = {place: path for place, path in files.items() if path not in self._hashes}
        self._hashes |= {new[place]: value for place, value in hash_files(new).items()}
        return {place: self._hashes[path] for place, path in files.items()}

    def _list_code(self, notebook: Path) -> dict[str, str]:
        """The code that writes the reports of a notebook: what it reaches, and the press."""
        if notebook not in self._code:
            imported = find_imports(notebook)
            reached = list_package() if imported is None else find_files([*imported, *PRESS])
            self._code[notebook] = self._hash(reached)
        return self._code[notebook]

    def _describe_context(self, run: Run) -> dict[str, str]:
        """What a report knows of the edition: titles in its language, the reports that it may link to."""
        others = {f"_{language}" for language in LANGUAGES if language != run.language}
        said = _describe(self._edition, _OWN_LISTS)
        links = {f"report {one.key}" for one in self._runs if one.language == run.language}
        twins = sorted(one.language for one in self._runs if one.key == run.key)
        return {
            **{name: value for name, value in said.items() if not name.endswith(tuple(others))},
            **dict.fromkeys(sorted(links), "in the edition"),
            "name": str(run),
            "languages": ", ".join(twins),
        }


def list_code(parts: Iterable[Ingredients]) -> dict[str, str]:
    """The files of this package that are among some ingredients, with their SHA-256."""
    return {place: value for part in parts for place, value in part.files.items() if place.startswith(CODE)}


def find_changed_code(ingredients: Ingredients) -> str:
    """Name a file of this package that is no longer what it was; empty if there is none."""
    recorded = list_code([ingredients]).items()
    changed = (place for place, value in recorded if hash_file(PACKAGE.parent / place, place) != value)
    return next(changed, "")


def find_changed_input(run: Run, ingredients: Ingredients) -> str:
    """Name a file that a run reads and that is no longer what it was; empty if there is none."""
    files = {f"notebooks/{run.notebook.name}": run.notebook, **run.inputs}
    for place, path in files.items():
        if not path.is_file() or hash_file(path, place) != ingredients.files[place]:
            return place
    return ""


def describe_environment() -> dict[str, str]:
    """Name Python, the system and the versions of the installed packages, by their folders."""
    packages = {
        f"package {path.name.partition('-')[0]}": path.name.partition("-")[2].rpartition(".")[0]
        for folder in sys.path
        for path in (Path(folder).glob("*.dist-info") if folder else ())
    }
    system = f"{platform.system()} {platform.machine()}"
    return {**packages, "Python": f"{sys.version_info.major}.{sys.version_info.minor}", "system": system}


def _describe(edition: Edition, without: set[str]) -> dict[str, str]:
    """The fields of an edition; those that will be added to it, too."""
    names = [field.name for field in fields(edition) if field.name not in without]
    return {f"edition's {name}": str(getattr(edition, name)) for name in names}


def _list_files(folder: Path | None) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []
