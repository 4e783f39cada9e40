"""Where two builds differ: file, part, and what stands there."""

import io
import json
import zipfile

import nbformat
import pytest
from publish_examples import code

from analysis.publish.edition.differences import compare_folders


def write(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def compare(tmp_path, one, other):
    return compare_folders(write(tmp_path / "one", one), write(tmp_path / "other", other))


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def notebook(shown):
    output = nbformat.v4.new_output("display_data", data={"text/plain": f"Es ist {shown} Uhr."})
    cells = [
        code([], "a = 1"),
        code([], "injected = 1", ["injected-parameters"]),
        code([output], "page.say(\n1)"),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"
    return json.dumps(nbformat.v4.new_notebook(cells=cells))


PARTS = {
    "a.ipynb": (notebook(10), notebook(11), "cell 2 (page.say()", "“Es ist 10 Uhr.", "“Es ist 11 Uhr."),
    "a.html": ("<p>\n<b>x</b>", "<p>\n<b>y</b>", "line 2", "“<p> <b>x</b>”", "“<p> <b>y</b>”"),
    "a.csv": ("a\nb\n", "a\n", "line 2", "“a b”", "“a”"),
    "a.docx": (archive(a="1", b="2 3"), archive(a="1", b="2 4"), "b", "“2 3”", "“2 4”"),
    "a.xlsx": (archive(a="1"), archive(a="1", b=""), "b", "missing", "there"),
    "b.docx": (archive(a="1", b=""), archive(b="", a="1"), "the order or the dates of its members", "", ""),
    "a.pdf": (b"%PDF\xff1", b"%PDF\xff2", "byte 5", "b'%PDF\\xff1'", "b'%PDF\\xff2'"),
}


@pytest.mark.parametrize("name", PARTS)
def test_the_part_of_a_file_is_named(tmp_path, name):
    before, after, part, one, other = PARTS[name]
    count, (found,) = compare(tmp_path, {name: before, "same": "x"}, {name: after, "same": "x"})
    assert count == 2
    assert (found.path, found.part) == (name, part)
    assert found.one.startswith(one)
    assert found.other.startswith(other)


def test_a_missing_file_is_named(tmp_path):
    count, (found,) = compare(tmp_path, {"a": "x"}, {"a": "x", "b/c": "y"})
    assert (count, found.path, found.part) == (2, "b/c", "the file itself")
    assert (found.one, found.other) == ("missing", "there")


def test_the_manifest_comes_last(tmp_path):
    names = ["a.docx", "a.html", "manifest.json", "z.json"]
    _, found = compare(tmp_path, dict.fromkeys(names, archive(a="1")), dict.fromkeys(names, archive(a="2")))
    assert [one.path for one in found] == ["a.docx", "a.html", "z.json", "manifest.json"]


def test_equal_folders_have_no_difference(tmp_path):
    assert compare(tmp_path, {"a": "x", "b/c": "y"}, {"a": "x", "b/c": "y"}) == (2, [])
