"""The pieces of an executed notebook, in order: what its cells say and show, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

_PLACEHOLDER = re.compile(r"\{[A-Za-z_]\w*(:[^{}\n]*)?\}")
_PROSE = ("mark", "title", "summary", "heading", "say", "note")
_STRAY = {
    "image/": "a figure without alternative text. Show it with page.figure(…, alt=…, caption=…, data=…).",
    "text/html": "a table without caption. Show it with page.table(…, caption=…).",
}


class DocumentError(ValueError):
    """An executed notebook that is no report; the message names notebook and cell."""


@dataclass(frozen=True)
class Piece:
    """What one output or Markdown cell gives to the report.

    Attributes
    ----------
    where : str
        Notebook and cell, for messages: ``evaluation.ipynb, cell 7 (page.table(…)``.
    role : str
        mark, title, summary, heading, say, note, table, figure or sources.
    report : mapping
        What `analysis.publish.show` left in the metadata of the output.
    bundle : mapping of str to object
        The output by MIME type; Markdown cells have only ``text/markdown``.
    alt : str
        Alternative text of a figure.
    """

    where: str
    role: str
    report: Mapping[str, Any]
    bundle: Mapping[str, Any]
    alt: str = ""


def read_pieces(notebook: Path | str | NotebookNode, language: str) -> Iterator[Piece]:
    """
    Read the pieces of a report in one language.

    Markdown cells without the tag ``de`` or ``en`` are notes to the analyst; they and cells with the tag
    ``remove-cell`` are left out.

    Raises
    ------
    DocumentError
        If Markdown cells are not paired ``de``, ``en`` or hold a placeholder; if an output is a failure, in another language, or a picture
        or table that was not shown with `analysis.publish.show.Page`.
    """
    name, node = _open(notebook)
    expected = ""
    number = 0
    for cell in node.cells:
        tags = cell.metadata.get("tags", [])
        number += "injected-parameters" not in tags  # papermill's own cell is not in the notebook one edits
        where = f"{name}, cell {number}" + _first_line(cell)
        expected = _check_pair(cell, tags, expected, where)
        if "remove-cell" in tags:
            continue
        if cell.cell_type == "markdown" and language in tags:
            _check_placeholders(cell.source, where)
            yield Piece(where, "say", {}, {"text/markdown": cell.source})
        for output in cell.get("outputs", ()):
            yield from _read_output(output, language, where)
    if expected:
        raise DocumentError(_unpaired(f"{name}, end", "nothing"))


def _open(notebook: Path | str | NotebookNode) -> tuple[str, NotebookNode]:
    if isinstance(notebook, dict):
        path = notebook.metadata.get("papermill", {}).get("input_path") or "notebook"
        return Path(path).name, notebook
    import nbformat  # only now: the process that leads a build does without it

    return Path(notebook).name, nbformat.read(notebook, as_version=4)


def _first_line(cell: NotebookNode) -> str:
    lines = cell.source.strip().splitlines()
    return f" ({lines[0][:40]})" if lines else ""


def _check_pair(cell: NotebookNode, tags: list[str], expected: str, where: str) -> str:
    """The tag that the next cell has to carry, or nothing."""
    languages = [tag for tag in tags if tag in ("de", "en")] if cell.cell_type == "markdown" else []
    found = " and ".join(languages) or "no such text"
    if expected:
        if found != expected:
            raise DocumentError(_unpaired(where, found))
        return ""
    if languages and found != "de":
        raise DocumentError(
            f"{where}: is tagged {found} without a cell tagged de before it. "
            "Write the German text in a cell above it, each cell with one tag."
        )
    return "en" if languages else ""


def _check_placeholders(text: str, where: str) -> None:
    """Refuse what looks like a value to be filled in: nobody fills it in a cell of text."""
    if found := _PLACEHOLDER.search(text):
        raise DocumentError(
            f"{where}: holds {found[0]!r}, which only page.say fills in. Say it with page.say(de=…, en=…, name=value)."
        )


def _unpaired(where: str, found: str) -> str:
    return f"{where}: follows a text tagged de and is {found}, allowed is its pair tagged en. Write it there."


def _read_output(output: NotebookNode, language: str, where: str) -> Iterator[Piece]:
    if output.output_type == "error":
        raise DocumentError(
            f"{where}: failed with {output.ename}: {output.evalue}. Run the notebook without failures."
        )
    bundle = output.get("data", {})
    report = output.get("metadata", {}).get("report")
    if report is None:
        _check_stray(bundle, where)
        return
    if report["language"] != language:
        shown = report["language"]
        raise DocumentError(
            f"{where}: shows language {shown!r}, the report is {language!r}. Run it with that language."
        )
    if report["role"] == "figure":
        alt = output.metadata.get("image/svg+xml", {}).get("alt", "")
        if not alt:
            raise DocumentError(f"{where}: shows {_STRAY['image/']}")
        yield Piece(where, "figure", report, bundle, alt)
    elif report["role"] in (*_PROSE, "table", "sources"):
        yield Piece(where, report["role"], report, bundle)


def _check_stray(bundle: Mapping[str, Any], where: str) -> None:
    for beginning, remedy in _STRAY.items():
        if any(kind.startswith(beginning) for kind in bundle):
            raise DocumentError(f"{where}: shows {remedy}")
