"""What make would do, asked with ``make --dry-run``: which Python it takes, and that it installs once."""

import os
import shutil
import subprocess
import sys

import pytest
from documents import HOME

pytestmark = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("make"), reason="needs GNU make and a POSIX shell"
)


@pytest.fixture
def clone(tmp_path):
    """A folder with what make looks at."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(HOME / name, tmp_path)
    return tmp_path


def call_make(clone, *arguments, **environment) -> str:
    """What make prints, free of what an outer make hands down."""
    outer = ("MAKE", "MFLAGS", "PYTHON")
    variables = {key: value for key, value in os.environ.items() if not key.startswith(outer)} | environment
    return subprocess.run(
        ["make", *arguments], cwd=clone, env=variables, capture_output=True, text=True, check=True
    ).stdout


def plan(clone, *arguments, **environment) -> str:
    """The commands that make would run."""
    return call_make(clone, "--dry-run", *arguments, **environment)


def offer_python(folder, **programs):
    """A folder of programs: the usual ones, with these Pythons instead of the system's."""
    folder.mkdir()
    for tool in ("sh", "make", "sed", "awk"):
        (folder / tool).symlink_to(shutil.which(tool))
    for name, target in programs.items():
        program = folder / name.replace("_", ".")
        if target == "old":
            program.write_text("#!/bin/sh\nexit 1\n")
            program.chmod(0o755)
        else:
            program.symlink_to(target)
    return str(folder)


def test_a_fresh_clone_installs_from_the_lock_and_builds(clone):
    plan_text = plan(clone, "report")
    steps = [
        "-m venv .venv",
        "--require-hashes -r requirements.lock",
        "--no-build-isolation -e .",
        "twinning report",
    ]
    places = [plan_text.index(step) for step in steps]
    assert places == sorted(places)


def test_the_second_call_installs_nothing(clone):
    (clone / ".venv").mkdir()
    (clone / ".venv" / "installed").touch()
    assert plan(clone, "report").split() == [".venv/bin/twinning", "report"]


def test_a_changed_lock_installs_again(clone):
    (clone / ".venv").mkdir()
    (clone / ".venv" / "installed").touch()
    os.utime(clone / "requirements.lock", (2_000_000_000, 2_000_000_000))
    assert "--require-hashes" in plan(clone, "report")


def test_an_edition_can_be_named(clone):
    assert plan(clone, "report", "EDITION=leipzig-2020").rstrip().endswith("twinning report leipzig-2020")


def test_python_is_found_under_the_name_of_its_version(clone, tmp_path):
    path = offer_python(tmp_path / "programs", python3="old", python3_12=sys.executable)
    assert "python3.12 -m venv .venv" in plan(clone, "report", PATH=path)


def test_a_missing_python_is_told_with_what_to_do(clone, tmp_path):
    path = offer_python(tmp_path / "programs", python3="old")
    asked = subprocess.run(
        ["make", "report"], cwd=clone, env={"PATH": path}, capture_output=True, text=True, check=False
    )
    assert asked.returncode
    assert "No Python 3.11 or later was found. Install one, or name it: make report PYTHON=" in asked.stdout


def test_help_lists_every_target_with_its_purpose(clone):
    assert [line.split()[1] for line in call_make(clone).splitlines()] == [
        "help", "report", "test", "check", "lab", "bench", "lock", "clean",
    ]  # fmt: skip
