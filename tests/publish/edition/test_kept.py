"""Earlier generations that stay beside the published one: how many, which, and how they are found again."""

from pathlib import Path

import pytest

from analysis.publish.edition.generations import list_kept, stage_generation


def publish(target, text, keep=None):
    """Publish a folder with one page."""
    with stage_generation(target, keep) as folder:
        (folder / "page").write_text(text)


def read(folders):
    return [(folder / "page").read_text() for folder in folders]


@pytest.fixture(params=["links", "no links"])
def target(request, tmp_path, monkeypatch):
    """A folder to publish, on systems with and without symbolic links."""
    if request.param == "no links":

        def refuse(*_, **__):
            raise OSError("a required privilege is not held by the client")

        monkeypatch.setattr(Path, "symlink_to", refuse)
    return tmp_path / "out"


def test_nothing_is_kept_unless_asked_for(target):
    for text in ("one", "two"):
        publish(target, text)
    assert list_kept(target) == []


@pytest.mark.parametrize(
    ("keep", "kept"), [(0, []), (1, ["three"]), (2, ["three", "two"]), (9, ["three", "two", "one"])]
)
def test_as_many_are_kept_as_asked_for_the_last_one_first(target, keep, kept):
    for text in ("one", "two", "three", "four"):
        publish(target, text, keep)
    assert read([target]) == ["four"]
    assert read(list_kept(target)) == kept


def test_a_build_that_does_not_say_leaves_kept_ones_and_adds_none(target):
    publish(target, "one", keep=2)
    publish(target, "two", keep=2)
    publish(target, "three")
    publish(target, "four")
    assert (read([target]), read(list_kept(target))) == (["four"], ["one"])


def test_fewer_are_kept_from_the_next_build_on(target):
    for text in ("one", "two", "three"):
        publish(target, text, keep=5)
    publish(target, "four", keep=1)
    assert read(list_kept(target)) == ["three"]
    publish(target, "five", keep=0)
    assert list_kept(target) == []
    assert len(list((target.parent / ".generations").iterdir())) <= 1


def test_a_failed_build_keeps_what_there_was(target):
    publish(target, "one", keep=1)
    publish(target, "two", keep=1)
    with pytest.raises(ZeroDivisionError), stage_generation(target, 1):
        1 / 0  # noqa: B018
    assert (read([target]), read(list_kept(target))) == (["two"], ["one"])


def test_editions_whose_names_begin_alike_are_not_mixed(target):
    draft = target.with_name("out.draft")
    for text in ("one", "two"):
        publish(target, text, keep=1)
        publish(draft, f"draft {text}", keep=1)
    assert (read(list_kept(target)), read(list_kept(draft))) == (["one"], ["draft one"])


def test_where_nothing_was_published_nothing_is_kept(tmp_path):
    assert list_kept(tmp_path / "out") == []
