"""The pages of an edition: each executed notebook as a page, and an index of them in each language."""

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.publish.document import Document, DocumentError, read_document
from analysis.publish.editions import Edition
from analysis.publish.html import IndexEntry, PageContext, write_index, write_page
from analysis.publish.runs import Run


def write_pages(edition: Edition, runs: Sequence[Run], folder: Path) -> list[str]:
    """
    Write the pages of an edition beside its executed notebooks.

    Parameters
    ----------
    edition : Edition
    runs : sequence of Run
        Executed; the index follows their order, the runs of an ``each`` that of their titles.
    folder : Path
        Holds ``<key>.<language>.ipynb`` for each run.

    Returns
    -------
    list of str
        What is wrong with the executed notebooks, one message per report; empty if all pages were written.
    """
    failures = []
    documents: dict[Run, Document] = {}
    for run in runs:
        stem = folder / f"{run.key}.{run.language}"
        try:
            documents[run] = read_document(stem.with_name(stem.name + ".ipynb"), run.language)
            write_page(
                documents[run],
                _place(edition, runs, run.key, run.language),
                stem.with_name(stem.name + ".html"),
            )
        except DocumentError as error:
            failures.append(f"{run}: {error}")
    if not failures:
        for language in dict.fromkeys(run.language for run in runs):
            entries = list(_list_entries(edition, documents, language))
            context = _place(edition, runs, "index", language)
            write_index(entries, context, folder / f"index.{language}.html")
    return failures


def _place(edition: Edition, runs: Sequence[Run], key: str, language: str) -> PageContext:
    """Say where a page stands among the others."""
    depth = key.count("/")
    others = [run.language for run in runs if run.language != language and key in (run.key, "index")]
    return PageContext(
        edition=edition.edition_id,
        edition_title=edition.title(language),
        as_of=edition.as_of.isoformat(),
        language=language,
        other_language_href=f"{key.rpartition('/')[2]}.{others[0]}.html" if others else None,
        index_href=f"{'../' * depth}index.{language}.html",
        reports=frozenset(run.key for run in runs if run.language == language),
        is_draft=edition.is_draft,
        paper_number=edition.paper_number or None,
        depth=depth,
    )


def _list_entries(edition: Edition, documents: dict[Run, Document], language: str) -> Iterator[IndexEntry]:
    """Give the entries of the index, report by report."""
    for report in edition.reports:
        found = [
            IndexEntry(run.key, document.title, document.summary, report.group(language))
            for run, document in documents.items()
            if run.language == language and run.key.partition("/")[0] == report.notebook
        ]
        yield from sorted(found, key=lambda entry: _alphabetical(entry.title)) if report.each else found


def _alphabetical(title: str) -> str:
    """Sort Ä beside A, as a reader expects."""
    return unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
