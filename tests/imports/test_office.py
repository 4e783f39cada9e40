"""The path of an office, with no code touched: a new register, a log brought in, checked, and reports built."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from analysis.cli import main

REPOSITORY = Path(__file__).parents[2]
LOG = """\
Aktivitäten 2024 der Stadt Musterhausen (erfunden);;;;;;
;;;;;;
Datum;Partnerstadt;Art;TN;Kosten;Titel;Ansprechpartner
07.- 09.09.2024;Beispielstadt;Schüleraustausch;45;1.234,50 €;Austausch der Gymnasien;A. Erfunden
30.11.2024;Exempleville;Konzert;ca. 200;–;Chöre beider Städte;A. Erfunden
Mai 2024;Atlantis;Delegation;8;;Besuch;A. Erfunden
Summe;;;253;1.234,50 €;;
"""
ROWS = [  # sheet, then what a person types below which heading
    (
        "cities",
        {"Kennung des Ortes": "musterhausen", "Land": "DE", "Breite (Grad)": 51.3, "Länge (Grad)": 12.4},
    ),
    ("cities", {"Kennung des Ortes": "musterhausen", "Gebiet mehrerer Gemeinden": "nein"}),
    (
        "cities",
        {
            "Kennung des Ortes": "beispielstadt",
            "Name (deutsch)": "Beispielstadt",
            "Name (englisch)": "Sampleton",
            "Name vor Ort": "Exempleville",
            "Land": "FR",
            "Breite (Grad)": 45.7,
            "Länge (Grad)": 4.8,
            "Gebiet mehrerer Gemeinden": "nein",
            "Quelle": "office",
        },
    ),
    (
        "partnerships",
        {
            "Kennung der Beziehung": "beispielstadt",
            "Eigene Stadt": "musterhausen",
            "Kennung des Partners": "beispielstadt",
            "Ebene": "Gesamtstadt",
            "Reichweite": "international",
            "Quelle": "office",
        },
    ),
    (
        "milestones",
        {
            "Kennung der Beziehung": "beispielstadt",
            "Datum": "23.11.1973",
            "Ereignis": "Vertrag unterzeichnet",
            "Form": "Partnerschaft",
            "Eigene Lesart": "nein",
            "Quelle": "office",
        },
    ),
]


@pytest.fixture
def office(tmp_path, monkeypatch, capsys):
    """An office's copy of the project, and the command in it: exit code, output, messages."""
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    for folder in ("schema", "reference", "leipzig"):
        shutil.copytree(REPOSITORY / "data" / folder, home / "data" / folder)
    shutil.copytree(REPOSITORY / "notebooks", home / "notebooks")
    (home / "reports").mkdir()
    shutil.copy(REPOSITORY / "reports/editions.toml", home / "reports")
    monkeypatch.setenv("TWINNING_HOME", str(home))
    monkeypatch.chdir(home)

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as leave:  # of argparse
            code = leave.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def fill_in(path, rows):
    """Type rows into the workbook: into the row that has the first cell already, else into the next one."""
    book = openpyxl.load_workbook(path)
    for name, cells in rows:
        sheet = book[name]
        places = {cell.value: cell.column for cell in sheet[1]}
        (heading, first), *_ = cells.items()
        lines = [line for line in range(2, 50) if sheet.cell(line, places[heading]).value in (None, first)]
        for heading, cell in cells.items():
            sheet.cell(lines[0], places[heading], cell)
    book.save(path)


def bring_in(office):
    """A new register, filled in, with the log imported; the last answer."""
    assert office("new", "Musterhausen", "--as-of", "2025-06-30")[0] == 0
    fill_in("registers/musterhausen/musterhausen.xlsx", ROWS)
    Path("log.csv").write_bytes(LOG.encode("cp1252"))
    return office("import", "log", "log.csv", "--register", "registers/musterhausen")


def test_a_new_register_says_what_to_do_next(office):
    code, out, err = office("new", "Musterhausen", "--as-of", "2025-06-30")
    assert (code, err) == (0, "")
    assert "musterhausen.xlsx: fill it in, its first sheet says how. Then:\n" in out
    assert out.endswith("  twinning check registers/musterhausen\n  twinning report musterhausen\n")
    assert (
        "\nmusterhausen: Town twinnings: Musterhausen\n  as of 2025-06-30, register registers/musterhausen, not built"
        in (office("list")[1])
    )
    code, out, err = office("check", "registers/musterhausen")
    assert code == 3
    assert "sheet cities, line 2, column country_code: is empty, allowed is a value. Fill it in.\n" in err
    assert "sheet partnerships: has no rows, " in err


def test_the_path_of_an_office(office):
    code, out, err = bring_in(office)
    assert code == 0
    assert err == (
        "log.csv: is not UTF-8 and was read as Windows-1252 (as 'Aktivitäten'). "
        "Check the special letters, and save it as 'CSV UTF-8'.\n"
    )
    assert out == (
        "log.csv: 4 Zeilen gelesen = 2 übernommen + 2 gelistet "
        "(daneben: Zeilen über einer Kopfzeile 1, Kopfzeilen 1, leere Zeilen 1).\n"
        "übernommen: 2 neu, 0 unverändert, 0 geändert.\n"
        "gelistet: 1 x Summenzeile\n"
        "gelistet: 1 x keine Partnerstadt des Registers heißt so\n"
        "nie übernommen, personenbezogene Daten: Ansprechpartner\n"
        "jede Zeile: registers/musterhausen/imports/import-report.xlsx (und .csv)\n"
        "Zuordnung: registers/musterhausen/imports/mapping.csv "
        "(offene Fragen: 1; Spalte code ausfüllen und noch einmal importieren)\n"
    )
    code, out, err = office("check", "registers/musterhausen")
    assert (code, err) == (0, "")
    assert out.startswith("registers/musterhausen: no problems in ")
    assert "(activities 2, cities 2, milestones 1, partnerships 1)" in out
    code, out, err = office(
        "report", "musterhausen", "--notebook", "partner", "--language", "de", "--format", "html"
    )
    assert code == 0, err
    page = Path("reports/musterhausen.draft/partner/beispielstadt.de.html").read_text(encoding="utf-8")
    assert "Beispielstadt" in page
    assert "Erfunden" not in page


def test_the_answer_to_a_question_is_kept(office):
    bring_in(office)
    mapping = Path("registers/musterhausen/imports/mapping.csv")
    text = mapping.read_text(encoding="utf-8-sig")
    mapping.write_text(
        text.replace("partner;Atlantis;;", "partner;Atlantis;beispielstadt;"), encoding="cp1252"
    )
    code, out, _ = office(
        "import", "log", "log.csv", "--register", "registers/musterhausen", "--language", "en"
    )
    assert code == 0
    assert out == (
        "log.csv: 4 rows read = 3 accepted + 1 listed (beside them: rows above a header 1, headers 1, empty rows 1).\n"
        "accepted: 1 new, 2 unchanged, 0 changed.\n"
        "listed: 1 x row of totals\n"
        "never imported, personal data: Ansprechpartner\n"
        "every row: registers/musterhausen/imports/import-report.xlsx (and .csv)\n"
        "mapping: registers/musterhausen/imports/mapping.csv (no open questions)\n"
    )


@pytest.mark.edition
def test_an_office_builds_every_form(office):
    bring_in(office)
    code, _, err = office("report", "musterhausen")
    assert code == 0, err
    built = {path.name for path in Path("reports/musterhausen/partner").glob("beispielstadt.*")}
    forms = ("html", "pdf", "docx", "xlsx")
    assert built >= {f"beispielstadt.{language}.{form}" for language in ("de", "en") for form in forms}


REFUSED = {
    ("new", "Leipzig 2026"): (
        2,
        "twinning: registers/leipzig-2026: is named as an edition. Choose another name with --name.\n",
    ),
    ("new", "X", "--as-of", "gestern"): (
        2,
        "argument --as-of: is 'gestern', allowed is a date as 2026-11-01\n",
    ),
    ("import", "plan", "x.csv", "--register", "x"): (
        2,
        "invalid choice: 'plan' (choose from 'log', 'rgre', 'wikidata', 'edges', 'geo')\n",
    ),
    ("import", "log", "none.csv", "--register", "nowhere"): (
        3,
        (
            "nowhere: is no folder, allowed for an import is the folder of a register. "
            "Put it into a folder registers/NAME and name that folder.\n"
        ),
    ),
    ("import", "log", "none.csv", "--register", "data/leipzig"): (
        3,
        (
            "data/leipzig: is a sourced register, allowed for an import are registers/NAME. "
            "Make one of your own: twinning new CITY.\n"
        ),
    ),
}


@pytest.mark.parametrize(("arguments", "answer"), REFUSED.items(), ids=map(" ".join, REFUSED))
def test_what_cannot_be_done_is_told(office, arguments, answer):
    code, out, err = office(*arguments)
    assert (code, out) == (answer[0], "")
    assert err.endswith(answer[1])


def test_an_edition_of_a_register_has_a_name_of_its_own(office):
    office("new", "Musterhausen")
    file = Path("registers/musterhausen/editions.toml")
    file.write_text(
        file.read_text(encoding="utf-8").replace("[musterhausen]", "[leipzig-2026]"), encoding="utf-8"
    )
    code, _, err = office("list")
    assert code == 2
    assert err == (
        "twinning: registers/musterhausen/editions.toml, [leipzig-2026]: is an edition already. Choose another name.\n"
    )


def test_a_register_is_never_made_twice(office):
    office("new", "Köln")
    assert sorted(path.name for path in Path("registers/koeln").iterdir()) == ["editions.toml", "koeln.xlsx"]
    code, _, err = office("new", "Koeln")
    assert code == 2
    assert err == (
        "twinning: registers/koeln: is there already, allowed are new registers. "
        "Choose another name with --name, or go on in that folder.\n"
    )
