"""The forms of a report: all of them, a choice of them, and what the page says of the others."""

import re

import pytest

from analysis.publish.document.blocks import Cell, Column, Document, Paragraph, Plain, Table
from analysis.publish.forms import formats
from analysis.publish.forms.formats import FORMATS, FormatError, write_forms
from analysis.publish.forms.html import Form, PageContext, write_page

TABLE = Table(
    1, "table-1", "Tabelle 1", (Plain("Alle"),), (Column("a", "A", "text", "left"),), ((Cell("x", "x"),),)
)


def document(*blocks, language="de"):
    return Document("Titel", "Kurz.", (Plain("Kurz."),), language, blocks, ())


def place(key, language="de", **more):
    depth = key.count("/")
    return PageContext("e", "Ausgabe", "2026-11-01", language, None, "index.de.html", depth=depth, **more)


def write(tmp_path, key, *blocks, names=tuple(FORMATS)):
    (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
    write_forms(document(*blocks), place(key), tmp_path, key, names)
    return {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}


def test_each_report_has_all_forms_and_the_page_links_them(tmp_path):
    found = write(tmp_path, "partner/kyiv", TABLE)
    data = {"data/partner/kyiv.de/datapackage.json", "data/partner/kyiv.de/table-1.csv"}
    assert found == {f"partner/kyiv.de.{ending}" for ending in ("html", "pdf", "docx", "xlsx")} | data
    page = (tmp_path / "partner" / "kyiv.de.html").read_text(encoding="utf-8")
    forms = page.partition('<nav class="forms"')[2].partition("</nav>")[0]
    links = dict(re.findall(r'<a href="([^"]+)">[^<]+</a> (\d+ kB)', forms))
    assert list(links) == [
        "kyiv.de.pdf",
        "kyiv.de.docx",
        "kyiv.de.xlsx",
        "../data/partner/kyiv.de/datapackage.json",
    ]
    for href, size in links.items():
        if not href.startswith("../"):
            assert size == f"{(tmp_path / 'partner' / href).stat().st_size // 1000} kB"
    assert (
        '<a href="../data/partner/kyiv.de/table-1.csv" download aria-label="Tabelle 1: CSV">CSV</a>' in page
    )


def test_a_choice_of_forms(tmp_path):
    assert write(tmp_path, "history", TABLE, names=["xlsx"]) == {"history.de.xlsx"}
    found = write(tmp_path, "history", TABLE, names=["html", "xlsx"])
    assert found == {"history.de.html", "history.de.xlsx"}
    page = (tmp_path / "history.de.html").read_text(encoding="utf-8")
    assert re.findall('<a href="(history[^"]+)"', page) == ["history.de.xlsx"]
    assert "CSV" not in page


def test_a_report_without_tables_has_no_csv(tmp_path):
    found = write(tmp_path, "history", Paragraph((Plain("Text"),)), names=["csv", "html"])
    assert found == {"history.de.html"}
    assert 'class="forms"' not in (tmp_path / "history.de.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "size", "text"),
    [
        ("de", 999, "1 kB"),
        ("de", 412_345, "412 kB"),
        ("de", 1_340_000, "1,3 MB"),
        ("en", 1_340_000, "1.3 MB"),
    ],
)
def test_sizes_are_told_as_readers_know_them(tmp_path, language, size, text):
    path = tmp_path / "page.html"
    context = place("x", language, forms=(Form("pdf", "PDF", "x.pdf", size),))
    write_page(document(language=language), context, path)
    assert f'<a href="x.pdf">PDF</a> {text}' in path.read_text(encoding="utf-8")


def test_a_writer_that_fails_is_named_with_its_file(tmp_path, monkeypatch):
    def fail(*_):
        raise KeyError("kind")

    monkeypatch.setitem(formats.FORMATS, "pdf", formats.Format("PDF", "{key}.{language}.pdf", fail))
    with pytest.raises(FormatError, match=r"^history\.de\.pdf: cannot be written \(KeyError: 'kind'\)$"):
        write(tmp_path, "history", TABLE)


def test_a_full_disk_is_no_fault_of_the_report(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(formats.FORMATS, "pdf", formats.Format("PDF", "{key}.{language}.pdf", fail))
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path, "history", TABLE)
