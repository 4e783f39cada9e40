"""Archives that tell nothing of when and where they were packed."""

import re
import zipfile

import pytest

from analysis.publish.forms.archives import pack, rewrite_archive


def write(path, *entries, date=(2026, 11, 1, 12, 0, 0)):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, date), content)
    return path


def test_order_and_date_of_the_entries_do_not_matter(tmp_path):
    one = write(tmp_path / "one", ("b/x.xml", b"<x/>"), ("[Content_Types].xml", b"<t/>"))
    two = write(
        tmp_path / "two", ("[Content_Types].xml", b"<t/>"), ("b/x.xml", b"<x/>"), date=(1999, 1, 1, 0, 0, 0)
    )
    rewrite_archive(one)
    rewrite_archive(two)
    assert one.read_bytes() == two.read_bytes()


def test_the_content_stays_and_the_types_come_first(tmp_path):
    path = write(
        tmp_path / "x",
        ("word/", b""),
        ("word/a.xml", b"<a/>"),
        ("_rels/.rels", b"r"),
        ("[Content_Types].xml", b"t"),
    )
    rewrite_archive(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "word/a.xml"]
        assert archive.read("word/a.xml") == b"<a/>"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_parts_are_packed_in_order_of_their_names():
    assert pack({"b": b"1", "a": b"2"}) == pack({"a": b"2", "b": b"1"})


def test_a_part_that_is_there_twice_is_refused(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = write(tmp_path / "x.docx", ("a", b"1"), ("a", b"2"))
    message = "x.docx: holds 'a' twice, allowed is once. Write each part once."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        rewrite_archive(path)


def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "x").write_text("x")
    with pytest.raises(zipfile.BadZipFile, match="not a zip file"):
        rewrite_archive(tmp_path / "x")
