"""The same reports here and on a Dask cluster on this computer: seconds, reports an hour, and whether all bytes agree.

``python benchmarks/cluster.py [EDITION] [--workers N]``. The first build on the cluster pays for its workers' kernels to
get ready, the second, into another folder, does not. From the second follow the hours that 10,000 cities in two languages
would take with so many workers, if each had the reports of this edition.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from _watch import watch

from analysis.home import find_home
from analysis.publish.runs.parcels import pack

CITIES = 10_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("edition", nargs="*", help="default: that of twinning report")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    from distributed import LocalCluster

    with tempfile.TemporaryDirectory(prefix="cluster-") as scratch:
        here = build(Path(scratch, "here"), options, "--workers", options.workers)
        sizes = {"n_workers": options.workers, "threads_per_worker": 1, "dashboard_address": None}
        with LocalCluster(**sizes, local_directory=scratch) as cluster:
            there = [
                build(Path(scratch, name), options, "--cluster", cluster.scheduler_address)
                for name in ("first", "second")
            ]
        files = [pack(Path(scratch, name).resolve()) for name in ("here", "first", "second")]
    reports = sum(place.endswith(".ipynb") for place in files[0])
    for name, seconds in zip(("here", "cluster, first", "cluster, second"), (here, *there), strict=True):
        print(f"{name:16}{seconds:8.1f} s {reports / seconds * 3600:10,.0f} reports an hour")
    print("all bytes agree" if files[0] == files[1] == files[2] else "BYTES DIFFER")
    hours = CITIES * there[1] / 3600
    print(f"{CITIES:,} cities with {reports} reports each: {hours:,.0f} hours with {options.workers} workers")


def build(target: Path, options: argparse.Namespace, *how: object) -> float:
    """Build an edition, and give the seconds."""
    command = [
        sys.executable,
        "-m",
        "analysis",
        "report",
        *options.edition,
        "--format",
        "html",
        "--output",
        target,
        *how,
    ]
    return watch(command, os.environ, find_home()).seconds


if __name__ == "__main__":
    main()
