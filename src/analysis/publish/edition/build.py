"""Build an edition: make the reports that are not up to date, publish all of it together or nothing."""

import contextlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.publish.edition.cache import Cache, Record
from analysis.publish.edition.editions import Edition
from analysis.publish.edition.failures import BuildError, find_failures, remove_failures, write_failures
from analysis.publish.edition.generations import PublishError, hold_store, stage_generation
from analysis.publish.edition.rocrate_inputs import list_licence
from analysis.publish.edition.snapshots import STATE, explain_absence, take_snapshots
from analysis.publish.edition.sources import Sources, list_code
from analysis.publish.forms.formats import FORMATS
from analysis.publish.runs.caretaker import outlived
from analysis.publish.runs.limits import USUAL, Limits
from analysis.publish.runs.run import Finished, Run, RunError

if TYPE_CHECKING:
    from analysis.publish.edition.ahead import Ahead
    from analysis.publish.edition.making import Maker

KEY = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*")

Progress = Callable[[Finished | RunError], None]
Plan = Callable[[Mapping[Run, Sequence[str]]], None]


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
    cluster: str | None = None,
    ahead: "Ahead | None" = None,
    force: Collection[Run] = (),
    keep: int | None = None,
    limits: Limits = USUAL,
    wait: Callable[[str], None] | None = None,
    planned: Plan = lambda reasons: None,
    begin: Callable[[Run], None] = lambda run: None,
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
    cluster : str, optional
        Address of a Dask cluster that makes the reports, instead of this computer. The result is the same.
    ahead : Ahead, optional
        Kernels that get ready meanwhile, see `analysis.publish.edition.ahead`.
    force : collection of Run
        Reports to make although they are up to date.
    keep : int, optional
        How many earlier generations stay beside the published one; by default those that were kept before.
    limits : Limits
        For each report.
    wait : callable, optional
        If another process builds `target`, wait for it; this is told its number. By default that is a PublishError.
    planned : callable
        Is told first, for each report, why it is made; one that is up to date has no reasons.
    begin : callable
        Is told each report that begins to be made.
    progress : callable
        Is told each outcome as soon as it is there; first those that an earlier build has made.

    Returns
    -------
    Path
        `target`, with ``<key>.<language>.ipynb`` and the forms of each run, ``index.<language>.html``, ``citation.bib``,
        ``datacite.json`` and ``manifest.json``. If nothing has changed, nothing is written.

    Raises
    ------
    BuildError
        If a report failed. The others were made all the same, and are not made again; `target` is as it was. What is
        left of the failed ones lies beside it, see `analysis.publish.edition.failures`.
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
        remove_failures(target)
        return target
    with (
        outlived(f"{__name__}:clear", str(target)),
        stage_generation(target, keep, wait) as staging,
        cache.open_work() as work,
    ):
        from analysis.publish.edition.making import Maker, Press  # only now: they load much

        copied = take_snapshots(runs, work)
        licence = list_licence(work / STATE / "data" / edition.register.name)
        private = (str(home), str(work), sys.prefix)
        press = Press(edition, tuple(copied), tuple(formats), private, fonts, licence)
        maker = Maker(cache, press, {run: sources.describe_report(run) for run in copied})
        records, reasons = maker.take(force, staging)
        planned(reasons)
        _tell_kept(records, staging, progress)
        how = {"workers": workers, "kernel": kernel, "ahead": ahead, "cluster": cluster}
        how |= {"limits": limits, "begin": begin}
        failed = _make(maker, [run for run in copied if reasons[run]], home, work, how, progress)
        if failed:
            lost = write_failures(failed, edition, target)
            raise BuildError(list(map(str, failed.values())), len(runs), lost)
        _assemble(maker, records, sources, staging, work / STATE)
    remove_failures(target)
    return target


def clear(target: str) -> None:
    """Remove what a build that was killed has left, unless another one has begun; called by who outlives it."""
    with contextlib.suppress(PublishError), hold_store(Path(target)):
        Cache(Path(target)).clear()
        with hold_store(find_failures(Path(target))):
            pass


def _make(
    maker: "Maker", runs: Sequence[Run], home: Path, work: Path, how: Mapping[str, Any], progress: Progress
) -> dict[Run, RunError]:
    """Make reports, tell of each, and return those that failed."""
    failed = {}
    for outcome in maker.make(runs, work, **how):
        if isinstance(outcome, RunError):
            outcome = explain_absence(outcome, home, maker.press.edition.register)
        progress(outcome)
        if isinstance(outcome, RunError):
            failed[outcome.run] = outcome
    return failed


def _assemble(
    maker: "Maker", taken: Mapping[Run, Record], sources: Sources, folder: Path, state: Path
) -> None:
    """Add the reports that were made to those that were taken, and what tells of all of them."""
    from analysis.publish.edition.manifest import (
        write_manifest,
    )  # only now: a build with nothing to do goes without

    records = {run: taken.get(run) or maker.fetch(run, folder) for run in maker.made_of}
    said = {run: record.said for run, record in records.items()}
    if "html" in maker.press.formats:
        maker.press.write_indexes(said, folder)
    maker.press.write_citations(said, folder, state)
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
