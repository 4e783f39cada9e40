"""Partnerships as lines on a map, with or without points for the places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.imports.foreign.axes import orient
from analysis.imports.foreign.borders import measure_outside
from analysis.imports.foreign.checking import FAR_KM
from analysis.imports.foreign.layers import Feature, Layers, read_layers
from analysis.imports.foreign.sheets import find_field, find_form
from analysis.imports.foreign.statements import Location, Place, Reading, Statement
from analysis.imports.foreign.values import read_country, read_item, read_people, read_start
from analysis.imports.words import fold
from analysis.problems import DataError
from analysis.tables.files import show_path

CELL = 0.01  # degrees, about 1 km: a line ends at a point in the same or a neighbouring cell

Fields = Mapping[str, str]  # texts of a feature by field


class Line(NamedTuple):
    """A line with its number in the file, its fields and the locations of its ends."""

    number: int
    fields: Fields
    start: Location
    end: Location


def read_geo(path: Path, order: str | None = None) -> Reading:
    """
    Read lines between places, each a partnership; a feature's number in the file is its row.

    The ends are named by attributes of the line (home and partner, from and to), else by the points at its ends.
    `order` ("lonlat" or "latlon") is needed where the file does not show it.

    Raises
    ------
    DataError
        If the file cannot be read, has no line, or does not show the order of its coordinates.
    """
    reading = Reading()
    layers = read_layers(path)
    reading.notices += layers.notices
    points = {n: f for n, f in enumerate(layers.features, start=1) if len(f.ends) == 1}
    reading.read = len(layers.features) - len(points)
    reading.beside = {"point": len(points)}
    fields = [_name_fields(each) for each in layers.features]
    _tell_unknown(layers, reading)
    if not any(len(each.ends) == 2 for each in layers.features):
        allowed = "allowed are files with lines between places"
        raise DataError([f"{show_path(path)}: has no line, {allowed}. Export the lines, too."])
    locations = orient(path, layers, _list_named(layers, fields), order)
    places = _place_points(points, fields, locations, reading)
    used: set[Place] = set()
    for line in _list_lines(layers, fields, locations, reading):
        _read_line(line, places, used, reading)
    _tell_alone(places, used, reading)
    return reading


def _name_fields(feature: Feature) -> Fields:
    """The texts of a feature by what their attributes mean; of two attributes for one field the first that is filled."""
    source = "nodes" if len(feature.ends) == 1 else "lines"
    found: dict[str, str] = {}
    for name, text in feature.attributes.items():
        field = find_field(name, source)
        if field and text and not found.get(field):
            found[field] = text
    return found


def _tell_unknown(layers: Layers, reading: Reading) -> None:
    """Tell of the attributes that mean nothing."""
    names = {name for each in layers.features for name, text in each.attributes.items() if text}
    for name in sorted(names):
        if not find_field(name, "nodes") and not find_field(name, "lines"):
            reading.remark(0, name, name, "column-unknown")


def _list_named(layers: Layers, fields: Sequence[Fields]) -> list[tuple[tuple[float, float], str]]:
    """Spots with the country that their feature names."""
    named = []
    for feature, texts in zip(layers.features, fields, strict=True):
        names = ("country",) if len(feature.ends) == 1 else ("home_country", "partner_country")
        codes = [read_country(texts.get(name, "")) for name in names]
        named += [(spot, code) for spot, code in zip(feature.ends, codes, strict=False) if code]
    return named


def _place_points(
    points: Mapping[int, Feature],
    fields: Sequence[Fields],
    locations: Mapping[tuple[float, float], Location | None],
    reading: Reading,
) -> dict[tuple[int, int], list[tuple[Place, int]]]:
    """The places that points stand for, with their numbers, by cells of a grid."""
    found = defaultdict(list)
    for number, feature in points.items():
        texts, location = fields[number - 1], locations[feature.ends[0]]
        name = texts.get("name") or texts.get("node_id", "")
        if location is None or not name:
            reading.remark(0, "", f"{number}: {name}", "point-unusable")
            continue
        code, item = read_country(texts.get("country", "")), read_item(texts.get("wikidata_id", ""))
        people = read_people(texts.get("population", ""), 0, reading)
        place = Place(name, code, location, wikidata_id=item, population=people)
        found[_find_cell(location)].append((place, number))
    return found


def _find_cell(location: Location) -> tuple[int, int]:
    return round(location[0] / CELL), round(location[1] / CELL)


def _list_lines(
    layers: Layers,
    fields: Sequence[Fields],
    locations: Mapping[tuple[float, float], Location | None],
    reading: Reading,
) -> list[Line]:
    lines = []
    for number, (feature, texts) in enumerate(zip(layers.features, fields, strict=True), start=1):
        shown = " > ".join(filter(None, [texts.get("home_name"), texts.get("partner_name")]))
        ends = [locations[spot] for spot in feature.ends]
        if not ends:
            reading.list_row(number, "", shown, "no-line")
        elif len(ends) == 2 and None in ends:
            reading.list_row(number, "", shown, "line-off")
        elif len(ends) == 2:
            lines.append(Line(number, texts, *ends))
    return lines


def _read_line(
    line: Line,
    points: Mapping[tuple[int, int], list[tuple[Place, int]]],
    used: set[Place],
    reading: Reading,
) -> None:
    spots = [line.start, line.end]
    near = [_find_points(location, points) for location in spots]
    used.update(*near)
    if _is_reversed(line, near):
        reading.remark(line.number, "", line.fields.get("home_name", ""), "line-reversed")
        spots, near = spots[::-1], near[::-1]
    ends = [
        _name_end(side, line.fields, spot, candidates)
        for side, spot, candidates in zip(("home", "partner"), spots, near, strict=True)
    ]
    if not all(ends):
        shown = " > ".join(each.name if each else "?" for each in ends)
        reading.list_row(line.number, "", shown, "end-nameless")
        return
    dates = [_read_date(line, kind, reading) for kind in ("start", "end")]
    form = find_form(line.fields.get("form", ""))
    if line.fields.get("form") and not form:
        reading.remark(line.number, "form", line.fields["form"], "form-unknown")
    reading.statements.append(Statement(line.number, *ends, form, *dates))


def _find_points(
    location: Location, points: Mapping[tuple[int, int], list[tuple[Place, int]]]
) -> list[Place]:
    """The points at an end of a line, those in its own cell before those in the cells about it."""
    row, column = _find_cell(location)
    own = points.get((row, column), [])
    about = [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return [place for place, _ in own or [each for cell in about for each in points.get(cell, [])]]


def _is_reversed(line: Line, near: Sequence[Sequence[Place]]) -> bool:
    """Whether a line is drawn from partner to home, as points at its ends or the named countries show."""
    home, partner = (fold(line.fields.get(f"{side}_name", "")) for side in ("home", "partner"))
    at_start, at_end = ({fold(place.name) for place in candidates} for candidates in near)
    if home and partner and home != partner:
        if home in at_end and partner in at_start:
            return True
        if home in at_start or partner in at_end:
            return False
    codes = [read_country(line.fields.get(f"{side}_country", "")) for side in ("home", "partner")]
    if not all(codes) or codes[0] == codes[1]:
        return False
    as_drawn, turned = (
        sum(measure_outside(spot, code) <= FAR_KM for spot, code in zip(spots, codes, strict=True))
        for spots in ((line.start, line.end), (line.end, line.start))
    )
    return turned == 2 and as_drawn < 2


def _name_end(side: str, fields: Fields, location: Location, candidates: Sequence[Place]) -> Place | None:
    """The place at an end: by the line's own words, with what a point of that name tells; else the one point there."""
    name = fields.get(f"{side}_name", "")
    named = [place for place in candidates if not name or fold(place.name) == fold(name)]
    point = named[0] if len({place.name for place in named}) == 1 else None
    if not name and point is None:
        return None
    code = read_country(fields.get(f"{side}_country", ""))
    item = read_item(fields.get(f"{side}_wikidata_id", ""))
    if point is None:
        return Place(name, code, location, wikidata_id=item)
    return point._replace(country_code=code or point.country_code, wikidata_id=item or point.wikidata_id)


def _read_date(line: Line, kind: str, reading: Reading) -> str:
    text = line.fields.get(kind, "")
    date = read_start(text)
    if date is None:
        reading.remark(line.number, kind, text, "date-unclear")
    return date or ""


def _tell_alone(
    points: Mapping[tuple[int, int], list[tuple[Place, int]]], used: set[Place], reading: Reading
) -> None:
    for number, place in sorted((number, place) for cell in points.values() for place, number in cell):
        if place not in used:
            reading.remark(0, "", f"{number}: {place.name}", "node-alone")
