"""How figures look: one colour, one marker and one hatch per group, never colour alone.

The four colours differ under the common kinds of colour blindness; in grey the marker and the hatch carry the
difference. Sizes are points at print size: figures are drawn for the text width of an A4 page (17 cm), so that a
point in the figure is a point on paper.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from analysis.letters import Canvas

TEXT_WIDTH_IN = 17 / 2.54

INK = "#1a1a1a"
QUIET_INK = "#595959"  # contrast 7:1 on white
GRID = "#d9d9d9"
PAPER = "#ffffff"

FONT_SIZE = 8.0
SMALL_FONT_SIZE = 7.0  # nothing is smaller
TITLE_FONT_SIZE = 9.0

GROUP_STYLE: dict[str, dict[str, str]] = {
    "international": {"color": "#1b5e8c", "marker": "o", "hatch": ""},
    "national": {"color": "#c2571a", "marker": "s", "hatch": "////"},
    "cooperation": {"color": "#2a7f62", "marker": "^", "hatch": "...."},
    "district": {"color": "#7b4a9e", "marker": "D", "hatch": "xxxx"},
}

# A filled marker says that the relation is active; a hollow one that it is not, or that nobody has shown it.
STATUS_STYLE: dict[str, dict[str, bool]] = {
    "active": {"filled": True},
    "in_preparation": {"filled": False},
    "unknown": {"filled": False},
    "dormant": {"filled": False},
    "suspended": {"filled": False},
    "ended": {"filled": False},
}

_EDGE_PT = 3.0  # left free at the edges of a figure

# `text.parse_math` off: a city called "$x$" is text, not a formula.
_SETTINGS: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": FONT_SIZE,
    "text.color": INK,
    "text.parse_math": False,
    "text.usetex": False,
    "axes.edgecolor": QUIET_INK,
    "axes.labelcolor": INK,
    "axes.titlesize": TITLE_FONT_SIZE,
    "axes.unicode_minus": True,
    "axes.formatter.use_mathtext": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.6,
}


def settings() -> AbstractContextManager[None]:
    """Matplotlib settings of this project, for the length of a ``with`` block.

    Create every artist inside the block: text keeps the setting under which it was made.
    """
    return matplotlib.rc_context(_SETTINGS)


def figure(width_in: float = TEXT_WIDTH_IN, height_in: float = 3.2) -> Figure:
    """Create an empty figure of a size in inches, outside pyplot's global state."""
    sheet = Figure(figsize=(width_in, height_in), layout=_Margins(), facecolor=PAPER)
    Canvas(sheet)
    return sheet


class _Margins(ConstrainedLayoutEngine):
    """Makes room around the only axes for what belongs to them, measured once; several axes share a figure as usual."""

    _adjust_compatible = True

    def execute(self, fig: Figure) -> None:
        """Move the edges of the axes in until labels, key and notes are on the sheet."""
        if len(fig.axes) != 1:
            super().execute(fig)
            return
        inner = fig.axes[0].get_position(original=True).transformed(fig.transFigure)
        outer = fig.axes[0].get_tightbbox(for_layout_only=True).padded(_EDGE_PT * fig.dpi / 72)
        low, high = (inner.min - outer.min) / fig.bbox.size, (outer.max - inner.max) / fig.bbox.size
        fig.subplots_adjust(*low, *(1 - high))
