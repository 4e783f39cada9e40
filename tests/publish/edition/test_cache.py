"""What earlier builds have made: whole, or not there."""

import json
import os
import shutil

import pytest

from analysis.publish.edition.cache import FILES, Cache, Record, fingerprint_files
from analysis.publish.edition.keys import Ingredients
from analysis.publish.runs.run import Run

INGREDIENTS = Ingredients({"notebooks/partner.ipynb": "1"}, {"formats": "html"})
PAGES = {"partner/east.de.html": "page", "data/partner/east.de/table-1.csv": "a,b\n"}


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "reports" / "now")


def run(tmp_path, key="partner/east"):
    return Run(tmp_path / "partner.ipynb", "de", key)


def keep(cache, one, pages=PAGES, key="key"):
    """Make an entry as a worker does."""
    with cache.open_work() as work:
        for place, text in pages.items():
            (work / "made-0" / FILES / place).parent.mkdir(parents=True, exist_ok=True)
            (work / "made-0" / FILES / place).write_text(text)
        files = fingerprint_files(work / "made-0" / FILES)
        record = Record(key, INGREDIENTS, files, ("Title", "Summary", ""), "old")
        cache.keep(one, record, work / "made-0")
    return record


def list_files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


def test_what_is_kept_is_found_again_and_fetched_whole(cache, tmp_path):
    one = run(tmp_path)
    assert cache.read(one) is None
    record = keep(cache, one)
    assert cache.read(one) == record
    assert cache.fetch(one, "key", tmp_path / "out") == record
    assert list_files(tmp_path / "out") == PAGES
    (tmp_path / "out" / "partner" / "east.de.html").write_text("edited by a reader")
    assert cache.fetch(one, "key", tmp_path / "again") == record
    assert list_files(tmp_path / "again") == PAGES


def test_another_key_fetches_nothing(cache, tmp_path):
    keep(cache, run(tmp_path))
    assert cache.fetch(run(tmp_path), "other", tmp_path / "out") is None
    assert not (tmp_path / "out").exists()


def test_an_entry_replaces_the_last_one_of_its_report_alone(cache, tmp_path):
    others = [run(tmp_path, key) for key in ("partner-east", "partner/west", "partner")]
    for other in others:
        keep(cache, other)
    keep(cache, run(tmp_path))
    new = keep(cache, run(tmp_path), {"partner/east.de.html": "new"}, "later")
    assert cache.fetch(run(tmp_path), "later", tmp_path / "out") == new
    assert list_files(tmp_path / "out") == {"partner/east.de.html": "new"}
    assert [cache.read(other).key for other in others] == ["key"] * 3


DAMAGES = {
    "a file is gone": lambda entry: (entry / FILES / "partner" / "east.de.html").unlink(),
    "a file is shorter": lambda entry: (entry / FILES / "partner" / "east.de.html").write_text("pag"),
    "a bit has turned": lambda entry: (entry / FILES / "data/partner/east.de/table-1.csv").write_text(
        "a,c\n"
    ),
    "all files are gone": lambda entry: shutil.rmtree(entry / FILES),
    "the record is gone": lambda entry: (entry / "record.json").unlink(),
    "the record is empty": lambda entry: (entry / "record.json").write_text(""),
    "the record is cut": lambda entry: os.truncate(entry / "record.json", 40),
    "the record is of another kind": lambda entry: (entry / "record.json").write_text("[]"),
    "the record has another form": lambda entry: (entry / "record.json").write_text('{"key": "key"}'),
    "the entry is gone": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_as_good_as_none(cache, tmp_path, damage):
    keep(cache, run(tmp_path))
    DAMAGES[damage](cache.folder / "partner+east.de")
    assert cache.fetch(run(tmp_path), "key", tmp_path / "out") is None
    assert list_files(tmp_path / "out") == {}
    new = keep(cache, run(tmp_path))
    assert cache.fetch(run(tmp_path), "key", tmp_path / "out") == new


def test_a_record_leads_to_no_file_outside(cache, tmp_path):
    keep(cache, run(tmp_path))
    path = cache.folder / "partner+east.de" / "record.json"
    (tmp_path / "secret").write_text("secret")
    content = json.loads(path.read_text())
    content["files"] = {"../../../../../secret": "0" * 64}
    path.write_text(json.dumps(content))
    assert cache.fetch(run(tmp_path), "key", tmp_path / "a/b/c/d/e") is None
    assert (tmp_path / "secret").read_text() == "secret"


def test_reports_that_the_edition_no_longer_has_go(cache, tmp_path):
    runs = [run(tmp_path, key) for key in ("partner/east", "partner/west")]
    for one in runs:
        keep(cache, one)
    (cache.folder / "relations.json").write_text("{}")
    cache.prune(runs[:1])
    assert sorted(os.listdir(cache.folder)) == ["partner+east.de", "relations.json"]


def test_what_killed_builds_have_left_goes_and_this_build_s_own_too(cache):
    left = cache.folder / ".work-1"
    left.mkdir(parents=True)
    with cache.open_work() as work:
        assert not left.exists()
        assert work.parent == cache.folder
        assert list(work.iterdir()) == []
    assert list(cache.folder.iterdir()) == []


def publish(cache):
    """A published edition that the cache knows, without links."""
    cache.target.mkdir(parents=True)
    (cache.target / "index.de.html").write_text("index")
    cache.folder.mkdir(parents=True)
    cache.keep_edition(INGREDIENTS, cache.target)
    (cache.target / ".generation").touch()  # what publishing adds is not among the files


def test_an_edition_is_known_by_its_key_and_every_file(cache):
    assert not cache.is_published(INGREDIENTS.key)
    publish(cache)
    assert cache.is_published(INGREDIENTS.key)
    assert not cache.is_published("other")


EDITION_DAMAGES = {
    "changed": lambda cache: (cache.target / "index.de.html").write_text("edited"),
    "gone": lambda cache: (cache.target / "index.de.html").unlink(),
    "more": lambda cache: (cache.target / "more.html").write_text("x"),
    "no edition": lambda cache: shutil.rmtree(cache.target),
    "no record": lambda cache: (cache.folder / "edition.json").unlink(),
    "a build runs or was killed": lambda cache: (cache.folder.parent / "now.building").mkdir(),
    "a build has left its work": lambda cache: (cache.folder / ".work-1").mkdir(),
    "an older generation is left": lambda cache: (cache.folder.parent / "now.3").mkdir(),
}


@pytest.mark.parametrize("damage", EDITION_DAMAGES)
def test_an_edition_that_is_not_as_it_was_is_published_anew(cache, damage):
    publish(cache)
    EDITION_DAMAGES[damage](cache)
    assert not cache.is_published(INGREDIENTS.key)


def test_another_edition_s_folders_do_not_matter(cache):
    publish(cache)
    for name in ("now.draft.3", "now.draft.building", "nowhere.building", "now.draft.cache"):
        (cache.folder.parent / name).mkdir()
    assert cache.is_published(INGREDIENTS.key)
