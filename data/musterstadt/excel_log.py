"""Write Musterstadt's log as an office keeps it in Excel: a sheet for each year, and the dirt of fifteen years."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Mapping
from pathlib import Path
from random import Random

from details import Row, draw_int, pick
from draw import SEED, Place
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

GLOSSARY = Path(__file__).resolve().parents[1] / "reference" / "glossary.csv"
MADE_UP = "Fiktive Daten / fictional data"
CREATED = datetime.datetime(2026, 1, 1)

# Heading of each column in the three forms that the office has used, from that year on; an empty one is an empty column.
FORMS = {
    2011: {
        "partner": "Partnerstadt", "date": "Datum", "title": "Was", "activity_type": "Art", "direction": "Richtung",
        "participants": "Teilnehmer", "participants_under_27": "davon unter 27", "is_project": "Projekt (ja/nein)",
        "actor": "Träger", "actor_type": "Art des Trägers", "department": "Amt", "amount_planned_eur": "Plan (€)",
        "amount_own_eur": "Eigenmittel (€)", "amount_third_party_eur": "Drittmittel (€)", "funder": "Geldgeber",
        "theme": "Thema",
    },
    2015: {
        "number": "Nr.", "partner": "Partner", "start": "Von", "end": "Bis", "title": "Bezeichnung",
        "activity_type": "Art der Aktivität", "": "", "direction": "Richtung", "participants": "Teilnehmende",
        "participants_under_27": "U27", "is_project": "Projekt", "actor": "Träger", "actor_type": "Trägerart",
        "department": "Fachamt", "theme": "Thema", "amount_planned_eur": "geplant €", "amount_own_eur": "Eigenmittel €",
        "amount_third_party_eur": "Drittmittel €", "funder": "Mittelgeber",
    },
    2020: {
        "number": "lfd. Nr.", "partner": "Partnerstadt", "start": "Beginn", "end": "Ende", "title": "Titel",
        "activity_type": "Art", "theme": "Thema", "direction": "Richtung", "is_project": "Projekt",
        "participants": "Teilnehmende", "participants_under_27": "Teilnehmende unter 27", "actor": "Träger",
        "actor_type": "Art des Trägers", "department": "Fachamt", "amount_planned_eur": "Geplant (EUR)",
        "amount_own_eur": "Eigenmittel (EUR)", "amount_third_party_eur": "Drittmittel (EUR)", "funder": "Geldgeber",
    },
}  # fmt: skip
TITLE_ROWS = {
    2011: 3,
    2015: 1,
    2020: 2,
}  # merged rows above the headings, with a blank one after the first of them
CODED = ("activity_type", "direction", "actor_type", "theme")
MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
          "Dezember")  # fmt: skip
PEOPLE = ("participants", "participants_under_27")
MONEY = ("amount_planned_eur", "amount_own_eur", "amount_third_party_eur")
NOTHING = ("", "", "", "–", "k. A.")


def write_log(path: Path, activities: list[Row], places: Mapping[str, Place], aliases: list[Row]) -> None:
    """Write the workbook, a sheet for each year in which activities begin; the same rows give the same bytes."""
    spellings = {name: [row["spelling"] for row in aliases if row["city_id"] == name] for name in places}
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        labels = {(row["field"], row["code"]): row["de"] for row in csv.DictReader(file)}
    with Workbook(path) as book:
        book.set_properties({"title": MADE_UP, "subject": MADE_UP, "keywords": MADE_UP, "created": CREATED})
        formats = {
            "date": book.add_format({"num_format": "dd.mm.yyyy"}),
            "title": book.add_format({"bold": True}),
        }
        for year in sorted({row["start_date"][:4] for row in activities}):
            own = [row for row in activities if row["start_date"].startswith(year)]
            _write_sheet(book.add_worksheet(year), formats, int(year), [
                _dirty(row, Random(f"{SEED}/log/{row['activity_id']}"), number, places, spellings, labels)
                for number, row in enumerate(own, 1)
            ])  # fmt: skip


def _write_sheet(sheet: Worksheet, formats: dict, year: int, rows: list[dict]) -> None:
    since = max(start for start in FORMS if start <= year)
    columns, top = FORMS[since], TITLE_ROWS[since]
    title = f"Musterstadt: Aktivitäten mit Partnern {year} – {MADE_UP}"
    sheet.merge_range(0, 0, 0, 7, title, formats["title"])
    sheet.write_row(top, 0, columns.values())
    for number, row in enumerate(rows, top + 1):
        for column, name in enumerate(columns):
            value = row.get(name, "")
            if isinstance(value, datetime.date):
                sheet.write_datetime(number, column, value, formats["date"])
            elif value != "":
                sheet.write(number, column, value)
        if row["is_hidden"]:
            sheet.set_row(number, None, None, {"hidden": True})
    _write_totals(sheet, list(columns), top + 1, top + len(rows))


def _write_totals(sheet: Worksheet, columns: list[str], first: int, last: int) -> None:
    """A line of sums, as formulas that no program has computed yet."""
    sheet.write(last + 2, 0, "Summe")
    for name in ("participants", "amount_own_eur"):
        column, letter = columns.index(name), chr(ord("A") + columns.index(name))
        sheet.write_formula(last + 2, column, f"=SUM({letter}{first + 1}:{letter}{last + 1})", None, "")


def _dirty(row: Row, random: Random, number: int, places, spellings, labels) -> dict:
    """One row as somebody typed it; nothing is lost but the English title."""
    name = places[row["partnership_id"]].name_de
    spelling = pick(random, spellings[row["partnership_id"]]) if random.random() < 0.12 else name
    start, end = _type_day(row["start_date"], random), _type_day(row["end_date"], random)
    return {
        "number": f"{row['start_date'][:4]}-{number:03d}",
        "partner": spelling + (" " if random.random() < 0.03 else ""),
        "date": _type_period(row["start_date"], row["end_date"], random),
        "start": start,
        "end": end,
        "title": row["title_de"] + ("  " if random.random() < 0.02 else ""),
        "is_project": "ja" if row["is_project"] == "true" else "nein",
        "is_hidden": random.random() < 0.004,
        **{field: labels.get((field, row[field]), "") for field in CODED},
        **{field: _type_number(row[field], random, field in MONEY) for field in (*PEOPLE, *MONEY)},
        **{field: row[field] for field in ("actor", "department", "funder")},
    }


def _type_day(date: str, random: Random):
    """A date for a column of dates: a cell of Excel, sometimes its bare serial number or text."""
    if date.count("-") < 2:
        return _type_short(date)
    day, chance = datetime.date.fromisoformat(date), random.random()
    if chance < 0.02:
        return (day - datetime.date(1899, 12, 30)).days
    return f"{day:%d.%m.%Y}" if chance < 0.15 else day


def _type_short(date: str) -> str:
    """A month or year (or nothing) in words."""
    return f"{MONTHS[int(date[5:]) - 1]} {date[:4]}" if "-" in date else date


def _type_period(start: str, end: str, random: Random) -> str:
    """Begin and end in one cell of text."""
    if start.count("-") < 2:
        return _type_short(start)
    first, last = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end or start)
    if first == last:
        return f"{first:%d.%m.%Y}"
    joint = pick(random, (".- ", ". - ", ".–", ". bis "))
    if first.year != last.year:
        return f"{first:%d.%m.%Y} - {last:%d.%m.%Y}"
    return (
        f"{first:%d.%m}{joint}{last:%d.%m.%Y}"
        if first.month != last.month
        else f"{first:%d}{joint}{last:%d.%m.%Y}"
    )


def _type_number(number: str, random: Random, is_money: bool):
    """A number as a cell, or as text with its unit, its "ca." or a word for none."""
    chance = random.random()
    if not number:
        return NOTHING[draw_int(random, 0, len(NOTHING) - 1)]
    if is_money and chance < 0.2:
        return f"{float(number):,.2f} €".translate(str.maketrans(",.", ".,"))
    return f"ca. {number}" if not is_money and chance < 0.12 else float(number)
