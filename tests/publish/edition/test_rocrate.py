"""The RO-Crate of an edition: the rules of the format, and what it tells of data, sources and software."""

import json

import pytest
from crate_rules import find_faults, read_crate, refer

from analysis.publish.edition.rocrate import write_crate

PAGE, TABLE = "partner/öst 1.de.html", "data/partner/öst 1.de/table-1.csv"
LICENCE = {
    "name": "CC0-1.0",
    "title": "Public domain",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
}
MANIFEST = {
    "edition": {
        "id": "then",
        "title": {"de": "Damals"},
        "as_of": "1999-12-31",
        "register": "data/heim",
        "is_draft": False,
        "paper_number": None,
        "publisher": None,
    },
    "software": {
        "python": "3.11",
        "system": "Linux x86_64",
        "code": "c" * 64,
        "packages": {"twinning-analysis": "0.1.0", "pandas": "3.0.0"},
    },
    "inputs": {
        "data/heim/cities.csv": "1" * 64,
        "data/reference/sources.csv": "2" * 64,
        "notebooks/partner.ipynb": "3" * 64,
    },
    "reports": [
        {
            "key": "partner/öst 1",
            "language": "de",
            "notebook": "notebooks/partner.ipynb",
            "parameters": {"language": "de", "years": 5},
            "inputs": ["data/heim/cities.csv", "data/reference/sources.csv"],
            "outputs": {TABLE: "4" * 64, PAGE: "5" * 64},
        }
    ],
    "index": {"index.de.html": "6" * 64},
}
CITIES = "name,source_id\nKiew,seed;gone\n<b>,\n"
SOURCES = (
    "source_id,title,publisher,date,url\nseed,<b>Slides</b>,City,2021,https://example.org/\nother,Other,,,\n"
)


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def crate(tmp_path):
    """crate(…) writes the crate of a little edition and gives its folder."""

    def make(description=None, own_sources="", **changed):
        inputs = MANIFEST["inputs"]
        folder, state = tmp_path / "edition", tmp_path / "state"
        write(folder, dict.fromkeys((PAGE, TABLE, "index.de.html"), ""))
        write(state, {"data/heim/cities.csv": CITIES, "data/reference/sources.csv": SOURCES})
        if own_sources:
            write(state, {"data/heim/sources.csv": own_sources})
            inputs = {**MANIFEST["inputs"], "data/heim/sources.csv": "7" * 64}
        if description is not None:
            write(state, {"data/heim/datapackage.json": description})
        edition = MANIFEST["edition"] | changed
        write_crate(MANIFEST | {"edition": edition, "inputs": inputs}, folder, state)
        return folder

    return make


def test_it_keeps_the_rules_of_the_format(crate):
    assert find_faults(crate(json.dumps({"licenses": [LICENCE]}))) == []


def test_the_rules_see_what_is_wrong(crate):
    folder = crate()
    (folder / PAGE).unlink()
    path = folder / "ro-crate-metadata.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"#input/data/heim/cities.csv"', '"#lost"', 1),
        encoding="utf-8",
    )
    faults = "\n".join(find_faults(folder))
    assert "partner/%C3%B6st%201.de.html: is not there" in faults
    assert "object: refers to nothing" in faults


def test_a_run_tells_notebook_parameters_inputs_and_files(crate):
    entities = read_crate(crate())
    run = entities["#run/partner/%C3%B6st%201.de"]
    assert entities[refer(run, "instrument")[0]]["name"] == "notebooks/partner.ipynb"
    assert [entities[name]["name"] for name in refer(run, "result")] == [TABLE, PAGE]
    objects = [entities[name] for name in refer(run, "object")]
    assert [(one["name"], one["sha256"]) for one in objects if "sha256" in one] == [
        ("data/heim/cities.csv", "1" * 64),
        ("data/reference/sources.csv", "2" * 64),
    ]
    assert [(one["name"], one["value"]) for one in objects if "value" in one] == [
        ("language", "de"),
        ("years", 5),
    ]


def test_data_name_their_sources_and_only_those(crate):
    entities = read_crate(crate())
    [source] = refer(entities["#input/data/heim/cities.csv"], "citation")
    assert entities[source] == {
        "@id": "#source/seed",
        "@type": "CreativeWork",
        "name": "<b>Slides</b>",
        "description": "City",
        "datePublished": "2021",
        "url": "https://example.org/",
    }
    assert "#source/other" not in entities


def test_a_register_may_have_sources_of_its_own(crate):
    entities = read_crate(crate(own_sources="source_id,title\ngone,Own paper\n"))
    cited = refer(entities["#input/data/heim/cities.csv"], "citation")
    assert [entities[one]["name"] for one in cited] == ["Own paper", "<b>Slides</b>"]
    assert "citation" not in entities["#input/data/heim/sources.csv"]


def test_it_names_the_licence_of_the_register(crate):
    entities = read_crate(crate(json.dumps({"licenses": [LICENCE]})))
    [licence] = refer(entities["./"], "license")
    assert (licence, entities[licence]["name"]) == (LICENCE["path"], "Public domain")
    assert refer(entities["#input/data/heim/cities.csv"], "license") == [licence]


@pytest.mark.parametrize(
    "description",
    [
        None,
        "{",
        "[]",
        "[" * 200_000,
        '{"licenses": []}',
        '{"licenses": [{"title": null}]}',
        '{"licenses": [{"name": "mine"}]}',
    ],
)
def test_where_no_licence_is_named_it_says_so(crate, description):
    folder = crate(description)
    assert read_crate(folder)["./"]["license"] == "The register names no licence. Ask whoever publishes it."
    assert find_faults(folder) == []


def test_a_licence_may_have_a_title_only(crate):
    folder = crate(json.dumps({"licenses": [{"name": "other", "title": "CC BY 4.0"}]}))
    entities = read_crate(folder)
    [licence] = refer(entities["./"], "license")
    assert entities[licence]["name"] == "CC BY 4.0"
    assert entities["#input/data/heim/cities.csv"]["license"] == "CC BY 4.0"
    assert find_faults(folder) == []


def test_it_names_software_with_versions(crate):
    entities = read_crate(crate())
    project = entities["#twinning-analysis"]
    assert (project["softwareVersion"], project["operatingSystem"]) == ("0.1.0", "Linux x86_64")
    needed = [entities[name] for name in refer(project, "softwareRequirements")]
    assert [(one["name"], one["softwareVersion"]) for one in needed] == [
        ("Python", "3.11"),
        ("pandas", "3.0.0"),
    ]


def test_it_is_dated_by_the_day_whose_state_it_tells_and_knows_no_other_time(crate):
    folder = crate()
    assert read_crate(folder)["./"]["datePublished"] == "1999-12-31"
    text = (folder / "ro-crate-metadata.json").read_text(encoding="utf-8")
    assert "endTime" not in text
    assert str(folder) not in text


def test_a_draft_says_so(crate):
    assert "creativeWorkStatus" not in read_crate(crate())["./"]
    assert read_crate(crate(is_draft=True))["./"]["creativeWorkStatus"] == "Draft"


def test_it_names_the_publisher(crate):
    for publisher, name in ((None, "The twinning-analysis authors"), ("Stadt Muster", "Stadt Muster")):
        entities = read_crate(crate(publisher=publisher))
        [agent] = refer(entities["./"], "publisher")
        assert (entities[agent]["@type"], entities[agent]["name"]) == ("Organization", name)
