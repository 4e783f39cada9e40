"""Fictional registers are known as such, and every notebook marks what it makes of them."""

import json
import re
from pathlib import Path

import pytest
from own_data import DATA
from tiny_tables import problems_of, read_tiny

from analysis.tables import read_register

NOTEBOOKS = sorted((DATA.parent / "notebooks").glob("*.ipynb"))
MARK = re.compile(
    r"^if data\.is_fictional(?: or \w+\.is_fictional)*:\n"
    r"    page\.mark\(de=\"Fiktive Daten\", en=\"Fictional data\"\)",
    re.MULTILINE,
)


def test_of_our_registers_only_the_made_up_one_is_fictional():
    assert read_register(DATA / "musterstadt").is_fictional
    assert not read_register(DATA / "leipzig").is_fictional


@pytest.mark.parametrize(("text", "found"), [('{"is_fictional": true}', True), ("{}", False), ("[]", False)])
def test_the_description_says_whether_data_are_fictional(tmp_path, text, found):
    assert read_tiny(tmp_path, {"datapackage.json": text}).is_fictional == found


def test_a_description_of_brackets_without_end_is_told(tmp_path):
    (problem,) = problems_of(tmp_path, {"datapackage.json": "[" * 200_000})
    assert "datapackage.json: is no JSON (maximum recursion depth exceeded" in problem


def test_a_description_that_nobody_can_read_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (problem,) = problems_of(Path(), {"datapackage.json": "fictional"})
    assert problem == (
        "register/datapackage.json: is no JSON (Expecting value: line 1 column 1 (char 0)), allowed is the description "
        "of a data package. Correct it, or delete it."
    )
    (problem,) = problems_of(Path(), {"datapackage.json": '{"is_fictional": "yes"}'})
    assert problem == (
        "register/datapackage.json: is_fictional is 'yes', allowed are true and false. Correct it."
    )


def read_code(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@pytest.mark.parametrize(
    "path", [path for path in NOTEBOOKS if "read_register(" in read_code(path)], ids=lambda path: path.stem
)
def test_every_notebook_on_a_register_marks_its_report(path):
    assert MARK.search(read_code(path))
