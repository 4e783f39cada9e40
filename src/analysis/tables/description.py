"""The description of a register's folder: a Frictionless data package that may call its data fictional."""

import json
import os
from pathlib import Path

from analysis.tables.files import show_path


def read_fictional(path: Path) -> tuple[bool, list[str]]:
    """Whether the description of a folder calls its data fictional, and what is wrong with the description."""
    file = path / "datapackage.json"
    if not os.path.isfile(file):  # of a path too long, too
        return False, []
    try:
        package = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # the latter: brackets in brackets without end
        problem = (
            f"is no JSON ({error}), allowed is the description of a data package. Correct it, or delete it."
        )
        return False, [f"{show_path(file)}: {problem}"]
    value = package.get("is_fictional", False) if isinstance(package, dict) else False
    if not isinstance(value, bool):
        problem = f"is_fictional is {value!r}, allowed are true and false. Correct it."
        return False, [f"{show_path(file)}: {problem}"]
    return value, []
