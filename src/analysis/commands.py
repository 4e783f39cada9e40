"""What the commands of ``twinning`` do: report, changes, check, verify and list."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from analysis.home import find_home
from analysis.publish.edition.build import build
from analysis.publish.edition.built import read_built
from analysis.publish.edition.editions import Edition, read_editions
from analysis.publish.edition.generations import PublishError, list_kept
from analysis.publish.edition.parameters import Parameter, read_parameters
from analysis.publish.edition.plan import plan_runs
from analysis.publish.edition.verify import verify as verify_builds
from analysis.publish.forms.formats import FORMATS
from analysis.publish.runs.run import Finished, RunError
from analysis.selection import (
    CommandError,
    find_built,
    find_edition,
    is_draft,
    list_relations,
    name_after_home,
    read_grades,
    select_part,
)


def report(options: argparse.Namespace) -> None:
    """Build an edition, a part of it, or the reports on a register of the user's."""
    begin = time.monotonic()
    home = find_home()
    editions, fonts = read_editions(home), _find_fonts(options)
    edition = find_edition(options, editions)
    from analysis.tables import read_register  # only now: it loads pandas

    register = read_register(edition.register)
    if options.register:
        edition = name_after_home(edition, register, options.title)
    partners = list_relations(edition, register, is_own=bool(options.register))
    edition, partners = select_part(options, edition, partners)
    languages = [options.language] if options.language else []
    runs = plan_runs(edition, home / "notebooks", {"partnership_id": partners}, languages)
    target = _find_target(options, edition, home)
    tell = (lambda outcome: None) if options.quiet else _make_progress(register.notices, len(runs))
    formats = options.format or list(FORMATS)
    how = {"workers": options.workers, "kernel": options.kernel, "progress": tell}
    build(edition, runs, home, target, formats=formats, fonts=fonts, **how)
    if not options.quiet:
        _print_result(target, len(runs), time.monotonic() - begin)


def _find_target(options: argparse.Namespace, edition: Edition, home: Path) -> Path:
    """Return the folder to publish; a draft goes beside the finished reports."""
    target = Path(os.path.abspath(options.output or home / "reports" / edition.edition_id))
    return target.parent / f"{target.name}.draft" if is_draft(options) else target


def _print_result(target: Path, count: int, seconds: float) -> None:
    """Say what was built, and which pages to open."""
    print(f"{_count(count)} in {seconds:.0f} s:")
    for path in sorted(target.glob("index.*.html")) or [target]:
        print(f"  {path}")


def _find_fonts(options: argparse.Namespace) -> Path | None:
    """Return the folder of further fonts, if it can be used."""
    if not options.fonts:
        return None
    from analysis.publish.forms.glyphs import FontError, find_fonts

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


def changes(options: argparse.Namespace) -> None:
    """Tell what has changed from one built edition to another, as text or JSON, and as a web page."""
    from analysis.publish.edition.changes import compare_editions  # only now: it loads what reads notebooks

    home = find_home()
    states = [read_built(find_built(name, home)) for name in (options.old, options.new)]
    found = compare_editions(*states, options.language, read_grades(home))
    if options.output:
        from analysis.publish.edition.changes_page import write_changes

        try:
            write_changes(found, options.output)
        except OSError as error:
            path = options.output
            raise PublishError(
                f"{path}: cannot be written ({error.strerror}). Choose another --output."
            ) from None
    if options.json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        from analysis.publish.edition.changes_text import write_text

        print(write_text(found), end="")


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
        for number, folder in enumerate(list_kept(target), start=1):
            print(f"  {name}~{number}: kept in {folder}")
    for notebook in sorted((home / "notebooks").glob("*.ipynb")):
        print(f"\nnotebook {notebook.stem}")
        for parameter in read_parameters(notebook):
            print(f"  {_describe(parameter)}")


def _describe(parameter: Parameter) -> str:
    """Write a parameter in one line."""
    allowed = ", ".join(map(repr, parameter.choices)) or parameter.type.__name__
    return f"{parameter.name} = {parameter.default!r} ({allowed}) {parameter.help}".rstrip()


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
