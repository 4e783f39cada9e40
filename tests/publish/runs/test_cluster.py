"""Runs on a Dask cluster: the same bytes as on this computer, and none is lost with a worker."""

import threading
import time
from dataclasses import replace

import pytest
from clusters import count_files, end, start
from conftest import titled, write_notebook

from analysis.publish.runs.cluster import execute_on_cluster
from analysis.publish.runs.failure import ClusterError, RunError
from analysis.publish.runs.parcels import pack
from analysis.publish.runs.run import Run
from analysis.publish.runs.workers import Job, execute_runs

pytest.importorskip("distributed")
LOOK = "import os, pathlib; (pathlib.Path('../data/one.csv').read_text(), sorted(os.listdir('..')))"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler's address, and what starts a worker, without a nurse that would start it anew."""
    scheduler, address = start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    parts = [scheduler]

    def start_worker(threads=1):
        folder = str(tmp_path_factory.mktemp("worker"))
        options = ["--nthreads", str(threads), "--no-nanny", "--no-dashboard", "--local-directory", folder]
        parts.append(start("worker", address, *options)[0])
        return parts[-1]

    yield address, start_worker
    for part in reversed(parts):
        end(part)


@pytest.fixture
def jobs(tmp_path):
    """Give jobs with snapshots of their own, by the code of their notebooks; their files go to a folder."""

    def make(folder, *codes):
        made = []
        for number, code in enumerate(codes):
            work = tmp_path / f"work-{number}"
            for name in ("notebooks", "data"):
                (work / name).mkdir(parents=True, exist_ok=True)
            (work / "data/one.csv").write_text("a\n1\n")
            notebook = write_notebook(work / "notebooks/one.ipynb", *titled("t"), code)
            run = Run(notebook, "de", f"part/{number}", {"language": "de"})
            made.append(Job(run, tmp_path / folder / str(number), work))
        return made

    return make


def pass_on(done, folder):
    """Keep nothing."""


def test_the_bytes_are_those_of_this_computer(cluster, jobs, tmp_path):
    address, start_worker = cluster
    workers = [start_worker(), start_worker()]
    codes = [LOOK, f"{LOOK}; import sys; print('noted', file=sys.stderr)"]
    there = list(execute_on_cluster(jobs("there", *codes), address, count_files, pass_on))
    here = list(execute_runs(jobs("here", *codes), 1, count_files))
    assert pack(tmp_path / "there") == pack(tmp_path / "here")
    assert set(pack(tmp_path / "there")) == {
        "0/count.txt", "0/part/0.de.ipynb", "1/count.txt", "1/part/1.de.ipynb",
    }  # fmt: skip
    assert by_key(there, seconds=0) == {
        key: replace(done, path=tmp_path / "there" / done.path.relative_to(tmp_path / "here"))
        for key, done in by_key(here, seconds=0).items()
    }
    for worker in workers:
        end(worker)


def by_key(outcomes, **same):
    return {one.run.key: replace(one, **same) for one in outcomes}


@pytest.mark.edition
def test_the_runs_of_a_lost_worker_are_repeated(cluster, jobs, tmp_path):
    address, start_worker = cluster
    first = start_worker()
    outcomes = execute_on_cluster(
        jobs("out", *["import time; time.sleep(2)"] * 3), address, count_files, pass_on
    )
    killer = threading.Thread(target=lambda: (time.sleep(3), start_worker(), end(first)))
    killer.start()
    done = list(outcomes)
    killer.join()
    assert sorted(one.run.key for one in done) == ["part/0", "part/1", "part/2"]
    assert all((tmp_path / f"out/{n}/part/{n}.de.ipynb").exists() for n in range(3))


def test_a_failed_run_says_what_it_says_here(cluster, jobs):
    address, start_worker = cluster
    start_worker()
    (there,) = execute_on_cluster(jobs("out", "1 / 0"), address, count_files, pass_on)
    (here,) = execute_runs(jobs("out", "1 / 0"), 1, count_files)
    assert isinstance(there, RunError)
    assert (str(there), there.failure, there.run) == (str(here), here.failure, here.run)


def test_a_worker_that_could_mix_runs_is_refused(cluster, jobs):
    address, start_worker = cluster
    worker = start_worker(threads=2)
    with pytest.raises(ClusterError) as error:
        list(execute_on_cluster(jobs("out", *["1"] * 4), address, count_files, pass_on))
    assert str(error.value) == (
        "--cluster: each worker needs --nthreads 1 and equal software. See deploy/README.md."
    )
    end(worker)


def test_without_a_cluster_the_message_tells_where_to_read_on(jobs):
    with pytest.raises(
        ClusterError, match=r"^--cluster: 'nowhere://x' cannot be used \(.*\)\. See deploy/README\.md\.$"
    ):
        list(execute_on_cluster(jobs("out", "1"), "nowhere://x", count_files, pass_on))


def test_an_edition_made_on_a_cluster_is_the_same(cluster, twinning, tmp_path):
    address, start_worker = cluster
    start_worker()
    code, _, said = twinning("report", "--output", tmp_path / "there", "--cluster", address)
    assert code == 0, said
    assert twinning("report", "--output", tmp_path / "here", "--workers", 1)[0] == 0
    there, here = (pack((tmp_path / name).resolve()) for name in ("there", "here"))
    assert there == here
    assert len(there) > 10


def test_the_command_tells_what_does_not_go_together_and_that_there_is_no_cluster(twinning):
    code, _, said = twinning("report", "--cluster", "tcp://127.0.0.1:1", "--workers", "2")
    assert (code, said) == (
        2,
        "twinning: --workers: goes not with --cluster, which has workers of its own. Leave it out.\n",
    )
    code, _, said = twinning("report", "--cluster", "nowhere://x")
    assert code == 1
    assert "twinning: --cluster: 'nowhere://x' cannot be used (" in said
    assert "Traceback" not in said
