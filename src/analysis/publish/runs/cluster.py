"""Runs on a Dask cluster: a task takes its snapshot there and brings its files back, so that no disk has to be shared."""

import functools
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from analysis.publish.runs.failure import ClusterError, Failure, RunError
from analysis.publish.runs.kernels import SHELL, serve_kernels
from analysis.publish.runs.limits import USUAL, Limits
from analysis.publish.runs.parcels import describe_software, pack, unpack
from analysis.publish.runs.run import Finished, Run
from analysis.publish.runs.worker import Finish, Job, Tools, execute_job, guard

OPEN = ExitStack()  # what a worker of the cluster keeps to its end


# fmt: off
def execute_on_cluster(
    jobs: Sequence[Job], address: str, finish: Finish, keep: Callable[[Finished, Path], None], kernel: str | None = None,
    steps: Sequence[str] = (), limits: Limits = USUAL, begin: Callable[[Run], None] = lambda run: None,
) -> Iterator[Finished | RunError]:
    """As `analysis.publish.runs.workers.execute_runs`, on a cluster; `keep` is told here what was finished there."""
    try:
        from distributed import Client, as_completed

        client = Client(address)
    except (ImportError, OSError, ValueError) as error:
        raise ClusterError(f"--cluster: {address!r} cannot be used ({error}). See deploy/README.md.") from None
    with client:
        # Tasks, not scattered data: what a worker held that is lost, the cluster makes anew.
        hold = functools.cache(lambda content: client.submit(bytes, content, pure=False))
        tools, sent = client.submit(tuple, [finish, (kernel, *steps), limits, describe_software()], pure=False), {}
        for job in jobs:
            begin(job.run)
            files = {place: hold(content) for place, content in pack(job.work).items()}
            sent[client.submit(_execute, job.run, files, tools, pure=False)] = job
        for task in as_completed(sent):
            yield _receive(task, sent[task], keep)


def _execute(run: Run, files: Mapping[str, bytes], tools: tuple) -> tuple[Finished | RunError, dict[str, bytes]]:
    """Execute a run in a worker of the cluster; return its outcome and the files that it has made."""
    from distributed import get_worker

    finish, kernels, limits, software = tools
    if get_worker().state.nthreads > 1 or software != describe_software():
        raise ClusterError("--cluster: each worker needs --nthreads 1 and equal software. See deploy/README.md.")
    server = _open_server(*kernels, folder=get_worker().local_directory)
    if server and server.is_open and wait([server.lifeline], 0):  # it has died
        server.start()
    with tempfile.TemporaryDirectory(prefix="twinning-") as scratch:
        work, folder = unpack(files, Path(scratch, "work")), Path(scratch, "made")
        job = Job(replace(run, notebook=work / "notebooks" / run.notebook.name), folder, work)
        return execute_job(job, Tools(Path(scratch), server and server.address, finish, limits)), pack(folder)


@functools.cache
def _open_server(kernel: str | None, *steps: str, folder: str) -> Any:
    return OPEN.enter_context(serve_kernels(Path(tempfile.mkdtemp(dir=folder)), kernel, [*steps, SHELL]))


def _receive(task: Any, job: Job, keep: Callable[[Finished, Path], None]) -> Finished | RunError:
    """Write what a run has made into its folder, and return its outcome."""
    try:
        outcome, files = task.result()
    except Exception as error:
        if isinstance(error, ClusterError):
            raise
        cause = f"was lost on the cluster ({error}). Look at the logs of its workers, then build again."
        return RunError(f"{job.run}: {cause}", Failure("died", cause), job.run)
    if isinstance(outcome, RunError):
        return RunError(str(outcome), outcome.failure, job.run)
    path = unpack(files, job.folder) / f"{job.run.key}.{job.run.language}.ipynb"
    done = replace(outcome, run=job.run, path=path)
    return guard(job.run, lambda: keep(done, job.folder) or done)
