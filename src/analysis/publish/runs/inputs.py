"""What a kernel may read: its snapshot, the code that runs, and what the system tells. `analysis.publish.runs.fence` sees to it."""

import json
import os
import sys
from pathlib import Path

FENCE = "fence.json"
# Fonts, time zones, devices, and what the system tells about itself
SYSTEM_FOLDERS = (
    "/usr/share",
    "/usr/local/share",
    "/etc",
    "/private/etc",
    "/dev",
    "/proc",
    "/sys",
    "/System",
    "/Library",
)


def write_fence(work: Path, scratch: Path, memory_mb: int) -> None:
    """
    Write down what a kernel may read and how much memory it may have.

    Parameters
    ----------
    work : Path
        Snapshot of the project.
    scratch : Path
        The kernel's own folder; ``fence.json`` is written there.
    memory_mb : int
        In units of 1,000,000 bytes.
    """
    readable = [str(folder) for folder in (work, scratch, *_list_code(), *_list_system())]
    (scratch / FENCE).write_text(json.dumps({"readable": readable, "memory_mb": memory_mb}), encoding="utf-8")


def _list_code() -> list[str]:
    """List the folders that modules come from, without a project folder that happens to be among them."""
    home = Path(__file__).parents[4]
    entries = [os.path.abspath(entry) for entry in sys.path if entry]
    return [sys.prefix, sys.base_prefix, *(one for one in entries if Path(one) not in (home, *home.parents))]


def _list_system() -> list[str]:
    """List where the system and matplotlib keep fonts, time zones, and what they tell about themselves."""
    user = Path.home()
    found = [*SYSTEM_FOLDERS, os.environ.get("SYSTEMROOT", ""), os.environ.get("MPLCONFIGDIR", "")]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or user / ".cache")
    data = Path(os.environ.get("XDG_DATA_HOME") or user / ".local" / "share")
    found += [str(cache / "matplotlib"), str(data / "fonts")]
    found += [str(user / name) for name in (".matplotlib", ".fonts", "Library/Fonts")]
    return [folder for folder in found if folder]
