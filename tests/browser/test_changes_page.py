"""The page on what has changed, in a real browser."""

import pytest
from publish_examples import HOSTILE

from analysis.publish.changes.compare import Changes, State
from analysis.publish.changes.page import write_changes
from analysis.publish.changes.prose import SentenceChange
from analysis.publish.changes.reports import ReportChange
from analysis.publish.changes.tables import TableChange, ValueChange

pytestmark = pytest.mark.browser


def change(text):
    """Each kind of change of a table, with a text that wants to be more."""
    values = tuple(ValueChange(f"{text} {n}", "Größe", "1", text, "+3 km" * (n % 2)) for n in range(15))
    return TableChange("Tabelle 1", f"Städte {text}", values[:1], values, (text,), (text,), (text,), (text,))


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_wrong(tmp_path, check_page, language):
    reports = tuple(
        ReportChange(
            f"partner/{number}",
            text,
            (change(text),),
            (SentenceChange("", f"Alt {text}", f"Neu {text}"), SentenceChange(text, "", text)),
            (change(text),),
            (text,),
            (text,),
        )
        for number, text in enumerate(HOSTILE)
    )
    states = State("2020", "2020-03-01", ""), State("2026", "2026-11-01", "Fiktive Daten")
    changes = Changes(language, *states, 9, reports, (("new", HOSTILE[0]),), (("old", HOSTILE[1]),))
    write_changes(changes, tmp_path / "changes.html")
    assert check_page(tmp_path / "changes.html") == []


def test_nothing_is_wrong_where_nothing_has_changed(tmp_path, check_page):
    state = State("2020", "2020-03-01", "")
    write_changes(Changes("de", state, state, 1, (), (), ()), tmp_path / "changes.html")
    assert check_page(tmp_path / "changes.html") == []
