"""What earlier builds of a folder have made, report by report, so that the next one need not make it again.

It lies beside the generations, in ``.generations/<name>.cache``: a folder for each report with its files as they stand
in the edition, and a record of what it was made of. An entry is whole or not there: it is filled elsewhere and renamed,
and each of its files is checked against its fingerprint when it is used."""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from analysis.publish.edition.keys import Ingredients, hash_files
from analysis.publish.edition.store import KEPT, MARK, STORE, is_tidy
from analysis.publish.runs.run import Run

RECORD = "record.json"
FILES = "files"
_EDITION = "edition.json"
_WORK = ".work-"


@dataclass(frozen=True)
class Record:
    """
    What is known of a report, or an edition, that was made.

    Attributes
    ----------
    key : str
    ingredients : Ingredients
    files : mapping of str to str
        SHA-256 of each of its files, by their path in the edition.
    said : tuple of str
        What `Finished` has: title, summary and mark.
    notes : str
        What its cells wrote to standard error.
    """

    key: str
    ingredients: Ingredients
    files: Mapping[str, str]
    said: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True)
class Cache:
    """The reports that were made for a folder of published reports, `target`."""

    target: Path
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folder", self.target.parent / STORE / f"{self.target.name}.cache")

    @contextlib.contextmanager
    def open_work(self) -> Iterator[Path]:
        """Give an empty folder to work in beside the entries; what killed builds have left of theirs is removed."""
        self.clear()
        # A name of its own: the workers of a killed build may still write to theirs.
        work = self.folder / f"{_WORK}{os.getpid()}"
        work.mkdir(parents=True)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def clear(self) -> None:
        """Remove what killed builds have left."""
        for left in self.folder.glob(f"{_WORK}*"):
            shutil.rmtree(left, ignore_errors=True)

    def read(self, run: Run) -> Record | None:
        """Read what is known of a report; None if nothing is."""
        return _read_record(self.folder / _name(run) / RECORD)

    def keep(self, run: Run, record: Record, filled: Path) -> None:
        """Take a folder that holds `FILES` for the entry of a report, in place of its last one."""
        _write_record(filled / RECORD, record)
        entry = self.folder / _name(run)
        with contextlib.suppress(FileNotFoundError):
            entry.rename(filled.with_name(f"{filled.name}.old"))
        filled.rename(entry)

    def fetch(self, run: Run, key: str, folder: Path) -> Record | None:
        """
        Copy the files of a report into a folder.

        Returns
        -------
        Record or None
            None if there is no entry with this key, or one of its files is not what it was; nothing is copied then.
        """
        record, filled = self.read(run), self.folder / _name(run) / FILES
        if not record or record.key != key or not filled.is_dir():
            return None
        contents = {place: path.read_bytes() for place, path in _list_files(filled).items()}
        if {
            place: hashlib.sha256(content).hexdigest() for place, content in contents.items()
        } != record.files:
            return None
        for place, content in contents.items():
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_bytes(content)
        return record

    def keep_edition(self, ingredients: Ingredients, folder: Path) -> None:
        """Remember what the edition in a folder is made of, and how its files are."""
        record = Record(ingredients.key, ingredients, fingerprint_files(folder))
        _write_record(self.folder / _EDITION, record)

    def is_published(self, key: str) -> bool:
        """Tell whether the published edition has this key, each file as it was made, and nothing is left to mend."""
        record = _read_record(self.folder / _EDITION)
        if not record or record.key != key or not is_tidy(self.target) or any(self.folder.glob(f"{_WORK}*")):
            return False
        return fingerprint_files(self.target) == record.files

    def prune(self, runs: Collection[Run]) -> None:
        """Remove the entries of all other reports."""
        known = {_name(run) for run in runs}
        for entry in self.folder.iterdir():
            if entry.is_dir() and entry.name not in known and not entry.name.startswith(_WORK):
                shutil.rmtree(entry, ignore_errors=True)


def fingerprint_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of the files of a folder, by their paths in it."""
    return hash_files(
        {place: path for place, path in _list_files(folder).items() if place not in {KEPT, MARK}}
    )


def _list_files(folder: Path) -> dict[str, Path]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


def _name(run: Run) -> str:
    """The folder of a report's entry; no key holds a +."""
    return f"{run.key.replace('/', '+')}.{run.language}"


def _read_record(path: Path) -> Record | None:
    """Read a record; None if there is none, or it is damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        ingredients = Ingredients(**content.pop("ingredients"))
        said = tuple(content.pop("said"))
        return Record(ingredients=ingredients, said=said, **content)  # type: ignore[arg-type]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _write_record(path: Path, record: Record) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(beside, path)
