"""Publishing by one rename: readers see the last good generation of a folder until the new one is whole.

Generations lie in ``.generations`` beside the published folder, which is a symbolic link to one of them. Where links
are not to be had (Windows) the folder itself is moved, by two renames; what a crash between them leaves half done is
mended at the next start."""

import contextlib
import errno
import secrets
import signal
import threading
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from analysis.publish.edition.lock import LockedError, hold_lock
from analysis.publish.edition.store import (
    KEPT,
    MARK,
    STORE,
    list_generations,
    list_kept,
    mend,
    number_moved,
    number_of,
    remove_others,
    show,
    sync,
)

PATIENCE_S = 2  # with who holds the lock: it may only clear up after a build that was killed
# What may befall whoever fills the folder; any other fault there has nothing to do with where it lies.
DISK_FAULTS = {
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
    errno.ENAMETOOLONG,
}


class PublishError(RuntimeError):
    """The folder of reports cannot be written. The message says why and what to do."""


@contextlib.contextmanager
def stage_generation(
    target: Path, keep: int | None = None, wait: Callable[[str], None] | None = None
) -> Iterator[Path]:
    """
    Give an empty folder to fill; when the block ends without an error, it replaces `target` in one step.

    Parameters
    ----------
    target : Path
        The published folder, as ``reports/leipzig-2026``. It need not exist; if it does, it must come from here.
    keep : int, optional
        How many earlier generations stay in the store, the one that is replaced among them. By default that one goes,
        and those that were kept before stay.
    wait : callable, optional
        If given and another process builds `target`, it is told the number of that process, which is waited for.

    Yields
    ------
    Path
        The folder to fill. After an error, also Ctrl-C, it is removed and `target` stays as it was.

    Raises
    ------
    PublishError
        If `target` is something else, cannot be written, or another process is building it.
    """
    with hold_store(target, wait) as store:
        with _telling_faults(target):
            staging = store / f"{target.name}.building-{secrets.token_hex(4)}"
            staging.mkdir()
        with _telling_faults(target, DISK_FAULTS):
            yield staging
        with _telling_faults(target), _undisturbed():
            _publish(staging, target, store, keep)


def withdraw(target: Path) -> None:
    """Remove a published folder with its generation, if there is one."""
    if target.is_symlink() or target.exists():
        with hold_store(target) as store, _telling_faults(target):
            target.resolve().rename(store / f"{target.name}.building-0")
            target.unlink(missing_ok=True)


def is_held(target: Path) -> bool:
    """Whether somebody seems to build `target` now; after a killed build also without."""
    return _find_lock(target).exists()


def _find_lock(target: Path) -> Path:
    return target.parent / STORE / f"{target.name}.lock"


@contextlib.contextmanager
def hold_store(target: Path, wait: Callable[[str], None] | None = None) -> Iterator[Path]:
    """
    Give the store of `target`, locked, mended and cleared of what killed builds left; clear it again at the end.

    Raises
    ------
    PublishError
        As for `stage_generation`.
    """
    store = target.parent / STORE
    with contextlib.ExitStack() as held:
        with _telling_faults(target):
            _refuse_strangers(target)
            store.mkdir(parents=True, exist_ok=True)  # never removed: another build may be about to use it
            held.enter_context(hold_lock(_find_lock(target), PATIENCE_S, wait))
            held.enter_context(_clearing(target, store))
            mend(target, store)
        yield store


@contextlib.contextmanager
def _clearing(target: Path, store: Path) -> Iterator[None]:
    """Remove at the end what does not stay."""
    try:
        yield
    finally:
        with _undisturbed(), contextlib.suppress(OSError):
            remove_others(target, store)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Ignore Ctrl-C and the end of a service during the block: half a publication or clearing would be worse."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


@contextlib.contextmanager
def _telling_faults(target: Path, numbers: Collection[int] | None = None) -> Iterator[None]:
    """Turn errors of the system into a message on `target`; only those of these numbers, where given."""
    try:
        yield
    except LockedError as error:
        raise PublishError(
            f"{target}: another process (number {error.holder}) is building it. "
            "Wait until it has ended, or repeat the command with --wait."
        ) from None
    except OSError as error:
        if numbers is not None and error.errno not in numbers:
            raise
        cause = f"{error.strerror}: {error.filename}" if error.filename else error.strerror
        raise PublishError(
            f"{target}: cannot be written ({cause}). "
            "Make room and check the rights of the folder, or choose another one with --output."
        ) from None


def _publish(staging: Path, target: Path, store: Path, keep: int | None) -> None:
    """Make the folder that was filled the next generation, and the published one."""
    if target.exists():
        (target / KEPT).touch() if keep else (target / KEPT).unlink(missing_ok=True)
    (staging / MARK).touch()
    sync(staging)
    number = max(map(number_of, list_generations(target, store)), default=0) + 1
    show(staging.rename(store / f"{target.name}.{number}"), target, store)
    number_moved(target, store)
    for path in list_kept(target)[keep:] if keep is not None else []:
        (path / KEPT).unlink()


def _refuse_strangers(target: Path) -> None:
    """Refuse to replace what was not made here."""
    if target.exists() and not (target / MARK).is_file():
        raise PublishError(
            f"{target}: is there already, and not made by twinning; it would be replaced. "
            "Move it away, or choose another folder with --output."
        )
