"""One build of a folder at a time."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

BEYOND = 1 << 30  # Windows locks bytes; these lie behind the text, which others may so read


class LockedError(RuntimeError):
    """Another process holds the lock; ``holder`` is its number, or ``unknown``."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(holder)


@contextlib.contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """
    Hold the lock file `path` during the block. The system releases it when this process ends, however it ends.

    Raises
    ------
    LockedError
        At once, if another process holds it.
    """
    file = _open_seized(path)
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    try:
        yield
    finally:
        if os.name == "nt":  # an open file cannot be removed there
            file.close()
        with contextlib.suppress(OSError):
            path.unlink()
        file.close()


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
