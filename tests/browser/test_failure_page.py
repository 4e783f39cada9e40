"""The page on a report that failed, in a real browser."""

from datetime import date
from pathlib import Path

import nbformat
import pytest
from publish_examples import HOSTILE

from analysis.publish.edition.editions import Edition
from analysis.publish.edition.failures import write_failures
from analysis.publish.runs.failure import Failure, RunError
from analysis.publish.runs.run import Run

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", ["cell", "time", "memory", "disk"])
def test_nothing_is_wrong(tmp_path, check_page, kind, language):
    edition = Edition("now", "Jetzt", "Now", Path("data/heim"), date(2026, 11, 1), (), is_draft=True)
    notebook = tmp_path / "x.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), notebook)
    run = Run(notebook, language, "partner/kyiv")
    cause = " ".join(HOSTILE) + "x" * 300
    (lost,) = write_failures({run: RunError("why", Failure(kind, cause), run)}, edition, tmp_path / "out")
    assert check_page(lost.page) == []
