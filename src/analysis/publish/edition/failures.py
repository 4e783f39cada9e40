"""What is left of reports that failed: their partial notebooks, and for each a page that tells a lay reader what to do.

They lie beside the edition, in ``<edition>.failed``, until the next good build. The edition stays as it was."""

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.publish.document.marks import add_mark
from analysis.publish.edition.editions import Edition
from analysis.publish.edition.generations import PublishError, stage_generation, withdraw
from analysis.publish.runs.failure import Failure, RunError
from analysis.publish.runs.run import Run

SHOWN = 60  # characters of a title or heading; a notebook may say anything


class BuildError(RuntimeError):
    """
    Reports failed, nothing was published.

    Attributes
    ----------
    failures : list of str
        One message for each of them.
    lost : list of Lost
        The same, in parts.
    """

    def __init__(self, failures: Sequence[str], total: int, lost: "Sequence[Lost]" = ()) -> None:
        self.failures, self.lost = list(failures), list(lost)
        text = f"{len(failures)} of {total} reports failed, nothing was published."
        if pages := [one.page for one in lost if one.page]:
            text += f" What to do, in words: {pages[0]}" + (" and beside it." if len(pages) > 1 else "")
        super().__init__(text)


@dataclass(frozen=True)
class Lost:
    """
    A report that failed.

    Attributes
    ----------
    run : Run
    title, mark : str
        What the report said of itself before it failed; the title is its key if it did not come so far.
    step : str
        The heading above the cell that failed; empty if there is none or it is not known.
    failure : Failure
    page : Path or None
        What tells a lay reader what to do; None if it could not be written.
    """

    run: Run
    title: str
    mark: str
    step: str
    failure: Failure
    page: Path | None = None


def find_failures(target: Path) -> Path:
    """Return the folder beside `target` for what is left of failed reports."""
    return target.with_name(f"{target.name}.failed")


def write_failures(failed: Mapping[Run, RunError], edition: Edition, target: Path) -> list[Lost]:
    """
    Write the partial notebook and the page of each failed report, all of them in one step.

    Parameters
    ----------
    failed : mapping of Run to RunError
    edition : Edition
    target : Path
        The folder that was to be published.

    Returns
    -------
    list of Lost
        Without pages where they cannot be written, as on a full disk: that must not hide why the reports failed.
    """
    folder = find_failures(target)
    lost = [_describe(run, error) for run, error in failed.items()]
    try:
        with stage_generation(folder) as staging:
            for one in lost:
                _write(one, edition, staging)
    except (PublishError, OSError):
        return lost
    return [Lost(**{**vars(one), "page": folder / _name(one.run, "html")}) for one in lost]


def remove_failures(target: Path) -> None:
    """Remove what an earlier build has left of failed reports; what cannot be removed stays."""
    with contextlib.suppress(PublishError):
        withdraw(find_failures(target))


def _name(run: Run, form: str) -> str:
    return f"{run.key}.{run.language}.{form}"


def _describe(run: Run, error: RunError) -> Lost:
    """Find out what a failed report had said so far."""
    failure = error.failure or Failure("form", str(error).removeprefix(f"{run}: "))
    cells = json.loads(failure.notebook)["cells"] if failure.notebook else []
    said = {"title": run.key, "mark": "", "step": ""}
    for role, text in _read_texts(cells, failure.cells, run.language):
        line = text.strip().lstrip("#").strip().partition("\n")[0][:SHOWN]
        said["step" if role == "heading" else role] = line
    return Lost(run, said["title"], said["mark"], said["step"], failure)


def _read_texts(cells: Sequence[Mapping[str, Any]], started: int, language: str) -> Iterator[tuple[str, str]]:
    """Give title, mark and headings of the cells up to the last one that was started, by their role."""
    for cell in cells[:started]:
        text = "".join(cell["source"])
        is_prose = cell["cell_type"] == "markdown" and language in cell["metadata"].get("tags", [])
        if is_prose and text.startswith("#"):
            yield "heading", text
        for output in cell.get("outputs", []):
            role = output.get("metadata", {}).get("report", {}).get("role")
            if role in ("title", "mark", "heading"):
                yield role, "".join(output["data"].get("text/plain", ""))


def _write(lost: Lost, edition: Edition, folder: Path) -> None:
    """Write the files of one failed report."""
    from analysis.publish.forms.html import PageContext, write_template  # only now: it loads much

    run = lost.run
    page, notebook = (folder / _name(run, form) for form in ("html", "ipynb"))
    page.parent.mkdir(parents=True, exist_ok=True)
    whole = lost.failure.notebook or run.notebook.read_text(encoding="utf-8")
    notebook.write_text(whole, encoding="utf-8", newline="\n")
    context = PageContext(
        edition=edition.edition_id,
        edition_title=add_mark(edition.title(run.language), lost.mark),
        as_of=edition.as_of.isoformat(),
        language=run.language,
        other_language_href=None,
        index_href="",
        is_draft=edition.is_draft,
        paper_number=edition.paper_number or None,
        mark=lost.mark,
    )
    write_template(page, "failure.html.j2", context, lost=lost, notebook=notebook.name)
