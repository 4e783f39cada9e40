"""Make the reports of an edition that are not up to date; take the others as an earlier build has made them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.publish.edition.ahead import Ahead
from analysis.publish.edition.cache import FILES, Cache, Record, fingerprint_files
from analysis.publish.edition.imports import list_shared, list_steps
from analysis.publish.edition.keys import Ingredients, SourceError
from analysis.publish.edition.pages import Press
from analysis.publish.edition.snapshots import STATE
from analysis.publish.edition.sources import find_changed_code, find_changed_input
from analysis.publish.runs.failure import Failure
from analysis.publish.runs.run import Finished, Run, RunError
from analysis.publish.runs.workers import Job, execute_runs, open_kernels

# Why a report is made, besides what has changed
NEW = "was not built yet"
FORCED = "asked for with --force"
DAMAGED = "its files of the last time are damaged"


@dataclass(frozen=True)
class Maker:
    """
    Makes reports and keeps them; workers get a copy of it.

    Attributes
    ----------
    cache : Cache
    press : Press
    made_of : mapping of Run to Ingredients
        All reports of the edition.
    """

    cache: Cache
    press: Press
    made_of: Mapping[Run, Ingredients]

    def take(
        self, force: Collection[Run], folder: Path
    ) -> tuple[dict[Run, Record], dict[Run, Sequence[str]]]:
        """
        Copy the reports that are up to date into a folder.

        Returns
        -------
        dict of Run to Record
            Those that were copied.
        dict of Run to list of str
            For each report, why it is to be made; nothing if it was copied.
        """
        forced = {str(run) for run in force}
        records, reasons = {}, {}
        for run, ingredients in self.made_of.items():
            known = self.cache.read(run)
            if str(run) in forced:
                reasons[run] = [FORCED]
            elif not known:
                reasons[run] = [NEW]
            elif known.key != ingredients.key:
                reasons[run] = ingredients.compare(known.ingredients)
            elif taken := self.cache.fetch(run, known.key, folder):
                records[run], reasons[run] = taken, []
            else:
                reasons[run] = [DAMAGED]
        return records, reasons

    def make(
        self,
        runs: Sequence[Run],
        work: Path,
        kernel: str | None = None,
        ahead: Ahead | None = None,
        cluster: str | None = None,
        **how: Any,
    ) -> Iterator[Finished | RunError]:
        """
        Make reports in a folder `work` and keep them; give each outcome as soon as it is there.

        That is done here, with the kernels that got ready `ahead` or those that are started as `kernel` says, or on a
        `cluster`. `how` is what `execute_runs` takes besides: workers, limits, begin.
        """
        jobs = [Job(run, work / f"made-{n}" / FILES, run.notebook.parents[1]) for n, run in enumerate(runs)]
        worker = replace(self, made_of={run: self.made_of[run] for run in runs})
        notebooks = {run.notebook for run in runs}
        if not cluster:
            if ahead and ahead.is_made_of(self.made_of.values()):
                opened = nullcontext(ahead.kernels)
            else:
                state = work / STATE
                steps = list_steps(notebooks, state / "data" / self.press.edition.register.name)
                opened = open_kernels(kernel, steps, state)
            return execute_runs(jobs, finish=worker.finish, kernels=opened, **how)
        from analysis.publish.runs.cluster import execute_on_cluster  # only now: it is optional

        del how["workers"]
        how |= {
            "kernel": kernel,
            "steps": list_shared(notebooks),
        }  # what it reads, lies elsewhere for each report there
        return execute_on_cluster(jobs, cluster, self.press.write_report, self.keep, **how)

    def finish(self, done: Finished, folder: Path) -> tuple[str, ...]:
        """Write a report in its forms and keep it."""
        said = self.press.write_report(done, folder)
        self.keep(replace(done, said=said), folder)
        return said

    def keep(self, done: Finished, folder: Path) -> None:
        """Keep a report that is written in its forms; RunError if what it is made of was changed meanwhile."""
        ingredients = self.made_of[done.run]
        if spoilt := find_changed_input(done.run, ingredients):
            cause = f"{spoilt} was changed by a notebook, which others read. Write to no file of data."
            raise RunError(f"{done.run}: {cause}", Failure("input", cause), done.run)
        if changed := find_changed_code(ingredients):
            raise RunError(f"{done.run}: {changed} changed while the report was made. Build again.")
        record = Record(ingredients.key, ingredients, fingerprint_files(folder), done.said, done.notes)
        self.cache.keep(done.run, record, folder.parent)

    def fetch(self, run: Run, folder: Path) -> Record:
        """Copy a report that was just made into a folder."""
        record = self.cache.fetch(run, self.made_of[run].key, folder)
        if not record:
            raise SourceError(
                f"{run}: is damaged right after it was written. Check the disk, then build again."
            )
        return record
