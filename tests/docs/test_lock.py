"""requirements.lock pins what pyproject.toml asks for, for every system and Python that the project names."""

import re

import pytest
from documents import HOME, read_project
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

SYSTEMS = {
    "Linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "macOS": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "Windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def read_lock() -> str:
    return (HOME / "requirements.lock").read_text(encoding="utf-8")


def read_pins() -> list[tuple[Requirement, int]]:
    """Every pin, with the number of its hashes."""
    entries = re.split(r"^(?=[a-z0-9])", read_lock(), flags=re.MULTILINE)[1:]
    return [
        (Requirement(entry.splitlines()[0].rstrip(" \\")), entry.count("--hash=sha256:")) for entry in entries
    ]


def list_wanted() -> list[Requirement]:
    """What has to be in the lock: for running, for testing, for installing in place."""
    project = read_project()
    extras, groups = project["project"]["optional-dependencies"], project["dependency-groups"]
    listed = [*project["project"]["dependencies"], *extras["test"], *extras["cluster"], *groups["build"]]
    wanted = [Requirement(text) for text in listed]
    return [one for one in wanted if one.name != project["project"]["name"]]  # an extra may ask for another


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_each_system_and_python_gets_one_version_within_bounds(system, python):
    here = {
        **default_environment(),
        **SYSTEMS[system],
        "python_version": python,
        "python_full_version": f"{python}.9",
    }
    pins = [pin for pin, _ in read_pins() if pin.marker is None or pin.marker.evaluate(here)]
    names = [canonicalize_name(pin.name) for pin in pins]
    assert sorted(names) == sorted(set(names))
    versions = {name: str(pin.specifier).removeprefix("==") for name, pin in zip(names, pins, strict=True)}
    for wanted in list_wanted():
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), wanted


def test_every_pin_is_exact_and_has_hashes():
    pins = read_pins()
    assert len(pins) > 100
    for pin, hashes in pins:
        assert re.fullmatch(r"==[0-9][\w.]*", str(pin.specifier)), pin
        assert hashes, pin


def test_the_lock_names_no_address_and_no_path():
    assert "://" not in read_lock()
    assert not re.search(r"--(?:extra-)?index-url|--find-links|file:|^#.* /", read_lock(), re.MULTILINE)


def test_the_lock_says_how_it_was_made():
    assert "make lock" in read_lock().splitlines()[1]
    assert "\nlock:" in (HOME / "Makefile").read_text(encoding="utf-8")
