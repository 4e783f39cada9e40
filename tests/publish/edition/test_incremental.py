"""Building again: only what has changed is made, and the result is that of a clean build."""

import json
import shutil
from functools import partial
from pathlib import Path

import pytest
from conftest import PARAMETERS, titled, write_notebook
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analysis.command.inputs import find_inputs
from analysis.publish.edition.build import build
from analysis.publish.edition.differences import compare_folders
from analysis.publish.edition.editions import read_editions
from analysis.publish.edition.failures import BuildError
from analysis.publish.edition.plan import plan_runs
from analysis.publish.runs.run import Finished

# As read_register, without the seconds that importing it takes
READ = """
import pathlib
def read_register(path, tables):
    return {name: pathlib.Path(path, f"{name}.csv").read_text() for name in tables}
"""
SAY = 'show("say", " ".join(sorted(data.values())))'


def write_notebooks(home, summary="in brief"):
    """Two notebooks, each reading one table of the register; one of them notes something."""
    for name, table in (("overview", "ratings"), ("partner", "themes")):
        note = "import sys; print('careful', file=sys.stderr)" if name == "overview" else "1 + 1"
        parameters = PARAMETERS + ('\npartnership_id: str = "east"' if name == "partner" else "")
        read = f"{READ.strip()}\ndata = read_register(register, tables=({table!r},))"
        cells = (titled("{language}")[0], f'show("summary", {summary!r})', read, SAY, note)
        write_notebook(home / "notebooks" / f"{name}.ipynb", *cells, parameters=parameters)


@pytest.fixture
def home(home):
    for table in ("ratings", "themes", "claims"):
        (home / "data" / "heim" / f"{table}.csv").write_text(table)
    write_notebooks(home)
    return home


class Builds:
    """Builds of one edition: what each was told, and where it lies."""

    def __init__(self, home, target):
        self.home, self.target = home, target
        self.reasons, self.outcomes = {}, []

    def run(self, *, partners=("east",), formats=("html",), force=(), languages=("de",)):
        """Build; return the reports that were made."""
        self.outcomes = []
        edition = read_editions(self.home).find("now")
        find = partial(find_inputs, register=edition.register, home=self.home)
        values = {"partnership_id": partners}
        runs = plan_runs(edition, self.home / "notebooks", values, languages, find)
        how = {"formats": formats, "force": [run for run in runs if run.key in force]}
        told = {"planned": self.hear, "progress": self.outcomes.append}
        build(edition, runs, self.home, self.target, workers=1, kernel="spawn", **how, **told)
        return {one.run.key for one in self.outcomes if isinstance(one, Finished) and not one.is_kept}

    def hear(self, reasons):
        self.reasons = {run.key: list(causes) for run, causes in reasons.items()}

    def compare_with_clean(self, **how):
        """What differs between this edition and one that is built from nothing."""
        clean = Builds(self.home, self.target.parent / "clean" / self.target.name)
        clean.run(**how)
        count, differences = compare_folders(self.target, clean.target)
        shutil.rmtree(clean.target.parent)
        assert count
        return differences


@pytest.fixture
def builds(home):
    return Builds(home, home / "reports" / "now")


def test_nothing_is_made_published_or_written_when_nothing_has_changed(builds):
    assert builds.run() == {"overview", "partner/east"}
    assert builds.reasons == {"overview": ["was not built yet"], "partner/east": ["was not built yet"]}
    shown, before = builds.target.resolve(), list_states(builds.target.parent)
    assert builds.run() == set()
    assert builds.reasons == {"overview": [], "partner/east": []}
    assert [outcome.is_kept for outcome in builds.outcomes] == [True, True]
    assert [outcome.notes for outcome in builds.outcomes] == [
        "careful\n",
        "",
    ]  # a warning is not silenced by time
    assert (builds.target.resolve(), list_states(builds.target.parent)) == (shown, before)


def list_states(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if not path.is_dir()}


def test_what_has_changed_is_made_and_the_rest_taken(builds, home):
    builds.run()
    (home / "data" / "heim" / "themes.csv").write_text("other themes")
    assert builds.run() == {"partner/east"}
    assert builds.reasons == {"overview": [], "partner/east": ["data/heim/themes.csv changed"]}
    assert "other themes" in (builds.target / "partner" / "east.de.html").read_text(encoding="utf-8")
    assert builds.compare_with_clean() == []


def test_what_was_spoiled_is_mended_and_what_is_asked_for_made_again(builds):
    builds.run()
    page, kept = builds.target / "overview.de.html", builds.target.parent / ".generations" / "now.cache"
    before = page.read_bytes()
    page.write_text("edited by a reader")
    (builds.target / "more.txt").write_text("added")
    assert builds.run() == set()
    assert page.read_bytes() == before
    assert not (builds.target / "more.txt").exists()
    (kept / "overview.de" / "files" / "overview.de.html").write_text("damaged")
    assert builds.run() == set()  # the published edition is whole
    page.unlink()
    assert builds.run() == {"overview"}
    assert builds.reasons == {"overview": ["its files of the last time are damaged"], "partner/east": []}
    assert page.read_bytes() == before
    assert builds.run(force=["partner/east"]) == {"partner/east"}
    assert builds.reasons == {"overview": [], "partner/east": ["asked for with --force"]}


def test_a_failed_build_is_taken_up_where_it_failed(builds, home):
    builds.run()
    before = {path.name: path.read_bytes() for path in builds.target.rglob("*.html")}
    (home / "data" / "heim" / "themes.csv").write_text("other")
    (home / "data" / "heim" / "ratings.csv").write_text("other")
    overview = home / "notebooks" / "overview.ipynb"
    right = overview.read_text()
    overview.write_text(right.replace("import sys;", "1 / 0;"))
    with pytest.raises(BuildError, match="1 of 2 reports failed"):
        builds.run()
    assert {path.name: path.read_bytes() for path in builds.target.rglob("*.html")} == before
    overview.write_text(right)
    assert builds.run() == {"overview"}
    assert builds.compare_with_clean() == []


def test_a_file_that_no_cell_says_it_reads_is_not_there_and_the_message_says_why(builds, home):
    path = home / "notebooks" / "partner.ipynb"
    path.write_text(path.read_text().replace("1 + 1", "open('../data/heim/claims.csv')"))
    with pytest.raises(BuildError) as caught:
        builds.run()
    (message,) = caught.value.failures
    assert message == (
        "partner/east (de): partner.ipynb, cell 7 (open('../data/heim/claims.csv')): FileNotFoundError: [Errno 2] "
        "No such file or directory: '../data/heim/claims.csv'. The project has data/heim/claims.csv, but the notebook "
        "does not say that it reads it. Name its table in read_register(…, tables=(…))."
    )
    assert [str(one) for one in builds.outcomes if not isinstance(one, Finished)] == [message]


PROJECT_FILES = (
    "data/heim/ratings.csv",
    "data/heim/themes.csv",
    "data/heim/claims.csv",
    "data/reference/regions.csv",
)
EDITS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(PROJECT_FILES), st.sampled_from(["a", "b"])),
    st.tuples(st.just("title"), st.sampled_from(["Jetzt", "Später"])),
    st.tuples(st.just("summary"), st.sampled_from(["in brief", "at length"])),
    st.tuples(st.just("partners"), st.sampled_from([("east",), ("east", "west"), ("west",)])),
    st.tuples(st.just("formats"), st.sampled_from([("html",), ("html", "csv"), ("xlsx",)])),
    st.tuples(st.just("damage"), st.sampled_from(["record.json", "files", ""])),
    st.tuples(st.just("spoil"), st.sampled_from(["manifest.json", "index.de.html", "more.txt"])),
)


def apply(edit, builds, how):
    """Change the project, what is asked for, or what lies on the disk."""
    kind, *values = edit
    if kind == "write":
        (builds.home / values[0]).write_text(values[1])
    elif kind == "title":
        path = builds.home / "reports" / "editions.toml"
        lines = path.read_text(encoding="utf-8").splitlines()
        text = [f'title_de = "{values[0]}"' if line.startswith("title_de") else line for line in lines]
        path.write_text("\n".join(text), encoding="utf-8")
    elif kind == "summary":
        write_notebooks(builds.home, values[0])
    elif kind in ("partners", "formats"):
        how[kind] = values[0]
    elif kind == "spoil":
        if builds.target.exists():
            (builds.target / values[0]).write_text("spoiled")
    else:
        entry = builds.target.parent / ".generations" / "now.cache" / "overview.de" / values[0]
        if entry.is_dir():
            shutil.rmtree(entry)
        entry.unlink(missing_ok=True)


@pytest.mark.edition
@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=2))
def test_after_any_edits_a_build_equals_a_clean_one(builds, edits):
    how = {"partners": ("east",), "formats": ("html",)}
    for step in edits:
        for edit in step:
            apply(edit, builds, how)
        builds.run(**how)
    assert builds.compare_with_clean(**how) == []
    json.loads(Path(builds.target, "manifest.json").read_text(encoding="utf-8"))


def test_data_that_a_notebook_spoils_past_the_fence_spoil_no_report(home, tmp_path):
    # A C library tells the fence nothing; both languages read the same snapshot.
    spoil = "import ctypes\nctypes.CDLL(None).truncate(f'{register}/claims.csv'.encode(), 0)"
    read = READ.strip() + "\ndata = read_register(register, tables=('claims',))"
    write_notebook(home / "notebooks" / "overview.ipynb", *titled("{language}"), read, SAY, spoil)
    builds = Builds(home, home / "reports" / "now")
    with pytest.raises(BuildError) as caught:
        builds.run(languages=("de", "en"))
    assert sorted(caught.value.failures) == [
        f"overview ({language}): data/heim/claims.csv was changed by a notebook, which others read. "
        "Write to no file of data."
        for language in ("de", "en")
    ]
    assert (home / "data" / "heim" / "claims.csv").read_text() == "claims"
