"""Who writes down what a build tells (`analysis.command.progress`): for people, for a log, for another program."""

import contextlib
import json
import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import IO

from analysis.command.progress import Event, write_lines
from analysis.command.selection import CommandError

BAR_CELLS = 24


class Screen:
    """
    Lines for people on standard error; on a terminal with a bar over all below them.

    Parameters
    ----------
    file : text file
    is_quiet : bool
        Write failures only.
    is_explained : bool
        Write also why each report is or is not made.
    """

    def __init__(self, file: IO[str], is_quiet: bool = False, is_explained: bool = False) -> None:
        self._file = file
        self._left_out = {"start", "begin", "end"} | (set() if is_explained else {"reason"})
        self._is_quiet = is_quiet
        is_terminal = file.isatty() and os.environ.get("TERM") != "dumb"
        self._bar = Bar(file) if is_terminal and not is_quiet else None

    def hear(self, event: Event) -> None:
        """Write the lines of an event."""
        is_left_out = event["event"] in self._left_out or self._is_quiet and event["event"] != "failure"
        with contextlib.suppress(OSError):  # nobody reads any more; the build is wanted all the same
            if self._bar:
                self._bar.remove()
            for line in [] if is_left_out else write_lines(event):
                print(line, file=self._file)
            if self._bar:
                self._bar.draw(event)
            self._file.flush()

    def close(self) -> None:
        """Take the bar away."""
        with contextlib.suppress(OSError):
            if self._bar:
                self._bar.remove()
                self._file.flush()


class Bar:
    """The bar over all reports, with those that are being made; always the last line."""

    def __init__(self, file: IO[str]) -> None:
        self._file, self._total, self._done = file, 0, 0
        self._running: list[str] = []
        self._is_drawn = False
        self._cells = "█·" if (file.encoding or "").lower().startswith("utf") else "#."

    def remove(self) -> None:
        """Clear the line."""
        if self._is_drawn:
            self._file.write("\r\x1b[K")
        self._is_drawn = False

    def draw(self, event: Event) -> None:
        """Write the line as it is after an event; none before the first report and after the last."""
        name = event.get("name", "")
        if event["event"] == "plan":
            self._total = event["to_build"]
        elif event["event"] == "begin":
            self._running.append(name)
        elif event["event"] == "report" and event["state"] != "kept":
            self._done += 1
            self._running = [one for one in self._running if one != name]
        if event["event"] in ("failure", "end") or not self._total:
            self._total = 0
            return
        full = BAR_CELLS * self._done // self._total
        bar = self._cells[0] * full + self._cells[1] * (BAR_CELLS - full)
        line = f"{bar} {self._done}/{self._total} {', '.join(self._running)}"
        self._is_drawn = True
        self._file.write(line[: shutil.get_terminal_size().columns - 1])


class Log:
    """Plain lines in a file, each with its time; one that cannot be written any more stops no build, which is told once."""

    def __init__(self, path: Path) -> None:
        self._path, self._is_whole = path, True
        try:
            self._file = path.open("a", encoding="utf-8")
        except OSError as error:
            text = f"--log: {path} cannot be written ({error.strerror}). Choose another file."
            raise CommandError(text) from None

    def hear(self, event: Event) -> None:
        """Append the lines of an event; of reports that are up to date only what was noted."""
        if event["event"] == "reason" and not event["reasons"]:
            return
        now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        try:
            self._file.writelines(f"{now} [{os.getpid()}] {line}\n" for line in write_lines(event))
            self._file.flush()
        except OSError as error:
            if self._is_whole:
                lost = f"--log: {self._path} lacks lines from here on ({error.strerror}), the build goes on."
                print(f"{lost} Make room.", file=sys.stderr)
            self._is_whole = False

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(OSError):
            self._file.close()


class Result:
    """What was built and where it lies, on standard output."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def hear(self, event: Event) -> None:
        """Write the end."""
        if event["event"] == "end":
            for line in write_lines(event):
                print(line, file=self._file)

    def close(self) -> None:
        """Nothing to do."""


class Stream:
    """One JSON object a line, for another program on standard output."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def hear(self, event: Event) -> None:
        """Write an event."""
        with contextlib.suppress(OSError):  # who read it has left
            print(json.dumps(event), file=self._file, flush=True)

    def close(self) -> None:
        """Nothing to do."""
