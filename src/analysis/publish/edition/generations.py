"""Publishing by one rename: readers see the last good generation of a folder until the new one is whole.

Generations lie in ``.generations`` beside the published folder, which is a symbolic link to one of them. Where links
are not to be had (Windows) the folder itself is moved, by two renames; what a crash between them leaves half done is
mended at the next start."""

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from analysis.publish.edition.lock import LockedError, hold_lock

STORE = ".generations"
MARK = ".generation"
KEPT = ".kept"  # in a generation that stays when another one is published
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
def stage_generation(target: Path, keep: int | None = None) -> Iterator[Path]:
    """
    Give an empty folder to fill; when the block ends without an error, it replaces `target` in one step.

    Parameters
    ----------
    target : Path
        The published folder, as ``reports/leipzig-2026``. It need not exist; if it does, it must come from here.
    keep : int, optional
        How many earlier generations stay in the store, the one that is replaced among them. By default that one goes,
        and those that were kept before stay.

    Yields
    ------
    Path
        The folder to fill. After an error, also Ctrl-C, it is removed and `target` stays as it was.

    Raises
    ------
    PublishError
        If `target` is something else, cannot be written, or another process is building it.
    """
    store = target.parent / STORE
    with contextlib.ExitStack() as held:
        with _telling_faults(target):
            _refuse_strangers(target)
            store.mkdir(parents=True, exist_ok=True)  # never removed: another build may be about to use it
            held.enter_context(hold_lock(store / f"{target.name}.lock"))
            held.callback(_remove_others, target, store)
            staging = _prepare(target, store)
        with _telling_faults(target, DISK_FAULTS):
            yield staging
        with _telling_faults(target):
            _publish(staging, target, store, keep)


def list_kept(target: Path) -> list[Path]:
    """List the earlier generations of `target` that were kept, the last one first."""
    store = target.parent / STORE
    found = _list_generations(target, store) if store.is_dir() else []
    kept = [path for path in found if (path / KEPT).is_file() and path.resolve() != target.resolve()]
    return sorted(kept, key=_number, reverse=True)


def is_tidy(target: Path) -> bool:
    """Tell whether `target` is there, and its store holds nothing of a build that runs or was killed."""
    store = target.parent / STORE
    if not target.is_dir() or not store.is_dir():
        return False
    spared = {path.resolve() for path in (target, *list_kept(target))}
    left = [path for path in _list_generations(target, store) if path.resolve() not in spared]
    return not left and not any((store / f"{target.name}.{kind}").exists() for kind in ("building", "lock"))


@contextlib.contextmanager
def _telling_faults(target: Path, numbers: Collection[int] | None = None) -> Iterator[None]:
    """Turn errors of the system into a message on `target`; only those of these numbers, where given."""
    try:
        yield
    except LockedError as error:
        raise PublishError(
            f"{target}: another process (number {error.holder}) is building it. Wait until it has ended."
        ) from None
    except OSError as error:
        if numbers is not None and error.errno not in numbers:
            raise
        raise PublishError(
            f"{target}: cannot be written ({error.strerror}: {error.filename}). "
            "Make room and check the rights of the folder, or choose another one with --output."
        ) from None


def _prepare(target: Path, store: Path) -> Path:
    """Mend what a crash left half done, remove what it left over, and make the folder to fill."""
    whole = sorted(_list_generations(target, store), key=_number)
    if whole and not target.exists():
        _show(whole[-1], target, store)
    _remove_others(target, store)
    staging = store / f"{target.name}.building"
    staging.mkdir()
    return staging


def _publish(staging: Path, target: Path, store: Path, keep: int | None) -> None:
    """Make the folder that was filled the next generation, and the published one."""
    if target.exists():
        (target / KEPT).touch() if keep else (target / KEPT).unlink(missing_ok=True)
    (staging / MARK).touch()
    _sync(staging)
    number = max(map(_number, _list_generations(target, store)), default=0) + 1
    _show(staging.rename(store / f"{target.name}.{number}"), target, store)
    _number_moved(target, store)
    for path in list_kept(target)[keep:] if keep is not None else []:
        (path / KEPT).unlink()


def _show(generation: Path, target: Path, store: Path) -> None:
    """Make a whole generation the published one."""
    link = store / f"{target.name}.link"
    link.unlink(missing_ok=True)
    try:
        link.symlink_to(Path(STORE) / generation.name, target_is_directory=True)
    except (OSError, NotImplementedError):
        link = generation  # no links on this system: the folder itself takes the place
    if target.is_dir() and not target.is_symlink():
        target.rename(store / f"{target.name}.0")
    os.replace(link, target)
    _sync_folder(target.parent)


def _number_moved(target: Path, store: Path) -> None:
    """Give a kept generation that was moved out of the way (no links on this system) the number of its age."""
    moved = store / f"{target.name}.0"
    if (moved / KEPT).is_file():
        number = max(map(_number, _list_generations(target, store))) + 1
        moved.rename(store / f"{target.name}.{number}")


def _remove_others(target: Path, store: Path) -> None:
    """Remove all that belongs to `target` in the store but the generation it shows, and those that were kept."""
    if target.exists():
        _number_moved(target, store)
    spared = {path.resolve() for path in (target, *list_kept(target))}
    for path in [store / f"{target.name}.building", *_list_generations(target, store)]:
        if path.is_dir() and path.resolve() not in spared:
            shutil.rmtree(path, ignore_errors=True)
    (store / f"{target.name}.link").unlink(missing_ok=True)


def _list_generations(target: Path, store: Path) -> list[Path]:
    """List the whole generations of `target` in the store, shown or not."""
    numbered = re.compile(re.escape(target.name) + r"\.\d+")
    return [path for path in store.iterdir() if numbered.fullmatch(path.name)]


def _number(generation: Path) -> int:
    """Return the number of a generation."""
    return int(generation.suffix[1:])


def _refuse_strangers(target: Path) -> None:
    """Refuse to replace what was not made here."""
    if target.exists() and not (target / MARK).is_file():
        raise PublishError(
            f"{target}: is there already, and not made by twinning; it would be replaced. "
            "Move it away, or choose another folder with --output."
        )


def _sync(folder: Path) -> None:
    """Have the system write a folder's files to disk, before a rename makes them the published ones."""
    for parent, _, names in os.walk(folder):
        for name in names:
            with open(Path(parent, name), "rb+") as file:
                os.fsync(file.fileno())
        _sync_folder(Path(parent))


def _sync_folder(folder: Path) -> None:
    """Have the system write a folder's entries to disk; Windows cannot, and need not."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
