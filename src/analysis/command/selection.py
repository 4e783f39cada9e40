"""Which reports a command asks for: an edition, a part of one, or those on a register of the user's."""

import argparse
import csv
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.command.networks import is_network
from analysis.problems import did_you_mean
from analysis.publish.edition.editions import Edition, Editions
from analysis.publish.edition.generations import list_kept
from analysis.publish.runs.run import Run

RESERVED = ("reference", "schema")  # folders of data/ that are no register

# Letters that are more than a letter with a mark, and how German and its neighbours write them without.
LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"}
)


class CommandError(ValueError):
    """The command asks for something that is not there, or for things that do not go together."""


class Skipped(Exception):
    """There is nothing to do, since data are absent that may not be part of the project; says how to get them."""


def find_edition(options: argparse.Namespace, editions: Editions) -> Edition:
    """
    Return the edition that a command asks for, or make one for a register of the user's.

    Parameters
    ----------
    options : argparse.Namespace
        As ``twinning report`` has them.
    editions : Editions

    Returns
    -------
    Edition
        As draft and with the number of a council paper, where the command says so. A register's has no title yet.

    Raises
    ------
    CommandError, EditionError
        If options do not go together, or there is no such edition.
    Skipped
        If the edition is made of data that may not be part of the project, and they are not there.
    """
    own = editions.by_id.get(options.edition or "")
    if options.register and own and own.variable:  # the option stands for the variable
        edition = replace(own, register=Path(os.path.abspath(options.register)))
    else:
        edition = _adopt_register(options, editions) if options.register else _look_up(options, editions)
    if edition.variable and not edition.register.is_dir():
        raise Skipped(
            f"{edition.edition_id}: skipped, its data are not at {edition.register}. {edition.obtain} "
            f"Name their folder with --register PATH or in the environment variable {edition.variable}."
        )
    if is_draft(options):
        edition = replace(edition, is_draft=True)
    if options.paper_number is not None:
        edition = replace(edition, paper_number=options.paper_number)
    return edition


def is_draft(options: argparse.Namespace) -> bool:
    """Tell whether the command makes a draft, which goes beside the finished reports: a part is always one."""
    return bool(options.draft or options.language or options.notebook or options.partner)


def name_after_home(edition: Edition, names: Mapping[str, str], title: str | None) -> Edition:
    """Give an edition a title, by default the name of the register's home city, which is given by language."""
    return replace(edition, title_de=title or names["de"], title_en=title or names["en"])


def select_part(
    options: argparse.Namespace, edition: Edition, partners: Sequence[str]
) -> tuple[Edition, list[str]]:
    """Keep the reports and partners that a command asks for; CommandError if there are none."""
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
    return replace(edition, reports=reports), list(partners)


def find_built(name: str, home: Path) -> Path:
    """
    Return the folder of a built edition.

    Parameters
    ----------
    name : str
        That of an edition below ``reports``, as ``leipzig-2026``; with ``~1`` its last kept generation, with ``~2``
        the one before; or the path of a folder.
    home : Path

    Raises
    ------
    CommandError
        If there is no such folder.
    """
    edition, mark, number = name.rpartition("~")
    if mark and re.fullmatch("[1-9][0-9]{0,3}", number) and (home / "reports" / edition).is_dir():
        kept = list_kept(home / "reports" / edition)
        if int(number) > len(kept):
            raise CommandError(
                f"{name}: of {edition} {len(kept) or 'no'} earlier generations are kept. "
                "Keep some with: twinning report --keep N."
            )
        return kept[int(number) - 1]
    for folder in (home / "reports" / name, Path(os.path.abspath(name))):
        if folder.is_dir():
            return folder
    built = sorted(path.parent.name for path in (home / "reports").glob("*/manifest.json"))
    known = f"built are: {', '.join(built)}" if built else "no edition is built"
    hint = did_you_mean(name, built)
    raise CommandError(
        f"{name!r}: is no folder and no built edition; {known}.{hint} Build it: twinning report NAME."
    )


def read_grades(home: Path) -> set[str]:
    """Return the ratings that a criterion of the project can have, as A, AA and AAA."""
    with (home / "data" / "reference" / "criteria.csv").open(encoding="utf-8", newline="") as file:
        return {grade for row in csv.DictReader(file) for grade in row["scale"].split("|") if grade}


def select_forced(names: Sequence[str] | None, runs: Sequence[Run]) -> list[Run]:
    """
    List the runs to make although they are up to date.

    Parameters
    ----------
    names : sequence of str or None
        What ``--force`` was given: keys as ``partner/kyiv``, or notebooks; an empty text stands for all reports.
    runs : sequence of Run
        The reports that are asked for.

    Raises
    ------
    CommandError
        If there is no such report.
    """
    known = list(dict.fromkeys([name for run in runs for name in (run.key, run.notebook.stem)]))
    for name in filter(None, names or ()):
        if name not in known:
            hint = did_you_mean(name, known) or " For all reports write --force alone, as the last word."
            raise CommandError(f"--force: is {name!r}, allowed is one of {', '.join(known)}.{hint}")
    return [run for run in runs if {"", run.key, run.notebook.stem} & set(names or ())]


def _look_up(options: argparse.Namespace, editions: Editions) -> Edition:
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
    name = name_folder(path.stem)
    if is_network(path):
        raise CommandError(
            f"--register: {path.name!r} is a network, allowed here are registers. Build an edition with the notebook "
            "network, as editions.toml of an imported one has it: twinning report NAME."
        )
    if path.name in RESERVED:
        raise CommandError(
            f"--register: is named {path.name!r}, a name the project needs itself. Rename the folder."
        )
    if name in editions.by_id and not options.output:
        raise CommandError(f"--register: is named as the edition {name!r}. Add --output DIR.")
    default = editions.find(None)
    return Edition(name, "", "", path, options.as_of, default.reports)


def name_folder(text: str) -> str:
    """Write a name with small letters a-z, digits and hyphens, as the folder of a register's reports."""
    composed = unicodedata.normalize("NFC", text).lower().translate(LETTERS)  # macOS keeps a and ¨ apart
    return re.sub("[^a-z0-9]+", "-", _strip_marks(composed)).strip("-") or "register"


def _strip_marks(text: str) -> str:
    """Take accents and other marks off the letters."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _require(option: str, value: str, known: Sequence[str]) -> None:
    """Refuse a value that is not known."""
    if value not in known:
        hint = did_you_mean(value, known)
        raise CommandError(f"{option}: is {value!r}, allowed is one of {', '.join(known)}.{hint}")
