"""The timeline of relations: bars as long as the relations lasted, in order, named in both languages."""

import re

import pandas as pd
import pytest
from figures import ERAS, check_readable, list_names, read_names, read_texts, read_words
from matplotlib.colors import to_hex

from analysis.charts import draw_timeline
from analysis.charts.timeline import to_years

COLUMNS = ["partnership_id", "name_de", "name_en", "group", "form", "status", "start_date", "end_date"]


@pytest.fixture
def spans():
    rows = [
        (
            "hcmc",
            "Ho-Chi-Minh-Stadt",
            "Ho Chi Minh City",
            "cooperation",
            "cooperation",
            "active",
            "2015",
            "2021",
        ),
        (
            "hcmc",
            "Ho-Chi-Minh-Stadt",
            "Ho Chi Minh City",
            "international",
            "partnership",
            "active",
            "2021",
            None,
        ),
        ("moscow", "Moskau", "Moscow", "cooperation", "cooperation", "active", "2014", "2022"),
        ("moscow", "Moskau", "Moscow", "cooperation", "cooperation", "unknown", "2022", None),
        ("kyiv", "Kiew", "Kyiv", "international", "partnership", "active", "1961", None),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def bars_of(ax, partnership_id):
    return [(bar.get_x(), bar.get_width()) for bar in ax.patches if bar.get_gid() == partnership_id]


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("1973", 1973, 1974),
        ("2023-07", 2023 + 181 / 365, 2023 + 212 / 365),
        ("2024-12-31", 2024 + 365 / 366, 2025),
    ],
)
def test_dates_stand_at_their_first_and_last_day(date, start, end):
    assert to_years(date) == pytest.approx(start)
    assert to_years(date, end=True) == pytest.approx(end)


def test_bars_last_from_start_to_end_or_to_as_of(spans, tmp_path):
    ax = draw_timeline(spans, read_words("de", tmp_path), as_of="2026-01-01")
    assert bars_of(ax, "kyiv") == [(1961, 65)]
    assert bars_of(ax, "hcmc") == [(2015, 6), (2021, 5)]


def test_rows_are_in_order_of_start(spans, tmp_path):
    ax = draw_timeline(spans, read_words("en", tmp_path), as_of="2026-01-01")
    assert read_names(ax, "row") == ["Kyiv", "Moscow", "Ho Chi Minh City"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first row is on top


def test_a_change_of_form_changes_colour_and_hatch_and_is_said(spans, tmp_path):
    ax = draw_timeline(spans, read_words("de", tmp_path), as_of="2026-01-01")
    first, second = (bar for bar in ax.patches if bar.get_gid() == "hcmc")
    assert first.get_facecolor() != second.get_facecolor()
    assert first.get_hatch() != second.get_hatch()
    assert "Kooperation → Partnerschaft" in read_texts(ax)


def test_what_nobody_has_shown_is_hollow_dashed_and_said(spans, tmp_path):
    ax = draw_timeline(spans, read_words("en", tmp_path), as_of="2026-01-01")
    shown, unknown = (bar for bar in ax.patches if bar.get_gid() == "moscow")
    assert to_hex(unknown.get_facecolor()) == "#ffffff" != to_hex(shown.get_facecolor())
    assert unknown.get_linestyle() != "solid"
    assert "unknown since 2022" in read_texts(ax)


def test_a_past_gap_is_said_with_both_years(spans, tmp_path):
    spans["end_date"] = spans["end_date"].mask(spans["status"] == "unknown", "2024")
    ax = draw_timeline(spans, read_words("de", tmp_path), as_of="2026-01-01")
    assert "ungeklärt 2022–2024" in read_texts(ax)


def test_an_ended_relation_has_no_bar_after_its_end(spans, tmp_path):
    spans["status"] = spans["status"].replace("unknown", "ended")
    ax = draw_timeline(spans, read_words("de", tmp_path), as_of="2026-01-01")
    assert bars_of(ax, "moscow") == [(2014, 8)]
    assert "beendet seit 2022" in read_texts(ax)


def test_marks_stand_at_their_date_and_in_the_key(spans, tmp_path):
    marks = pd.DataFrame(
        {"partnership_id": ["kyiv", "kyiv"], "date": ["1961", "1992"], "milestone": ["signed", "renewed"]}
    )
    ax = draw_timeline(spans, read_words("de", tmp_path), as_of="2026-01-01", marks=marks)
    drawn = {line.get_gid(): (line.get_marker(), list(line.get_xdata())) for line in ax.lines}
    assert drawn["signed"][1] == [1961]
    assert drawn["renewed"][1] == [1992]
    assert drawn["signed"][0] != drawn["renewed"][0]
    assert {"unterzeichnet", "erneuert"} <= set(read_texts(ax))


def test_a_mark_of_another_kind_is_refused(spans, tmp_path):
    marks = pd.DataFrame({"partnership_id": ["kyiv"], "date": ["1961"], "milestone": ["expired"]})
    message = (
        "draw_timeline: marks has the milestone 'expired', allowed are signed, renewed. Keep only those rows."
    )
    with pytest.raises(ValueError, match=re.escape(message)):
        draw_timeline(spans, read_words("de", tmp_path), as_of="2026-01-01", marks=marks)


@pytest.mark.parametrize(("language", "era"), [("de", "DDR (bis 1989)"), ("en", "GDR (until 1989)")])
def test_texts_are_readable_in_both_languages(spans, tmp_path, language, era):
    ax = draw_timeline(spans, read_words(language, tmp_path), as_of="2026-11-01", eras=ERAS)
    assert era in read_texts(ax)
    check_readable(ax)


def test_a_long_history_gets_room(spans, tmp_path):
    back_and_forth = [
        ("kyiv", "Kiew", "Kyiv", "international", form, status, f"{year}", f"{year + 5}")
        for year, form, status in [
            (1970, "cooperation", "suspended"),
            (1975, "partnership", "active"),
            (1980, "cooperation", "suspended"),
        ]
    ]
    spans = pd.concat([spans, pd.DataFrame(back_and_forth, columns=COLUMNS)])
    ax = draw_timeline(spans, read_words("de", tmp_path), as_of="2026-11-01", eras=ERAS)
    assert "ausgesetzt 1970–1975; ausgesetzt 1980–1985" in " ".join(read_texts(ax))
    check_readable(ax)


def test_a_hostile_name_stays_text(spans, tmp_path):
    spans.loc[0:1, "name_de"] = "$x_1$ <b>fett</b>\nzwei"
    ax = draw_timeline(spans, read_words("de", tmp_path), as_of="2026-01-01")
    label = list_names(ax, "row")[2]
    assert label.get_text() == "$x_1$ <b>fett</b> zwei"
    assert not label.get_parse_math()
    check_readable(ax)
