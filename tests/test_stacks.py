"""Bars in segments: as wide as the counts, with the counts in words. Ratings of 2020: the seed document."""

import re

import pandas as pd
import pytest
from figures import check_readable, read_names, read_texts, read_words
from matplotlib.colors import to_rgb

from analysis.charts import draw_ratings, draw_waves

GREY = (0.299, 0.587, 0.114)  # how a black-and-white printer weighs red, green and blue


def luminance(bar):
    return sum(weight * value for weight, value in zip(GREY, to_rgb(bar.get_facecolor()), strict=True))


@pytest.fixture
def ratings():
    rows = [
        ("international", "AAA", 9),
        ("international", "AA", 3),
        ("national", "AA", 1),
        ("national", "A", 1),
    ]
    rows += [("cooperation", "AAA", 3), ("cooperation", "AA", 1), ("cooperation", "A", 1)]
    rows += [("district", "AAA", 1), ("district", "AA", 1), ("district", "A", 0)]
    return pd.DataFrame(rows, columns=["group", "rating", "count"])


@pytest.fixture
def waves():
    rows = [("gdr", "international", 7), ("gdr", "national", 1), ("nineties", "international", 2)]
    return pd.DataFrame([*rows, ("nineties", "national", 0)], columns=["era", "group", "count"])


def widths(ax, gid):
    return [(bar.get_x(), bar.get_width()) for bar in ax.patches if bar.get_gid() == gid]


def test_segments_are_as_wide_as_the_counts_from_low_to_high(ratings, tmp_path):
    ax = draw_ratings(ratings, read_words("de", tmp_path))
    assert widths(ax, "A") == [(0, 1), (0, 1)]
    assert widths(ax, "AA") == [(0, 3), (1, 1), (1, 1), (0, 1)]
    assert widths(ax, "AAA") == [(3, 9), (2, 3), (1, 1)]


def test_ratings_can_be_told_apart_in_grey(ratings, tmp_path):
    ax = draw_ratings(ratings, read_words("de", tmp_path))
    low, middle, high = (
        next(bar for bar in ax.patches if bar.get_gid() == code) for code in ("A", "AA", "AAA")
    )
    assert luminance(low) - luminance(middle) > 0.2 < luminance(middle) - luminance(high)
    assert middle.get_hatch()
    assert not low.get_hatch()


@pytest.mark.parametrize(
    ("language", "row"), [("de", "Internationale Partnerstädte: 12"), ("en", "International twin cities: 12")]
)
def test_ratings_say_letters_counts_and_groups(ratings, tmp_path, language, row):
    ax = draw_ratings(ratings, read_words(language, tmp_path))
    assert {row, "AAA 9", "AA 3", "A 1"} <= set(read_texts(ax))
    check_readable(ax)


def test_counts_of_narrow_segments_stand_after_the_bar(ratings, tmp_path):
    ratings.loc[ratings["count"] == 9, "count"] = 90
    ax = draw_ratings(ratings, read_words("en", tmp_path))
    assert "A 1 · AA 1 · AAA 3" in read_texts(ax)
    check_readable(ax)


def test_relations_without_a_rating_stay_visible(ratings, tmp_path):
    ratings.loc[len(ratings)] = ["district", None, 2]
    ax = draw_ratings(ratings, read_words("de", tmp_path))
    assert widths(ax, "") == [(2, 2)]
    assert "ohne 2" in read_texts(ax)


def test_another_scale_can_be_drawn(tmp_path):
    counts = pd.DataFrame({"group": ["national"] * 2, "rating": ["low", "high"], "count": [1, 2]})
    ax = draw_ratings(counts, read_words("en", tmp_path), scale=("low", "high"))
    assert widths(ax, "high") == [(1, 2)]


def test_a_rating_off_the_scale_is_refused(ratings, tmp_path):
    ratings.loc[0, "rating"] = "AAAA"
    message = "draw_ratings: the rating is 'AAAA', allowed are A, AA, AAA or empty. Correct it."
    with pytest.raises(ValueError, match=re.escape(message)):
        draw_ratings(ratings, read_words("de", tmp_path))


def test_waves_are_bars_by_era_in_the_given_order(waves, tmp_path):
    ax = draw_waves(waves, read_words("en", tmp_path))
    assert widths(ax, "international") == [(0, 7), (0, 2)]
    assert widths(ax, "national") == [(7, 1)]
    assert read_names(ax, "row") == ["GDR (until 1989): 8", "1990–1999: 2"]


@pytest.mark.parametrize(
    ("language", "group"), [("de", "Nationale Partnerstädte"), ("en", "National twin cities")]
)
def test_waves_name_their_groups(waves, tmp_path, language, group):
    ax = draw_waves(waves, read_words(language, tmp_path))
    assert group in read_texts(ax)
    check_readable(ax)
