"""Which mentions of one name lie near enough to be one place: all of them within 50 km of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from analysis.geography import WGS84
from analysis.imports.foreign.statements import Location, Place

NEAR_KM = 50.0  # places of one name in one country that are further apart are namesakes
MOST = 300  # locations of one name that are divided: all pairs of them are measured


def is_near(one: Location, other: Location, limit_km: float = NEAR_KM) -> bool:
    """Tell whether two places may be one by their coordinates."""
    if abs(one[0] - other[0]) > limit_km / 110:  # spares most of the geodesics
        return False
    return one == other or _measure(one, other) <= limit_km * 1000


def are_near(locations: Sequence[Location]) -> bool:
    """Tell whether all locations lie within 50 km of each other."""
    spots = sorted(set(locations))
    norths, easts = zip(*spots, strict=True)
    corners = (norths[0], min(easts)), (norths[-1], max(easts))
    if corners[1][1] - corners[0][1] < 90 and is_near(*corners, NEAR_KM / 2):  # spares most of the pairs
        return True
    return all(is_near(*pair) for pair in combinations(spots, 2))


def cluster_mentions(places: Sequence[Place]) -> tuple[list[list[Place]], list[Place]]:
    """
    Divide mentions with coordinates into places: the nearest join first, as long as all lie within 50 km of each other.

    Returns
    -------
    list of list of Place, list of Place
        The mentions of each place, and those that cannot be divided, as too many locations lie in a chain.
    """
    mentions: dict[Location, list[Place]] = defaultdict(list)
    for place in places:
        if place.location:
            mentions[place.location].append(place)
    if not mentions or are_near(list(mentions)):
        return [list(places)] if places else [], []
    if len(mentions) > MOST:
        return [], list(places)
    clusters = _join_nearest(sorted(mentions))
    return sorted(([place for spot in each for place in mentions[spot]] for each in clusters), key=repr), []


def _join_nearest(spots: Sequence[Location]) -> list[set[Location]]:
    cluster_of = {spot: {spot} for spot in spots}
    pairs = [pair for pair in combinations(spots, 2) if is_near(*pair)]
    for one, other in sorted(pairs, key=lambda pair: _measure(*pair)):
        mine, theirs = cluster_of[one], cluster_of[other]
        if mine is not theirs and are_near([*mine, *theirs]):
            mine |= theirs
            cluster_of |= dict.fromkeys(theirs, mine)
    return list({id(each): each for each in cluster_of.values()}.values())


def _measure(one: Location, other: Location) -> float:
    return WGS84.inv(one[1], one[0], other[1], other[0])[2]
