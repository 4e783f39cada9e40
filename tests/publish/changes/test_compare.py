"""What two built editions differ in: each kind of change on a table or text of a few words."""

import json

import nbformat
import pandas as pd
import pytest
from matplotlib.figure import Figure
from publish_examples import HOSTILE

from analysis.publish.changes.built import BuiltError, read_built
from analysis.publish.changes.compare import compare_editions
from analysis.publish.changes.page import write_changes
from analysis.publish.changes.prose import split_sentences
from analysis.publish.changes.text import write_text

THEN, NOW = "2020-03-01", "2026-11-01"


@pytest.fixture
def build(notebook, tmp_path):
    """build(name, as_of, **reports) is a built edition with an executed notebook for each report."""

    def make(name, as_of, language="de", **reports):
        folder = tmp_path / name
        folder.mkdir()
        keys = [key.replace("__", "/") for key in reports]
        for key, actions in zip(keys, reports.values(), strict=True):
            path = folder / f"{key}.{language}.ipynb"
            path.parent.mkdir(exist_ok=True)
            nbformat.write(notebook(*actions, language=language), path)
        manifest = {
            "edition": {"title": {language: f"Ausgabe {name}"}, "as_of": as_of},
            "reports": [{"key": key, "language": language} for key in keys],
        }
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return read_built(folder)

    return make


@pytest.fixture
def compare(build):
    """compare(old, new) is what has changed in the one report that both lists of actions make."""

    def run(old, new, ratings=(), language="de"):
        states = build("then", THEN, language, a=old), build("now", NOW, language, a=new)
        return compare_editions(*states, ratings=ratings)

    return run


def show(rows, columns=("name", "first_year"), caption="Städte"):
    frame = pd.DataFrame(rows, columns=list(columns))
    return lambda page: page.table(frame, caption=caption, titles={"rating": "Grad", "Art": "Art"})


def draw(rows, caption="Bild"):
    axes = Figure(figsize=(2, 2)).subplots()
    frame = pd.DataFrame(rows, columns=["name", "distance_km"])
    return lambda page: page.figure(axes, alt="Balken", caption=caption, data=frame)


def say(text):
    return lambda page: page.say(text, text)


def head(text):
    return lambda page: page.heading(2, text, text)


def tell(values):
    return [(one.row, one.column, one.before, one.after, one.difference) for one in values]


def test_nothing_changed(compare):
    same = [head("Kapitel"), say("Ein Satz."), show([("Kiew", 1961)]), draw([("Kiew", 10)])]
    changes = compare(same, same)
    assert not changes
    assert write_text(changes) == (
        "Was sich seit dem letzten Bericht geändert hat\n\n"
        "bisher:  Ausgabe then, Stand 1.\u00a0März 2020\n"
        "jetzt:   Ausgabe now, Stand 1.\u00a0November 2026\n\n"
        "1 Bericht verglichen, nichts hat sich geändert.\n"
    )


def test_a_value_a_new_row_and_one_that_is_gone(compare):
    changes = compare([show([("Kiew", 1961), ("Lyon", 1981)])], [show([("Kiew", 1962), ("Brno", 1973)])])
    [table] = changes.reports[0].tables
    assert tell(table.values) == [("Kiew", "Jahr", "1961", "1962", "")]
    assert (table.added, table.removed) == (("Brno · 1973",), ("Lyon · 1981",))


def test_rows_are_known_by_their_names_not_by_their_place(compare):
    rows = [("Kiew", 1961), ("Lyon", 1981), ("Brno", 1973)]
    assert not compare([show(rows)], [show(rows[::-1])])


def test_rows_of_one_name_are_told_apart_by_the_next_column(compare):
    columns = ("name", "first_date", "form")
    old = [("Lwiw", "2015", "cooperation"), ("Lwiw", "2020", "cooperation")]
    new = [("Lwiw", "2015", "cooperation"), ("Lwiw", "2020", None)]
    [table] = compare([show(old, columns)], [show(new, columns)]).reports[0].tables
    assert tell(table.values) == [("Lwiw, 2020", "Form", "Kooperation", "k.\u00a0A.", "")]


def test_numbers_are_compared_as_values_and_subtracted_with_their_unit(compare):
    columns = ("name", "distance_km", "amount_eur", "active_share")
    old = [("Kiew", 1277.58, 4_000, 0.5), ("Lyon", 800.0, 10, 0.25)]
    new = [("Kiew", 1277.58 + 1e-9, 16_000, 0.62), ("Lyon", 801, 10.0, 0.25)]
    [table] = compare([show(old, columns)], [show(new, columns)]).reports[0].tables
    assert tell(table.values) == [
        ("Kiew", "Betrag (€)", "4.000", "16.000", "+12.000 EUR"),
        ("Kiew", "Anteil aktiv", "50\u00a0%", "62\u00a0%", "+12 Prozentpunkte"),
        ("Lyon", "Entfernung (km)", "800", "801", "+1 km"),
    ]


def test_numbers_that_look_alike_show_the_digits_in_which_they_differ(compare):
    columns = ("name", "distance_km")
    [table] = compare([show([("Kiew", 10.1)], columns)], [show([("Kiew", 10.2)], columns)]).reports[0].tables
    assert tell(table.values) == [("Kiew", "Entfernung (km)", "10,1000", "10,2000", "+0,1 km")]


def test_ratings_stand_apart_from_facts(compare):
    columns = ("name", "rating", "first_year")
    old, new = [("Kiew", "AA", 1961)], [("Kiew", "AAA", 1962)]
    changes = compare([show(old, columns)], [show(new, columns)], ratings={"A", "AA", "AAA"})
    [table] = changes.reports[0].tables
    assert tell(table.ratings) == [("Kiew", "Grad", "AA", "AAA", "")]
    assert tell(table.values) == [("Kiew", "Jahr", "1961", "1962", "")]
    assert "BEWERTUNGEN\nTitel [a]\n  Kiew, Grad: AA → AAA\n\nFAKTEN\n" in write_text(changes)


def test_new_and_lost_columns_are_named_and_others_compared(compare):
    old = show([("Kiew", 1961, "x")], ("name", "first_year", "Art"))
    new = show([("Kiew", 1962, 10)], ("name", "first_year", "distance_km"))
    [table] = compare([old], [new]).reports[0].tables
    assert tell(table.values) == [("Kiew", "Jahr", "1961", "1962", "")]
    assert (table.added_columns, table.removed_columns) == (("Entfernung (km)",), ("Art",))


def test_a_table_is_known_by_its_caption_though_a_number_in_it_and_its_place_change(compare):
    old = [
        show([("Kiew", 1961)], caption="5 Städte in Kraft"),
        show([("a", 1)], caption="Verbände im Überblick"),
    ]
    new = [
        show([("a", 1)], caption="Verbände im Überblick"),
        show([("Kiew", 1962)], caption="6 Städte in Kraft"),
    ]
    [report] = compare(old, new).reports
    assert [(table.label, tell(table.values)) for table in report.tables] == [
        ("Tabelle 2", [("Kiew", "Jahr", "1961", "1962", "")])
    ]


def test_a_table_that_only_one_has_is_new_or_gone(compare):
    lost, found = (
        show([("x", 1)], ("Art", "first_year"), "Das war"),
        show([("Kiew", 10)], ("name", "distance_km")),
    )
    [report] = compare([lost], [found]).reports
    assert [(one.state, one.added, one.removed) for one in report.tables] == [
        ("new", ("Kiew · Entfernung (km): 10",), ()),
        ("gone", (), ("x · 1",)),
    ]


def test_numbers_in_a_figure(compare):
    changes = compare([draw([("Kiew", 10), ("Lyon", 5)])], [draw([("Kiew", 12), ("Brno", 7)])])
    [figure] = changes.reports[0].figures
    assert (figure.label, figure.added, figure.removed) == (
        "Abbildung 1",
        ("Brno · Entfernung (km): 7",),
        ("Lyon · Entfernung (km): 5",),
    )
    assert tell(figure.values) == [("Kiew", "Entfernung (km)", "10", "12", "+2 km")]
    assert changes.reports[0].tables == ()


def test_sentences_are_compared_within_their_section(compare):
    old = [
        head("Lage"),
        say("Es sind 20 Städte. Alles ist gut."),
        head("Ausblick"),
        say("Es sind 20 Städte."),
    ]
    new = [
        head("Lage"),
        say("Alles ist gut. Es sind 21 Städte."),
        head("Ausblick"),
        say("Es sind 20 Städte. Neues folgt bald."),
    ]
    [report] = compare(old, new).reports
    assert [(one.section, one.before, one.after) for one in report.sentences] == [
        ("Lage", "Es sind 20 Städte.", "Es sind 21 Städte."),
        ("Ausblick", "", "Neues folgt bald."),
    ]


def test_a_lost_section_and_captions_are_told_too(compare):
    old = [head("Kritik"), say("Zu wenig Geld."), show([("Kiew", 1)], caption="Alle 5 Städte")]
    new = [show([("Kiew", 1)], caption="Alle 6 Städte")]
    [report] = compare(old, new).reports
    assert [(one.section, one.before, one.after) for one in report.sentences] == [
        ("", "", "Alle 6 Städte"),
        ("Kritik", "Kritik", ""),
        ("Kritik", "Zu wenig Geld.", ""),
        ("Kritik", "Alle 5 Städte", ""),
    ]


def test_the_day_whose_state_is_told_is_no_change_but_another_day_is(compare):
    old = [say("Am 1. März 2020 sind es 21 Städte. Vertrag vom 2. Mai 1990.")]
    new = [say("Am 1. November 2026 sind es 21 Städte. Vertrag vom 11. Mai 1990.")]
    [report] = compare(old, new).reports
    assert [(one.before, one.after) for one in report.sentences] == [
        ("Vertrag vom 2. Mai 1990.", "Vertrag vom 11. Mai 1990.")
    ]


def test_sources_that_are_cited_anew_are_named_by_title(compare):
    [report] = compare([say("Belegt [@seed].")], [say("Belegt [@club].")]).reports
    assert (report.added_sources, report.removed_sources) == (("Was nun?",), ("Evaluation 2020",))


def test_reports_that_only_one_edition_has(build):
    old = build("then", THEN, partner__lyon=[], partner__kiew=[])
    new = build("now", NOW, partner__brno=[], partner__kiew=[])
    changes = compare_editions(old, new)
    assert (changes.added, changes.removed) == ((("partner/brno", "Titel"),), (("partner/lyon", "Titel"),))
    assert (changes.compared, changes.reports) == (1, ())
    assert write_text(changes).endswith("\nBERICHTE\n  + Titel [partner/brno]\n  - Titel [partner/lyon]\n")


def test_english_reports_are_told_in_english(compare):
    changes = compare([show([("Kyiv", 1)])], [show([("Kyiv", 2)])], language="en")
    text = write_text(changes)
    assert text.startswith(
        "What has changed since the last report\n\nbefore:  Ausgabe then, as of 1\u00a0March 2020\n"
    )
    assert (
        "1 report compared, 1 with changes. Ratings: 0, facts: 1, sentences: 0, numbers in figures: 0."
        in text
    )
    assert "  Table 1: Städte\n    Kyiv, Year: 1 → 2\n" in text


def test_hostile_texts_stay_texts(compare, tmp_path):
    old = show([("Kiew", text) for text in HOSTILE], ("name", "Art"))
    new = show([("Kiew", f"{text}!") for text in HOSTILE], ("name", "Art"))
    changes = compare([old, say("Ruhig.")], [new, lambda page: page.say("{x}", "{x}", x=HOSTILE[0])])
    write_changes(changes, tmp_path / "changes.html")
    page = (tmp_path / "changes.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert max(map(len, write_text(changes).splitlines())) < 800


def test_the_page_tells_in_order_what_counts_most(compare, tmp_path):
    columns = ("name", "rating", "first_year")
    old = [show([("Kiew", "AA", 1961)], columns), say("Es sind 20."), draw([("Kiew", 1)])]
    new = [show([("Kiew", "AAA", 1962)], columns), say("Es sind 21."), draw([("Kiew", 2)])]
    write_changes(compare(old, new, ratings={"AA", "AAA"}), tmp_path / "changes.html")
    page = (tmp_path / "changes.html").read_text(encoding="utf-8")
    expected = [
        '<h1 class="long">Was sich seit dem letzten Bericht geändert hat</h1>',
        '<p class="lead">1 Bericht verglichen, in 1 hat sich etwas geändert. Bewertungen: 1, Fakten: 1, Sätze: 1, Zahlen in Abbildungen: 1.',
        '<h2 id="overview">',
        '<h2 id="ratings">',
        "<td>AAA</td>",
        '<h2 id="facts">',
        "<td>1962</td>",
        '<h2 id="sentences">',
        "Es sind <del>20.</del>",
        "Es sind <ins>21.</ins>",
        '<h2 id="figures">',
        "+1 km",
    ]
    places = [page.index(text) for text in expected]
    assert places == sorted(places)
    assert list(tmp_path.glob("*.new")) == []


def test_the_page_and_the_text_hold_no_clock_and_no_path(compare, tmp_path):
    changes = compare([say("Es sind 20.")], [say("Es sind 21.")])
    write_changes(changes, tmp_path / "one.html")
    write_changes(changes, tmp_path / "two.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert str(tmp_path) not in (tmp_path / "one.html").read_text(encoding="utf-8") + write_text(changes)


# -- what cannot be compared -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        (None, "manifest.json cannot be read: No such file or directory"),
        ("", "manifest.json is damaged"),
        ("[]", "manifest.json is damaged"),
        ('{"edition": {"title": {}, "as_of": "bald"}, "reports": []}', "manifest.json is damaged"),
        (
            '{"edition": {"title": {}, "as_of": "2020-01-01"}, "reports": [{"key": "../x", "language": "de"}]}',
            "manifest.json is damaged",
        ),
    ],
)
def test_a_folder_that_is_no_built_edition_is_refused(tmp_path, manifest, why):
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)
    with pytest.raises(BuiltError) as raised:
        read_built(tmp_path)
    assert str(raised.value) == (
        f"{tmp_path}: is no built edition ({why}). Build it with twinning report, or name another."
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "No such file or directory"),
        ("{", "it is damaged"),
        ('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "notebook: has no title"),
    ],
)
def test_a_report_that_cannot_be_read_is_named(build, content, why):
    then, now = build("then", THEN, a=[]), build("now", NOW, a=[])
    path = now.folder / "a.de.ipynb"
    path.unlink()
    if content:
        path.write_text(content)
    with pytest.raises(
        BuiltError, match=rf"a\.de\.ipynb: cannot be read \(.*{why}.*\)\. Build the edition again\.$"
    ):
        compare_editions(then, now)


def test_editions_without_a_common_language_are_refused(build):
    german, english = build("then", THEN, a=[]), build("now", NOW, "en", a=[])
    with pytest.raises(
        BuiltError, match="language: the two have none in common. Build both in the same languages."
    ):
        compare_editions(german, english)
    with pytest.raises(BuiltError, match="--language: is 'en', both editions have de."):
        compare_editions(german, german, "en")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Eins. Zwei!  Drei?", ["Eins.", "Zwei!", "Drei?"]),
        ("Am 13. März 2021 war es so.", ["Am 13. März 2021 war es so."]),
        ("Der Verein e. V. Leipzig lebt. Er wächst.", ["Der Verein e. V. Leipzig lebt.", "Er wächst."]),
        ("Seit 2021. „Neues“ folgt.", ["Seit 2021.", "„Neues“ folgt."]),
        (" ", []),
    ],
)
def test_sentences_end_where_a_reader_sees_an_end(text, sentences):
    assert split_sentences(text) == sentences
