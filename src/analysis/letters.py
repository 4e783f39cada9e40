"""How large texts are: each is measured once, for the layout of all figures and for their drawing alike."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from matplotlib import cbook
from matplotlib.backend_bases import FigureCanvasBase, RendererBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

Size = tuple[float, float, float]


@lru_cache(maxsize=4096)
def measure_letters(text: str, font: FontProperties, ismath: bool = False) -> Size:
    """Width, height and descent of a line of text in points; the font must not be changed afterwards."""
    return text_to_path.get_text_width_height_descent(text, font, ismath)


class Pen(RendererSVG):
    """Draws a figure of 72 dots to the inch as SVG."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: bool) -> Size:
        """Measure a text, as matplotlib asks for it."""
        return measure_letters(s, prop, ismath)


class Ruler(RendererBase):
    """Measures what a figure of some dots to the inch holds, and draws nothing."""

    def __init__(self, dpi: float) -> None:
        super().__init__()
        self._scale = dpi / 72

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: bool) -> Size:
        """Measure a text, as matplotlib asks for it."""
        width, height, descent = measure_letters(s, prop, ismath)
        return width * self._scale, height * self._scale, descent * self._scale

    def points_to_pixels(self, points: float) -> float:
        """Convert points, as matplotlib asks for it."""
        return points * self._scale


class Canvas(FigureCanvasBase):
    """A canvas on which figures are laid out without a picture, and drawn as SVG with the same sizes of texts."""

    _ruler: Ruler | None = None

    def get_renderer(self) -> Ruler:
        """Give what the figure is measured with, the same at each call."""
        self._ruler = self._ruler or Ruler(self.figure.dpi)
        return self._ruler

    def print_svg(self, filename: Any, *, metadata: Mapping[str, Any] | None = None, **_: object) -> None:
        """Write the figure, as `Figure.savefig` asks for it."""
        self.figure.dpi = 72  # until the figure is saved
        with cbook.open_file_cm(filename, "w", encoding="utf-8") as file:
            text = file if cbook.file_requires_unicode(file) else codecs.getwriter("utf-8")(file)
            pen = Pen(*(self.figure.get_size_inches() * 72), text, metadata=metadata)
            self.figure.draw(pen)
            pen.finalize()
