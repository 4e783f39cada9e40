"""One worker: a process that executes one run after another. A thread would not do, papermill changes the working folder."""

import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path

from analysis.publish.runs.failure import Failure, RunError, clean, describe_disk
from analysis.publish.runs.limits import Limits
from analysis.publish.runs.run import Finished, Run, execute_run

Finish = Callable[[Finished, Path], tuple[str, str]]


@dataclass(frozen=True)
class Job:
    """A run, the folder its files are written to, and the snapshot that it reads, both as for `execute_run`."""

    run: Run
    folder: Path
    work: Path


@dataclass(frozen=True)
class Tools:
    """What all workers have."""

    scratch: Path
    server: str | None
    finish: Finish | None
    limits: Limits


class Worker:
    """A process that executes one run after another, and its pipe."""

    def __init__(self, tools: Tools) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.run: Run | None = None
        self.limits, self.end = tools.limits, 0.0
        self.process = context.Process(target=_serve, args=(theirs, tools), daemon=True)
        self._theirs = theirs

    def start(self) -> None:
        """Start the process."""
        with _without_interrupts():
            self.process.start()
        self._theirs.close()

    def stop(self) -> None:
        """End the process, whatever it does; the server ends its kernel."""
        if self.process.pid:
            self.process.kill()
            self.process.join()
        self.pipe.close()

    def give(self, job: Job) -> None:
        """Start a run."""
        self.run, self.end = job.run, time.monotonic() + self.limits.last_s()
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
            failure = self._explain_end()
            return RunError(f"{run}: {failure.cause}", failure, run)

    def _explain_end(self) -> Failure:
        """Say why this process has ended."""
        if self.end <= time.monotonic():
            limit = f"no end after {self.limits.run_s:.0f} seconds, allowed per report with its forms"
            return Failure("time", f"{limit}. Compute less, or ask for fewer with --format.")
        code = self.process.exitcode
        return Failure("died", f"its process ended unexpectedly (code {code}). Try again with --workers 1.")


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start children deaf to Ctrl-C, which reaches the whole group: only the parent shall answer it, afterwards."""
    if os.name != "posix":
        yield
        return
    resource_tracker.ensure_running()  # its start would let interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, tools: Tools) -> None:
    """Execute runs until the parent closes the pipe or ends this process; temporary files go where it clears up."""
    # Of jsonschema, for formats that no notebook has: importing them takes longer than all else here together.
    for name in ("rfc3987_syntax", "isoduration"):
        sys.modules[name] = None  # type: ignore[assignment]
    os.environ["TMPDIR"] = os.environ["TEMP"] = tempfile.tempdir = str(tools.scratch)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(execute_job(pipe.recv(), tools))


def execute_job(job: Job, tools: Tools) -> Finished | RunError:
    """Execute a run and finish it; a failure is returned."""
    return guard(job.run, lambda: _finish(job, tools))


def guard(run: Run, work: Callable[[], Finished]) -> Finished | RunError:
    """Do work on a run; a failure is returned."""
    try:
        return work()
    except RunError as error:
        error.run = run
        return error
    except OSError as error:
        cause = describe_disk(error)
        return RunError(f"{run}: {cause}", Failure("disk", cause), run)
    except Exception as error:  # noqa: BLE001 - the other reports are made all the same
        cause = f"a fault of the program ({clean(f'{type(error).__name__}: {error}')}). Please report it."
        return RunError(f"{run}: {cause}", Failure("form", cause), run)


def _finish(job: Job, tools: Tools) -> Finished:
    begin = time.monotonic()
    done = execute_run(job.run, job.folder, job.work, tools.server, tools.limits)
    if not tools.finish:
        return done
    said = tools.finish(done, job.folder)
    return replace(done, said=said, seconds=time.monotonic() - begin)


def _end_with_parent() -> None:
    """End this process when its parent has been killed; a process of its own clears up."""
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)
