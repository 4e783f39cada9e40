"""The data package of a register or a network: valid for frictionless, nothing confidential, the same bytes again."""

import csv
import io
import json
import zipfile

import frictionless
import pytest
from exported import HOSTILE, small_register
from small_register import city

from analysis.exports.store import collect_network, collect_register, write_export
from analysis.problems import DataError

DAY = "2026-11-01"
PARTICIPANTS = [(4, None), (5, None), (30, 4), (30, 27), (30, 10), (None, None), (3, 1), (0, 0)]
ACTIVITIES = [
    {
        "activity_id": f"a{number}",
        "partnership_id": "west",
        "start_date": "2020",
        "activity_type": "delegation",
        "is_project": "false",
        "participants": people,
        "participants_under_27": young,
        "title_de": "Besuch",
        "note_de": "geheim",
        "source_id": "paper",
    }
    for number, (people, young) in enumerate(PARTICIPANTS)
]


def unpack(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def read_rows(files, table):
    return list(csv.DictReader(io.StringIO(files[f"{table}.csv"], newline="")))


def check(path):
    """What frictionless finds wrong."""
    return frictionless.Package(str(path)).validate().flatten(["title", "rowNumber", "note"])


@pytest.fixture
def export(tmp_path):
    """export(register, …) writes a data package; gives its path and its files."""

    def make(register, *names, has_notes=False, name="small.zip"):
        path = tmp_path / name
        write_export(collect_register(register, DAY, names, has_notes), "datapackage", path)
        return path, unpack(path)

    return make


def test_frictionless_accepts_a_register_with_relations_and_sources(export, tmp_path):
    path, files = export(small_register(tmp_path))
    assert check(path) == []
    assert sorted(files) == [
        "ATTRIBUTION.txt",
        "cities.csv",
        "datapackage.json",
        "milestones.csv",
        "partnerships.csv",
        "relations.csv",
        "sources.csv",
    ]
    rows = {row["partnership_id"]: row for row in read_rows(files, "relations")}
    assert (rows["east"]["status"], rows["west"]["form"]) == ("ended", "friendship")
    assert rows["east"]["partner_city_id"] == "east"
    assert rows["west"]["source_id"] == "paper"
    assert read_rows(files, "cities")[0]["is_area"] == "false"


def test_frictionless_still_finds_a_relation_with_a_city_that_is_not_there(export, tmp_path):
    path, files = export(small_register(tmp_path))
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text.replace(",home,", ",gone,") if name == "relations.csv" else text)
    assert "ForeignKey Error" in [title for title, *_ in check(path)]


def test_two_exports_are_the_same_bytes(export, tmp_path):
    register = small_register(tmp_path)
    assert export(register)[0].read_bytes() == export(register, name="again.zip")[0].read_bytes()


def test_log_and_judgements_stay_behind_unless_they_are_named(export, tmp_path):
    register = small_register(tmp_path, activities=ACTIVITIES)
    found = collect_register(register, DAY)
    assert found.left_out == ["activities"]
    assert "activities.csv" not in export(register)[1]
    path, files = export(register, "activities")
    assert check(path) == []
    assert len(read_rows(files, "activities")) == len(PARTICIPANTS)
    assert export(register, "all")[1].keys() == files.keys()


def test_small_groups_are_left_out_also_where_subtraction_would_find_them(export, tmp_path):
    _, files = export(small_register(tmp_path, activities=ACTIVITIES), "activities")
    shown = [(row["participants"], row["participants_under_27"]) for row in read_rows(files, "activities")]
    assert shown == [
        ("", ""),
        ("5", ""),
        ("30", ""),
        ("30", ""),
        ("30", "10"),
        ("", ""),
        ("", ""),
        ("0", "0"),
    ]
    fields = json.loads(files["datapackage.json"])["resources"][0]["schema"]["fields"]
    told = {field["name"]: field.get("description", "") for field in fields}
    assert "1 to 4 people are left out" in told["participants"]


def test_notes_stay_behind_unless_they_are_asked_for(export, tmp_path):
    register = small_register(tmp_path, activities=ACTIVITIES)
    path, files = export(register, "all")
    assert not any("geheim" in text for text in files.values())
    assert check(path) == []
    path, files = export(register, "all", has_notes=True)
    assert read_rows(files, "activities")[0]["note_de"] == "geheim"
    assert check(path) == []


def test_a_table_that_is_none_is_refused(tmp_path):
    with pytest.raises(
        DataError, match=r"tables: is 'activites', allowed are all, .*Did you mean 'activities'\?"
    ):
        collect_register(small_register(tmp_path), DAY, ["activites"])


def test_hostile_names_are_names(export, tmp_path):
    names = [name for name in HOSTILE if not name.startswith("=")]  # our reader refuses formulas
    places = (city(name) for name in ("home", "east", "west"))
    spare = iter([*names, "Ort"])
    cities = [
        {**place, "name_de": next(spare), "name_en": next(spare), "name_local": next(spare)}
        for place in places
    ]
    path, files = export(small_register(tmp_path, cities=cities))
    assert check(path) == []
    rows = read_rows(files, "cities")
    assert [row[f"name_{which}"] for row in rows for which in ("de", "en", "local")] == [*names, "Ort"]


def test_licence_and_fiction_are_those_of_the_register(export, tmp_path):
    register = small_register(tmp_path)
    package = {
        "title": "Heim",
        "is_fictional": True,
        "licenses": [{"name": "CC0-1.0", "title": "Public domain", "path": "https://example.org/cc0"}],
    }
    (register.path / "datapackage.json").write_text(json.dumps(package))
    path, files = export(register)
    found = json.loads(files["datapackage.json"])
    assert found["title"] == "Heim (fictional data)"
    assert found["is_fictional"] is True
    assert found["licenses"] == package["licenses"]
    assert "Licence: Public domain (https://example.org/cc0)" in files["ATTRIBUTION.txt"]
    assert check(path) == []


@pytest.mark.parametrize("name", [{"name": "other"}, {}, {"name": None, "path": None}])
def test_a_licence_may_have_a_title_only(export, tmp_path, name):
    register = small_register(tmp_path)
    package = {"licenses": [{**name, "title": "CC BY 4.0"}]}
    (register.path / "datapackage.json").write_text(json.dumps(package))
    path, files = export(register)
    assert json.loads(files["datapackage.json"])["licenses"] == [{"name": "other", "title": "CC BY 4.0"}]
    assert "Licence: CC BY 4.0\n" in files["ATTRIBUTION.txt"]
    assert check(path) == []


def test_a_register_without_a_licence_says_so(export, tmp_path):
    path, files = export(small_register(tmp_path))
    found = json.loads(files["datapackage.json"])
    assert "licenses" not in found
    assert "The data name no licence." in found["description"]
    assert check(path) == []


@pytest.mark.parametrize(
    "package",
    [
        "[]",
        "{",
        "[" * 200_000,
        '{"licenses": 3}',
        '{"licenses": [{"title": null, "path": null}]}',
        '{"licenses": [7, {"title": "x", "path": "javascript:alert(1)"}]}',
    ],
)
def test_a_licence_that_is_none_is_not_passed_on(export, tmp_path, package):
    register = small_register(tmp_path)
    (register.path / "datapackage.json").write_text(package)
    assert "licenses" not in json.loads(export(register)[1]["datapackage.json"])


def test_whom_to_name_follows_from_sources_and_columns(export, tmp_path):
    source = {"title": "T", "publisher": "P", "kind": "open_data"}
    tables = {
        "sources": [
            {**source, "source_id": "paper", "url": "https://www.geonames.org/"},
            {**source, "source_id": "unused", "url": "https://www.naturalearthdata.com/"},
        ]
    }
    _, files = export(small_register(tmp_path, **tables))
    assert "- GeoNames (https://www.geonames.org/), CC BY 4.0" in files["ATTRIBUTION.txt"]
    assert "Natural Earth" not in files["ATTRIBUTION.txt"]
    assert "Wikidata" not in files["ATTRIBUTION.txt"]
    tables["cities"] = [city(name) | {"wikidata_id": "Q1"} for name in ("home", "east", "west")]
    _, files = export(small_register(tmp_path, **tables), name="more.zip")
    assert "- Wikidata (https://www.wikidata.org/), CC0 1.0" in files["ATTRIBUTION.txt"]


def test_cited_sources_are_named_once_with_publisher_title_and_address(export, tmp_path):
    source = {"title": "List\nof  twins", "publisher": "P", "kind": "official", "url": "https://example.org/"}
    known = {**source, "url": "https://www.geonames.org/"}
    rows = [("paper", source), ("again", source), ("geo", known), ("unused", {**source, "title": "Unused"})]
    tables = {
        "sources": [{**row, "source_id": name} for name, row in rows],
        "cities": [city("home"), city("east") | {"source_id": "again"}, city("west") | {"source_id": "geo"}],
    }
    register = small_register(tmp_path, **tables)
    _, files = export(register)
    geonames, twins = collect_register(register, DAY).about.credits
    assert geonames.startswith("GeoNames (")
    assert twins == "P: List of twins (https://example.org/)"
    assert f"- {twins}\n" in files["ATTRIBUTION.txt"]
    assert json.loads(files["datapackage.json"])["sources"][1] == {"title": twins}


def test_a_network_without_events_names_its_sources(tmp_path):
    texts = {
        "cities": "city_id,name_de,name_en,country_code,latitude,longitude\na,A,A,DE,,\nb,B,B,FR,,\n",
        "partnerships": "partnership_id,home_city_id,partner_city_id,source_id\np,a,b,list\n",
        "sources": "source_id,title,publisher,date,note\nlist,L,RGRE,2023,\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text)
    found = collect_network(tmp_path)
    assert found.about.credits == ["RGRE: L"]
    write_export(found, "datapackage", tmp_path / "net.zip")
    assert check(tmp_path / "net.zip") == []


def test_an_edge_list_is_a_valid_package_and_names_its_authors(tmp_path):
    (tmp_path / "edges.tsv").write_text("Lyon\tSt._Louis\nRye\tLyon\n", encoding="utf-8")
    data = "They belong to others, doi 10.1007/978-3-642-54140-7_14, and may be used."
    write_export(collect_network(tmp_path, data), "datapackage", tmp_path / "net.zip")
    files = unpack(tmp_path / "net.zip")
    assert check(tmp_path / "net.zip") == []
    assert [row["city_id"] for row in read_rows(files, "cities")] == ["Lyon", "St._Louis", "Rye"]
    assert "Kaltenbrunner, Aragón, Laniado and Volkovich" in files["ATTRIBUTION.txt"]
    assert "free to use if cited" in files["ATTRIBUTION.txt"]
