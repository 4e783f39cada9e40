"""What a notebook calls to show its findings: `Page`.

Everything is emitted as standard MIME bundles, so the notebook looks right in JupyterLab, and the same outputs
are read back by `analysis.publish.document.reading`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from IPython.display import display

from analysis.publish.document import prose
from analysis.publish.document.bundles import (
    RESOURCE,
    SVG,
    as_data_resource,
    bundle_figure,
    bundle_table,
    find_figure,
)
from analysis.publish.document.cells import describe_table
from analysis.wording import Wording

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SOURCE_COLUMNS = ("source_id", "title", "publisher", "date", "url", "accessed_date")


class Page:
    """One report, shown piece by piece from a notebook.

    Parameters
    ----------
    language : {"de", "en"}
        Language of the report.
    words : analysis.wording.Wording, optional
        The wording to use; by default that of the project's glossary.

    Notes
    -----
    Texts are Markdown with citations ``[@source-id]``; values that are filled in are always shown literally. A caption,
    alternative text or note is given ready: ``caption=page.words.markdown(de=…, en=…)``,
    ``alt=page.words.text(de=…, en=…)``.
    """

    def __init__(self, language: str, words: Wording | None = None) -> None:
        self.words = words or Wording(language)
        self.language = self.words.language
        self._mark = ""

    # -- prose -----------------------------------------------------------------------------------

    def title(self, de: str, en: str, **values: object) -> None:
        """Show the title of the report; every report has exactly one."""
        self._show_prose("title", "# " + self._line(de, en, values))

    def mark(self, de: str, en: str) -> None:
        """Mark the whole report: the text stands in its title, on all its pages and in all its files."""
        self._mark = self.words.text(de, en)
        self._show_prose("mark", self._line(de, en, {}))

    def summary(self, de: str, en: str, **values: object) -> None:
        """Show the answer in brief: the lead paragraph, also the text in the index."""
        self._show_prose("summary", self._line(de, en, values))

    def heading(self, level: int, de: str, en: str, **values: object) -> None:
        """Show a heading; level 2 is a chapter, 3 a section of it."""
        self._show_prose("heading", "#" * level + " " + self._line(de, en, values))

    def say(self, de: str, en: str, **values: object) -> None:
        """Show a paragraph or more."""
        self._show_prose("say", self.words.markdown(de, en, **values))

    def note(self, de: str, en: str, **values: object) -> None:
        """Show a boxed remark."""
        text = self.words.markdown(de, en, **values)
        self._show_prose("note", "\n".join("> " + line for line in text.split("\n")))

    # -- tables and figures ----------------------------------------------------------------------

    def table(
        self,
        frame: pd.DataFrame,
        *,
        caption: str,
        note: str | None = None,
        links: Sequence[str | None] | None = None,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """Show a table.

        Parameters
        ----------
        frame : pandas.DataFrame
            Its first column names the row. A column `source_id` (one id, or several with ``;``) becomes citations.
        caption, note : str
            Markdown; the note stands below the table.
        links : sequence of str or None, optional
            Address for each cell of the first column: http, https, mailto or ``report:<key>``; others stay text.
        titles : mapping of str to str, optional
            Titles of columns that the glossary does not know.

        Raises
        ------
        TypeError, ValueError
            If the caption is empty, or as in `analysis.publish.document.cells.describe_table`.
        """
        _require("table", caption=caption)
        table = describe_table(frame, self.words, titles or {}, links)
        report = {"role": "table", "caption": caption, "note": note or "", "table": table}
        self._show(bundle_table(table, caption, note or ""), report)

    def figure(
        self,
        drawing: Axes | Figure,
        *,
        alt: str,
        caption: str,
        data: pd.DataFrame,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """Show a figure, and close it.

        Parameters
        ----------
        drawing : matplotlib Axes or Figure
        alt : str
            What the picture shows, for readers who cannot see it; plain text.
        caption : str
            Markdown.
        data : pandas.DataFrame
            The numbers or names in the picture.
        titles : mapping of str to str, optional
            Titles of columns of `data` that the glossary does not know.

        Raises
        ------
        TypeError, ValueError
            If something is missing, or as in `analysis.publish.document.cells.describe_table`.
        """
        _require("figure", alt=alt, caption=caption)
        figure = find_figure(drawing)
        table = describe_table(data, self.words, titles or {}, None)
        alt = prose.clean(alt)
        bundle = bundle_figure(figure, self._mark) | {RESOURCE: as_data_resource(table), "text/plain": alt}
        self._show(bundle, {"role": "figure", "caption": caption, "table": table}, {SVG: {"alt": alt}})
        self._show_prose("caption", caption)
        _close(figure)

    def sources(self, frame: pd.DataFrame) -> None:
        """Hand the table of sources over; the report lists those that it cites.

        Raises
        ------
        ValueError
            If a column of `source_id`, `title`, `publisher`, `date`, `url`, `accessed_date` is missing.
        """
        missing = [name for name in _SOURCE_COLUMNS if name not in frame.columns]
        if missing:
            raise ValueError(f"sources: has no column {', '.join(missing)}. Hand over register['sources'].")
        table = describe_table(frame.reset_index(drop=True)[list(_SOURCE_COLUMNS)], self.words, {}, None)
        resource = as_data_resource(table)
        for source, row in zip(resource["data"], table["rows"], strict=True):
            for name in ("date", "accessed_date"):
                source[name] = source[name] and row[_SOURCE_COLUMNS.index(name)]["text"]
        text = self.words.text("{n} {n:Quelle|Quellen}", "{n} {n:source|sources}", n=len(frame))
        self._show({RESOURCE: resource, "text/plain": text}, {"role": "sources"})

    # -- output ----------------------------------------------------------------------------------

    def _line(self, de: str, en: str, values: Mapping[str, object]) -> str:
        return self.words.markdown(de, en, **values).strip().replace("\n", " ")

    def _show_prose(self, role: str, markdown: str) -> None:
        html = prose.to_html(markdown)
        self._show({"text/markdown": markdown, "text/html": html, "text/plain": markdown}, {"role": role})

    def _show(
        self, bundle: Mapping[str, Any], report: Mapping[str, Any], alts: Mapping[str, Any] | None = None
    ) -> None:
        metadata = {"report": {"language": self.language, **report}, **(alts or {})}
        display(dict(bundle), metadata=metadata, raw=True)


def _require(what: str, **texts: object) -> None:
    for name, text in texts.items():
        if not isinstance(text, str):
            raise TypeError(
                f"{what}: {name} is {text!r}, allowed is a text. Write {name}=page.words.text(de=…, en=…)."
            )
        if not text.strip():
            raise ValueError(f"{what}: {name} is empty. Say what a reader sees in it.")


def _close(figure: Figure) -> None:
    """Keep the notebook from showing a figure of pyplot a second time at the end of its cell."""
    from matplotlib import pyplot

    pyplot.close(figure)
