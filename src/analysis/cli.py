"""The command ``twinning``: reads the command line, calls the package, turns errors into messages and exit codes."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from analysis.command.arguments import make_parser
from analysis.command.listeners import Log, Result, Screen, Stream
from analysis.command.progress import Listener, Teller
from analysis.command.selection import CommandError, Skipped
from analysis.home import HomeError
from analysis.problems import DataError
from analysis.publish.changes.built import BuiltError
from analysis.publish.edition.editions import EditionError
from analysis.publish.edition.failures import BuildError
from analysis.publish.edition.generations import PublishError
from analysis.publish.edition.keys import SourceError
from analysis.publish.edition.parameters import ParameterError
from analysis.publish.edition.verify import VerifyError
from analysis.publish.runs.failure import ClusterError

CODES: dict[type[Exception], int] = (
    dict.fromkeys((BuildError, ClusterError, PublishError, SourceError, VerifyError), 1)
    | dict.fromkeys((BuiltError, CommandError, EditionError, ParameterError, HomeError), 2)
    | {DataError: 3, Skipped: 0}
)


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command ``twinning``.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands behind ``twinning`` on the command line; that of this process by default.

    Returns
    -------
    int
        The exit code, as ``twinning --help`` lists them.
    """
    options = make_parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a stopped service cleans up as after Ctrl-C
    options.teller = Teller(Screen(sys.stderr))  # until the command has one of its own
    try:
        return _run(options, sys.argv[1:] if arguments is None else arguments)
    except BrokenPipeError:  # the reader of our output has left, as in: twinning list | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        options.teller.close()


def _run(options: argparse.Namespace, arguments: Sequence[str]) -> int:
    """Run the command; tell each error as a message, and return the exit code."""
    try:
        if "log" in options:
            options.teller = _make_teller(options)
            options.teller.start(arguments)
        options.command(options)
        sys.stdout.flush()
        return 0
    except tuple(CODES) as error:
        code = next(code for kind, code in CODES.items() if isinstance(error, kind))
        options.teller.fail(error, code)
        return code
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        options.teller.fail("Stopped. Nothing was published.", 130)
        return 130
    except Exception as error:
        options.teller.fail(f"a fault of the program ({type(error).__name__}: {error}). Please report it.", 1)
        raise


def _make_teller(options: argparse.Namespace) -> Teller:
    """Choose who listens to a build."""
    listeners: list[Listener] = [Screen(sys.stderr, options.quiet, options.explain)]
    if options.log:
        listeners.append(Log(options.log))
    if options.json:
        listeners.append(Stream(sys.stdout))
    elif not options.quiet:
        listeners.append(Result(sys.stdout))
    return Teller(*listeners)
