"""One build of a folder at a time."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

BEYOND = 1 << 30  # Windows locks bytes; these lie behind the text, which others may so read


class LockedError(RuntimeError):
    """Another process holds the lock; ``holder`` is its number, or ``unknown``."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(holder)


@contextlib.contextmanager
def hold_lock(path: Path, patience_s: float = 0, wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """
    Hold the lock file `path` during the block. The system releases it when this process ends, however it ends.

    Parameters
    ----------
    path : Path
    patience_s : float
        For how many seconds to try if another process holds it.
    wait : callable, optional
        If given, wait without an end; it is told the holder once.

    Raises
    ------
    LockedError
        If another process holds it.
    """
    file = _await_seized(path, patience_s, wait)
    with contextlib.suppress(OSError):  # on a full disk nobody is told who holds it
        os.ftruncate(file.fileno(), 0)
        os.write(file.fileno(), str(os.getpid()).encode())
    try:
        yield
    finally:
        if os.name == "nt":  # an open file cannot be removed there
            file.close()
        with contextlib.suppress(OSError):
            path.unlink()
        file.close()


def _await_seized(path: Path, patience_s: float, wait: Callable[[str], None] | None) -> IO[str]:
    """Open the file and seize it, in the end."""
    begin, is_told = time.monotonic(), False
    while True:
        try:
            return _open_seized(path)
        except LockedError as error:
            is_over = time.monotonic() - begin >= patience_s
            if is_over and not wait:
                raise
            if is_over and wait and not is_told:
                wait(error.holder)
                is_told = True
        time.sleep(0.1)


def _open_seized(path: Path) -> IO[str]:
    """Open the file and seize it; again, if its last holder removed it in between."""
    while True:
        file = path.open("a+", encoding="ascii")
        try:
            _seize(file.fileno())
            if os.name == "nt" or path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            file.close()
            raise LockedError(holder or "unknown") from None
        file.close()


def _seize(descriptor: int) -> None:
    """Lock an open file, or raise BlockingIOError."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        os.lseek(descriptor, BEYOND, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(str(error)) from None
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
