"""JSON files of others: whole documents, or one to a line as dumps have them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analysis.problems import DataError
from analysis.tables.files import MAX_BYTES, show_path

REFUSED = "allowed is JSON in UTF-8"
TODO = "Download the file again."


def is_json(path: Path) -> bool:
    """Tell whether a file begins as JSON does; one that cannot be read does not."""
    try:
        with path.open("rb") as file:
            return file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
    except OSError:
        return False


def read_documents(path: Path) -> list[Any]:
    """
    Read the documents of a JSON file: one, or one of each line (a comma at its end is passed over).

    Raises
    ------
    DataError
        If the file cannot be read, is too large, too deep or no JSON.
    """
    text = read_utf8(path)
    where = show_path(path)
    try:
        return [json.loads(text)]
    except RecursionError:
        raise DataError([f"{where}: is nested too deeply, {REFUSED}. {TODO}"]) from None
    except ValueError as error:
        first = error
    try:
        lines = [line.strip().removesuffix(",") for line in text.splitlines()]
        documents = [json.loads(line) for line in lines if line not in ("", "[", "]")]
    except (ValueError, RecursionError):
        line = getattr(first, "lineno", 1)
        raise DataError([f"{where}, line {line}: is cut off or damaged, {REFUSED}. {TODO}"]) from None
    return documents


def read_utf8(path: Path) -> str:
    """Read a text file in UTF-8; DataError if it is not there, too large or in another encoding."""
    where = show_path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            size = f"{MAX_BYTES // 1024**2} MB"
            raise DataError([f"{where}: is larger than {size}, allowed is {size}. Split the file."])
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problem = f"cannot be read ({error.strerror}), allowed is a file. Correct the path."
        raise DataError([f"{where}: {problem}"]) from None
    except UnicodeDecodeError as error:
        problem = "is no UTF-8, which is needed. Save the file as UTF-8."
        raise DataError([f"{where}, byte {error.start + 1}: {problem}"]) from None


def dig(value: Any, *keys: str | int) -> Any:
    """What stands under some keys, one in the other; None where the value has another shape."""
    for key in keys:
        if isinstance(key, int):
            value = value[key] if isinstance(value, list) and len(value) > key else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value
