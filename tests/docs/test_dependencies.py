"""pyproject.toml names the packages that are used, no more and no fewer, each with its reason."""

import ast
import json
import re
from pathlib import Path

import pytest
from documents import HOME, read_project
from packaging.requirements import Requirement

# Name of the distribution where it differs from the name that is imported.
DISTRIBUTIONS = {
    "IPython": "ipython",
    "docx": "python-docx",
    "fontTools": "fonttools",
    "jupyter_client": "jupyter-client",
    "markdown_it": "markdown-it-py",
    "mdit_py_plugins": "mdit-py-plugins",
    "python_calamine": "python-calamine",
}
# Programs that are started, never imported.
PROGRAMS = {"ipykernel", "jupyterlab"}


def read_source(path: Path) -> str:
    """Python code of a module, or of all code cells of a notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    cells = json.loads(text)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def list_imports(path: Path) -> set[str]:
    """First part of every name that is imported."""
    nodes = list(ast.walk(ast.parse(read_source(path))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    return {name.split(".")[0] for name in names}


def test_the_run_time_packages_are_those_that_are_used(standard_library):
    paths = [*(HOME / "src").rglob("*.py"), *(HOME / "notebooks").glob("*.ipynb")]
    imported = set.union(*(list_imports(path) for path in paths)) - standard_library - {"analysis"}
    used = {DISTRIBUTIONS.get(name, name) for name in imported} | PROGRAMS
    project = read_project()["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["cluster"]]
    assert {Requirement(text).name for text in declared} == used


@pytest.fixture
def standard_library():
    import sys

    return set(sys.stdlib_module_names)


def test_each_package_has_a_lower_and_an_upper_bound_and_a_reason():
    lines = re.findall(
        r'^    "([a-zA-Z][^"]*[<>=][^"]*)",?(.*)$', (HOME / "pyproject.toml").read_text("utf-8"), re.MULTILINE
    )
    assert len(lines) > 25
    for requirement, comment in lines:
        assert {bound.operator for bound in Requirement(requirement).specifier} == {">=", "<"}, requirement
        assert re.match(r" # \w|  # \.\.\.| # \.\.\. \w", comment), requirement
