"""What printed forms show where their fonts lack a character."""

import shutil

import pytest

from analysis.publish.document.blocks import (
    Cell,
    Column,
    Document,
    Heading,
    Link,
    Note,
    Paragraph,
    Plain,
    Table,
    plain_text,
)
from analysis.publish.forms.glyphs import CHART_FONTS, FontError, covered, find_fonts, fit_for_print

INTEGRAL = "\u2a33"  # a sign that STIX has and DejaVu Sans lacks


def document(*blocks, title="Titel", language="de"):
    return Document(title, "Kurz.", (Plain("Kurz."),), language, blocks, ())


def names(*cells):
    return Table(
        1,
        "table-1",
        "Tabelle 1",
        (),
        (Column("name_local", "Name", "text", "left"),),
        tuple((cell,) for cell in cells),
    )


@pytest.mark.parametrize(
    "text", ["Łódź", "Thành phố Hồ Chí Minh", "Θεσσαλονίκη", "Київ", "הרצליה", "„Ja“ – nein … ☃", "a\u00a0b"]
)
def test_scripts_of_most_partners_are_printed_as_they_are(text):
    report = document(Paragraph((Plain(text),)))
    assert fit_for_print(report) == report


@pytest.mark.parametrize(
    ("local", "latin"), [("南京", "Nanjing"), ("광주", "Gwangju"), ("አዲስ አበባ", "Addis Ababa")]
)
def test_names_in_other_scripts_stand_in_their_latin_spelling_everywhere(local, latin):
    report = document(
        names(Cell(local, local, romanised=latin)),
        Paragraph((Plain(f"({local})"),)),
        title=f"Leipzig und {local}",
    )
    printed = fit_for_print(report)
    table, paragraph, note = printed.blocks
    assert printed.title == f"Leipzig und {latin}"
    assert (table.rows[0][0].text, table.rows[0][0].value) == (latin, local)
    assert plain_text(paragraph.inlines) == f"({latin})"
    assert plain_text(note.blocks[0].inlines) == (
        "Namen in Schriften, die den Zeichensätzen der gedruckten Fassungen fehlen, stehen darin in lateinischer "
        "Schreibweise; die Webseite zeigt sie im Original."
    )


def test_a_name_that_the_fonts_have_keeps_its_script():
    report = document(names(Cell("Київ", "Київ", romanised="Kyiv")))
    assert fit_for_print(report) == report


def test_other_characters_become_visible_squares_and_the_report_says_so():
    paragraph, note = fit_for_print(
        document(Paragraph((Plain("Hallo 南 \ue000\x00"),)), language="en")
    ).blocks
    assert plain_text(paragraph.inlines) == "Hallo □ □□"
    assert note == Note(
        (Paragraph((Plain("Characters that the fonts of the printed forms lack stand there as □."),)),)
    )


def test_signs_without_a_glyph_of_their_own_leave_no_trace():
    (paragraph,) = fit_for_print(document(Paragraph((Plain("\u202elive\u202c ❤\ufe0f"),)))).blocks
    assert plain_text(paragraph.inlines) == "live ❤"


def test_addresses_and_ids_are_left_alone():
    link = Link("https://example.org/南", (Plain("南"),))
    heading, paragraph, _ = fit_for_print(
        document(Heading(2, "s-南", (Plain("Titel"),)), Paragraph((link,)))
    ).blocks
    assert heading.id == "s-南"
    assert paragraph.inlines == (Link("https://example.org/南", (Plain("□"),)),)


def test_a_font_folder_adds_characters(tmp_path):
    shutil.copy(CHART_FONTS / "STIXGeneral.ttf", tmp_path)
    report = document(Paragraph((Plain(INTEGRAL),)))
    assert fit_for_print(report) != report
    assert fit_for_print(report, tmp_path) == report


def test_folder_without_fonts_is_refused(tmp_path):
    with pytest.raises(FontError) as error:
        find_fonts(tmp_path)
    assert str(error.value) == (
        f"fonts: {tmp_path} holds no font file, allowed are .ttf, .otf, .ttc and .otc. Name another folder."
    )


def test_broken_font_is_refused(tmp_path):
    path = tmp_path / "broken.ttf"
    path.write_bytes(b"no font")
    with pytest.raises(
        FontError, match=r"^fonts: .*broken.ttf cannot be read \(.+\). Take it out of the folder.$"
    ):
        covered((path,))
