"""The early warning: its rule by hand, its false alarms as METHODS.md gives them, and the fictional city's truth."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from logged import entry, log_period, look, write_log

from analysis.fading import simulate_alarms, warn_of_fading
from analysis.history import describe_relations
from analysis.logs import list_observed, place_activities
from analysis.tables import read_register

HOME = Path(__file__).parents[1]
METHODS = (HOME / "METHODS.md").read_text(encoding="utf-8")


def mondays(first, last, every):
    """An entry on every so-many-th Monday of a span."""
    return [entry("east", f"{day:%Y-%m-%d}") for day in pd.date_range(first, last, freq=f"{7 * every}D")]


def warn(folder, entries, periods=(("2011",),), as_of="2019-12-29", life=()):
    register = write_log(
        folder, entries, [log_period(*row) for row in periods], partners=("east",), life=life
    )
    placed, observed, relations = look(register, as_of)
    return warn_of_fading(placed, observed, relations, as_of)


def tell(folder, *arguments, **more):
    row = warn(folder, *arguments, **more).iloc[0]
    return row["recent_weeks"], row["expected_weeks"], row["warning"]


# 2019-12-29 was a Sunday: the last 104 weeks begin on Monday 2018-01-01, the 260 before on Monday 2013-01-07
BEFORE = mondays("2013-01-07", "2017-12-31", 5)  # 52 weeks with an entry, so 104 / 260 * 52 = 20.8 expected


def test_half_of_what_was_expected_is_an_alarm_and_more_is_none(tmp_path):
    ten, eleven = ("2018-01-01", "2019-10-01"), ("2018-01-01", "2019-12-10")
    assert len(mondays(*ten, 10)) == 10
    assert len(mondays(*eleven, 10)) == 11
    assert tell(tmp_path / "ten", BEFORE + mondays(*ten, 10)) == (10, pytest.approx(20.8), "fading")
    assert tell(tmp_path / "eleven", BEFORE + mondays(*eleven, 10)) == (11, pytest.approx(20.8), "none")


def test_where_few_were_expected_chance_decides_so_nothing_is_said(tmp_path):
    assert tell(tmp_path, mondays("2013-01-07", "2017-12-31", 9)) == (
        0,
        pytest.approx(29 * 104 / 260),
        "too_few",
    )


def test_a_short_log_is_no_fading(tmp_path):
    row = warn(tmp_path / "short", BEFORE, periods=[("2015-02",)]).iloc[0]
    assert row["warning"] == "short_log"
    assert row[["recent_weeks", "expected_weeks", "kept_share"]].isna().all()
    assert warn(tmp_path / "none", BEFORE, periods=[])["warning"].to_list() == ["short_log"]


def test_what_has_ended_does_not_fade(tmp_path):
    life = [("east", "2011", "signed", "partnership"), ("east", "2018-06-30", "ended")]
    assert warn(tmp_path, BEFORE, life=life).empty


def test_the_pandemic_is_not_what_a_relation_is_measured_by(tmp_path):
    # seen from 2024, the 260 weeks before the last two years leave out 2020-03-11 to 2022-12-31, mostly silent
    log = mondays("2013-01-07", "2020-03-01", 5)
    recent, expected, warning = tell(tmp_path, log, as_of="2024-12-29")
    assert (recent, warning) == (0, "fading")
    assert expected == pytest.approx(20.8, abs=0.5)


ROW = re.compile(r"^\| (\d+) \| ([0-9.]+) % \| ([0-9.]+) % \| (\d+) % \|$", re.MULTILINE)


def test_alarms_are_as_often_as_methods_says():
    table = [tuple(map(float, row)) for row in ROW.findall(METHODS)]
    assert [row[0] for row in table] == [6, 8, 10, 13, 20, 30]
    for weeks, even, uneven, found in table:
        assert round(100 * simulate_alarms(weeks), 1) == even
        assert round(100 * simulate_alarms(weeks, 0.25), 1) == uneven
        assert round(100 * simulate_alarms(weeks, 0.25, kept_share=0.25)) == found
    (short,) = re.findall(r"the rates rise to ([0-9.]+) % and ([0-9.]+) % at six weeks a year", METHODS)
    rates = [100 * simulate_alarms(6, uneven, years_before=3) for uneven in (0, 0.25)]
    assert rates == pytest.approx([float(rate) for rate in short], abs=0.06)


def warnings_of(register, activities, as_of="2025-12-31"):
    """The warning of each relation of a register that has not ended, with these activities."""
    relations = describe_relations(register, as_of)
    placed, observed = (
        place_activities({"activities": activities}, as_of),
        list_observed(register, relations, as_of),
    )
    return warn_of_fading(placed, observed, relations, as_of).set_index("partnership_id")["warning"]


def test_the_fading_partner_of_the_fictional_city_is_found_and_no_other():
    register = read_register(HOME / "data/musterstadt")
    warnings = warnings_of(register, register["activities"])
    assert warnings.index[warnings == "fading"].to_list() == ["borgo-esempio"]
    assert warnings["sample-falls"] == "too_few"
    assert warnings["primjerovac"] == "short_log"
    assert "sampleton" not in warnings  # has ended


@pytest.fixture
def generator(monkeypatch):
    """The modules that generate the fictional city; nothing of them stays behind."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(HOME / "data/musterstadt"))
    yield import_module("draw"), import_module("make_register")
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_steady_partners_of_other_fictional_cities_are_hardly_ever_warned_of(generator, monkeypatch):
    # ten more cities from the same generator: 7 steady partners with 12 or more weeks a year, for which METHODS.md
    # gives at most 0.7 %, so 70 relations have two or more false alarms in fewer than one of ten tries
    draw, make_register = generator
    register = read_register(HOME / "data/musterstadt")
    steady = [key for key, truth in draw.PARTNERS.items() if truth.part == "steady" and truth.level != "A"]
    alarms = []
    for number in range(10):
        monkeypatch.setattr(draw, "SEED", f"another city {number}")
        rows = pd.DataFrame(draw.draw_activities(make_register.read_places())).replace("", pd.NA)
        activities = rows.astype("string").assign(is_project=rows["is_project"].eq("true").astype("boolean"))
        alarms += warnings_of(register, activities)[steady].to_list()
    assert len(alarms) == 70
    assert alarms.count("fading") <= 1
