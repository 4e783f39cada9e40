"""Say how far a long step has come, to whoever watches; nothing of it stays in the notebook."""

from __future__ import annotations

from collections.abc import Callable

from IPython.display import clear_output, display

from analysis.wording import Wording

_STEPS = 20  # a line for every twentieth part is often enough


def show_progress(words: Wording) -> Callable[[int, int], None]:
    """
    Show below the running cell how many draws are done, and take the line away at the end.

    Returns
    -------
    callable
        To be called with what is done and the whole.
    """

    def tell(done: int, total: int) -> None:
        if done == total:
            clear_output()
        elif done % max(1, total // _STEPS) == 0:
            clear_output(wait=True)
            line = words.text(
                "{done} von {total} Zufallsnetzen",
                "{done} of {total} random networks",
                done=done,
                total=total,
            )
            display({"text/plain": line}, raw=True)

    return tell
