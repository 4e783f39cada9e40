"""Which modules of this package a notebook uses, read from its source without running it."""

import ast
import json
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
READER = "analysis.tables.register"

# Names by which a cell may load what its import statements do not tell
_HIDDEN = {"__import__", "import_module", "exec", "eval", "run_module", "run_path", "get_ipython"}


def parse_cells(notebook: Path) -> list[ast.Module] | None:
    """
    Parse the code cells of a notebook.

    Parameters
    ----------
    notebook : Path
        Any file; one that is no notebook has no cells.

    Returns
    -------
    list of ast.Module or None
        None if a cell cannot be parsed, as one with commands of IPython: it may use anything.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        return [ast.parse(source) for source in sources]
    except (ValueError, KeyError, TypeError, SyntaxError):
        return None


def find_imports(notebook: Path) -> set[str] | None:
    """
    Name the modules that a notebook imports, ``a`` and ``a.b`` for ``from a import b``.

    Returns
    -------
    set of str or None
        None if that does not show in its source: it may use any.
    """
    trees = parse_cells(notebook)
    if trees is None:
        return None
    nodes = [node for tree in trees for node in ast.walk(tree)]
    named = {getattr(node, "id", getattr(node, "attr", "")) for node in nodes}
    named |= {node.name for node in nodes if isinstance(node, ast.alias)}  # they may have other names then
    if named & _HIDDEN:
        return None
    return {name for tree in trees for name in _list_imports(tree.body, "")}


def find_modules(names: Iterable[str], package: Path = PACKAGE) -> dict[str, Path]:
    """
    Follow imports through a package.

    Parameters
    ----------
    names : iterable of str
        Modules to begin with; those that are not of the package are passed over.
    package : Path
        Folder of the package.

    Returns
    -------
    dict of str to Path
        File of each module that the first ones reach, at any depth, also inside functions.
    """
    known = {
        _name_module(place): path for place, path in list_package(package).items() if path.suffix == ".py"
    }
    found: dict[str, Path] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            path = found[name] = known[name]
            above = name.rpartition(".")[0]
            parent = name if path.name == "__init__.py" else above
            waiting += [*_read_imports(path.read_text(encoding="utf-8"), parent), above]
    return found


def find_files(names: Iterable[str]) -> dict[str, Path]:
    """The files of the modules of this package that some modules reach, and what lies beside them, as templates.

    They have their places as names, ``analysis/…``.
    """
    reached = set(find_modules(names).values())
    folders = {path.parent for path in reached}
    return {
        place: path
        for place, path in list_package().items()
        if (path in reached if path.suffix == ".py" else _find_room(path) in folders)
    }


def list_shared(notebooks: Iterable[Path]) -> list[str]:
    """
    Name the modules of this package that each of some notebooks reaches, in the order of their names.

    They may be loaded once for all kernels. Others would be within reach of all, and not among what those are made of.
    """
    imported = [find_imports(notebook) for notebook in notebooks]
    reached = [set(find_modules(names)) for names in imported if names is not None]
    return sorted(set.intersection(*reached)) if len(reached) == len(imported) > 0 else []


def list_steps(notebooks: Iterable[Path], register: Path) -> list[str]:
    """
    Say what may be done once for the kernels of some notebooks, see `analysis.publish.runs.kernels.serve_kernels`.

    Each kernel reads the register all the same, but need not check again what it finds unchanged.
    """
    shared = list_shared(notebooks)
    return [*shared, f"{READER}:read_ahead:{register}"] if READER in shared else shared


def list_package(package: Path = PACKAGE) -> dict[str, Path]:
    """All files of a package by their places, ``analysis/…``, without what Python and editors leave there."""
    found = {}
    for folder, inner, names in os.walk(package):
        inner[:] = sorted(name for name in inner if not name.startswith((".", "__")))
        place = Path(folder).relative_to(package.parent).as_posix()
        found |= {f"{place}/{name}": Path(folder, name) for name in sorted(names) if not name.startswith(".")}
    return found


def _name_module(place: str) -> str:
    """The dotted name of a module from the place of its file."""
    return place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def _read_imports(source: str, parent: str) -> tuple[str, ...]:
    """The modules that a source may import, parsed once for all that ask."""
    return tuple(_list_imports(ast.parse(source).body, parent))


def _find_room(path: Path) -> Path:
    """The nearest folder above a file that is a package."""
    return next(folder for folder in path.parents if (folder / "__init__.py").is_file())


def _list_imports(statements: Iterable[ast.stmt], parent: str) -> Iterator[str]:
    """The modules that statements may import; `parent` is the package that relative names start from."""
    for statement in statements:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            above = (
                parent.split(".")[: len(parent.split(".")) - statement.level + 1] if statement.level else []
            )
            origin = ".".join([*above, *([statement.module] if statement.module else [])])
            yield origin
            yield from (f"{origin}.{alias.name}" for alias in statement.names)
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = getattr(statement, part, ())
            yield from _list_imports(inner if isinstance(inner, list) else (), parent)
