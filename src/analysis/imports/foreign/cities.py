"""One row of `cities` out of all mentions of a place, and what they disagree on."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any, NamedTuple

from analysis.imports.foreign.borders import find_countries
from analysis.imports.foreign.nearness import are_near
from analysis.imports.foreign.statements import Location, Place, Reading, Statement
from analysis.imports.words import fold
from analysis.problems import DataError

LONGEST_ID = 60  # characters, by the schema


class City(NamedTuple):
    """A place with what is known of it; `identity` tells it from all others, whatever the order of the rows."""

    identity: str
    place: Place

    @property
    def is_complete(self) -> bool:
        """Whether it has all that a register demands of a place."""
        return bool(self.place.country_code and self.place.location)


def describe_cities(
    statements: Sequence[Statement], numbers: Mapping[Place, int], reading: Reading
) -> dict[int, City]:
    """
    Describe each place by what most of its mentions say.

    A value that its mentions contradict each other on is left out: coordinates more than 50 km apart, several
    countries (unless the coordinates decide), several numbers of inhabitants of one year. `reading` takes the findings.
    """
    mentions: dict[int, Counter[Place]] = defaultdict(Counter)
    rows: dict[int, int] = {}
    for each in statements:
        for place in (each.home, each.partner):
            number = numbers[place]
            mentions[number][place] += 1
            rows[number] = min(each.row, rows.get(number, each.row))
    return {number: _describe(counts, rows[number], reading) for number, counts in mentions.items()}


def _describe(counts: Counter[Place], row: int, reading: Reading) -> City:
    named = Counter({place: count for place, count in counts.items() if place.name != place.wikidata_id})
    name = _most(named or counts, "name")
    others = sorted({place.name for place in named} - {name})
    if any(fold(other) != fold(name) for other in others):
        reading.tell_place(row, name, "other-names", names=", ".join(others))
    location = _choose_location(counts, name, row, reading)
    population, year = _choose_population(counts, name, row, reading)
    place = Place(
        name,
        _choose_country(counts, location, name, row, reading),
        location,
        _most(counts, "wikidata_id"),
        _most(counts, "node_id"),
        _most(counts, "region"),
        population,
        year,
        any(each.is_area for each in counts),
        _most(counts, "name_de") or name,
        _most(counts, "name_en") or name,
    )
    if place.wikidata_id or place.node_id:
        return City(place.wikidata_id or f"node {place.node_id}", place)
    spot = "" if not location else f"{location[0]:.6f} {location[1]:.6f}"
    return City(f"{fold(name)}|{place.country_code}|{place.region}|{spot}", place)


def _most(counts: Counter[Place], column: str) -> Any:
    """The value that most mentions have, the first in the alphabet of equally many; missing ones do not count."""
    votes: Counter[Hashable] = Counter()
    for place, count in counts.items():
        value = getattr(place, column)
        if value not in ("", None):
            votes[value] += count
    best = max(votes.values(), default=0)
    return min((value for value, count in votes.items() if count == best), default="")


def _choose_location(counts: Counter[Place], name: str, row: int, reading: Reading) -> Location | None:
    locations = {place.location for place in counts if place.location}
    if not agree(locations, name, row, reading):
        return None
    return _most(counts, "location") or None


def agree(locations: Collection[Location], name: str, row: int, reading: Reading) -> bool:
    """Tell whether the locations of one item may be one place, and tell the reader of several."""
    if len(locations) < 2:
        return True
    is_one = are_near(list(locations))
    shown = "; ".join(f"{north:g} / {east:g}" for north, east in sorted(locations)[:5])
    reading.tell_place(row, name, "coordinates-several" if is_one else "coordinates-apart", places=shown)
    return is_one


def _choose_country(
    counts: Counter[Place], location: Location | None, name: str, row: int, reading: Reading
) -> str:
    codes = sorted({place.country_code for place in counts} - {""})
    if len(codes) < 2:
        return codes[0] if codes else ""
    found = find_countries([location])[0] if location else ""
    reading.tell_place(row, name, "countries-several", countries=", ".join(codes))
    return found if found in codes else ""


def _choose_population(
    counts: Counter[Place], name: str, row: int, reading: Reading
) -> tuple[int | None, int | None]:
    """The latest number of inhabitants and its year."""
    known = {(p.population_year or 0, p.population) for p in counts if p.population is not None}
    latest = sorted(number for year, number in known if year == max(known)[0])
    if len(known) > 1:
        shown = ", ".join(str(number) for _, number in sorted(known)[:5])
        reading.tell_place(row, name, "populations-several", numbers=shown)
    if len(latest) != 1:
        return None, None
    return latest[0], max(known)[0] or None


def name_cities(cities: Mapping[int, City]) -> dict[int, str]:
    """
    Give each place its city_id: name and country, and a hash of its identity for namesakes and very long names.

    The order of places makes no difference.

    Raises
    ------
    DataError
        If two places would have the same: their rows would become one place's.
    """
    slugs = {
        number: "-".join(
            filter(None, [slug_name(city.place.name) or "place", city.place.country_code.lower()])
        )
        for number, city in cities.items()
    }
    ids = mark_doubles(slugs, {number: city.identity for number, city in cities.items()})
    doubles = sorted(name for name, often in Counter(ids.values()).items() if often > 1)
    if doubles:
        fault = f"is the id of several places ({', '.join(doubles[:5])}), allowed is one"
        raise DataError([f"city_id: {fault}. Tell the places apart by coordinates or a region."])
    return ids


def slug_name(name: str) -> str:
    """Write a name as part of an id: small letters a-z, digits and hyphens; empty for other scripts."""
    return re.sub("[^a-z0-9]+", "-", fold(name)).strip("-")


def mark_doubles(ids: Mapping[int, str], identities: Mapping[int, str]) -> dict[int, str]:
    """Add a hash of their identities to ids that are equal, or too long."""
    often = Counter(ids.values())
    return {
        number: name if often[name] == 1 and len(name) <= LONGEST_ID else mark_id(name, identities[number])
        for number, name in ids.items()
    }


def mark_id(text: str, identity: str) -> str:
    """Cut an id and add a hash."""
    return f"{text[:45].strip('-')}-{hashlib.blake2b(identity.encode(), digest_size=5).hexdigest()}"
