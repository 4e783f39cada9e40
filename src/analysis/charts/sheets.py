"""A sheet of small drawings on one scale, four in a row.

They are no axes: 21 of those take ten times as long as all that stands in them. Positions on the sheet are inches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from analysis.charts.layout import wrap
from analysis.style import GRID, SMALL_FONT_SIZE, TEXT_WIDTH_IN, figure

_COLUMNS = 4
# Inches: for numbers at the left, between drawings, at the right, for the title of a drawing, for the key, for years or months below
_LEFT, _BETWEEN, _RIGHT, _TITLE, _KEY, _BELOW = 0.42, 0.14, 0.06, 0.22, 0.36, 0.39
_LABEL_GAP, _TITLE_GAP = 3.5 / 72, 3 / 72


class Sheet:
    """A figure with a small titled drawing per name.

    Parameters
    ----------
    names : mapping of str to str
        Title of each drawing by its key.
    height_in : float
        Height of a drawing.
    across, upwards : pair of float
        What the left and right, the lower and upper edges of each drawing stand for.
    """

    def __init__(
        self,
        names: Mapping[str, str],
        height_in: float,
        across: tuple[float, float],
        upwards: tuple[float, float],
    ) -> None:
        rows = -(-len(names) // _COLUMNS)
        self.figure = figure(TEXT_WIDTH_IN, _KEY + rows * (_TITLE + height_in) + _BELOW)
        self.figure.set_layout_engine(None)  # every place is known
        width_in = (TEXT_WIDTH_IN - _LEFT - _RIGHT + _BETWEEN) / _COLUMNS - _BETWEEN
        self._size = np.array([width_in, height_in])
        self._low, high = np.transpose([across, upwards])
        self._scale = self._size / (high - self._low)
        self._corners = {}
        for place, (key, name) in enumerate(names.items()):
            row, column = divmod(place, _COLUMNS)
            left = _LEFT + column * (width_in + _BETWEEN)
            below = _BELOW + (rows - row - 1) * (_TITLE + height_in)
            self._corners[key] = left, below
            self._write(left, below + height_in + _TITLE_GAP, wrap(name, 25, lines=1), gid="title")

    def mark(self, keys: Sequence[str], x: Sequence[float], y: Sequence[float], **look: object) -> None:
        """Put a marker at a place of each of the drawings named."""
        points = self._place(keys, x, y)
        self.figure.add_artist(Line2D(*points.T, transform=self.figure.dpi_scale_trans, **look))

    def fill(self, keys: Sequence[str], x: Sequence, y: Sequence, **look: object) -> None:
        """Fill a box in each of the drawings named, from the first to the second of `x` and of `y`."""
        if not len(keys):
            return
        (left, below), (right, above) = self._place(keys, x[0], y[0]).T, self._place(keys, x[1], y[1]).T
        boxes = np.array([[left, below], [right, below], [right, above], [left, above]])
        self._draw(Path.make_compound_path_from_polys(boxes.transpose(2, 0, 1)), linewidth=0, **look)

    def draw_grid(self, x: Sequence[float], y: Sequence[float]) -> None:
        """Thin lines at `x` and at `y` in every drawing."""
        low, scale, size = self._low, self._scale, self._size
        upright = [[(at, 0), (at, size[1])] for at in (np.asarray(x) - low[0]) * scale[0]]
        level = [[(0, at), (size[0], at)] for at in (np.asarray(y) - low[1]) * scale[1]]
        lines = np.array([*upright, *level])[None] + np.array([*self._corners.values()])[:, None, None]
        codes = np.tile([Path.MOVETO, Path.LINETO], lines.size // 4)
        self._draw(Path(lines.reshape(-1, 2), codes), fill=False, edgecolor=GRID, linewidth=0.5, zorder=0.5)

    def name_columns(self, labels: Iterable[tuple[float, str, str]]) -> None:
        """Write labels (place, text, side on which it is aligned) below the last drawing of each column."""
        for key in list(self._corners)[-_COLUMNS:]:
            for at, text, side in labels:
                x, _ = self._place([key], [at], [self._low[1]])[0]
                self._write(x, self._corners[key][1] - _LABEL_GAP, text, ha=side, va="top")

    def name_rows(self, places: Iterable[float]) -> None:
        """Write whole numbers at their places beside the first drawing of each row."""
        for key in list(self._corners)[::_COLUMNS]:
            for at in places:
                _, y = self._place([key], [self._low[0]], [at])[0]
                self._write(_LEFT - _LABEL_GAP, y, f"{at:.0f}", ha="right", va="center_baseline")

    def _place(self, keys: Sequence[str], x: Sequence[float], y: Sequence[float]) -> np.ndarray:
        corners = np.array([self._corners[key] for key in keys]).reshape(-1, 2)
        places = np.column_stack(np.broadcast_arrays(x, y, np.zeros(len(corners)))[:2])
        return corners + (places.astype(float) - self._low) * self._scale

    def _draw(self, path: Path, **look: object) -> None:
        self.figure.add_artist(PathPatch(path, transform=self.figure.dpi_scale_trans, **look))

    def _write(self, x: float, y: float, text: str, **look: object) -> None:
        self.figure.text(x, y, text, transform=self.figure.dpi_scale_trans, fontsize=SMALL_FONT_SIZE, **look)


def choose_ticks(low: float, high: float, most: int) -> list[float]:
    """Round whole numbers between two others, in about so many steps at most."""
    ticks = MaxNLocator(nbins=most, integer=True, min_n_ticks=1).tick_values(low, high)
    return [tick for tick in ticks if low <= tick <= high]
