"""``twinning export``: what it writes, what it says, what it refuses, and that nothing is left half-written."""

import subprocess
import sys

import frictionless
import geopandas
import networkx
import pytest
from conftest import REPOSITORY
from small_register import city, milestones, relation, write_register

FORMS = {"datapackage": ".zip", "graphml": ".graphml", "gpkg": ".gpkg"}


def list_files(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_file() or path.name.startswith("."))


@pytest.mark.parametrize("form", FORMS)
def test_an_edition_is_exported_with_its_day(twinning, home, form):
    code, out, err = twinning("export", "then", "--format", form)
    path = home / f"then{FORMS[form]}"
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"{path}: 2 places, 1 relations, as of 1999-12-31",
        "licence: The data name no licence. Ask whoever publishes them before you pass them on.",
        "name also: City: Paper",
    ]
    assert list_files(home) == [path.name]


def test_a_register_needs_a_day(twinning, home):
    assert twinning("export", "data/heim", "--format", "gpkg") == (
        2,
        "",
        "twinning: --as-of: is needed with a register, the day whose state is told. Add --as-of DATE.\n",
    )
    code, _, _ = twinning("export", "data/heim", "--format", "gpkg", "--as-of", "2026-11-01")
    assert code == 0
    assert len(geopandas.read_file(home / "heim.gpkg", layer="relations")) == 2


def test_an_edge_list_needs_none(twinning, home):
    folder = home / "registers" / "net"
    folder.mkdir(parents=True)
    (folder / "edges.tsv").write_text("Lyon\tRye\nRye\tLyon\n")
    code, out, _ = twinning("export", "registers/net", "--format", "graphml", "--output", "links.graphml")
    assert (code, out.splitlines()[0]) == (0, f"{home / 'links.graphml'}: 2 places, 2 relations")
    assert networkx.read_graphml(home / "links.graphml").number_of_edges() == 2
    code, _, err = twinning("export", "registers/net", "--format", "gpkg", "--as-of", "2020-01-01")
    assert (code, err) == (
        2,
        "twinning: --as-of: links without milestones.csv tell no dates. Leave it out.\n",
    )


@pytest.fixture
def network(home):
    """Home with East (1973, ended in 2022) and West (2004), of which only East is placed; calls itself a network."""
    places = [city(name) for name in ("home", "east", "west")]
    for place in (places[0], places[2]):
        place |= {"country_code": "", "latitude": "", "longitude": ""}
    tables = {
        "cities": places,
        "partnerships": [relation("east") | {"scope": ""}, relation("west") | {"scope": ""}],
        "milestones": milestones(
            ("east", "1973", "signed", "partnership"),
            ("east", "2022", "ended"),
            ("west", "2004", "signed", "friendship"),
        ),
    }
    folder = write_register(home / "registers" / "net", **tables)
    (folder / "datapackage.json").write_text('{"is_network": true}')
    return folder


@pytest.mark.parametrize("form", FORMS)
def test_a_network_with_events_tells_form_status_and_beginning_of_the_day(twinning, home, network, form):
    code, out, err = twinning("export", "registers/net", "--format", form, "--as-of", "2023-01-01")
    path = home / f"net{FORMS[form]}"
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == f"{path}: 3 places, 2 relations, as of 2023-01-01"
    if form == "datapackage":
        package = frictionless.Package(str(path))
        assert package.validate().flatten(["title", "rowNumber", "note"]) == []
        rows = {row["partnership_id"]: row for row in package.get_resource("relations").read_rows()}
    elif form == "graphml":
        edges = networkx.read_graphml(path).edges(data=True)
        rows = {row["partnership_id"]: row for *_, row in edges}
    else:
        rows = geopandas.read_file(path, layer="relations").set_index("partnership_id").to_dict("index")
    told = {name: (row["form"], row["status"], row["first_date"]) for name, row in rows.items()}
    assert told == {"east": ("partnership", "ended", "1973"), "west": ("friendship", "active", "2004")}


def test_a_network_with_events_needs_a_day_and_sound_tables(twinning, home, network):
    code, _, err = twinning("export", "registers/net", "--format", "gpkg")
    assert (code, "--as-of: is needed with a register" in err) == (2, True)
    text = (network / "milestones.csv").read_text()
    (network / "milestones.csv").write_text(text.replace("2004", "soon"))
    code, _, err = twinning("export", "registers/net", "--format", "gpkg", "--as-of", "2023-01-01")
    assert code == 3
    assert "column date: is 'soon', allowed is a year" in err
    assert "country_code" not in err


def test_a_file_that_is_there_is_replaced_only_when_told(twinning, home):
    path = home / "then.graphml"
    path.write_text("mine")
    assert twinning("export", "then", "--format", "graphml") == (
        2,
        "",
        f"twinning: {path}: is there already, allowed is a new file. Choose another --output, or add --overwrite.\n",
    )
    assert path.read_text() == "mine"
    assert twinning("export", "then", "--format", "graphml", "--overwrite")[0] == 0
    assert networkx.read_graphml(path).number_of_edges() == 1


def test_a_folder_is_never_replaced(twinning, home):
    (home / "x.zip").mkdir()
    code, _, err = twinning("export", "then", "--format", "datapackage", "--output", "x.zip", "--overwrite")
    assert (code, (home / "x.zip").is_dir()) == (2, True)
    assert err.endswith("x.zip: is there already, allowed is a new file. Choose another --output.\n")


REFUSED = {
    "an unknown name": (
        ("thn", "--format", "gpkg"),
        "'thn': is no edition, no folder and no workbook; editions are: now, then. Did you mean 'then'?",
    ),
    "a day for an edition": (
        ("then", "--format", "gpkg", "--as-of", "2020-01-01"),
        "--as-of: goes only with a register. An edition has its own in reports/editions.toml.",
    ),
    "tables of a map": (
        ("then", "--format", "gpkg", "--tables", "activities"),
        "--tables: goes only with --format datapackage and a register. Leave it out.",
    ),
    "notes of a graph": (
        ("then", "--format", "graphml", "--notes"),
        "--notes: goes only with --format datapackage and a register. Leave it out.",
    ),
    "another ending": (
        ("then", "--format", "gpkg", "--output", "x.txt"),
        "--output: is 'x.txt', allowed is a name that ends in .gpkg. Add it.",
    ),
    "a file among the data": (
        ("then", "--format", "gpkg", "--output", "data/heim/x.gpkg"),
        "--output: lies in the register, where only data are allowed. Choose another folder.",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_does_not_go_together_is_refused(twinning, home, what):
    arguments, message = REFUSED[what]
    assert twinning("export", *arguments) == (2, "", f"twinning: {message}\n")
    assert list_files(home) == []


def test_a_folder_that_is_not_there_is_told(twinning, home):
    code, _, err = twinning("export", "then", "--format", "gpkg", "--output", "gone/x.gpkg")
    assert (code, err) == (
        2,
        f"twinning: --output: there is no folder {home / 'gone'}. Make it, or choose another.\n",
    )


def test_a_wrong_table_and_a_day_too_early_are_told(twinning, home):
    code, _, err = twinning("export", "then", "--format", "datapackage", "--tables", "activity")
    assert code == 3
    assert "tables: is 'activity', allowed are all, " in err
    code, _, err = twinning("export", "data/heim", "--format", "gpkg", "--as-of", "1950-01-01")
    assert code == 2
    assert "--as-of: is 1950-01-01, by then no relation of the register existed, the first is of 1973." in err
    assert list_files(home) == []


def test_data_that_are_elsewhere_are_told(twinning, home):
    path = home / "reports" / "editions.toml"
    more = '[far]\ntitle_de = "F"\ntitle_en = "F"\nvariable = "TWINNING_FAR"\nobtain = "Ask them."\nas_of = 2012-12-31\n'
    path.write_text(path.read_text() + more + 'reports = [{ notebook = "overview" }]\n')
    code, _, err = twinning("export", "far", "--format", "gpkg")
    assert code == 2
    assert err.endswith("Ask them. Name their folder in the environment variable TWINNING_FAR.\n")


def test_a_name_that_the_disk_refuses_leaves_nothing(twinning, home):
    name = "x" * 300 + ".graphml"
    code, _, err = twinning("export", "then", "--format", "graphml", "--output", name)
    assert code == 1
    assert "cannot be written (File name too long). Choose another --output." in err
    assert list_files(home) == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as Unix does")
@pytest.mark.parametrize("form", ["datapackage", "gpkg"])
def test_a_full_disk_leaves_what_was_there(home, form):
    import resource

    path = home / f"then{FORMS[form]}"
    path.write_text("mine")
    command = [sys.executable, "-m", "analysis", "export", "then", "--format", form, "--overwrite"]
    done = subprocess.run(
        command,
        check=False,
        cwd=home,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500)),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    assert f"{path}: cannot be written (" in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_text() == "mine"
    assert list_files(home) == [path.name]


def test_the_registers_of_the_project_can_be_exported(tmp_path, monkeypatch, capsys):
    from analysis.cli import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TWINNING_HOME", raising=False)
    assert (
        main(["export", str(REPOSITORY / "data/leipzig"), "--format", "graphml", "--as-of", "2026-11-01"])
        == 0
    )
    said = capsys.readouterr().out
    assert "name also: GeoNames (https://www.geonames.org/), CC BY 4.0" in said
    assert said.count("name also: ") == 6
    assert " more, which the file names\n" in said
    graph = networkx.read_graphml(tmp_path / "leipzig.graphml")
    assert (len(graph), graph.number_of_edges()) == (22, 21)
