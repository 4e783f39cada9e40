"""However kernels start, and however many reports are made at once: every file of every form has the same bytes."""

import sys

import pytest
from documents import HOME

from analysis.cli import main
from analysis.publish.edition.differences import compare_folders

pytestmark = [
    pytest.mark.edition,
    pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only"),
]


def test_forked_or_spawned_one_at_once_or_several(tmp_path, monkeypatch):
    """Real reports, with maps, figures and tables, in all forms."""
    monkeypatch.setenv("TWINNING_HOME", str(HOME))
    folders = []
    for kernel, workers in (("fork", "2"), ("fork", "1"), ("spawn", "2")):
        part = ["report", "leipzig-2020", "--partner", "kyiv", "--quiet"]
        folder = tmp_path / f"{kernel}-{workers}" / "part"
        assert main([*part, "--output", str(folder), "--kernel", kernel, "--workers", workers]) == 0
        folders.append(folder.with_name("part.draft"))
    names = {path.suffix for path in folders[0].rglob("*")}
    assert {".html", ".pdf", ".docx", ".xlsx", ".csv", ".ipynb", ".json"} <= names
    for other in folders[1:]:
        count, differences = compare_folders(folders[0], other)
        assert (count > 20, differences) == (True, [])
