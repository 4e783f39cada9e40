"""Maps of other registers and of single relations: few partners, many, far away, with hostile names."""

import math
from io import BytesIO

import matplotlib
import pytest
from figures import read_words
from matplotlib.figure import Figure
from partner_maps import HOME, RELATIONS, check_names, list_markers, make_relations, read_names

from analysis.geography import measure_distance
from analysis.maps import draw_partner_map, draw_relation_map


@pytest.fixture(scope="module", params=["de", "en"])
def words(request, tmp_path_factory):
    return read_words(request.param, tmp_path_factory.mktemp("glossary"))


def test_hostile_names_are_plain_text(words):
    names = ["$x$", "<script>alert(1)</script>", r"\frac{1}{2} $ ^_", "two\nlines"]
    hostile = make_relations(*((name, 46.0 + 2 * n, 4.8) for n, name in enumerate(names)))
    axes = draw_partner_map(hostile, HOME, words)
    assert read_names(axes) == {"Leipzig", *names[:3], "two lines"}
    assert "$x$" in read_names(draw_relation_map(hostile.iloc[0], HOME, words))
    assert not any(text.get_parse_math() for text in axes.texts)
    file = BytesIO()
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        axes.figure.savefig(file, format="svg")
    assert b"<script" not in file.getvalue()


def test_near_partners_alone_need_one_map(words):
    near = make_relations(
        ("Krakau", 50.06, 19.94), ("Brno", 49.2, 16.6), ("Hannover", 52.37, 9.73), ("Lyon", 45.7, 4.8)
    )
    figure = draw_partner_map(near, HOME, words).figure
    assert len(figure.axes) == 1
    check_names(figure.axes[0])


def test_a_place_with_two_relations_is_named_once(words):
    twice = make_relations(("Lyon", 45.7, 4.8), ("Lyon", 45.7, 4.8))
    axes = draw_partner_map(twice, HOME, words)
    assert [text.get_text() for text in axes.texts].count("Lyon") == 1


def test_names_without_room_are_counted(words):
    crowd = make_relations(*((f"A place with a long name {n}", 48.8 + n / 1000, 2.3) for n in range(60)))
    axes = draw_partner_map(crowd, HOME, words)
    check_names(axes)
    left_out = 61 - len(read_names(axes))
    assert left_out > 0
    note = {"de": f"ohne Platz: {left_out} Namen", "en": f"without room: {left_out} names"}
    assert axes.texts[0].get_text().splitlines()[1] == note[words.language]


def test_given_axes_hold_one_map_of_all_partners(words):
    figure = Figure(figsize=(7, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    assert draw_partner_map(RELATIONS, HOME, words, ax=left) is left
    assert draw_relation_map(RELATIONS.iloc[0], HOME, words, ax=right) is right
    assert len(list_markers(left)) == 22
    for axes in (left, right):
        check_names(axes)


def test_a_partner_beyond_the_antipode_ring_can_be_drawn(words):
    madrid = {"name_de": "Madrid", "name_en": "Madrid", "latitude": 40.4165, "longitude": -3.70256}
    axes = draw_partner_map(
        make_relations(("Wellington", -41.29, 174.78), ("Lima", -12.05, -77.04)), madrid, words
    )
    assert read_names(axes) == {"Madrid", "Wellington", "Lima"}
    check_names(axes)


def test_relation_map_joins_home_and_partner_with_the_distance(words):
    axes = draw_relation_map(RELATIONS.loc["kyiv"], HOME, words)
    way = next(line for line in axes.lines if line.get_gid() == "way")
    kilometres = measure_distance(RELATIONS["latitude"], RELATIONS["longitude"], HOME)["kyiv"]
    assert math.dist(*way.get_xydata()) == pytest.approx(kilometres)
    kyiv, length = {"de": ("Kiew", "1.278\u00a0km"), "en": ("Kyiv", "1,278\u00a0km")}[words.language]
    assert read_names(axes) == {"Leipzig", kyiv, length}
    check_names(axes)


@pytest.mark.parametrize("partner", ["hannover", "houston", "moscow", "ho-chi-minh-city"])
def test_relation_maps_of_near_and_far_partners_are_readable(words, partner):
    axes = draw_relation_map(RELATIONS.loc[partner], HOME, words)
    check_names(axes)
    assert len(read_names(axes)) == 3
    assert axes.get_xlim()[1] - axes.get_xlim()[0] >= 1000


def test_a_table_that_cannot_be_drawn_is_an_error_that_says_what_to_do(words):
    empty = "^draw_partner_map: the table has no rows. Say so in words instead of drawing a figure.$"
    with pytest.raises(ValueError, match=empty):
        draw_partner_map(RELATIONS.iloc[:0], HOME, words)
    with pytest.raises(ValueError, match="^draw_partner_map: .* needed is also group. Add it to the table.$"):
        draw_partner_map(RELATIONS.drop(columns="group"), HOME, words)
