"""What ``twinning import rgre|wikidata|edges|geo`` does: make a register of a file of somebody else."""

import argparse
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.command.selection import CommandError, name_folder
from analysis.home import find_home
from analysis.publish.edition.editions import read_editions

if TYPE_CHECKING:
    from analysis.imports.foreign.bring import Brought
    from analysis.imports.foreign.statements import Reading

KINDS = {
    "rgre": "list of partnerships as the RGRE has them",
    "wikidata": "results of a query (JSON, CSV), or entities (JSON)",
    "edges": "edge list, KONECT or GraphML",
    "geo": "GeoJSON, GeoPackage or shapefile with lines",
}
ONLY = {"order": "geo", "nodes": "edges"}  # options that go with one kind
EDITION = """\
# The network of this register. Build it with: twinning report {name}
# reports/editions.toml explains every line.

[{name}]
title_de = {title}
title_en = {title}
register = "registers/{name}"
as_of = {as_of}
reports = [{{ notebook = "network", parameters = {{ city = {city} }} }}]
"""


def import_foreign(options: argparse.Namespace) -> None:
    """Make a register of a file of somebody else, and say what became of every row."""
    for name, kind in ONLY.items():
        if getattr(options, name) and options.kind != kind:
            raise CommandError(f"--{name}: goes only with twinning import {kind}. Leave it out.")
    from analysis.imports.foreign.bring import Origin, bring_register  # only now: it loads pandas

    as_of = options.as_of.isoformat() if options.as_of else ""
    said = (options.title or "", options.publisher or "", options.url or "", options.licence or "")
    done = bring_register(
        options.file,
        options.register,
        Origin(options.kind, *said, as_of),
        _find_reader(options),
        language=options.language,
        only_complete=options.only_complete,
    )
    print("\n".join([*done.notices, *done.lines]))
    print(f"every row: {options.register / 'imports' / 'import-report.xlsx'} (and .csv)")
    _tell_next(options.register, done)


def _find_reader(options: argparse.Namespace) -> Callable[[Path], "Reading"]:
    """What reads a file of this kind; only now, since each loads much."""
    from analysis.imports.foreign.edge_lists import read_edges
    from analysis.imports.foreign.geo import read_geo
    from analysis.imports.foreign.rgre import read_rgre
    from analysis.imports.foreign.wikidata import read_wikidata

    return {
        "rgre": read_rgre,
        "wikidata": read_wikidata,
        "edges": partial(read_edges, nodes=options.nodes),
        "geo": partial(read_geo, order=options.order),
    }[options.kind]


def _tell_next(register: Path, done: "Brought") -> None:
    """Say what can be done with the register, and write an edition for the notebook network where none is."""
    lacking = done.counts["incomplete"]
    if lacking:
        what = "1 place lacks" if lacking == 1 else f"{lacking} places lack"
        print(
            f"{what} country or coordinates: this is a network for the notebook network, and no register for"
        )
        print("twinning check. With --only-complete the rows with such places are listed instead.")
    else:
        print(f"  twinning check {register}")
    home = find_home()
    name = name_folder(register.name)
    is_ours = register.resolve() == (home / "registers" / name).resolve()
    file = register / "editions.toml"
    if is_ours and not file.exists() and name not in read_editions(home).by_id:
        file.write_text(_write_edition(name, done), encoding="utf-8")
    if is_ours and name in read_editions(home).by_id:
        print(f"  twinning report {name}")


def _write_edition(name: str, done: "Brought") -> str:
    title, city = (json.dumps(text, ensure_ascii=False) for text in (done.source.title, done.city))
    return EDITION.format(name=name, title=title, as_of=done.source.as_of, city=city)
