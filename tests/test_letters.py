"""Texts are measured once: a figure is drawn as matplotlib alone would draw it, into whatever takes it."""

import io

import matplotlib
import pytest
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.font_manager import FontProperties

from analysis.letters import Ruler
from analysis.style import figure, settings

PLAIN = {"svg.hashsalt": "test", "svg.fonttype": "none"}


@pytest.fixture
def sheet():
    with settings():
        sheet = figure(3, 2)
        axes = sheet.add_subplot()
        axes.plot([1, 3], [2, 1], "o", label="Łódź\n& Ðà Nẵng")
        axes.legend()
        sheet.canvas.draw()
    sheet.set_layout_engine(None)
    return sheet


def save(figure, file):
    with matplotlib.rc_context(PLAIN):
        figure.savefig(file, format="svg", metadata={"Date": None})


def test_a_figure_is_drawn_as_matplotlib_would(sheet, tmp_path):
    text, data, path = io.StringIO(), io.BytesIO(), tmp_path / "figure.svg"
    for file in (text, data, path):
        save(sheet, file)
    assert text.getvalue() == data.getvalue().decode() == path.read_text(encoding="utf-8")
    assert sheet.dpi == 100
    FigureCanvasSVG(sheet)
    save(sheet, own := io.StringIO())
    assert text.getvalue() == own.getvalue()


def test_sizes_grow_with_dots_per_inch():
    font = FontProperties(family="DejaVu Sans", size=10)
    sizes = [Ruler(dpi).get_text_width_height_descent("Leipzig", font, False) for dpi in (72, 144)]
    assert sizes[1] == pytest.approx([2 * size for size in sizes[0]])
    # In DejaVu Sans L e i p z i g advance 1141, 1260, 569, 1300, 1075, 569, 1300 of 2048 units to the em.
    assert sizes[0][0] == pytest.approx(10 * 7214 / 2048, abs=0.8)
    assert Ruler(144).points_to_pixels(36) == 72
