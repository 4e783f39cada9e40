"""What ``twinning`` understands: its commands, their options, and what is allowed in each."""

import argparse
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from analysis.command import commands, export_commands, import_commands
from analysis.dates import FIRST_YEAR, LAST_YEAR
from analysis.problems import did_you_mean
from analysis.publish.forms.formats import FORMATS

EXIT_CODES = """\
exit codes:
  0    done
  1    a report failed, or could not be written: nothing was published; or verify found a difference
  2    the command, an edition or a parameter is wrong
  3    the register's data are wrong
  130  stopped by Ctrl-C: nothing was published
"""


def make_parser() -> argparse.ArgumentParser:
    """Describe the command line of ``twinning``; what is parsed holds the function to call in ``command``."""
    parser = argparse.ArgumentParser(
        prog="twinning",
        description="Reports on a city's town twinnings, from its register.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    added = parser.add_subparsers(required=True, metavar="COMMAND")
    text = "build an edition, or the reports on a register of yours"
    _describe_report(_add_command(added, "report", commands.report, text))
    _describe_changes(
        _add_command(added, "changes", commands.changes, "tell what two built editions differ in")
    )
    check = _add_command(added, "check", commands.check, "check the tables of a register")
    check.add_argument("path", type=Path, metavar="PATH", help="folder of tables, or Excel workbook")
    verify = _add_command(added, "verify", commands.verify, "build an edition twice, compare every byte")
    verify.add_argument("edition", nargs="?", metavar="EDITION", help="default: see twinning list")
    _add_command(added, "list", commands.list_all, "list editions, notebooks and their parameters")
    import_commands.describe(added, _add_command, _read_day)
    export_commands.describe(added, _add_command, _read_day)
    return parser


def _describe_report(report: argparse.ArgumentParser) -> None:
    """Describe what ``twinning report`` understands: which reports, in which state, and how they are built."""
    report.add_argument("edition", nargs="?", metavar="EDITION", help="default: see twinning list")
    part = report.add_argument_group("only a part", "a draft, goes to reports/EDITION.draft")
    part.add_argument("--language", choices=["de", "en"])
    part.add_argument("--notebook", metavar="NAME")
    part.add_argument("--partner", metavar="ID", help="only the reports on this partnership_id")
    own = report.add_argument_group("a register of yours")
    own.add_argument("--register", type=Path, metavar="PATH", help="folder of tables, or Excel workbook")
    own.add_argument("--as-of", type=_read_day, metavar="DATE", help="the state of which day, as 2026-11-01")
    own.add_argument("--title", help="title of the reports; default: the home city")
    state = report.add_argument_group(
        "state", "also of an edition, instead of what reports/editions.toml says"
    )
    state.add_argument("--draft", action="store_true", help="mark as draft, goes to reports/EDITION.draft")
    state.add_argument("--paper-number", metavar="TEXT", help="number of the council paper")
    _describe_build(report)


def _describe_build(report: argparse.ArgumentParser) -> None:
    """Describe the options on where to, in which forms, and how fast."""
    add = report.add_argument
    add("--output", type=Path, metavar="DIR", help="default: reports/EDITION or reports/REGISTER")
    forms = f"of {', '.join(FORMATS)}; default: all"
    add("--format", type=_read_formats, action="extend", metavar="NAME", help=forms)
    add("--fonts", type=Path, metavar="DIR", help="more fonts for PDF and Word, for further scripts")
    add("--workers", type=_read_count, metavar="N", help="how many reports at once")
    add("--cluster", metavar="ADDRESS", help="make the reports on a Dask cluster, as tcp://host:8786")
    add("--kernel", choices=("fork", "spawn"), help="how kernels start; default: forked where that is safe")
    again = (
        "build it though it is up to date: a report as partner/kyiv, all of a notebook, or without REPORT all"
    )
    add("--force", nargs="?", const="", action="append", metavar="REPORT", help=again)
    kept = "how many earlier states to keep, see twinning list; default: those kept before, no more"
    add("--keep", type=_read_keep, metavar="N", help=kept)
    _describe_progress(report)


def _describe_progress(report: argparse.ArgumentParser) -> None:
    """Describe the options on what a build may use, and what it tells."""
    limits = report.add_argument_group("limits")
    limits.add_argument(
        "--memory", type=_read_memory, metavar="MB", help="of one report; default: 2000 (Linux)"
    )
    waits = "if another process builds the same, wait for it; default: leave and say so"
    limits.add_argument("--wait", action="store_true", help=waits)
    told = report.add_argument_group("messages")
    told.add_argument("--quiet", action="store_true", help="print errors only")
    told.add_argument("--explain", action="store_true", help="print why each report is or is not built")
    told.add_argument(
        "--log", type=Path, metavar="FILE", help="append all messages to a file, with their times"
    )
    told.add_argument("--json", action="store_true", help="print one JSON object a line, for other programs")


def _describe_changes(changes: argparse.ArgumentParser) -> None:
    """Describe what ``twinning changes`` understands."""
    names = "name as in twinning list, NAME~1 for its last kept generation, or a folder"
    changes.add_argument("old", metavar="OLD", help=names)
    changes.add_argument("new", metavar="NEW", help="the same")
    changes.add_argument("--language", choices=["de", "en"], help="which reports; default: the first")
    changes.add_argument("--output", type=Path, metavar="FILE", help="write it as a web page, too")
    changes.add_argument("--json", action="store_true", help="print JSON instead of text")


def _add_command(
    added: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    function: Callable[[argparse.Namespace], None],
    text: str,
) -> argparse.ArgumentParser:
    parser = added.add_parser(
        name,
        help=text,
        description=text.capitalize() + ".",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(command=function)
    return parser


def _read_day(text: str) -> date:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"is {text!r}, allowed is a date as 2026-11-01") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        years = f"the years {FIRST_YEAR} to {LAST_YEAR}"
        raise argparse.ArgumentTypeError(f"is {text!r}, allowed are {years}. Correct the year.")
    return day


def _read_formats(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in FORMATS:
            hint = did_you_mean(name, FORMATS)
            raise argparse.ArgumentTypeError(f"is {name!r}, allowed is one of {', '.join(FORMATS)}.{hint}")
    return names


def _read_count(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,2}", text):
        raise argparse.ArgumentTypeError(f"is {text!r}, allowed is a whole number from 1")
    return int(text)


def _read_memory(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{2,6}", text):
        raise argparse.ArgumentTypeError(f"is {text!r}, allowed is a whole number from 100, in MB")
    return int(text)


def _read_keep(text: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", text):
        raise argparse.ArgumentTypeError(f"is {text!r}, allowed is a whole number from 0")
    return int(text)
