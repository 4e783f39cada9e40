"""Write the tables of a document, and the data of its figures, as CSV files with a description for machines."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from analysis.publish.document.addresses import safe_address
from analysis.publish.document.blocks import Column, Document, Table
from analysis.publish.document.datasets import as_csv, list_datasets
from analysis.publish.forms.html import PageContext
from analysis.wording import Wording

PACKAGE = "datapackage.json"

_CODE = re.compile(r"[A-Za-z0-9._-]+")  # of a licence, as CC-BY-4.0
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REMARK_DE = (
    "Werte wie im Register: Anteile von 0 bis 1, Daten nach EDTF (1973, 1973-09, 1973-11-23), leer = keine Angabe "
    "gefunden. Texte, die mit = + - @ beginnen, bleiben Texte: In Excel öffnet man die Arbeitsmappe statt der CSV-Dateien."
)
_REMARK_EN = (
    "Values as in the register: shares from 0 to 1, dates in EDTF (1973, 1973-09, 1973-11-23), empty = nothing found. "
    "Texts that begin with = + - @ stay texts: in Excel, open the workbook instead of the CSV files."
)


def write_data_package(document: Document, context: PageContext, folder: Path) -> bool:
    """
    Write the data of a document as a Frictionless data package.

    Parameters
    ----------
    document : Document
        Each table becomes ``table-1.csv``, the data of each figure ``figure-1.csv``, as
        `analysis.publish.document.datasets.as_csv` writes them: data as they are, also texts that look like formulas.
    context : PageContext
    folder : Path
        Folder to make; nothing is written for a document without tables and figures.

    Returns
    -------
    bool
        Whether there was something to write.
    """
    datasets = list(list_datasets(document))
    if not datasets:
        return False
    folder.mkdir(parents=True)
    resources = []
    for name, title, table in datasets:
        content = as_csv(table).encode("utf-8")
        (folder / f"{name}.csv").write_bytes(content)
        resources.append(_describe_file(name, title, table, content))
    package = _describe_package(document, context, folder.parts[-1 - context.depth :])
    text = json.dumps(package | {"resources": resources}, ensure_ascii=False, indent=2)
    (folder / PACKAGE).write_text(text + "\n", encoding="utf-8", newline="\n")
    return True


def _describe_package(document: Document, context: PageContext, names: Iterable[str]) -> dict[str, object]:
    remark = Wording(context.language).text(_REMARK_DE, _REMARK_EN)
    package: dict[str, object] = {
        "name": "-".join([context.edition, *names]).replace(".", "-").lower(),
        "title": document.title,
        "description": f"{document.summary} {remark}",
        "edition": context.edition_title,
        "as_of": context.as_of,
        "language": context.language,
    }
    sources = [
        {"title": one.title} | ({"path": address} if (address := safe_address(one.url)) else {})
        for one in document.sources
    ]
    if context.licence:
        code, title, address = context.licence
        code = code if _CODE.fullmatch(code) else ""
        named = {"name": code or "other"} if code or not address else {}  # it wants a name or a path
        package["licenses"] = [{**named, "title": title} | ({"path": address} if address else {})]
    marked = {"keywords": [context.mark]} if context.mark else {}
    return package | marked | ({"sources": sources} if sources else {})


def _describe_file(name: str, title: str, table: Table, content: bytes) -> dict[str, object]:
    fields = [
        {"name": column.name, "title": column.title, **_describe_type(column, table, at)}
        for at, column in enumerate(table.columns)
    ]
    return {
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _describe_type(column: Column, table: Table, at: int) -> dict[str, str]:
    """The type of a column and its unit; what is not all of one type is text."""
    values = [row[at].value for row in table.rows if row[at].value is not None]
    kinds = {type(value) for value in values}
    if kinds == {bool}:
        return {"type": "boolean"}
    if kinds and kinds <= {int, float}:
        unit = {"unit": column.unit} if column.unit else {}
        return {"type": "integer" if kinds == {int} else "number"} | unit
    if column.kind == "date":
        is_whole = values and all(_DAY.fullmatch(str(value)) for value in values)
        return {"type": "date"} if is_whole else {"type": "string", "description": "EDTF"}
    return {"type": "string"}
