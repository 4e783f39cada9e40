"""From an edition to its runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.publish.edition.editions import Edition, Report
from analysis.publish.edition.parameters import ParameterError, check_parameters, read_parameters
from analysis.publish.runs.run import Run

FindInputs = Callable[[Path], Mapping[str, Path]]


def plan_runs(
    edition: Edition,
    notebooks: Path,
    values: Mapping[str, Sequence[str]],
    languages: Sequence[str] = (),
    find_inputs: FindInputs = lambda notebook: {},
) -> list[Run]:
    """
    List the runs of an edition, in the order of its reports.

    Parameters
    ----------
    edition : Edition
    notebooks : Path
        Folder of the notebooks.
    values : mapping of str to list of str
        For each parameter named by an ``each``: the values to run the notebook with.
    languages : sequence of str
        Only these languages; all of the edition's by default.
    find_inputs : callable
        Gives the files that a notebook may read, by their places in the project; none by default.

    Returns
    -------
    list of Run
        Each run gets its report's parameters and, where its notebook has parameters of these names, ``language``,
        ``as_of`` (ISO), ``register`` (path from the notebook), ``is_draft`` and ``paper_number``.

    Raises
    ------
    ParameterError
        With the problems of all reports.
    """
    runs, problems = [], []
    inputs = {report.notebook: find_inputs(_find(notebooks, report)) for report in edition.reports}
    for report in edition.reports:
        for value in values.get(report.each, ()) if report.each else [""]:
            for language in languages or edition.languages:
                try:
                    run = _plan_run(edition, report, notebooks, value, language)
                    runs.append(replace(run, inputs=inputs[report.notebook]))
                except ParameterError as error:
                    problems += [text for text in error.problems if text not in problems]
    if problems:
        raise ParameterError(problems)
    return runs


def _plan_run(edition: Edition, report: Report, notebooks: Path, value: str, language: str) -> Run:
    """Make one run, its parameters checked."""
    notebook = _find(notebooks, report)
    offered = {
        "language": language,
        "as_of": edition.as_of.isoformat(),
        "register": f"../data/{edition.register.name}",
        "is_draft": edition.is_draft,
        "paper_number": edition.paper_number,
    }
    known = {parameter.name for parameter in read_parameters(notebook)}
    given = {name: offered[name] for name in offered if name in known} | dict(report.parameters)
    if report.each:
        given[report.each] = value
    key = f"{report.notebook}/{value}" if report.each else report.notebook
    return Run(notebook, language, key, check_parameters(notebook, given))


def _find(notebooks: Path, report: Report) -> Path:
    return notebooks / f"{report.notebook}.ipynb"
