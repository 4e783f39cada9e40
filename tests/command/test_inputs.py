"""What reports read of a register: the files of each notebook, and the relations, checked once for each state."""

import json
from dataclasses import replace

import pytest
from conftest import write_notebook

from analysis.command.inputs import find_inputs, find_tables, read_relations, remember
from analysis.command.selection import CommandError
from analysis.home import REQUIRED
from analysis.problems import DataError
from analysis.publish.edition.editions import read_editions

SHARED = {"data/reference/regions.csv", "data/reference/sources.csv", "data/schema/cities.json"}


@pytest.fixture
def notebook(home):
    return lambda *sources: write_notebook(home / "notebooks" / "overview.ipynb", *sources)


TABLES = {
    "read_register(register, tables=('ratings', 'claims'))": {"ratings", "claims"},
    "read_register(register, tables=['ratings'])": {"ratings"},
    "data = tables.read_register(register, None, tables={'ratings'})": {"ratings"},
    "read_register(register, tables=())": set(),
    "read_register(one, tables=('ratings',))\nread_register(other, tables=('claims',))": {
        "ratings",
        "claims",
    },
    "read_register(register)": None,
    "read_register(one, tables=('ratings',))\nread_register(other)": None,
    "read_register(register, tables=names)": None,
    "read_register(register, tables=('ratings', name))": None,
    "read_register(register, None, ('ratings',))": None,
    "read_register(register, **how)": None,
    "print(register)": None,
    "%matplotlib inline\nread_register(register, tables=('ratings',))": None,
}


@pytest.mark.parametrize("source", TABLES)
def test_the_tables_of_a_notebook_are_read_from_its_source(notebook, source):
    assert find_tables(notebook(source)) == TABLES[source]


def test_a_notebook_may_read_the_tables_it_names_and_those_of_every_register(home, notebook):
    register = home / "data" / "heim"
    for name in ("ratings.csv", "claims.csv", "notes.txt", "datapackage.json", "README.md"):
        (register / name).write_text("{}")
    (register / "aliases.csv").symlink_to(register / "claims.csv")
    found = find_inputs(notebook("read_register(register, tables=('ratings', 'aliases'))"), register, home)
    assert found.keys() >= SHARED
    own = {place for place in found if place.startswith("data/heim/")}
    always = {f"data/heim/{name}.csv" for name in (*REQUIRED, "sources")}
    assert own == always | {"data/heim/ratings.csv", "data/heim/datapackage.json"}
    assert all(path == home / place for place, path in found.items())
    free = find_inputs(notebook("read_register(register)"), register, home)
    assert free.keys() - found.keys() == {"data/heim/claims.csv"}


def test_a_workbook_is_one_file_for_every_notebook(home, notebook, tmp_path):
    book = tmp_path / "elsewhere" / "Mein Register.xlsx"
    found = find_inputs(notebook("read_register(register, tables=('ratings',))"), book, home)
    assert found["data/Mein Register.xlsx"] == book
    assert found.keys() >= SHARED
    assert not any("heim" in place for place in found)


@pytest.fixture
def read(home):
    """Read the relations of the edition `now`, as a command does."""
    memory = home / "memory.json"

    def run(edition="now", is_own=False):
        return read_relations(read_editions(home).find(edition), home, memory, is_own)

    return run


def test_the_relations_of_the_day_come_with_the_name_of_the_home_city(read):
    assert read().partners == ["east", "west"]
    assert read("then").partners == ["east"]
    assert read().names == {"de": "Heim", "en": "Home"}


def test_what_is_remembered_is_given_again_while_nothing_has_changed(home, read):
    remember(read(), home / "memory.json")
    content = json.loads((home / "memory.json").read_text())
    (home / "memory.json").write_text(json.dumps(content | {"notices": ["remembered"]}))
    assert read().notices == ["remembered"]
    assert read("then").notices == []  # another day
    for place in ("data/heim/cities.csv", "data/reference/regions.csv", "data/heim/README.md"):
        path = home / place
        before = path.read_bytes() if path.exists() else None
        path.write_bytes((before or b"") + b"\n")
        assert read().notices == []
        path.unlink() if before is None else path.write_bytes(before)
        assert read().notices == ["remembered"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"key": 1}', '{"key": "x", "other": 1}'])
def test_a_damaged_memory_is_none(home, read, content):
    (home / "memory.json").write_text(content)
    assert read().partners == ["east", "west"]


def test_a_memory_that_cannot_be_written_is_no_failure(home, read):
    remember(read(), home / "no folder" / "memory.json")
    assert not (home / "no folder").exists()


def test_what_is_wrong_is_told_each_time(home, read):
    remember(read(), home / "memory.json")
    path = home / "data" / "heim" / "milestones.csv"
    path.write_text(path.read_text().replace("signed", "singed"))
    for _ in range(2):
        with pytest.raises(DataError, match="Did you mean 'signed'"):
            read()


def test_a_day_before_the_first_relation_is_refused(home, read):
    path = home / "reports" / "editions.toml"
    path.write_text(path.read_text().replace("1999-12-31", "1973-12-30"))
    for is_own, where in ((True, "--as-of"), (False, "editions.toml, [then] as_of")):
        with pytest.raises(CommandError) as caught:
            read("then", is_own)
        assert str(caught.value) == (
            f"{where}: is 1973-12-30, by then no relation of the register existed, the first is of 1973. "
            "Choose a later day."
        )


def test_an_absent_register_is_told(home, read):
    path = home / "reports" / "editions.toml"
    path.write_text(path.read_text().replace("data/heim", "data/hiem"))
    with pytest.raises(DataError, match="hiem: does not exist, .* Did you mean 'heim'"):
        read()


def test_a_notebook_may_read_further_registers_that_the_edition_names(home, notebook):
    other = home / "data" / "other"
    other.mkdir()
    for name in ("cities.csv", "claims.csv"):
        (other / name).write_text("city_id\n")
    source = notebook("read_register(register, tables=())", "read_register(second, tables=())")
    found = find_inputs(source, home / "data" / "heim", home, extra=[other])
    alone = find_inputs(source, home / "data" / "heim", home)
    assert found.keys() - alone.keys() == {"data/other/cities.csv"}
    assert found.keys() > alone.keys()


@pytest.fixture
def several(home):
    """The register of the edition `now`, with a second home city."""
    folder = home / "data" / "heim"
    rows = (folder / "partnerships.csv").read_text().splitlines()
    twin = rows[1].split(",")
    names = rows[0].split(",")
    for name, value in {"partnership_id": "back", "home_city_id": "west", "partner_city_id": "east"}.items():
        twin[names.index(name)] = value
    (folder / "partnerships.csv").write_text("\n".join([*rows, ",".join(twin), ""]))
    events = (folder / "milestones.csv").read_text()
    event = events.splitlines()[1].replace("m0,east", "m9,back")
    (folder / "milestones.csv").write_text(f"{events}{event}\n")


def test_an_edition_may_be_on_several_home_cities(home, read, several):
    assert set(read().partners) == {"east", "west", "back"}
    assert read().names == {"de": "heim", "en": "heim"}
    edition = replace(read_editions(home).find("now"), title_de="", title_en="")
    with pytest.raises(DataError, match="register heim: has 2 home cities .*, allowed here is one. Use the"):
        read_relations(edition, home, home / "memory.json", is_own=True)
