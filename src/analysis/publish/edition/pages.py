"""The reports of an edition: each executed notebook in all its forms, and an index of the pages in each language."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.publish.document.leaks import check_leaks
from analysis.publish.document.marks import add_mark
from analysis.publish.document.reading import Document, DocumentError, read_document
from analysis.publish.edition.editions import Edition
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
    """

    edition: Edition
    runs: tuple[Run, ...]
    formats: tuple[str, ...]
    private: tuple[str, ...] = ()
    fonts: Path | None = None

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
        for language in dict.fromkeys(run.language for run in said):
            marks = [mark for run, (*_, mark) in said.items() if mark and run.language == language]
            context = self._place("index", language, next(iter(marks), ""))
            write_index(list(self._list_entries(said, language)), context, folder / f"index.{language}.html")

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


def _alphabetical(title: str) -> str:
    """Sort Ä beside A, as a reader expects."""
    return unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
