"""Verify the promise "same inputs, same bytes": build twice under different circumstances and compare."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.publish.edition.differences import Difference, compare_folders
from analysis.publish.runs.environment import VARIED

# Two days that are never the same one: 14 hours before and 12 hours after UTC.
_CIRCUMSTANCES = (
    {"folder": "a", "TZ": "Etc/GMT-14", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "0"},
    {
        "folder": "another folder/b",
        "TZ": "Etc/GMT+12",
        "LC_ALL": "de_DE.UTF-8",
        "LANG": "de",
        "PYTHONHASHSEED": "1",
    },
)
_IN_KERNELS = ("TZ", "PYTHONHASHSEED")


class VerifyError(RuntimeError):
    """Two builds differ, or one of them failed; the message says where, or why. ``differences`` holds all."""

    def __init__(self, message: str, differences: Sequence[Difference] = ()) -> None:
        self.differences = list(differences)
        super().__init__(message)


def verify(
    make_command: Callable[[Path], Sequence[str]], told: Callable[[str], None] = lambda text: None
) -> int:
    """
    Build twice and compare every file, byte by byte.

    The builds differ in time, folder, time zone, locale and order of sets, in the notebooks too.

    Parameters
    ----------
    make_command : callable
        Gives the command that builds into a folder.
    told : callable
        Is told what is going on.

    Returns
    -------
    int
        How many files there are, all of them equal.

    Raises
    ------
    VerifyError
        With the first difference: the file and the part of it.
    """
    with tempfile.TemporaryDirectory(prefix="twinning-verify-") as scratch:
        built = []
        for number, circumstances in enumerate(_CIRCUMSTANCES, start=1):
            told(f"build {number} of {len(_CIRCUMSTANCES)}")
            target = Path(scratch, circumstances["folder"], "edition")
            target.parent.mkdir(parents=True)
            _build(make_command(target), circumstances)
            built.append(target)
        count, differences = compare_folders(*built)
    if differences:
        raise VerifyError(_describe(differences, count), differences)
    return count


def _build(command: Sequence[str], circumstances: dict[str, str]) -> None:
    """Run a build in an environment of its own."""
    settings = {name: value for name, value in circumstances.items() if name != "folder"}
    varied = {VARIED + name: settings[name] for name in _IN_KERNELS}
    environment = os.environ | settings | varied
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise VerifyError(f"A build failed, nothing was compared.\n{done.stderr.strip()}")


def _describe(differences: Sequence[Difference], count: int) -> str:
    first = differences[0]
    others = f"{len(differences)} of {count} files differ. The first: " if len(differences) > 1 else ""
    return (
        f"{others}{first.path}, {first.part}: {first.one} in one build, {first.other} in the other. "
        "Take time, chance and the order of sets out of it (sorted(…) for a set, a fixed seed for chance)."
    )
