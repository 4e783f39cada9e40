"""Figures as pixels, for a form that takes no SVG: set by Typst, in the fonts of the printed forms."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from pathlib import Path

import typst

from analysis.publish.forms.glyphs import CHART_FONTS

_DPI = 160
_PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
_HEADER_END = 33  # of each PNG: signature, and the chunk that tells its size


def draw_pixels(svg: str, mark: str = "", fonts: Path | None = None) -> bytes:
    """
    Draw a figure as PNG.

    Parameters
    ----------
    svg : str
        The figure, as `analysis.publish.document.blocks.Figure` has it.
    mark : str
        Title in the file, where the report has a mark.
    fonts : Path, optional
        Folder with further fonts.

    Returns
    -------
    bytes
        160 pixels to the inch; equal figures give equal bytes.
    """
    png = typst.compile(
        input=_PAGE, font_paths=open_fonts(fonts), sys_inputs={"svg": svg}, format="png", ppi=_DPI
    )
    return png[:_HEADER_END] + (_make_title(mark) if mark else b"") + png[_HEADER_END:]


@cache
def open_fonts(folder: Path | None) -> typst.Fonts:
    """The report's own fonts and those of a folder, never those that happen to be on this machine."""
    folders = [str(CHART_FONTS), *([str(folder)] if folder else [])]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def _make_title(text: str) -> bytes:
    """The title as a chunk of a PNG: international text, not packed, without language."""
    chunk = b"iTXtTitle" + bytes(5) + text.encode()
    return struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
