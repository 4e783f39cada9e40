"""Events of a relation: what rows on one pair of places begin, change, end and resume, and what stays open."""

import pytest

from analysis.imports.foreign.relations import make_relations
from analysis.imports.foreign.statements import Place, Reading, Statement

HOME, PARTNER = Place("Leipzig", "DE"), Place("Lyon", "FR")


def tell(*rows):
    """Events and the complaints on rows; a row is form, start and perhaps end."""
    reading = Reading()
    statements = [Statement(number, HOME, PARTNER, *row) for number, row in enumerate(rows, start=2)]
    [relation] = make_relations(statements, {HOME: 0, PARTNER: 1}, reading, "2023-06-30")
    events = [" ".join(filter(None, [e.date, e.milestone, e.form])) for e in relation.events]
    assert len(relation.rows) + sum(each.outcome == "listed" for each in reading.findings) == len(rows)
    return events, [(each.outcome, each.row, each.reason) for each in reading.findings]


def test_two_forms_with_one_start_are_one_beginning_without_a_form():
    events, told = tell(("partnership", "1990"), ("friendship", "1990"))
    assert events == ["1990 signed", "2023-06-30 listed"]
    assert sorted(told) == [("remark", 2, "forms-undated"), ("remark", 3, "forms-undated")]


def test_a_row_without_a_form_says_no_other_form():
    events, told = tell(("", "1990"), ("partnership", "1990"))
    assert (events, told) == (["1990 signed partnership", "2023-06-30 listed partnership"], [])


def test_a_form_that_ended_and_began_again_within_a_year_keeps_its_end():
    events, _ = tell(("partnership", "1990", "1990"), ("partnership", "1990"))
    assert events[:3] == ["1990 signed partnership", "1990 ended", "1990 resumed partnership"]


@pytest.mark.parametrize(
    ("end", "kind"), [("1985", "resumed"), ("1990", "resumed"), ("2000", "signed"), ("", "signed")]
)
def test_only_what_ended_before_is_resumed(end, kind):
    events, _ = tell(("friendship", "1980", end), ("partnership", "1990"))
    assert f"1990 {kind} partnership" in events
