"""One run: one notebook, executed by papermill with its parameters, so that the same inputs give the same bytes."""

import json
import logging
import re
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.publish.runs.failure import Failure, RunError, describe_fault, locate, merge_cells, quote_start
from analysis.publish.runs.kernels import offer_kernel
from analysis.publish.runs.limits import USUAL, Limits

if TYPE_CHECKING:
    from nbformat import NotebookNode

MEMORY_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+")


@dataclass(frozen=True)
class Run:
    """
    A notebook to execute in one language.

    ``key`` names the report inside its edition and is the path of its files without ending: ``evaluation`` or
    ``partner/kyiv``. ``inputs`` are the files that it may read, by their place in the project, as
    ``data/leipzig/cities.csv``.
    """

    notebook: Path
    language: str
    key: str
    parameters: Mapping[str, Any] = field(default_factory=dict, hash=False)
    inputs: Mapping[str, Path] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


@dataclass(frozen=True)
class Finished:
    """
    A run that is done. ``notes`` is what its cells wrote to standard error, as warnings of libraries: they go to
    whoever runs the build, not into the published notebook. ``said`` is title, summary and mark of the report, once it
    is written in its forms. ``is_kept`` says that an earlier build did it, and its files were taken.
    """

    run: Run
    path: Path
    seconds: float
    notes: str = ""
    said: tuple[str, ...] = ()
    is_kept: bool = False


def execute_run(
    run: Run, folder: Path, work: Path, server: str | None = None, limits: Limits = USUAL
) -> Finished:
    """
    Execute a notebook in a fresh kernel of this Python and write it without what differs between runs.

    Parameters
    ----------
    run : Run
    folder : Path
        Where ``<key>.<language>.ipynb`` is written.
    work : Path
        Snapshot of the project: the kernel starts in ``work/notebooks``, its ``TWINNING_HOME`` is `work`.
    server : str, optional
        Address of the process that starts the kernel, see `analysis.publish.runs.kernels.serve_kernels`.
    limits : Limits

    Raises
    ------
    RunError
        If the notebook cannot be read, its kernel dies, or a cell fails, hangs, eats memory or is never reached.
    """
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="twinning-", ignore_cleanup_errors=True) as scratch:
        executed = _execute(run, work, Path(scratch), server, limits)
    notes = "".join(_take_notes(executed.cells))
    target = folder / f"{run.key}.{run.language}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_write_stable(executed), encoding="utf-8", newline="\n")
    return Finished(run, target, time.monotonic() - begin, notes)


def _execute(run: Run, work: Path, scratch: Path, server: str | None, limits: Limits) -> "NotebookNode":
    """Let papermill execute the notebook; every failure becomes a RunError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of imports that are not ours
        import papermill
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # RunError says what goes wrong
    started: list[NotebookNode] = []
    try:
        with offer_kernel(work, scratch, server, limits) as kernel_manager_class:
            executed = papermill.execute_notebook(
                _read_notebook(run.notebook),
                None,  # papermill writes in place and would format a path that holds braces
                parameters=dict(run.parameters),
                kernel_name="python3",
                language="python",
                cwd=work / "notebooks",
                progress_bar=False,
                request_save_on_cell_execute=False,
                timeout_func=_limit_cells(limits),
                kernel_manager_class=kernel_manager_class,
                on_cell_start=lambda cell, cell_index: started.append(cell),
                record_timing=False,
                coalesce_streams=True,
                shutdown_kernel="immediate",
            )
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in a notebook is told to its reader
        kind, cause = describe_fault(error, limits)
        failure = Failure(kind, cause, len(started), _write_partial(run, started))
        raise RunError(f"{run}: {run.notebook.name}{locate(started)}: {cause}", failure) from None
    _check_complete(run, executed)
    return executed


def _limit_cells(limits: Limits) -> "Callable[[NotebookNode], float]":
    """Give what tells how many seconds a cell may take, in a run that begins now."""
    end = time.monotonic() + limits.run_s
    return lambda cell: max(min(limits.cell_s, end - time.monotonic()), 0.1)


def _read_notebook(path: Path) -> "NotebookNode":
    """Read a notebook; cells without an id get one that does not change from run to run."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells, start=1):
        cell.setdefault("id", f"cell-{number}")
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
    return notebook


def _check_complete(run: Run, executed: "NotebookNode") -> None:
    """Refuse a notebook that a cell ended early without an error (papermill lets ``exit()`` pass)."""
    for number, cell in enumerate(executed.cells, start=1):
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            cause = "ends the notebook. Remove the exit."
            failure = Failure("cell", cause, number, _write_stable(executed))
            raise RunError(f"{run}: {run.notebook.name}, cell{quote_start(cell)}: {cause}", failure)


def _write_partial(run: Run, started: "list[NotebookNode]") -> str:
    """Write a notebook as far as it came; empty if it cannot be read."""
    try:
        return _write_stable(merge_cells(_read_notebook(run.notebook), started))
    except Exception:  # noqa: BLE001 - what is wrong with the file has been told
        return ""


def _take_notes(cells: "Iterable[NotebookNode]") -> list[str]:
    """Take what was written to standard error out of the cells: it holds machine paths and process ids."""
    notes = []
    for cell in cells:
        outputs = cell.get("outputs", [])
        is_note = [output.output_type == "stream" and output.name == "stderr" for output in outputs]
        notes += [output.text for output, is_one in zip(outputs, is_note, strict=True) if is_one]
        if any(is_note):
            cell.outputs = [output for output, is_one in zip(outputs, is_note, strict=True) if not is_one]
    return notes


def _write_stable(executed: "NotebookNode") -> str:
    """Write a notebook, which changes, as JSON without times, random ids, memory addresses and the patch level of Python."""
    executed.metadata.pop("papermill", None)
    executed.metadata.get("language_info", {}).pop("version", None)
    for cell in executed.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
        elif not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
        for output in cell.get("outputs", []):
            data = output.get("data", output)
            for kind in ("text/plain", "text"):
                if isinstance(data.get(kind), str):
                    data[kind] = MEMORY_ADDRESS.sub("at 0x0", data[kind])
    return _lay_out(executed)


def _lay_out(notebook: "NotebookNode") -> str:
    """Write a notebook as JSON with a line for each cell: indented, large ones take longer than their cells to run."""
    write = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
    about = {name: value for name, value in notebook.items() if name != "cells"}
    cells = ",\n".join(map(write, notebook.cells))
    return f'{{"cells": [\n{cells}\n],\n{write(about)[1:]}\n'
