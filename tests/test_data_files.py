"""The rules of data/README.md on files, keys, dates, labels and languages, and its numbers."""

import calendar
import csv
import json
import re
from collections import defaultdict

import frictionless
import pytest
from own_data import DATA, LEIPZIG, SCHEMAS, first_day, read

README = (DATA / "README.md").read_text(encoding="utf-8")
PACKAGES = sorted(path.parent.name for path in DATA.glob("*/datapackage.json"))
REGISTERS = [name for name in PACKAGES if name != "reference"]
KNOWLEDGE = "2026-11-22"


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_valid_with_all_its_keys(package):
    with frictionless.system.use_context(trusted=True):  # the schemas lie beside the package's folder
        report = frictionless.Package(str(DATA / package / "datapackage.json")).validate()
    assert report.flatten(["title", "rowNumber", "note"]) == []


@pytest.mark.parametrize("register", REGISTERS)
def test_every_row_names_a_source_that_exists(register):
    known = {row["source_id"] for row in read("sources", "reference")}
    tables = [path.stem for path in (DATA / register).glob("*.csv")]
    if "sources" in tables:
        known |= {row["source_id"] for row in read("sources", register)}
    for table in tables:
        optional = {""} if table == "coverages" else set()  # a judgement of this project's own has none
        unknown = {row["source_id"] for row in read(table, register) if "source_id" in row} - known - optional
        assert not unknown, table


def test_every_source_is_used():
    used = {"cldr", "natural-earth"}  # of regions.csv and countries.fgb, which have no such column
    for path in [*DATA.glob("*/*.csv")]:
        if path.name != "sources.csv":
            used |= {row.get("source_id") for row in read(path.stem, path.parent.name)}
    assert {row["source_id"] for row in read("sources", "reference")} - used == set()


def test_dates_exist_and_lie_before_the_state_of_knowledge():
    for table in [*LEIPZIG, "sources"]:
        names = [field["name"] for field in SCHEMAS[table]["fields"]]
        dates = [name for name in names if name == "date" or name.endswith("_date")]
        for row in read(table, "reference" if table == "sources" else "leipzig"):
            for name in dates:
                if row[name]:
                    year, month, day = first_day(row[name])
                    assert day <= calendar.monthrange(year, month)[1], (table, row)
                    assert name == "due_date" or first_day(row[name]) <= first_day(KNOWLEDGE), (table, row)


def test_every_code_and_column_has_a_label():
    labels = {(row["field"], row["code"]) for row in read("glossary", "reference")}
    fields = [field for schema in SCHEMAS.values() for field in schema["fields"]]
    codes = {
        (field["name"], code) for field in fields for code in field.get("constraints", {}).get("enum", ())
    }
    codes |= {("column", field["name"]) for field in fields}
    codes |= {("criterion_id", row["criterion_id"]) for row in read("criteria", "reference")}
    assert codes - labels == set()


@pytest.mark.parametrize("register", [name for name in REGISTERS if (DATA / name / "aliases.csv").exists()])
def test_a_spelling_belongs_to_one_place(register):
    places = defaultdict(set)
    for row in read("aliases", register):
        places[row["spelling"].casefold()].add(row["city_id"])
    for row in read("cities", register):
        for name in ("name_de", "name_en", "name_local"):
            places[row[name].casefold()].add(row["city_id"])
    assert {spelling: ids for spelling, ids in places.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("table", LEIPZIG)
def test_text_is_in_both_languages(table):
    names = [field["name"] for field in SCHEMAS[table]["fields"]]
    for name in names:
        if name.endswith("_de"):
            for row in read(table):
                assert bool(row[name]) == bool(row[name[:-3] + "_en"]), row


def find_schema(path):
    """Schema of a table of registers, or of one that only the data package describes."""
    package = json.loads((path.parent / "datapackage.json").read_text(encoding="utf-8"))
    own = {resource["name"]: resource["schema"] for resource in package["resources"]}
    return SCHEMAS.get(path.stem) or own[path.stem]


@pytest.mark.parametrize(
    "path", [*DATA.glob("leipzig/*.csv"), *DATA.glob("reference/*.csv")], ids=lambda path: path.stem
)
def test_files_are_plain_and_hold_no_contact_data(path):
    content = path.read_bytes()
    text = content.decode("utf-8")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert "\r" not in text
    assert text.endswith("\n")
    assert not re.search(r"\w@\w|\b0\d{2,4}[ /]\d{3}", text)
    rows = list(csv.reader(text.splitlines()))
    assert rows[0] == [field["name"] for field in find_schema(path)["fields"]]
    assert all(cell == cell.strip() for row in rows for cell in row)


def test_the_readme_counts_and_names_every_column():
    counts = dict(re.findall(r"^\| (\w+) \| (\d+) \|$", README, flags=re.MULTILINE))
    assert {table: int(counts[table]) for table in LEIPZIG} == {table: len(read(table)) for table in LEIPZIG}
    assert int(counts["sources"]) == len(read("sources", "reference"))
    assert f"**{len(read('activities'))} activities**" in README
    for table, schema in SCHEMAS.items():
        section = README.split(f"\n### {table}\n")[1].split("\n### ")[0]
        columns = re.findall(r"^\| `(\w+)`", section, flags=re.MULTILINE)
        assert columns == [field["name"] for field in schema["fields"]], table
