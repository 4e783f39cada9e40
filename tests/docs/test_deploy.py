"""The files in deploy/: what they call exists, and the programs they are written for understand them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib

import pytest
from documents import HOME, Document

DEPLOY = HOME / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("twinning-*"))
INSTALLED = "/opt/twinning"  # where the units expect the project


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def list_calls() -> list[tuple[str, list[str]]]:
    """Every call of ``twinning`` with a command, in any of the files, with the file."""
    found = []
    for path in sorted(DEPLOY.iterdir()):
        text = path.read_text(encoding="utf-8")
        lines = Document(f"deploy/{path.name}").blocks("sh") if path.suffix == ".md" else [text]
        for call in re.findall(r"\btwinning ((?:report|changes|list|verify) [^\n]*)", "\n".join(lines)):
            found.append((path.name, shlex.split(call.partition(" > ")[0].rstrip("'"))))
    return found


def ask_for_help(command: str) -> str:
    asked = [sys.executable, "-m", "analysis", command, "--help"]
    return subprocess.run(asked, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def test_every_option_of_every_call_exists():
    calls = list_calls()
    assert {name for name, _ in calls} >= {"README.md", "crontab", "pages.yml", "twinning-report.service"}
    for command in {words[0] for _, words in calls}:
        known = set(re.findall(r"--[a-z-]+", ask_for_help(command)))
        used = {word for _, words in calls if words[0] == command for word in words if word.startswith("--")}
        assert used <= known


def test_every_edition_that_is_named_exists():
    editions = tomllib.loads((HOME / "reports" / "editions.toml").read_text(encoding="utf-8"))
    named = {
        name
        for path in DEPLOY.iterdir()
        for name in re.findall(r"(leipzig-\d+)", path.read_text(encoding="utf-8"))
    }
    assert named <= editions.keys()
    assert named == {editions["default"]}


@pytest.fixture
def installed(tmp_path):
    """The units, as if the project were installed where this test may write."""
    folder = tmp_path / "units"
    folder.mkdir()
    program = tmp_path / "project" / ".venv" / "bin" / "twinning"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (tmp_path / "project" / "deploy").mkdir()
    shutil.copy(DEPLOY / "README.md", tmp_path / "project" / "deploy")
    for name in UNITS:
        (folder / name).write_text(read(name).replace(INSTALLED, str(tmp_path / "project")), encoding="utf-8")
    return folder


@pytest.fixture
def verify():
    """verify(folder) gives what systemd says of the units in a folder."""
    if shutil.which("systemd-analyze") is None:
        stop = pytest.fail if os.environ.get("CI") == "true" and sys.platform == "linux" else pytest.skip
        stop("systemd-analyze was not found: it comes with systemd, which this system does not run")

    def run(folder):
        units = sorted(map(str, folder.iterdir()))
        done = subprocess.run(
            ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr + f"{done.returncode}"

    return run


def test_systemd_understands_the_units(installed, verify):
    assert verify(installed) == "0"


def test_systemd_would_say_what_is_wrong(installed, verify):
    service = installed / "twinning-report.service"
    service.write_text(service.read_text().replace("ProtectHome=", "ProtectHouse="))
    assert "ProtectHouse" in verify(installed)


def test_the_service_may_write_what_its_commands_write():
    """The log, the page of changes and the reports lie where the unit may write."""
    service = read("twinning-report.service")
    writable = [
        *re.findall("^ReadWritePaths=(.*)$", service, re.MULTILINE),
        *(f"/var/log/{name}" for name in re.findall("^LogsDirectory=(.*)$", service, re.MULTILINE)),
    ]
    written = re.findall(r"--(?:log|output) (\S+)", service)
    assert len(written) == 2
    assert all(path.startswith(tuple(f"{folder}/" for folder in writable)) for path in written)
    assert f"{INSTALLED}/reports" in writable


def test_the_timer_starts_the_service_that_there_is():
    assert {"twinning-report.timer", "twinning-report.service"} <= set(UNITS)
    [failed] = re.findall("^OnFailure=(.*)$", read("twinning-report.service"), re.MULTILINE)
    assert failed in UNITS


def test_lines_of_the_crontab_have_five_times_and_a_command():
    lines = [line for line in read("crontab").splitlines() if line and line[0] not in "#M"]
    bounds = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
    assert len(lines) == 2
    for line in lines:
        *times, command = line.split(maxsplit=5)
        for text, (least, most) in zip(times, bounds, strict=True):
            assert text == "*" or least <= int(text) <= most
        assert command.startswith(f"cd {INSTALLED} && .venv/bin/twinning ")
        assert "%" not in command  # cron takes it for the end of the line


def test_all_three_run_at_the_same_time():
    assert "OnCalendar=Mon *-*-* 05:00:00" in read("twinning-report.timer")
    assert read("crontab").count("\n0 5 * * 1 ") == 1
    assert '- cron: "0 5 * * 1"' in read("pages.yml")


def test_the_workflow_installs_as_the_tests_do_and_uses_their_versions():
    workflow, tests = read("pages.yml"), (HOME / ".github/workflows/test.yml").read_text(encoding="utf-8")
    for arguments in ("--require-hashes -r requirements.lock", "--no-deps --no-build-isolation -e ."):
        assert arguments in workflow
        assert arguments in read("README.md")
    for action in ("actions/checkout@", "actions/setup-python@"):
        version = re.findall(rf"{action}(\S+)", tests)
        assert re.findall(rf"{action}(\S+)", workflow) == version[:1]


def test_the_workflow_asks_for_no_more_rights_than_it_needs():
    """Only the job that publishes may write, and it runs nothing of the project."""
    build, publish = read("pages.yml").split("\n  publish:\n")
    assert "permissions:\n  contents: read\n" in build
    assert ": write" not in build
    assert re.findall(r"(\S+): write", publish) == ["pages", "id-token"]
    assert "run:" not in publish
