"""The notebooks network and comparison on data that hold little or mean harm: built in every form, in both languages."""

import re
import shutil

import pytest
from conftest import REPOSITORY
from small_register import city, milestones, relation, write_register

from analysis.cli import main

pytestmark = pytest.mark.edition

EDITION = """
[{name}]
title_de = "Klein"
title_en = "Small"
register = "registers/{register}"
{extra}
as_of = 2026-11-01
reports = [{{ notebook = "{notebook}", parameters = {{ {parameters} }} }}]
"""
HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    '#read("/etc/passwd")',
    "[@seed](javascript:1)",
)
NETWORKS = {
    "pair": {"edges.tsv": ["A\tB"]},
    "star": {
        "edges.tsv": [f"A\t{name}" for name in HOSTILE] + ["B\tA"],
        "country.tsv": [f"{name}\tFrance" for name in HOSTILE] + ["A\tGermany"],
        "latitude.tsv": [f"{name}\t{45 + n}" for n, name in enumerate(HOSTILE)] + ["A\t51", "B\t91"],
        "longitude.tsv": [f"{name}\t{n}" for n, name in enumerate(HOSTILE)] + ["A\t12", "B\t0"],
    },
}
ONE = milestones(("east", "1973", "signed", "partnership"))
REGISTERS = {
    "own": {"partnerships": [relation("east")], "milestones": ONE},
    "only-contact": {
        "partnerships": [relation("near")],
        "milestones": milestones(("near", "2007", "first_contact")),
    },
    "other": {
        "cities": [
            city("home") | {"city_id": "third", "name_de": HOSTILE[0], "name_en": HOSTILE[0]},
            city("east") | {"name_de": HOSTILE[2], "name_en": HOSTILE[3]},  # a register takes no formula
        ],
        "partnerships": [relation("east") | {"home_city_id": "third"}],
        "milestones": ONE,
    },
}
# Edition: register, other registers, notebook, parameters
EDITIONS = {
    "pair": ("pair", [], "network", 'city = "A", draws = 3, divisions = 2'),
    "star": ("star", [], "network", 'city = "A", draws = 3, divisions = 2'),
    "one-home": ("own", [], "network", 'city = "home", draws = 3, divisions = 2'),
    "two-cities": ("other", ["own"], "comparison", 'own = "../data/own", draws = 50'),
    "no-twinning": ("other", ["only-contact"], "comparison", 'own = "../data/only-contact", draws = 50'),
    "with-itself": ("own", ["own"], "comparison", 'own = "../data/own", draws = 50'),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """This project's notebooks and reference data, with the small registers and an edition of each."""
    home = tmp_path_factory.mktemp("small") / "home"
    for name in ("data/schema", "data/reference", "notebooks"):
        shutil.copytree(REPOSITORY / name, home / name)
    for name, files in NETWORKS.items():
        (home / "registers" / name).mkdir(parents=True)
        for file, lines in files.items():
            (home / "registers" / name / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, tables in REGISTERS.items():
        write_register(home / "registers" / name, **tables)
    editions = ['default = "pair"\n']
    for name, (register, others, notebook, parameters) in EDITIONS.items():
        extra = f"extra = {[f'registers/{other}' for other in others]}".replace("'", '"') if others else ""
        editions.append(
            EDITION.format(
                name=name, register=register, extra=extra, notebook=notebook, parameters=parameters
            )
        )
    (home / "reports").mkdir()
    (home / "reports" / "editions.toml").write_text("".join(editions), encoding="utf-8")
    return home


@pytest.mark.parametrize("name", EDITIONS)
def test_every_form_is_built_and_names_stay_names(project, monkeypatch, tmp_path, capsys, name):
    monkeypatch.setenv("TWINNING_HOME", str(project))
    assert main(["report", name, "--quiet", "--output", str(tmp_path / name)]) == 0, capsys.readouterr().err
    register, _, notebook, _ = EDITIONS[name]
    for language in ("de", "en"):
        page = (tmp_path / name / f"{notebook}.{language}.html").read_text(encoding="utf-8")
        assert "<script" not in page
        assert 'href="javascript' not in page
        text = re.sub(r"<[^>]*>", " ", page)
        assert re.findall(r"\bNone\b|\bnan\b|<NA>|−0(?:[.,]0+)?(?![.,]?\d)", text) == []
        assert ("&lt;script&gt;alert(1)&lt;/script&gt;" in page) == (register in ("star", "other"))
        forms = {path.suffix for path in (tmp_path / name).glob(f"{notebook}.{language}.*")}
        assert forms == {".html", ".pdf", ".docx", ".xlsx", ".ipynb"}
