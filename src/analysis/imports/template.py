"""The workbook that an office fills in: the tables of a register as sheets, with lists to choose from."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from analysis.imports.rows import name_column
from analysis.tables.columns import Schema
from analysis.wording import Wording

WRITTEN = datetime(2000, 1, 1)  # a workbook wants a time; the same input gives the same bytes
ROWS = 1000  # to be filled in; below there are no lists to choose from, but rows are read all the same
NARROWEST = 14  # of a column, in letters
NAMES = {"de": ("Hinweise", "Beispiele", "Listen"), "en": ("Notes", "Examples", "Lists")}
YES_NO = {"de": ("ja", "nein"), "en": ("yes", "no")}
NOTES = {
    "de": (
        "Register der Städtepartnerschaften: {city}",
        "Jedes farbige Blatt ist eine Tabelle, jede Zeile ein Eintrag. Zeile 1 bleibt, wie sie ist.",
        "Zuerst ausfüllen: cities (die eigene Stadt steht schon da), partnerships, milestones. Alles andere darf leer bleiben.",
        "Kennungen sind kurze Namen aus a–z, Ziffern und Bindestrichen, die Sie frei wählen, etwa ho-chi-minh-stadt.",
        "Die Kennung einer Beziehung ist am einfachsten die des Partnerorts. In milestones und activities darf die Kennung fehlen.",
        "Daten: 23.11.1973 oder, wenn nur Monat oder Jahr bekannt sind, 09/1973 oder 1973. Länder als zwei Buchstaben: DE, FR, UA.",
        "Leere Zelle: nicht bekannt. Nie null, nie „keine“. Pflichtspalten sind fett und haben einen Stern im Hinweis der Zelle.",
        "Jede Zeile nennt eine Quelle aus dem Blatt sources. Zwei stehen schon da: office (das Büro) und activity-log (Ihre Liste).",
        "Beispiele stehen im Blatt Beispiele; sie sind erfunden und werden nicht gelesen.",
        "Keine personenbezogenen Daten: keine Namen von Privatpersonen, keine E-Mail-Adressen, keine Telefonnummern.",
        "Prüfen: twinning check registers/{name} · Bericht: twinning report {name}",
        "Eine vorhandene Liste übernehmen: twinning import log LISTE.xlsx --register registers/{name}",
    ),
    "en": (
        "Register of town twinnings: {city}",
        "Each coloured sheet is a table, each row an entry. Row 1 stays as it is.",
        "Fill in first: cities (your own city is there already), partnerships, milestones. All others may stay empty.",
        "Keys are short names of a–z, digits and hyphens that you choose, as ho-chi-minh-city.",
        "The key of a relation is best that of the partner. In milestones and activities the key may be left out.",
        "Dates: 1973-11-23 or, where only month or year are known, 1973-09 or 1973. Countries as two letters: DE, FR, UA.",
        "An empty cell: not known. Never zero, never “none”. Columns that are needed are bold, with a star in the cell's note.",
        "Every row names a source of the sheet sources. Two are there: office (yours) and activity-log (your list).",
        "Examples stand in the sheet Examples; they are fictional and are not read.",
        "No personal data: no names of private persons, no e-mail addresses, no telephone numbers.",
        "Check: twinning check registers/{name} · Report: twinning report {name}",
        "Take over a list that you have: twinning import log LIST.xlsx --register registers/{name}",
    ),
}
SOURCES = {
    "de": (("office", "Angaben des Büros"), ("activity-log", "Aktivitätenliste des Büros")),
    "en": (("office", "Statements of the office"), ("activity-log", "The office's list of activities")),
}


def write_template(city: str, name: str, schemas: Mapping[str, Schema], words: Wording) -> bytes:
    """Write the workbook of a new register.

    Parameters
    ----------
    city, name : str
        The home city, and the key of it and of its register.
    schemas : dict of str to dict
        Frictionless Table Schemas, by table.
    words : Wording
        Gives the labels and the language.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"created": WRITTEN, "title": NOTES[words.language][0].format(city=city)})
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
    notes_name, examples_name, lists_name = NAMES[words.language]
    notes = book.add_worksheet(notes_name)
    sheets = {row["table"]: (row, book.add_worksheet(row["table"])) for row in _read("sheets.csv")}
    _write_notes(notes, city, name, [row for row, _ in sheets.values()], words.language, bold)
    lists = Lists(book.add_worksheet(lists_name), words)
    for table, (row, sheet) in sheets.items():
        needed = row["needed"] == "true"
        sheet.set_tab_color("#1f4e79" if needed else "#9dc3e6")
        sheet.freeze_panes(1, 0)
        _set_page(sheet)
        for column, field in enumerate(schemas[table]["fields"]):
            is_text = field["type"] not in ("number", "integer", "year")
            width = max(NARROWEST, len(str(words.column(field["name"]))) + 3)  # bold headings are wider
            sheet.set_column(column, column, width, text if is_text else None)
            _write_header(sheet, column, field, words, bold)
            _offer(sheet, column, field, schemas[table], lists)
    _write_first_rows(sheets, schemas, city, name, words)
    _write_examples(book.add_worksheet(examples_name), schemas, name, words, bold)
    lists.sheet.hide()
    book.close()
    return content.getvalue()


class Lists:
    """The hidden sheet of lists that cells choose from; Excel takes longer ones from a sheet only."""

    def __init__(self, sheet: xlsxwriter.worksheet.Worksheet, words: Wording) -> None:
        self.sheet, self.words, self.places = sheet, words, {}

    def place(self, field: Mapping[str, Any]) -> str:
        """Write the list of a field once; the formula of its place."""
        name = "boolean" if field["type"] == "boolean" else field["name"]
        labels = [
            self.show(field, code) for code in field.get("constraints", {}).get("enum", ("true", "false"))
        ]
        key = (name, *labels)
        if key not in self.places:
            column = len(self.places)
            self.sheet.write_column(0, column, [name, *labels])
            letters = name_column(column)
            self.places[key] = f"={self.sheet.get_name()}!${letters}$2:${letters}${len(labels) + 1}"
        return self.places[key]

    def show(self, field: Mapping[str, Any], code: str) -> str:
        """Show a code as readers know it."""
        if field["type"] == "boolean":
            return YES_NO[self.words.language][code == "false"]
        is_listed = "enum" in field.get("constraints", {})
        return str(self.words.label(field["name"], code)) if is_listed else code


def _set_page(sheet) -> None:
    """Print a sheet on the width of one page, with its headings on each."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_header(sheet, column: int, field: Mapping[str, Any], words: Wording, bold) -> None:
    is_needed = field.get("constraints", {}).get("required", False)
    sheet.write_string(0, column, str(words.column(field["name"])), bold if is_needed else None)
    needed = {"de": "* Pflichtspalte.", "en": "* Needed in every row."}[words.language] if is_needed else ""
    if needed:
        sheet.write_comment(0, column, needed, {"author": "twinning"})


def _offer(sheet, column: int, field: Mapping[str, Any], schema: Schema, lists: Lists) -> None:
    """Let a cell choose: of the labels of its codes, or of the keys of another sheet."""
    options = {"error_type": "warning", "validate": "list"}
    if field["type"] == "boolean" or "enum" in field.get("constraints", {}):
        sheet.data_validation(1, column, ROWS, column, {**options, "source": lists.place(field)})
    for key in schema.get("foreignKeys", []):
        target = key["reference"]["resource"]
        if key["fields"] == [field["name"]] and target != "criteria":  # keys stand in the first column
            sheet.data_validation(1, column, ROWS, column, {**options, "source": f"={target}!$A$2:$A${ROWS}"})


def _write_first_rows(sheets, schemas: Mapping[str, Schema], city: str, name: str, words: Wording) -> None:
    home = {"city_id": name, "name_de": city, "name_en": city, "name_local": city, "source_id": "office"}
    _write_row(sheets["cities"][1], 1, home, schemas["cities"])
    for row, (key, title) in enumerate(SOURCES[words.language], start=1):
        kind = str(words.label("kind", "own"))
        _write_row(
            sheets["sources"][1],
            row,
            {"source_id": key, "title": title, "publisher": city, "kind": kind},
            schemas["sources"],
        )


def _write_row(sheet, row: int, cells: Mapping[str, str], schema: Schema) -> None:
    for column, field in enumerate(schema["fields"]):
        if field["name"] in cells:
            sheet.write_string(row, column, cells[field["name"]])


def _write_examples(sheet, schemas: Mapping[str, Schema], name: str, words: Wording, bold) -> None:
    note = {
        "de": "Erfundene Beispiele, sie werden nicht gelesen",
        "en": "Fictional examples, they are not read",
    }
    sheet.write_string(0, 0, note[words.language], bold)
    sheet.set_column(0, 30, 26)
    _set_page(sheet)
    row, last = 2, ""
    lists = Lists(sheet, words)
    for example in _read("examples.csv"):
        fields = schemas[example["table"]]["fields"]
        if example["table"] != last:
            sheet.write_string(row, 0, example["table"], bold)
            sheet.write_row(row + 1, 0, [str(words.column(field["name"])) for field in fields])
            row, last = row + 2, example["table"]
        cells = dict(cell.split("=", 1) for cell in example["cells"].format(home=name).split("|"))
        shown = {
            field["name"]: lists.show(field, cells[field["name"]])
            for field in fields
            if field["name"] in cells
        }
        _write_row(sheet, row, shown, schemas[last])
        row += 1


def _write_notes(
    sheet, city: str, name: str, tables: Sequence[Mapping[str, str]], language: str, bold
) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 110)
    _set_page(sheet)
    for row, note in enumerate(NOTES[language]):
        sheet.write_string(row, 0, note.format(city=city, name=name), bold if row == 0 else None)
    for row, table in enumerate(tables, start=len(NOTES[language]) + 1):
        sheet.write_string(row, 0, table["table"], bold if table["needed"] == "true" else None)
        sheet.write_string(row, 1, table[language])


def _read(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
