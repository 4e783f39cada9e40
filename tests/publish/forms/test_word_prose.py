"""Prose, citations, links and hostile texts in a Word file, read back with python-docx."""

import pytest
from docx.oxml.ns import qn
from word_examples import (
    BAD,
    BROKEN,
    HOSTILE,
    SEED,
    addresses,
    anchors,
    bookmarks,
    bullets,
    document,
    figure,
    find,
    heading,
    paragraph,
    plain,
    say,
    styled,
    table,
    write_report,
)

from analysis.publish.document.blocks import (
    Cell,
    Code,
    Emphasis,
    Foreign,
    LineBreak,
    Link,
    Note,
    Plain,
    Quote,
    Source,
    Strong,
)
from analysis.publish.forms.word_parts import word_language


@pytest.fixture
def word(tmp_path):
    """word(block, …) is the file of a report with these blocks, opened again."""
    return lambda *blocks, **more: write_report(tmp_path / "report.docx", *blocks, **more)


# -- prose -------------------------------------------------------------------------------------------


def test_prose_keeps_its_emphasis(word):
    text = say("a ", Strong((Plain("b "), Emphasis(plain("c")))), LineBreak(), Code("d"))
    runs = paragraph(word(text), "a b c\nd").runs
    assert [(one.text, bool(one.bold), bool(one.italic), one.style.name) for one in runs] == [
        ("a ", False, False, "Default Paragraph Font"),
        ("b ", True, False, "Default Paragraph Font"),
        ("c", True, True, "Default Paragraph Font"),
        ("\n", False, False, "Default Paragraph Font"),
        ("d", False, False, "Code"),
    ]


def test_lists_are_lists(word):
    nested = (say("eins"), say("weiter"), bullets("innen", is_ordered=True))
    found = word(bullets(nested, "zwei"))
    assert [(one.style.name, one.text) for one in found.paragraphs if one.style.name.startswith("List")] == [
        ("List Bullet", "eins"),
        ("List Continue", "weiter"),
        ("List Number 2", "innen"),
        ("List Bullet", "zwei"),
    ]


def test_each_numbered_list_begins_with_one(word):
    found = word(bullets("a", "b", is_ordered=True), say("x"), bullets("c", is_ordered=True))
    numbers = [find(paragraph(found, text)._p, "./w:pPr/w:numPr/w:numId/@w:val")[0] for text in "abc"]
    assert numbers[0] == numbers[1] != numbers[2]
    numbering = found.part.numbering_part.element
    for number in set(numbers):
        assert (
            numbering.num_having_numId(int(number)).xpath("./w:lvlOverride/w:startOverride/@w:val")[0] == "1"
        )


def test_notes_are_boxes_of_their_own(word):
    found = word(Note((say("eins"), bullets("Punkt"))), Note((say("zwei"),)), Quote((say("drei"),)))
    assert styled(found, "Note") == ["eins", "Punkt", "zwei"]
    assert styled(found, "Quote") == ["drei"]
    indents = [paragraph(found, text).paragraph_format.left_indent for text in ("eins", "zwei")]
    assert indents[0] != indents[1]  # else Word would draw one box around both
    assert find(found.styles["Note"].element, ".//w:pBdr/w:left") != []


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("de", "de-DE"),
        ("en", "en-GB"),
        ("pl", "pl-PL"),
        ("uk", "uk-UA"),
        ("zh", "zh-CN"),
        ("am", "am-ET"),
        ("zh-Hant", "zh-Hant"),
        ("qzz", "qzz"),
    ],
)
def test_languages_have_the_names_that_word_knows(tag, expected):
    assert word_language(tag) == expected


@pytest.mark.parametrize(("language", "tag"), [("de", "de-DE"), ("en", "en-GB")])
def test_the_file_has_the_language_of_the_report(word, language, tag):
    found = word(say("x"), language=language)
    assert find(found.styles.element, ".//w:docDefaults//w:lang/@w:val") == [tag]


def test_other_languages_are_marked_in_runs_and_cells(word):
    row = Cell("Lwiw", "Lwiw", language="uk"), "1"
    found = word(say(Foreign("pl", (Strong(plain("Kraków")),)), Foreign("he", plain("לייפציג"))), table(row))
    marked = {
        one.text: dict(find(one, "./w:rPr/w:lang")[0].attrib)
        for one in find(found.element, "//w:body//w:r[w:rPr/w:lang]")
    }
    assert marked == {
        "Kraków": {qn("w:val"): "pl-PL"},
        "לייפציג": {qn("w:val"): "he-IL", qn("w:bidi"): "he-IL"},
        "Lwiw": {qn("w:val"): "uk-UA"},
    }
    assert len(find(found.element, "//w:rtl")) == 1


# -- citations and links -----------------------------------------------------------------------------


def test_citations_lead_to_the_list_of_sources(word):
    found = word(say("a", SEED, BAD))
    assert paragraph(found, "a[1][2]")
    assert anchors(found)[-3:] == ["source_1", "source_1", "source_2"]  # the first is in the summary
    assert set(anchors(found)) <= set(bookmarks(found))
    assert find(found.element, "//w:hyperlink/@w:tooltip") == [
        "Evaluation 2020",
        "Evaluation 2020",
        "Ohne Adresse?",
    ]


def test_sources_are_a_numbered_list_with_safe_links(word):
    found = word(say("x"))
    assert styled(found, "Source") == [
        "Evaluation 2020. Stadt Leipzig, 14. Oktober 2020. https://www.leipzig.de/?a=1&b=2 (abgerufen am 1. Mai 2026)",
        "Ohne Adresse? Niemand e. V. javascript:alert(1)",
    ]
    assert find(found.styles["Source"].element, ".//w:numPr/w:numId/@w:val") == ["3"]
    assert addresses(found) == [("https://www.leipzig.de/?a=1&b=2",) * 2]


def test_reports_of_the_edition_are_linked_as_word_files(word):
    known, unknown = Link("report:partner/kyiv", plain("Kiew")), Link("report:partner/lyon", plain("Lyon"))
    found = word(say(known, unknown), table((Cell("Kiew", "Kiew", link="report:partner/kyiv"), "1")), depth=1)
    assert addresses(found)[:2] == [("Kiew", "../partner/kyiv.de.docx")] * 2
    assert paragraph(found, "KiewLyon")
    assert len(addresses(found)) == 3


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ('https://a.b/ä?x=[1]&y="2"#c<d', "https://a.b/%C3%A4?x=%5B1%5D&y=%222%22#c%3Cd"),
        ("https://a.b/100%/%C3%A4", "https://a.b/100%25/%C3%A4"),
        ("http://münchen.de:8080/", "http://xn--mnchen-3ya.de:8080/"),
        ("mailto:a@b.c?subject=ä", "mailto:a@b.c?subject=%C3%A4"),
        ("https://[kaputt", None),
        ("https:///ohne", None),
        ("http://a:99999/", None),
        ("https://leipzig.de@böse.de/", None),
        ("https://a.b/" + "x" * 3_000, None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
    ],
)
def test_addresses_cannot_break_the_file(word, href, address):
    found = word(say(Link(href, plain("dort"))))
    assert paragraph(found, "dort")
    assert addresses(found)[:-1] == ([("dort", address)] if address else [])


def test_a_citation_in_a_link_is_no_link_in_a_link(word):
    found = word(say(Link("https://a.b", (Plain("dort"), SEED))))
    assert find(found.element, "//w:hyperlink//w:hyperlink") == []
    assert addresses(found)[0] == ("dort[1]", "https://a.b")


# -- hostile texts -----------------------------------------------------------------------------------


def hostile(text):
    """A report that has the text wherever a register or an author can put one."""
    blocks = [
        heading(2, text),
        say(text),
        bullets(text),
        table((text, "1"), note=plain(text), legend=text),
        figure(alt=text),
    ]
    sources = (Source(1, "seed", text, text, text, f"https://a.b/{text}", text),)
    return document(*blocks, sources=sources, title=text, summary=text, lead=(*plain(text), SEED))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_texts_come_out_as_text(word, text):
    shown = " ".join(text.split())
    found = word(report=hostile(text), edition_title=text, paper_number=text)
    assert found.paragraphs[0].text == shown
    assert found.tables[0].rows[1].cells[0].text == shown
    assert styled(found, "Heading 1") == [shown, "Quellen"]
    assert styled(found, "Body Text") == styled(found, "List Bullet") == [shown]
    assert styled(found, "Table Note") == [shown, shown]
    assert " ".join(found.inline_shapes[0]._inline.docPr.get("descr").split()) == shown
    assert styled(found, "Source")[0].startswith(f"{shown}. {shown}, {shown}. https://a.b/")
    assert found.core_properties.title == shown[:255]
    instructions = find(found.element, "//w:instrText/text()")
    assert {one.split()[0] for one in instructions} == {"TOC", "PAGEREF", "SEQ"}


def test_characters_that_no_xml_holds_are_replaced(word):
    found = word(report=hostile(BROKEN), edition_title=BROKEN, paper_number=BROKEN)
    assert found.core_properties.title == "a□b□c□d□e"
    assert found.sections[0].header.paragraphs[0].text.startswith("a□b□c□d□e · Vorlage")


def test_names_that_the_fonts_of_printed_forms_lack_are_romanised(word):
    found = word(table((Cell("南京", "南京", romanised="Nanjing"), "1")))
    assert found.tables[0].rows[1].cells[0].text == "Nanjing"
    assert "lateinischer Schreibweise" in styled(found, "Note")[0]
