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

    name = _name_edition(options.register)
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
    _tell_lacking(options.register, done)
    if name:
        _tell_edition(options.register, name, done)


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


def _name_edition(register: Path) -> str:
    """The edition of a register in the folder `registers`, empty for others; CommandError if it is another's."""
    home = find_home()
    name = name_folder(register.name)
    if register.resolve() != (home / "registers" / name).resolve():
        return ""
    edition = read_editions(home).by_id.get(name)
    if edition and edition.register.resolve() != register.resolve():
        fault = "is named as an edition of another register, allowed are other names"
        raise CommandError(f"registers/{name}: {fault}. Name another folder with --register.")
    return name


def _tell_lacking(register: Path, done: "Brought") -> None:
    """Say whether the register is one for `twinning check`, or a network only."""
    lacking = done.counts["incomplete"]
    if lacking:
        what = "1 place lacks" if lacking == 1 else f"{lacking} places lack"
        print(
            f"{what} country or coordinates: this is a network for the notebook network, and no register for"
        )
        print("twinning check. With --only-complete the rows with such places are listed instead.")
    else:
        print(f"  twinning check {register}")


def _tell_edition(register: Path, name: str, done: "Brought") -> None:
    """Write an edition for the notebook network where none is, and say how it is built and of which day it is."""
    file = register / "editions.toml"
    if not file.exists() and name not in read_editions(find_home()).by_id:
        file.write_text(_write_edition(name, done), encoding="utf-8")
    edition = read_editions(find_home()).by_id.get(name)
    if edition is None:
        return
    if edition.as_of.isoformat() != done.source.as_of:
        print(
            f"the edition {name} stays as of {edition.as_of}, the register is as of {done.source.as_of} now:"
        )
        print(f"change as_of in {file} for reports of that day.")
    print(f"  twinning report {name}")


def _write_edition(name: str, done: "Brought") -> str:
    title, city = (json.dumps(text, ensure_ascii=False) for text in (done.source.title, done.city))
    return EDITION.format(name=name, title=title, as_of=done.source.as_of, city=city)
