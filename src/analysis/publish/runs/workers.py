"""Several runs at once, each in a worker."""

import contextlib
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.publish.runs.caretaker import outlived
from analysis.publish.runs.kernels import SHELL, serve_kernels
from analysis.publish.runs.limits import USUAL, Limits
from analysis.publish.runs.run import Finished, Run, RunError
from analysis.publish.runs.worker import Finish, Job, Tools, Worker

if TYPE_CHECKING:
    from analysis.publish.runs.forks import KernelServer

Begin = Callable[[Run], None]


def execute_runs(
    jobs: Sequence[Job],
    workers: int | None = None,
    finish: Finish | None = None,
    kernels: "AbstractContextManager[Kernels] | None" = None,
    limits: Limits = USUAL,
    begin: Begin = lambda run: None,
) -> Iterator[Finished | RunError]:
    """
    Execute runs in worker processes, in their order; give each outcome as soon as it is there.

    Parameters
    ----------
    jobs : sequence of Job
        Longest first keeps all workers busy to the end.
    workers : int, optional
        How many at once; as many as there are processors by default.
    finish : callable, optional
        Is called in the worker with each run that is done and its folder; it returns what becomes ``Finished.said``,
        or raises `RunError`.
    kernels : context manager of Kernels, optional
        What starts kernels; by default that of `open_kernels`.
    limits : Limits
        For each run; a worker that does not keep to them is ended.
    begin : callable
        Is told each run that begins.

    Yields
    ------
    Finished or RunError
        A failed run does not stop the others. Leaving the loop early stops all workers and their kernels.
    """
    if not jobs:
        return
    with kernels or open_kernels() as opened:
        server = opened.server
        tools = Tools(opened.scratch, server.address if server else None, finish, limits)
        yield from _manage(list(reversed(jobs)), tools, workers or os.cpu_count() or 1, server, begin)


@dataclass(frozen=True)
class Kernels:
    """What starts kernels, None where they start by themselves, and a folder for all that is temporary."""

    scratch: Path
    server: "KernelServer | None"


@contextlib.contextmanager
def open_kernels(
    kernel: str | None = None, steps: Sequence[str] = (), home: Path | None = None
) -> Iterator[Kernels]:
    """
    Start what starts kernels; it gets ready while this process goes on.

    Parameters
    ----------
    kernel, steps, home
        As for `analysis.publish.runs.kernels.serve_kernels`.
    """
    with _make_scratch() as scratch, serve_kernels(scratch, kernel, [*steps, SHELL], home) as server:
        yield Kernels(scratch, server)


@contextlib.contextmanager
def _make_scratch() -> Iterator[Path]:
    """Make a folder for all that is temporary. Its name is known beforehand, so that it can be removed at any moment."""
    scratch = Path(tempfile.gettempdir(), f"twinning-{secrets.token_hex(4)}")
    with outlived("analysis.publish.runs.caretaker:remove", str(scratch)):
        try:
            scratch.mkdir(mode=0o700)
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _manage(
    waiting: list[Job], tools: Tools, workers: int, server: "KernelServer | None", begin: Begin
) -> Iterator[Finished | RunError]:
    """Keep the workers busy, and the server of their kernels alive; stop the workers at the end."""
    crew: list[Worker] = []
    try:
        while waiting or any(worker.run for worker in crew):
            for worker in crew:
                if waiting and not worker.run:
                    _give(worker, waiting.pop(), begin)
            while waiting and len(crew) < workers:
                crew.append(Worker(tools))  # in the crew first: an interrupt may follow its start at once
                crew[-1].start()
                _give(crew[-1], waiting.pop(), begin)
            busy = {worker.pipe: worker for worker in crew if worker.run}
            watched = [server.lifeline] if server and server.is_open else []
            for ready in wait([*busy, *watched], _end_late(busy.values())):
                if server and ready is server.lifeline:
                    server.start()
                    continue
                outcome = busy[ready].take()
                if not busy[ready].process.is_alive():
                    crew.remove(busy[ready])
                yield outcome
    finally:
        for worker in crew:
            worker.stop()


def _give(worker: Worker, job: Job, begin: Begin) -> None:
    """Start a run and say so."""
    begin(job.run)
    worker.give(job)


def _end_late(busy: Iterable[Worker]) -> float:
    """End workers whose time is over, so that their pipes tell; return the seconds until the next one's is."""
    now = time.monotonic()
    for worker in busy:
        if worker.end <= now:
            worker.process.kill()
    return max(min(worker.end for worker in busy) - now, 0.1)
