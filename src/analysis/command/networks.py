"""Folders that hold a network and no register: they can be built with the notebook `network` only."""

import json
from pathlib import Path

EDGES = ("edges.*", "*.graphml", "out.*")  # a folder with one of these and no partnerships.csv is a network
DESCRIPTION = "datapackage.json"  # of a register: whether its data are fictional, or a network


def is_network(register: Path) -> bool:
    """Whether a folder holds a network and no register: an edge list, or tables that call themselves a network."""
    if (register / "partnerships.csv").exists():
        return _is_called_network(register / DESCRIPTION)
    return any(path for pattern in EDGES for path in register.glob(pattern))


def _is_called_network(description: Path) -> bool:
    """Whether a data package says that its places lack what a register demands, as an import writes it."""
    try:
        return json.loads(description.read_text(encoding="utf-8"))["is_network"] is True
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return False
