"""The forms of a report: which there are, where they lie, and who writes them. The one place to add another."""

import posixpath
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.publish.document.blocks import Document
    from analysis.publish.forms.html import PageContext

Write = Callable[["Document", "PageContext", Path, Path | None], object]


class FormatError(RuntimeError):
    """A report that cannot be written in one of its forms; the message names the file and the cause."""


@dataclass(frozen=True)
class Format:
    """
    One form of a report.

    Attributes
    ----------
    label : str
        What a web page calls it, in both languages.
    place : str
        The file, from the edition's folder, with ``{key}`` and ``{language}``.
    write : callable
        Writes a document in its context to a path; the last argument is a folder of further fonts, or None.
    """

    label: str
    place: str
    write: Write


# Each writer is imported when it is needed: together they take a second.


def _write_pdf(document: "Document", context: "PageContext", path: Path, fonts: Path | None) -> None:
    from analysis.publish.forms.pdf import write_pdf

    write_pdf(document, context, path, fonts=fonts)


def _write_word(document: "Document", context: "PageContext", path: Path, fonts: Path | None) -> None:
    from analysis.publish.forms.word import write_word

    write_word(document, context, path, fonts=fonts)


def _write_workbook(document: "Document", context: "PageContext", path: Path, fonts: Path | None) -> None:
    from analysis.publish.forms.workbook import write_workbook

    write_workbook(document, context, path)


def _write_csv(document: "Document", context: "PageContext", path: Path, fonts: Path | None) -> None:
    from analysis.publish.forms.datapackage import write_data_package

    write_data_package(document, context, path.parent)


def _write_page(document: "Document", context: "PageContext", path: Path, fonts: Path | None) -> None:
    from analysis.publish.forms.html import write_page

    write_page(document, context, path)


# The web page comes last: it tells the sizes of the others.
FORMATS = {
    "pdf": Format("PDF", "{key}.{language}.pdf", _write_pdf),
    "docx": Format("Word", "{key}.{language}.docx", _write_word),
    "xlsx": Format("Excel", "{key}.{language}.xlsx", _write_workbook),
    "csv": Format("CSV", "data/{key}.{language}/datapackage.json", _write_csv),
    "html": Format("HTML", "{key}.{language}.html", _write_page),
}


def write_forms(
    document: "Document",
    context: "PageContext",
    folder: Path,
    key: str,
    formats: Sequence[str],
    fonts: Path | None = None,
) -> None:
    """
    Write a report in several forms.

    Parameters
    ----------
    document : Document
    context : PageContext
    folder : Path
        The edition's.
    key : str
        Names the report in it, as ``partner/kyiv``.
    formats : sequence of str
        Which of `FORMATS`.
    fonts : Path, optional
        Folder with further fonts, for the printed forms.

    Raises
    ------
    FormatError
        If a writer refuses the document.
    OSError
        If a file cannot be written.
    """
    from analysis.publish.forms.html import Form

    for name, form in FORMATS.items():
        if name not in formats:
            continue
        place = form.place.format(key=key, language=context.language)
        path = folder / place
        try:
            form.write(document, context, path, fonts)
        except OSError:
            raise
        except Exception as error:  # one report that a writer cannot take must not end the others
            raise FormatError(f"{place}: cannot be written ({type(error).__name__}: {error})") from error
        if path.exists():
            href = posixpath.relpath(place, posixpath.dirname(key) or ".")
            context = replace(
                context, forms=(*context.forms, Form(name, form.label, href, _measure(path, name)))
            )


def _measure(path: Path, name: str) -> int:
    """The size of a form in bytes; CSV files count together."""
    return sum(one.stat().st_size for one in (path.parent.iterdir() if name == "csv" else [path]))
