"""Every file of an edition: what a reader finds in it, and what nobody may find in it."""

import html
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import page
import pytest
from conftest import REPOSITORY
from frictionless import Package, system
from pdf_examples import tool

from analysis.publish.document.blocks import Figure, Heading, Paragraph, Table, plain_text
from analysis.publish.document.reading import read_document
from analysis.publish.forms.glyphs import fit_for_print

pytestmark = pytest.mark.edition

# Paths of the machine, traces of Python, and what stays of a template that nobody has filled in
STRAY = re.compile(
    "|".join(re.escape(str(path)) + r"\b" for path in (REPOSITORY, sys.prefix, Path.home() / "."))
    + r"|/tmp/|site-packages|ipykernel_|Traceback|\b[A-Z]\w+(?:Error|Warning|Exception)\b|\bat 0x[0-9a-f]+"
    r"|\{[a-z_]\w*(?::[^{}]*)?\}|\{\{|\{%|\bNaN\b|\bnan\b|\bNaT\b|<NA>|\bUndefined\b"
)


@pytest.fixture(scope="module", params=["leipzig-2026", "leipzig-2020", "saxony-2026", "sister-cities-2013"])
def built(request, build_edition):
    return build_edition(request.param)


@pytest.fixture(scope="module")
def documents(built):
    """Each report by the path of its files without ending."""
    paths = {path.with_suffix(""): path.suffixes[-2][1:] for path in sorted(built.rglob("*.ipynb"))}
    return {
        stem: read_document(stem.with_name(stem.name + ".ipynb"), language)
        for stem, language in paths.items()
    }


def read_text(path):
    """What stands in a file, as far as it is meant to be read."""
    match path.suffix:
        case ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            return json.dumps([one.get("outputs") for one in cells], ensure_ascii=False)
        case ".html":
            shown = re.sub(r"(?s)<style>.*?</style>|data:image/[^\"]*", "", path.read_text(encoding="utf-8"))
            return html.unescape(re.sub(r"<[^>]*>", " ", shown))
        case ".bib":  # its braces are no template's
            return re.sub("[{}]", "", path.read_text(encoding="utf-8"))
        case ".docx" | ".xlsx":
            with zipfile.ZipFile(path) as archive:
                parts = [
                    archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))
                ]
            return re.sub(r'(?:uri|ext)="\{[^}]*\}"', "", b"".join(parts).decode("utf-8"))
        case ".pdf":
            command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
            return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
        case _:
            return path.read_text(encoding="utf-8")


def test_each_report_has_all_its_forms(built, documents):
    for stem in documents:
        name = stem.relative_to(built).as_posix()
        places = [f"{name}.{ending}" for ending in ("html", "pdf", "docx", "xlsx")]
        places.append(f"data/{name}/datapackage.json")
        assert [place for place in places if not (built / place).is_file()] == []


def test_no_file_holds_what_only_its_maker_should_see(built):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    found = {}
    for path in sorted(path for path in built.rglob("[!.]*") if path.is_file()):
        text = read_text(path)
        if stray := STRAY.search(text):
            found[path.relative_to(built).as_posix()] = text[max(stray.start() - 40, 0) : stray.end() + 40]
    assert found == {}


def test_workbooks_hold_the_numbers_of_the_reports(documents):
    for stem, document in documents.items():
        book = openpyxl.load_workbook(stem.with_name(stem.name + ".xlsx"))
        tables = [
            (f"{block.label} {'Daten' if document.language == 'de' else 'data'}", block.data)
            if isinstance(block, Figure)
            else (block.label, block)
            for block in document.blocks
            if isinstance(block, Figure | Table)
        ]
        assert book.sheetnames[1 : len(tables) + 1] == [name for name, _ in tables]
        for name, table in tables:
            rows = book[name].iter_rows(min_row=5, max_row=4 + len(table.rows), values_only=True)
            shown = [[_number(value) for value in row] for row in rows]
            assert shown == [[_number(cell.value) for cell in row] for row in table.rows], (stem.name, name)


def _number(value):
    """A number in fewer digits than Excel keeps."""
    return f"{value:.12g}" if isinstance(value, int | float) and not isinstance(value, bool) else None


def test_data_packages_are_valid(built, documents):
    packages = sorted(built.rglob("datapackage.json"))
    assert len(packages) == len(documents) > 0
    with system.use_context(trusted=True):
        reports = {path: Package(str(path)).validate() for path in packages}
    assert {
        path.parent.name: report.flatten(["message"]) for path, report in reports.items() if not report.valid
    } == {}


def test_the_manifest_lists_every_file(built):
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    listed = set(manifest["index"]).union(*(report["outputs"] for report in manifest["reports"]))
    there = {path.relative_to(built).as_posix() for path in built.rglob("[!.]*") if path.is_file()}
    assert listed == there - {"manifest.json"}
    cited = {"citation.bib", "datacite.json"}
    assert set(manifest["index"]) == {"index.de.html", "index.en.html", "ro-crate-metadata.json", *cited}


def test_every_pdf_is_accessible_and_fit_for_the_archive(documents):
    for stem in documents:
        path = stem.with_name(stem.name + ".pdf")
        assert [page.validate_pdf(path, profile=profile).is_compliant for profile in ("ua1", "3a")] == [
            True,
            True,
        ]
        result = subprocess.run([tool("qpdf"), "--check", path], capture_output=True, text=True, check=False)
        assert (result.returncode, result.stderr) == (0, ""), path.name


def test_page_pdf_and_word_say_the_same(documents):
    tool("pdftotext")
    for stem, document in documents.items():
        printed = fit_for_print(document)
        for ending, reference in ((".html", document), (".pdf", printed), (".docx", printed)):
            shown = squeeze(show_text(stem.with_name(stem.name + ending)))
            missing = [text for text in list_sentences(reference) if squeeze(text) not in shown]
            assert missing == [], (stem.name, ending)


def list_sentences(document):
    """Every heading, paragraph, caption, note and cell of a report that all its forms show."""
    yield from (document.title, plain_text(document.lead))
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                yield plain_text(block.inlines)
            case Table():
                yield from (plain_text(block.caption), plain_text(block.note), block.legend)
                yield from (column.title for column in block.columns)
                yield from (cell.text for row in block.rows for cell in row)
            case Figure():
                yield plain_text(block.caption)
    yield from (source.title for source in document.sources)


def show_text(path):
    """The text of a web page, a PDF (without running heads and feet) or a Word file."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            return html.unescape(re.sub(r"<[^>]*>", "", archive.read("word/document.xml").decode("utf-8")))
    if path.suffix == ".html":
        return read_text(path)
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    lines = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8").split("\f")
    pages = ["\n".join(page_text.splitlines()[1:]) for page_text in lines]
    return re.sub(r"(?m)^.* (Seite|Page) \d+ (von|of) \d+$", "", "\n".join(pages))


def squeeze(text):
    """Text without spaces, hyphens and numbers of sources: what line breaks and footnotes cannot change."""
    return re.sub(r"[\s\u00ad\u200b\u2060\u2010-]|\[\d+\]", "", text)
