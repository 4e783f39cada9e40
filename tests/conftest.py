"""What several tests share: a small project folder with two tiny notebooks, to be filled and built."""

import json
import os
import shutil
import time
from pathlib import Path

import nbformat
import pytest
from small_register import SCHEMA, milestones, relation, write_register

from analysis.cli import main
from analysis.network.study import VARIABLE, is_study

REPOSITORY = Path(__file__).parents[1]

EDITIONS = """
default = "now"

[now]
title_de = "Jetzt"
title_en = "Now"
register = "data/heim"
as_of = 2026-11-01
reports = [{ notebook = "overview" }, { notebook = "partner", each = "partnership_id", group_de = "Einzeln", group_en = "Each" }]

[then]
title_de = "Damals"
title_en = "Then"
register = "data/heim"
as_of = 1999-12-31
languages = ["de"]
reports = [{ notebook = "partner", each = "partnership_id" }]
"""

PARAMETERS = (
    'language: str = "de"  # of the report\nas_of: str = "2026-11-01"\nregister: str = "../data/heim"'
)

# Like page.title and page.summary, without the seconds that importing them takes
SHOW = """
from IPython.display import display
def show(role, text):
    bundle = {"text/markdown": text, "text/plain": text}
    display(bundle, metadata={"report": {"role": role, "language": language}}, raw=True)
"""


def write_notebook(path, *sources, parameters=PARAMETERS):
    """Write a notebook of code cells behind a cell of parameters; they may call show(role, text)."""
    cells = [nbformat.v4.new_code_cell(source) for source in (parameters, SHOW.strip(), *sources)]
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"
    cells[0].metadata.tags = ["parameters"]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def titled(text):
    """Cells that give a report its title and summary."""
    return f'show("title", f"# {text}")', f'show("summary", f"{text}, as of {{as_of}}.")'


def make_home(folder):
    """Make a project folder with one register of two relations, two notebooks and two editions."""
    home = folder / "home"
    for name in ("data/reference", "notebooks", "reports"):
        (home / name).mkdir(parents=True)
    (home / "data" / "schema").symlink_to(SCHEMA)
    shutil.copy(REPOSITORY / "data" / "reference" / "regions.csv", home / "data" / "reference")
    for table in ("sources", "criteria", "glossary"):
        columns = [field["name"] for field in json.loads((SCHEMA / f"{table}.json").read_text())["fields"]]
        (home / "data" / "reference" / f"{table}.csv").write_text(",".join(columns) + "\n")
    write_register(
        home / "data" / "heim",
        partnerships=[relation("east"), relation("west")],
        milestones=milestones(
            ("east", "1973", "signed", "partnership"), ("west", "2004", "signed", "partnership")
        ),
    )
    (home / "reports" / "editions.toml").write_text(EDITIONS, encoding="utf-8")
    write_notebook(home / "notebooks" / "overview.ipynb", *titled("Overview {language}"))
    partner = PARAMETERS + '\npartnership_id: str = "east"'
    write_notebook(
        home / "notebooks" / "partner.ipynb", *titled("About {partnership_id}"), parameters=partner
    )
    return home


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The project folder that `make_home` makes."""
    home = make_home(tmp_path)
    monkeypatch.setenv("TWINNING_HOME", str(home))
    return home


@pytest.fixture
def twinning(home, monkeypatch, capsys):
    """Run the command in the small project folder; return exit code, output and messages."""

    def run(*arguments):
        monkeypatch.chdir(home)
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as leave:  # of argparse
            code = leave.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture(scope="session")
def study_folder():
    """The data of the sister-city study of 2013, which may be used but not copied: where the variable says, or beside.

    Without them tests are skipped, but fail where CI is true. A CI that has no copy says so with an empty variable.
    """
    named, beside = os.environ.get(VARIABLE), REPOSITORY.parent / "shared/data/sister-cities-2013"
    found = next((Path(path) for path in (named, beside) if path and is_study(path)), None)
    if found is None:
        stop = pytest.fail if os.environ.get("CI") == "true" and named is None else pytest.skip
        stop(
            f"the data of the study are absent: {VARIABLE} names no folder with them, nor are they at {beside}"
        )
    return found


@pytest.fixture(scope="session")
def build_edition(tmp_path_factory, request):
    """build_edition(name) is the folder of an edition of this project, built by the command once for all test files.

    The workers of a run share it: the first that asks builds, the others wait.
    """
    own = tmp_path_factory.getbasetemp()
    root = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "editions"
    root.mkdir(exist_ok=True)

    def build(name):
        variable = (
            {VARIABLE: str(request.getfixturevalue("study_folder"))} if name.startswith("sister") else {}
        )
        folder, done = root / name, root / f"{name}.done"
        try:
            (root / f"{name}.building").mkdir()
        except FileExistsError:
            await_file(done)
        else:
            try:
                with pytest.MonkeyPatch.context() as patch:
                    for key, value in variable.items():
                        patch.setenv(key, value)
                    code = main(["report", name, "--quiet", "--output", str(folder)])
                done.write_text(str(code))
            finally:
                done.touch()
        assert done.read_text() == "0", name
        return folder

    return build


def await_file(path, seconds=600):
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, f"{path} is not there after {seconds} s"
        time.sleep(0.2)


def pages(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
