"""A long step says how far it is, a line for every twentieth part, and leaves nothing behind."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from analysis.network.progress import show_progress
from analysis.wording import Wording


@pytest.fixture
def shell(tmp_path):
    quiet = Config({"HistoryManager": {"enabled": False}})
    yield InteractiveShell.instance(config=quiet, ipython_dir=str(tmp_path))
    InteractiveShell.clear_instance()


def show(language, what, last):
    """What stands below the cell once `last` of 60 are done."""
    tell = show_progress(Wording(language), what)
    with capture_output() as heard:
        for done in range(1, last + 1):
            tell(done, 60)
    return [output.data["text/plain"] for output in heard.outputs]


@pytest.mark.parametrize(("language", "what", "word"), [("de", "Läufen", "von"), ("en", "runs", "of")])
def test_progress_is_shown_in_twenty_steps_and_leaves_nothing_behind(shell, language, what, word):
    found = [show(language, what, last) for last in (2, 3, 5, 59, 60)]
    assert found == [[], [f"3 {word} 60 {what}"], [f"3 {word} 60 {what}"], [f"57 {word} 60 {what}"], []]
