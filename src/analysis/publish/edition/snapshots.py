"""Snapshots of the project: all runs see the same state of it, and each of it no more than its inputs."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.publish.edition.keys import SourceError
from analysis.publish.runs.failure import RunError
from analysis.publish.runs.run import Run

PLACE = re.compile(r"data/[^/'\":]+/[^/'\":]+\.[a-z]+")
REMEDY = "Name its table in read_register(…, tables=(…))."
STATE = "state"  # the folder with everything that any run reads


def take_snapshots(runs: Sequence[Run], folder: Path) -> list[Run]:
    """
    Copy what the runs read.

    Parameters
    ----------
    runs : sequence of Run
    folder : Path
        An empty one. Each snapshot is a project folder in it, with one notebook in ``notebooks`` and the inputs of
        its runs; `STATE` holds all of them together.

    Returns
    -------
    list of Run
        The same runs, of the copied notebooks and inputs.

    Raises
    ------
    SourceError
        If a file cannot be read.
    """
    state = folder / STATE  # every file is read once, so that the snapshots agree
    snapshots: dict[tuple, Path] = {}
    copied = []
    for run in runs:
        files = {f"notebooks/{run.notebook.name}": run.notebook, **run.inputs}
        names = (run.notebook.name, *sorted(files))
        if names not in snapshots:
            snapshots[names] = folder / str(len(snapshots) + 1)
            for place, source in files.items():
                _copy(source, state / place, place)
                _copy(state / place, snapshots[names] / place, place)
        work = snapshots[names]
        inputs = {place: work / place for place in run.inputs}
        copied.append(replace(run, notebook=work / "notebooks" / run.notebook.name, inputs=inputs))
    return copied


def explain_absence(error: RunError, home: Path, register: Path) -> RunError:
    """
    Add to the message of a run that failed that a file was not there because the run did not say that it reads it.

    Parameters
    ----------
    error : RunError
    home, register : Path
        The project folder, and the register, which may lie elsewhere.

    Returns
    -------
    RunError
        The same, if it names no file of the project that the run could not read.
    """
    known = error.run.inputs if error.run else {}
    for place in PLACE.findall(str(error)):
        sources = (home / place, register.parent / place.removeprefix("data/"))
        if place not in known and any(path.is_file() for path in sources):
            hint = f". The project has {place}, but the notebook does not say that it reads it. {REMEDY}"
            failure = error.failure and replace(error.failure, kind="input", cause=error.failure.cause + hint)
            return RunError(f"{error}{hint}", failure, error.run)
    return error


def _copy(source: Path, target: Path, place: str) -> None:
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = source.open("rb")
        except OSError as error:
            text = f"{place}: cannot be read ({error.strerror}). Put it back, then build again."
            raise SourceError(text) from None
        with file, target.open("wb") as copy:
            shutil.copyfileobj(file, copy)
