"""What is wrong with a register, told once and in full: where, what is, what is allowed, what to do."""

import difflib
from collections.abc import Iterable, Sequence

SHOWN_CHARACTERS = 60  # of a value; hostile or pasted texts may have millions
SHOWN_LINES = 5  # of the lines that share one problem
SHOWN_PROBLEMS = 50  # in the text of the error; `DataError.problems` has all


class DataError(ValueError):
    """A register cannot be used as it is.

    Attributes
    ----------
    problems : list of str
        Every problem found in any of the tables, each as
        "where: what is (value), what is allowed. What to do."
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        shown = self.problems[:SHOWN_PROBLEMS]
        hidden = [f"... and {count - len(shown)} more"] if count > len(shown) else []
        return "\n".join([f"{count} problem{'s' * (count != 1)} in the tables", *shown, *hidden])


def quote(text: str) -> str:
    """Put a value of a table into quotes, control characters made visible, cut to 60 characters."""
    return repr(text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…")


def did_you_mean(text: str, allowed: Iterable[str]) -> str:
    """Name the most similar allowed value as a question with a leading space; empty where none is near.

    Examples
    --------
    >>> did_you_mean("kiev", ["kyiv", "lviv"])
    " Did you mean 'kyiv'?"
    """
    if len(text) > SHOWN_CHARACTERS:
        return ""
    by_lower = {option.lower(): option for option in reversed(list(allowed))}
    near = difflib.get_close_matches(text.lower(), by_lower, n=1)
    return f" Did you mean {quote(by_lower[near[0]])}?" if near else ""


def name_lines(lines: Sequence[int]) -> str:
    """Name the lines that share a problem.

    Examples
    --------
    >>> name_lines([3]), name_lines([3, 9])
    ('line 3', 'lines 3, 9')
    """
    shown = ", ".join(str(line) for line in lines[:SHOWN_LINES])
    more = f" and {len(lines) - SHOWN_LINES} more" if len(lines) > SHOWN_LINES else ""
    return f"line{'s' * (len(lines) != 1)} {shown}{more}"
