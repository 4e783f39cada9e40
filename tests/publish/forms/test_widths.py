"""How tables lie on a printed page."""

import pytest

from analysis.publish.document.blocks import Cell, Column, Table
from analysis.publish.forms.widths import GAP, PROSE_WIDTH, SIDE_WIDTH, TEXT_WIDTH, lay_out, measure

WORDS = "Gemeinsame Projekte der Stadtentwicklung und ein reger Austausch der Vereine. "


def table(*rows, kinds=None, titles=None):
    """A table of texts; the kinds of its columns are text unless given."""
    kinds = kinds or ["text"] * len(rows[0])
    titles = titles or ["Spalte"] * len(rows[0])
    columns = tuple(
        Column(f"c{at}", title, kind, "left")
        for at, (title, kind) in enumerate(zip(titles, kinds, strict=True))
    )
    return Table(1, "table-1", "Tabelle 1", (), columns, tuple(tuple(map(Cell, row)) for row in rows))


def test_small_table_stays_small_and_full_sized():
    layout = lay_out(table(["Kiew", "1961"], ["Lyon", "1981"]))
    assert sum(layout.widths) < PROSE_WIDTH / 2
    assert (layout.size, layout.is_landscape) == (9, False)
    assert not any(layout.is_hyphenated)


def test_nearly_full_table_fills_the_column():
    layout = lay_out(table(["x" * 35, "y" * 30], ["x", "y"]))
    assert sum(layout.widths) == pytest.approx(PROSE_WIDTH)


def test_long_texts_share_the_page_and_are_hyphenated():
    layout = lay_out(table(["Kiew", WORDS * 4, WORDS], ["Lyon", WORDS * 4, WORDS]))
    name, long, short = layout.widths
    assert sum(layout.widths) == pytest.approx(TEXT_WIDTH)
    assert name < short < long
    assert layout.is_hyphenated == (False, True, True)


def test_numbers_and_dates_do_not_break_though_their_heading_may():
    rows = [["Kiew", "23.\u00a0November\u00a01973", WORDS * 3]] * 3
    layout = lay_out(
        table(*rows, kinds=["text", "date", "text"], titles=["Stadt", "Beginn der Beziehung", "Text"])
    )
    assert layout.widths[1] - GAP >= measure("23. November 1973") * layout.size - 0.01
    assert layout.widths[1] - GAP < measure("Beginn der Beziehung") * layout.size


def test_more_columns_are_set_smaller():
    layout = lay_out(table(*[["Partnerstadt", *[WORDS] * 5, "2021"]] * 3))
    assert layout.size == 8
    assert not layout.is_landscape


def test_very_wide_table_is_turned():
    layout = lay_out(table(*[["Wirtschaft"] * 12] * 3))
    assert layout.is_landscape
    assert sum(layout.widths) == pytest.approx(SIDE_WIDTH)


def test_table_too_wide_for_any_page_has_equal_columns():
    layout = lay_out(table(*[["Wirtschaft"] * 40] * 2))
    assert layout.widths == pytest.approx([SIDE_WIDTH / 40] * 40)


def test_empty_table_has_a_head():
    layout = lay_out(Table(1, "table-1", "Tabelle 1", (), (Column("name", "Stadt", "text", "left"),), ()))
    assert len(layout.heights) == 1


def test_heights_grow_with_the_text():
    one, many = (sum(lay_out(table(["Kiew", WORDS * times])).heights) for times in (1, 12))
    assert many > 2 * one
