"""Failures, warnings, paths and placeholders never reach a reader."""

import pytest
from conftest import titled, write_notebook
from publish_examples import markdown

from analysis.publish.document.blocks import Cell, Column, Document, Paragraph, Plain, Table
from analysis.publish.document.leaks import check_leaks
from analysis.publish.document.reading import DocumentError, read_document
from analysis.publish.runs.run import Run, RunError, execute_run
from analysis.publish.runs.workers import Job, execute_runs

PRIVATE = ("/srv/reports", "/data", "/")

LEAKS = {
    "Traceback (most recent call last): …": "text of a Python failure or warning",
    "KeyError: 'form'": "text of a Python failure or warning",
    "x.py:3: UserWarning: old": "text of a Python failure or warning",
    "<Axes object at 0x7f00>": "text of a Python failure or warning",
    "in ipykernel_42/17.py": "text of a Python failure or warning",
    "Siehe /srv/reports/x.csv.": "a path of this machine",
    "(/data)": "a path of this machine",
}
HARMLESS = [
    '#read("/etc/passwd")',
    "https://example.org/data und /database",
    "Fehler: keiner. Error: none. A warning: none.",
    "1/2 und/oder",
    "{{ 7 * 7 }} {name}",
    "None of them, nan, <b>",
]


def document(text, where="prose"):
    cell = Table(1, "table-1", "Tabelle 1", (), (Column("a", "A", "text", "left"),), ((Cell(text, "raw"),),))
    return Document(
        title=text if where == "title" else "Titel",
        summary="",
        lead=(),
        language="de",
        blocks=(cell,) if where == "cell" else (Paragraph((Plain(text if where == "prose" else ""),)),),
        sources=(),
    )


@pytest.mark.parametrize("where", ["title", "prose", "cell"])
@pytest.mark.parametrize("text", LEAKS)
def test_what_only_the_maker_should_see_is_refused(text, where):
    with pytest.raises(DocumentError) as caught:
        check_leaks(document(text, where), PRIVATE, "history.de.ipynb")
    message = str(caught.value)
    assert message.startswith(("history.de.ipynb: says '", 'history.de.ipynb: says "'))
    assert f"which is {'the ' * ('text' in LEAKS[text])}{LEAKS[text]}. " in message
    assert message.endswith(("Mend its cause in the notebook.", "Show the name without its folder."))


@pytest.mark.parametrize("text", HARMLESS)
def test_texts_of_a_register_are_let_through(text):
    check_leaks(document(text), PRIVATE, "history.de.ipynb")


def test_a_warning_goes_to_the_builder_and_not_into_the_report(tmp_path):
    work = tmp_path / "work"
    (work / "notebooks").mkdir(parents=True)
    noisy = "import sys, warnings\nwarnings.warn('too old')\nprint('hm', file=sys.stderr)"
    notebook = write_notebook(work / "notebooks" / "noisy.ipynb", *titled("T"), noisy)
    finished = execute_run(Run(notebook, "de", "noisy", {"language": "de"}), tmp_path / "out", work)
    assert "UserWarning: too old" in finished.notes
    assert "hm" in finished.notes
    assert "too old" not in finished.path.read_text(encoding="utf-8").replace("warnings.warn('too old')", "")
    report = read_document(finished.path, "de")
    assert (report.title, report.blocks) == ("T", ())


def refuse(done, folder):
    raise RunError(f"{done.run}: is refused")


def test_what_a_writer_refuses_is_told_as_a_failed_run(tmp_path):
    (tmp_path / "notebooks").mkdir()
    notebook = write_notebook(tmp_path / "notebooks" / "x.ipynb", *titled("T"))
    (outcome,) = execute_runs([Job(Run(notebook, "de", "x"), tmp_path / "out", tmp_path)], finish=refuse)
    assert str(outcome) == "x (de): is refused"


def test_a_placeholder_in_a_cell_of_text_is_refused(notebook):
    node = notebook()
    node.cells += [markdown("Es sind {n:0} Städte.", "de"), markdown("There are {n:0} cities.", "en")]
    with pytest.raises(DocumentError) as caught:
        read_document(node, "de")
    assert str(caught.value).endswith(
        "holds '{n:0}', which only page.say fills in. Say it with page.say(de=…, en=…, name=value)."
    )


def test_braces_that_are_no_placeholder_stay(notebook):
    node = notebook()
    node.cells += [markdown("[Kraków]{lang=pl} {1}", "de"), markdown("[Kraków]{lang=pl} {1}", "en")]
    assert read_document(node, "de").blocks
