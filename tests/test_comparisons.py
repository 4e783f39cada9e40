"""Formats, shares of ratings and warnings: what is drawn is what the table says."""

import pandas as pd
import pytest
from figures import check_readable, read_names, read_texts

from analysis.charts import draw_formats, draw_rating_shares, draw_warnings
from analysis.wording import Wording

NAMES = {"east": "Osten", "west": "Westen"}


def formats():
    rows = [("sport", "inbound", 3), ("project", "both", 30), ("project", None, 12), ("sport", "online", 1)]
    return pd.DataFrame(rows, columns=["activity_type", "direction", "count"])


@pytest.mark.parametrize(
    ("language", "rows"), [("de", ["Projekt: 42", "Sport: 4"]), ("en", ["project: 42", "sport: 4"])]
)
def test_formats_stand_by_frequency_with_directions_as_segments(language, rows):
    ax = draw_formats(formats(), Wording(language))
    assert read_names(ax, "row") == rows
    assert {bar.get_gid(): bar.get_width() for bar in ax.patches} == {
        "both": 30,
        "": 12,
        "inbound": 3,
        "online": 1,
    }
    check_readable(ax)


def test_shares_fill_the_row_and_the_office_stands_beside():
    shares = pd.DataFrame({"A": [0.25, 0], "AA": [0.75, 0.5], "AAA": [0, 0.5]}, index=["east", "west"])
    ax = draw_rating_shares(shares, Wording("de"), names=NAMES, given={"east": "AA"})
    widths = [(bar.get_gid(), bar.get_x(), bar.get_width()) for bar in ax.patches if bar.get_y() < 0]
    assert widths == [("A", 0, 0.25), ("AA", 0.25, 0.75), ("AAA", 1, 0)]
    assert [text.get_text() for text in ax.texts if text.get_gid() == "given"] == ["AA", "–"]
    check_readable(ax)


def test_a_warning_is_told_apart_by_its_marker_too():
    rows = [("east", 11, 48.4, "fading"), ("west", 30, 28.0, "none")]
    table = pd.DataFrame(rows, columns=["partnership_id", "recent_weeks", "expected_weeks", "warning"])
    ax = draw_warnings(table, Wording("en"), names=NAMES)
    lines = {line.get_gid(): list(line.get_xdata()) for line in ax.lines if line.get_gid()}
    assert lines == {"fading": [48.4, 11], "none": [28.0, 30]}
    assert [line.get_marker() for line in ax.lines if line.get_xdata()[0] in (11, 30)] == ["D", "o"]
    assert {"Osten", "expected", "fading"} <= set(read_texts(ax))
    check_readable(ax)


@pytest.mark.parametrize("draw", [draw_formats, draw_warnings])
def test_a_table_without_its_columns_is_refused(draw):
    names = {} if draw is draw_formats else {"names": NAMES}
    with pytest.raises(ValueError, match="needed is also"):
        draw(pd.DataFrame({"x": [1]}), Wording("de"), **names)
