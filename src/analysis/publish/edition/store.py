"""The store of generations beside a published folder: what lies in it, which one is shown, what may go."""

import os
import re
import shutil
from pathlib import Path

STORE = ".generations"
MARK = ".generation"
KEPT = ".kept"  # in a generation that stays when another one is published


def list_kept(target: Path) -> list[Path]:
    """List the earlier generations of `target` that were kept, the last one first."""
    store = target.parent / STORE
    found = list_generations(target, store) if store.is_dir() else []
    kept = [path for path in found if (path / KEPT).is_file() and path.resolve() != target.resolve()]
    return sorted(kept, key=number_of, reverse=True)


def is_tidy(target: Path) -> bool:
    """Tell whether `target` is there, and its store holds nothing of a build that runs or was killed."""
    store = target.parent / STORE
    if not target.is_dir() or not store.is_dir():
        return False
    spared = {path.resolve() for path in (target, *list_kept(target))}
    left = [path for path in list_generations(target, store) if path.resolve() not in spared]
    return not left and not list_staged(target, store) and not (store / f"{target.name}.lock").exists()


def mend(target: Path, store: Path) -> None:
    """Mend what a crash left half done, and remove what it left over."""
    whole = sorted(list_generations(target, store), key=number_of)
    if whole and not target.exists():
        show(whole[-1], target, store)
    remove_others(target, store)


def show(generation: Path, target: Path, store: Path) -> None:
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


def number_moved(target: Path, store: Path) -> None:
    """Give a kept generation that was moved out of the way (no links on this system) the number of its age."""
    moved = store / f"{target.name}.0"
    if (moved / KEPT).is_file():
        number = max(map(number_of, list_generations(target, store))) + 1
        moved.rename(store / f"{target.name}.{number}")


def remove_others(target: Path, store: Path) -> None:
    """Remove all that belongs to `target` in the store but the generation it shows, and those that were kept."""
    if target.exists():
        number_moved(target, store)
    spared = {path.resolve() for path in (target, *list_kept(target))}
    for path in [*list_staged(target, store), *list_generations(target, store)]:
        if path.is_dir() and path.resolve() not in spared:
            shutil.rmtree(path, ignore_errors=True)
    (store / f"{target.name}.link").unlink(missing_ok=True)


def list_generations(target: Path, store: Path) -> list[Path]:
    """List the whole generations of `target` in the store, shown or not."""
    numbered = re.compile(re.escape(target.name) + r"\.\d+")
    return [path for path in store.iterdir() if numbered.fullmatch(path.name)]


def list_staged(target: Path, store: Path) -> list[Path]:
    """List the folders that builds of `target` fill, each of its own name: a killed one's workers may still write."""
    staged = re.compile(re.escape(target.name) + r"\.building(-[0-9a-f]+)?")
    return [path for path in store.iterdir() if staged.fullmatch(path.name)]


def number_of(generation: Path) -> int:
    """Return the number of a generation."""
    return int(generation.suffix[1:])


def sync(folder: Path) -> None:
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
