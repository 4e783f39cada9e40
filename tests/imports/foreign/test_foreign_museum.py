"""Every foreign register of the museum gives the places, relations and complaints that stand beside it."""

import re
from pathlib import Path

import pytest
from imports.foreign.exhibits import MUSEUM, bring, list_files, read_expected, show_register

import analysis.imports.foreign as package
from analysis.imports.foreign.report import read_reasons
from analysis.imports.networks import read_network
from analysis.network.graph import build_network
from analysis.problems import DataError
from analysis.tables import read_register

EXPECTED = read_expected()
FILES = list_files()


@pytest.fixture
def register(tmp_path, monkeypatch):
    monkeypatch.chdir(MUSEUM)
    return tmp_path / "register"


def check_network(register, expected):
    """The notebook `network` reads what an import writes: relations that have not ended, under their places' names."""
    files = read_network(register, as_of="2023-06-30")
    lasting = [line for line in expected["+"] if "ended" not in line or "listed" in line]
    assert len(files.links) == len(lasting)
    if lasting:
        names = {line.split(" | ")[1].split("/")[-1] for line in expected["@"]}
        assert set(build_network(files.links, files.places).places["name"]) <= names


def test_every_file_is_expected():
    assert set(FILES) == set(EXPECTED)


@pytest.mark.parametrize("name", FILES)
def test_a_file_gives_its_register_and_complaints(name, register):
    expected = EXPECTED[name]
    if expected["!"]:
        with pytest.raises(DataError) as error:
            bring(Path(name), register)
        assert sorted(error.value.problems) == expected["!"]
        assert not register.exists()
        return
    done = bring(Path(name), register)
    assert show_register(register) == {sign: expected[sign] for sign in "@+-"}
    counts = done.counts
    assert counts["accepted"] + counts["listed"] == counts["read"]
    assert counts["accepted"] >= counts["partnerships"] == len(expected["+"])
    check_network(register, expected)
    if counts["incomplete"]:
        with pytest.raises(DataError, match="column (country_code|latitude): is empty"):
            read_register(register)
    else:
        assert len(read_register(register)["partnerships"]) == len(expected["+"])


def test_every_reason_is_written_in_both_languages_and_needed():
    source = "".join(path.read_text("utf-8") for path in Path(package.__file__).parent.glob("*.py"))
    german, english = read_reasons("de"), read_reasons("en")
    assert all(text for texts in (*german.values(), *english.values()) for text in texts)
    for code in german:
        assert set(re.findall("{.*?}", "".join(german[code]))) == set(
            re.findall("{.*?}", "".join(english[code]))
        )
    assert [code for code in german if f'"{code}"' not in source] == []


def test_every_reason_has_an_exhibit():
    shown = {line.rpartition(" ")[2] for parts in EXPECTED.values() for line in parts["-"]}
    beside = {"place-incomplete"}  # tests/imports/foreign/test_bring.py
    assert set(read_reasons("en")) - shown - beside == set()
