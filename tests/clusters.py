"""Parts of a Dask cluster as processes of their own, and what they do with a report."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading


def start(program, *options):
    """Start a part of a cluster; give it and the address that it names first."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", f"distributed.cli.dask_{program}", *options],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},  # so that it finds this module
        start_new_session=True,
    )
    for line in process.stderr:
        if found := re.search(r"(Scheduler at|Registered to): +(tcp://\S+)", line):
            threading.Thread(
                target=process.stderr.read, daemon=True
            ).start()  # or it would block when the pipe is full
            return process, found[2]
    raise AssertionError(f"{program} did not start")


def end(process):
    """End a part of a cluster at once."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stderr.close()


def count_files(done, folder):
    """Write a form of a report: how many files there were."""
    (folder / "count.txt").write_text(str(len(list(folder.rglob("*.ipynb")))))
    return done.run.key, "said"
