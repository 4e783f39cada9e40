"""Little notebooks for the tests of documents and pages."""

import nbformat
import pandas as pd

GLOSSARY = """field,code,de,en,definition_de,definition_en
column,name,Stadt,City,,
column,first_date,Beginn,Since,,
column,first_year,Jahr,Year,,
column,distance_km,Entfernung (km),Distance (km),,
column,amount_eur,Betrag (€),Amount (€),,
column,active_share,Anteil aktiv,Share active,,
column,is_open,offen,open,,
column,form,Form,Form,,
column,source_id,Quelle,Source,,
form,cooperation,Kooperation,Cooperation,,
"""

SOURCES = pd.DataFrame(
    {
        "source_id": ["seed", "paper-2021", "bad", "club"],
        "title": ["Evaluation 2020", "<b>Zeitung</b>", "Ohne Adresse", "Was nun?"],
        "publisher": ["Stadt Leipzig", "LVZ", "Niemand", "Verein e. V."],
        "date": ["2020-10-14", "2021-07", None, None],
        "url": ["https://www.leipzig.de/?a=1&b=2", "http://lvz.de/", "javascript:alert(1)", None],
        "accessed_date": ["2026-11-20", None, None, None],
        "kind": ["council_paper", "press", "own", "association"],
    }
)

HOSTILE = [
    "<script>alert(1)</script>",
    '" onload="x',
    "[@seed]",
    "[text](javascript:alert(1))",
    "x" * 10_000,
    "*nicht* _fett_ `code` # kein Titel",
    "👩‍👩‍👧 עברית \u202eumgekehrt",
    "{{ 7 * 7 }} {% raw %}",
]


def opening(page):
    page.sources(SOURCES)
    page.title("Titel", "Title")
    page.summary("Kurz gesagt.", "In brief.")


def code(outputs, source="page.say(…)", tags=()):
    """A code cell that kept these outputs."""
    return nbformat.v4.new_code_cell(source, outputs=outputs, metadata={"tags": list(tags)})


def markdown(source, *tags):
    """A Markdown cell with tags."""
    return nbformat.v4.new_markdown_cell(source, metadata={"tags": list(tags)})
