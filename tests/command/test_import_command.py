"""The command ``twinning import`` for registers of somebody else: what it prints, refuses and prepares."""

import shutil
from pathlib import Path

import pytest
from imports.foreign.exhibits import MUSEUM

OURS = Path(__file__).parents[2]
LIST = MUSEUM / "rgre-country-spellings.csv"


@pytest.fixture
def project(home):
    """A project folder with the notebook of networks, labels, and outlines of countries."""
    for name in ("countries.fgb", "glossary.csv"):
        shutil.copy(OURS / "data/reference" / name, home / "data/reference")
    shutil.copy(OURS / "notebooks/network.ipynb", home / "notebooks")
    return home


def test_a_register_is_made_with_an_edition_for_its_network(twinning, project):
    register = project / "registers" / "rgre"
    options = ("--register", str(register), "--language", "en", "--as-of", "2023-06-30", "--title", "A list")
    code, out, err = twinning("import", "rgre", str(LIST), *options)
    assert (code, err) == (0, "")
    assert out.splitlines()[:3] == [
        "rgre-country-spellings.csv: 6 rows read = 6 accepted + 0 listed (beside them: headers 1, empty rows 0).",
        "made: 11 places, 6 relations, 12 events.",
        "file: 2 x several spellings of one country",
    ]
    assert out.endswith(f"  twinning check {register}\n  twinning report rgre\n")
    assert twinning("check", str(register))[0] == 0
    assert "rgre: A list\n  as of 2023-06-30, register registers/rgre" in twinning("list")[1]


def test_a_network_without_coordinates_is_told_from_a_register(twinning, project):
    register = project / "registers" / "edges"
    code, out, _ = twinning("import", "edges", str(MUSEUM / "edges-tab.tsv"), "--register", str(register))
    assert code == 0
    assert "3 places lack country or coordinates: this is a network for the notebook network" in out
    assert out.endswith("  twinning report edges\n")
    code, _, err = twinning("check", str(register))
    assert code == 3
    assert "column latitude: is empty" in err
    code, _, err = twinning("report", "--register", str(register), "--as-of", "2030-01-01")
    assert code == 2
    assert "--register: 'edges' is a network, allowed here are registers." in err


def test_a_register_named_as_the_edition_of_another_is_refused(twinning, project):
    register = project / "registers" / "now"
    code, out, err = twinning("import", "rgre", str(LIST), "--register", str(register))
    assert (code, out) == (2, "")
    assert "registers/now: is named as an edition of another register, allowed are other names." in err
    assert not register.exists()


def test_a_title_with_control_characters_leaves_an_edition_that_can_be_read(twinning, project):
    register = project / "registers" / "rgre"
    options = ("--register", str(register), "--title", 'A\x7f"list\\')
    assert twinning("import", "rgre", str(LIST), *options)[0] == 0
    assert 'rgre: A "list\\\n' in twinning("list")[1]


def test_a_new_register_of_a_city_with_control_characters_can_be_read(twinning, project):
    assert twinning("new", "Hof\x7f", "--name", "hof")[0] == 0
    code, out, err = twinning("list")
    assert (code, err) == (0, "")
    assert "hof: Town twinnings: Hof" in out


def test_an_edition_that_keeps_its_day_is_told(twinning, project):
    words = ("import", "rgre", str(LIST), "--register", str(project / "registers" / "rgre"))
    assert "stays as of" not in twinning(*words, "--as-of", "2023-06-30")[1]
    out = twinning(*words, "--as-of", "2024-06-30")[1]
    assert (
        "the edition rgre stays as of 2023-06-30, the register is as of 2024-06-30 now:\nchange as_of in"
        in out
    )


@pytest.mark.edition
@pytest.mark.parametrize("name", ["rgre-country-spellings.csv", "edges-tab.tsv"])
def test_the_network_of_an_imported_register_is_built_and_names_its_source(twinning, project, name):
    kind = name.partition("-")[0]
    options = ("--register", str(project / "registers" / kind), "--as-of", "2023-06-30")
    assert twinning("import", kind, str(MUSEUM / name), *options)[0] == 0
    code, _, err = twinning("report", kind, "--format", "html", "--language", "en")
    assert code == 0, err
    page = (project / f"reports/{kind}.draft/network.en.html").read_text(encoding="utf-8")
    assert ("Stuttgart has 2 partners" if kind == "rgre" else "Lyon has 2 partners") in page
    assert "Licence: not stated. State of 2023-06-30." in page


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("rgre", "LIST", "--mapping", "m.csv"), 2, "--mapping: goes only with a log. Leave it out."),
        (("log", "LIST", "--as-of", "2020-01-01"), 2, "--as-of: goes only with a register of somebody else."),
        (
            ("rgre", "LIST", "--order", "lonlat"),
            2,
            "--order: goes only with twinning import geo. Leave it out.",
        ),
        (
            ("geo", "LIST", "--nodes", "n.csv"),
            2,
            "--nodes: goes only with twinning import edges. Leave it out.",
        ),
        (("geo", "LIST"), 3, "is a file of another kind, allowed are GeoJSON, GeoPackage and shapefile"),
        (("wikidata", "absent.json"), 3, "absent.json: cannot be read (No such file or directory)"),
    ],
)
def test_what_does_not_go_together_is_refused(twinning, project, arguments, code, message):
    words = [str(LIST) if word == "LIST" else word for word in arguments]
    found, out, err = twinning("import", *words, "--register", str(project / "registers/x"))
    assert (found, out) == (code, "")
    assert message in err
    assert "Traceback" not in err
    assert not (project / "registers/x").exists()
