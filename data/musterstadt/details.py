"""Details of one drawn activity: dates, direction, people, money. Only Random.random() is used."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from random import Random

from kinds import FUNDERS, Kind

Row = dict[str, str]


def draw_count(random: Random, expected: float) -> int:
    """Poisson count (Knuth's way, which is fit for small numbers)."""
    limit, product, count = math.exp(-expected), random.random(), 0
    while product > limit:
        product, count = product * random.random(), count + 1
    return count


def draw_int(random: Random, low: int, high: int) -> int:
    return low + int(random.random() * (high - low + 1))


def pick(random: Random, choices: Sequence, weights: Sequence[float] | None = None):
    weights = weights or [1] * len(choices)
    mark = random.random() * sum(weights)
    for choice, weight in zip(choices, weights, strict=True):
        mark -= weight
        if mark < 0:
            return choice
    return choices[-1]


def draw_dates(random: Random, day: datetime.date, kind: Kind, is_short: bool) -> Row:
    """First and last day; some are known to the month only, and a few old ones to the year."""
    chance, length = random.random(), 1 if is_short else draw_int(random, *kind.days)
    if chance < 0.004 and day.year < 2014:
        return {"start_date": str(day.year), "end_date": ""}
    if chance < 0.03:
        return {"start_date": f"{day:%Y-%m}", "end_date": ""}
    last = day + datetime.timedelta(days=length - 1)
    return {"start_date": str(day), "end_date": str(last) if length > 1 else ""}


def draw_direction(random: Random, title: str, is_online: bool, is_project: bool) -> str:
    if is_online:
        return "online"
    if " aus " in title or " nach " in title or " für " in title:
        return "inbound" if " aus " in title else "outbound"
    if random.random() < 0.03:
        return ""  # nobody noted it
    return pick(random, ("inbound", "outbound", "both"), (1, 1, 6 if is_project else 0.4))


def draw_people(random: Random, kind: Kind) -> Row:
    if random.random() < 0.22:
        return {"participants": "", "participants_under_27": ""}
    low, high = kind.people
    people = low + int((high - low) * random.random() ** 2)  # many small ones, few large ones
    young = people * draw_int(random, *kind.young) // 100
    return {"participants": str(people), "participants_under_27": str(young) if random.random() < 0.7 else ""}


def draw_money(random: Random, is_large: bool) -> Row:
    own, third = random.random() < (0.9 if is_large else 0.45), random.random() < (0.5 if is_large else 0.12)
    scale = 600 if is_large else 60  # fifties of euros at most
    amounts = [50 * (2 + int(scale * random.random() ** 3)) for _ in range(2)]
    planned = 50 * int(amounts[0] / 50 * (0.9 + 0.4 * random.random()))
    cents = pick(random, (".5", ".75", ""), (1, 1, 18))
    funder = pick(random, FUNDERS)
    return {
        "amount_planned_eur": str(planned) if own and is_large else "",
        "amount_own_eur": f"{amounts[0]}{cents}" if own else "",
        "amount_third_party_eur": str(amounts[1]) if third else "",
        "funder": funder if third else "",
    }
