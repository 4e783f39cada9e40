"""What the commands of ``twinning`` do: report, check, verify and list."""

import argparse
import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from analysis.home import find_home
from analysis.problems import did_you_mean
from analysis.publish.build import SHARED, build
from analysis.publish.editions import Edition, Editions, read_editions
from analysis.publish.formats import FORMATS
from analysis.publish.parameters import Parameter, read_parameters
from analysis.publish.plan import plan_runs
from analysis.publish.runs import Finished, RunError
from analysis.publish.verify import verify as verify_builds


class CommandError(ValueError):
    """The command asks for something that is not there, or for things that do not go together."""


def report(options: argparse.Namespace) -> None:
    """Build an edition, a part of it, or the reports on a register of the user's."""
    begin = time.monotonic()
    home = find_home()
    editions, fonts = read_editions(home), _find_fonts(options)
    edition = _adopt_register(options, editions) if options.register else _find_edition(options, editions)
    from analysis.history import describe_relations  # only now: they load pandas
    from analysis.tables import read_register

    register = read_register(edition.register)
    if options.register:
        title_de, title_en = (
            options.title or register.home["name_de"],
            options.title or register.home["name_en"],
        )
        edition = replace(edition, title_de=title_de, title_en=title_en)
    partners = list(describe_relations(register, edition.as_of.isoformat())["partnership_id"])
    edition, partners = _select(options, edition, partners)
    languages = [options.language] if options.language else []
    runs = plan_runs(edition, home / "notebooks", {"partnership_id": partners}, languages)
    target = Path(os.path.abspath(options.output or home / "reports" / edition.edition_id))
    if options.language or options.notebook or options.partner:
        edition, target = replace(edition, is_draft=True), target.with_name(target.name + ".draft")
    tell = (lambda outcome: None) if options.quiet else _make_progress(register.notices, len(runs))
    formats = options.format or list(FORMATS)
    build(edition, runs, home, target, formats=formats, fonts=fonts, workers=options.workers, progress=tell)
    if not options.quiet:
        print(f"{_count(len(runs))} in {time.monotonic() - begin:.0f} s:")
        for path in sorted(target.glob("index.*.html")) or [target]:
            print(f"  {path}")


def _find_fonts(options: argparse.Namespace) -> Path | None:
    """Return the folder of further fonts, if it can be used."""
    if not options.fonts:
        return None
    from analysis.publish.glyphs import FontError, find_fonts

    folder = Path(os.path.abspath(options.fonts))
    try:
        find_fonts(folder)
    except FontError as error:
        raise CommandError(f"--{error}") from None
    return folder


def verify(options: argparse.Namespace) -> None:
    """Build an edition twice and compare every byte."""
    edition = read_editions(find_home()).find(options.edition)

    def command(folder: Path) -> list[str]:
        report = [sys.executable, "-m", "analysis", "report", edition.edition_id]
        return [*report, "--quiet", "--output", str(folder)]

    count = verify_builds(command, lambda text: print(text, file=sys.stderr, flush=True))
    print(f"{edition.edition_id}: {count} files, the same bytes in both builds.")


def check(options: argparse.Namespace) -> None:
    """Check the tables of a register; DataError tells all that is wrong."""
    from analysis.tables import REQUIRED, SHARED, read_register

    register = read_register(options.path)
    for notice in register.notices:
        print(notice, file=sys.stderr)
    counts = {
        name: len(table)
        for name, table in register.items()
        if name not in SHARED and (name in REQUIRED or len(table))
    }
    tables = ", ".join(f"{name} {count}" for name, count in counts.items())
    print(f"{options.path}: no problems in {len(counts)} tables with {sum(counts.values())} rows ({tables}).")


def list_all(options: argparse.Namespace) -> None:
    """Print the editions, and the notebooks with their parameters."""
    home = find_home()
    editions = read_editions(home)
    for name, edition in editions.by_id.items():
        target = home / "reports" / name
        built = f"in {target}" if target.exists() else "not built"
        default = " (default)" if name == editions.default else ""
        register = edition.register.relative_to(home)
        print(f"{name}{default}: {edition.title_en}\n  as of {edition.as_of}, register {register}, {built}")
    for notebook in sorted((home / "notebooks").glob("*.ipynb")):
        print(f"\nnotebook {notebook.stem}")
        for parameter in read_parameters(notebook):
            print(f"  {_describe(parameter)}")


def _describe(parameter: Parameter) -> str:
    """Write a parameter in one line."""
    allowed = ", ".join(map(repr, parameter.choices)) or parameter.type.__name__
    return f"{parameter.name} = {parameter.default!r} ({allowed}) {parameter.help}".rstrip()


def _find_edition(options: argparse.Namespace, editions: Editions) -> Edition:
    """Return the edition that is asked for."""
    for name in ("as_of", "title"):
        if getattr(options, name):
            option = "--" + name.replace("_", "-")
            raise CommandError(
                f"{option}: goes only with --register PATH. An edition has its own in reports/editions.toml."
            )
    return editions.find(options.edition)


def _adopt_register(options: argparse.Namespace, editions: Editions) -> Edition:
    """Make an edition with the reports of the default one, on a register of the user's."""
    if options.edition:
        raise CommandError(f"--register: replaces the edition. Leave out {options.edition!r}.")
    if not options.as_of:
        raise CommandError(
            "--register: needs the day whose state is told. Add --as-of DATE, as --as-of 2026-11-01."
        )
    path = Path(os.path.abspath(options.register))
    name = re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "register"
    if path.name in SHARED:
        raise CommandError(
            f"--register: is named {path.name!r}, a name the project needs itself. Rename the folder."
        )
    if name in editions.by_id and not options.output:
        raise CommandError(f"--register: is named as the edition {name!r}. Add --output DIR.")
    default = editions.find(None)
    return Edition(name, "", "", path, options.as_of, default.reports)


def _select(options: argparse.Namespace, edition: Edition, partners: list[str]) -> tuple[Edition, list[str]]:
    """Keep the reports and partners that are asked for."""
    reports, notebooks = edition.reports, [each.notebook for each in edition.reports]
    if options.notebook:
        _require("--notebook", options.notebook, notebooks)
        reports = tuple(each for each in reports if each.notebook == options.notebook)
    if options.partner:
        _require("--partner", options.partner, partners)
        reports, partners = tuple(each for each in reports if each.each), [options.partner]
    if not reports:
        raise CommandError(
            f"--partner: {options.notebook!r} is one report on all partners. Leave out --partner."
        )
    return replace(edition, reports=reports), partners


def _require(option: str, value: str, known: list[str]) -> None:
    """Refuse a value that is not known."""
    if value not in known:
        hint = did_you_mean(value, known)
        raise CommandError(f"{option}: is {value!r}, allowed is one of {', '.join(known)}.{hint}")


def _make_progress(notices: list[str], total: int) -> Callable[[Finished | RunError], None]:
    """Print the register's notices; return what prints a line for each report, and what its cells noted."""
    for notice in notices:
        print(notice, file=sys.stderr)
    print(f"{_count(total)} to build", file=sys.stderr, flush=True)
    done = 0

    def tell(outcome: Finished | RunError) -> None:
        nonlocal done
        done += 1
        if isinstance(outcome, RunError):
            state = f"FAILED {str(outcome).partition(':')[0]}"
        else:
            state = f"{outcome.seconds:5.1f} s  {outcome.run}"
        print(f"[{done:{len(str(total))}}/{total}] {state}", file=sys.stderr, flush=True)
        if isinstance(outcome, Finished) and outcome.notes:
            print(f"      noted: {outcome.notes.strip()}", file=sys.stderr, flush=True)

    return tell


def _count(reports: int) -> str:
    return f"{reports} report{'s' * (reports != 1)}"
