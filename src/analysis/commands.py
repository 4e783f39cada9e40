"""What the commands of ``twinning`` do: report, changes, check, verify and list."""

import argparse
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from analysis.home import find_home
from analysis.inputs import find_inputs, read_relations, remember
from analysis.publish.edition.build import build
from analysis.publish.edition.built import read_built
from analysis.publish.edition.cache import Cache
from analysis.publish.edition.editions import Edition, read_editions
from analysis.publish.edition.generations import PublishError
from analysis.publish.edition.parameters import Parameter, read_parameters
from analysis.publish.edition.plan import plan_runs
from analysis.publish.edition.store import list_kept
from analysis.publish.edition.verify import verify as verify_builds
from analysis.publish.forms.formats import FORMATS
from analysis.publish.runs.run import Finished, Run, RunError
from analysis.selection import (
    CommandError,
    find_built,
    find_edition,
    is_draft,
    name_after_home,
    read_grades,
    select_forced,
    select_part,
)

SHOWN_CAUSES = 3  # of one report


def report(options: argparse.Namespace) -> None:
    """Build an edition, a part of it, or the reports on a register of the user's."""
    begin = time.monotonic()
    home = find_home()
    editions, fonts = read_editions(home), _find_fonts(options)
    edition = find_edition(options, editions)
    target = _find_target(options, edition, home)
    memory = Cache(target).folder / "relations.json"
    known = read_relations(edition, home, memory, is_own=bool(options.register))
    if options.register:
        edition = name_after_home(edition, known.names, options.title)
    edition, partners = select_part(options, edition, known.partners)
    runs = _plan(options, edition, partners, home)
    teller = _Teller(known.notices, options.explain, options.quiet)
    how = {"workers": options.workers, "kernel": options.kernel, "force": select_forced(options.force, runs)}
    told = {"planned": teller.plan, "progress": teller.tell, "keep": options.keep}
    build(edition, runs, home, target, formats=options.format or list(FORMATS), fonts=fonts, **how, **told)
    remember(known, memory)
    if not options.quiet:
        teller.print_result(target, len(runs), time.monotonic() - begin)


def _plan(options: argparse.Namespace, edition: Edition, partners: list[str], home: Path) -> list[Run]:
    """List the runs that a command asks for, with what they may read."""
    languages = [options.language] if options.language else []
    find = partial(find_inputs, register=edition.register, home=home)
    return plan_runs(edition, home / "notebooks", {"partnership_id": partners}, languages, find)


def _find_target(options: argparse.Namespace, edition: Edition, home: Path) -> Path:
    """Return the folder to publish; a draft goes beside the finished reports."""
    target = Path(os.path.abspath(options.output or home / "reports" / edition.edition_id))
    return target.parent / f"{target.name}.draft" if is_draft(options) else target


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


class _Teller:
    """Prints what is going on: notices on the register, a line for each report that is made, what its cells noted."""

    def __init__(self, notices: list[str], is_explained: bool, is_quiet: bool) -> None:
        self._notices, self._is_explained, self._is_quiet = notices, is_explained, is_quiet
        self._total = self._done = 0

    def plan(self, reasons: Mapping[Run, Sequence[str]]) -> None:
        """Print how many reports are to be made, and, if asked for, why."""
        self._total = sum(map(bool, reasons.values()))
        for notice in self._notices:
            self._say(notice)
        if self._is_explained:
            for run, causes in reasons.items():
                self._say(f"{run}: {f'to build, {_shorten(causes)}' if causes else 'up to date'}")
        if self._total == len(reasons):
            self._say(f"{_count(self._total)} to build")
        elif self._total:
            self._say(f"{self._total} of {_count(len(reasons))} to build, the others are up to date")

    def tell(self, outcome: Finished | RunError) -> None:
        """Print the line of a report; of one that was made earlier only what was noted then."""
        is_kept = isinstance(outcome, Finished) and outcome.is_kept
        if not is_kept:
            self._done += 1
            number = f"[{self._done:{len(str(self._total))}}/{self._total}]"
            is_failed = isinstance(outcome, RunError)
            name = str(outcome).partition(":")[0] if is_failed else str(outcome.run)
            self._say(
                f"{number} FAILED {name}" if is_failed else f"{number} {outcome.seconds:5.1f} s  {name}"
            )
        if isinstance(outcome, Finished) and outcome.notes:
            origin = f"noted earlier, {outcome.run}" if is_kept else "noted"
            self._say(f"      {origin}: {outcome.notes.strip()}")

    def print_result(self, target: Path, count: int, seconds: float) -> None:
        """Say what was built, and which pages to open."""
        kept = count - self._total
        built = f"{_count(self._total)} in {seconds:.0f} s"
        done = f"{built}, {kept} up to date" if kept else built
        print(f"{done}:" if self._total else f"Nothing to do, {_count(count)} up to date:")
        for path in sorted(target.glob("index.*.html")) or [target]:
            print(f"  {path}")

    def _say(self, text: str) -> None:
        if not self._is_quiet:
            print(text, file=sys.stderr, flush=True)


def _shorten(causes: Sequence[str]) -> str:
    """Write the first reasons, and how many more there are."""
    more = f" and {len(causes) - SHOWN_CAUSES} more" if len(causes) > SHOWN_CAUSES else ""
    return ", ".join(causes[:SHOWN_CAUSES]) + more


def _count(reports: int) -> str:
    return f"{reports} report{'s' * (reports != 1)}"
