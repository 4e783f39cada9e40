"""Where the project's own data lie: schema, reference tables, registers, notebooks."""

import os
from pathlib import Path

# Tables that every register has, and reference tables; a register may add to the first of these
REQUIRED = ("cities", "partnerships", "milestones")
SHARED = ("sources", "criteria", "thresholds", "glossary", "regions")


class HomeError(RuntimeError):
    """The project folder was not found. The message says what to do."""


def find_home() -> Path:
    """
    Find the project folder, the one that holds ``data/schema``.

    The environment variable ``TWINNING_HOME`` names it; without it, it is the folder that the package was
    installed from. While reports are built, ``TWINNING_HOME`` is the snapshot that all reports of an edition share.

    Returns
    -------
    Path
        Absolute path of the folder.

    Raises
    ------
    HomeError
        If there is no ``data/schema`` in it.
    """
    given = os.environ.get("TWINNING_HOME", "")
    home = Path(given).expanduser().resolve() if given else Path(__file__).resolve().parents[2]
    if not (home / "data" / "schema").is_dir():
        where = "TWINNING_HOME" if given else "project folder"
        raise HomeError(
            f"{where}: {home} has no folder data/schema. "
            "Set the environment variable TWINNING_HOME to the folder that holds data, notebooks and reports."
        )
    return home
