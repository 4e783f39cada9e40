"""Which places of a register are the same: those with one id, else with one name in one country, never by bare name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from analysis.imports.foreign.nearness import NEAR_KM, are_near, cluster_mentions, is_near
from analysis.imports.foreign.statements import Place, Reading, Statement
from analysis.imports.words import fold

SAME_KM = 5.0  # nearer ones are the same, though their regions are written in two ways

Group = list[Place]  # mentions of one place


def merge_places(statements: Sequence[Statement], reading: Reading) -> dict[Place, int]:
    """
    Give all mentions of one place the same number.

    Mentions with one Wikidata id, or one id in the file, are one place. Of the others those are that share name
    (without capitals and marks) and country, unless they lie more than 50 km apart or in two regions. A mention that
    fits several such places, or has no country, is none: its rows are listed.

    Returns
    -------
    dict of Place to int
        Numbers by mention; mentions whose rows are listed are not in it.
    """
    rows: dict[Place, set[int]] = defaultdict(set)
    for each in statements:
        for place in (each.home, each.partner):
            rows[place].add(each.row)
    by_id: dict[tuple[str, str], Group] = defaultdict(list)
    by_name: dict[tuple[str, str], Group] = defaultdict(list)
    for place in sorted(rows, key=repr):  # the order of the rows must not matter
        if place.wikidata_id or place.node_id:
            by_id[place.wikidata_id, "" if place.wikidata_id else place.node_id].append(place)
        elif place.country_code:
            by_name[fold(place.name), place.country_code].append(place)
        else:
            _list(reading, rows[place], place, "country-missing")
    known, groups = _find_names(by_id.values()), list(by_id.values())
    for key, mentions in by_name.items():
        own, unclear = group_namesakes(mentions, known.get(key, []))
        for place in unclear:
            _list(reading, rows[place], place, "place-ambiguous")
        number = len(own) + len(known.get(key, []))
        for group in own if number > 1 else ():
            _tell_namesakes(reading, rows, group, number)
        groups += own
    return {place: number for number, group in enumerate(groups) for place in group}


def _find_names(groups: Iterable[Group]) -> Mapping[tuple[str, str], list[Group]]:
    """Places with an id by name and country."""
    known: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups:
        for key in {(fold(place.name), place.country_code) for place in group}:
            known[key].append(group)
    return known


def group_namesakes(mentions: Group, known: Sequence[Group]) -> tuple[list[Group], Group]:
    """
    Divide mentions of one name in one country into places; those that fit a place of `known` are added to it.

    Returns
    -------
    list of list of Place, list of Place
        The places besides `known`, and the mentions that may mean several.
    """
    groups: list[Group] = []
    unclear: Group = []
    regions = sorted({place.region for place in mentions} - {""})
    for region in [*regions, ""]:  # who says more comes first
        own = [place for place in mentions if place.region == region]
        fixed = [*known, *groups]
        clusters, rest = cluster_mentions([place for place in own if place.location])
        unclear += rest
        for cluster in clusters:
            _attach(cluster, region, fixed, groups, unclear)
        for place in own:
            if not place.location:
                _attach([place], region, [*known, *groups], groups, unclear)
    return groups, unclear


def _attach(cluster: Group, region: str, fixed: Sequence[Group], groups: list[Group], unclear: Group) -> None:
    """Add a cluster to the one group that it fits, make it a group of its own, or leave it unclear."""
    fitting = [
        group for group in fixed if _fits(cluster, group, NEAR_KM if _share(group, region) else SAME_KM)
    ]
    if len(fitting) == 1:
        fitting[0] += cluster
    elif fitting:
        unclear += cluster
    else:
        groups.append(list(cluster))


def _share(group: Group, region: str) -> bool:
    """Whether nothing says that a group lies in another region."""
    regions = {place.region for place in group} - {""}
    return not region or not regions or region in regions


def _fits(cluster: Group, group: Group, limit_km: float) -> bool:
    """Whether two groups may be one place: by their coordinates, or if none are known, unless their regions differ."""
    mine, theirs = ([place.location for place in each if place.location] for each in (cluster, group))
    if not mine or not theirs:
        return limit_km > SAME_KM
    has_near = any(is_near(one, other, limit_km) for one in mine for other in theirs)
    return has_near and are_near([*mine, *theirs])


def _list(reading: Reading, rows: Iterable[int], place: Place, reason: str) -> None:
    for row in sorted(rows):
        reading.list_row(row, "", place.name, reason)


def _tell_namesakes(reading: Reading, rows: Mapping[Place, set[int]], group: Group, number: int) -> None:
    first = min(row for place in group for row in rows.get(place, ()))
    name = Counter(place.name for place in group).most_common(1)[0][0]
    reading.tell_place(first, name, "namesakes", number=str(number))
