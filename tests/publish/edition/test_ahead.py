"""Kernels that get ready while the register is still read: they are used only if nothing has changed since, and cost no wait."""

import os
import signal
from dataclasses import replace

import pytest

from analysis.publish.edition.ahead import Ahead, open_ahead
from analysis.publish.edition.build import build
from analysis.publish.edition.editions import read_editions
from analysis.publish.edition.generations import hold_store
from analysis.publish.edition.keys import Ingredients
from analysis.publish.edition.plan import plan_runs

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has nothing that starts kernels")


def build_now(home, target, **options):
    """Build the small edition as web pages; return what each file holds."""
    edition = read_editions(home).find("now")
    runs = plan_runs(edition, home / "notebooks", {"partnership_id": ["east"]})
    build(edition, runs, home, target, formats=["html"], workers=2, **options)
    return {path.relative_to(target): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def test_they_are_those_of_a_build_whose_code_they_have_loaded():
    made_of = [
        Ingredients({"analysis/a.py": "1", "data/x.csv": "9"}, {}),
        Ingredients({"analysis/b.py": "2"}, {}),
    ]
    assert Ahead(None, {"analysis/a.py": "1", "analysis/b.py": "2"}).is_made_of(made_of)
    assert not Ahead(None, {"analysis/a.py": "0"}).is_made_of(made_of)
    assert not Ahead(None, {"analysis/c.py": "3"}).is_made_of(made_of)


def test_a_build_with_them_and_one_without_are_the_same(home):
    edition = read_editions(home).find("now")
    alone = build_now(home, home / "reports" / "now")
    with open_ahead(edition, home) as ahead:
        together = build_now(home, home / "beside" / "now", ahead=ahead)
        assert ahead.kernels.server.is_known
    assert together == alone


def test_after_an_edit_others_are_started(home):
    edition = read_editions(home).find("now")
    with open_ahead(edition, home) as ahead:
        edited = replace(ahead, code={"analysis/wording.py": "as it was when they got ready"})
        build_now(home, home / "reports" / "now", ahead=edited)
        assert not ahead.kernels.server.is_known
    assert (
        ahead.kernels.server.process.returncode == -signal.SIGKILL
    )  # it had nothing to end, and was not waited for


def test_a_register_that_is_refused_starts_no_report_and_leaves_nothing(
    twinning, home, tmp_path, monkeypatch
):
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    path = home / "data" / "heim" / "milestones.csv"
    path.write_text(path.read_text().replace("1973", "19x3"))
    code, _, said = twinning("report", "now")
    assert code == 3
    assert "19x3" in said
    assert list(folder.iterdir()) == []


def test_while_somebody_else_builds_none_get_ready(twinning, home, monkeypatch):
    monkeypatch.setattr("analysis.publish.edition.ahead.open_kernels", lambda *_: 1 / 0)
    monkeypatch.setattr("analysis.publish.edition.generations.PATIENCE_S", 0)
    with hold_store(home / "reports" / "now"):
        code, _, said = twinning("report", "now")
    assert code == 1
    assert f"{os.getpid()}" in said
