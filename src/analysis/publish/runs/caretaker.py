"""
A process that clears up if this one is killed, when nothing in it can run any more.

It waits until the pipe from its parent ends, and calls the function it was told. Whoever started it ends it beforehand
if all went well; after an error it may look once more, since a second Ctrl-C can stop a process that clears up itself.
"""

import contextlib
import importlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE_S = 10  # for processes that are about to end and still write
QUIET_S = 0.5  # without anything new


@contextlib.contextmanager
def outlived(function: str, *arguments: str) -> Iterator[None]:
    """
    Have a function called if this process is killed during the block, or the block ends with an error.

    Parameters
    ----------
    function : str
        As ``package.module:function``.
    *arguments : str
        For the function.
    """
    command = [sys.executable, "-P", __file__, function, *arguments]
    # A session of its own, since Ctrl-C and the end of a terminal reach the whole group; no folder that it would hold
    process = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=Path(sys.prefix), start_new_session=True)
    try:
        yield
        process.kill()
    finally:
        process.stdin.close()
        process.wait()


def remove(folder: str) -> None:
    """Remove a folder, again if somebody writes to it until the end."""
    end, quiet = time.monotonic() + PATIENCE_S, 0.0
    while time.monotonic() < end and quiet < QUIET_S:
        quiet = 0.0 if Path(folder).exists() else quiet + 0.1
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.1)


def main() -> None:
    """Wait for the end of the parent, then call the function."""
    sys.stdin.buffer.read()
    module, _, name = sys.argv[1].partition(":")
    getattr(importlib.import_module(module), name)(*sys.argv[2:])


if __name__ == "__main__":
    main()
