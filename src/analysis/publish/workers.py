"""Several runs at once, each worker a process: papermill changes the working directory, so threads will not do."""

import contextlib
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from pathlib import Path

from analysis.publish.runs import Finished, Run, RunError, execute_run

Finish = Callable[[Run, Path], tuple[str, str]]


def execute_runs(
    runs: Sequence[Run], folder: Path, work: Path, workers: int | None = None, finish: Finish | None = None
) -> Iterator[Finished | RunError]:
    """
    Execute runs in worker processes, in their order; give each outcome as soon as it is there.

    Parameters
    ----------
    runs : sequence of Run
        Longest first keeps all workers busy to the end.
    folder, work : Path
        As for `execute_run`.
    workers : int, optional
        How many at once; as many as there are processors by default.
    finish : callable, optional
        Is called in the worker with each run that is done and `folder`; it returns what becomes ``Finished.said``, or
        raises `RunError`.

    Yields
    ------
    Finished or RunError
        A failed run does not stop the others. Leaving the loop early stops all workers and their kernels.
    """
    waiting = list(reversed(runs))
    crew: list[_Worker] = []
    scratch = tempfile.TemporaryDirectory(prefix="twinning-", ignore_cleanup_errors=True)
    try:
        while waiting or any(worker.run for worker in crew):
            for worker in crew:
                if waiting and not worker.run:
                    worker.give(waiting.pop())
            while waiting and len(crew) < (workers or os.cpu_count() or 1):
                crew.append(_Worker(folder, work, Path(scratch.name), finish))
                crew[-1].give(waiting.pop())
            for pipe in wait([worker.pipe for worker in crew if worker.run]):
                worker = next(each for each in crew if each.pipe is pipe)
                outcome = worker.take()
                if not worker.process.is_alive():
                    crew.remove(worker)
                yield outcome
    finally:
        for worker in crew:
            worker.process.terminate()
        for worker in crew:
            worker.process.join()
            worker.pipe.close()
        scratch.cleanup()


class _Worker:
    """A process that executes one run after another, and its pipe."""

    def __init__(self, folder: Path, work: Path, scratch: Path, finish: Finish | None) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.run: Run | None = None
        arguments = (theirs, folder, work, scratch, finish)
        self.process = context.Process(target=_serve, args=arguments, daemon=True)
        with _without_interrupts():
            self.process.start()
        theirs.close()

    def give(self, run: Run) -> None:
        """Start a run."""
        self.run = run
        with contextlib.suppress(OSError):  # a dead worker: take() tells
            self.pipe.send(run)

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


def _serve(pipe: Connection, folder: Path, work: Path, scratch: Path, finish: Finish | None) -> None:
    """Execute runs until the parent closes the pipe or ends this process; temporary files go where it clears up."""
    os.environ["TMPDIR"] = os.environ["TEMP"] = tempfile.tempdir = str(scratch)
    signal.signal(signal.SIGINT, lambda *_: None)  # unlike SIG_IGN not inherited by the kernels
    signal.signal(signal.SIGTERM, _leave)
    with contextlib.suppress(EOFError, OSError):
        while True:
            run = pipe.recv()
            try:
                begin = time.monotonic()
                outcome: Finished | RunError = execute_run(run, folder, work)
                if finish:
                    said = finish(run, folder)
                    outcome = replace(outcome, said=said, seconds=time.monotonic() - begin)
            except RunError as error:
                outcome = error
            except OSError as error:
                outcome = RunError(
                    f"{run}: cannot be written ({error}). Make room and check the folder's rights."
                )
            pipe.send(outcome)


def _leave(*_: object) -> None:
    """End the process by an exception, so that a running kernel is stopped on the way."""
    raise SystemExit(1)
