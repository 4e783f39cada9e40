"""A run that failed: what its reader is told, and what is left of its notebook."""

import errno
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.publish.runs.limits import Limits

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from analysis.publish.runs.run import Run

CONTROLS = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
LONGEST = 2000  # characters of a cause; a hostile one may have millions
CELL_FILE = re.compile(r"\(\d+\.py, line (\d+)\)")  # IPython's name for a cell in a SyntaxError
OUT_OF_MEMORY = ("MemoryError", "_ArrayMemoryError")
DIED = (
    "the Python process of the notebook died. Often memory is short: try again with --workers 1, "
    "or allow more with --memory."
)


@dataclass(frozen=True)
class Failure:
    """
    What is known of a run that failed.

    Attributes
    ----------
    kind : {"cell", "input", "time", "memory", "died", "form", "disk"}
        A cell raised an error, or wanted what is not among its inputs; a limit was reached; the kernel or the worker died;
        the report cannot be written in one of its forms, or not at all.
    cause : str
        What happened and what to do, in one or two sentences.
    cells : int
        How many cells were started, from the top; 0 if that is not known.
    notebook : str
        The partial notebook as JSON; empty if nothing is left of it.
    """

    kind: str
    cause: str
    cells: int = 0
    notebook: str = ""


class ClusterError(RuntimeError):
    """Runs cannot be sent to a cluster; the message says what to do."""


class RunError(RuntimeError):
    """
    A run failed. The message names report, notebook, cell and cause, without a traceback.

    ``failure`` is what is known of it; ``run`` is known when a worker gives the error.
    """

    def __init__(self, message: str, failure: Failure | None = None, run: "Run | None" = None) -> None:
        super().__init__(message)
        self.failure, self.run = failure, run


def describe_fault(error: Exception, limits: Limits) -> tuple[str, str]:
    """Return the kind of a failure, and in one or two sentences why a run stopped."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill import PapermillExecutionError

    if isinstance(error, PapermillExecutionError):
        return _describe_raised(error.ename, error.evalue, limits)
    if isinstance(error, CellTimeoutError):
        allowed = f"{limits.cell_s:.0f} seconds, allowed per cell, or {limits.run_s:.0f}, per report"
        return "time", f"no end after {allowed}. Compute less."
    if isinstance(error, DeadKernelError):
        return "died", DIED
    if isinstance(error, RuntimeError):  # of the kernel's start
        return "died", clean(str(error))
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
        return "disk", describe_disk(error)
    return "cell", clean(f"{type(error).__name__}: {error}")


def describe_disk(error: OSError) -> str:
    """Say that a file cannot be written."""
    return clean(f"cannot be written ({error}). Make room and check the rights of the folder.")


def _describe_raised(name: str, text: str, limits: Limits) -> tuple[str, str]:
    """Say what a cell raised."""
    if name in OUT_OF_MEMORY:
        allowed = f"needs more than {limits.memory_mb} MB of memory, allowed per report"
        return "memory", f"{allowed}. Compute less, or allow more with --memory."
    cause = clean(CELL_FILE.sub(r"(line \1)", f"{name}: {text}"))
    return ("input", cause.removeprefix("Refused: ")) if name == "Refused" else ("cell", cause)


def clean(text: str) -> str:
    """Take colours and all that could steer a terminal or turn the order of letters out of a text, and cut it short."""
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return CONTROLS.sub("", short)


def locate(started: "list[NotebookNode]") -> str:
    """Name the last started cell: its number from the top, as in the notebook one edits, and its first line."""
    if not started:
        return ""
    number = sum("injected-parameters" not in cell.metadata.get("tags", []) for cell in started)
    return f", cell {number}" + quote_start(started[-1])


def quote_start(cell: "NotebookNode") -> str:
    """Quote the first line of a cell."""
    return f" ({cell.source.strip().partition(chr(10))[0][:60]})"


def merge_cells(notebook: "NotebookNode", started: "list[NotebookNode]") -> "NotebookNode":
    """Put the cells that were started, with their outputs, into the notebook that they are of."""
    own = {cell.id for cell in notebook.cells}
    by_id = {cell.id: cell for cell in started}
    added = [cell for cell in started if cell.id not in own]  # the parameters of this run
    cells = []
    for cell in notebook.cells:
        cells.append(by_id.get(cell.id, cell))
        if "parameters" in cell.metadata.get("tags", []):
            cells += added
    return type(notebook)({**notebook, "cells": cells})
