"""What a command costs: seconds, processor seconds, and memory of all its processes together.

A part of the other benchmarks; does nothing by itself.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import psutil  # comes with ipykernel

LOOK_S = 0.25


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processors, largest memory in MB (0: not looked at), and what was printed."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    printed: str


def watch(
    command: Sequence[object], environment: Mapping[str, str], folder: Path, *, memory: bool = False
) -> Cost:
    """
    Run a command to its end; one that fails ends this program with what it printed.

    Parameters
    ----------
    command : sequence
        Program and arguments.
    environment : mapping of str to str
        All of its environment.
    folder : Path
        Where it runs.
    memory : bool
        Look four times a second at the memory of all its processes; what several share is counted once.
    """
    begin, peak = perf_counter(), [0.0]
    with subprocess.Popen(
        [str(one) for one in command],
        env=dict(environment),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        if memory:
            threading.Thread(target=_look, args=(process.pid, peak), daemon=True).start()
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)  # also what its children used
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))}\nended with code {process.returncode}:\n{printed}")
    return Cost(perf_counter() - begin, used.ru_utime + used.ru_stime, peak[0], printed)


def _look(number: int, peak: list[float]) -> None:
    """Keep the largest sum of memory until the process has ended."""
    stop = threading.Event()
    while not stop.wait(LOOK_S):
        try:
            process = psutil.Process(number)
            family = [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        peak[0] = max(peak[0], sum(map(_measure, family)) / 1e6)


def _measure(process: psutil.Process) -> int:
    """Memory of a process in bytes: its own pages, and its part of those that it shares (where the system tells)."""
    try:
        found = process.memory_full_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return 0
    return getattr(found, "pss", found.uss)
