"""What ``twinning export`` does: hand a register or a network on in another format, with its licence."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.command.inputs import is_network, list_partners
from analysis.command.selection import CommandError, name_folder
from analysis.exports import FORMS
from analysis.home import find_home
from analysis.problems import did_you_mean
from analysis.publish.edition.editions import Edition, Editions, read_editions
from analysis.publish.edition.generations import PublishError

if TYPE_CHECKING:
    from analysis.exports.store import Export

_SHOWN = 5  # of those who have to be named: more would hide the licence

AddCommand = Callable[..., argparse.ArgumentParser]


def describe(added: object, add_command: AddCommand, read_day: Callable[[str], date]) -> None:
    """Describe the command for the command line; `add_command` makes a parser for it."""
    text = "hand a register or a network on: data package, GraphML, GeoPackage"
    add = add_command(added, "export", export, text).add_argument
    add("what", metavar="WHAT", help="edition, folder of tables or of an edge list, or Excel workbook")
    forms = "datapackage (CSV in a .zip), graphml or gpkg (GeoPackage)"
    add("--format", choices=list(FORMS), required=True, help=forms)
    add("--output", type=Path, metavar="FILE", help="default: named as WHAT, in this folder")
    add("--as-of", type=read_day, metavar="DATE", help="the state of which day; an edition has its own")
    more = "more tables for the data package, as activities,ratings, or all; default: what is public anyway"
    add("--tables", type=_read_names, action="extend", default=[], metavar="NAMES", help=more)
    add("--notes", action="store_true", help="with the notes of the rows, which no report prints")
    add("--overwrite", action="store_true", help="replace the file if it is there")


def _read_names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def export(options: argparse.Namespace) -> None:
    """Write a register or a network in another format, whole or not at all, and tell what is in it."""
    edition, is_own = _find(options, read_editions(find_home()))
    is_open = edition.register.is_dir() and is_network(edition.register)
    has_edges = is_open and not (edition.register / "milestones.csv").is_file()
    _refuse_options(options, is_own, has_edges)
    name = edition.edition_id + FORMS[options.format]
    path = Path(os.path.abspath(options.output or name))
    _check_target(path, options, edition.register)
    found = _collect_edges(edition) if has_edges else _collect(options, edition, is_own, is_open)
    from analysis.exports.store import write_export  # only now: it loads geopandas

    try:
        write_export(found, options.format, path)
    except OSError as error:
        raise PublishError(
            f"{path}: cannot be written ({error.strerror}). Choose another --output."
        ) from None
    print("\n".join(_tell(found, path, edition, options.format)))


def _find(options: argparse.Namespace, editions: Editions) -> tuple[Edition, bool]:
    """The edition that is asked for, or one made for a register; and whether it is the latter."""
    if options.what in editions.by_id:
        edition = editions.by_id[options.what]
        if edition.variable and not edition.register.is_dir():
            where = f"Name their folder in the environment variable {edition.variable}."
            raise CommandError(
                f"{options.what}: its data are not at {edition.register}. {edition.obtain} {where}"
            )
        return edition, False
    path = Path(os.path.abspath(options.what))
    if not os.path.exists(path):
        known = f"editions are: {', '.join(editions.by_id)}"
        hint = did_you_mean(options.what, editions.by_id) or " Name one that exists."
        raise CommandError(f"{options.what!r}: is no edition, no folder and no workbook; {known}.{hint}")
    return Edition(name_folder(path.stem), "", "", path, options.as_of or date.max, ()), True


def _refuse_options(options: argparse.Namespace, is_own: bool, has_edges: bool) -> None:
    """Refuse options that do not go together."""
    if options.as_of and not is_own:
        raise CommandError(
            "--as-of: goes only with a register. An edition has its own in reports/editions.toml."
        )
    if options.as_of and has_edges:
        raise CommandError("--as-of: links without milestones.csv tell no dates. Leave it out.")
    if is_own and not has_edges and not options.as_of:
        raise CommandError(
            "--as-of: is needed with a register, the day whose state is told. Add --as-of DATE."
        )
    for name in ("tables", "notes"):
        if getattr(options, name) and (has_edges or options.format != "datapackage"):
            raise CommandError(f"--{name}: goes only with --format datapackage and a register. Leave it out.")


def _check_target(path: Path, options: argparse.Namespace, register: Path) -> None:
    """Refuse a file that is there, that would be no file, or that would lie among the data."""
    ending = FORMS[options.format]
    if path.suffix != ending:
        raise CommandError(f"--output: is {path.name!r}, allowed is a name that ends in {ending}. Add it.")
    if not path.parent.is_dir():
        raise CommandError(f"--output: there is no folder {path.parent}. Make it, or choose another.")
    data = register.resolve()
    if data in (path.resolve(), *path.resolve().parents):
        raise CommandError(
            "--output: lies in the register, where only data are allowed. Choose another folder."
        )
    is_folder = os.path.isdir(path)  # which also takes a name too long for any file
    if is_folder or (os.path.exists(path) and not options.overwrite):
        todo = "Choose another --output" + ("." if is_folder else ", or add --overwrite.")
        raise CommandError(f"{path}: is there already, allowed is a new file. {todo}")


def _collect_edges(edition: Edition) -> "Export":
    """Read and check links that have no dates."""
    from analysis.exports.store import collect_network  # only now: it loads geopandas

    return collect_network(edition.register, edition.obtain)


def _collect(options: argparse.Namespace, edition: Edition, is_own: bool, is_open: bool) -> "Export":
    """Read and check a register, or a network that has its tables, and see that it has relations on the day."""
    from analysis.exports.store import collect_register  # only now: it loads geopandas
    from analysis.tables import read_register

    register = read_register(edition.register, is_network=is_open)
    list_partners(edition, register, is_own)  # tells if there is none
    for notice in register.notices:
        print(notice, file=sys.stderr)
    day, data = edition.as_of.isoformat(), edition.obtain
    return collect_register(register, day, options.tables, options.notes, data=data, is_network=is_open)


def _tell(found: "Export", path: Path, edition: Edition, form: str) -> list[str]:
    """Say what was written, under which licence, and what stayed behind."""
    graph, about = found.graph, found.about
    day = f", as of {about.as_of}" if about.as_of else ""
    lines = [f"{path}: {len(graph.places)} places, {len(graph.relations)} relations{day}"]
    lines += [f"licence: {about.licence}", *(f"name also: {one}" for one in about.credits[:_SHOWN])]
    if len(about.credits) > _SHOWN:
        lines.append(f"name also: {len(about.credits) - _SHOWN} more, which the file names")
    if found.left_out and form == "datapackage":
        lines.append(f"left out: {', '.join(found.left_out)} (add what may be public with --tables)")
    lines += [
        f"not in it: {other.name}, which the edition reads, too; export it by itself"
        for other in edition.extra
    ]
    return lines
