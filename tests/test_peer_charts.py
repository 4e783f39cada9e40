"""Figures of cities beside each other: as wide as the counts, with a star where little is known."""

import pandas as pd
import pytest
from figures import check_readable, read_names, read_texts, read_words

from analysis.charts import draw_founding, draw_partner_counts, draw_partner_distances


@pytest.fixture
def counts():
    rows = [("Big", 2, 1, 1, 0, "complete", 0.75), ("Dark", 0, 0, 0, 1, "poor", None)]
    groups = ["international", "national", "cooperation", "district"]
    return pd.DataFrame(rows, columns=["name", *groups, "coverage", "twinnings_per_100000"])


@pytest.mark.parametrize(("language", "rate"), [("de", "0,8"), ("en", "0.8")])
def test_counts_stand_in_segments_with_the_rate_beside_them(counts, tmp_path, language, rate):
    ax = draw_partner_counts(counts, read_words(language, tmp_path))
    assert [bar.get_width() for bar in ax.patches] == [2, 1, 1, 1]
    assert [text.get_text() for text in ax.texts if text.get_gid() == "rate"] == [rate, "–"]
    assert read_names(ax, "row") == ["Big", "Dark *"]
    check_readable(ax)


def test_eras_stand_in_order_and_an_unknown_one_is_hollow(tmp_path):
    eras = ["gdr", "nineties", "since-2000", "unknown"]
    rows = [("Big", era, count) for era, count in zip(eras, [2, 1, 0, 1], strict=True)]
    ax = draw_founding(pd.DataFrame(rows, columns=["name", "era", "count"]), read_words("en", tmp_path))
    assert [(bar.get_gid(), bar.get_x(), bar.get_width()) for bar in ax.patches] == [
        ("gdr", 0, 2),
        ("nineties", 2, 1),
        ("unknown", 3, 1),
    ]
    assert ax.patches[-1].get_facecolor() == (1, 1, 1, 1)
    check_readable(ax)


def test_partners_stand_at_their_distance_with_the_median(tmp_path):
    rows = [("Big", "international", 900.0), ("Big", "international", 0.4), ("Big", "national", 100.0)]
    table = pd.DataFrame(rows, columns=["home", "group", "distance_km"])
    ax = draw_partner_distances(table, read_words("de", tmp_path))
    marks = {line.get_gid(): list(line.get_xdata()) for line in ax.lines}
    assert marks == {"international": [900, 1], "national": [100], "median": [100, 100]}
    assert "10.000" in read_texts(ax)
    check_readable(ax)


@pytest.mark.parametrize("draw", [draw_partner_counts, draw_founding, draw_partner_distances])
def test_a_table_without_the_columns_is_refused(draw, tmp_path):
    with pytest.raises(ValueError, match=f"{draw.__name__}: the table has the columns x; needed is also"):
        draw(pd.DataFrame({"x": [1]}), read_words("de", tmp_path))
