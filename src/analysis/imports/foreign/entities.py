"""Entities of Wikidata as its JSON has them: statements on partner cities with qualifiers, ranks and precisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.imports.foreign.cities import agree
from analysis.imports.foreign.json_files import dig
from analysis.imports.foreign.statements import Location, Place, Reading, Statement
from analysis.imports.foreign.values import make_location, read_country, read_item, read_whole
from analysis.imports.foreign.wikidata_values import EARTH, read_time

TWINNED, COUNTRY, ISO_CODE = "P190", "P17", "P297"
POINT, POPULATION, MOMENT = "P625", "P1082", "P585"
START, END = "P580", "P582"
Entity = Mapping[str, Any]


def collect_entities(documents: list[Any]) -> dict[str, Entity]:
    """
    The entities of documents of any form: Special:EntityData, a list, or one to a line; empty if there are none.

    Several records of one entity are joined, so that no statement is lost.
    """
    found: dict[str, Entity] = {}
    for document in documents:
        inner = dig(document, "entities")
        several = list(inner.values()) if isinstance(inner, dict) else document
        for each in several if isinstance(several, list) else [several]:
            item, claims = dig(each, "id"), dig(each, "claims")
            has_claims = isinstance(claims, dict) or claims == []  # an empty object, as PHP writes it
            if isinstance(item, str) and read_item(item) == item and has_claims:
                found[item] = _join(found[item], each) if item in found else each
    return found


def _join(first: Entity, second: Entity) -> Entity:
    """Put the statements of two records of one entity in one; of its labels the first in each language holds."""
    names = dict.fromkeys(name for each in (first, second) for name in dig(each, "claims") or ())
    claims = {name: [*_claims(first, name), *_claims(second, name)] for name in names}
    labels: dict[str, Any] = {}
    for each in (second, first):
        given = dig(each, "labels")
        labels |= given if isinstance(given, dict) else {}
    return {**first, "claims": claims, "labels": labels}


def read_entities(entities: Mapping[str, Entity], reading: Reading) -> None:
    """Turn the statements of entities into ours, numbered in their order; what is none is listed in `reading`."""
    places: dict[str, Place] = {}
    for item, entity in entities.items():
        for claim in _claims(entity, TWINNED):
            reading.read += 1
            number = reading.read
            target = dig(claim, "mainsnak", "datavalue", "value", "id")
            reason = _find_fault(claim, target)
            if reason:
                reading.list_row(number, TWINNED, f"{item} {target or ''}".strip(), reason)
                continue
            for each in (item, target):
                if each not in places:
                    places[each] = _describe(each, entities, number, reading)
            start, _ = _read_date(claim, START, number, reading)
            end, has_ended = _read_date(claim, END, number, reading)
            ends = places[item], places[target]
            statement = Statement(number, *ends, "partnership", start, end, has_ended, is_own_reading=True)
            reading.statements.append(statement)


def _claims(entity: Entity, name: str) -> list[Any]:
    claims = dig(entity, "claims", name)
    return claims if isinstance(claims, list) else []


def _best(entity: Entity, name: str) -> list[Any]:
    """The values of the statements of the best rank."""
    for rank in ("preferred", "normal"):
        found = [claim for claim in _claims(entity, name) if dig(claim, "rank") == rank]
        values = [dig(claim, "mainsnak", "datavalue", "value") for claim in found]
        if found:
            return [value for value in values if value is not None]
    return []


def _find_fault(claim: Any, target: Any) -> str:
    if dig(claim, "rank") == "deprecated":
        return "deprecated"
    return "" if isinstance(target, str) and read_item(target) == target else "no-item"


def _describe(item: str, entities: Mapping[str, Entity], number: int, reading: Reading) -> Place:
    """The place of an item; one that is not in the file is known by its id alone."""
    entity = entities.get(item)
    if entity is None:
        reading.tell_place(number, item, "item-absent")
        return Place(item, wikidata_id=item)
    labels = _read_labels(entity)
    name = next((labels[language] for language in ("mul", "en", "de") if language in labels), "")
    name = name or (labels[min(labels)] if labels else item)
    if name == item:
        reading.tell_place(number, item, "label-bare")
    people, year = _read_population(entity, name, number, reading)
    return Place(
        name,
        _find_country(entity, entities),
        _find_location(entity, name, number, reading),
        wikidata_id=item,
        population=people,
        population_year=year,
        name_de=labels.get("de", ""),
        name_en=labels.get("en", ""),
    )


def _read_labels(entity: Entity) -> dict[str, str]:
    labels = dig(entity, "labels")
    given = labels.items() if isinstance(labels, dict) else ()
    texts = {language: dig(label, "value") for language, label in given}
    return {
        language: text.strip() for language, text in texts.items() if isinstance(text, str) and text.strip()
    }


def _find_country(entity: Entity, entities: Mapping[str, Entity]) -> str:
    """The code of the one country of an item, as far as the file holds the country; else the coordinates decide."""
    codes = set()
    for value in _best(entity, COUNTRY):
        country = entities.get(str(dig(value, "id")), {})
        given = [str(code) for code in _best(country, ISO_CODE)] + list(_read_labels(country).values())
        codes |= {next(filter(None, map(read_country, given)), "")}
    return codes.pop() if len(codes) == 1 else ""


def _find_location(entity: Entity, name: str, number: int, reading: Reading) -> Location | None:
    found: set[Location] = set()
    for value in _best(entity, POINT):
        degrees = [dig(value, key) for key in ("latitude", "longitude")]
        is_earth = read_item(str(dig(value, "globe") or EARTH)) == EARTH
        if is_earth and all(isinstance(each, int | float) for each in degrees):
            location = make_location(*degrees)
            found |= {location} if location else set()
    return min(found) if found and agree(found, name, number, reading) else None


def _read_population(
    entity: Entity, name: str, number: int, reading: Reading
) -> tuple[int | None, int | None]:
    """The latest number of inhabitants and its year; none where several are the latest."""
    known = set()
    for claim in _claims(entity, POPULATION):
        people = read_whole(str(dig(claim, "mainsnak", "datavalue", "value", "amount")).lstrip("+"))
        if people is not None and dig(claim, "rank") != "deprecated":
            moments = [dates for dates in _read_times(claim, MOMENT) if dates[0]]
            known.add((int(moments[0][0][:4]) if moments else 0, people))
    if len(known) > 1:
        shown = ", ".join(f"{people} ({year or '?'})" for year, people in sorted(known)[:5])
        reading.tell_place(number, name, "populations-several", numbers=shown)
    latest = [pair for pair in known if pair[0] == max(known)[0]]
    return (latest[0][1], latest[0][0] or None) if len(latest) == 1 else (None, None)


def _read_times(claim: Any, name: str) -> Iterator[tuple[str, str]]:
    """Dates of a qualifier, each with the code of a remark; one that nobody knows is empty, without a remark."""
    snaks = dig(claim, "qualifiers", name)
    for snak in snaks if isinstance(snaks, list) else []:
        if dig(snak, "snaktype") == "somevalue":
            yield "", ""
        elif dig(snak, "snaktype") == "value":
            time, precision = (dig(snak, "datavalue", "value", key) for key in ("time", "precision"))
            yield read_time(str(time), precision if isinstance(precision, int) else 0)


def _read_date(claim: Any, name: str, number: int, reading: Reading) -> tuple[str, bool]:
    """The first start or last end of a statement, and whether there is one that nobody knows."""
    times = list(_read_times(claim, name))
    for _, remark in times:
        if remark:
            reading.remark(
                number, name, str(dig(claim, "qualifiers", name, 0, "datavalue", "value", "time")), remark
            )
    dates = sorted({date for date, _ in times} - {""})
    if len(dates) > 1:
        reading.remark(number, name, ", ".join(dates), "dates-several")
    chosen = (dates[0] if name == START else dates[-1]) if dates else ""
    return chosen, bool(times) and not chosen
