"""Build an edition: copy its inputs, run its notebooks, write its reports, publish all of it or nothing."""

import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.publish.edition.editions import Edition
from analysis.publish.edition.generations import stage_generation
from analysis.publish.edition.manifest import write_manifest
from analysis.publish.forms.formats import FORMATS
from analysis.publish.runs.run import Finished, Run, RunError
from analysis.publish.runs.workers import Job, execute_runs

KEY = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*")
SHARED = ("reference", "schema")  # folders of data/ that every register needs
REGISTER_FILES = ("*.csv", "datapackage.json")  # of a folder; the latter says whether its data are fictional

Progress = Callable[[Finished | RunError], None]


class BuildError(RuntimeError):
    """Reports failed, nothing was published; ``failures`` holds one message for each of them."""

    def __init__(self, failures: Sequence[str], total: int) -> None:
        self.failures = list(failures)
        super().__init__(f"{len(failures)} of {total} reports failed, nothing was published.")


def build(
    edition: Edition,
    runs: Sequence[Run],
    home: Path,
    target: Path,
    *,
    formats: Sequence[str] = tuple(FORMATS),
    fonts: Path | None = None,
    workers: int | None = None,
    kernel: str | None = None,
    progress: Progress = lambda outcome: None,
) -> Path:
    """
    Build the reports of an edition and publish them in one step.

    Parameters
    ----------
    edition : Edition
        Its register may lie anywhere.
    runs : sequence of Run
        The reports, long ones first.
    home : Path
        The project folder.
    target : Path
        The folder to publish, as ``reports/leipzig-2026``; readers see its last good state until the new one is whole.
    formats : sequence of str
        Names of `FORMATS`; all by default. The index pages come with ``html``.
    fonts : Path, optional
        Folder with further fonts, for the printed forms.
    workers : int, optional
        How many runs at once; as many as there are processors by default.
    kernel : {"fork", "spawn"}, optional
        How kernels start; by default forked where that is safe. The result is the same.
    progress : callable
        Is told each outcome as soon as it is there.

    Returns
    -------
    Path
        `target`, with ``<key>.<language>.ipynb`` and the forms of each run, ``index.<language>.html`` and
        ``manifest.json``.

    Raises
    ------
    BuildError
        If a report failed. The others were run all the same; `target` is as it was.
    PublishError
        If `target` cannot be written.
    """
    _check_keys(runs)
    from analysis.publish.edition.pages import Press  # only now: it loads much

    with stage_generation(target) as staging:
        work = staging / ".work"
        copied = _copy_inputs(edition, runs, home, work)
        private = (str(home), str(staging), sys.prefix)
        press = Press(edition, tuple(copied), tuple(formats), private, fonts)
        outcomes, jobs = [], [Job(run, staging, work) for run in copied]
        for outcome in execute_runs(jobs, workers, press.write_report, kernel):
            outcomes.append(outcome)
            progress(outcome)
        failures = [str(outcome) for outcome in outcomes if isinstance(outcome, RunError)]
        if failures:
            raise BuildError(failures, len(runs))
        if "html" in formats:
            said = {outcome.run: outcome.said for outcome in outcomes}
            press.write_indexes({run: said[run] for run in copied}, staging)
        write_manifest(edition, copied, staging, work)
        shutil.rmtree(work)
    return target


def _check_keys(runs: Sequence[Run]) -> None:
    """Refuse keys that would lead out of the folder or over each other's files."""
    for name, count in Counter(f"{run.key}.{run.language}" for run in runs).items():
        key = name.rpartition(".")[0]
        if count > 1 or not KEY.fullmatch(key) or key == "index":
            rule = "allowed are names of small letters, digits, _ and -, each once; 'index' is taken"
            raise BuildError([f"report {key!r}: cannot be the name of its files, {rule}."], len(runs))


def _copy_inputs(edition: Edition, runs: Sequence[Run], home: Path, work: Path) -> list[Run]:
    """Copy all that the runs read, so that they see the same state; return the runs of the copied notebooks."""
    for name in SHARED:
        _copy_files(home / "data" / name, work / "data" / name)
    if edition.register.is_dir():
        for pattern in REGISTER_FILES:
            _copy_files(edition.register, work / "data" / edition.register.name, pattern)
    else:
        shutil.copyfile(edition.register, work / "data" / edition.register.name)
    (work / "notebooks").mkdir()
    for notebook in {run.notebook for run in runs}:
        shutil.copyfile(notebook, work / "notebooks" / notebook.name)
    return [replace(run, notebook=work / "notebooks" / run.notebook.name) for run in runs]


def _copy_files(source: Path, target: Path, pattern: str = "*") -> None:
    """Copy the files of a folder, without its folders and links."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob(pattern)):
        if path.is_file() and not path.is_symlink():
            shutil.copyfile(path, target / path.name)
