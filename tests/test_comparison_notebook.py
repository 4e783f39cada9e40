"""The report on a city among its peers: its answer, and that what is not known is said."""

import re
from pathlib import Path

import papermill
import pytest

from analysis.publish.document.blocks import Note, Paragraph, Table, plain_text
from analysis.publish.document.reading import read_document

pytestmark = pytest.mark.edition
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Run the notebook on this project's registers, in a language."""

    def run(language):
        done = tmp_path_factory.mktemp(language) / "comparison.ipynb"
        given = {"language": language, "draws": 2000}
        papermill.execute_notebook(
            str(NOTEBOOKS / "comparison.ipynb"), str(done), given, cwd=str(NOTEBOOKS), progress_bar=False
        )
        return read_document(done, language)

    return run


def test_leipzig_has_partners_in_more_countries_than_chance_would_give_it(read):
    document = read("de")
    # 15 by tag24 (May 2025); 133 of the 26 cities, one of them a district's
    assert "Leipzig hat 15 Städtepartnerschaften, die 26 anderen Städte zusammen 132." in document.summary
    # 14 countries are those of data/leipzig; the range is that of the draws
    assert re.search(
        r"Ungewöhnlich gegenüber einer zufälligen Auswahl unter deren Partnern: Zahl der Länder 14 \(zu erwarten \d+ – \d+\)\.",
        document.summary,
    )
    texts = " ".join(plain_text(block.inlines) for block in document.each(Paragraph))
    assert "Nur Leipzig hat Partner in 3 Ländern" in texts
    assert "Lücken der Kenntnis sind keine Lücken der Partnerschaften." in texts


def test_both_languages_show_the_same_tables(read):
    documents = [read("de"), read("en")]
    sizes = [[len(block.rows) for block in document.each(Table)] for document in documents]
    assert sizes[0] == sizes[1]
    assert {26, 36, 12, 5, 4} <= set(sizes[0])  # coverages, candidates, countries, measures, shared partners
    assert all(list(document.each(Note)) for document in documents)
