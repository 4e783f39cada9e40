"""The real notebooks on registers that hold little: every report is built, and none speaks of what is not there."""

import re

import pytest
from small_register import city, milestones, relation, write_register

from analysis.cli import main

pytestmark = pytest.mark.edition

EVERY_STATUS = milestones(
    ("east", "1990-10-03", "signed", "partnership"),
    ("west", "1991", "signed", "partnership"),
    ("west", "2010", "ended"),
    ("near", "2007", "first_contact"),
    ("far", "2014", "signed", "cooperation"),
    ("far", "2019", "expired"),
)
DECISION = {
    "decision_id": "d1",
    "paper": "P-1",
    "item": "1",
    "decided_date": "2020-10-14",
    "indicator": "next_round",
    "source_id": "paper",
    **{f"{stem}_{language}": "x" for stem in ("title", "text") for language in ("de", "en")},
}
FOREWORD = {"place": "foreword", "de": "Erster Absatz.\n\n# Zweiter <b>Absatz</b>.", "author": "Referat"}
FINDING = {
    "round_year": "2020",
    "partnership_id": "east",
    "criterion_id": "original-aim",
    "finding_de": "Austausch",
    "rated_by": "office",
    "source_id": "paper",
}
HOSTILE = '<script>alert(1)</script> " onload="x [@seed-2021](javascript:1) $x$ {n}'

REGISTERS = {
    "minimal": {"partnerships": [relation("east")], "milestones": EVERY_STATUS[:1]},
    "only-contact": {"partnerships": [relation("near")], "milestones": EVERY_STATUS[3:4]},
    "every-status": {
        "partnerships": [relation(name) for name in ("east", "west", "near", "far")],
        "milestones": EVERY_STATUS,
        "decisions": [DECISION],
        "ratings": [FINDING],
        "texts": [FOREWORD],
    },
    "hostile": {
        "partnerships": [relation("east")],
        "milestones": EVERY_STATUS[:1],
        "cities": [
            city("home"),
            city("east") | {"name_de": HOSTILE, "name_en": HOSTILE, "name_local": HOSTILE},
        ],
    },
}


@pytest.mark.parametrize("name", REGISTERS)
def test_every_report_is_built(tmp_path, capsys, name):
    register = write_register(tmp_path / name, **REGISTERS[name])
    target = tmp_path / "reports"
    command = [
        "report",
        "--register",
        str(register),
        "--as-of",
        "2026-11-01",
        "--format",
        "html",
        "--output",
        str(target),
    ]
    assert main([*command, "--quiet"]) == 0, capsys.readouterr().err
    pages = {path.name: path.read_text(encoding="utf-8") for path in target.rglob("*.html")}
    assert len(pages) == 2 * (4 + len(REGISTERS[name]["partnerships"]))
    for page in pages.values():
        assert "<script" not in page
        text = re.sub(r"<[^>]*>", " ", page)
        assert re.findall(r"\bNone\b|\bnan\b|<NA>|Runde k|[Rr]ound n/a", text) == []
    if name == "every-status":
        assert "<p>Erster Absatz.</p>" in pages["evaluation.de.html"]
        assert "# Zweiter &lt;b&gt;Absatz&lt;/b&gt;." in pages["evaluation.de.html"]
    if name == "hostile":
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages["evaluation.de.html"]
