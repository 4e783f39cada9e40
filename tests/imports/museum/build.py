"""Builds the museum of logs: python tests/imports/museum/build.py (needs LibreOffice, about 15 seconds).

LibreOffice writes every workbook and most text files from ``sources.txt``; openpyxl writes what LibreOffice cannot (a
formula without a stored value); what no program writes on purpose (a broken quote, a lost letter) is written as bytes.
All activities are fictional. What each file must give stands in ``expected.txt``.

In ``sources.txt``, ``== name`` begins a file, ``-- name`` a sheet, and cells are separated by ``|``. A cell is text but
for ``#`` a number, ``@`` a day, ``?`` true or false, ``=`` a formula; it spans ``>2`` columns or ``^3`` rows at its end.
A row that begins with ``~`` is hidden, and a sheet whose name ends in ``(hidden)``.
"""

import re
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

HERE = Path(__file__).parent
OWN = ("build.py", "sources.txt", "expected.txt")
UTF8, CP1252, UTF16 = 76, 1, 65535  # character sets as LibreOffice numbers them
CSV = "csv:Text - txt - csv (StarCalc):{separator},34,{charset},1,,0,{quote_all},true,false,false,false"
FODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="D"><number:day number:style="long"/><number:text>.</number:text><number:month
 number:style="long"/><number:text>.</number:text><number:year number:style="long"/></number:date-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="D"/>
<style:style style:name="shown" style:family="table"><style:table-properties table:display="true"/></style:style>
<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document>"""
TEXTS = {  # name: book, separator, character set, quotes around every text
    "semicolon-utf8.csv": ("plain", ";", UTF8, False),
    "comma-utf8.csv": ("plain", ",", UTF8, False),
    "tab-utf8.tsv": ("plain", "\t", UTF8, False),
    "pipe-utf8.txt": ("plain", "|", UTF8, False),
    "semicolon-cp1252.csv": ("plain", ";", CP1252, False),
    "comma-cp1252-quoted.csv": ("plain", ",", CP1252, True),
    "tab-utf16.txt": ("plain", "\t", UTF16, False),
    "titles.csv": ("titles", ";", CP1252, False),
}
NOT_XLSX = {"plain", "own-numbers", "yes-no", "pages"}
ODS = [
    "typed",
    "titles",
    "years",
    "partners",
    "hidden",
    "merged-partner",
    "own-numbers",
    "yes-no",
    "pages",
    "places",
    "errors",
]
XLS = ["typed", "titles", "years", "partners", "hidden", "dates"]
SPAN = re.compile(r"(.*?)(?:>([0-9]))?(?:\^([0-9]))?", re.DOTALL)


def read_sources():
    """The sources as flat OpenDocument files, by name."""
    books = (HERE / "sources.txt").read_text(encoding="utf-8").split("== ")[1:]
    return {book.partition("\n")[0]: FODS.format(sheets=write_sheets(book)) for book in books}


def write_sheets(book):
    """The sheets of a source."""
    made = []
    for sheet in book.split("\n-- ")[1:]:
        name, _, rows = sheet.rstrip().partition("\n")
        style = "gone" if name.endswith(" (hidden)") else "shown"
        lines = "".join(map(write_row, rows.split("\n")))
        name = escape(name.removesuffix(" (hidden)"))
        made.append(f'<table:table table:name="{name}" table:style-name="{style}">{lines}</table:table>')
    return "".join(made)


def write_row(row):
    """A row of a sheet."""
    state = ' table:visibility="collapse"' if row.startswith("~ ") else ""
    cells = "".join(write_cell(cell.strip()) for cell in row.removeprefix("~ ").split("|"))
    return f"<table:table-row{state}>{cells}</table:table-row>"


def write_cell(cell):
    """A cell of a row."""
    kind, value = cell[:1], escape(cell[1:])
    if kind == "":
        return "<table:table-cell/>"
    if kind == "?":
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{value}"/>'
    if kind == "#":
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if kind == "@":
        return (
            f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{value}"/>'
        )
    if kind == "=":
        return f'<table:table-cell table:formula="of:={value}"/>'
    text, wide, high = SPAN.fullmatch(cell).groups()
    span = f' table:number-columns-spanned="{wide or 1}" table:number-rows-spanned="{high or 1}"'
    shown = f"<text:p>{escape(text)}</text:p>"
    return f'<table:table-cell office:value-type="string"{span}>{shown}</table:table-cell>'


def convert(sources, to, folder):
    """Let LibreOffice write files of another kind."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(folder),
        *map(str, sources),
    ]
    subprocess.run(command, check=True, capture_output=True)


def write_bytes():
    """The files that no program writes on purpose, or only Excel does."""
    text = (HERE / "semicolon-utf8.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    cases = {
        "semicolon-utf8-bom.csv": text.encode("utf-8-sig"),  # as "CSV UTF-8" of Excel
        "semicolon-utf16-without-bom.csv": text.encode("utf-16-le"),
        "sep-hint.csv": ("sep=;\r\n" + text).encode("cp1252"),  # as Excel likes it
        "old-mac-lines.csv": text.replace("\r\n", "\n").replace("\n", "\r").encode(),
        "line-in-cell.csv": text.replace("Kiewer Tage", '"Kiewer\nTage"').encode(),
        "separator-in-cell.csv": text.replace("Kiewer Tage", "Kiewer; Tage").encode(),
        "short-rows.csv": text.replace(";Erstes Konzert", "").encode(),
        "broken-quote.csv": text.replace("Kiewer Tage", '"Kiewer" Tage').encode(),
        "open-quote.csv": text.replace("Kiewer Tage", '"Kiewer Tage').encode(),
        "lost-letter.csv": text.replace("Erstes", "Er\ufffdtes").encode(),
        "header-only.csv": (lines[0] + "\n").encode(),
        "no-header.csv": "\n".join(lines[1:]).encode(),
        "empty.csv": b"",
        "page-of-html.xls": b"<html><body><table><tr><td>Datum</td></tr></table></body></html>",
        "noise.csv": bytes((n * n * 37 + n) % 256 for n in range(2000)),
        "truncated.xlsx": (HERE / "typed.xlsx").read_bytes()[:3000],
        "truncated.ods": (HERE / "typed.ods").read_bytes()[:3000],
        "truncated.xls": (HERE / "typed.xls").read_bytes()[:3000],
    }
    for name, content in cases.items():
        (HERE / name).write_bytes(content)


def write_formulas():
    """A workbook whose formulas have no stored value, as programs write it; LibreOffice always stores one."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(("Datum", "Partner", "Art", "Kosten", "Titel"))
    sheet.append(("07.09.2018", "Kiew", "Konzert", "=2*500", "Chor"))
    sheet.append(("08.09.2018", "Kiew", "Konzert", 10, "Lauf"))
    sheet.append(("Gesamt", None, None, "=SUM(D2:D3)", None))
    sheet.append(("09.09.2018", "Kiew", "Konzert", "#REF!", "Fehler"))
    sheet["D5"].data_type = "e"
    made.save(HERE / "formulas-not-stored.xlsx")


def main():
    """Write every file of the museum."""
    for old in HERE.iterdir():
        if old.is_file() and old.name not in OWN:
            old.unlink()
    books = read_sources()
    workbooks = {"xlsx": [name for name in books if name not in NOT_XLSX], "ods": ODS, "xls": XLS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source, text in books.items():
            (folder / f"{source}.fods").write_text(text, encoding="utf-8")
        for kind, sources in workbooks.items():
            convert([folder / f"{source}.fods" for source in sources], kind, folder)
            for source in sources:
                (folder / f"{source}.{kind}").replace(HERE / f"{source}.{kind}")
        for target, (source, separator, charset, quoted) in TEXTS.items():
            to = CSV.format(separator=ord(separator), charset=charset, quote_all=str(quoted).lower())
            convert([folder / f"{source}.fods"], to, folder)
            (folder / f"{source}.csv").replace(HERE / target)
    write_bytes()
    write_formulas()


if __name__ == "__main__":
    main()
