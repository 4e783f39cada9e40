"""From document tree to web page, read back with an HTML parser."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from matplotlib.figure import Figure
from publish_examples import HOSTILE

from analysis.publish.document.reading import read_document
from analysis.publish.forms.html import IndexEntry, PageContext, write_index, write_page
from analysis.sentences import Text

VOID = {"meta", "link", "img", "br"}
SEED = pd.DataFrame(
    {"name": ["Kiew", "Lyon"], "distance_km": [1234.4, None], "source_id": ["seed", "paper-2021"]}
)


class Page(HTMLParser):
    """The elements of a page: (tag, attributes, text inside)."""

    def __init__(self, html):
        super().__init__()
        self.html, self.elements, self.open = html, [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        element = [tag, dict(attrs), ""]
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for element in self.open:
            element[2] += data

    def find(self, tag, **attributes):
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [one for one in self.elements if one[0] == tag and wanted.items() <= one[1].items()]

    def texts(self, tag, **attributes):
        return [" ".join(one[2].split(None)) for one in self.find(tag, **attributes)]


def context(**more):
    given = {
        "edition": "now",
        "edition_title": "Partnerschaften <2026>",
        "as_of": "2026-11-01",
        "language": "de",
        "other_language_href": "x.en.html",
        "index_href": "index.de.html",
        "reports": frozenset({"evaluation", "partner/kyiv"}),
    }
    return PageContext(**given | more)


@pytest.fixture
def page(notebook, tmp_path):
    """page(action, …) is the page of a report that shows this."""

    def build(*actions, **more):
        language = more.get("language", "de")
        path = tmp_path / "page.html"
        write_page(read_document(notebook(*actions, language=language), language), context(**more), path)
        return Page(path.read_text(encoding="utf-8"))

    return build


@pytest.fixture
def index(glossary, tmp_path):
    def build(*entries, **more):
        path = tmp_path / "index.html"
        write_index(entries, context(**more), path)
        return Page(path.read_text(encoding="utf-8"))

    return build


def say(text):
    return lambda page: page.say(text, text)


def draw(page):
    axes = Figure(figsize=(4, 3)).subplots()
    page.figure(axes, alt='Leer "x"', caption="Nichts", data=SEED[["name", "distance_km"]])


def table(frame, **more):
    return lambda page: page.table(frame, **{"caption": "Was?"} | more)


# -- the frame ---------------------------------------------------------------------------------------


def test_the_page_needs_nothing_from_elsewhere(page):
    found = page(draw, say("[x](https://a.b)"))
    assert [one[0] for one in found.elements if "src" in one[1]] == ["img"]
    assert found.find("script") == []
    assert not any(name == "style" or name.startswith("on") for one in found.elements for name in one[1])
    assert "url(" not in found.find("style")[0][2]


def test_the_policy_allows_its_own_style_only(page):
    found = page()
    (policy,) = found.find("meta", http_equiv="Content-Security-Policy")
    style = base64.b64encode(hashlib.sha256(found.find("style")[0][2].encode()).digest()).decode()
    assert policy[1]["content"] == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
    )


def test_the_head_names_the_report(page):
    found = page()
    assert found.find("html")[0][1]["lang"] == "de"
    assert found.texts("title") == ["Titel – Partnerschaften <2026>"]
    assert found.find("meta", name="description")[0][1]["content"] == "Kurz gesagt."
    assert found.texts("h1") == ["Titel"]
    assert found.texts("p", class_="lead") == ["Kurz gesagt."]


@pytest.mark.parametrize(
    ("language", "state", "skip", "switch"),
    [
        ("de", "Stand: 1. November 2026", "Zum Inhalt springen", "English"),
        ("en", "As of 1 November 2026", "Skip to content", "Deutsch"),
    ],
)
def test_the_frame_speaks_the_language_of_the_page(page, language, state, skip, switch):
    found = page(language=language)
    assert found.texts("p", class_="state") == [state]
    assert found.texts("a", class_="skip", href="#main") == [skip]
    assert found.texts("a", href="x.en.html") == [switch]
    assert found.find("a", href="x.en.html")[0][1]["lang"] == ("en" if language == "de" else "de")


def test_a_page_without_other_language_has_no_switch(page):
    found = page(other_language_href=None)
    assert found.find("link", rel="alternate") == []
    assert "English" not in found.html


def test_draft_and_paper_number_are_shown(page):
    assert page(is_draft=True, paper_number="VII-DS-1").texts("p", class_="state")[0].startswith("Entwurf")
    assert page(paper_number="VII-DS-1").texts("p", class_="paper") == ["Vorlage VII-DS-1"]
    assert "Entwurf" not in page().html


def test_contents_list_chapters_and_sources(page):
    found = page(say("## Eins [@seed]\n\n### Drunter\n\n## Zwei & drei"))
    (nav,) = found.find("nav")
    links = [one for one in found.find("a") if one[1]["href"].startswith(("#s-", "#sources"))]
    assert [(one[1]["href"], one[2]) for one in links] == [
        ("#s-eins", "Eins"),
        ("#s-zwei-drei", "Zwei & drei"),
        ("#sources", "Quellen"),
    ]
    assert nav[1]["aria-labelledby"] == "contents-title"
    assert found.find("h2", id="s-eins")
    assert found.find("h3", id="s-drunter")


def test_ids_are_unique_and_targets_exist(page):
    found = page(table(SEED, note="[@seed]"), draw, draw, say("## Tabelle 1\n\n[@seed] [@seed]"))
    ids = [one[1]["id"] for one in found.elements if "id" in one[1]]
    assert len(ids) == len(set(ids))
    targets = [one[1]["href"][1:] for one in found.find("a") if one[1]["href"].startswith("#")]
    labels = [one[1]["aria-labelledby"] for one in found.elements if "aria-labelledby" in one[1]]
    assert set(targets + labels) <= set(ids)


# -- prose and sources -------------------------------------------------------------------------------


def test_citations_and_sources_point_at_each_other(page):
    found = page(say("Eins [@paper-2021][@seed], zwei [@seed]."))
    cites = found.find("a", role="doc-biblioref")
    assert [(one[1]["id"], one[1]["href"], one[2]) for one in cites] == [
        ("cite-1-1", "#source-1", "[1]"),
        ("cite-2-1", "#source-2", "[2]"),
        ("cite-2-2", "#source-2", "[2]"),
    ]
    assert [one[1]["href"] for one in found.find("a", role="doc-backlink")] == [
        "#cite-1-1",
        "#cite-2-1",
        "#cite-2-2",
    ]
    assert found.find("a", role="doc-backlink")[2][1]["aria-label"] == "Zurück zu Quelle 2, Stelle 2"
    assert found.texts("li", id="source-1") == ["<b>Zeitung</b>. LVZ, Juli 2021. http://lvz.de/ 1"]
    assert found.texts("li", id="source-2") == [
        (
            "Evaluation 2020. Stadt Leipzig, 14. Oktober 2020. https://www.leipzig.de/?a=1&b=2 "
            "(abgerufen am 20. November 2026) 1 2"
        )
    ]
    (link,) = found.find("a", href="https://www.leipzig.de/?a=1&b=2")
    assert link[1]["rel"] == "noopener"


def test_a_source_has_no_double_full_stop(page):
    found = page(say("[@club]"))
    assert found.texts("li", id="source-1") == ["Was nun? Verein e. V. 1"]


def test_many_places_of_a_source_are_cut_short(page):
    found = page(say("[@seed] " * 12))
    assert len(found.find("a", role="doc-backlink")) == 8
    assert found.texts("li", id="source-1")[0].endswith("8 …")


def test_an_unsafe_source_address_is_text(page):
    found = page(say("[@bad]"))
    assert found.texts("li", id="source-1") == ["Ohne Adresse. Niemand. javascript:alert(1) 1"]
    assert not [one for one in found.find("a") if "javascript" in one[1]["href"]]


@pytest.mark.parametrize(("depth", "href"), [(0, "partner/kyiv.de.html"), (1, "../partner/kyiv.de.html")])
def test_links_to_reports_that_exist(page, depth, href):
    found = page(say("[Kiew](report:partner/kyiv), [Lyon](report:partner/lyon)."), depth=depth)
    assert found.texts("a", href=href) == ["Kiew"]
    assert "rel" not in found.find("a", href=href)[0][1]
    assert "Kiew, Lyon." in found.texts("p")
    assert "report:" not in found.html


def test_every_kind_of_prose_arrives(page):
    text = "## H\n\n**s** *e* `c` [f]{{lang=fr}}  \nb\n\n- x\n\n1. y\n   - z\n\n> q"
    found = page(say(text), lambda page: page.note("n", "n"))
    for tag, expected in [("strong", "s"), ("em", "e"), ("code", "c"), ("blockquote", "q")]:
        assert found.texts(tag) == [expected]
    assert found.texts("span", lang="fr") == ["f"]
    assert found.texts("div", role="note") == ["n"]
    assert [text for text in found.texts("li") if text in ("x", "y z", "z")] == ["x", "y z", "z"]
    assert len(found.find("br")) == 1


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_text_everywhere(page, value):
    def everywhere(target):
        target.heading(2, "{x}", "{x}", x=value)
        target.note("{x}", "{x}", x=value)
        caption = target.words.markdown("{x}", "{x}", x=value)
        target.table(pd.DataFrame({"name": [value]}), caption=caption, note=caption, links=[value])
        axes = Figure(figsize=(2, 2)).subplots()
        target.figure(axes, alt=value, caption=caption, data=pd.DataFrame({"name": [value]}))

    found = page(everywhere, edition_title=value, paper_number=value)
    assert value in found.find("h2")[1][2]
    assert value in found.find("th", scope="row")[0][2]
    assert found.find("img")[0][1]["alt"] == value
    assert found.find("script") == []
    assert not any(name.startswith("on") for one in found.elements for name in one[1])


# -- tables and figures ------------------------------------------------------------------------------


def test_a_table_has_caption_scopes_and_a_region_to_scroll(page):
    found = page(table(SEED, note="Luftlinie", links=["report:partner/kyiv", None]))
    (region,) = found.find("div", role="region")
    assert region[1] | {"class": ""} == {
        "class": "",
        "role": "region",
        "tabindex": "0",
        "aria-labelledby": "table-1-caption",
    }
    assert found.texts("caption") == ["Tabelle 1 Was?"]
    assert found.texts("th", scope="col") == ["Stadt", "Entfernung (km)", "Quelle"]
    assert found.texts("th", scope="row") == ["Kiew", "Lyon"]
    assert found.texts("td") == ["1.234", "[1]", "k. A.", "[2]"]
    assert found.texts("p", class_="below") == ["k. A. = keine Angabe gefunden, nicht null", "Luftlinie"]
    assert found.texts("a", href="partner/kyiv.de.html") == ["Kiew"]


def test_a_cell_in_another_language_is_marked(page):
    found = page(table(pd.DataFrame({"name": [Text("Kyiv", "en")]}, dtype=object)))
    assert found.texts("th", lang="en") == ["Kyiv"]


def test_an_empty_table_says_so(page):
    assert page(table(SEED.head(0))).texts("td") == ["keine Einträge"]
    assert page(table(SEED.head(0)), language="en").texts("td") == ["no entries"]


def test_a_figure_has_alt_caption_and_its_data(page):
    found = page(draw)
    (image,) = found.find("img")
    assert image[1]["alt"] == 'Leer "x"'
    assert (image[1]["width"], image[1]["height"]) == ("384", "288")  # 4 by 3 inches at 96 pixels
    encoding, data = image[1]["src"].split(",")
    assert encoding == "data:image/svg+xml;base64"
    assert base64.b64decode(data).startswith(b"<?xml")
    assert found.texts("figcaption") == ["Abbildung 1 Nichts"]
    assert found.texts("summary") == ["Daten zu Abbildung 1 als Tabelle"]
    (details,) = found.find("details")
    assert "Kiew" in details[2]
    assert found.texts("caption") == ["Daten zu Abbildung 1"]


def test_the_same_document_gives_the_same_bytes(page):
    assert page(draw, table(SEED)).html == page(draw, table(SEED)).html


# -- index -------------------------------------------------------------------------------------------


def test_the_index_lists_reports_by_group(index):
    found = index(
        IndexEntry("evaluation", "Was & wie?", "Kurz <b>."),
        IndexEntry("partner/kyiv", "Kiew", "Seit 1961.", "Partnerprofile"),
        paper_number="VII-DS-1",
        is_draft=True,
    )
    assert found.texts("h1") == ["Partnerschaften <2026>"]
    assert found.texts("h2") == ["Was & wie?", "Partnerprofile"]
    assert found.texts("h3") == ["Kiew"]
    assert found.texts("a", href="evaluation.de.html") == ["Was & wie?"]
    assert found.texts("a", href="partner/kyiv.de.html") == ["Kiew"]
    assert "Kurz <b>." in found.texts("p")
    assert found.texts("p", class_="state") == ["Entwurf Stand: 1. November 2026"]


@pytest.mark.parametrize(
    ("language", "heading"),
    [("de", "So zitieren Sie diese Ausgabe"), ("en", "How to cite this edition")],
)
def test_the_index_says_how_to_cite(tmp_path, language, heading):
    path, text = tmp_path / "index.html", "Stadt <b>: Titel & (Ausgabe now)."
    write_index([], context(language=language), path, text, ("citation.bib", "datacite.json"))
    found = Page(path.read_text(encoding="utf-8"))
    assert found.texts("h2") == [heading]
    assert text in found.texts("p")
    assert found.texts("a", href="citation.bib") == ["citation.bib"]
    assert found.texts("a", href="datacite.json") == ["datacite.json"]


def test_an_index_without_citation_says_nothing_of_it(index):
    assert index().texts("h2") == []


def test_the_style_has_both_colour_schemes(index):
    style = index().find("style")[0][2]
    assert re.search(r"@media \(prefers-color-scheme: dark\)", style)
    assert "@page" in style
