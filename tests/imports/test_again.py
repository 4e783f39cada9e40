"""A second import: what is new, unchanged, changed, gone, and what is never overwritten."""

from pathlib import Path

import pytest
from imports.museum_register import make_register, read_rows

from analysis.imports.store import import_log
from analysis.problems import DataError

HEAD = "Datum;Partner;Art;TN;Titel\n"
ONE, TWO, THREE = "2018;Kiew;Konzert;10;Chor\n", "2019;Lyon;Konzert;20;Orgel\n", "2020;Brünn;Sport;5;Lauf\n"


@pytest.fixture
def register(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return make_register(Path("register"))


def bring(register, *rows, head=HEAD, **options):
    """Import a log of these rows; the counts, and the titles and people in the register."""
    Path("log.csv").write_text(head + "".join(rows), encoding="utf-8")
    counts = import_log(Path("log.csv"), register, language="en", **options).counts
    rows = [f"{row['title_de']} {row['participants']}" for row in read_rows(register / "activities.csv")]
    return counts, rows


def findings(register, outcome):
    rows = read_rows(register / "imports/import-report.csv")
    return [
        f"{row['row']} {row['column']} {row['value']}: {row['reason']}"
        for row in rows
        if row["outcome"] == outcome and row["reason_code"]
    ]


def test_a_changed_row_replaces_the_earlier_one_and_is_shown(register):
    bring(register, ONE, TWO)
    counts, rows = bring(register, ONE, TWO.replace(";20;", ";25;"))
    assert (counts["unchanged"], counts["changed"], counts["new"]) == (1, 1, 0)
    assert rows == ["Chor 10", "Orgel 25"]
    assert findings(register, "changed") == ["3 participants 25: other than at the last import: was '20'"]


def test_a_row_that_is_gone_stays_and_is_said(register):
    bring(register, ONE, TWO)
    counts, rows = bring(register, TWO, THREE)
    assert (counts["new"], counts["unchanged"], counts["kept"]) == (1, 1, 1)
    assert rows == ["Chor 10", "Orgel 20", "Lauf 5"]
    assert findings(register, "kept") == ["  Chor: is not in this file and stays in the register"]


def test_a_row_that_is_gone_is_removed_on_demand_and_said(register):
    bring(register, ONE, TWO)
    counts, rows = bring(register, TWO, remove_missing=True)
    assert counts["removed"] == 1
    assert rows == ["Orgel 20"]
    assert findings(register, "removed") == ["  Chor: was not in the file and was removed"]


def test_neither_the_name_of_the_file_nor_the_order_of_rows_matters(register):
    bring(register, ONE, TWO, THREE)
    before = (register / "activities.csv").read_bytes()
    Path("log.csv").rename("other.csv")
    Path("other.csv").write_text(HEAD + THREE + ONE + TWO, encoding="utf-8")
    import_log(Path("other.csv"), register)
    assert (register / "activities.csv").read_bytes() == before


def test_two_logs_with_numbers_of_their_own_do_not_overwrite_each_other(register):
    head = "Nr.;Datum;Partner;Art;TN;Titel\n"
    bring(register, "1;" + ONE, "2;" + TWO, head=head)
    counts, rows = bring(register, "1;" + THREE, "2;" + TWO, head=head)
    assert (counts["accepted"], counts["listed"], counts["read"]) == (1, 1, 2)
    assert rows == ["Chor 10", "Orgel 20"]
    assert findings(register, "listed") == [
        "2 number 1: at the last import the number stood for another activity (kyiv 2018 Chor)"
    ]


def test_a_number_of_another_year_is_not_a_change_even_of_the_same_partner(register):
    head = "Nr.;Datum;Partner;Art;TN;Titel\n"
    bring(register, "1;" + ONE, head=head)
    counts, rows = bring(register, "1;03.05.2019;Kiew;Sport;7;Turnier\n", head=head)
    assert (counts["listed"], counts["changed"], rows) == (1, 0, ["Chor 10"])
    lines = import_log(Path("log.csv"), register, language="en").lines
    assert "listed: 1 x at the last import the number stood for another activity" in lines


@pytest.mark.parametrize(
    "row",
    ["07.09.2018;Kiew;Konzert;10;Orgel", "2019;Kiew;Konzert;10;Chor", "2018;Lyon;Konzert;10;Chor"],
)
def test_a_corrected_date_title_or_partner_is_a_change_of_the_same_number(register, row):
    head = "Nr.;Datum;Partner;Art;TN;Titel\n"
    bring(register, "1;" + ONE, head=head)
    counts, rows = bring(register, f"1;{row}\n", head=head)
    assert (counts["listed"], counts["changed"], len(rows)) == (0, 1, 1)


def test_a_number_without_title_and_with_another_date_is_asked_about(register):
    head = "Nr.;Datum;Partner;Art\n"
    Path("log.csv").write_text(head + "1;2018;Kiew;Konzert\n", encoding="utf-8")
    import_log(Path("log.csv"), register)
    Path("log.csv").write_text(head + "1;2019;Kiew;Konzert\n", encoding="utf-8")
    assert import_log(Path("log.csv"), register).counts["listed"] == 1
    assert [row["start_date"] for row in read_rows(register / "activities.csv")] == ["2018"]


def test_an_activity_whose_row_is_listed_is_not_taken_for_missing(register):
    bring(register, ONE, TWO)
    before = (register / "activities.csv").read_bytes()
    with pytest.raises(DataError) as error:
        bring(register, ONE, TWO.replace(";20;", ";über 20;"), "Summe;;;30;\n", remove_missing=True)
    allowed = "allowed with --remove-missing are logs without, as their activities would be removed"
    todo = "Import it without --remove-missing, correct the rows that the report lists, and import again."
    assert error.value.problems == [f"log.csv: has 1 listed row, {allowed}. {todo}"]
    assert (register / "activities.csv").read_bytes() == before
    assert bring(register, ONE, "Summe;;;10;\n", remove_missing=True)[1] == ["Chor 10"]


def test_a_log_that_comes_again_with_other_numbers_is_told_to_count_twice(register):
    head = "Nr.;Datum;Partner;Art;TN;Titel\n"
    bring(register, "1;" + ONE, "2;" + TWO, head=head)
    Path("log.csv").write_text(head + "A-1;" + ONE + "A-2;" + TWO + "A-3;" + THREE, encoding="utf-8")
    what = (
        "2 new activities are the same as of an earlier import, but for the number or the name of the sheet"
    )
    todo = "If this file stands for the earlier one, import it with --remove-missing."
    assert import_log(Path("log.csv"), register).notices == [f"log.csv: {what}, and both now count. {todo}"]
    done = import_log(Path("log.csv"), register, remove_missing=True)
    assert (done.notices, done.counts["removed"]) == ([], 2)


def test_numbers_can_be_left_aside(register):
    head = "Nr.;Datum;Partner;Art;TN;Titel\n"
    bring(register, "1;" + ONE, head=head)
    assert [row["activity_id"] for row in read_rows(register / "activities.csv")] == ["1"]
    Path("mapping.csv").write_text("field,text,code,remark\nidentity,,content,\n")
    _, rows = bring(register, "1;" + THREE, head=head, mapping=Path("mapping.csv"), remove_missing=True)
    assert rows == ["Lauf 5"]
    assert read_rows(register / "activities.csv")[0]["activity_id"].startswith("brno-2020-")


def test_activities_that_no_import_made_are_never_overwritten(register):
    (register / "activities.csv").write_text("activity_id,title_de\nown,Own\n")
    before = (register / "activities.csv").read_bytes()
    with pytest.raises(DataError) as error:
        bring(register, ONE)
    fault = "was not made by an import or was changed since, allowed is what the last import wrote"
    todo = "Put your changes into the log, and move this file away."
    assert error.value.problems == [f"register/activities.csv: {fault}. {todo}"]
    assert (register / "activities.csv").read_bytes() == before


def test_activities_changed_by_hand_are_never_overwritten(register):
    bring(register, ONE)
    file = register / "activities.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Chor", "Choir"), encoding="utf-8")
    with pytest.raises(DataError, match="was changed since"):
        bring(register, ONE)


def test_a_sourced_register_is_never_written_not_even_through_a_link(register):
    data = Path(__file__).parents[2] / "data/leipzig"
    before = (data / "activities.csv").read_bytes()
    Path("link").symlink_to(data)
    with pytest.raises(DataError, match="is a sourced register, allowed for an import are registers/NAME"):
        bring(Path("link"), ONE)
    assert (data / "activities.csv").read_bytes() == before


def test_a_source_that_the_register_lacks_is_told(register):
    with pytest.raises(DataError) as error:
        bring(register, ONE, source_id="activity-lag")
    fault = "has no source 'activity-lag', which the activities rest on. Did you mean 'activity-log'?"
    todo = "Add a row 'activity-lag' to the table sources, or name another with --source."
    assert error.value.problems == [f"register: {fault} {todo}"]


def test_a_folder_that_takes_no_files_is_told_and_nothing_is_left_behind(register):
    bring(register, ONE)
    before = (register / "activities.csv").read_bytes()
    (register / "imports/import-report.xlsx").unlink()
    (register / "imports/import-report.xlsx").mkdir()
    with pytest.raises(DataError) as error:
        bring(register, TWO)
    assert error.value.problems[0].endswith(
        "cannot be written (Is a directory). Close the file in Excel, or free the folder."
    )
    assert (register / "activities.csv").read_bytes() == before
    assert list(register.rglob("*.part")) == []


def test_a_person_is_neither_carrier_nor_department_nor_giver(register):
    text = (
        "Datum;Partner;Art;Träger;Amt;Geldgeber\n2018;Kiew;Konzert;Hr. Erfunden;Frau Erfunden;Dr. Erfunden\n"
    )
    Path("log.csv").write_text(text, encoding="utf-8")
    import_log(Path("log.csv"), register, language="en")
    (row,) = read_rows(register / "activities.csv")
    assert (row["actor"], row["department"], row["funder"]) == ("", "", "")
    assert findings(register, "remark") == [
        f"2 {column} …: name of a person not imported" for column in ("actor", "department", "funder")
    ]
    for file in (register / "activities.csv", *(register / "imports").glob("*.csv")):
        assert "Erfunden" not in file.read_text(encoding="utf-8")
