"""From executed notebook to document tree."""

import nbformat
import pandas as pd
import pytest
from matplotlib.figure import Figure as Drawing
from publish_examples import HOSTILE, SOURCES, code, markdown, opening

from analysis.publish.document import blocks
from analysis.publish.document.blocks import (
    BulletList,
    Citation,
    Code,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    LineBreak,
    Link,
    Note,
    Paragraph,
    Plain,
    Quote,
    Strong,
    Table,
)
from analysis.publish.document.reading import DocumentError, read_document
from analysis.sentences import Text, cite

CITIES = pd.DataFrame(
    {"name": ["Kiew", "Lyon"], "distance_km": [1234.4, None], "source_id": ["paper-2021;seed", None]}
)


def bars():
    axes = Drawing(figsize=(4, 3)).subplots()
    axes.bar(["a", "b"], [1, 2])
    return axes


def say(text):
    return lambda page: page.say(text, text)


def refuse(notebook, language="de"):
    with pytest.raises(DocumentError) as raised:
        read_document(notebook, language)
    return str(raised.value)


# -- prose -------------------------------------------------------------------------------------------


def test_title_and_summary(notebook):
    document = read_document(notebook(), "de")
    assert (document.title, document.summary, document.language) == ("Titel", "Kurz gesagt.", "de")
    assert document.lead == (Plain("Kurz gesagt."),)
    assert document.blocks == document.sources == ()


def test_a_summary_may_come_last_and_is_still_cited_first(notebook):
    def late(page):
        page.sources(SOURCES)
        page.say("Zuerst [@seed].", "…")
        page.title("T", "T")
        page.summary("Kurz{c}.", "…", c=cite("paper-2021"))

    document = read_document(notebook(late, frame=False), "de")
    assert document.lead == (Plain("Kurz"), Citation("paper-2021", 1), Plain("."))
    assert document.summary == "Kurz."
    assert document.blocks == (Paragraph((Plain("Zuerst"), Citation("seed", 2), Plain("."))),)
    assert [(source.number, source.source_id) for source in document.sources] == [
        (1, "paper-2021"),
        (2, "seed"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "**a** *b* `c`",
            (Strong((Plain("a"),)), Plain(" "), Emphasis((Plain("b"),)), Plain(" "), Code("c")),
        ),
        ("[x](https://a.b)", (Link("https://a.b", (Plain("x"),)),)),
        ("[x](report:partner/kyiv)", (Link("report:partner/kyiv", (Plain("x"),)),)),
        ("[x](javascript:alert(1))", (Plain("[x](javascript:alert(1))"),)),
        ("[x](other.html)", (Plain("[x](other.html)"),)),
        ("[Kraków]{{lang=pl}}", (Foreign("pl", (Plain("Kraków"),)),)),
        ("[x]{{onclick=alert}}", (Plain("x"),)),
        ("<b>x</b> &amp;", (Plain("<b>x</b> &"),)),
        ("\\[@seed]", (Plain("[@seed]"),)),
        ("`[@seed]`", (Code("[@seed]"),)),
        ("&#91;@seed]", (Plain("[@seed]"),)),
        ("a [@seed] [@seed].", (Plain("a"), Citation("seed", 1), Citation("seed", 1), Plain("."))),
        ("a  \nb\nc", (Plain("a"), LineBreak(), Plain("b c"))),
        ("62\u00a0%", (Plain("62\u00a0%"),)),
        ("    eingerückt", (Plain("eingerückt"),)),
        ("x\x00y\x1b", (Plain("x\ufffdy\ufffd"),)),
    ],
)
def test_inlines(notebook, text, expected):
    assert read_document(notebook(say(text)), "de").blocks == (Paragraph(expected),)


def test_blocks_of_prose(notebook):
    text = "- a\n- b\n\n1. c\n   - d\n\n> e"
    a, b, c, d, e = (Paragraph((Plain(letter),)) for letter in "abcde")
    assert read_document(notebook(say(text)), "de").blocks == (
        BulletList(False, ((a,), (b,))),
        BulletList(True, ((c, BulletList(False, ((d,),))),)),
        Quote((e,)),
    )


def test_headings_have_ids_of_their_own(notebook):
    text = "## Größe & Maß\n\n### Wer?\n\n## Größe, Maß\n\n## 城市"
    headings = read_document(notebook(say(text)), "de").each(Heading)
    assert [(one.level, one.id) for one in headings] == [
        (2, "s-groesse-mass"),
        (3, "s-wer"),
        (2, "s-groesse-mass-2"),
        (2, "s-"),
    ]


def test_a_note_holds_blocks(notebook):
    document = read_document(notebook(lambda page: page.note("Eins.\n\nZwei.", "…")), "de")
    assert document.blocks == (Note((Paragraph((Plain("Eins."),)), Paragraph((Plain("Zwei."),)))),)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_text(notebook, value):
    def everywhere(page):
        page.say("{x}", "{x}", x=value)
        page.table(pd.DataFrame({"name": [value]}), caption=page.words.markdown("{x}", "{x}", x=value))

    paragraph, table = read_document(notebook(everywhere), "de").blocks
    assert paragraph == Paragraph((Plain(value),))
    assert table.caption == (Plain(value),)
    assert table.rows[0][0].text == table.rows[0][0].value == value


# -- cells in two languages ---------------------------------------------------------------------------


def with_cells(notebook, *cells, language="de"):
    node = notebook(language=language)
    node.cells.extend(cells)
    return node


@pytest.mark.parametrize(("language", "text"), [("de", "Hallo"), ("en", "Hello")])
def test_static_prose_is_taken_in_its_language(notebook, language, text):
    cells = [markdown("Hallo", "de"), markdown("Hello", "en"), markdown("How to use this notebook")]
    document = read_document(with_cells(notebook, *cells, language=language), language)
    assert document.blocks == (Paragraph((Plain(text),)),)


PAIR = "allowed is its pair tagged en. Write it there."


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([markdown("Hallo", "de")], f"notebook, end: follows a text tagged de and is nothing, {PAIR}"),
        (
            [markdown("Hallo", "de"), markdown("Welt", "de")],
            f"notebook, cell 3 (Welt): follows a text tagged de and is de, {PAIR}",
        ),
        (
            [markdown("Hallo", "de"), code([], "x = 1")],
            f"notebook, cell 3 (x = 1): follows a text tagged de and is no such text, {PAIR}",
        ),
        (
            [markdown("Hallo", "de"), markdown("Hm")],
            f"notebook, cell 3 (Hm): follows a text tagged de and is no such text, {PAIR}",
        ),
        (
            [markdown("Hello", "en")],
            (
                "notebook, cell 2 (Hello): is tagged en without a cell tagged de before it. "
                "Write the German text in a cell above it, each cell with one tag."
            ),
        ),
        (
            [markdown("Hm\nx", "de", "en")],
            (
                "notebook, cell 2 (Hm): is tagged de and en without a cell tagged de before it. "
                "Write the German text in a cell above it, each cell with one tag."
            ),
        ),
    ],
)
def test_texts_come_in_pairs(notebook, cells, message):
    assert refuse(with_cells(notebook, *cells)) == message


def test_cells_are_counted_as_one_sees_them_when_editing(notebook):
    cells = [code([], "language = 'de'", ["injected-parameters"]), markdown("Hm", "en")]
    assert refuse(with_cells(notebook, *cells)).startswith("notebook, cell 2 (Hm): ")


def test_a_removed_cell_shows_nothing(notebook, show):
    cell = code(show(say("weg")), "x", ["remove-cell"])
    assert read_document(with_cells(notebook, cell), "de").blocks == ()


# -- tables and figures --------------------------------------------------------------------------------


def test_a_table(notebook):
    def action(page):
        page.table(CITIES, caption="Wie weit? [@seed]", note="*Luftlinie*", links=["https://kyiv.ua", None])

    document = read_document(notebook(action), "de")
    (table,) = document.each(Table)
    seed, paper = Citation("seed", 1), Citation("paper-2021", 2)
    assert (table.number, table.id, table.label) == (1, "table-1", "Tabelle 1")
    assert table.caption == (Plain("Wie weit?"), seed)
    assert table.note == (Emphasis((Plain("Luftlinie"),)),)
    assert table.legend == "k.\u00a0A. = keine Angabe gefunden, nicht null"
    assert table.columns[1] == blocks.Column("distance_km", "Entfernung (km)", "number", "right", "km")
    assert table.rows == (
        (
            blocks.Cell("Kiew", "Kiew", link="https://kyiv.ua"),
            blocks.Cell("1.234", 1234.4),
            blocks.Cell("", "paper-2021;seed", citations=(paper, seed)),
        ),
        (blocks.Cell("Lyon", "Lyon"), blocks.Cell("k.\u00a0A."), blocks.Cell("k.\u00a0A.")),
    )
    assert document.sources[0] == blocks.Source(
        1, "seed", "Evaluation 2020", "Stadt Leipzig", "14.\u00a0Oktober 2020", "https://www.leipzig.de/?a=1&b=2",
        "20.\u00a0November 2026",
    )  # fmt: skip


def test_a_full_table_has_no_legend_and_keeps_other_languages(notebook):
    frame = pd.DataFrame({"name": [Text("Kyiv", "en")]}, dtype=object)
    (table,) = read_document(notebook(lambda page: page.table(frame, caption="x")), "de").blocks
    assert table.legend == ""
    assert table.rows == ((blocks.Cell("Kyiv", "Kyiv", language="en"),),)


def test_a_figure(notebook):
    def action(page):
        page.figure(bars(), alt="Zwei Balken", caption="Was? [@seed]", data=CITIES)

    (figure,) = read_document(notebook(action, language="en"), "en").blocks
    assert isinstance(figure, Figure)
    assert (figure.number, figure.id, figure.label, figure.alt) == (1, "figure-1", "Figure 1", "Zwei Balken")
    assert figure.caption == (Plain("Was?"), Citation("seed", 1))
    assert (figure.width_pt, figure.height_pt) == (288, 216)  # 4 by 3 inches
    assert figure.data.number is None
    assert figure.data.id == "figure-1-data"
    assert figure.data.rows[0][1].value == 1234.4


# -- what is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (say("[@sed]"), "source 'sed' is not in the table of sources. Did you mean 'seed'?"),
        (
            say("[@x]"),
            "source 'x' is not in the table of sources. Add it to sources.csv and call page.sources(…).",
        ),
        (
            lambda page: page.table(CITIES, caption="[@sed]"),
            "caption: source 'sed' is not in the table of sources. Did you mean 'seed'?",
        ),
        (
            lambda page: page.table(CITIES.replace("paper-2021;seed", "paper-2022"), caption="x"),
            "source 'paper-2022' is not in the table of sources. Did you mean 'paper-2021'?",
        ),
        (
            lambda page: page.table(CITIES.assign(own_idea=1), caption="x"),
            (
                "column 'own_idea' has no label. Add a row for it to glossary.csv (field column), "
                "or give page.table titles={…}."
            ),
        ),
        (
            say("## a\n\n#### b"),
            "heading 'b' has level 4, allowed here is 2, 3. Level 1 is the title, and levels do not skip.",
        ),
        (
            say("# a"),
            "heading 'a' has level 1, allowed here is 2. Level 1 is the title, and levels do not skip.",
        ),
        (say("![a](https://b.c/d.png)"), "a picture (show it with page.figure) in prose cannot be shown, "),
        (say("```\nx\n```"), "a code block in prose cannot be shown, "),
        (say("a\n\n---"), "a rule (---) in prose cannot be shown, "),
        (say("- # a"), "a heading in a list or quotation in prose cannot be shown, "),
        (
            lambda page: page.title("Noch einer", "Another"),
            "is a second title after notebook, cell 1 (page.say(…)). Keep one of them.",
        ),
    ],
)
def test_a_report_says_what_is_wrong(notebook, action, message):
    assert refuse(notebook(action)).startswith(f"notebook, cell 2 (page.say(…)): {message}")


def test_prose_says_what_is_allowed(notebook):
    assert refuse(notebook(say("a\n\n---"))).endswith(
        "allowed are headings, paragraphs, lists, quotations, emphasis, code, links, [@source] and "
        "[text]{lang=en}. Write it so."
    )


@pytest.mark.parametrize("role", ["title", "summary"])
def test_title_and_summary_are_required(notebook, role):
    node = notebook(opening, frame=False)
    outputs = node.cells[0].outputs
    node.cells[0].outputs = [one for one in outputs if one.metadata.report.role != role]
    assert refuse(node) == f"notebook: has no {role}, a report has one. Call page.{role}(de=…, en=…)."


def test_an_empty_notebook_has_no_title(glossary):
    message = "notebook: has no title, a report has one. Call page.title(de=…, en=…)."
    assert refuse(nbformat.v4.new_notebook()) == message


def test_a_summary_is_one_paragraph(notebook):
    def action(page):
        page.title("T", "T")
        page.summary("- Liste", "- list")

    message = (
        "notebook, cell 1 (page.say(…)): summary is no line of text, allowed is one paragraph. Shorten it."
    )
    assert refuse(notebook(action, frame=False)) == message


def test_a_figure_needs_its_alt(notebook):
    node = notebook(lambda page: page.figure(bars(), alt="a", caption="c", data=CITIES))
    node.cells[1].outputs[0].metadata["image/svg+xml"] = {}
    assert refuse(node) == (
        "notebook, cell 2 (page.say(…)): shows a figure without alternative text. "
        "Show it with page.figure(…, alt=…, caption=…, data=…)."
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            {"image/png": "…"},
            "shows a figure without alternative text. Show it with page.figure(…, alt=…, caption=…, data=…).",
        ),
        ({"text/html": "…"}, "shows a table without caption. Show it with page.table(…, caption=…)."),
    ],
)
def test_what_was_not_shown_through_the_page_stops_the_report(notebook, data, message):
    stray = code([nbformat.v4.new_output("display_data", data=data)], "draw()")
    assert refuse(with_cells(notebook, stray)) == f"notebook, cell 2 (draw()): {message}"


def test_plain_text_outputs_do_not_reach_the_report(notebook):
    outputs = [
        nbformat.v4.new_output("execute_result", data={"text/plain": "<Axes: >"}, execution_count=1),
        nbformat.v4.new_output("stream", name="stderr", text="/home/me/x.py: UserWarning"),
    ]
    assert read_document(with_cells(notebook, code(outputs)), "de").blocks == ()


def test_a_failed_cell_is_no_report(notebook):
    failed = code([nbformat.v4.new_output("error", ename="KeyError", evalue="'x'", traceback=[])], "f()")
    message = "notebook, cell 2 (f()): failed with KeyError: 'x'. Run the notebook without failures."
    assert refuse(with_cells(notebook, failed)) == message


def test_the_language_must_be_the_one_of_the_run(notebook):
    assert refuse(notebook(language="en")) == (
        "notebook, cell 1 (page.say(…)): shows language 'en', the report is 'de'. Run it with that language."
    )


def test_a_file_gives_its_name_to_messages(notebook, tmp_path):
    path = tmp_path / "evaluation.de.ipynb"
    nbformat.write(notebook(say("[@x]")), path)
    assert refuse(path).startswith("evaluation.de.ipynb, cell 2 (page.say(…)): source 'x'")
