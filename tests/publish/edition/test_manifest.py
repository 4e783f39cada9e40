"""The manifest: what an edition was made of, checked with another hand."""

import hashlib
import json
import platform
import re
import sys
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest

from analysis.publish.edition.editions import Edition
from analysis.publish.edition.manifest import write_manifest
from analysis.publish.runs.run import Run

SRC = Path(__file__).parents[3] / "src"


FILES = ("index.de.html", "partner/east.de.html", "partner/east.de.ipynb", "data/partner/east.de/table-1.csv")
INPUTS = ("data/heim/cities.csv", "data/schema/cities.json", "notebooks/partner.ipynb")
PARAMETERS = {"partnership_id": "east", "language": "de", "register": "../data/heim"}


def write_files(folder, names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")


def make(folder, inputs=INPUTS):
    """An edition just before it is published: its files, and what they were made of."""
    work = folder / ".work"
    write_files(folder, FILES)
    write_files(work, inputs)
    run = Run(work / "notebooks" / "partner.ipynb", "de", "partner/east", PARAMETERS)
    edition = Edition(
        "then", "Damals", "Then", folder / "data" / "heim", date(1999, 12, 31), (), languages=("de",)
    )
    write_manifest(edition, [run], folder, work, {"analysis/history.py": "a" * 64})
    return folder


def read(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def edition(tmp_path):
    return make(tmp_path / "then")


def test_it_names_every_file_with_its_fingerprint(edition):
    manifest = read(edition)
    (report,) = manifest["reports"]
    assert report["outputs"] == {name: sha256(edition / name) for name in sorted(FILES[1:])}
    others = ("index.de.html", "ro-crate-metadata.json")
    assert manifest["index"] == {name: sha256(edition / name) for name in others}


def test_it_names_notebook_parameters_and_inputs(edition):
    manifest = read(edition)
    (report,) = manifest["reports"]
    assert (report["key"], report["language"]) == ("partner/east", "de")
    assert report["notebook"] == "notebooks/partner.ipynb"
    assert report["parameters"] == PARAMETERS
    assert manifest["inputs"] == {name: sha256(edition / ".work" / name) for name in INPUTS}


def test_it_names_edition_and_software(edition):
    manifest = read(edition)
    assert manifest["edition"] == {
        "id": "then",
        "title": {"de": "Damals"},
        "as_of": "1999-12-31",
        "register": "data/heim",
        "is_draft": False,
        "paper_number": None,
        "publisher": None,
    }
    software = manifest["software"]
    assert software["python"] == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert software["system"] == f"{platform.system()} {platform.machine()}"
    assert software["packages"]["twinning-analysis"] == metadata.version("twinning-analysis")
    for name in ("pandas", "numpy"):  # pandas itself needs the other
        assert software["packages"][name] == metadata.version(name)
    assert re.fullmatch("[0-9a-f]{64}", software["code"])


def test_it_holds_no_path_of_the_machine_and_no_time(edition):
    text = (edition / "manifest.json").read_text(encoding="utf-8")
    assert str(edition) not in text
    assert str(SRC) not in text
    assert not re.search(r"\d\d:\d\d|T\d\d", text)


def test_equal_inputs_give_equal_manifests_and_others_do_not(edition, tmp_path):
    again = make(tmp_path / "elsewhere" / "again")
    assert (again / "manifest.json").read_bytes() == (edition / "manifest.json").read_bytes()
    more = read(make(tmp_path / "more", (*INPUTS, "data/heim/aliases.csv")))["inputs"]
    assert more.keys() - read(edition)["inputs"].keys() == {"data/heim/aliases.csv"}
