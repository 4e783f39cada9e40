"""What the commands of ``twinning`` do: report, changes, check, verify and list."""

import argparse
import contextlib
import json
import os
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from analysis.command.inputs import find_inputs, read_relations, remember
from analysis.command.selection import (
    CommandError,
    find_built,
    find_edition,
    is_draft,
    name_after_home,
    read_grades,
    select_forced,
    select_part,
)
from analysis.home import find_home
from analysis.publish.changes.built import read_built
from analysis.publish.edition.build import build
from analysis.publish.edition.cache import Cache
from analysis.publish.edition.editions import Edition, read_editions
from analysis.publish.edition.generations import PublishError, is_held
from analysis.publish.edition.parameters import Parameter, read_parameters
from analysis.publish.edition.plan import plan_runs
from analysis.publish.edition.store import list_kept
from analysis.publish.edition.verify import verify as verify_builds
from analysis.publish.forms.formats import FORMATS
from analysis.publish.runs.kernels import choose_way
from analysis.publish.runs.limits import USUAL, Limits
from analysis.publish.runs.run import Run


def report(options: argparse.Namespace) -> None:
    """Build an edition, a part of it, or the reports on a register of the user's."""
    home, teller = find_home(), options.teller
    editions, fonts = read_editions(home), _find_fonts(options)
    edition = find_edition(options, editions)
    target, means = _find_target(options, edition, home), _read_means(options)
    memory = Cache(target).folder / "relations.json"
    # Closed as after a success, so that a refusal is told at once: nothing has been begun that may have to be mended.
    with contextlib.closing(contextlib.ExitStack()) as early:
        begin = partial(_get_ready, early, means, edition, home, target)
        known = read_relations(edition, home, memory, is_own=bool(options.register), begin=begin)
        if not edition.title_de:
            edition = name_after_home(edition, known.names, options.title)
        edition, partners = select_part(options, edition, known.partners)
        runs = _plan(options, edition, partners, home)
        for notice in known.notices:
            teller.notice(notice)
        how = means | {"force": select_forced(options.force, runs), "keep": options.keep}
        told = {"planned": teller.plan, "begin": teller.begin, "progress": teller.tell}
        build(
            edition, runs, home, target, formats=options.format or list(FORMATS), fonts=fonts, **how, **told
        )
    remember(known, memory)
    teller.finish(target, len(runs))


def _get_ready(
    early: contextlib.ExitStack, means: dict[str, Any], edition: Edition, home: Path, target: Path
) -> None:
    """Let kernels get ready while a register is read that was not known: reports will be made of it."""
    if not means["cluster"] and not is_held(target):
        from analysis.publish.edition.ahead import open_ahead  # only now: it loads much

        means["ahead"] = early.enter_context(open_ahead(edition, home, means["kernel"]))


def _read_means(options: argparse.Namespace) -> dict[str, Any]:
    """Return with what reports are made: how many at once, how kernels start and what they may use."""
    try:
        kernel = choose_way(options.kernel)
    except ValueError as error:
        raise CommandError(f"--kernel: {error}") from None
    limits = Limits(memory_mb=options.memory) if options.memory else USUAL
    wait = options.teller.wait if options.wait else None
    if options.cluster and options.workers:
        raise CommandError("--workers: goes not with --cluster, which has workers of its own. Leave it out.")
    means = {"workers": options.workers, "kernel": kernel, "cluster": options.cluster}
    return means | {"limits": limits, "wait": wait}


def _plan(options: argparse.Namespace, edition: Edition, partners: list[str], home: Path) -> list[Run]:
    """List the runs that a command asks for, with what they may read."""
    languages = [options.language] if options.language else []
    find = partial(find_inputs, register=edition.register, home=home, extra=edition.extra)
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
    from analysis.publish.changes.compare import compare_editions  # only now: it loads what reads notebooks

    home = find_home()
    states = [read_built(find_built(name, home)) for name in (options.old, options.new)]
    found = compare_editions(*states, options.language, read_grades(home))
    if options.output:
        from analysis.publish.changes.page import write_changes

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
        from analysis.publish.changes.text import write_text

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
        is_inside = edition.register.is_relative_to(home)
        register = edition.register.relative_to(home) if is_inside else edition.register
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
