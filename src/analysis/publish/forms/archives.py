"""Zip archives whose bytes depend on their content alone: Word files and workbooks are such archives."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive knows
_UNIX = 3
_LEVEL = 6


def rewrite_archive(path: Path) -> None:
    """
    Write a zip archive anew: names in order, one date, one way of packing.

    Parameters
    ----------
    path : Path
        An archive; it is replaced.

    Raises
    ------
    ValueError
        If a name occurs twice: an office program would read one of both.
    zipfile.BadZipFile
        If it is no archive.
    """
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(
                f"{path.name}: holds {repeated[0]!r} twice, allowed is once. Write each part once."
            )
        parts = {name: archive.read(name) for name in names if not name.endswith("/")}
    path.write_bytes(pack(parts))


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The parts, by name, as an archive; equal parts give equal bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        # In the order of their names "[Content_Types].xml" comes first, as office files want it.
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, date_time=_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, parts[name])
    return file.getvalue()
