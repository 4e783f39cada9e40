"""Matrices: which partner shows a factor or serves a goal; nothing found is visible, not blank."""

import re

import pandas as pd
import pytest
from figures import check_readable, list_names, read_names, read_texts, read_words

from analysis.charts import draw_factor_matrix, draw_goal_matrix


@pytest.fixture
def factors():
    table = pd.DataFrame(
        {
            "name_de": ["Kiew", "Bologna", "<b>$x$</b>"],
            "name_en": ["Kyiv", "Bologna", "<b>$x$</b>"],
            "rating": ["AAA", "AA", None],
            "solid_ground": ["none", "none", "none"],
            "visibility": ["own_reading", "none", "none"],
            "development_cooperation": ["documented", "none", "documented"],
        },
        index=["kyiv", "bologna", "hostile"],
    )
    return table


@pytest.fixture
def goals():
    long_name = "Attraktives Umfeld für Innovation, Gründer und Fachkräfte"
    return pd.DataFrame(
        {
            "area": ["life", "life", "market"],
            "area_de": ["Lebensqualität", "Lebensqualität", "Wettbewerb"],
            "area_en": ["Quality of life", "Quality of life", "Competition"],
            "name_de": ["Nachhaltige Mobilität", "Sichere Stadt", long_name],
            "name_en": [
                "Sustainable mobility",
                "Safe city",
                "Attractive environment for innovation and founders",
            ],
            "travnik": [2, 0, 0],
            "ho-chi-minh-city": [1, 0, 1],
        }
    )


def points(ax, gid):
    return {xy for line in ax.lines if line.get_gid() == gid for xy in zip(*line.get_data(), strict=True)}


def test_each_state_has_its_own_symbol_at_its_cell(factors, tmp_path):
    ax = draw_factor_matrix(factors, read_words("de", tmp_path))
    assert points(ax, "documented") == {(3, 0), (3, 2)}
    assert points(ax, "own_reading") == {(2, 0)}
    assert len(points(ax, "none")) == 6
    looks = {(line.get_markerfacecolor(), line.get_markersize()) for line in ax.lines}
    assert len(looks) == 3


def test_factor_rows_keep_their_order_and_show_the_rating(factors, tmp_path):
    ax = draw_factor_matrix(factors, read_words("en", tmp_path))
    assert read_names(ax, "row") == ["Kyiv", "Bologna", "<b>$x$</b>"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first row is on top
    ratings = [text.get_text() for text in ax.texts if text.get_gid() == "rating"]
    assert ratings == ["AAA", "AA", "n/a"]
    assert not list_names(ax, "row")[2].get_parse_math()


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("de", {"Bewertung", "Kommunale Entwicklungszusammenarbeit", "belegt", "eigene Lesart"}),
        ("en", {"Rating", "Municipal development cooperation", "documented", "our own reading"}),
    ],
)
def test_factor_matrix_is_named_in_both_languages(factors, tmp_path, language, texts):
    ax = draw_factor_matrix(factors, read_words(language, tmp_path))
    assert texts <= set(read_texts(ax))
    check_readable(ax)


def test_an_unknown_state_is_refused(factors, tmp_path):
    factors.loc["bologna", "visibility"] = "yes"
    message = (
        "draw_factor_matrix, row bologna, column visibility: is 'yes', allowed are documented, own_reading, "
        "none. Correct the cell."
    )
    with pytest.raises(ValueError, match=re.escape(message)):
        draw_factor_matrix(factors, read_words("de", tmp_path))


def test_goal_counts_stand_in_their_cells_and_empty_cells_are_dots(goals, tmp_path):
    ax = draw_goal_matrix(goals, read_words("de", tmp_path))
    counts = {text.get_position(): text.get_text() for text in ax.texts if text.get_gid() == "count"}
    # row 0 and row 3 are the headings of the areas
    assert counts == {(0, 1): "2", (1, 1): "1", (1, 4): "1"}
    assert points(ax, "none") == {(0, 2), (1, 2), (0, 4)}


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("de", ["Lebensqualität", "Nachhaltige Mobilität", "Sichere Stadt", "Wettbewerb"]),
        ("en", ["Quality of life", "Sustainable mobility", "Safe city", "Competition"]),
    ],
)
def test_goals_stand_below_their_area_in_both_languages(goals, tmp_path, language, texts):
    names = {"travnik": "Travnik", "ho-chi-minh-city": "Ho-Chi-Minh-Stadt"}
    ax = draw_goal_matrix(goals, read_words(language, tmp_path), names=names)
    assert read_names(ax, "row")[:4] == texts
    assert read_names(ax, "column") == ["Travnik", "Ho-Chi-Minh-Stadt"]
    assert {label.get_rotation() for label in list_names(ax, "column")} == {90}
    check_readable(ax)


def test_a_long_goal_is_broken_into_lines(goals, tmp_path):
    ax = draw_goal_matrix(goals, read_words("de", tmp_path))
    assert "\n" in read_names(ax, "row")[-1]
