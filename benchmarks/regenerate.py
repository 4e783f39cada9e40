"""An edition as web pages: the usual commands against ours, on the same notebooks with the same parameters.

(a) ``papermill`` and ``jupyter nbconvert --to html`` for each report, as many at once as we use workers
(b) ``twinning report`` from cold, the start of its processes included; also with one worker
(c) the same with nothing changed
(d) the same with one rating changed
(e) the floor: the cells of the notebooks in one plain Python process, after each notebook has run once

(a) takes some minutes. With ``--sample`` it runs all single reports and a few of each series, and the others are reckoned
at the mean of their series, which is said. Nothing of the project is changed: it all happens in a copy of its data. Our
package, which all sides import, is compiled beforehand, as pip compiles all others.
The last line is a JSON object.
"""

import argparse
import compileall
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from _watch import Cost, watch

from analysis.command.inputs import read_relations
from analysis.home import find_home
from analysis.publish.edition.editions import read_editions
from analysis.publish.edition.imports import PACKAGE
from analysis.publish.edition.plan import plan_runs
from analysis.publish.runs.run import Run

FLOOR = Path(__file__).with_name("_floor.py")
OF_A_SERIES = 6  # runs of (a) in a sample


def main() -> None:
    """Measure all sides in one go and print what follows."""
    options = _read_options()
    with tempfile.TemporaryDirectory(prefix="regenerate-") as scratch:
        bench = _Bench(Path(scratch), options)
        usual, measured = bench.run_usual(options.sample)
        sides = {
            "cold": bench.build("cold", options.workers),
            "noop": bench.build("cold", options.workers),
            "single": bench.build("single", 1),
            "memory": bench.build(
                "memory", options.workers, memory=True
            ),  # to look at it takes time of its own
            "changed": bench.change_rating() or bench.build("cold", options.workers),
            "floor": bench.run_floor(),
        }
        print(
            f"{len(bench.runs)} runs of {bench.edition.edition_id}, {options.workers} workers, {os.cpu_count()} cores"
        )
        _tell(usual, measured, sides, len(bench.runs), options.workers)


class _Bench:
    """The runs of an edition, and a copy of the project to run them in."""

    def __init__(self, scratch: Path, options: argparse.Namespace) -> None:
        self.scratch, self.home, self.workers = scratch, scratch / "home", options.workers
        for name in ("data", "notebooks"):
            shutil.copytree(find_home() / name, self.home / name)
        (self.home / "reports").mkdir()
        shutil.copyfile(find_home() / "reports/editions.toml", self.home / "reports/editions.toml")
        self.edition = read_editions(self.home).find(options.edition)
        partners = read_relations(self.edition, self.home, scratch / "relations.json", is_own=False).partners
        self.part = ["--partner", options.partner] if options.partner else []
        self.runs = [
            run
            for run in plan_runs(self.edition, self.home / "notebooks", {"partnership_id": partners})
            if not options.partner or run.key.endswith(f"/{options.partner}")
        ]
        compileall.compile_dir(PACKAGE, quiet=1)
        # What containers often forbid, Python's compiled files, would cost each process of both sides time.
        kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
        self.environment = kept | {"TWINNING_HOME": str(self.home), "PATH": path}

    def build(self, folder: str, workers: int, memory: bool = False) -> Cost:
        """Have ``twinning`` build the edition into a folder."""
        command = ["twinning", "report", self.edition.edition_id, *self.part, "--format", "html"]
        command += ["--output", self.scratch / folder / "edition", "--workers", workers, "--json"]
        return self.watch(command, memory=memory)

    def watch(self, command: Sequence[object], memory: bool = False) -> Cost:
        return watch(command, self.environment, self.home / "notebooks", memory=memory)

    def run_usual(self, is_sample: bool) -> tuple[Cost, int]:
        """Run the usual commands for all reports or some; return what all cost, and how many were measured."""
        some = _pick(self.runs) if is_sample else self.runs
        with ThreadPoolExecutor(self.workers) as pool:
            costs = dict(zip(some, pool.map(self._run_usual, some), strict=True))
        seconds = cpu_seconds = 0.0
        for run in self.runs:
            same = [cost for one, cost in costs.items() if one.notebook == run.notebook]
            seconds += sum(cost.seconds for cost in same) / len(same)
            cpu_seconds += sum(cost.cpu_seconds for cost in same) / len(same)
        return Cost(seconds / self.workers, cpu_seconds, 0, ""), len(some)

    def _run_usual(self, run: Run) -> Cost:
        target = self.scratch / "usual" / f"{run.key}.{run.language}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        given = [text for name, value in run.parameters.items() for text in ("-p", name, value)]
        first = self.watch(["papermill", run.notebook, target, *given])
        second = self.watch(["jupyter", "nbconvert", "--to", "html", target])
        return Cost(first.seconds + second.seconds, first.cpu_seconds + second.cpu_seconds, 0, "")

    def change_rating(self) -> None:
        """Change one rating of the copied register."""
        path = self.edition.register / "ratings.csv"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(",AAA,", ",AA,", text, count=1), encoding="utf-8", newline="\n")
        assert path.read_text(encoding="utf-8") != text

    def run_floor(self) -> Cost:
        """Run the cells of all notebooks in one process."""
        plan = self.scratch / "plan.json"
        plan.write_text(json.dumps([[str(run.notebook), dict(run.parameters)] for run in self.runs]))
        seconds, cpu_seconds = json.loads(self.watch([sys.executable, FLOOR, plan]).printed)
        return Cost(seconds, cpu_seconds, 0, "")


def _pick(runs: Sequence[Run]) -> list[Run]:
    """All runs of notebooks that make one report, some of each series, evenly spread."""
    picked = []
    for notebook in dict.fromkeys(run.notebook for run in runs):
        series = [run for run in runs if run.notebook == notebook]
        step = max(1, len(series) // OF_A_SERIES)
        step += step % 2 == 0  # the languages take turns: an even step would meet one only
        picked += series[::step][:OF_A_SERIES]
    return picked


def _tell(usual: Cost, measured: int, sides: Mapping[str, Cost], runs: int, workers: int) -> None:
    """Print the table and the JSON object."""
    cold, floor = sides["cold"], sides["floor"]
    how = "all measured" if measured == runs else f"{measured} measured, the rest reckoned at their means"
    print(f"{'':52}{'seconds':>9}{'CPU s':>9}{'a run':>7}{'MB':>7}")
    _tell_side(f"(a) papermill + nbconvert, {workers} at once", usual, runs)
    print(f"    {how}")
    _tell_side(f"(b) twinning report, cold, {workers} workers", cold, runs)
    _tell_side("    the same, its memory looked at", sides["memory"], runs)
    _tell_side("    the same, 1 worker", sides["single"], runs)
    _tell_side("(c) nothing changed", sides["noop"], runs)
    _tell_side(f"(d) one rating changed: {_count_built(sides['changed'])} built", sides["changed"], runs)
    _tell_side("(e) floor: the cells in one process", floor, runs)
    print(json.dumps(_reckon(usual, measured, sides, runs, workers)))


def _count_built(cost: Cost) -> int:
    """How many reports a build has made."""
    events = [json.loads(line) for line in cost.printed.splitlines() if line.startswith("{")]
    return sum(event["event"] == "report" and event["state"] == "done" for event in events)


def _tell_side(what: str, cost: Cost, runs: int) -> None:
    memory = f"{cost.peak_mb:7.0f}" if cost.peak_mb else ""
    print(f"{what:52}{cost.seconds:9.1f}{cost.cpu_seconds:9.1f}{cost.cpu_seconds / runs:7.2f}{memory}")


def _reckon(
    usual: Cost, measured: int, sides: Mapping[str, Cost], runs: int, workers: int
) -> dict[str, float | None]:
    """The figures that the project holds itself to; `overhead_ratio` is None where (b) is faster than (e)."""
    cold, floor = sides["cold"], sides["floor"]
    over = cold.seconds - floor.seconds
    shared = floor.seconds / workers  # the floor, if it were spread over the workers
    figures = {
        "ratio_cold": usual.seconds / cold.seconds,
        "ceiling": usual.seconds / floor.seconds,
        "overhead_ratio": (usual.seconds - floor.seconds) / over if over > 0 else None,
        "overhead_ratio_shared_floor": (usual.seconds - shared) / (cold.seconds - shared),
        "changed_built": _count_built(sides["changed"]),
        "noop_seconds": sides["noop"].seconds,
        "cpu_over_floor": cold.cpu_seconds / floor.cpu_seconds,
        "cpu_per_run": cold.cpu_seconds / runs,
        "floor_per_run": floor.cpu_seconds / runs,
        "worker_speedup": sides["single"].seconds / cold.seconds,
        "peak_mb": sides["memory"].peak_mb,
        "workers": workers,
        "runs": runs,
        "usual_measured": measured,
    }
    return {name: value and round(value, 3) for name, value in figures.items()}


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("edition", nargs="?", help="default: that of twinning report")
    parser.add_argument(
        "--partner", metavar="ID", help="only the reports on one partner, to try this program out"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--sample", action="store_true", help="run (a) for some reports only")
    return parser.parse_args()


if __name__ == "__main__":
    main()
