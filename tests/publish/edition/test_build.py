"""Building and publishing: all or nothing, by one rename, from one snapshot."""

import os
import signal
import subprocess
import sys
import time
from functools import partial

import pytest
from conftest import PARAMETERS, titled, write_notebook

from analysis.command.inputs import find_inputs
from analysis.publish.edition.build import BuildError, build
from analysis.publish.edition.editions import read_editions
from analysis.publish.edition.failures import find_failures
from analysis.publish.edition.generations import stage_generation
from analysis.publish.edition.plan import plan_runs
from analysis.publish.runs.run import Finished, Run


def build_now(
    home,
    target,
    *,
    partners=("east",),
    languages=(),
    name="now",
    formats=("html",),
    is_forced=False,
    **options,
):
    edition = read_editions(home).find(name)
    find = partial(find_inputs, register=edition.register, home=home)
    runs = plan_runs(edition, home / "notebooks", {"partnership_id": partners}, languages, find)
    force = runs if is_forced else ()
    return build(edition, runs, home, target, formats=formats, workers=2, force=force, **options)


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def publish_page(target):
    """Publish an older edition, without running anything; return its files."""
    with stage_generation(target) as folder:
        (folder / "page").write_text("good")
    return read_files(target)


def read_files(folder):
    return {name: (folder / name).read_bytes() for name in files(folder)}


def left_over(target):
    """Whatever lies beside the published folder without being part of it."""
    cache = target.parent / ".generations" / f"{target.name}.cache"
    failed = find_failures(target)  # what is left of reports that failed is there to be read
    known = {target.resolve(), cache, failed.resolve()}
    beside = [path for path in cache.parent.iterdir() if path not in known]
    return [path.name for path in [*beside, *cache.glob(".*")]]


def test_an_edition_has_pages_notebooks_and_an_index(home):
    told = []
    target = build_now(home, home / "reports" / "now", progress=told.append)
    names = [f"{key}.{language}" for key in ("overview", "partner/east") for language in ("de", "en")]
    expected = [f"{name}.{kind}" for name in names for kind in ("html", "ipynb")]
    assert files(target) == sorted(
        [
            *expected,
            "citation.bib",
            "datacite.json",
            "index.de.html",
            "index.en.html",
            "manifest.json",
            "ro-crate-metadata.json",
            ".generation",
        ]
    )
    assert sorted(str(each.run) for each in told) == [
        "overview (de)",
        "overview (en)",
        "partner/east (de)",
        "partner/east (en)",
    ]
    page = (target / "partner" / "east.en.html").read_text(encoding="utf-8")
    assert "About east, as of 2026-11-01." in page
    assert 'href="../index.en.html"' in page
    assert 'href="east.de.html"' in page
    index = (target / "index.de.html").read_text(encoding="utf-8")
    assert all(
        text in index for text in ("Jetzt", "Einzeln", 'href="partner/east.de.html"', 'href="index.en.html"')
    )
    assert target.is_symlink()
    assert left_over(target) == []


def test_a_second_build_replaces_the_first_and_equals_it(home):
    target = home / "reports" / "then"
    build_now(home, target, name="then")
    first, before = target.resolve(), (target / "partner" / "east.de.html").read_bytes()
    build_now(home, target, name="then", is_forced=True)
    assert target.resolve() != first
    assert not first.exists()
    assert (target / "partner" / "east.de.html").read_bytes() == before
    assert left_over(target) == []


def test_runs_read_a_snapshot_that_names_no_path_of_the_machine(home, tmp_path):
    register = home / "data" / "heim"
    (register / "notes.txt").write_text("not a table")
    look = (
        "import os\n[sorted(os.listdir(p)) for p in ('../data', '../data/schema/..', register)], os.getcwd()"
    )
    write_notebook(
        home / "notebooks" / "partner.ipynb",
        *titled("T"),
        look + "[:0]",
        parameters=PARAMETERS + '\npartnership_id: str = "a"',
    )
    target = build_now(home, home / "reports" / "then", name="then")
    content = (target / "partner" / "east.de.ipynb").read_text(encoding="utf-8")
    assert "'heim', 'reference', 'schema'" in content
    assert "['cities.csv', 'milestones.csv', 'partnerships.csv', 'sources.csv']" in content
    assert str(tmp_path) not in content


def test_a_failed_report_publishes_nothing_and_the_others_run(home):
    target = home / "reports" / "now"
    before = publish_page(target)
    write_notebook(home / "notebooks" / "overview.ipynb", "1 / 0", *titled("O"))
    told = []
    with pytest.raises(BuildError, match=r"^1 of 2 reports failed, nothing was published\. What") as caught:
        build_now(home, target, languages=["en"], progress=told.append)
    assert caught.value.failures == [
        "overview (en): overview.ipynb, cell 3 (1 / 0): ZeroDivisionError: division by zero"
    ]
    assert [str(each.run) for each in told if isinstance(each, Finished)] == ["partner/east (en)"]
    assert read_files(target) == before
    assert left_over(target) == []


def test_a_notebook_that_is_no_report_fails_too(home):
    write_notebook(home / "notebooks" / "overview.ipynb", titled("Without summary")[0])
    with pytest.raises(BuildError) as caught:
        build_now(home, home / "reports" / "now", languages=["de"])
    assert len(caught.value.failures) == 1
    assert caught.value.failures[0].startswith("overview (de): overview.de.ipynb")
    assert not (home / "reports" / "now").exists()
    assert left_over(home / "reports" / "now") == []


@pytest.mark.parametrize("key", ["../../x", "/etc/x", "index", "a//b", "A", "a.b", "", "a\n"])
def test_keys_that_lead_elsewhere_are_refused(home, key):
    run = Run(home / "notebooks" / "overview.ipynb", "de", key)
    with pytest.raises(BuildError) as caught:
        build(read_editions(home).find(None), [run], home, home / "reports" / "now")
    assert caught.value.failures[0].startswith(f"report {key!r}: cannot be the name of its files")


@pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_the_old_edition_whole(home, stop):
    target = home / "reports" / "now"
    before = publish_page(target)
    wait = "import os, time\nos.makedirs(f'pid/{os.getpid()}')\ntime.sleep(60)"
    write_notebook(home / "notebooks" / "overview.ipynb", wait)
    process = subprocess.Popen(
        [sys.executable, "-m", "analysis", "report", "now", "--format", "html", "--output", str(target)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whoever starts the tests in the background ignores Ctrl-C, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    deadline, kernels = time.monotonic() + 30, []
    while not kernels and time.monotonic() < deadline:  # each runs in a snapshot of its own
        kernels = [int(path.name) for path in home.glob("reports/.generations/*/*/*/*/pid/*")]
        time.sleep(0.05)
    send = os.killpg if stop == signal.SIGINT else os.kill  # Ctrl-C reaches the whole group
    send(process.pid, stop)
    message = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert message.splitlines()[-1] == "twinning: Stopped. Nothing was published."
    assert "Traceback" not in message
    assert read_files(target) == before
    assert left_over(target) == []
    with pytest.raises(ProcessLookupError):
        os.kill(kernels[0], 0)
