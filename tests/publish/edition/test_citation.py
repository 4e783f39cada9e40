"""How an edition is cited: the words, BibTeX that no title breaks, and the rules of DataCite."""

import json
from dataclasses import replace
from datetime import date

import pytest
from bibtex import print_latex, read_bibtex
from datacite_rules import find_faults
from hypothesis import given
from hypothesis import strategies as st
from publish_examples import HOSTILE

from analysis.publish.edition.citation import Citation, cite, escape_latex
from analysis.publish.edition.datacite import write_datacite
from analysis.publish.edition.editions import Edition
from analysis.publish.edition.rocrate_inputs import describe_licence

AUTHORS = "The twinning-analysis authors"
THEN = Citation(
    "then-1999",
    {"de": "Damals", "en": "Then"},
    {"de": AUTHORS, "en": AUTHORS},
    date(1999, 12, 31),
    "0.1.0",
)
LICENCE = {"@id": "https://example.org/by", "name": "Attribution", "description": "CC-BY-4.0"}
EVIL = [
    *HOSTILE,
    r"50 % of $x_1 & #2 {unbalanced \} ~^ <b> | \input{/etc/passwd}",
    'Die "Stadt" and {others}',
    "@misc{a,",
]


def record(citation=THEN, licence=LICENCE, sources=(), data=""):
    return json.loads(write_datacite(citation, licence, sources, data))


def test_the_words_are_those_of_the_readme():
    assert THEN.write_text("en") == (
        "The twinning-analysis authors: Then (edition then-1999, as of 31\u00a0December 1999), twinning-analysis 0.1.0."
    )
    assert THEN.write_text("de") == (
        "The twinning-analysis authors: Damals (Ausgabe then-1999, Stand 31.\u00a0Dezember 1999), twinning-analysis 0.1.0."
    )


def test_a_draft_says_so_everywhere():
    draft = replace(THEN, is_draft=True)
    assert ", Entwurf)" in draft.write_text("de")
    assert ", draft)" in draft.write_text("en")
    assert "draft" in read_bibtex(draft.write_bibtex())["then-1999-en"]["note"]
    assert record(draft)["version"] == "1999-12-31 (draft)"


def test_bibtex_has_an_entry_for_each_language_and_no_doi():
    text = THEN.write_bibtex()
    entries = read_bibtex(text)
    assert list(entries) == ["then-1999-de", "then-1999-en"]
    assert entries["then-1999-en"] == {
        "author": "{The twinning-analysis authors}",
        "title": "{Then}",
        "year": "1999",
        "date": "1999-12-31",
        "langid": "british",
        "note": "edition then-1999, as of 31 December 1999, twinning-analysis 0.1.0",
    }
    assert text.startswith("% No DOI is registered for this edition.")
    assert "doi" not in entries["then-1999-de"]


@pytest.mark.parametrize("title", EVIL)
def test_no_title_breaks_bibtex(title):
    citation = replace(THEN, titles={"de": title}, authors={"de": title})
    (entry,) = read_bibtex(citation.write_bibtex()).values()
    for name in ("title", "author"):
        assert print_latex(entry[name][1:-1]) == " ".join(title.split())


@given(st.text())
def test_latex_prints_every_text_letter_by_letter(text):
    written = escape_latex(text)
    assert not any(ord(letter) < 32 for letter in written)
    letters = [" " if ord(letter) < 32 or 127 <= ord(letter) < 160 else letter for letter in text]
    assert print_latex(written) == " ".join("".join(letters).split())


def test_datacite_holds_what_is_known_and_nothing_else():
    found = record(sources=["https://doi.org/10.1007/978-3-642-54140-7_14", "https://example.org/"])
    assert find_faults(found) == []
    assert found["titles"] == [
        {"title": "Damals", "lang": "de"},
        {"title": "Then", "lang": "en", "titleType": "TranslatedTitle"},
    ]
    assert found["publicationYear"] == "1999"
    assert found["dates"][0]["date"] == "1999-12-31"
    assert found["publisher"]["name"] == found["creators"][0]["name"] == AUTHORS
    assert found["rightsList"] == [
        {
            "rights": "Attribution",
            "rightsUri": "https://example.org/by",
            "rightsIdentifier": "CC-BY-4.0",
            "rightsIdentifierScheme": "SPDX",
            "schemeUri": "https://spdx.org/licenses/",
        }
    ]
    (related,) = found["relatedIdentifiers"]
    assert (related["relatedIdentifier"], related["relationType"]) == (
        "10.1007/978-3-642-54140-7_14",
        "References",
    )
    assert "doi" not in found


def test_datacite_names_where_data_come_from_that_are_elsewhere():
    found = record(data="They belong to others (2013), doi 10.1007/978-3-642-54140-7_14, and may be used.")
    assert [(one["relatedIdentifier"], one["relationType"]) for one in found["relatedIdentifiers"]] == [
        ("10.1007/978-3-642-54140-7_14", "IsDerivedFrom")
    ]


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("(doi 10.1007/978-3-642-54140-7_14).", "10.1007/978-3-642-54140-7_14"),
        ("doi:10.1016/S0140-6736(05)67401-6", "10.1016/S0140-6736(05)67401-6"),
        ("(https://doi.org/10.1016/0022-2836(70)90057-4.)", "10.1016/0022-2836(70)90057-4"),
        ("doi:10.1234/AbC and https://doi.org/10.1234/aBC", "10.1234/AbC"),
    ],
)
def test_a_doi_ends_where_its_sentence_goes_on_and_is_named_once(text, doi):
    found = record(sources=[text])
    assert [one["relatedIdentifier"] for one in found["relatedIdentifiers"]] == [doi]


def test_marks_alone_make_no_doi():
    assert "relatedIdentifiers" not in record(sources=["doi:10.1234/).", "doi 10.1234/" + ")" * 20_000])


def test_datacite_says_that_no_licence_is_named():
    found = record(licence="The register names no licence. Ask whoever publishes it.")
    assert find_faults(found) == []
    assert found["rightsList"] == [
        {"rights": "The register names no licence. Ask whoever publishes it.", "lang": "en"}
    ]


def test_datacite_names_a_licence_that_has_a_title_only(tmp_path):
    package = {"licenses": [{"name": "other", "title": "CC BY 4.0"}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    found = record(licence=describe_licence(tmp_path))
    assert find_faults(found) == []
    assert found["rightsList"] == [{"rights": "CC BY 4.0"}]


@pytest.mark.parametrize("title", EVIL)
def test_datacite_is_valid_with_any_title(title):
    citation = replace(THEN, titles={"en": title}, authors={"en": title})
    evil = {"@id": "javascript:alert(1)", "name": title, "description": title}
    found = record(citation, evil, [f"https://doi.org/{title}"])
    assert find_faults(found) == []
    assert found["titles"][0]["title"] == title
    assert "rightsUri" not in found["rightsList"][0]


def test_the_rules_find_faults():
    found = record() | {"titles": [{"title": "", "language": "de"}], "doi": "10.1/x", "types": {}}
    assert find_faults(found) == [
        "types: is missing",
        "types: lacks resourceTypeGeneral",
        "titles: has language",
        "title: is no text",
        "doi: is unknown",
    ]


def test_the_publisher_is_the_author():
    edition = Edition(
        "then",
        "Damals",
        "Then",
        None,
        date(1999, 12, 31),
        (),
        publisher_de="Stadt Muster",
        publisher_en="City of Muster",
    )
    citation = cite(edition, {"de": "Damals", "en": "Then"})
    assert citation.write_text("de").startswith("Stadt Muster: Damals (")
    assert citation.write_text("en").startswith("City of Muster: Then (")
