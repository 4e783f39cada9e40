"""The recipes of the READMEs run as they stand there, from the folder of the notebooks."""

import shutil

import matplotlib
import pytest
from documents import HOME, READMES, Document
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot
from traitlets.config import Config

RECIPES = ("partner", "theme", "year", "figure", "column")

each_readme = pytest.mark.parametrize("readme", [Document(name) for name in READMES], ids=READMES)


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    """A folder for notebooks beside a copy of the data, so that a recipe that writes leaves nothing behind."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(HOME / "data", home / "data")
    (home / "notebooks").mkdir()
    return home / "notebooks"


@pytest.fixture
def run_recipe(notebooks, monkeypatch, tmp_path):
    """Run the recipe of a name in IPython, after the lines that all begin with; return what is shown."""
    monkeypatch.chdir(notebooks)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    matplotlib.use("agg")
    settings = Config(HistoryManager={"enabled": False})
    shell = InteractiveShell(config=settings)

    def run(readme: Document, name: str) -> object:
        start, *recipes = readme.blocks("python")
        shell.run_cell(start).raise_error()
        done = shell.run_cell(recipes[RECIPES.index(name)])
        done.raise_error()
        return done.result

    yield run
    pyplot.close("all")


@each_readme
def test_there_are_five_recipes_of_at_most_six_lines(readme):
    start, *recipes = readme.blocks("python")
    assert len(recipes) == len(RECIPES)
    assert all(len([line for line in code.splitlines() if line]) <= 6 for code in (start, *recipes))


@each_readme
def test_one_partner_shows_its_milestones(readme, run_recipe):
    shown = run_recipe(readme, "partner")
    assert "2021-07-21" in list(shown["date"])
    assert shown["source_id"].notna().all()


@each_readme
def test_one_theme_shows_the_partners_that_the_slides_name(readme, run_recipe):
    # The slides of 2021 give sustainable mobility as a theme of Lviv, Ho Chi Minh City and Travnik.
    shown = run_recipe(readme, "theme")
    names = {
        "README.md": {"Lviv", "Ho Chi Minh City", "Travnik"},
        "README.de.md": {"Ho-Chi-Minh-Stadt", "Travnik"},
    }
    assert names[readme.name] <= set(shown.iloc[:, 0])


@each_readme
def test_one_year_shows_activities_of_that_year_only(readme, run_recipe):
    shown = run_recipe(readme, "year")
    assert len(shown)
    assert {date[:4] for date in shown["start_date"]} == {"2023"}


@each_readme
def test_an_own_figure_is_written(readme, run_recipe, notebooks):
    run_recipe(readme, "figure")
    [figure] = notebooks.glob("*.png")
    assert figure.read_bytes().startswith(b"\x89PNG")
    figure.unlink()


@each_readme
def test_an_own_column_can_be_counted(readme, run_recipe):
    shown = run_recipe(readme, "column")
    assert list(shown.index) == sorted(shown.index)
    # Kyiv 1961, Bologna 1962: the two relations of the sixties.
    assert shown.loc[1960].sum() == 2
