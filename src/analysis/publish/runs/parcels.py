"""What is sent between computers: folders as bytes, and what software a computer has."""

import hashlib
import platform
import re
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
PROJECT = "twinning-analysis"


def pack(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder, by their place in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def unpack(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write files to a folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, content in files.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@cache
def describe_software() -> str:
    """
    Give a fingerprint of what has to be the same everywhere for equal reports.

    These are the project's own code, the packages that it names, Python's minor version, system and processor.
    """
    needed = [text for text in metadata.requires(PROJECT) or () if "extra ==" not in text]
    packages = sorted((name := re.match(r"[\w.-]+", text)[0], metadata.version(name)) for text in needed)
    parts = [packages, platform.python_version_tuple()[:2], platform.system(), platform.machine()]
    state = hashlib.sha256(repr(parts).encode())
    for place, content in sorted(pack(PACKAGE).items()):
        if not place.endswith(".pyc"):
            state.update(place.encode() + b"\0" + content)
    return state.hexdigest()
