"""A workbook reads like the folder of CSV files that it stands for, and what its cells hide is told."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tiny_tables import ACTIVITIES, REFERENCE, REGISTER, read_tiny, write_files

from analysis.tables import DataError, read_register
from analysis.tables.workbooks import WorkbookError, read_workbook

TYPED = {"true": True, "false": False, "1961": 1961.0, "40": 40, "12": 12.0, "1234.5": 1234.5}
ODS = """<?xml version="1.0"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="cities"><table:table-row>{}</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def make_workbook(files, change=lambda workbook: None):
    """Bytes of a workbook with one sheet per CSV text, numbers and booleans as Excel keeps them."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, text in files.items():
        sheet = workbook.create_sheet(name.removesuffix(".csv"))
        for row in csv.reader(io.StringIO(text)):
            sheet.append([TYPED.get(cell, cell) for cell in row])
    change(workbook)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def read(content, name="register.xlsx"):
    Path(name).write_bytes(content)
    return read_register(name, write_files(Path("reference"), REFERENCE))


def problems_of(content, name="register.xlsx"):
    with pytest.raises(DataError) as error:
        read(content, name)
    return error.value.problems


def put(sheet, cell, value, number_format=None):
    """A change of one cell, for make_workbook."""

    def change(workbook):
        workbook[sheet][cell] = value
        workbook[sheet][cell].number_format = number_format or workbook[sheet][cell].number_format

    return change


def pack_ods(cells):
    content = io.BytesIO()
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", ODS.format(cells))
    return content.getvalue()


def test_a_workbook_reads_like_its_csv_files():
    files = {**REGISTER, "activities.csv": ACTIVITIES}
    from_folder, from_workbook = read_tiny(Path(), files), read(make_workbook(files))
    assert from_workbook.name == "register"
    for name in from_folder:
        pd.testing.assert_frame_equal(from_workbook[name], from_folder[name])


@pytest.mark.parametrize("day", [date(1990, 10, 3), datetime(1990, 10, 3)])
def test_a_date_of_excel_is_a_day(day):
    register = read(make_workbook(REGISTER, put("milestones", "C2", day)))
    assert register["milestones"]["date"].tolist() == ["1990-10-03"]
    assert register.notices == []


def test_a_date_of_excel_on_the_first_of_a_month_may_be_a_month():
    register = read(make_workbook(REGISTER, put("milestones", "C2", date(1973, 9, 1), "mmm yy")))
    assert register["milestones"]["date"].tolist() == ["1973-09-01"]
    assert register.notices == [
        (
            "register.xlsx: has dates of Excel on the first of a month (as 1973-09-01). "
            "Where only the month is known, format the cell as text and write 1973-09."
        )
    ]


def test_empty_sheets_and_a_readme_are_left_alone():
    def add(workbook):
        workbook.create_sheet("Tabelle1")
        workbook.create_sheet("README").append(["How we keep this register"])

    assert read(make_workbook(REGISTER, add)).home["city_id"] == "leipzig"


def add_sheet(title):
    return lambda workbook: workbook.create_sheet(title).append(["text"])


def number_with_error(workbook):
    workbook["cities"]["F2"] = "#REF!"
    workbook["cities"]["F2"].data_type = "e"


PROBLEMS = {
    "a sheet missing": (
        lambda workbook: workbook.remove(workbook["milestones"]),
        (
            "register.xlsx: has no table milestones, allowed are registers with cities, partnerships, milestones. "
            "Add it."
        ),
    ),
    "a sheet unknown": (
        add_sheet("raitings"),
        (
            "register.xlsx, sheet 'raitings': is no table of a register, allowed are those of data/README.md. "
            "Did you mean 'ratings'?"
        ),
    ),
    "an error cell": (
        number_with_error,
        (
            "register.xlsx, sheet cities, line 2, column latitude: is '#REF!', allowed are values. "
            "Repair the formula or write its value."
        ),
    ),
    "a formula never computed": (
        put("cities", "F2", "=1+50"),
        (
            "register.xlsx, sheet cities, line 2, column latitude: is '=1+50', allowed are values. "
            "Repair the formula or write its value."
        ),
    ),
    "a moment": (
        put("milestones", "C2", datetime(1990, 10, 3, 12, 30)),
        (
            "register.xlsx, sheet milestones, line 2, column date: is '1990-10-03T12:30:00', allowed is a year, "
            "a month or a day, as 1973, 1973-09 or 1973-11-23. Write 1990-10-03."
        ),
    ),
    "a share shown in percent": (
        put("cities", "F2", 512.0, "0 %"),
        (
            "register.xlsx, sheet cities, line 2, column latitude: is '512', allowed are numbers from -90 to 90. "
            "Correct it."
        ),
    ),
    "a cell beside the table": (
        put("milestones", "J2", "remark"),
        (
            "register.xlsx, sheet milestones, line 2: has 10 cells, allowed are 7 as in line 1. "
            "Put a text with a comma into double quotes."
        ),
    ),
    "a cell far away": (
        put("cities", "XFD1048576", "x"),
        (
            "register.xlsx: has a cell far outside the table, allowed are 20 million cells a sheet. "
            "Delete what stands there."
        ),
    ),
}


@pytest.mark.parametrize(("change", "problem"), PROBLEMS.values(), ids=PROBLEMS.keys())
def test_a_broken_workbook_tells_what_to_do(change, problem):
    assert problems_of(make_workbook(REGISTER, change)) == [problem]


@pytest.mark.parametrize(
    "content", [b"", b"not a workbook", b"PK\x03\x04 cut short", b"\xd0\xcf\x11\xe0" * 300]
)
@pytest.mark.parametrize("name", ["register.xlsx", "register.xls", "register.ods"])
def test_a_damaged_workbook_is_told(name, content):
    assert problems_of(content, name) == [
        f"{name}: is no workbook or is damaged, allowed are .xlsx, .xls and .ods. Open it and save it again."
    ]


def test_a_workbook_cut_off_anywhere_is_told():
    content = make_workbook(REGISTER)
    for length in range(0, len(content), 397):
        with pytest.raises(WorkbookError, match="^is no workbook or is damaged"):
            read_workbook(content[:length])


def test_a_workbook_with_a_password_is_told():
    # What Office makes of a password: an OLE container with the stream EncryptedPackage.
    protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    assert problems_of(protected) == [
        "register.xlsx: has a password, allowed are open workbooks. Save it without the password."
    ]


def test_an_open_document_reads_like_a_workbook_of_excel():
    cells = (
        '<table:table-cell office:value-type="float" office:value="2018"/>'
        '<table:table-cell office:value-type="date" office:date-value="1990-10-03"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="string"><text:p>Grünau</text:p></table:table-cell>'
    )
    assert read_workbook(pack_ods(cells)) == ({"cities": [["2018", "1990-10-03", "true", "Grünau"]]}, [])


def test_an_error_in_an_open_document_is_told():
    cell = '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
    assert problems_of(pack_ods(cell), "register.ods") == [
        (
            "register.ods: has cells that show an error, allowed are values. "
            "Repair the formulas or write the values."
        )
    ]
