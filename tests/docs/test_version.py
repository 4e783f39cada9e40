"""One version everywhere, and a day of release."""

import re

from documents import HOME, read_project

import analysis


def read_text(name: str) -> str:
    return (HOME / name).read_text(encoding="utf-8")


def test_every_place_names_the_same_version():
    cited = re.search(r"^version: (.+)$", read_text("CITATION.cff"), re.MULTILINE)[1]
    changed = re.search(r"^## (\S+) – ", read_text("CHANGELOG.md"), re.MULTILINE)[1]
    assert {read_project()["project"]["version"], cited, changed} == {analysis.__version__}
    for name in ("README.md", "README.de.md"):
        assert f"twinning-analysis {analysis.__version__}" in re.sub(r"\s+", " ", read_text(name))


def test_the_day_of_release_is_the_same():
    cited = re.search(r"^date-released: (.+)$", read_text("CITATION.cff"), re.MULTILINE)[1]
    assert f"## {analysis.__version__} – {cited}" in read_text("CHANGELOG.md")
