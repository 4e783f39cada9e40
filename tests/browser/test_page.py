"""A report from a real notebook, in a real browser."""

import textwrap
from pathlib import Path

import nbformat
import papermill
import pytest
from publish_examples import GLOSSARY, markdown

from analysis.publish.document.reading import read_document
from analysis.publish.forms.html import IndexEntry, PageContext, write_index, write_page

pytestmark = pytest.mark.browser

CELLS = [
    """
    import pandas as pd
    from matplotlib.figure import Figure
    from analysis.publish.show import Page
    from analysis.sentences import Text, cite
    from publish_examples import HOSTILE, SOURCES
    page = Page(language)
    page.sources(SOURCES)
    """,
    """
    page.title("Was bringt es?", "What is it good for?")
    page.summary("{n} Städte{c}.", "{n} cities{c}.", n=8, c=cite("seed"))
    """,
    """
    long = pd.DataFrame({"name": HOSTILE, "distance_km": 9876.5, "form": "cooperation", "first_date": "1973-09"})
    long["source_id"] = "seed;paper-2021"
    page.table(long, caption="Wie weit? [@seed]", note="Luftlinie", links=["report:partner/kyiv"] + [None] * 7)
    """,
    """
    page.heading(3, "Bild: {x}", "Picture: {x}", x=HOSTILE[4])
    axes = Figure(figsize=(6.7, 3)).subplots()
    axes.barh(["a", "b"], [1, 2])
    page.figure(axes, alt="Zwei Balken", caption="Zwei [@bad]", data=long[["name", "distance_km"]])
    """,
    """
    page.note("{x}", "{x}", x=" ".join(HOSTILE))
    page.table(pd.DataFrame({"name": ["x"] * 30}).assign(**{f"Spalte {n}": n for n in range(14)}), caption="Breit")
    """,
]
PROSE = [
    "## Kapitel\n\nText [@seed][@paper-2021], [Profil](report:partner/kyiv), [Netz](https://a.b).\n\n- x\n\n> q",
    "## Chapter\n\nText [@seed][@paper-2021], [profile](report:partner/kyiv), [web](https://a.b).\n\n- x\n\n> q",
]


@pytest.fixture(scope="module", params=["de", "en"])
def pages(request, tmp_path_factory):
    """Folder with an index, a report and a profile, all from one executed notebook."""
    folder = tmp_path_factory.mktemp("edition")
    language = request.param
    other = "en" if language == "de" else "de"
    with pytest.MonkeyPatch.context() as patch:
        _make_home(tmp_path_factory.mktemp("home"), patch)
        notebook = folder / "executed.ipynb"
        _write_notebook(folder / "report.ipynb")
        papermill.execute_notebook(
            folder / "report.ipynb", notebook, parameters={"language": language}, progress_bar=False
        )
        document = read_document(notebook, language)
        keys = frozenset({"evaluation", "partner/kyiv"})
        context = PageContext(
            "now", "Heute", "2026-11-01", language, f"x.{other}.html", "index.html", keys, True
        )
        write_page(document, context, folder / "evaluation.html")
        entries = [IndexEntry("evaluation", document.title, document.summary)]
        entries += [IndexEntry("partner/kyiv", "x" * 300, "Seit 1961.", "Profile")]
        cited = ("x" * 300, ("citation.bib", "datacite.json"))
        write_index(entries, context, folder / "index.html", *cited)
    return folder


def _make_home(home, patch):
    (home / "data" / "schema").mkdir(parents=True)
    (home / "data" / "reference").mkdir()
    (home / "data" / "reference" / "glossary.csv").write_text(GLOSSARY, encoding="utf-8")
    patch.setenv("TWINNING_HOME", str(home))
    patch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


def _write_notebook(path):
    cells = [nbformat.v4.new_code_cell('language = "de"', metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell(textwrap.dedent(source).strip()) for source in CELLS]
    cells[3:3] = [markdown(PROSE[0], "de"), markdown(PROSE[1], "en")]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


@pytest.mark.parametrize("name", ["evaluation.html", "index.html"])
def test_nothing_is_wrong(pages, check_page, name):
    assert check_page(pages / name) == []


def test_the_first_key_reaches_the_skip_link(pages, browser):
    page = browser.new_page()
    page.goto((pages / "evaluation.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.close()


def test_the_checker_sees_what_is_wrong(tmp_path, check_page):
    path = tmp_path / "bad.html"
    path.write_text(
        '<!DOCTYPE html><title>x</title><img src="missing.png"><div style="width: 400px">x</div>'
        "<script>console.log('hello')</script>"
    )
    findings = "\n".join(check_page(path))
    for expected in (
        "light: axe html-has-lang",
        "dark: axe image-alt",
        "request: file:",
        "console: hello",
        "width: 4",
    ):
        assert expected in findings
