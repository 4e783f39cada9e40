"""What the generator of Musterstadt's log knows: who is steady, fading or reviving, and at which rates. Made up."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 2011, 2025
ROUNDS = (2020, 2025)

Steps = tuple[tuple[int, float], ...]  # from this year on, this rate

# Expected activities in a year at the three levels, and the share of projects of the administration among them.
HIGH, MEDIUM, LOW = 35.0, 13.0, 3.5
PROJECT_SHARE = {HIGH: 7 / 35, MEDIUM: 2.5 / 13, LOW: 0.5 / 3.5}


@dataclass(frozen=True)
class Partner:
    """One partner's part.

    Attributes
    ----------
    part : str
        steady, fading, reviving, rising, new, bursts, gap or ended.
    rates : tuple of (int, float)
        Expected activities in a year without season and pandemic, from that year on.
    contacts : tuple of (int, str)
        What the office states on the frequency of contact, from that year on.
    office : tuple of (str, str)
        The office's rating in 2020 and 2025; empty where it gave none.
    project_share : float
        Share of projects of the administration among the activities.
    level : str
        What the log supports by its rates alone: AAA (high), AA (medium), A (low) through both rounds; empty
        where the part changes between or within the rounds, or lies between two levels.
    """

    part: str
    rates: Steps
    contacts: tuple[tuple[int, str], ...]
    office: tuple[str, str]
    project_share: float = 0.18
    level: str = ""


def _steady(rate: float, frequency: str, *office: str, share: float | None = None) -> Partner:
    level = {HIGH: "AAA", MEDIUM: "AA", LOW: "A"}[rate]
    share = PROJECT_SHARE[rate] if share is None else share
    return Partner("steady", ((2011, rate),), ((2011, frequency),), (office[0], office[1]), share, level)


FADING = ((2011, 26), (2019, 20), (2020, 16), (2021, 14), (2022, 10), (2023, 6), (2024, 3), (2025, 1))
REVIVING = ((2011, 14), (2014, 8), (2015, 3), (2022, 10), (2023, 20), (2024, 30), (2025, 36))
GROWING = (*((year, year - 2009) for year in range(2013, 2022)), (2022, 20))

PARTNERS: dict[str, Partner] = {
    "villeneuve-l-exemple": _steady(HIGH, "weekly", "AAA", "AAA"),
    "voorbeeldhaven": _steady(HIGH, "weekly", "AAA", "AAA"),
    "przykladow": _steady(HIGH, "weekly", "AAA", "AAA"),
    "beispielhausen": _steady(HIGH, "weekly", "AA", "AA"),
    "vzorov": _steady(MEDIUM, "monthly", "AA", "AA"),
    "mfanoni": _steady(MEDIUM, "monthly", "AA", "AA", share=5 / 13),
    "saint-exemple": _steady(MEDIUM, "monthly", "AA", "AA"),
    "paradeigmatochori": _steady(LOW, "occasional", "A", "A"),
    "sample-falls": _steady(LOW, "occasional", "A", "A"),
    "modellstedt": _steady(LOW, "occasional", "AA", "AA"),
    "borgo-esempio": Partner(
        "fading", FADING, ((2011, "weekly"), (2019, "monthly"), (2023, "occasional")), ("AAA", "AA")
    ),
    "mintavaros": Partner(
        "reviving",
        REVIVING,
        ((2011, "monthly"), (2015, "occasional"), (2022, "monthly"), (2024, "weekly")),
        ("A", "AA"),
    ),
    "prykladiv": Partner(
        "rising", ((2011, MEDIUM), (2022, HIGH)), ((2011, "monthly"), (2022, "daily")), ("AA", "AAA")
    ),
    "mau-giang": Partner(
        "rising", GROWING, ((2013, "occasional"), (2016, "monthly"), (2022, "weekly")), ("AA", "AA"), 0.25
    ),
    "primjerovac": Partner("new", ((2017, MEDIUM),), ((2017, "monthly"),), ("AA", "AA"), 0.25),
    "mihonmachi": Partner("bursts", ((2011, 24),), ((2011, "occasional"),), ("AAA", "AAA"), 0.05),
    "villaejemplo": Partner("gap", ((2011, MEDIUM),), ((2011, "monthly"),), ("AA", "AA")),
    "sampleton": Partner(
        "ended",
        ((2011, 8), (2016, 4), (2020, 1), (2021, 0)),
        ((2011, "monthly"), (2016, "occasional"), (2021, "none")),
        ("A", ""),
    ),
}

LOST = {"villaejemplo": range(2015, 2018)}  # years of the log that are lost
UNASKED = {"paradeigmatochori": range(2013, 2015)}  # years for which nobody stated the contact
ENDED = {"sampleton": 2021}  # the last year with a statement on the contact

SEASON = (0.5, 0.8, 1.1, 1.2, 1.5, 1.3, 0.7, 0.5, 1.4, 1.4, 1.1, 0.5)  # January to December, mean 1


def find_pandemic_factor(year: int, month: int) -> float:
    """What the pandemic left of an activity rate in a month."""
    if (2020, 4) <= (year, month) <= (2021, 6):
        return 0.4
    if (year, month) == (2020, 3) or (2021, 7) <= (year, month) <= (2021, 12):
        return 0.7
    return 1.0


def find_step(steps: tuple, year: int):
    """Value that holds in a year; None before the first step."""
    return next((value for start, value in reversed(steps) if start <= year), None)
