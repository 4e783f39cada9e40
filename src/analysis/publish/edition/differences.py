"""Where two builds of an edition differ: the file, the part of it, and what stands there."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

_ARCHIVES = {".docx", ".xlsx", ".zip"}
_BINARY = {".pdf", ".png"}
_SHOWN = 24  # characters before and after the first that differs
# A difference shows in every form of a report; the notebook says where it comes from, the manifest only that it is.
_ORDER = {".ipynb": 0, ".html": 1, ".csv": 1, ".json": 2}


@dataclass(frozen=True)
class Difference:
    """What differs: `path` in the edition, `part` of the file, and the text around it in `one` and the `other`."""

    path: str
    part: str
    one: str
    other: str


def compare_folders(one: Path, other: Path) -> tuple[int, list[Difference]]:
    """
    Compare two folders byte by byte.

    Parameters
    ----------
    one, other : Path

    Returns
    -------
    int
        How many files there are in either, without hidden ones.
    list of Difference
        One per file that differs, notebooks first, the manifest last.
    """
    files = [
        {path.relative_to(folder).as_posix() for path in folder.rglob("[!.]*") if path.is_file()}
        for folder in (one, other)
    ]
    found = []
    for path in sorted(files[0] | files[1], key=_rank):
        if path not in files[0] & files[1]:
            there = ["there" if path in names else "missing" for names in files]
            found.append(Difference(path, "the file itself", *there))
        elif (contents := [(folder / path).read_bytes() for folder in (one, other)]) and len(
            set(contents)
        ) > 1:
            found.append(Difference(path, *_locate(path, *contents)))
    return len(files[0] | files[1]), found


def _rank(path: str) -> tuple[bool, int, str]:
    return path == "manifest.json", _ORDER.get(Path(path).suffix, 1), path


def _locate(path: str, one: bytes, other: bytes) -> tuple[str, str, str]:
    """The part of a file that differs, and what stands there."""
    ending = Path(path).suffix
    if ending in _ARCHIVES:
        return _locate_member(one, other)
    if ending == ".ipynb":
        for (where, before), (_, after) in zip(_list_cells(one), _list_cells(other), strict=False):
            for texts in zip(before, after, strict=True):
                if texts[0] != texts[1]:
                    return where, *_quote(*texts)
    if ending in _BINARY:
        return f"byte {_first(one, other)}", *map(repr, _around(one, other))
    before, after = (content.decode("utf-8", errors="replace") for content in (one, other))
    return f"line {before[: _first(before, after)].count(chr(10)) + 1}", *_quote(before, after)


def _list_cells(notebook: bytes) -> Iterator[tuple[str, tuple[str, str]]]:
    """The cells of a notebook as one counts them while editing, each with its first line; what they show, and all."""
    number = 0
    for cell in json.loads(notebook)["cells"]:
        number += "injected-parameters" not in cell.get("metadata", {}).get("tags", [])
        first = "".join(cell["source"]).strip().partition("\n")[0][:40]
        whole = json.dumps(cell, ensure_ascii=False, sort_keys=True)
        yield f"cell {number} ({first})", (_list_shown(cell), whole)


def _list_shown(cell: dict[str, Any]) -> str:
    """What a cell shows, as plain text."""
    bundles = [output.get("data", output) for output in cell.get("outputs", [])]
    kinds = ("text/plain", "text")
    return "\n".join("".join(bundle[kind]) for bundle in bundles for kind in kinds if kind in bundle)


def _locate_member(one: bytes, other: bytes) -> tuple[str, str, str]:
    """The member of an archive that differs."""
    archives = [zipfile.ZipFile(BytesIO(content)) for content in (one, other)]
    names = [archive.namelist() for archive in archives]
    for name in dict.fromkeys(names[0] + names[1]):
        if not all(name in known for known in names):
            return name, *("there" if name in known else "missing" for known in names)
        before, after = (archive.read(name).decode("utf-8", errors="replace") for archive in archives)
        if before != after:
            return name, *_quote(before, after)
    return "the order or the dates of its members", *(f"{len(content)} bytes" for content in (one, other))


def _quote(one: str, other: str) -> tuple[str, ...]:
    return tuple(f"“{' '.join(text.split())}”" for text in _around(one, other))


def _around(one: Any, other: Any) -> tuple[Any, ...]:
    """What stands about the first difference of two texts."""
    at = _first(one, other)
    return tuple(content[max(at - _SHOWN, 0) : at + _SHOWN] for content in (one, other))


def _first(one: Any, other: Any) -> int:
    """The place of the first difference."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
