"""Colours and hatches of areas, to be told apart in colour and in grey."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

from analysis.style import GROUP_STYLE, INK, PAPER

_LIGHT_TO_DARK = LinearSegmentedColormap.from_list("light to dark", ["#dbe6ee", "#164d73"])

# For codes without a style of their own (regions): dark enough for white hatching, told apart by it in grey.
# Lines only, since a hatch of dots makes an SVG ten times larger.
_PALETTE = (
    ("#1b5e8c", ""),
    ("#c2571a", "////"),
    ("#2a7f62", "----"),
    ("#7b4a9e", "xxxx"),
    ("#8a6a12", "||||"),
    ("#4d4d4d", "\\\\\\\\"),
    ("#b03060", "++++"),
    ("#2f7f99", "/|/|"),
    ("#6b3a1e", "-\\-\\"),
)


def fill_styles(codes: Sequence[Hashable]) -> dict[Hashable, dict[str, object]]:
    """How to fill the area of each code: the group's own colour and hatch, else one from the palette."""
    styles = {}
    for position, code in enumerate(codes):
        color, hatch = _PALETTE[position % len(_PALETTE)]
        own = GROUP_STYLE.get(str(code), {"color": color, "hatch": hatch})
        hatch = own["hatch"][
            : len(own["hatch"]) // 2
        ]  # half as dense: areas are larger than markers, and the SVG stays small
        styles[code] = {"facecolor": own["color"], "hatch": hatch, "edgecolor": PAPER, "linewidth": 0.6}
    return styles


def in_group_order(codes: Iterable[Hashable]) -> list[Hashable]:
    """Codes once each: known groups in the report's order, then others as they come."""
    present = list(dict.fromkeys(codes))
    known = [code for code in GROUP_STYLE if code in present]
    return known + [code for code in present if code not in known]


def shade(place: int, places: int) -> str:
    """The colour of a place on an ordered scale, from light to dark, so that its order shows in grey."""
    return to_hex(_LIGHT_TO_DARK(place / max(1, places - 1)))


def ink_on(color: str) -> str:
    """Black or white, whichever is easier to read on a colour."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in to_rgb(color)
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else PAPER
