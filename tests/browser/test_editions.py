"""The editions of this project, built as a user builds them, and every page of them opened in a browser."""

import json
import re
from collections import Counter

import docx
import openpyxl
import pikepdf
import pytest

from analysis.home import find_home
from analysis.publish.document.blocks import Paragraph, Table, plain_text
from analysis.publish.document.leaks import list_texts
from analysis.publish.document.reading import read_document
from analysis.publish.edition.editions import read_editions
from analysis.tables import read_register

pytestmark = [pytest.mark.edition, pytest.mark.browser]
EDITIONS = ("leipzig-2020", "leipzig-2026", "musterstadt-2025", "saxony-2026", "sister-cities-2013")
LANGUAGES = ("de", "en")


@pytest.fixture(scope="module")
def keys():
    """The names of the reports of each edition; each relation has existed on its day."""
    found = {}
    for name in EDITIONS:
        edition = read_editions(find_home()).find(name)
        has_each = any(report.each for report in edition.reports)
        relations = read_register(edition.register)["partnerships"]["partnership_id"] if has_each else []
        found[name] = [
            key
            for report in edition.reports
            for key in ([f"partner/{one}" for one in relations] if report.each else [report.notebook])
        ]
    return found


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_report_is_there_in_both_languages(build_edition, keys, edition):
    expected = {f"{key}.{language}" for key in [*keys[edition], "index"] for language in LANGUAGES}
    pages = {
        path.relative_to(build_edition(edition)).as_posix() for path in build_edition(edition).rglob("*.html")
    }
    assert pages == {f"{name}.html" for name in expected}
    assert all(
        (build_edition(edition) / f"{key}.{language}.ipynb").is_file()
        for key in keys[edition]
        for language in LANGUAGES
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_is_accessible_and_asks_for_nothing(build_edition, check_page, edition):
    paths = [path for path in sorted(build_edition(edition).rglob("*.html")) if _is_looked_at(edition, path)]
    findings = {path.name: check_page(path) for path in paths}
    assert {name: found for name, found in findings.items() if found} == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_german_and_english_carry_the_same_numbers(build_edition, keys, edition):
    for key in keys[edition]:
        german, english = (
            read_document(build_edition(edition) / f"{key}.{language}.ipynb", language)
            for language in LANGUAGES
        )
        assert _digits(german.title, german.summary) == _digits(english.title, english.summary), key
        for one, other in zip(german.blocks, english.blocks, strict=True):
            assert type(one) is type(other), key
            assert _digits(*list_texts(one)) == _digits(*list_texts(other)), key


def _is_looked_at(edition, path):
    """Of the fictional city's partners two are enough: their pages have the parts that Leipzig's have, too."""
    is_partner = path.parent.name == "partner"
    return edition != "musterstadt-2025" or not is_partner or path.name.startswith(("borgo", "sampleton"))


def _digits(*texts):
    """The numbers in texts, without the separators that differ between the languages."""
    return Counter(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d)", "", " ".join(texts))))


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_page_shows_a_path_an_error_or_a_gap_in_a_sentence(build_edition, edition):
    for path in build_edition(edition).rglob("*.html"):
        text = re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8"))
        found = re.findall(
            r"Traceback|Warning:|(?<!\w)/(?:home|tmp)/|\{[a-z_]+\}|&lt;NA&gt;|\bnan\b|\bNone\b", text
        )
        assert found == [], path.name


def test_the_edition_of_2020_shows_the_published_figures(build_edition):
    document = read_document(build_edition("leipzig-2020") / "evaluation.en.ipynb", "en")
    assert "21 relations are in force" in document.summary
    assert "14 partner cities, 5 cooperation cities and 2 district partnerships" in document.summary
    answers = " ".join(plain_text(block.inlines) for block in document.each(Paragraph))
    assert "In round 2020, 13 of 21 relations were given the top rating AAA (62%)" in answers


def test_the_edition_of_2026_shows_the_change_with_its_day_and_source(build_edition):
    document = read_document(build_edition("leipzig-2026") / "evaluation.de.ipynb", "de")
    assert "15 Partnerstädte" in document.summary
    answers = [plain_text(block.inlines) for block in document.each(Paragraph)]
    change = next(text for text in answers if "Seit der Runde 2020" in text)
    assert "Ho-Chi-Minh-Stadt ist seit dem 21.\u00a0Juli 2021 Partnerstadt" in change


# The table of the data's SOURCE.md: published figures, and what an earlier recomputation found
STUDY = {
    *("11,618", "15,225", "7,128", "0.61353072818", "1,786", "12,492", "22", "0.10745134442", "0.027637"),
    *("6.73522927731", "6.736172", "0.340689344671", "24", "0.507693", "0.507736951382", "0.377274846217"),
    *("78", "75", "69", "63", "59", "58", "1,562,697.97", "1,009,707.96", "885,338.70"),
    *("0.0126", "0.0777", "0.0630", "0.0626", "0.626091219822"),
    *("14,896", "3,892", "1,645", "0.387", "5,529", "5,443", "0.158"),
}


def test_the_study_of_2013_stands_figure_by_figure_on_its_page(build_edition):
    document = read_document(build_edition("sister-cities-2013") / "network.en.ipynb", "en")
    shown = {cell.text for table in document.each(Table) for row in table.rows for cell in row}
    assert STUDY - shown == set()
    texts = " ".join(plain_text(block.inlines) for block in document.each(Paragraph))
    assert "13 are reproduced to all digits" in texts
    assert "abstract says that proximity has no influence. The same data show the opposite" in texts


def test_pages_stay_small(build_edition):
    sizes = {path.name: path.stat().st_size for path in build_edition("leipzig-2026").rglob("*.html")}
    assert max(sizes.values()) < 1_500_000
    assert sum(sizes.values()) < 12_000_000


@pytest.mark.parametrize(("language", "mark"), [("de", "fiktive Daten"), ("en", "fictional data")])
def test_all_that_is_built_from_fictional_data_says_so(build_edition, keys, language, mark):
    folder, label = build_edition("musterstadt-2025"), mark.capitalize().replace("daten", "Daten")
    for key in keys["musterstadt-2025"]:
        stem = f"{key}.{language}"
        page = (folder / f"{stem}.html").read_text(encoding="utf-8")
        assert re.search(f"<h1[^>]*>[^<]*\\({mark}\\)</h1>", page), key
        assert f'<strong class="draft">{label}</strong>' in page, key
        with pikepdf.open(folder / f"{stem}.pdf") as pdf:
            assert pdf.docinfo["/Keywords"] == label, key
        files = docx.Document(str(folder / f"{stem}.docx")), openpyxl.load_workbook(folder / f"{stem}.xlsx")
        assert [file.keywords for file in (files[0].core_properties, files[1].properties)] == [label] * 2, key
        package = json.loads((folder / "data" / stem / "datapackage.json").read_text(encoding="utf-8"))
        assert package["title"].endswith(f"({mark})"), key
    assert f"({mark})</h1>" in (folder / f"index.{language}.html").read_text(encoding="utf-8")
