"""What the fonts of a printed report can show, and what stands in place of the rest.

A web page borrows the reader's fonts; paper has only those that the report brings along. All printed forms follow
one rule: a name in a script that the fonts lack stands in its Latin spelling where the data give one, any other
character that they lack stands as □, and the report says so.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from analysis.publish.document.blocks import Cell, Document, Note, Paragraph, Plain, Table
from analysis.wording import Wording

REPLACEMENT = "□"
# Found without loading matplotlib, which takes longer than printing a report
CHART_FONTS = Path(find_spec("matplotlib").submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"

_BASE_FONT = CHART_FONTS / "DejaVuSans.ttf"
_ENDINGS = {".ttf", ".otf", ".ttc", ".otc"}
# What a reader does not see: addresses, raw values, data of figures (attached as they are), alternative texts.
_UNSEEN = {
    "href",
    "link",
    "url",
    "value",
    "romanised",
    "data",
    "alt",
    "id",
    "name",
    "kind",
    "source_id",
}
_SPACES = frozenset(map(ord, "\t\n\r"))
_BARRED = {"Co", "Cn", "Cc", "Cs"}
# Characters without a glyph of their own: variants and skin colours, joiners of emoji, turned directions of reading
_INVISIBLE = re.compile(
    "[\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff\u200d\u202a-\u202e\u2066-\u2069\ufeff]"
)


class FontError(ValueError):
    """A font folder that cannot be used; the message says what to do."""


def find_fonts(folder: Path | None) -> tuple[Path, ...]:
    """The font files of a folder that the user named; none without a folder.

    Raises
    ------
    FontError
        If there is no such folder, or no font in it.
    """
    if folder is None:
        return ()
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)
    if not found:
        raise FontError(
            f"fonts: {folder} holds no font file, allowed are .ttf, .otf, .ttc and .otc. Name another folder."
        )
    return tuple(found)


@cache
def covered(fonts: tuple[Path, ...] = ()) -> frozenset[int]:
    """The code points that the report's own fonts and these files can show together.

    Raises
    ------
    FontError
        If a file is no font.
    """
    points: set[int] = set()
    for path in (_BASE_FONT, *fonts):
        try:
            for font in _open(path):
                points.update(font.getBestCmap() or {})
        except (TTLibError, OSError) as error:
            raise FontError(f"fonts: {path} cannot be read ({error}). Take it out of the folder.") from None
    # A printed report that is to last holds no private, reserved or control characters (PDF/A).
    return _SPACES | {point for point in points if unicodedata.category(chr(point)) not in _BARRED}


def fit_for_print(document: Document, folder: Path | None = None) -> Document:
    """
    Give a report the texts of its printed forms.

    Parameters
    ----------
    document : Document
    folder : Path, optional
        Further fonts to print with.

    Returns
    -------
    Document
        The same report if the fonts show all of it, else with other texts and a note at the end that says so.

    Raises
    ------
    FontError
        As in `find_fonts` and `covered`.
    """
    known = covered(find_fonts(folder))
    names = {cell.text: cell.romanised for cell in _cells(document) if cell.romanised}
    used: set[str] = set()

    def fit(text: str) -> str:
        for name, latin in names.items():
            if name in text and not known.issuperset(map(ord, name)):
                used.add("name")
                text = text.replace(name, latin)
        fitted = _replace(text, known)
        if fitted.count(REPLACEMENT) > text.count(REPLACEMENT):
            used.add("character")
        return fitted

    fitted = _map(document, fit)
    return replace(fitted, blocks=(*fitted.blocks, *_say(used, document.language)))


def fit_text(text: str, folder: Path | None = None) -> str:
    """A single text as the printed forms show it, for what stands around the report."""
    return _replace(text, covered(find_fonts(folder)))


def _replace(text: str, known: frozenset[int]) -> str:
    text = _INVISIBLE.sub("", text)
    if known.issuperset(map(ord, set(text))):
        return text
    return "".join(char if ord(char) in known else REPLACEMENT for char in text)


def _open(path: Path) -> Iterable[TTFont]:
    file = io.BytesIO(path.read_bytes())
    if path.suffix.lower() in (".ttc", ".otc"):
        return TTCollection(file, lazy=True).fonts
    return (TTFont(file, lazy=True),)


def _cells(document: Document) -> Iterable[Cell]:
    return (cell for table in document.each(Table) for row in table.rows for cell in row)


def _map(node: Any, fit: Callable[[str], str]) -> Any:
    """The tree with every text that a reader sees fitted."""
    if isinstance(node, str):
        return fit(node)
    if isinstance(node, tuple):
        return tuple(_map(part, fit) for part in node)
    if not is_dataclass(node):
        return node
    changed = {field.name: getattr(node, field.name) for field in fields(node) if field.name not in _UNSEEN}
    return replace(node, **{name: _map(part, fit) for name, part in changed.items()})


def _say(used: set[str], language: str) -> tuple[Note, ...]:
    words = Wording(language)
    texts = []
    if "name" in used:
        texts.append(
            words.text(
                de="Namen in Schriften, die den Zeichensätzen der gedruckten Fassungen fehlen, stehen darin in "
                "lateinischer Schreibweise; die Webseite zeigt sie im Original.",
                en="Names in scripts that the fonts of the printed forms lack stand there in their Latin spelling; "
                "the web page shows the original.",
            )
        )
    if "character" in used:
        texts.append(
            words.text(
                de="Zeichen, die den Zeichensätzen der gedruckten Fassungen fehlen, stehen darin als {mark}.",
                en="Characters that the fonts of the printed forms lack stand there as {mark}.",
                mark=REPLACEMENT,
            )
        )
    return (Note((Paragraph((Plain(" ".join(texts)),)),)),) if texts else ()
