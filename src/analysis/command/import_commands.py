"""What ``twinning new`` and ``twinning import`` do: make a register of the user's, and bring files into one."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from analysis.command.foreign_commands import KINDS, import_foreign
from analysis.command.selection import CommandError, name_folder
from analysis.home import find_home
from analysis.publish.edition.editions import Report, read_editions

ALREADY = (
    "is there already, allowed are new registers. Choose another name with --name, or go on in that folder."
)
EDITION = """\
# The reports of this register. Build them with: twinning report {name}
# as_of is the day whose state is told; reports/editions.toml explains every line.

[{name}]
title_de = {title_de}
title_en = {title_en}
register = "registers/{name}"
as_of = {as_of}
reports = [
{reports}
]
"""

AddCommand = Callable[..., argparse.ArgumentParser]


def describe(added: object, add_command: AddCommand, read_day: Callable[[str], date]) -> None:
    """Describe the two commands for the command line; `add_command` makes a parser for one."""
    make = add_command(added, "new", new, "make a register to fill in, with an edition for it")
    make.add_argument("city", metavar="CITY", help="the home city, as 'Musterstadt'")
    make.add_argument("--language", choices=["de", "en"], default="de", help="of the workbook; default: de")
    make.add_argument("--name", help="of the folder below registers; default: made of the city")
    make.add_argument("--as-of", type=read_day, metavar="DATE", help="day of the reports; default: today")
    _describe_import(
        add_command(added, "import", bring_in, "bring a list of others into a register"), read_day
    )


def _describe_import(bring: argparse.ArgumentParser, read_day: Callable[[str], date]) -> None:
    """Describe what ``twinning import`` understands: an activity log, or a register of somebody else."""
    kinds = "; ".join(f"{kind}: {what}" for kind, what in KINDS.items())
    bring.add_argument(
        "kind", choices=["log", *KINDS], help=f"log: activities (.xlsx, .xls, .ods, CSV); {kinds}"
    )
    bring.add_argument("file", type=Path, metavar="FILE")
    where = "folder of the register; all but log make it"
    bring.add_argument("--register", type=Path, metavar="PATH", required=True, help=where)
    spoken = "of the import report and of what is printed; default: de"
    bring.add_argument("--language", choices=["de", "en"], default="de", help=spoken)
    log = bring.add_argument_group("a log of activities")
    mapping = "what columns, partners and kinds mean; default: imports/mapping.csv of the register"
    log.add_argument("--mapping", type=Path, metavar="FILE", help=mapping)
    source = "source of the activities, a row of the table sources; default: activity-log"
    log.add_argument("--source", metavar="ID", help=source)
    gone = "drop activities of earlier imports that the file lacks"
    log.add_argument("--remove-missing", action="store_true", help=gone)
    _describe_foreign(bring.add_argument_group("a register of somebody else"), read_day)


def _describe_foreign(other: "argparse._ArgumentGroup", read_day: Callable[[str], date]) -> None:
    """Describe where a register comes from, and how it is read."""
    other.add_argument("--title", help="of the source; default: the name of the file")
    other.add_argument("--publisher", metavar="NAME", help="who published it")
    other.add_argument("--url", metavar="ADDRESS", help="where it was published")
    other.add_argument(
        "--licence", metavar="NAME", help="as CC-BY-4.0; default: not stated, for wikidata CC0-1.0"
    )
    state = "the state of which day it tells; default: today"
    other.add_argument("--as-of", type=read_day, metavar="DATE", help=state)
    complete = "list rows with a place without country or coordinates; default: keep them for the network"
    other.add_argument("--only-complete", action="store_true", help=complete)
    nodes = "edges: table of the places, with id, name, country, latitude, longitude"
    other.add_argument("--nodes", type=Path, metavar="FILE", help=nodes)
    order = "geo: order of the coordinates, where they do not show it"
    other.add_argument("--order", choices=["lonlat", "latlon"], help=order)


def new(options: argparse.Namespace) -> None:
    """Make a folder in ``registers`` with a workbook to fill in and an edition."""
    home = find_home()
    name = name_folder(options.name or options.city)
    folder = home / "registers" / name
    if folder.exists():
        raise CommandError(f"registers/{name}: {ALREADY}")
    editions = read_editions(home)
    if name in editions.by_id:
        raise CommandError(f"registers/{name}: is named as an edition. Choose another name with --name.")
    from analysis.imports.template import write_template  # only now: it loads pandas
    from analysis.tables.register import read_schemas
    from analysis.wording import Wording

    schemas = read_schemas(home / "data" / "schema")
    book = write_template(options.city, name, schemas, Wording(options.language))
    edition = _write_edition(options, name, editions.find(None).reports)
    folder.mkdir(parents=True)
    (folder / f"{name}.xlsx").write_bytes(book)
    (folder / "editions.toml").write_text(edition, encoding="utf-8")
    print(f"{folder / f'{name}.xlsx'}: fill it in, its first sheet says how. Then:")
    print(f"  twinning import log FILE --register registers/{name}   (if you have a list of activities)")
    print(f"  twinning check registers/{name}\n  twinning report {name}")


def _write_edition(options: argparse.Namespace, name: str, reports: tuple[Report, ...]) -> str:
    """Write an edition with the reports of the default one."""
    lines = []
    for report in reports:
        keys = {"notebook": report.notebook, "each": report.each}
        keys |= {"group_de": report.group_de, "group_en": report.group_en}
        given = [f"{key} = {_quote(value)}" for key, value in keys.items() if value]
        lines.append(f"    {{ {', '.join(given)} }},")
    return EDITION.format(
        name=name,
        title_de=_quote(f"Städtepartnerschaften: {options.city}"),
        title_en=_quote(f"Town twinnings: {options.city}"),
        as_of=options.as_of or date.today(),
        reports="\n".join(lines),
    )


def _quote(text: str) -> str:
    """Write a text as TOML has it: as JSON, which lets only U+007F stand as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def bring_in(options: argparse.Namespace) -> None:
    """Bring a file into a register: CommandError for options that do not go with its kind."""
    is_log = options.kind == "log"
    others = ("title", "publisher", "url", "licence", "as_of", "only_complete", "nodes", "order")
    for name in others if is_log else ("mapping", "source", "remove_missing"):
        if getattr(options, name):
            which = "a register of somebody else" if is_log else "a log"
            raise CommandError(f"--{name.replace('_', '-')}: goes only with {which}. Leave it out.")
    if is_log:
        import_log(options)
    else:
        import_foreign(options)


def import_log(options: argparse.Namespace) -> None:
    """Bring an activity log into a register, and say what became of every row."""
    from analysis.imports.store import SOURCE  # only now: it loads pandas
    from analysis.imports.store import import_log as bring_log

    done = bring_log(
        options.file,
        options.register,
        mapping=options.mapping,
        source_id=options.source or SOURCE,
        language=options.language,
        remove_missing=options.remove_missing,
    )
    for notice in done.notices:
        print(notice, file=sys.stderr)
    print("\n".join(done.lines))
