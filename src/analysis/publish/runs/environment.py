"""The environment of a kernel, which does not depend on the machine or its user."""

import os
from collections.abc import Mapping
from pathlib import Path

VARIED = (
    "TWINNING_VERIFY_"  # before a name in PINNED: `analysis.publish.edition.verify` sets it to another value
)
PINNED = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONWARNINGS": "",
    "TZ": "UTC",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "SOURCE_DATE_EPOCH": "0",
    "GDAL_CONFIG_FILE": os.devnull,  # instead of the user's
    "OPENBLAS_NUM_THREADS": "1",  # as many kernels as cores run at once: more threads would only wait
    "OMP_NUM_THREADS": "1",
}
# Names that a kernel keeps of what it is started with, besides those that are set for it. They say where programs and
# caches lie and who talks to the kernel. No other: a report could depend on it, and would not be made anew with it.
KEPT = frozenset(
    [
        "PATH",
        "PYTHONPATH",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONPYCACHEPREFIX",
        "PYDEVD_DISABLE_FILE_VALIDATION",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
        "HOME",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "MPLCONFIGDIR",
        "TMPDIR",
        "TEMP",
        "TMP",
        "JPY_PARENT_PID",
        "JPY_INTERRUPT_EVENT",
        "IPY_INTERRUPT_EVENT",
        "JPY_SESSION_NAME",
        "SYSTEMROOT",
        "WINDIR",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "PROGRAMDATA",
        "COMSPEC",
        "PATHEXT",
        "NUMBER_OF_PROCESSORS",
    ]
)
SETTINGS = "svg.hashsalt: twinning\n"  # of matplotlib


def pin_environment(folder: Path) -> dict[str, str]:
    """
    Say what is set in the environment of each kernel.

    Parameters
    ----------
    folder : Path
        Where a file with the settings of matplotlib is written.
    """
    path = folder / "matplotlibrc"
    path.write_text(SETTINGS, encoding="utf-8")
    pinned = {name: os.environ.get(VARIED + name, value) for name, value in PINNED.items()}
    return pinned | {"MATPLOTLIBRC": str(path)}


def keep_environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return what a kernel keeps of an environment."""
    return {name: value for name, value in given.items() if name.upper() in KEPT}
