"""Draw Musterstadt's activities from a fixed seed. Only Random.random() is used: its sequence is promised to stay."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Mapping
from random import Random
from typing import NamedTuple

from details import Row, draw_count, draw_dates, draw_direction, draw_int, draw_money, draw_people, pick
from kinds import DEPARTMENTS, KINDS, LEANINGS, OFFICE, TOPICS, Kind
from truth import FIRST_YEAR, LAST_YEAR, LOST, PARTNERS, SEASON, find_pandemic_factor, find_step

SEED = "Musterstadt 2025"
PANDEMIC = (datetime.date(2020, 3, 15), datetime.date(2021, 6, 30))
ONLINE_SHARES = (0.02, 0.8, 0.12)  # of what can take place online: before, in and after the pandemic
MEETING = 0.3  # what the pandemic left of the kinds that cannot
BURST = (10, 23)  # days of May into which nearly all of a bursting partner's activities fall
BURST_SHARE = 0.9


class Place(NamedTuple):
    """What the tables written by hand say of a partner."""

    name_de: str
    name_en: str
    themes: tuple[str, ...]
    carrier: str  # name of its association; empty where there is none
    carrier_year: int  # the first whole year of the association


def draw_activities(places: Mapping[str, Place]) -> list[Row]:
    """Draw the log of all partners (places by partnership_id), in order of time."""
    rows = [
        row
        for partner in PARTNERS
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        if year not in LOST.get(partner, ())
        for row in _draw_year(partner, year, places[partner])
    ]
    seen: set[tuple[str, ...]] = set()  # a log holds no two rows of one partner, day and title
    keys = [(row["partnership_id"], row["start_date"], row["title_de"]) for row in rows]
    rows = [row for row, key in zip(rows, keys, strict=True) if not (key in seen or seen.add(key))]
    rows.sort(key=lambda row: (row["start_date"], row["partnership_id"], row["title_de"]))
    return [{"activity_id": f"musterstadt-{number:04d}", **row} for number, row in enumerate(rows, 1)]


def _draw_year(partner: str, year: int, place: Place) -> Iterator[Row]:
    random = Random(f"{SEED}/{partner}/{year}")  # so that a change to one partner leaves the others alone
    rate = find_step(PARTNERS[partner].rates, year) or 0
    for month in range(1, 13):
        expected = rate / 12 * SEASON[month - 1] * find_pandemic_factor(year, month)
        for _ in range(draw_count(random, expected)):
            day = _draw_day(random, year, month, PARTNERS[partner].part == "bursts")
            yield _draw_row(random, partner, day, place)


def _draw_day(random: Random, year: int, month: int, is_burst: bool) -> datetime.date:
    if is_burst and random.random() < BURST_SHARE:
        return datetime.date(year, 5, draw_int(random, *BURST))
    return datetime.date(year, month, draw_int(random, 1, calendar.monthrange(year, month)[1]))


def _draw_row(random: Random, partner: str, day: datetime.date, place: Place) -> Row:
    is_project = random.random() < PARTNERS[partner].project_share
    code = "project" if is_project else _draw_kind(random, partner, day)
    kind = KINDS[code]
    theme = pick(random, kind.themes or place.themes)
    title = pick(random, kind.titles)
    is_online = kind.is_online and random.random() < ONLINE_SHARES[_find_time(day)]
    actor, actor_type = _draw_actor(random, code, kind, place if day.year >= place.carrier_year else None)
    words = {"de": TOPICS[theme][0], "en": TOPICS[theme][1]}
    return {
        "partnership_id": partner,
        **draw_dates(random, day, kind, is_online and not is_project),
        "activity_type": code,
        "direction": draw_direction(random, title[0], is_online, is_project),
        "is_project": "true" if is_project else "false",
        **draw_people(random, kind),
        "actor": actor,
        "actor_type": actor_type,
        "department": pick(random, (OFFICE, DEPARTMENTS.get(theme, OFFICE))),
        **draw_money(random, is_project or code == "aid"),
        "theme": theme,
        "title_de": title[0].format(name=place.name_de, **words),
        "title_en": title[1].format(name=place.name_en, **words),
        "source_id": "musterstadt-log",
    }


def _draw_kind(random: Random, partner: str, day: datetime.date) -> str:
    leaning = LEANINGS.get(partner, {}) if partner != "prykladiv" or day.year >= 2022 else {}
    rest = MEETING if _find_time(day) == 1 else 1
    weights = [
        kind.weight * leaning.get(code, 1) * (1 if kind.is_online else rest) for code, kind in KINDS.items()
    ]
    return pick(random, list(KINDS), weights)


def _find_time(day: datetime.date) -> int:
    """0 before, 1 in, 2 after the pandemic."""
    return (day >= PANDEMIC[0]) + (day > PANDEMIC[1])


def _draw_actor(random: Random, code: str, kind: Kind, place: Place | None) -> tuple[str, str]:
    if (
        place
        and place.carrier
        and (code in ("citizens_trip", "other", "aid") or random.random() < 0.1)
        and code != "project"
    ):
        return place.carrier, "association"
    return pick(random, kind.actors)
