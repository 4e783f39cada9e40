"""The report on activities: what it says where the log is complete, and what it leaves unsaid where it is not."""

from pathlib import Path

import papermill
import pytest

from analysis.publish.document.blocks import Heading, Paragraph, plain_text
from analysis.publish.document.reading import read_document

pytestmark = pytest.mark.edition
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def read_report(folder, register, as_of, language):
    """The report of a register of this project, run in a language."""
    done = folder / f"{register}.ipynb"
    papermill.execute_notebook(
        str(NOTEBOOKS / "activity.ipynb"),
        str(done),
        {"language": language, "register": f"../data/{register}", "as_of": as_of},
        cwd=str(NOTEBOOKS),
        progress_bar=False,
    )
    document = read_document(done, language)
    headings = [plain_text(block.inlines) for block in document.each(Heading)]
    texts = " ".join(plain_text(block.inlines) for block in document.each(Paragraph))
    return document.summary, headings, texts


def test_leipzig_is_a_lower_bound_without_silence_fading_or_rating(tmp_path):
    summary, headings, texts = read_report(tmp_path, "leipzig", "2026-11-01", "de")
    assert "Das ist eine Untergrenze" in summary
    assert "Wie regelmäßig?" in headings
    # the six of 21 that nothing is documented of are no zeros
    assert "von 15 Beziehungen, über die das Register für diese Zeit etwas sagt" in texts
    assert not {"Wo ist es still geworden?", "Rechnerische und gegebene Bewertung"} & set(headings)
    assert "keine Beziehung, dass sein Protokoll vollständig ist" in texts
    assert "Stille, Nachlassen und eine rechnerische Einstufung werden daraus nicht abgeleitet" in texts


def test_the_fictional_city_is_told_what_fades_and_how_sure_that_is(tmp_path):
    summary, headings, texts = read_report(tmp_path, "musterstadt", "2025-12-31", "en")
    assert "Much less than before happens with Borgo Esempio." in summary
    assert {"Where has it gone quiet?", "Computed and given rating"} <= set(headings)
    # METHODS: six weeks a year, uneven ones, three calm years before
    assert "The rule also warns of up to 6.4% of steady relations." in texts
    # the one that ended before the period has no count: sum |a - b| / (2 n sum) over the other 17 counts of table 2
    assert "Half of all activities fall on 5 of the 17 relations" in texts
    assert "Gini coefficient 0.35" in texts
    assert "it does not replace it" in texts


def test_a_relation_that_was_never_silent_has_no_time_of_silence(tmp_path):
    # On that day there is one, with Primjerovac.
    _, headings, _ = read_report(tmp_path, "musterstadt", "2020-12-31", "en")
    assert "Where has it gone quiet?" in headings
