"""verify: two builds in different circumstances, and each thing that makes them differ is named."""

import os
import re
import sys

import pytest
from conftest import REPOSITORY, titled, write_notebook

from analysis.cli import main
from analysis.publish.edition.verify import VerifyError, verify

# What makes reports differ, and the cell that shows it (behind parameters, helper, title and summary)
PLANTS = {
    "clock": "import datetime\nshow('say', f'Es ist {datetime.datetime.now()}.')",
    "day": "import datetime\nshow('say', f'Heute ist {datetime.date.today()}.')",
    "chance": "import random\nshow('say', f'Es sind {random.random()}.')",
    "order": "show('say', ', '.join({'Kiew', 'Lyon', 'Brno', 'Gwangju', 'Travnik', 'Houston'}))",
    "folder": "import os\nshow('say', f'{len(os.getcwd())}')",
}
EDITION = """
default = "now"
[now]
title_de = "Jetzt"
title_en = "Now"
register = "data/heim"
as_of = 2026-11-01
languages = ["de"]
reports = [{}]
"""


def write_edition(home, **sources):
    """An edition with one notebook for each name."""
    for name, source in sources.items():
        write_notebook(home / "notebooks" / f"{name}.ipynb", *titled("Titel"), source)
    reports = ", ".join(f'{{ notebook = "{name}" }}' for name in sources)
    (home / "reports" / "editions.toml").write_text(EDITION.replace("{}", reports), encoding="utf-8")


def command(folder, *formats):
    options = [f"--format={name}" for name in formats]
    return [sys.executable, "-m", "analysis", "report", "--quiet", *options, "--output", str(folder)]


@pytest.mark.edition
def test_each_plant_is_named_with_its_cell(home):
    write_edition(home, **PLANTS, sound="show('say', 'Immer gleich.')")
    with pytest.raises(VerifyError) as caught:
        verify(lambda folder: command(folder, "html"))
    found = {one.path: one.part for one in caught.value.differences}
    for name, source in PLANTS.items():
        first = source.partition("\n")[0][:40]
        assert found[f"{name}.de.ipynb"] == f"cell 5 ({first})"
        assert found[f"{name}.de.html"].startswith("line ")
    assert not any(path.startswith(("sound.", "index.")) for path in found)
    message = str(caught.value)
    first = r"12 of 17 files differ\. The first: chance\.de\.ipynb, cell 5 \(import random\): “Es sind 0\.\d+\.” in one"
    assert re.match(first, message)
    assert message.endswith("(sorted(…) for a set, a fixed seed for chance).")


def test_a_sound_edition_passes_in_all_forms(home, capsys):
    write_edition(home, overview="show('say', 'Immer gleich.')")
    assert main(["verify"]) == 0
    said = capsys.readouterr()
    assert said.out == "now: 10 files, the same bytes in both builds.\n"
    assert said.err == "build 1 of 2\nbuild 2 of 2\n"
    assert os.listdir(home / "reports") == ["editions.toml"]


def test_a_failed_build_is_told(home, capsys):
    write_edition(home, overview="1 / 0")
    assert main(["verify"]) == 1
    assert "cell 5 (1 / 0): ZeroDivisionError: division by zero" in capsys.readouterr().err


def test_time_and_place_differ_between_the_builds(tmp_path):
    script = (
        "import os, pathlib, sys, time; folder = pathlib.Path(sys.argv[1]); folder.mkdir();"
        "names = ['TZ', 'LC_ALL', 'PYTHONHASHSEED', 'TWINNING_VERIFY_TZ', 'TWINNING_VERIFY_PYTHONHASHSEED'];"
        "[(folder / name).write_text(os.environ[name]) for name in names];"
        "(folder / 'day').write_text(time.strftime('%Y-%m-%d'))"
    )
    with pytest.raises(VerifyError) as caught:
        verify(lambda folder: [sys.executable, "-c", script, str(folder)])
    assert len(caught.value.differences) == 6


@pytest.mark.edition
def test_the_edition_of_leipzig_passes(capsys, monkeypatch):
    monkeypatch.setenv("TWINNING_HOME", str(REPOSITORY))
    assert main(["verify", "leipzig-2026"]) == 0
    assert "the same bytes in both builds" in capsys.readouterr().out
