"""The walls of the house: who may import whom."""

import ast
import re
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src/analysis"
GROUND_FOR_PUBLISH = {
    "analysis.wording",
    "analysis.sentences",
    "analysis.home",
    "analysis.problems",
    "analysis.dates",
}
# What each room of the publishing wing may use of the others; `show`, the face for notebooks, stands before them.
ROOMS = {
    "document": {"document"},
    "forms": {"document", "forms"},
    "runs": {"runs"},
    "edition": {"document", "forms", "runs", "edition"},
    "changes": {"document", "forms", "edition", "changes"},
    "show.py": {"document"},
}
ROOF = {"__main__.py", "cli.py", "command"}
MODULES = sorted(SRC.rglob("*.py"))


def imports_of(path):
    """The modules of this package that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            known = {
                name for name in names if (SRC.parent / name.replace(".", "/")).with_suffix(".py").exists()
            }
            found |= known or {node.module}
    return {name for name in found if name.split(".")[0] == "analysis"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_imports_keep_to_the_walls(path):
    part = path.relative_to(SRC).parts[0]
    names = imports_of(path)
    if part == "publish":
        assert all(name.startswith("analysis.publish") or name in GROUND_FOR_PUBLISH for name in names), names
    elif part not in ROOF:
        above = ("analysis.publish", *(f"analysis.{name.removesuffix('.py')}" for name in ROOF))
        assert not any(name.startswith(above) for name in names), names


def test_no_drawer_for_leftovers():
    names = {path.stem for path in MODULES}
    assert not names & {"utils", "helpers", "common", "config", "misc"}


@pytest.mark.parametrize("path", sorted((SRC / "publish").rglob("*.py")), ids=lambda path: path.name)
def test_rooms_of_the_publishing_wing_keep_their_order(path):
    room = path.relative_to(SRC / "publish").parts[0]
    used = {name.split(".")[2] for name in imports_of(path) if name.startswith("analysis.publish.")}
    assert used <= ROOMS.get(room, set()), used


# They start other programs of ours and import what they are told: libraries, or what their caller imports, too.
STARTERS = {"publish/runs/fence.py", "publish/runs/caretaker.py", "publish/runs/kernel_server.py"}


def test_modules_are_imported_by_import_statements():
    """What decides on what is built again follows these alone (`analysis.publish.edition.imports`)."""
    hidden = re.compile(r"\b(importlib\.import_module|import_module|__import__|runpy|exec|eval)\b")
    found = {path.relative_to(SRC).as_posix() for path in MODULES if hidden.search(_strip_texts(path))}
    assert found == STARTERS


def _strip_texts(path):
    """A module without its texts and comments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = (getattr(node, "id", getattr(node, "attr", getattr(node, "name", ""))) for node in ast.walk(tree))
    return "\n".join(name for name in names if isinstance(name, str))
