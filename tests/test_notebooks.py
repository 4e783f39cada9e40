"""What the notebooks promise to the people who open them."""

import ast
import json
from pathlib import Path

import papermill
import pytest

HOME = Path(__file__).parents[1]
NOTEBOOKS = sorted((HOME / "notebooks").glob("*.ipynb"))
LONGEST_CELL = 12


def cells_of(notebook, kind):
    return [
        cell
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == kind
    ]


def source_of(cell):
    return "".join(cell["source"])


def tags_of(cell):
    return cell["metadata"].get("tags", [])


def test_there_are_notebooks():
    assert {notebook.stem for notebook in NOTEBOOKS} >= {"evaluation", "history", "partner"}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_are_short_and_show_rather_than_do(notebook):
    for cell in cells_of(notebook, "code"):
        source = source_of(cell)
        assert len([line for line in source.splitlines() if line.strip()]) <= LONGEST_CELL, source
        nodes = list(ast.walk(ast.parse(source)))
        assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Try) for node in nodes), source
        assert not any(isinstance(node, ast.Name) and node.id == "print" for node in nodes), source


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_imports_stand_in_one_cell(notebook):
    sources = [source_of(cell) for cell in cells_of(notebook, "code")]
    assert [("import " in source) for source in sources] == [True] + [False] * (len(sources) - 1)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_prose_stands_in_pairs(notebook):
    languages = [tag for cell in cells_of(notebook, "markdown") for tag in tags_of(cell)]
    assert languages == ["de", "en"] * (len(languages) // 2)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_is_committed(notebook):
    for cell in cells_of(notebook, "code"):
        assert (cell["outputs"], cell["execution_count"]) == ([], None)


@pytest.mark.edition
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_runs_as_it_stands(notebook, tmp_path):
    done = papermill.execute_notebook(
        str(notebook), str(tmp_path / "done.ipynb"), cwd=str(notebook.parent), progress_bar=False
    )
    streams = [
        output for cell in done.cells for output in cell.get("outputs", []) if output.output_type == "stream"
    ]
    assert streams == []
