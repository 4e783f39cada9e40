"""The benchmarks can be started: what they import is there. What they measure is for a quiet machine, and no test."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
NAMES = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))

ASKED = {
    *("ratio_cold", "ceiling", "overhead_ratio", "noop_seconds"),
    *("cpu_over_floor", "worker_speedup", "peak_mb"),
}


def test_there_are_benchmarks():
    assert {"activity", "faults", "network", "regenerate"} <= set(NAMES)


def test_each_benchmark_loads():
    names = ", ".join(NAMES)
    environment = {**os.environ, "PYTHONPATH": str(FOLDER)}
    done = subprocess.run(
        [sys.executable, "-c", f"import {names}"],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.edition
def test_the_benchmark_of_a_build_runs_to_its_end():
    """With two reports, all sides: its last line is what is read by programs."""
    command = [sys.executable, FOLDER / "regenerate.py", "leipzig-2020", "--partner", "travnik"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["runs"], figures["usual_measured"], figures["changed_built"]) == (2, 2, 2)
    assert set(figures) >= ASKED
