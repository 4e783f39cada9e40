"""Growth, activities and anniversaries; and what every chart keeps: texts apart, same bytes, small files."""

import io
import re

import matplotlib
import pandas as pd
import pytest
from figures import ERAS, check_readable, read_names, read_texts, read_words

from analysis.charts import draw_activities_by_year, draw_anniversaries, draw_growth
from analysis.charts.layout import spread
from analysis.style import figure


@pytest.fixture
def growth():
    rows = [(1988, "cooperation", 0), (1988, "international", 1), (1989, "cooperation", 0)]
    rows += [(1989, "international", 2), (1990, "cooperation", 1), (1990, "international", 2)]
    return pd.DataFrame(rows, columns=["year", "group", "count"])


@pytest.fixture
def anniversaries():
    rows = [
        ("Lyon", "Lyon", "2026", 45),
        ("Hannover", "Hanover", "2027-11", 40),
        ("Travnik", "Travnik", "2028-05-02", 25),
        ("$x$ <b>", "$x$ <b>", "2031-09-18", 20),
    ]
    return pd.DataFrame(rows, columns=["name_de", "name_en", "anniversary_date", "years"])


def test_steps_stack_the_counts_of_each_year(growth, tmp_path):
    ax = draw_growth(growth, read_words("de", tmp_path))
    steps = {step.get_gid(): step.get_data() for step in ax.patches if step.get_gid() in set(growth["group"])}
    assert list(steps["international"].values) == [1, 2, 2]
    assert list(steps["cooperation"].values) == [1, 2, 3]
    assert list(steps["cooperation"].baseline) == [1, 2, 2]
    assert list(steps["cooperation"].edges) == [1987.5, 1988.5, 1989.5, 1990.5]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("de", {"Internationale Partnerstädte: 2", "Kooperationsstädte: 1", "DDR (bis 1989)", "Jahr"}),
        ("en", {"International twin cities: 2", "Cooperation cities: 1", "GDR (until 1989)", "Year"}),
    ],
)
def test_layers_are_named_beside_their_end(growth, tmp_path, language, texts):
    ax = draw_growth(growth, read_words(language, tmp_path), eras=ERAS)
    assert texts <= set(read_texts(ax))
    check_readable(ax)


def test_growth_by_region_is_named_by_region(tmp_path):
    codes = ["151", "155", "039", "030", "035", "014", "021", "154", "145"]
    growth = pd.DataFrame({"year": 2026, "region_code": codes, "count": [20, 1, 1, 1, 1, 1, 1, 1, 1]})
    ax = draw_growth(growth, read_words("de", tmp_path), by="region_code")
    assert {"Osteuropa: 20", "Südostasien: 1"} <= set(read_texts(ax))
    check_readable(ax)
    fills = {(step.get_facecolor(), step.get_hatch()) for step in ax.patches}
    assert len({hatch for _, hatch in fills}) == len(codes)


def test_the_most_frequent_region_is_the_lowest(tmp_path):
    growth = pd.DataFrame({"year": 2026, "region_code": ["014", "151", "039"], "count": [1, 5, 3]})
    ax = draw_growth(growth, read_words("en", tmp_path), by="region_code")
    assert [step.get_gid() for step in ax.patches] == ["151", "039", "014"]


def test_a_gap_in_growth_is_refused(growth, tmp_path):
    message = (
        "draw_growth: year 1989 has no count of 'cooperation', needed is a row for every year and code. "
        "Write 0 where there was none."
    )
    with pytest.raises(ValueError, match=re.escape(message)):
        draw_growth(growth.drop(index=2), read_words("de", tmp_path))


def test_a_missing_column_is_refused(growth, tmp_path):
    message = "draw_growth: the table has the columns year, group; needed is also count. Add it to the table."
    with pytest.raises(ValueError, match=re.escape(message)):
        draw_growth(growth.drop(columns="count"), read_words("de", tmp_path))


def test_an_empty_table_is_refused(anniversaries, tmp_path):
    message = "draw_anniversaries: the table has no rows. Say so in words instead of drawing a figure."
    with pytest.raises(ValueError, match=re.escape(message)):
        draw_anniversaries(anniversaries.iloc[:0], read_words("de", tmp_path))


def test_names_move_apart_no_more_than_needed():
    assert spread([5.0, 1.0, 1.5], gap=1.0) == [5.0, 1.0, 2.0]


def test_activities_are_bars_and_years_without_a_row_stay_empty(tmp_path):
    counts = pd.DataFrame({"year": [2019, 2020, 2023], "count": [3, 1200, 2]})
    ax = draw_activities_by_year(counts, read_words("de", tmp_path))
    assert [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in ax.patches] == [
        (pytest.approx(2019), 3),
        (pytest.approx(2020), 1200),
        (pytest.approx(2023), 2),
    ]
    assert "1.200" in read_texts(ax)
    check_readable(ax)


def test_an_anniversary_is_as_wide_as_its_date_is_vague(anniversaries, tmp_path):
    ax = draw_anniversaries(anniversaries, read_words("de", tmp_path))
    bars = [(bar.get_x(), bar.get_width()) for bar in ax.patches]
    assert bars == [(2026, 1), (pytest.approx(2027 + 304 / 365), pytest.approx(30 / 365))]
    days = [tuple(line.get_xydata()[0]) for line in ax.lines]
    assert days == [(pytest.approx(2028 + 122 / 366), 2), (pytest.approx(2031 + 260 / 365), 3)]


@pytest.mark.parametrize(
    ("language", "label"), [("de", "25 Jahre · 2.\u00a0Mai 2028"), ("en", "25 years · 2\u00a0May 2028")]
)
def test_anniversaries_keep_their_order_and_are_said(anniversaries, tmp_path, language, label):
    ax = draw_anniversaries(anniversaries, read_words(language, tmp_path))
    names = read_names(ax, "row")
    assert names == list(anniversaries[f"name_{language}"])
    assert label in read_texts(ax)
    check_readable(ax)


def test_charts_can_share_a_figure(growth, anniversaries, tmp_path):
    left, right = figure(12, 4).subplots(1, 2)
    assert draw_growth(growth, read_words("de", tmp_path), ax=left) is left
    assert draw_anniversaries(anniversaries, read_words("de", tmp_path), ax=right) is right


def test_an_svg_is_small_and_the_same_twice(growth, tmp_path):
    written = []
    for _ in range(2):
        file = io.BytesIO()
        with matplotlib.rc_context({"svg.hashsalt": "report", "svg.fonttype": "none"}):
            ax = draw_growth(growth, read_words("de", tmp_path), eras=ERAS)
            ax.figure.savefig(file, format="svg", metadata={"Date": None})
        written.append(file.getvalue())
    assert written[0] == written[1]
    assert len(written[0]) < 120_000
