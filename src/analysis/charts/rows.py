"""What stands in the rows and columns of a figure: their names, bars, and texts beside them.

None of it moves the limits of the axes, which are set beforehand; names are texts, since ticks take much longer to make and to draw.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import offset_copy

from analysis.style import SMALL_FONT_SIZE

_GAP = 3.5  # points between a name and the drawing


def label_rows(ax: Axes, labels: Sequence[str]) -> list[Text]:
    """Name the rows 0, 1, 2 … from the top down, at the left."""
    ax.set_yticks([])
    ax.set_ylim(len(labels) - 0.5, -0.5)
    place = offset_copy(ax.get_yaxis_transform(), ax.figure, x=-_GAP, units="points")
    look = {"ha": "right", "va": "center_baseline", "fontsize": SMALL_FONT_SIZE, "gid": "row"}
    return [ax.text(0, y, label, transform=place, **look) for y, label in enumerate(labels)]


def label_columns(ax: Axes, labels: Sequence[str]) -> list[Text]:
    """Name the columns 0, 1, 2 … from the left, upright above the drawing."""
    ax.set_xticks([])
    ax.set_xlim(-0.5, len(labels) - 0.5)
    place = offset_copy(ax.get_xaxis_transform(), ax.figure, y=_GAP, units="points")
    look = {"ha": "center", "va": "bottom", "rotation": 90, "fontsize": SMALL_FONT_SIZE, "gid": "column"}
    return [ax.text(x, 1, label, transform=place, **look) for x, label in enumerate(labels)]


def draw_bar(ax: Axes, y: float, left: float, width: float, height: float, **look: object) -> None:
    """Draw a bar along a row."""
    ax.add_artist(Rectangle((left, y - height / 2), width, height, **look))


def write_beside(
    ax: Axes,
    text: str,
    at: tuple[float, float],
    shift: tuple[float, float],
    side: str,
    ground: str | None = None,
) -> None:
    """Write a small text beside a point inside the axes, shifted by points; `ground` is the colour behind it."""
    ax.text(
        *at,
        text,
        transform=offset_copy(ax.transData, ax.figure, *shift, units="points"),
        ha=side,
        va="center",
        fontsize=SMALL_FONT_SIZE,
        bbox={"facecolor": ground, "edgecolor": "none", "pad": 0.5} if ground else None,
        in_layout=False,
    )
