"""Small drawings per relation: squares where something was, bars as high as the counts, grey where nobody logged."""

import pandas as pd
import pytest
from matplotlib.lines import Line2D

from analysis.charts import draw_calendars, draw_year_panels
from analysis.wording import Wording

NAMES = {
    "east": "Osten",
    "west": "Westen",
    "near": "Nahe",
    "far": "Ferne",
    "off": "Weit draußen im Ozean, Insel",
}


def yearly(unlogged=()):
    rows = [
        (key, year, 3 * (key == "east"), int(key == "east"), (key, year) not in unlogged)
        for key in NAMES
        for year in (2023, 2024, 2025)
    ]
    return pd.DataFrame(rows, columns=["partnership_id", "year", "activities", "projects", "is_observed"])


def months():
    rows = [("east", 2024, 5, 1), ("east", 2024, 6, 3), ("east", 2025, 5, 9), ("west", 2019, 1, 1)]
    return pd.DataFrame(rows, columns=["partnership_id", "year", "month", "count"])


def read_places(sheet, points):
    """Name of the drawing, and place on its scales, of points of a sheet; as a reader finds them, from titles and labels."""
    titles = [text for text in sheet.texts if text.get_gid() == "title"]
    return [_read_place(sheet, titles, *point) for point in points]


def _read_place(sheet, titles, x, y):
    upper, lower = titles[0].get_position()[1], titles[-1].get_position()[1]  # of two rows
    title = min(
        (one for one in titles if one.get_position()[0] <= x + 1e-6 and one.get_position()[1] > y),
        key=lambda one: (one.get_position()[1], -one.get_position()[0]),
    )
    left, top = title.get_position()
    labels = [(text, *text.get_position()) for text in sheet.texts if text not in titles]
    below = [text for text, at, _ in labels if text.get_va() == "top" and left - 0.01 < at < left + 1.6]
    beside = [text for text, _, at in labels if text.get_va() != "top" and 0 < top - at < upper - lower]
    return title.get_text(), _read_scale(below, 0, x), _read_scale(beside, 1, y)


def _read_scale(labels, side, at):
    first, last = labels[0], labels[-1]
    low, high = first.get_position()[side], last.get_position()[side]
    start, end = int(first.get_text()), int(last.get_text())
    return pytest.approx(start + (at - low) / (high - low) * (end - start), abs=0.01)


def squares(sheet):
    return {
        line.get_gid(): read_places(sheet, zip(*line.get_data(), strict=True))
        for line in sheet.artists
        if isinstance(line, Line2D) and len(line.get_xdata())
    }


def boxes(sheet, gid):
    """Lower left and upper right corner of each box."""
    patches = [patch for patch in sheet.artists if patch.get_gid() == gid]
    corners = [patch.get_path().vertices.reshape(-1, 5, 2)[:, [0, 2]] for patch in patches]
    return [read_places(sheet, (low + 1e-9, high - 1e-9)) for patch in corners for low, high in patch]


def test_a_calendar_shows_months_with_activities_and_how_many():
    sheet = draw_calendars(months(), yearly(), Wording("de"), names=NAMES)
    assert squares(sheet) == {
        "from-1": [("Osten", 5, 2024)],  # that of 2019 lies outside
        "from-2": [("Osten", 6, 2024)],
        "from-7": [("Osten", 5, 2025)],
    }


def test_years_that_nobody_logged_are_grey_and_a_register_without_a_log_has_no_grey():
    unlogged = {("west", 2023), ("west", 2024)}
    for draw in (
        lambda table: draw_calendars(months(), table, Wording("en"), names=NAMES),
        lambda table: draw_year_panels(table, Wording("en"), names=NAMES),
    ):
        sheet = draw(yearly(unlogged))
        assert [low[0] for low, _ in boxes(sheet, "unlogged")] == ["Westen", "Westen"]
        assert "log not complete" in [text.get_text() for text in sheet.legends[0].get_texts()]
        assert not boxes(draw(yearly().assign(is_observed=False)), "unlogged")


def test_a_grey_ground_lies_behind_its_year():
    sheet = draw_calendars(months(), yearly({("west", 2024)}), Wording("en"), names=NAMES)
    assert boxes(sheet, "unlogged") == [[("Westen", 0.4, 2023.5), ("Westen", 12.6, 2024.5)]]


def test_years_are_bars_on_one_scale():
    sheet = draw_year_panels(yearly(), Wording("de"), names=NAMES)
    for gid, height in (("activities", 3), ("projects", 1)):
        bars = boxes(sheet, gid)
        assert [(low[0], low[2], high[2]) for low, high in bars] == [("Osten", 0, height)] * 3


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_panel_is_named_and_the_outer_ones_have_an_axis(language):
    sheet = draw_year_panels(yearly(), Wording(language), names=NAMES)
    titles = [text.get_text() for text in sheet.texts if text.get_gid() == "title"]
    assert titles == ["Osten", "Westen", "Nahe", "Ferne", "Weit draußen im Ozean, …"]
    labels = [text.get_text() for text in sheet.texts if text.get_gid() != "title"]
    assert [labels.count(label) for label in ("2023", "2025", "3")] == [4, 4, 2]  # columns, columns, rows


@pytest.mark.parametrize(
    "draw", [draw_year_panels, lambda table, *a, **k: draw_calendars(months(), table, *a, **k)]
)
def test_an_empty_table_is_refused(draw):
    with pytest.raises(
        ValueError, match="the table has no rows. Say so in words instead of drawing a figure"
    ):
        draw(yearly()[:0], Wording("de"), names=NAMES)
