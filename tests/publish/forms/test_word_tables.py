"""Tables, figures and turned pages of a Word file, read back with python-docx."""

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm
from word_examples import SEED, document, figure, find, heading, paragraph, plain, say, table, write_report

from analysis.publish.document.blocks import Plain


@pytest.fixture
def word(tmp_path):
    """word(block, …) is the file of a report with these blocks, opened again."""
    return lambda *blocks, **more: write_report(tmp_path / "report.docx", *blocks, **more)


# -- tables and figures ------------------------------------------------------------------------------


def test_tables_are_tables_with_a_head_that_is_repeated(word):
    found = word(table(("Kiew", "1"), ("Lyon", "22"), note=plain("Gezählt."), legend="– = nichts")).tables[0]
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["Stadt", "Zahl"],
        ["Kiew", "1"],
        ["Lyon", "22"],
    ]
    assert [len(find(row._tr, "./w:trPr/w:tblHeader")) for row in found.rows] == [1, 0, 0]
    assert [len(find(row._tr, "./w:trPr/w:cantSplit")) for row in found.rows] == [1, 1, 1]
    (look,) = find(found._tbl, "./w:tblPr/w:tblLook")
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    assert found.style.name == "Report Table"
    alignments = [[cell.paragraphs[0].alignment for cell in row.cells] for row in found.rows]
    assert [[one is not None for one in row] for row in alignments] == [[False, True]] * 3


def test_caption_legend_and_note_stand_around_the_table(word):
    found = word(table(("Kiew", "1"), note=(Plain("Gezählt."), SEED), legend="– = nichts"))
    kinds = [getattr(one, "text", "table") for one in found.iter_inner_content()]
    at = kinds.index("table")
    assert kinds[at - 1 : at + 3] == ["Tabelle 1 Was?", "table", "– = nichts", "Gezählt.[1]"]


def test_captions_count_by_fields(word):
    found = word(table(("Kiew", "1")), figure())
    assert find(found.element, "//w:body/w:p//w:instrText/text()") == [
        " SEQ Tabelle \\* ARABIC ",
        " SEQ Abbildung \\* ARABIC ",
    ]
    assert paragraph(found, "Tabelle 1 Was?").style.name == "Caption"
    assert paragraph(found, "Abbildung 1 Grau").style.name == "Figure Caption"


def test_a_table_without_rows_says_so(word):
    found = word(table()).tables[0]
    assert [cell.text for cell in found.rows[1].cells] == ["keine Einträge"] * 2


def test_widths_follow_the_content_and_fill_no_more_than_the_page(word):
    rows = [("Kiew", "Ein langer Satz, der von vielem erzählt, was hier geschah. " * 3, "1")] * 3
    found = word(table(*rows, columns=("Stadt", "Text", "Zahl"), kinds=("text", "text", "number"))).tables[0]
    widths = [int(one) for one in find(found._tbl, "./w:tblGrid/w:gridCol/@w:w")]
    assert sum(widths) <= Cm(17).twips + 1
    assert widths[1] > 3 * max(widths[0], widths[2])


def test_no_word_of_a_table_breaks_if_there_is_room(word):
    rows = [("Städtepartnerschaft", "Ein langer Satz, der von vielem erzählt, was hier geschah. " * 3)] * 3
    found = word(table(*rows, columns=("Form", "Text"), kinds=("text", "text"))).tables[0]
    # Liberation Sans, as wide as Arial, needs 80.3 points for the word (bold, 8.5 points); the gap is 10.
    assert int(find(found._tbl, "./w:tblGrid/w:gridCol/@w:w")[0]) >= 20 * (80.3 + 10)


def test_short_tables_stay_on_one_page_and_long_ones_keep_their_ends_together(word):
    short = word(table(*[("Kiew", "1")] * 5)).tables[0]
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in short.rows[1:]]
    assert kept == [True, True, True, True, False]
    long = word(table(*[("Kiew", "1")] * 60)).tables[0]
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in long.rows[1:]]
    assert kept == [True, *[False] * 57, True, False]
    noted = word(table(*[("Kiew", "1")] * 60, note=plain("Gezählt."), legend="– = nichts"))
    kept = [one.paragraph_format.keep_with_next for one in noted.tables[0].rows[-1].cells[0].paragraphs]
    assert kept == [True]
    assert paragraph(noted, "– = nichts").paragraph_format.keep_with_next


def test_a_row_that_is_higher_than_a_page_may_break(word):
    found = word(table(("x " * 5_000, "1"))).tables[0]
    assert find(found.rows[1]._tr, "./w:trPr/w:cantSplit") == []


def test_a_paragraph_keeps_its_distance_from_a_table(word):
    found = word(
        table(("Kiew", "1")),
        say("nachher"),
        table(("Kiew", "1"), number=2, legend="– = nichts"),
        say("später"),
    )
    assert paragraph(found, "nachher").paragraph_format.space_before.pt == 14
    assert paragraph(found, "später").paragraph_format.space_before is None


def test_figures_are_pictures_with_a_text_for_those_who_cannot_see_them(word):
    found = word(figure(alt='Ein "graues" <Feld>'), table(("Kiew", "1")))
    (shape,) = found.inline_shapes
    assert shape._inline.docPr.get("descr") == 'Ein "graues" <Feld>'
    assert round(shape.width.cm, 1) == 17.0
    assert shape.height / shape.width == pytest.approx(1 / 3, abs=0.01)
    assert (
        find(found.element, "//*[local-name()='txbxContent' or local-name()='pict' or local-name()='anchor']")
        == []
    )


def test_a_high_figure_fits_on_a_page_and_a_small_one_keeps_its_size(word):
    assert word(figure(400.0, 1200.0)).inline_shapes[0].height.cm < 22
    assert word(figure(288.0, 144.0)).inline_shapes[0].width.pt == pytest.approx(288)


# -- turned pages ------------------------------------------------------------------------------------


def wide(number=1):
    titles = [f"Zusammenarbeit {n}" for n in range(9)]
    return table(*[["Wort " * 30] * 9] * 4, columns=titles, kinds=["text"] * 9, number=number)


def test_a_wide_table_stands_on_a_turned_page(word):
    found = word(say("vorher"), heading(2, "Breit"), wide(), table(("a", "1"), number=2), say("nachher"))
    sections = found.sections
    assert [one.orientation for one in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert [round(one.page_width.mm) for one in sections] == [210, 297, 210]
    assert [len(list(one.iter_inner_content())) for one in sections][1] == 4  # heading, caption, table, end
    assert [one.is_linked_to_previous for one in (section.header for section in sections)] == [
        False,
        True,
        True,
    ]
    assert [one.different_first_page_header_footer for one in sections] == [True, False, False]


def test_wide_tables_that_follow_each_other_share_their_pages(word):
    assert len(word(say("x"), wide(1), wide(2)).sections) == 3


def test_a_report_may_begin_and_end_with_a_wide_table(word):
    report = document(wide(), sources=(), lead=plain("Kurz."))
    assert [one.orientation for one in word(report=report).sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
    ]
