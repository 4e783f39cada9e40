"""Several runs at once, each worker a process: papermill changes the working directory, so threads will not do."""

import contextlib
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.publish.runs.kernels import serve_kernels
from analysis.publish.runs.run import Finished, Run, RunError, execute_run

if TYPE_CHECKING:
    from analysis.publish.runs.forks import KernelServer

Finish = Callable[[Finished, Path], tuple[str, str]]


@dataclass(frozen=True)
class Job:
    """A run, the folder its files are written to, and the snapshot that it reads, both as for `execute_run`."""

    run: Run
    folder: Path
    work: Path


def execute_runs(
    jobs: Sequence[Job],
    workers: int | None = None,
    finish: Finish | None = None,
    kernel: str | None = None,
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
    kernel : {"fork", "spawn"}, optional
        How kernels start, see `analysis.publish.runs.kernels.serve_kernels`.

    Yields
    ------
    Finished or RunError
        A failed run does not stop the others. Leaving the loop early stops all workers and their kernels.
    """
    with (
        tempfile.TemporaryDirectory(prefix="twinning-", ignore_cleanup_errors=True) as scratch,
        serve_kernels(Path(scratch), kernel) as server,
    ):
        tools = _Tools(Path(scratch), server.address if server else None, finish)
        yield from _manage(list(reversed(jobs)), tools, workers or os.cpu_count() or 1, server)


def _manage(
    waiting: list[Job], tools: "_Tools", workers: int, server: "KernelServer | None"
) -> Iterator[Finished | RunError]:
    """Keep the workers busy, and the server of their kernels alive; stop the workers at the end."""
    crew: list[_Worker] = []
    try:
        while waiting or any(worker.run for worker in crew):
            for worker in crew:
                if waiting and not worker.run:
                    worker.give(waiting.pop())
            while waiting and len(crew) < workers:
                crew.append(_Worker(tools))
                crew[-1].give(waiting.pop())
            busy = {worker.pipe: worker for worker in crew if worker.run}
            watched = [server.lifeline] if server and server.is_open else []
            for ready in wait([*busy, *watched]):
                if server and ready is server.lifeline:
                    server.start()
                    continue
                outcome = busy[ready].take()
                if not busy[ready].process.is_alive():
                    crew.remove(busy[ready])
                yield outcome
    finally:
        for worker in crew:
            worker.process.terminate()
        for worker in crew:
            worker.process.join()
            worker.pipe.close()


@dataclass(frozen=True)
class _Tools:
    """What all workers have."""

    scratch: Path
    server: str | None
    finish: Finish | None


class _Worker:
    """A process that executes one run after another, and its pipe."""

    def __init__(self, tools: _Tools) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.run: Run | None = None
        self.process = context.Process(target=_serve, args=(theirs, tools), daemon=True)
        with _without_interrupts():
            self.process.start()
        theirs.close()

    def give(self, job: Job) -> None:
        """Start a run."""
        self.run = job.run
        with contextlib.suppress(OSError):  # a dead worker: take() tells
            self.pipe.send(job)

    def take(self) -> Finished | RunError:
        """Return how the run went, once the pipe is ready."""
        run, self.run = self.run, None
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            self.pipe.close()
            code = self.process.exitcode
            return RunError(
                f"{run}: its process ended unexpectedly (code {code}). Try again with --workers 1."
            )


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start children deaf to Ctrl-C, which reaches the whole group: only the parent shall answer it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(pipe: Connection, tools: _Tools) -> None:
    """Execute runs until the parent closes the pipe or ends this process; temporary files go where it clears up."""
    # Of jsonschema, for a format that no notebook has: importing it takes longer than all else here together.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    os.environ["TMPDIR"] = os.environ["TEMP"] = tempfile.tempdir = str(tools.scratch)
    signal.signal(signal.SIGINT, lambda *_: None)  # unlike SIG_IGN not inherited by the kernels
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_outlive, args=(tools.scratch,), daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(_execute(pipe.recv(), tools))


def _execute(job: Job, tools: _Tools) -> Finished | RunError:
    """Execute a run and finish it; a failure is returned."""
    begin = time.monotonic()
    try:
        outcome = execute_run(job.run, job.folder, job.work, tools.server)
        if tools.finish:
            said = tools.finish(outcome, job.folder)
            outcome = replace(outcome, said=said, seconds=time.monotonic() - begin)
        return outcome
    except RunError as error:
        return error
    except OSError as error:
        return RunError(f"{job.run}: cannot be written ({error}). Make room and check the folder's rights.")


def _outlive(scratch: Path) -> None:
    """When the parent has been killed, clear up in its place and end this process."""
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    while scratch.exists():  # another worker may still write to it
        shutil.rmtree(scratch, ignore_errors=True)
        time.sleep(0.1)
    os._exit(1)


def _leave(*_: object) -> None:
    """End the process by an exception, so that a running kernel is stopped on the way."""
    raise SystemExit(1)
