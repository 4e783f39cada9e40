"""The reports of an edition: each executed notebook in all its forms, and an index of the pages in each language."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.publish.document.leaks import check_leaks
from analysis.publish.document.marks import add_mark
from analysis.publish.document.reading import Document, DocumentError, read_document
from analysis.publish.edition.citation import BIBTEX, Citation, cite
from analysis.publish.edition.datacite import DATACITE, write_datacite
from analysis.publish.edition.editions import Edition
from analysis.publish.edition.rocrate_inputs import describe_licence, list_cited
from analysis.publish.forms.formats import FormatError, write_forms
from analysis.publish.forms.html import AUTHOR, IndexEntry, PageContext, write_index
from analysis.publish.runs.run import Finished, Run, RunError


@dataclass(frozen=True)
class Press:
    """
    Writes the reports of one edition; workers get a copy of it.

    Attributes
    ----------
    edition : Edition
    runs : tuple of Run
        All of the edition, so that a report knows the others.
    formats : tuple of str
        Names of `analysis.publish.forms.formats.FORMATS`.
    private : tuple of str
        Paths of this machine, which no report may hold.
    fonts : Path or None
        Folder with further fonts.
    licence : tuple of str
        Code, title and address of the licence of the register; empty where it names none.
    """

    edition: Edition
    runs: tuple[Run, ...]
    formats: tuple[str, ...]
    private: tuple[str, ...] = ()
    fonts: Path | None = None
    licence: tuple[str, ...] = ()

    def write_report(self, done: Finished, folder: Path) -> tuple[str, str, str]:
        """
        Write one report beside its executed notebook.

        Parameters
        ----------
        done : Finished
        folder : Path
            Holds ``<key>.<language>.ipynb``.

        Returns
        -------
        tuple of str
            Title, summary and mark.

        Raises
        ------
        RunError
            If the notebook is no report, or cannot be written in one of the forms.
        """
        run = done.run
        path = folder / f"{run.key}.{run.language}.ipynb"
        try:
            document: Document = read_document(path, run.language)
            check_leaks(document, [*self.private, *map(str, run.notebook.parents[1:2])], path.name)
            place = self._place(run.key, run.language, document.mark)
            write_forms(document, place, folder, run.key, self.formats, self.fonts)
        except (DocumentError, FormatError) as error:
            raise RunError(f"{run}: {error}") from None
        return document.title, document.summary, document.mark

    def write_indexes(self, said: Mapping[Run, tuple[str, str, str]], folder: Path) -> None:
        """
        Write the index page of each language.

        Parameters
        ----------
        said : mapping of Run to tuple of str
            Title, summary and mark of each report, in the order of the index; the runs of an ``each`` follow their titles.
        folder : Path
        """
        citation = self._cite(said)
        for language, mark in _list_marks(said).items():
            context, text = self._place("index", language, mark), citation.write_text(language)
            entries = list(self._list_entries(said, language))
            write_index(entries, context, folder / f"index.{language}.html", text, (BIBTEX, DATACITE))

    def write_citations(self, said: Mapping[Run, tuple[str, str, str]], folder: Path, state: Path) -> None:
        """
        Write how the edition is cited, as BibTeX and as DataCite metadata.

        Parameters
        ----------
        said : mapping of Run to tuple of str
            Title, summary and mark of each report.
        folder : Path
        state : Path
            Snapshot of what the runs have read, for the licence and the sources of the data.
        """
        citation = self._cite(said)
        licence = describe_licence(state / "data" / self.edition.register.name)
        sources = [row.get("url") or "" for row in list_cited(state)]
        texts = {
            BIBTEX: citation.write_bibtex(),
            DATACITE: write_datacite(citation, licence, sources, self.edition.obtain),
        }
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")

    def _cite(self, said: Mapping[Run, tuple[str, str, str]]) -> Citation:
        titles = {
            language: add_mark(self.edition.title(language), mark)
            for language, mark in _list_marks(said).items()
        }
        return cite(self.edition, titles)

    def _place(self, key: str, language: str, mark: str) -> PageContext:
        """Say where a page stands among the others."""
        edition, depth = self.edition, key.count("/")
        others = [run.language for run in self.runs if run.language != language and key in (run.key, "index")]
        return PageContext(
            edition=edition.edition_id,
            edition_title=add_mark(edition.title(language), mark),
            as_of=edition.as_of.isoformat(),
            language=language,
            other_language_href=f"{key.rpartition('/')[2]}.{others[0]}.html" if others else None,
            index_href=f"{'../' * depth}index.{language}.html",
            reports=frozenset(run.key for run in self.runs if run.language == language),
            is_draft=edition.is_draft,
            paper_number=edition.paper_number or None,
            mark=mark,
            author=edition.publisher(language) or AUTHOR,
            depth=depth,
            licence=self.licence,
        )

    def _list_entries(self, said: Mapping[Run, tuple[str, str, str]], language: str) -> Iterator[IndexEntry]:
        """Give the entries of the index, report by report."""
        for report in self.edition.reports:
            found = [
                IndexEntry(run.key, title, summary, report.group(language))
                for run, (title, summary, _) in said.items()
                if run.language == language and run.key.partition("/")[0] == report.notebook
            ]
            yield from sorted(found, key=lambda entry: _alphabetical(entry.title)) if report.each else found


def _list_marks(said: Mapping[Run, tuple[str, str, str]]) -> dict[str, str]:
    """The mark of the edition by language, empty for none, in the order of its languages."""
    marks = dict.fromkeys((run.language for run in said), "")
    for run, (*_, mark) in said.items():
        marks[run.language] = marks[run.language] or mark
    return marks


def _alphabetical(title: str) -> str:
    """Sort Ä beside A, as a reader expects."""
    return unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
