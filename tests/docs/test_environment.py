"""environment.yml gives conda users the run-time packages of pyproject.toml, within the same bounds."""

import re

import pytest
from documents import HOME, read_project
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

# conda-forge's name where it differs from the name in pyproject.toml; matplotlib-base comes without Qt.
CONDA_NAMES = {"jupyter-client": "jupyter_client", "matplotlib": "matplotlib-base", "typst": "typst-py"}

# Needed by conda itself, or to install the project into the environment.
OWN = ("python", "pip")


def read_section(start: str, indent: int) -> list[str]:
    """Entries of a list in environment.yml, without comments."""
    text = (HOME / "environment.yml").read_text(encoding="utf-8")
    after = text.split(f"{start}:\n", 1)[1]
    return re.findall(rf"^ {{{indent}}}- (.+)$", re.split(r"^\S", after, flags=re.MULTILINE)[0], re.MULTILINE)


def list_conda() -> list[str]:
    return [line for line in read_section("dependencies", 2) if line != "pip:"]


@pytest.mark.parametrize("line", list_conda())
def test_each_line_has_the_form_that_conda_reads(line):
    assert line == "pip" or re.fullmatch(r"[a-z0-9][a-z0-9_.-]* >=\d+(\.\d+)*,<\d+(\.\d+)*", line)


def test_conda_gets_the_same_packages_within_the_same_bounds():
    wanted = [Requirement(text) for text in read_project()["project"]["dependencies"]]
    expected = {CONDA_NAMES.get(need.name, need.name): need.specifier for need in wanted}
    lines = [line.split(" ") for line in list_conda() if line.split(" ")[0] not in OWN]
    assert {name: SpecifierSet(bounds) for name, bounds in lines} == expected


def test_python_is_new_enough_for_the_project():
    [bounds] = [line.split(" ")[1] for line in list_conda() if line.startswith("python ")]
    lowest = str(SpecifierSet(read_project()["project"]["requires-python"])).removeprefix(">=")
    assert SpecifierSet(bounds).contains(lowest)
    assert not SpecifierSet(bounds).contains("3.10.9")


def test_the_only_exception_is_the_project_itself():
    assert read_section("  - pip", 6) == ["--editable ."]


def test_packages_come_from_conda_forge_only():
    assert read_section("channels", 2) == ["conda-forge", "nodefaults"]
