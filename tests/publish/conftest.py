"""A glossary of a few words, and a way to see what `Page` shows, without a kernel."""

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from publish_examples import GLOSSARY, code, opening
from traitlets.config import Config

from analysis.publish.show import Page


@pytest.fixture
def glossary(tmp_path, monkeypatch):
    """A project folder that has nothing but a small glossary."""
    (tmp_path / "data" / "schema").mkdir(parents=True)
    (tmp_path / "data" / "reference").mkdir()
    (tmp_path / "data" / "reference" / "glossary.csv").write_text(GLOSSARY, encoding="utf-8")
    monkeypatch.setenv("TWINNING_HOME", str(tmp_path))


@pytest.fixture(scope="session")
def shell(tmp_path_factory):
    """IPython without a kernel and without a history file."""
    quiet = Config({"HistoryManager": {"enabled": False}})
    yield InteractiveShell.instance(config=quiet, ipython_dir=str(tmp_path_factory.mktemp("ipython")))
    InteractiveShell.clear_instance()


@pytest.fixture
def show(shell, glossary):
    """show(action, language) runs action(page) and gives the outputs that its cell would keep."""

    def run(action, language="de"):
        with capture_output(stdout=False, stderr=False) as captured:
            action(Page(language))
        return [
            nbformat.v4.new_output("display_data", data=output.data, metadata=output.metadata)
            for output in captured.outputs
        ]

    return run


@pytest.fixture
def notebook(show):
    """notebook(action, …) is an executed notebook with title, summary, sources and one cell per action."""

    def make(*actions, language="de", frame=True):
        cells = [code(show(action, language)) for action in ((opening,) if frame else ()) + actions]
        return nbformat.v4.new_notebook(cells=cells)

    return make
