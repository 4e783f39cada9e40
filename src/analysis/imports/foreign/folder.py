"""The folder that an import makes: what it must not overwrite, and how it is written all at once."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.imports.earlier import FOLDER
from analysis.imports.foreign.licences import Source
from analysis.imports.foreign.register_tables import DESCRIPTION, TABLES
from analysis.problems import DataError
from analysis.tables.files import show_path

STATE = "register.json"  # in the folder of imports: what the last import of a register wrote
OWN = tuple(f"{name}.csv" for name in TABLES)
NEW = "allowed for an import are new folders, as registers/NAME"


def refuse(register: Path, data: Path) -> None:
    """
    Raise DataError where an import must not write.

    Parameters
    ----------
    register : Path
        The folder to write.
    data : Path
        Folder of the sourced registers; nothing is ever imported into them.
    """
    where, todo = show_path(register), "Name another folder with --register."
    if register.resolve().is_relative_to(data.resolve()):
        raise DataError([f"{where}: is a sourced register, {NEW}. {todo}"])
    if register.is_symlink() or (register.exists() and not register.is_dir()):
        raise DataError([f"{where}: is no folder, {NEW}. {todo}"])
    known = read_state(register).get("sha256", {})
    for file in sorted(register.iterdir()) if register.exists() else ():
        if not known and not file.name.startswith("."):
            raise DataError(
                [f"{where}: holds {file.name!r} that no import of a register made, {NEW}. {todo}"]
            )
        is_own = file.name in (*OWN, DESCRIPTION)
        if is_own and not (file.is_file() and hash_file(file) in known.get(file.name, [])):
            fault = "was changed since the last import, allowed is what that wrote"
            raise DataError([f"{show_path(file)}: {fault}. {todo}"])


def read_state(register: Path) -> dict[str, Any]:
    """What the last import of a register wrote: hashes by file (`sha256`), and its days; empty where there was none."""
    try:
        state = json.loads((register / FOLDER / STATE).read_text(encoding="utf-8"))
        return dict(state) if isinstance(state["sha256"], dict) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def make_state(path: Path, name: str, source: Source) -> dict[str, Any]:
    """What the next import has to know of this one, the file under its `name`; without the hashes of what it writes."""
    days = {"as_of": source.as_of, "accessed_date": source.accessed_date}
    return {"file": name, "file_sha256": hash_file(path), **days}


def write(
    register: Path, tables: Mapping[str, bytes], reports: Mapping[str, bytes], state: Mapping[str, Any]
) -> None:
    """Write tables and reports all at once; what cannot be written leaves everything as it was."""
    before = read_state(register).get("sha256", {})
    # The hashes before stand beside the new ones, should this import break off between two files.
    hashes = {
        name: list(dict.fromkeys([hashlib.sha256(content).hexdigest(), *before.get(name, [])[:1]]))
        for name, content in tables.items()
    }
    content = (json.dumps({**state, "sha256": hashes}, indent=1, ensure_ascii=False) + "\n").encode()
    inner = {f"{FOLDER}/{name}": text for name, text in {STATE: content, **reports}.items()}
    is_new = not register.exists()
    try:
        (register / FOLDER).mkdir(parents=True, exist_ok=True)
        _write_all(register, {**inner, **tables})
    except OSError as error:
        _clean(register, [*inner, *tables], is_new)
        where = show_path(Path(error.filename or register))
        todo = "Close the file in Excel, or free the folder."
        fault = f"cannot be written ({error.strerror}), allowed is a folder with room and the right to write"
        raise DataError([f"{where}: {fault}. {todo}"]) from None


def _write_all(register: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (register / f"{name}.part").write_bytes(content)
    for name in files:
        os.replace(register / f"{name}.part", register / name)


def _clean(register: Path, names: Iterable[str], is_new: bool) -> None:
    """Take away what a broken import began."""
    for name in names:
        part = register / f"{name}.part"
        if part.is_file():
            part.unlink()
    if is_new and register.is_dir():
        for place in (register / FOLDER, register):
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()


def hash_file(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
