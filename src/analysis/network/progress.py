"""Say how far a long step has come, to whoever watches; nothing of it stays in the notebook."""

from __future__ import annotations

from collections.abc import Callable

from IPython.display import clear_output, display

from analysis.wording import Wording

_STEPS = 20  # a line for every twentieth part is often enough


def show_progress(words: Wording, what: str) -> Callable[[int, int], None]:
    """
    Show below the running cell how much is done, and take the line away at the end.

    Parameters
    ----------
    what : str
        What is counted, as it stands after "3 of 100" (after "3 von 100" in German).

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
                "{done} von {total} {what}", "{done} of {total} {what}", done=done, total=total, what=what
            )
            display({"text/plain": line}, raw=True)

    return tell
