"""Logs that nobody thought of: nothing is lost, nothing changed, and every file gets an answer."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from imports.dialects import DIALECTS, HEADS, activities, write_log
from imports.museum_register import make_register, read_rows

from analysis.imports.log import read_log
from analysis.imports.meanings import Meanings
from analysis.imports.store import import_log
from analysis.problems import DataError
from analysis.tables import read_register
from analysis.tables.register import read_schemas

ROOT = Path(__file__).parents[2]
MUSEUM = Path(__file__).parent / "museum"
CELLS = st.sampled_from(
    [
        "",
        " ",
        "07.09.2018",
        "2018",
        "Sommer",
        "Kiew",
        "Atlantis",
        "Konzert",
        "Projekt",
        "Summe",
        "ja",
        "5",
        "ca. 5",
        "1.234,50 €",
    ]
    + [
        "k. A.",
        "–",
        "Datum",
        "Partner",
        "Art",
        "a@example.org",
        "=A1",
        "#REF!",
        "\ufffd",
        "x" * 300,
        "Herr X",
        "-1",
        "\u202e",
        "𝔘",
    ]
)
SLOW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    return make_register(tmp_path_factory.mktemp("properties") / "register")


@pytest.fixture(scope="module")
def meanings(register):
    return Meanings(read_register(register), read_schemas(ROOT / "data/schema")["activities"], None)


def read(path, meanings):
    words = (meanings.names, meanings.places, meanings.codes)
    return read_log(path, *words, source_id="activity-log", by_number=True)


def write_number(value):
    return "" if value is None else str(int(value)) if float(value).is_integer() else repr(value)


@given(activities(), DIALECTS, st.permutations(sorted(HEADS)), st.integers(0, 5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_as_a_log_is_read_again(meanings, tmp_path, rows, dialect, heads, choice):
    name, content = write_log(rows, dialect, heads, choice)
    (tmp_path / name).write_bytes(content)
    log = read(tmp_path / name, meanings)
    assert [each.reason for each in log.findings if each.outcome == "listed"] == ["total"] * dialect.totals
    assert log.read == len(log.accepted) + log.listed == len(rows) + dialect.totals
    expected = {
        **{
            name: [row[name] for row in rows]
            for name in ("partnership_id", "start_date", "end_date", "activity_type")
        },
        **{
            name: [row[name] for row in rows]
            for name in ("direction", "theme", "actor", "title_de", "note_de")
        },
        **{
            name: [write_number(row[name]) for row in rows]
            for name in ("participants", "participants_under_27")
        },
        **{
            name: [write_number(row[name]) for row in rows]
            for name in ("amount_own_eur", "amount_third_party_eur")
        },
        "is_project": [str(row["is_project"]).lower() for row in rows],
        "activity_id": [row["number"].lower() for row in rows],
    }
    assert {name: log.activities[name] for name in expected} == expected


@given(st.lists(st.lists(CELLS, max_size=7), max_size=8))
@SLOW
def test_no_row_is_ever_lost(register, tmp_path, rows):
    head = ["Datum", "Partner", "Art", "TN", "Kosten", "Projekt", "Titel"]
    lines = [head, *rows]
    text = "\n".join(";".join(line) for line in lines)
    (tmp_path / "log.csv").write_text(text + "\n", encoding="utf-8")
    for old in (register / "imports", register / "activities.csv"):
        if old.is_dir():
            for file in old.iterdir():
                file.unlink()
        elif old.exists():
            old.unlink()
    counts = import_log(tmp_path / "log.csv", register).counts
    assert counts["read"] == counts["accepted"] + counts["listed"]
    assert counts["read"] + counts["empty"] + counts["title"] + counts["header"] == len(lines)
    assert counts["accepted"] == len(read_register(register)["activities"])
    report = read_rows(register / "imports/import-report.csv")
    told = {row["row"] for row in report if row["outcome"] in ("listed", "new") and row["row"]}
    assert len(told) == counts["read"]


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xef\xbb\xbf"]),
)
@SLOW
def test_random_bytes_get_one_clear_message(meanings, tmp_path, content, start):
    (tmp_path / "log.xlsx").write_bytes(start + content)
    with pytest.raises(DataError) as error:
        read(tmp_path / "log.xlsx", meanings)
    assert len(error.value.problems) == 1
    assert ", allowed " in error.value.problems[0]


@pytest.mark.parametrize("name", ["typed.xlsx", "typed.ods"])
def test_a_workbook_cut_off_anywhere_gets_one_clear_message(name, meanings, tmp_path):
    content = (MUSEUM / name).read_bytes()
    for length in range(0, len(content), len(content) // 20):
        (tmp_path / name).write_bytes(content[:length])
        with pytest.raises(DataError) as error:
            read(tmp_path / name, meanings)
        assert len(error.value.problems) == 1
        assert "is no workbook or is damaged" in error.value.problems[0] or not length


def pack(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in parts.items():
            with package.open(name, "w", force_zip64=True) as file:
                for block in part:
                    file.write(block)
    return content.getvalue()


def test_an_archive_that_unpacks_beyond_the_limit_is_not_unpacked(meanings, tmp_path):
    bomb = pack(
        **{
            "xl/workbook.xml": [b"<workbook/>"],
            "xl/worksheets/sheet1.xml": [b" " * 2**24] * 65,
        }
    )
    assert len(bomb) < 2**23
    (tmp_path / "log.xlsx").write_bytes(bomb)
    with pytest.raises(DataError) as error:
        read(tmp_path / "log.xlsx", meanings)
    assert error.value.problems[0].endswith("is too large when unpacked, allowed is 1 GB. Split the log.")


def test_a_sheet_that_repeats_a_row_a_million_times_is_not_read(meanings, tmp_path):
    source = (MUSEUM / "typed.ods").read_bytes()
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        parts = {
            name: [package.read(name)] for name in package.namelist() if name in ("mimetype", "content.xml")
        }
    xml = parts["content.xml"][0]
    start = xml.index(b"<table:table-row", xml.index(b"<table:table-row") + 10)
    attribute = b' table:number-rows-repeated="9000000"'
    parts["content.xml"] = [xml[: start + 16] + attribute + xml[start + 16 :]]
    (tmp_path / "log.ods").write_bytes(pack(**parts))
    with pytest.raises(DataError) as error:
        read(tmp_path / "log.ods", meanings)
    assert "allowed are 20 million cells a sheet" in error.value.problems[0]


def test_a_log_that_is_larger_than_any_office_has_is_not_read(meanings, tmp_path):
    with (tmp_path / "log.csv").open("wb") as file:
        file.truncate(501 * 1024**2)
    with pytest.raises(DataError, match="is larger than 500 MB, allowed is 500 MB. Split the log."):
        read(tmp_path / "log.csv", meanings)
