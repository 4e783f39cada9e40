"""The data of a report as CSV."""

from analysis.publish.document.blocks import Cell, Citation, Column, Document, Figure, Plain, Table
from analysis.publish.document.datasets import as_csv, list_datasets

COLUMNS = (
    Column("name", "Stadt", "text", "left"),
    Column("active_share", "Anteil aktiv", "share", "right"),
    Column("is_open", "offen", "boolean", "left"),
    Column("source_id", "Quelle", "source", "left"),
)
ROWS = (
    (
        Cell("Kiew", "Kiew"),
        Cell("62 %", 0.62),
        Cell("ja", True),
        Cell("", "seed", citations=(Citation("seed", 1),)),
    ),
    (Cell('=1+1, "x"', '=1+1, "x"'), Cell("k. A."), Cell("nein", False), Cell("k. A.")),
)


def test_csv_holds_raw_values_and_no_language():
    table = Table(1, "table-1", "Tabelle 1", (Plain("Städte"),), COLUMNS, ROWS)
    assert as_csv(table) == (
        'name,active_share,is_open,source_id\nKiew,0.62,true,seed\n"=1+1, ""x""",,false,\n'
    )


def test_tables_and_figures_are_listed_in_order():
    data = Table(None, "figure-1-data", "", (), COLUMNS, ROWS)
    figure = Figure(1, "figure-1", "Abbildung 1", (Plain("Bild"),), "Balken", "<svg/>", 10, 10, data)
    table = Table(1, "table-1", "Tabelle 1", (Plain("Städte"),), COLUMNS, ROWS)
    document = Document("T", "S", (Plain("S"),), "de", (figure, table), ())
    assert list(list_datasets(document)) == [
        ("figure-1", "Abbildung 1: Bild", data),
        ("table-1", "Tabelle 1: Städte", table),
    ]
