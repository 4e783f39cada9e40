"""What is left of reports that failed: whole, escaped, in words for a lay reader, and gone when all is well."""

import os
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from conftest import PARAMETERS, SHOW, titled, write_notebook
from publish_examples import HOSTILE

from analysis.publish.edition.editions import read_editions
from analysis.publish.edition.failures import (
    BuildError,
    find_failures,
    remove_failures,
    write_failures,
)
from analysis.publish.runs.failure import Failure, RunError
from analysis.publish.runs.run import Run


class Reader(HTMLParser):
    """The visible words of a page, and the tags in it."""

    def __init__(self, path):
        super().__init__()
        self.texts, self.tags, self.links, self._hidden = [], [], [], False
        self.feed(path.read_text(encoding="utf-8"))
        self.text = " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name == "href" and tag == "a"]
        self._hidden = tag == "style"

    def handle_endtag(self, tag):
        self._hidden = False

    def handle_data(self, data):
        self.texts += [] if self._hidden else [data]


def make_failure(home, kind="cell", cause="ValueError: why", language="de", **about):
    run = Run(home / "notebooks" / "overview.ipynb", language, "overview")
    return {run: RunError(f"{run}: {cause}", Failure(kind, cause, **about), run)}


def write_now(home, failed):
    return write_failures(failed, read_editions(home).find("now"), home / "reports" / "now")


def test_the_page_says_which_report_which_step_and_what_to_do(twinning, home):
    parts = [
        ("## Auf einen Blick", ["de"]),
        ("## At a glance", ["en"]),
        ("## Was es kostet", ["de"]),
        ("## What it costs", ["en"]),
    ]
    path = write_notebook(home / "notebooks" / "overview.ipynb", *titled("Überblick <b>"), "1", "1 / 0", "2")
    notebook = nbformat.read(path, as_version=4)
    for place, (text, tags) in zip((4, 4, 8, 8), parts[1::-1] + parts[3:1:-1], strict=True):
        notebook.cells.insert(place, nbformat.v4.new_markdown_cell(text, metadata={"tags": tags}))
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number}"
    nbformat.write(notebook, path)
    code, _, err = twinning("report", "now", "--format", "html")
    assert code == 1
    assert "overview (de)  Auf einen Blick" in err
    assert "overview (en)  At a glance" in err
    folder = home / "reports" / "now.failed"
    names = [f"overview.{language}.{form}" for language in ("de", "en") for form in ("html", "ipynb")]
    assert sorted(path.name for path in folder.iterdir()) == sorted([".generation", *names])
    german, english = Reader(folder / names[0]), Reader(folder / names[2])
    for page, words in {
        german: ["Dieser Bericht ist nicht fertig geworden: Überblick <b>", "im Abschnitt „Auf einen Blick“",
                 "ZeroDivisionError: division by zero", "Was Sie tun können", "Ausgabe „Jetzt“"],
        english: ["This report was not finished: Überblick <b>", "in the section “At a glance”",
                  "ZeroDivisionError: division by zero", "What you can do", "Edition “Now”"],
    }.items():  # fmt: skip
        assert [word for word in words if word not in page.text] == []
    assert german.links[1:-1] == ["overview.de.ipynb"]
    assert "„" not in english.text.replace("Überblick", "")
    cells = nbformat.read(folder / "overview.de.ipynb", as_version=4).cells
    assert [output.ename for cell in cells for output in cell.get("outputs", []) if "ename" in output] == [
        "ZeroDivisionError"
    ]


def test_the_next_good_build_removes_it_and_keeps_what_was_done(twinning, home):
    good = (home / "notebooks" / "overview.ipynb").read_bytes()
    write_notebook(home / "notebooks" / "overview.ipynb", "1 / 0")
    assert twinning("report", "now", "--format", "html")[0] == 1
    assert (home / "reports" / "now.failed" / "overview.de.html").is_file()
    (home / "notebooks" / "overview.ipynb").write_bytes(good)
    code, _, err = twinning("report", "now", "--format", "html")
    assert code == 0
    assert err.startswith("2 of 6 reports to build, the others are up to date\n")
    assert sorted(os.listdir(home / "reports")) == [".generations", "editions.toml", "now"]
    assert sorted(os.listdir(home / "reports" / ".generations")) == ["now.1", "now.cache"]


KINDS = {
    "cell": "A step of the analysis ran into an error.",
    "input": "The report wanted something that is not among its data.",
    "time": "The report took longer than is allowed.",
    "memory": "The report needed more memory than is allowed.",
    "died": "The program that computes the report ended unexpectedly.",
    "disk": "The report could not be stored.",
    "form": "cannot be written as a page or document as it is.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_failure_has_its_words_and_ends_with_the_same_advice(home, kind):
    (lost,) = write_now(home, make_failure(home, kind, language="en"))
    page = Reader(lost.page)
    assert KINDS[kind] in page.text
    assert "Then repeat the same command. Reports that are finished have been kept" in page.text
    assert "In which section it happened is not known." in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_messages_titles_and_headings_are_shown_as_text(home, text):
    cells = [
        nbformat.v4.new_code_cell(SHOW, outputs=[show("title", text), show("heading", text)]),
        nbformat.v4.new_code_cell("1 / 0"),
    ]
    notebook = nbformat.writes(nbformat.v4.new_notebook(cells=cells))
    plain = make_failure(home)
    (lost,) = write_now(home, make_failure(home, cause=text, cells=2, notebook=notebook))
    page, usual = Reader(lost.page), Reader(write_now(home, plain)[0].page)
    assert page.tags == usual.tags
    assert " ".join(text.split()) in page.text


def show(role, text):
    return nbformat.v4.new_output(
        "display_data", {"text/plain": text}, metadata={"report": {"role": role, "language": "de"}}
    )


def test_the_mark_of_fictional_data_stands_on_the_page_too(home):
    cells = [nbformat.v4.new_code_cell(SHOW, outputs=[show("mark", "Fiktive Daten")])]
    notebook = nbformat.writes(nbformat.v4.new_notebook(cells=cells))
    (lost,) = write_now(home, make_failure(home, cells=1, notebook=notebook))
    assert "Fiktive Daten" in Reader(lost.page).text


def test_without_what_was_left_the_notebook_itself_is_there(home):
    (lost,) = write_now(home, make_failure(home, "died"))
    kept = lost.page.with_name("overview.de.ipynb").read_text(encoding="utf-8")
    assert kept == (home / "notebooks" / "overview.ipynb").read_text(encoding="utf-8")


def test_where_the_page_cannot_be_written_the_reports_still_tell_why(home):
    folder = find_failures(home / "reports" / "now")
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    failed = make_failure(home)
    (lost,) = write_now(home, failed)
    assert lost.page is None
    error = BuildError(["overview (de): why"], 2, [lost])
    assert str(error) == "1 of 2 reports failed, nothing was published."
    remove_failures(home / "reports" / "now")
    assert os.listdir(folder) == ["thesis.txt"]


def test_several_pages_are_told_together():
    run = Run(Path("x.ipynb"), "de", "a")
    lost = [make_lost(run, Path("f/a.de.html")), make_lost(run, Path("f/b.de.html"))]
    assert str(BuildError(["a", "b"], 3, lost)) == (
        f"2 of 3 reports failed, nothing was published. What to do, in words: {lost[0].page} and beside it."
    )


def make_lost(run, page):
    from analysis.publish.edition.failures import Lost

    return Lost(run, "A", "", "", Failure("cell", "why"), page)


def test_parameters_of_the_run_are_in_the_partial_notebook(home, twinning):
    write_notebook(home / "notebooks" / "overview.ipynb", "1 / 0", parameters=PARAMETERS)
    assert twinning("report", "then", "--format", "html")[0] == 0
    assert twinning("report", "now", "--language", "en", "--format", "html")[0] == 1
    left = home / "reports" / "now.draft.failed" / "overview.en.ipynb"
    assert 'language = "en"' in left.read_text(encoding="utf-8").replace('\\"', '"')
