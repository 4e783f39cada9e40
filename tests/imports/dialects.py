"""Activities written as a log, in any of the ways that offices write one."""

import csv
import io
from dataclasses import dataclass
from datetime import date

import xlsxwriter
from hypothesis import strategies as st

HEADS = {
    "number": ("Nr.", "Reference"),
    "partnership_id": ("Partnerstadt", "City"),
    "start_date": ("Datum", "Date"),
    "activity_type": ("Art", "Type"),
    "direction": ("Richtung", "Direction"),
    "is_project": ("Projekt", "Project"),
    "participants": ("TN", "Participants"),
    "participants_under_27": ("davon u27", "Under 27"),
    "actor": ("Träger", "Carried by"),
    "amount_own_eur": ("Eigenmittel", "Own funds"),
    "amount_third_party_eur": ("Drittmittel", "Grants"),
    "theme": ("Thema", "Theme"),
    "title_de": ("Titel", "Titel"),
    "note_de": ("Bemerkung", "Bemerkung"),
}
SPELLINGS = {
    "kyiv": ("Kiew", "KIEV", "Kyjiw", "Kyiv", "Stadt Kiew", "Kiew (Ukraine)"),
    "gdansk": ("Danzig", "Gdansk", "danzig"),
    "lviv": ("Lemberg", "Lwiw", "Lviv"),
}
KINDS = {
    "culture": ("Konzert", "culture"),
    "delegation": ("Empfang", "Official visit"),
    "sport": ("Sport", "sport"),
}
WAYS = {"inbound": ("eingehend", "incoming"), "outbound": ("zum Partner", "to the partner"), "": ("", "–")}
THEMES = {
    "education": ("Bildung", "education"),
    "rescue_services": ("Feuerwehr", "rescue services"),
    "": ("k. A.", ""),
}
# begins with a word, so that it never says that nothing is known, as Tba does
TEXTS = st.text("abcÄöüß éñ,;\"'()/|-", max_size=12).map(lambda text: " ".join(f"Text{text}".split()))


@dataclass(frozen=True)
class Dialect:
    """How a log is written."""

    kind: str  # a separator, or xlsx
    encoding: str
    language: int  # of the heads and kinds: 0 German, 1 English
    german_numbers: bool
    days: str  # german, iso
    titles: int  # rows above the header
    gaps: bool  # an empty row between every two
    totals: bool


DIALECTS = st.builds(
    Dialect,
    st.sampled_from([";", ",", "\t", "|", "xlsx"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"]),
    st.integers(0, 1),
    st.booleans(),
    st.sampled_from(["german", "iso"]),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
)
COUNTS = st.none() | st.integers(0, 99_999)
EUROS = st.none() | st.integers(0, 10**9).map(lambda cents: cents / 100)


@st.composite
def activities(draw):
    """A few activities as `activities.csv` has them, but with numbers for numbers."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        start = date(draw(st.integers(1950, 2099)), draw(st.integers(1, 12)), 1)
        precision = draw(st.sampled_from([4, 7, 10]))
        end = (
            start.replace(day=draw(st.integers(2, 28))).isoformat()
            if precision == 10 and draw(st.booleans())
            else ""
        )
        people = draw(COUNTS)
        kind = draw(st.sampled_from(sorted(KINDS)))
        made.append(
            {
                "number": f"N-{number}",
                "partnership_id": draw(st.sampled_from(sorted(SPELLINGS))),
                "start_date": start.isoformat()[:precision],
                "end_date": end,
                "activity_type": kind,
                "direction": draw(st.sampled_from(sorted(WAYS))),
                "is_project": draw(st.booleans()),
                "participants": people,
                "participants_under_27": draw(st.integers(0, people)) if people else None,
                "actor": draw(TEXTS),
                "amount_own_eur": draw(EUROS),
                "amount_third_party_eur": draw(EUROS),
                "theme": draw(st.sampled_from(sorted(THEMES))),
                "title_de": draw(TEXTS),
                "note_de": draw(TEXTS),
            }
        )
    return made


def show_number(value, dialect):
    """A number with thousands and, for money, two decimals."""
    if value is None:
        return ("k. A.", "–", "")[dialect.titles % 3]
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f} €"
    return text.translate(str.maketrans(",.", ".,")) if dialect.german_numbers else text


def show_day(edtf, dialect):
    """A date as precise as it is."""
    return ".".join(reversed(edtf.split("-"))) if dialect.days == "german" else edtf


def show_row(row, heads, dialect, choice):
    """The cells of an activity."""
    cells = {
        **row,
        "partnership_id": SPELLINGS[row["partnership_id"]][choice % len(SPELLINGS[row["partnership_id"]])],
        "start_date": " - ".join(
            show_day(day, dialect) for day in (row["start_date"], row["end_date"]) if day
        ),
        "activity_type": KINDS[row["activity_type"]][dialect.language],
        "direction": WAYS[row["direction"]][dialect.language],
        "theme": THEMES[row["theme"]][dialect.language],
        "is_project": (("ja", "yes") if row["is_project"] else ("nein", "no"))[dialect.language],
    }
    return [
        show_number(cells[head], dialect) if head.startswith(("amount", "participants")) else cells[head]
        for head in heads
    ]


def write_log(rows, dialect, heads, choice):
    """Write activities as a log; the name of a file and its bytes."""
    lines = [[f"Liste der Aktivitäten {number}"] for number in range(dialect.titles)]
    lines.append([HEADS[head][dialect.language] for head in heads])
    for row in rows:
        lines += [[""] * len(heads)] * dialect.gaps + [show_row(row, heads, dialect, choice)]
    if dialect.totals:
        lines.append(["Summe", *[""] * (len(heads) - 1)])
    if dialect.kind == "xlsx":
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as book:
            sheet = book.add_worksheet("Liste")
            for number, line in enumerate(lines):
                for column, cell in enumerate(line):
                    sheet.write_string(number, column, cell)
        return "log.xlsx", content.getvalue()
    text = io.StringIO()
    csv.writer(text, delimiter=dialect.kind).writerows(lines)
    return "log.csv", text.getvalue().encode(dialect.encoding)
