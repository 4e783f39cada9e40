"""What must not stand in a report: text of a Python failure or warning, and paths of the machine it was built on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from analysis.publish.document.blocks import Document
from analysis.publish.document.outputs import DocumentError

_PYTHON = re.compile(
    r"Traceback \(most recent call last\)"
    r"|\b[A-Z][A-Za-z]+(?:Error|Warning|Exception): "
    r"|<[\w.' ]+ at 0x[0-9a-fA-F]+>"
    r"|\bipykernel_\d+"
)
# Parts of the tree that no reader sees: pictures, and values beside the texts that show them.
_UNSEEN = {"svg", "id", "name", "source_id"}
_SHOWN = 60  # characters about the place


def check_leaks(document: Document, private: Iterable[str], name: str) -> None:
    """
    Refuse a document with text that only the maker of the report should see.

    Parameters
    ----------
    document : Document
    private : iterable of str
        Paths of this machine.
    name : str
        The notebook's, for the message.

    Raises
    ------
    DocumentError
        With the text and what to do.
    """
    # "/data" is a path of the machine, but part of an address in "https://example.org/data".
    paths = [rf"(?<![\w/.:~-]){re.escape(path)}(?![\w-])" for path in private if len(path) > 1]
    machine = re.compile("|".join(paths) or r"(?!)")
    texts = list(list_texts(document))
    whole = "\n\n".join(texts)  # searched at once: hardly ever is something found
    for text in texts if _PYTHON.search(whole) or machine.search(whole) else ():
        for pattern, what, remedy in (
            (_PYTHON, "the text of a Python failure or warning", "Mend its cause in the notebook"),
            (machine, "a path of this machine", "Show the name without its folder"),
        ):
            if found := pattern.search(text):
                shown = text[max(found.start() - _SHOWN // 2, 0) : found.end() + _SHOWN]
                raise DocumentError(f"{name}: says {shown!r}, which is {what}. {remedy}.")


def list_texts(part: object) -> Iterator[str]:
    """All texts of a part of the tree that a reader sees."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from list_texts(one)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in _UNSEEN:
                yield from list_texts(getattr(part, field.name))
