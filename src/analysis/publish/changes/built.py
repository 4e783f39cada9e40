"""A built edition, read back from its folder: its manifest, and its reports as documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.publish.edition.manifest import MANIFEST

if TYPE_CHECKING:
    from analysis.publish.document.blocks import Document


class BuiltError(ValueError):
    """A folder is no built edition, a report in it cannot be read, or two have no language in common."""


@dataclass(frozen=True)
class BuiltEdition:
    """
    An edition in its folder.

    Attributes
    ----------
    folder : Path
    titles : mapping of str to str
        By language.
    as_of : str
        The day whose state is told, ISO 8601.
    keys : mapping of str to tuple of str
        For each language the reports, in the order of the manifest.
    """

    folder: Path
    titles: Mapping[str, str]
    as_of: str
    keys: Mapping[str, tuple[str, ...]]

    def read(self, key: str, language: str) -> Document:
        """Read a report; BuiltError if its executed notebook is missing or damaged."""
        from analysis.publish.document.reading import DocumentError, read_document  # only now: it loads much

        path = self.folder / f"{key}.{language}.ipynb"
        try:
            return read_document(path, language)
        except OSError as error:
            why = error.strerror
        except DocumentError as error:
            why = str(error)
        except (ValueError, KeyError, TypeError, AttributeError):  # no JSON, or no notebook of ours
            why = "it is damaged"
        raise BuiltError(f"{path}: cannot be read ({why}). Build the edition again.")


def read_built(folder: Path) -> BuiltEdition:
    """
    Read which reports a built edition holds.

    Raises
    ------
    BuiltError
        If the folder has no manifest, or another program's.
    """
    path = folder / MANIFEST
    try:
        return _make_edition(folder, json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        why = f"{MANIFEST} cannot be read: {error.strerror}"
    except (ValueError, KeyError, TypeError, AttributeError):
        why = f"{MANIFEST} is damaged"
    raise BuiltError(
        f"{folder}: is no built edition ({why}). Build it with twinning report, or name another."
    )


def _make_edition(folder: Path, manifest: Mapping[str, Any]) -> BuiltEdition:
    edition = manifest["edition"]
    keys: dict[str, tuple[str, ...]] = {}
    for report in manifest["reports"]:
        key, language = str(report["key"]), str(report["language"])
        if Path(key).is_absolute() or ".." in Path(key).parts:  # would lead out of the folder
            raise ValueError(key)
        keys[language] = (*keys.get(language, ()), key)
    as_of = date.fromisoformat(edition["as_of"]).isoformat()
    return BuiltEdition(
        folder, {str(one): str(title) for one, title in edition["title"].items()}, as_of, keys
    )
