"""Build an edition: make the reports that are not up to date, publish all of it together or nothing."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.publish.edition.cache import Cache, Record
from analysis.publish.edition.editions import Edition
from analysis.publish.edition.generations import stage_generation
from analysis.publish.edition.keys import Sources, list_code
from analysis.publish.edition.manifest import write_manifest
from analysis.publish.edition.snapshots import STATE, take_snapshots
from analysis.publish.forms.formats import FORMATS
from analysis.publish.runs.run import Finished, Run, RunError

if TYPE_CHECKING:
    from analysis.publish.edition.making import Maker

KEY = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*")

Progress = Callable[[Finished | RunError], None]
Plan = Callable[[Mapping[Run, Sequence[str]]], None]


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
    force: Collection[Run] = (),
    keep: int | None = None,
    planned: Plan = lambda reasons: None,
    progress: Progress = lambda outcome: None,
) -> Path:
    """
    Build the reports of an edition that are not up to date, and publish all of it in one step.

    Parameters
    ----------
    edition : Edition
        Its register may lie anywhere.
    runs : sequence of Run
        The reports with what they may read, long ones first.
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
    force : collection of Run
        Reports to make although they are up to date.
    keep : int, optional
        How many earlier generations stay beside the published one; by default those that were kept before.
    planned : callable
        Is told first, for each report, why it is made; one that is up to date has no reasons.
    progress : callable
        Is told each outcome as soon as it is there; first those that an earlier build has made.

    Returns
    -------
    Path
        `target`, with ``<key>.<language>.ipynb`` and the forms of each run, ``index.<language>.html`` and
        ``manifest.json``. If nothing has changed, nothing is written.

    Raises
    ------
    BuildError
        If a report failed. The others were made all the same, and are not made again; `target` is as it was.
    SourceError
        If something that the reports are made of cannot be read.
    PublishError
        If `target` cannot be written.
    """
    _check_keys(runs)
    cache, sources = Cache(target), Sources(edition, runs, formats, fonts, home)
    keys = {run: sources.describe_report(run).key for run in runs}
    if not force and cache.is_published(sources.describe_edition(keys).key):
        planned(dict.fromkeys(runs, ()))
        _tell_kept({run: cache.read(run) for run in runs}, target, progress)
        return target
    with stage_generation(target, keep) as staging, cache.open_work() as work:
        copied = take_snapshots(runs, work)
        made_of = {run: sources.describe_report(run) for run in copied}
        from analysis.publish.edition.making import Maker, Press  # only now: they load much

        private = (str(home), str(work), sys.prefix)
        maker = Maker(cache, Press(edition, tuple(copied), tuple(formats), private, fonts), made_of)
        records, reasons = maker.take(force, staging)
        planned(reasons)
        _tell_kept(records, staging, progress)
        failures = []
        for outcome in maker.make([run for run in copied if reasons[run]], work, workers, kernel):
            progress(outcome)
            if isinstance(outcome, RunError):
                failures.append(str(outcome))
        if failures:
            raise BuildError(failures, len(runs))
        _assemble(maker, records, sources, staging, work / STATE)
    return target


def _assemble(
    maker: "Maker", taken: Mapping[Run, Record], sources: Sources, folder: Path, state: Path
) -> None:
    """Add the reports that were made to those that were taken, and what tells of all of them."""
    records = {run: taken.get(run) or maker.fetch(run, folder) for run in maker.made_of}
    if "html" in maker.press.formats:
        maker.press.write_indexes({run: record.said for run, record in records.items()}, folder)
    whole = sources.describe_edition({run: record.key for run, record in records.items()})
    parts = [whole, *maker.made_of.values()]
    write_manifest(maker.press.edition, list(records), folder, state, list_code(parts))
    maker.cache.keep_edition(whole, folder)
    maker.cache.prune(records)


def _tell_kept(records: Mapping[Run, Record | None], folder: Path, progress: Progress) -> None:
    """Tell of the reports that an earlier build has made, and what their cells noted then."""
    for run, record in records.items():
        path = folder / f"{run.key}.{run.language}.ipynb"
        progress(Finished(run, path, 0.0, record.notes if record else "", is_kept=True))


def _check_keys(runs: Sequence[Run]) -> None:
    """Refuse keys that would lead out of the folder or over each other's files."""
    for name, count in Counter(f"{run.key}.{run.language}" for run in runs).items():
        key = name.rpartition(".")[0]
        if count > 1 or not KEY.fullmatch(key) or key == "index":
            rule = "allowed are names of small letters, digits, _ and -, each once; 'index' is taken"
            raise BuildError([f"report {key!r}: cannot be the name of its files, {rule}."], len(runs))
