"""An edition of data that may not be part of the project: found by option or variable, else skipped with a word."""

import pytest

from analysis.command.inputs import find_inputs
from analysis.publish.edition.editions import EditionError, read_editions

ELSEWHERE = """
[far]
title_de = "Fern"
title_en = "Far"
variable = "TWINNING_FAR"
obtain = "They belong to somebody else; fetch them from https://example.org."
as_of = 2012-12-31
reports = [{ notebook = "overview" }]
"""


@pytest.fixture
def project(home, monkeypatch):
    """The small project with an edition of data that lie elsewhere; the variable is not set."""
    path = home / "reports" / "editions.toml"
    path.write_text(path.read_text(encoding="utf-8") + ELSEWHERE, encoding="utf-8")
    monkeypatch.delenv("TWINNING_FAR", raising=False)
    return home


@pytest.fixture
def network(tmp_path):
    """A folder with an edge list."""
    folder = tmp_path / "sister-cities"
    folder.mkdir()
    (folder / "edges.tsv").write_text("Lyon\tBirmingham\n", encoding="utf-8")
    (folder / "SOURCE.md").write_text("From somebody else.\n", encoding="utf-8")
    return folder


def test_without_the_data_the_edition_is_skipped_and_says_where_they_are(project, twinning):
    code, out, err = twinning("report", "far")
    assert (code, out) == (0, "")
    assert err == (
        f"twinning: far: skipped, its data are not at {project / 'registers/far'}. They belong to somebody else; "
        "fetch them from https://example.org. Name their folder with --register PATH or in the environment variable "
        "TWINNING_FAR.\n"
    )
    assert not (project / "reports" / "far").exists()


@pytest.mark.parametrize("way", ["variable", "option"])
def test_with_the_data_it_is_built_under_its_own_title(project, network, twinning, monkeypatch, way):
    if way == "variable":
        monkeypatch.setenv("TWINNING_FAR", str(network))
    asked = ["--register", network] if way == "option" else []
    code, _, err = twinning("report", "far", *asked, "--format", "html")
    assert code == 0, err
    assert "Far" in (project / "reports/far/index.en.html").read_text(encoding="utf-8")


def test_a_notebook_on_a_network_may_read_all_its_data(project, network):
    found = find_inputs(project / "notebooks/overview.ipynb", network, project)
    assert "data/sister-cities/edges.tsv" in found
    assert "data/sister-cities/SOURCE.md" not in found


def test_an_edition_needs_a_register_or_a_variable(project):
    path = project / "reports" / "editions.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('variable = "TWINNING_FAR"\n', ""), encoding="utf-8"
    )
    with pytest.raises(EditionError, match=r"\[far\] register: is missing"):
        read_editions(project)
