"""What a kernel may read: its snapshot, the code that runs, and what the system tells. `analysis.publish.runs.fence` sees to it."""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from analysis.publish.runs.environment import KEPT

FENCE = "fence.json"
# Fonts, time zones, devices, and what the system tells about itself
SYSTEM_FOLDERS = (
    "/usr/share",
    "/usr/local/share",
    "/etc/fonts",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/os-release",
    "/private/etc",
    "/dev",
    "/proc",
    "/sys",
    "/System",
    "/Library",
)


def write_fence(work: Path, scratch: Path, memory_mb: int, own: Iterable[str]) -> None:
    """
    Write down what a kernel may read, how much memory it may have, and what of its environment it keeps.

    Parameters
    ----------
    work : Path
        Snapshot of the project.
    scratch : Path
        The kernel's own folder; ``fence.json`` is written there.
    memory_mb : int
        In units of 1,000,000 bytes.
    own : iterable of str
        Names in its environment that are set for it.
    """
    caches = _list_caches()
    readable = [str(work), *_list_code(), *_list_system(), *caches]
    fence = {
        "readable": readable,
        "writable": [str(scratch), *caches],
        "memory_mb": memory_mb,
        "environment": sorted({*KEPT, *own}),
    }
    (scratch / FENCE).write_text(json.dumps(fence), encoding="utf-8")


def _list_code() -> list[str]:
    """List the folders that modules come from: this package's, and those of packages whose versions are known."""
    own = str(Path(__file__).parents[3])
    entries = [os.path.abspath(entry) for entry in sys.path if entry]
    installed = [one for one in entries if Path(one).name in ("site-packages", "dist-packages")]
    return [sys.prefix, sys.base_prefix, own, *installed]


def _list_system() -> list[str]:
    """List where the system keeps fonts, time zones, and what it tells about itself."""
    user = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or user / ".local" / "share")
    found = [*SYSTEM_FOLDERS, os.environ.get("SYSTEMROOT", ""), str(data / "fonts")]
    found += [str(user / name) for name in (".fonts", "Library/Fonts")]
    return [folder for folder in found if folder]


def _list_caches() -> list[str]:
    """List where matplotlib may keep its list of fonts, which it writes once for all."""
    user = Path.home()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or user / ".cache")
    found = [os.environ.get("MPLCONFIGDIR", ""), str(cache / "matplotlib"), str(user / ".matplotlib")]
    return [folder for folder in found if folder]
