"""What a report is made of: each part of it counts, and nothing else does."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from conftest import PARAMETERS, titled, write_notebook

from analysis.command.inputs import find_inputs
from analysis.publish.edition.editions import Report, read_editions
from analysis.publish.edition.keys import Ingredients, SourceError
from analysis.publish.edition.plan import plan_runs
from analysis.publish.edition.sources import Sources

PROJECT = Path(__file__).parents[3]
READ = "def read_register(path, tables):\n    return path\n"
ALL = {"overview (de)", "overview (en)", "partner/east (de)", "partner/east (en)"}
OVERVIEW, PARTNER = ({run for run in ALL if run.startswith(name)} for name in ("overview", "partner"))
GERMAN = {run for run in ALL if run.endswith("(de)")}


@pytest.fixture
def home(home):
    """The small project, where one notebook says which tables it reads, and there are more than these."""
    says = READ + "read_register(register, tables=('themes',))"
    parameters = PARAMETERS + '\nhorizon: int = 3\npartnership_id: str = "east"'
    write_notebook(home / "notebooks" / "partner.ipynb", says, *titled("T"), parameters=parameters)
    for name in ("ratings", "themes"):
        (home / "data" / "heim" / f"{name}.csv").write_text("")
    (home / "requirements.lock").write_text("pandas==3.0.0")
    (home / "fonts").mkdir()
    (home / "fonts" / "one.ttf").write_text("letters")
    return home


def describe(home, change=lambda edition: edition, partners=("east",), formats=("html",), languages=()):
    """What each report is made of, by its name."""
    edition = change(read_editions(home).find("now"))
    find = partial(find_inputs, register=edition.register, home=home)
    runs = plan_runs(edition, home / "notebooks", {"partnership_id": partners}, languages, find)
    sources = Sources(edition, runs, formats, home / "fonts", home)
    made_of = {run: sources.describe_report(run) for run in runs}
    whole = sources.describe_edition({run: one.key for run, one in made_of.items()})
    return {str(run): one for run, one in made_of.items()} | {"edition": whole}


def list_changed(before, now):
    """The reports whose keys differ; that of the edition must differ if any does, and may not be the only one."""
    changed = {name for name in before if name in now and before[name].key != now[name].key}
    assert ("edition" in changed) == bool(changed - {"edition"})
    return changed - {"edition"}


def edit(path, text="# changed"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")


EDITS = {
    "data/heim/ratings.csv": OVERVIEW,
    "data/heim/themes.csv": ALL,
    "data/heim/cities.csv": ALL,
    "data/heim/sources.csv": ALL,
    "data/heim/claims.csv": OVERVIEW,  # is new; a notebook that names no tables may read any
    "data/heim/datapackage.json": ALL,
    "data/reference/glossary.csv": ALL,
    "data/reference/outlines.fgb": ALL,
    "requirements.lock": ALL,
    "fonts/one.ttf": ALL,
    "fonts/more/two.otf": ALL,
    "data/heim/README.md": set(),
    "data/heim/notes.txt": set(),
    "data/heim/log/2026.csv": set(),
    "data/other/cities.csv": set(),
    "data/reference/build_outlines.py": set(),
    "data/reference/datapackage.json": set(),
    "README.md": set(),
    "notebooks/history.ipynb": set(),
    "reports/notes.md": set(),
}


@pytest.mark.parametrize("place", EDITS)
def test_a_file_counts_for_the_reports_that_may_read_it(home, place):
    before = describe(home)
    assert list_changed(before, describe(home)) == set()
    edit(home / place)
    now = describe(home)
    assert list_changed(before, now) == EDITS[place]
    for name in EDITS[place]:
        (told,) = now[name].compare(before[name])
        assert told in (f"{place} changed", f"{place} is read now")


def test_a_notebook_counts_for_its_own_reports(home):
    before = describe(home)
    write_notebook(home / "notebooks" / "overview.ipynb", *titled("Other"))
    now = describe(home)
    assert list_changed(before, now) == OVERVIEW
    assert now["overview (de)"].compare(before["overview (de)"]) == ["notebooks/overview.ipynb changed"]


def test_a_notebook_that_names_another_table_is_made_of_it(home):
    before = describe(home)
    path = home / "notebooks" / "partner.ipynb"
    path.write_text(path.read_text().replace("('themes',)", "('ratings',)"))
    told = describe(home)["partner/east (de)"].compare(before["partner/east (de)"])
    assert told == [
        "data/heim/ratings.csv is read now",
        "data/heim/themes.csv is no longer read",
        "notebooks/partner.ipynb changed",
    ]


def with_report(edition):
    parameters = {"horizon": 5}
    return replace(
        edition, reports=(edition.reports[0], Report("partner", "partnership_id", parameters=parameters))
    )


CHANGES = {
    "title_de": (lambda edition: replace(edition, title_de="Anders"), GERMAN, "edition's title_de was 'Jetzt', is 'Anders'"),
    "as_of": (
        lambda edition: replace(edition, as_of=date(2026, 11, 2)),
        ALL,
        "edition's as_of was '2026-11-01', is '2026-11-02'",
    ),
    "is_draft": (lambda edition: replace(edition, is_draft=True), ALL, "edition's is_draft was 'False', is 'True'"),
    "paper_number": (
        lambda edition: replace(edition, paper_number="VII-DS-1"),
        ALL,
        "edition's paper_number was '', is 'VII-DS-1'",
    ),
    "parameters": (with_report, PARTNER, "parameter horizon is new"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_an_edition_counts_for_the_reports_that_show_it(home, name):
    change, expected, told = CHANGES[name]
    before, now = describe(home), describe(home, change)
    assert list_changed(before, now) == expected
    assert all(told in now[run].compare(before[run]) for run in expected)


def test_headings_of_the_index_count_for_the_edition_alone(home):
    before = describe(home)
    now = describe(home, lambda edition: replace(edition, reports=(replace(edition.reports[0], group_de="Neu"), *edition.reports[1:])))  # fmt: skip
    assert {name for name in before if before[name].key != now[name].key} == {"edition"}
    other_order = describe(home, lambda edition: replace(edition, reports=edition.reports[::-1]))
    assert {name for name in before if before[name].key != other_order[name].key} == {"edition"}


def test_reports_that_may_be_linked_to_count(home):
    before, now = describe(home), describe(home, partners=("east", "west"))
    assert list_changed(before, now) == ALL
    assert now["overview (de)"].compare(before["overview (de)"]) == ["report partner/west is new"]
    alone = describe(home, languages=["de"])
    assert alone["overview (de)"].compare(before["overview (de)"]) == ["languages was 'de, en', is 'de'"]


def test_formats_count_in_any_order(home):
    before = describe(home, formats=("html", "pdf"))
    assert list_changed(before, describe(home, formats=("pdf", "html"))) == set()
    now = describe(home, formats=("html",))
    assert list_changed(before, now) == ALL
    assert now["overview (de)"].compare(before["overview (de)"]) == ["formats was 'html, pdf', is 'html'"]


def test_installed_packages_count_by_their_versions(home, tmp_path, monkeypatch):
    before = describe(home)
    (tmp_path / "site" / "made_up-1.5.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "site")
    now = describe(home)
    assert list_changed(before, now) == ALL
    assert now["overview (de)"].compare(before["overview (de)"]) == ["package made_up is new"]
    (tmp_path / "site" / "made_up-1.5.dist-info").rename(tmp_path / "site" / "made_up-1.6.dist-info")
    later = describe(home)
    assert later["overview (de)"].compare(now["overview (de)"]) == ["package made_up was '1.5', is '1.6'"]


def test_a_file_that_cannot_be_read_is_told(home):
    edition = read_editions(home).find("now")
    (run,) = plan_runs(edition, home / "notebooks", {}, ["de"])
    lost = replace(run, inputs={"data/heim/cities.csv": home / "data" / "heim" / "gone.csv"})
    expected = r"^data/heim/cities.csv: cannot be read \(No such file or directory\). Put it back, then build again.$"
    with pytest.raises(SourceError, match=expected):
        Sources(edition, [lost], (), None, home).describe_report(lost)


def test_reasons_name_data_before_code_and_show_no_long_values():
    before = Ingredients({"analysis/a.py": "1", "data/z.csv": "1"}, {"long": "x" * 60, "short": "a"})
    now = Ingredients({"analysis/a.py": "2", "data/z.csv": "2"}, {"long": "y" * 60, "short": "b"})
    assert now.compare(before) == [
        "data/z.csv changed",
        "long changed",
        "short was 'a', is 'b'",
        "analysis/a.py changed",
    ]
    assert now.compare(now) == []
    assert now.key != before.key


# Which reports of the project a change of its code concerns
CODE = {
    "profile.py": {"partner"},
    "evaluation.py": {"activity", "evaluation", "partner"},
    "wording.py": {"activity", "evaluation", "history", "partner"},
    "publish/forms/word.py": {"activity", "evaluation", "history", "partner"},
    "publish/runs/run.py": {"activity", "evaluation", "history", "partner"},
    "publish/forms/templates/page.html.j2": {"activity", "evaluation", "history", "partner"},
    "command/commands.py": set(),
    "imports/words.csv": set(),
    "publish/edition/verify.py": set(),
}

LOOK = """
import sys
from pathlib import Path
from analysis.publish.edition.editions import Edition
from analysis.publish.edition.sources import Sources
from analysis.publish.runs.run import Run
from datetime import date
for name in ("activity", "evaluation", "history", "partner"):
    run = Run(Path(sys.argv[1], f"{name}.ipynb"), "de", name)
    edition = Edition("e", "", "", Path("data/x"), date(2026, 1, 1), ())
    print(name, Sources(edition, [run], (), None, Path()).describe_report(run).key)
"""


def test_code_counts_for_the_reports_that_it_makes(tmp_path):
    shutil.copytree(
        PROJECT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )

    def look():
        command = [sys.executable, "-c", LOOK, str(PROJECT / "notebooks")]
        environment = os.environ | {"PYTHONPATH": str(tmp_path / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return dict(line.split() for line in done.stdout.splitlines())

    before, found = look(), {}
    for place in CODE:
        path = tmp_path / "src" / "analysis" / place
        content = path.read_bytes()
        path.write_bytes(content + b"\n")
        now = look()
        found[place] = {name for name in now if now[name] != before[name]}
        path.write_bytes(content)
    assert found == CODE
