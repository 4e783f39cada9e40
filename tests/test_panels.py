"""Small drawings per relation: squares where something was, bars as high as the counts, grey where nobody logged."""

import pandas as pd
import pytest
from figures import read_texts

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


def squares(ax):
    return {
        line.get_gid(): list(zip(line.get_xdata(), line.get_ydata(), strict=True))
        for line in ax.lines
        if line.get_gid() and len(line.get_xdata())
    }


def grounds(ax):
    return [patch for patch in ax.patches if patch.get_gid() == "unlogged"]


def test_a_calendar_shows_months_with_activities_and_how_many():
    sheet = draw_calendars(months(), yearly(), Wording("de"), names=NAMES)
    assert len(sheet.axes) == 5
    assert squares(sheet.axes[0]) == {"from-1": [(5, 2024)], "from-2": [(6, 2024)], "from-7": [(5, 2025)]}
    assert squares(sheet.axes[1]) == {}  # 2019 lies outside


def test_years_that_nobody_logged_are_grey_and_a_register_without_a_log_has_no_grey():
    unlogged = {("west", 2023), ("west", 2024)}
    for draw in (
        lambda table: draw_calendars(months(), table, Wording("en"), names=NAMES),
        lambda table: draw_year_panels(table, Wording("en"), names=NAMES),
    ):
        sheet = draw(yearly(unlogged))
        assert [len(grounds(ax)) for ax in sheet.axes] == [0, 2, 0, 0, 0]
        assert "log not complete" in [text.get_text() for text in sheet.legends[0].get_texts()]
        sheet = draw(yearly().assign(is_observed=False))
        assert not any(grounds(ax) for ax in sheet.axes)


def test_years_are_bars_on_one_scale():
    sheet = draw_year_panels(yearly(), Wording("de"), names=NAMES)
    heights = [[bar.get_height() for bar in ax.patches if bar.get_gid() == "activities"] for ax in sheet.axes]
    assert heights == [[3, 3, 3], *[[0, 0, 0]] * 4]
    assert len({ax.get_ylim() for ax in sheet.axes}) == 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_panel_is_named_and_the_outer_ones_have_an_axis(language):
    sheet = draw_year_panels(yearly(), Wording(language), names=NAMES)
    sheet.draw_without_rendering()
    titles = [ax.get_title(loc="left") for ax in sheet.axes]
    assert titles == ["Osten", "Westen", "Nahe", "Ferne", "Weit draußen im Ozean, …"]
    assert "2023" in read_texts(sheet.axes[4])
    assert "2023" not in read_texts(sheet.axes[0])


@pytest.mark.parametrize(
    "draw", [draw_year_panels, lambda table, *a, **k: draw_calendars(months(), table, *a, **k)]
)
def test_an_empty_table_is_refused(draw):
    with pytest.raises(
        ValueError, match="the table has no rows. Say so in words instead of drawing a figure"
    ):
        draw(yearly()[:0], Wording("de"), names=NAMES)
