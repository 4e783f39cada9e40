"""Which code a notebook uses, read from its source: complete, and no more than that."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from analysis.publish.edition.imports import (
    PACKAGE,
    find_files,
    find_imports,
    find_modules,
    list_package,
    list_shared,
    parse_cells,
)

PROJECT = Path(__file__).parents[3]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))

FILES = {
    "pack/__init__.py": "",
    "pack/first.py": "import os\nfrom pack import second",
    "pack/second.py": "def late():\n    if True:\n        from pack.room.inner import value",
    "pack/third.py": "try:\n    import pack.fourth\nexcept ImportError:\n    pass\nelse:\n    import pack.fifth",
    "pack/fourth.py": "",
    "pack/fifth.py": "class A:\n    def b(self):\n        with open('x'):\n            import pack.sixth",
    "pack/sixth.py": "import other.first",
    "pack/room/__init__.py": "from .inner import *",
    "pack/room/inner.py": "from . import beside\nfrom .. import fourth\nfrom ..fifth import A",
    "pack/room/beside.py": "value = 1",
    "other/first.py": "",
}

REACHED = {
    "pack.fourth": {"pack", "pack.fourth"},
    "pack.sixth": {"pack", "pack.sixth"},
    "pack.fifth": {"pack", "pack.fifth", "pack.sixth"},
    "pack.third": {"pack", "pack.third", "pack.fourth", "pack.fifth", "pack.sixth"},
    "pack.room.beside": {"pack", "pack.room", "pack.room.inner", "pack.room.beside", "pack.fourth", "pack.fifth", "pack.sixth"},
    "pack.first": {
        "pack", "pack.first", "pack.second", "pack.room", "pack.room.inner", "pack.room.beside", "pack.fourth",
        "pack.fifth", "pack.sixth",
    },
    "pack.room.inner.value": set(),  # a name of a module is no module
    "pack.nothing": set(),
    "packed": set(),
    "os": set(),
}  # fmt: skip


@pytest.fixture
def package(tmp_path):
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path / "pack"


@pytest.mark.parametrize("name", REACHED)
def test_imports_are_followed_to_their_end_also_in_functions_and_relative_ones(package, name):
    found = find_modules([name], package)
    assert set(found) == REACHED[name]
    for module, path in found.items():
        assert path.relative_to(package.parent).as_posix() in (
            f"{module.replace('.', '/')}.py",
            f"{module.replace('.', '/')}/__init__.py",
        )


def test_a_module_that_has_changed_is_read_again(package):
    assert "pack.fourth" not in find_modules(["pack.sixth"], package)
    (package / "sixth.py").write_text("import pack.fourth  # now", encoding="utf-8")
    assert "pack.fourth" in find_modules(["pack.sixth"], package)


def write(path, *sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("import pack"), *cells]), path
    )
    return path


def test_a_notebook_is_read_and_not_run(tmp_path):
    notebook = write(tmp_path / "n.ipynb", "import a.b as c", "from d import e, f\n1 / 0")
    assert find_imports(notebook) == {"a.b", "d", "d.e", "d.f"}


@pytest.mark.parametrize(
    "source",
    [
        "%run other.ipynb",
        "!ls",
        "import importlib; importlib.import_module('analysis.' + name)",
        "from importlib import import_module as load; load('analysis.' + name)",
        "__import__('analysis.rating')",
        "exec('import analysis.rating')",
        "get_ipython().run_line_magic('run', 'other')",
    ],
)
def test_what_may_import_anything_is_not_guessed_at(tmp_path, source):
    assert find_imports(write(tmp_path / "n.ipynb", "import a", source)) is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"cells": [1]}', '{"cells": [{"cell_type": "code"}]}'])
def test_what_is_no_notebook_has_no_cells_to_parse(tmp_path, content):
    (tmp_path / "n.ipynb").write_text(content)
    assert parse_cells(tmp_path / "n.ipynb") is None


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_module_is_loaded_that_the_source_does_not_tell(notebook):
    names = find_imports(notebook)
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    first = next(cell for cell in cells if cell["cell_type"] == "code")
    look = (
        "import sys\n"
        + "".join(first["source"])
        + "\nprint(*(m for m in sys.modules if m.split('.')[0] == 'analysis'))"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {"analysis", "analysis.publish.show"} <= loaded
    assert loaded <= find_modules(names).keys()


def test_templates_belong_to_the_code_beside_them():
    drawn = find_files(["analysis.publish.forms.html"])
    assert {"analysis/publish/forms/templates/page.html.j2", "analysis/publish/forms/html.py"} <= drawn.keys()
    assert not any(place.startswith("analysis/imports/") for place in drawn)
    assert "analysis/imports/words.csv" in find_files(["analysis.imports.words"])
    assert drawn.items() <= list_package().items()
    assert all(path == PACKAGE.parent / place for place, path in drawn.items())


def test_only_what_all_notebooks_reach_is_shared(tmp_path):
    first = write(tmp_path / "a.ipynb", "from analysis import dates, wording", "import json")
    second = write(tmp_path / "b.ipynb", "from analysis import dates")
    assert list_shared([first, second]) == sorted(find_modules(["analysis.dates"]))
    assert "analysis.wording" in list_shared([first])
    assert list_shared([first, write(tmp_path / "c.ipynb", "%run x.py")]) == []
    assert list_shared([]) == []
