"""The map of Leipzig's partners: positions, names that do not collide, markers told apart without colour."""

import math
from io import BytesIO

import matplotlib
import pandas as pd
import pytest
from figures import read_words
from matplotlib.text import Text
from partner_maps import HOME, RELATIONS, check_names, list_markers, list_texts, make_relations, read_names

from analysis.geography import measure_distance
from analysis.maps import draw_partner_map, draw_relation_map
from analysis.style import GROUP_STYLE


@pytest.fixture(scope="module", params=["de", "en"])
def words(request, tmp_path_factory):
    return read_words(request.param, tmp_path_factory.mktemp("glossary"))


@pytest.fixture(scope="module")
def figure(words):
    """The map of Leipzig's partners; tests only look at it."""
    return draw_partner_map(RELATIONS, HOME, words).figure


def test_every_partner_is_named_once_in_the_readers_language(figure, words):
    whole, near = figure.axes
    moscow = {"de": "Moskau (ungeklärt)", "en": "Moscow (unknown)"}[words.language]
    names = set(RELATIONS[f"name_{words.language}"]) - {moscow.split()[0]} | {moscow, "Leipzig"}
    assert read_names(whole) | read_names(near) == names
    assert read_names(whole) & read_names(near) == {"Leipzig"}


def test_names_do_not_collide(figure):
    for axes in figure.axes:
        check_names(axes)


def test_names_do_not_hide_markers(figure):
    for axes in figure.axes:
        axes.figure.draw_without_rendering()
        names = [text for text in axes.texts if text.get_gid() == "name"]
        shown = [line for line in list_markers(axes) if line.get_markersize() > 4]
        points = [axes.transData.transform(line.get_xydata()[0]) for line in shown]
        hidden = [
            (name, point)
            for name in names
            for point in points
            if Text.get_window_extent(name).contains(*point)
        ]
        assert hidden == []


def test_all_text_is_legible_in_print(figure):
    texts = [*list_texts(figure, "name", "ring", "caption"), *figure.legends[0].get_texts()]
    assert figure.get_figwidth() * 2.54 == pytest.approx(17)
    assert min(text.get_fontsize() for text in texts) >= 7
    page = figure.bbox
    figure.draw_without_rendering()
    for text in texts:
        box = Text.get_window_extent(text)
        assert page.x0 - 1 <= box.x0 <= box.x1 <= page.x1 + 1, text.get_text()
        assert page.y0 - 1 <= box.y0 <= box.y1 <= page.y1 + 1, text.get_text()


def test_markers_stand_at_the_true_distance(figure):
    whole, _ = figure.axes
    drawn = sorted(math.hypot(*line.get_xydata()[0]) for line in list_markers(whole))
    expected = measure_distance(RELATIONS["latitude"], RELATIONS["longitude"], HOME)
    assert drawn == pytest.approx([0, *sorted(expected)], rel=1e-9)


def test_rings_are_labelled_with_their_distance(figure, words):
    for axes, step in zip(figure.axes, (2500, 500), strict=True):
        radii = [patch.radius for patch in axes.patches if isinstance(patch, matplotlib.patches.Circle)]
        assert radii == [step * n for n in (1, 2, 3, 4)]
        labels = {text.get_text() for text in axes.texts if text.get_gid() == "ring"}
        assert labels == {f"{words.number(radius)}\u00a0km" for radius in radii}


def test_groups_differ_in_shape_and_the_key_counts_them(figure, words):
    key = figure.legends[0]
    counts = {"international": 13, "national": 2, "cooperation": 4, "district": 2}
    labels = [text.get_text() for text in key.get_texts()]
    assert labels[:4] == [f"{words.label('group', group)} ({count})" for group, count in counts.items()]
    shapes = [handle.get_marker() for handle in key.legend_handles[:4]]
    assert shapes == [GROUP_STYLE[group]["marker"] for group in counts]
    assert len(set(shapes)) == 4


def test_what_is_not_active_is_hollow_and_explained(figure, words):
    whole, near = figure.axes
    for axes in (whole, near):
        hollow = [line for line in list_markers(axes) if line.get_markerfacecolor() == "#ffffff"]
        assert [line.get_marker() for line in hollow] == [GROUP_STYLE["cooperation"]["marker"]]
    note = {"de": "hohles Zeichen: Stand in Klammern", "en": "hollow marker: state in brackets"}
    assert whole.figure.legends[0].get_texts()[-1].get_text() == note[words.language]


def test_the_key_says_nothing_of_hollow_markers_when_all_are_active(words):
    figure = draw_partner_map(make_relations(("Lyon", 45.7, 4.8)), HOME, words).figure
    assert len(figure.legends[0].get_texts()) == 1


def test_the_frame_of_the_detail_is_drawn_and_explained(figure, words):
    whole, near = figure.axes
    frame = next(patch for patch in whole.patches if patch.get_gid() == "detail")
    assert (frame.get_x(), frame.get_x() + frame.get_width()) == pytest.approx(near.get_xlim())
    assert (frame.get_y(), frame.get_y() + frame.get_height()) == pytest.approx(near.get_ylim())
    note = {
        "de": "Ringe alle 2.500 km; Rahmen: rechts vergrößert",
        "en": "Rings every 2,500 km; frame: enlarged at the right",
    }
    assert list_texts(whole.figure, "caption")[0].get_text().strip() == note[words.language]


def test_same_table_same_map(words):
    files = []
    for _ in range(2):
        file = BytesIO()
        with matplotlib.rc_context({"svg.hashsalt": "same", "svg.fonttype": "none"}):
            draw_partner_map(RELATIONS, HOME, words).figure.savefig(
                file, format="svg", metadata={"Date": None}
            )
        files.append(file.getvalue())
    assert files[0] == files[1]
    assert len(files[0]) < 300_000


def test_the_table_and_the_settings_stay_as_they_are(words):
    before, settings = RELATIONS.copy(), dict(matplotlib.rcParams)
    draw_partner_map(RELATIONS, HOME, words)
    draw_relation_map(RELATIONS.iloc[0], HOME, words)
    pd.testing.assert_frame_equal(RELATIONS, before)
    assert dict(matplotlib.rcParams) == settings
