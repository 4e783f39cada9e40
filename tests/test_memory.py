"""Registers that were read before are known by the bytes of their files: nothing but speed differs."""

import csv
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_register import milestones, relation, write_register
from tiny_tables import RATINGS, REFERENCE, REGISTER

from analysis.home import find_home
from analysis.tables import DataError, memory, read_register
from analysis.tables.columns import read_table

OPENED = []
FENCED = """
import sys
from analysis.home import find_home
from analysis.publish.runs.fence import Refused, make_guard
from analysis.tables import memory, read_register
read_register(sys.argv[1])
assert memory.KNOWN
sys.addaudithook(make_guard([str(find_home()), sys.prefix, sys.base_prefix]))
try:
    read_register(sys.argv[1])
except Refused as error:
    print(error)
"""


def listen(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].endswith((".csv", ".json")):
        OPENED.append(arguments[0])


sys.addaudithook(listen)


@pytest.fixture(autouse=True)
def nothing_known():
    """A process that has read nothing."""
    with forgetting():
        yield


@contextmanager
def forgetting():
    before = list(memory.KNOWN)
    memory.KNOWN.clear()
    yield
    memory.KNOWN.clear()
    memory.KNOWN.extend(before)


@pytest.fixture
def small(tmp_path):
    return write_small(tmp_path / "small")


def write_small(folder):
    return write_register(
        folder,
        partnerships=[relation("east"), relation("near")],
        milestones=milestones(("east", "1973", "signed"), ("near", "1990-10", "listed", "partnership")),
        aliases=[{"city_id": "east", "spelling": "Ost", "language": "de", "source_id": "paper"}],
        themes=[],
    )


@pytest.fixture
def typed(monkeypatch):
    """The files that were typed anew."""
    names = []

    def read(sheet, schema):
        names.append(Path(sheet.where).name)
        return read_table(sheet, schema)

    monkeypatch.setattr("analysis.tables.assembly.read_table", read)
    return names


def test_the_same_bytes_are_typed_once_wherever_they_lie(small, tmp_path, typed):
    read_register(small)
    assert "milestones.csv" in typed
    typed.clear()
    other = write_small(tmp_path / "other")
    register = read_register(other, tables=["aliases"])
    assert (typed, register.path, register.name) == ([], other, "other")
    assert register["aliases"]["spelling"].tolist() == ["Ost"]
    with pytest.raises(DataError, match="table themes: was not read"):
        register["themes"]


def test_what_is_asked_for_later_is_read(small, typed):
    read_register(small, tables=["themes"])
    typed.clear()
    assert len(read_register(small, tables=["aliases"])["aliases"]) == 1
    assert "aliases.csv" in typed


def test_a_network_is_read_as_one(small, typed):
    read_register(small, is_network=True)
    typed.clear()
    read_register(small)
    assert "cities.csv" in typed


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.loc.__setitem__((0, "date"), "2001"),
        lambda table: table["date"].array.__setitem__(0, "2001"),
        lambda table: table.drop(columns="date", inplace=True),
        lambda table: table.insert(0, "own", 1),
    ],
)
@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")
def test_changes_in_place_stay_where_they_are_made(small, change):
    for _ in range(2):  # of what was typed, and of what was remembered
        change(read_register(small)["milestones"])
    again = read_register(small)["milestones"]
    assert (again["date"].tolist(), again.columns[0]) == (["1973", "1990-10"], "milestone_id")


def test_a_notice_is_told_each_time(small):
    (small / "aliases.csv").write_bytes(
        "city_id,spelling,language,source_id\neast,Öst,de,paper\n".encode("cp1252")
    )
    told = [read_register(small).notices for _ in range(2)]
    assert told[0] == told[1]
    assert "is not UTF-8 and was read as Windows-1252 (as 'Öst')" in told[0][0]


def test_a_problem_is_told_each_time_and_by_its_own_path(small, tmp_path):
    for folder in (small, write_small(tmp_path / "other")):
        with (folder / "aliases.csv").open("a") as file:
            file.write("nowhere,Nirgends,de,paper\n")
        with pytest.raises(DataError) as caught:
            read_register(folder)
        assert caught.value.problems[0].startswith(f"{folder / 'aliases.csv'}, line 3, column city_id: ")


def test_a_stray_file_beside_what_is_known_is_refused(small):
    read_register(small)
    (small / "partnership.csv").write_text("x\n")
    with pytest.raises(DataError, match="Did you mean 'partnerships.csv'?"):
        read_register(small)


def test_reference_tables_are_known_by_content_too(small, tmp_path):
    reference = tmp_path / "reference"
    reference.mkdir()
    for file in (find_home() / "data/reference").glob("*.csv"):
        (reference / file.name).write_bytes(file.read_bytes())
    read_register(small, reference)
    regions = reference / "regions.csv"
    regions.write_text(regions.read_text().replace("PL,", "NA,", 1).replace("NA,018\n", "", 1))
    with pytest.raises(DataError, match="column country_code: is 'PL'"):
        read_register(small, reference)


def test_workbooks_are_known_by_content_too(small, tmp_path, typed):
    book = openpyxl.Workbook()
    for file in small.iterdir():
        sheet = book.create_sheet(file.stem)
        for row in csv.reader(file.read_text(encoding="utf-8").splitlines()):
            sheet.append(row)
    book.save(tmp_path / "small.xlsx")
    read_register(tmp_path / "small.xlsx")
    typed.clear()
    assert read_register(tmp_path / "small.xlsx")["aliases"]["spelling"].tolist() == ["Ost"]
    assert typed == []
    book["aliases"]["B2"] = "Osten"
    book.save(tmp_path / "small.xlsx")
    assert read_register(tmp_path / "small.xlsx")["aliases"]["spelling"].tolist() == ["Osten"]


def test_large_registers_and_those_of_long_ago_are_not_kept(small, tmp_path, monkeypatch):
    for number in range(memory.KNOWN.maxlen + 1):
        read_register(
            write_register(
                tmp_path / str(number),
                partnerships=[relation("east")],
                milestones=milestones(("east", str(1900 + number), "signed")),
            )
        )
    assert len(memory.KNOWN) == memory.KNOWN.maxlen
    memory.KNOWN.clear()
    monkeypatch.setattr(memory, "LARGEST", 1000)
    read_register(small)
    assert not memory.KNOWN


def test_every_file_is_opened_again(small):
    """Only so the fence sees what a notebook reads."""
    opened = []
    for _ in range(2):
        OPENED.clear()
        read_register(small)
        opened.append(sorted(OPENED))
    assert opened[0] == opened[1]
    assert str(small / "milestones.csv") in opened[1]


@pytest.mark.skipif(os.name != "posix", reason="names POSIX paths")
def test_a_known_register_is_refused_behind_the_fence(small):
    done = subprocess.run([sys.executable, "-c", FENCED, small], capture_output=True, text=True, check=True)
    assert f"the notebook uses {str(small)!r}, which is not among the inputs" in done.stdout


FILES = {
    **{f"register/{name}": text for name, text in REGISTER.items()},
    **{f"reference/{name}": text for name, text in REFERENCE.items()},
    "register/aliases.csv": "city_id,spelling,language,source_id\nkyiv,Kiev,en,paper\n",
    "register/ratings.csv": RATINGS,
    "register/stray.csv": None,
    "register/datapackage.json": None,
}
REPLACED = st.sampled_from(["1961", "kyiv", "Kiev", "paper", "UA", "AAA", ",en", "\n"])
REPLACING = st.sampled_from(["1962", "leipzig", " Öst ", "", ",", '"', "=1", "\n\n"])
CHANGES = st.one_of(st.none(), st.just(("", "")), st.tuples(REPLACED, REPLACING))
ENCODINGS = st.sampled_from(["utf-8", "cp1252", "utf-16"])
EDITS = st.tuples(st.sampled_from(sorted(FILES)), CHANGES, ENCODINGS)
ASKED = st.sampled_from([None, (), ("aliases",), ("ratings", "aliases"), ("themes",)])


def edit(folder, name, change, encoding):
    """Delete a file, or write it as it was at first, or that with a text replaced."""
    if change is None:
        (folder / name).unlink(missing_ok=True)
    else:
        text = FILES[name] or '{"is_fictional": true}'
        (folder / name).write_bytes(
            (text.replace(*change) if change[0] else text).encode(encoding, "replace")
        )


def tell(folder, **asked):
    """All that a reading gives, or what it says is wrong."""
    try:
        register = read_register(folder / "register", folder / "reference", **asked)
    except DataError as error:
        return {}, error.problems
    return dict(register), [*register.notices, register.is_fictional]


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.tuples(EDITS, ASKED, st.booleans()), min_size=2, max_size=4))
def test_after_any_edits_memory_changes_nothing(steps):
    with tempfile.TemporaryDirectory() as place, forgetting():
        folder = Path(place)
        for part in ("register", "reference"):
            (folder / part).mkdir()
        for name, text in FILES.items():
            edit(folder, name, ("", "") if text else None, "utf-8")
        read_register(folder / "register", folder / "reference")
        for change, tables, is_network in steps:
            edit(folder, *change)
            known, said = tell(folder, tables=tables, is_network=is_network)
            with forgetting():
                fresh, told = tell(folder, tables=tables, is_network=is_network)
            assert (list(known), said) == (list(fresh), told)
            for name, table in fresh.items():
                pd.testing.assert_frame_equal(known[name], table)
