"""A notebook marks its report once; title and pictures carry the mark."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.publish.document.reading import DocumentError, read_document


def mark(page):
    page.mark(de="Fiktive Daten", en="Fictional data")


def draw(page):
    figure = Figure()
    figure.add_subplot().plot([1, 2])
    page.figure(figure, alt="Zwei Punkte", caption="Punkte", data=pd.DataFrame({"name": ["Kiew"]}))


@pytest.mark.parametrize(
    ("language", "title", "marked"),
    [("de", "Titel (fiktive Daten)", "Fiktive Daten"), ("en", "Title (fictional data)", "Fictional data")],
)
def test_the_title_holds_the_mark(notebook, language, title, marked):
    found = read_document(notebook(mark, language=language), language)
    assert (found.title, found.mark, found.blocks) == (title, marked, ())


def test_a_report_without_mark_has_none(notebook):
    found = read_document(notebook(), "de")
    assert (found.title, found.mark) == ("Titel", "")


def test_there_is_one_mark(notebook):
    with pytest.raises(
        DocumentError, match=r"cell 3 \(page.say\(…\)\): is a second mark after notebook, cell 2"
    ):
        read_document(notebook(mark, mark), "de")


def test_pictures_name_the_mark(show):
    figure = show(lambda page: (mark(page), draw(page)))[1]
    assert "<dc:title>Fiktive Daten</dc:title>" in figure.data["image/svg+xml"]
