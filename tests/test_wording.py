"""Sentences, numbers, dates and names; expected texts follow Duden and British usage."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from analysis.sentences import Text, cite, escape, is_missing, paragraphs
from analysis.wording import Wording, WordingError

NBSP = "\u00a0"


@pytest.fixture
def glossary(tmp_path):
    path = tmp_path / "glossary.csv"
    path.write_text(
        "field,code,de,en,definition_de,definition_en\n"
        "form,cooperation,Kooperation,cooperation,auf Zeit,for a time\n"
        "column,distance_km,Entfernung (km),distance (km),,\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def de(glossary):
    return Wording("de", glossary)


@pytest.fixture
def en(glossary):
    return Wording("en", glossary)


def test_numbers_wear_the_separators_of_the_language(de, en):
    assert de.number(1234.5, 1) == "1.234,5"
    assert en.number(1234.5, 1) == "1,234.5"
    assert de.number(1961) == "1.961"
    assert de.percent(13 / 21) == f"62{NBSP}%"
    assert en.percent(13 / 21) == "62%"
    assert (de.number(-1.9, 1), en.percent(-0.5)) == ("\u22121,9", "\u221250%")
    assert de.percent(0.125, 1) == f"12,5{NBSP}%"


def test_dates_are_no_more_precise_than_known(de, en):
    assert (de.date("1973"), en.date("1973")) == ("1973", "1973")
    assert (de.date("1973-09"), en.date("1973-09")) == ("September 1973", "September 1973")
    assert de.date("1973-11-23") == f"23.{NBSP}November 1973"
    assert en.date("1990-10-03") == f"3{NBSP}October 1990"


def test_a_period_names_what_its_ends_share_once(de, en):
    assert de.period("2022-10-22", "2022-10-26") == f"22.–26.{NBSP}Oktober 2022"
    assert en.period("2022-10-22", "2022-10-26") == f"22–26{NBSP}October 2022"
    assert en.period("2025-09-29", "2025-10-05") == f"29{NBSP}September 2025 – 5{NBSP}October 2025"
    assert de.period("2018", "2019") == "2018 – 2019"
    assert en.period("2018", None) == en.period("2018", "2018") == "2018"


def test_lists_and_places(de, en):
    assert de.list(["Kiew", "Lyon", "Krakau"]) == "Kiew, Lyon und Krakau"
    assert en.list(["Kyiv", "Lyon", "Kraków"]) == "Kyiv, Lyon and Kraków"
    assert (de.country("CZ"), en.country("CZ")) == ("Tschechien", "Czechia")
    assert (de.region("151"), en.region("151")) == ("Osteuropa", "Eastern Europe")
    assert en.name({"name_de": "Kiew", "name_en": "Kyiv"}) == "Kyiv"


def test_sentences_fill_numbers_shares_dates_and_plurals(de, en):
    both = {
        "de": "{n} {n:Stadt|Städte}, {share:%}, {km:1} km, seit {day:date}: {who:list}",
        "en": "{n} {n:city|cities}, {share:%}, {km:1} km, since {day:date}: {who:list}",
    }
    values = {"n": 1200, "share": 0.5, "km": 2.25, "day": "1961", "who": ["A", "B"]}
    assert de.text(**both, **values) == f"1.200 Städte, 50{NBSP}%, 2,2 km, seit 1961: A und B"
    assert en.text(**both, **values) == "1,200 cities, 50%, 2.2 km, since 1961: A and B"
    assert en.text(**both, **{**values, "n": 1}).startswith("1 city,")


def test_a_value_never_becomes_markup(de):
    shown = de.markdown("Stadt {name}", "", name="*<script>* [@seed](javascript:1)\n# x")
    html = MarkdownIt("commonmark").render(shown)
    assert html == "<p>Stadt *&lt;script&gt;* [@seed](javascript:1) # x</p>\n"


def test_a_date_at_the_start_of_a_sentence_is_no_list(de):
    html = MarkdownIt("commonmark").render(de.markdown("{d:date} war es", "", d="1990-10-03"))
    assert html == f"<p>3.{NBSP}Oktober 1990 war es</p>\n"


@given(st.text(max_size=60))
def test_escaped_text_reads_as_it_was(text):
    tokens = MarkdownIt("commonmark").parse(escape("x" + text + "x"))
    shown = "".join(child.content for child in tokens[1].children)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert shown.split() == ("x" + text + "x").replace("\0", "\ufffd").split()


def test_citations_stand_as_markup_and_vanish_from_plain_text(de):
    assert (
        de.markdown("belegt{source}", "", source=cite("seed-2021;lvz", "own", "lvz"))
        == "belegt[@seed-2021][@lvz][@own]"
    )
    assert de.text("belegt{source}", "", source=cite("seed-2021")) == "belegt"


def test_an_empty_text_is_nothing_to_say_and_a_missing_value_is_said(de):
    assert de.text("offen{own}", "", own="") == de.markdown("offen{own}", "", own="") == "offen"
    assert de.text("{n}", "", n=pd.NA) == f"k.{NBSP}A."
    assert cite(pd.NA, None, "seed") == "[@seed]"


def test_free_text_keeps_its_paragraphs_and_nothing_else():
    assert paragraphs("Eins *und*\nzwei.\n\n# Drei") == "Eins \\*und\\* zwei\\.\n\n\\# Drei"
    assert paragraphs(Text("x", "de")) == "[x]{lang=de}"


def test_cells_follow_the_names_of_their_columns(de, en):
    assert de.cell("first_date", "1973-09") == "September 1973"
    assert de.cell("first_year", 1961) == "1961"
    assert de.cell("coverage_share", 0.5) == f"50{NBSP}%"
    assert de.cell("distance_km", 1234.4) == "1.234"
    assert en.cell("country_code", "VN") == "Vietnam"
    assert (de.cell("is_project", True), en.cell("is_project", False)) == ("ja", "no")
    assert de.cell("form", "cooperation") == "Kooperation"
    assert de.cell("count", 1200) == "1.200"
    assert de.cell("mean", 1.25) == "1,2"
    assert de.cell("theme", ["a", "b"]) == "a und b"


@pytest.mark.parametrize("value", [None, pd.NA, float("nan"), pd.NaT, "", []])
def test_missing_is_said_and_never_zero(de, en, value):
    assert de.cell("participants", value) == f"k.{NBSP}A."
    assert en.cell("participants", value) == "n/a"


def test_zero_is_not_missing(de):
    assert not is_missing(0)
    assert de.cell("participants", 0) == "0"


def test_free_text_falls_back_to_the_other_language_and_says_so(de, en):
    row = {"note_de": "nur deutsch", "note_en": None}
    assert (de.local(row, "note"), de.local(row, "note").language) == ("nur deutsch", None)
    assert (en.local(row, "note"), en.local(row, "note").language) == ("nur deutsch", "de")
    assert en.markdown("", "{note}", note=en.local(row, "note")) == "[nur deutsch]{lang=de}"
    assert en.local({"note_de": pd.NA, "note_en": ""}, "note") is None
    assert Text("x", "de").language == "de"


def test_an_unknown_code_names_the_nearest(de):
    with pytest.raises(WordingError) as error:
        de.label("form", "coperation")
    assert str(error.value) == (
        "glossary.csv, field form: has no code 'coperation'. Add a row for it. Did you mean 'cooperation'?"
    )


def test_labels_and_definitions_come_from_the_glossary(de, en):
    assert (de.column("distance_km"), en.label("form", "cooperation")) == ("Entfernung (km)", "cooperation")
    assert en.definition("form", "cooperation") == "for a time"


def test_unknown_languages_and_places_are_refused(de, glossary):
    with pytest.raises(WordingError, match="language: is 'fr', allowed are de, en. Choose one of them."):
        Wording("fr", glossary)
    with pytest.raises(WordingError, match="country or region: is 'XX9', allowed are ISO 3166-1 and UN M49"):
        de.country("XX9")
