"""The key of a report: a fingerprint of all that it is made of. Equal keys, equal files."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

CODE = "analysis/"  # where the places of the code begin
_SHOWN = 40  # characters of a value that a reason shows


class SourceError(RuntimeError):
    """A file that the reports are made of cannot be read."""


@dataclass(frozen=True)
class Ingredients:
    """
    What a report, or an edition, is made of.

    Attributes
    ----------
    files : mapping of str to str
        SHA-256 of each file, by its place in the project.
    settings : mapping of str to str
        All else, by a name that tells a reader what it is.
    """

    files: Mapping[str, str]
    settings: Mapping[str, str]

    @property
    def key(self) -> str:
        """A fingerprint of all of it."""
        text = json.dumps([self.files, self.settings], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def compare(self, before: "Ingredients") -> list[str]:
        """Say what has changed, files of the project first, then settings, then code."""
        said = [*_compare_files(before.files, self.files), *_compare_settings(before.settings, self.settings)]
        return sorted(said, key=lambda text: text.startswith(CODE))


def hash_files(files: Mapping[str, Path]) -> dict[str, str]:
    """The SHA-256 of files by their places; SourceError if one cannot be read."""
    return {place: hash_file(path, place) for place, path in files.items()}


def hash_file(path: Path, place: str) -> str:
    """The SHA-256 of a file; SourceError names it by its place in the project."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(
            f"{place}: cannot be read ({error.strerror}). Put it back, then build again."
        ) from None


def _compare_files(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    for place in sorted(before.keys() | now.keys()):
        if place not in before or place not in now:
            yield f"{place} is {'read now' if place in now else 'no longer read'}"
        elif before[place] != now[place]:
            yield f"{place} changed"


def _compare_settings(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    for name in sorted(before.keys() | now.keys()):
        if name not in before or name not in now:
            yield f"{name} is {'new' if name in now else 'gone'}"
        elif before[name] != now[name]:
            short = max(len(before[name]), len(now[name])) <= _SHOWN
            yield f"{name} was {before[name]!r}, is {now[name]!r}" if short else f"{name} changed"
