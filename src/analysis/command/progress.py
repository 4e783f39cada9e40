"""What a build tells while it runs: one stream of events, and the words for each of them."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from analysis.publish.edition.failures import BuildError
from analysis.publish.runs.run import Finished, Run, RunError

SHOWN_CAUSES = 3  # of one report

Event = Mapping[str, Any]


class Listener(Protocol):
    """Whoever writes events down."""

    def hear(self, event: Event) -> None:
        """Write an event, or leave it."""

    def close(self) -> None:
        """Write no more."""


class Teller:
    """Turns what happens in a build into events, and hands each to all who listen."""

    def __init__(self, *listeners: Listener) -> None:
        self._listeners = listeners
        self._start, self._begun = time.monotonic(), {}
        self._to_build = self._done = 0

    def start(self, arguments: Sequence[str]) -> None:
        """Tell the command."""
        self._tell("start", command=" ".join(["twinning", *arguments]))

    def notice(self, text: str) -> None:
        """Tell something that a reader should know."""
        self._tell("notice", text=text)

    def wait(self, holder: str) -> None:
        """Tell that another process is building the edition."""
        self.notice(f"waiting for the process with the number {holder}, which is building it")

    def plan(self, reasons: Mapping[Run, Sequence[str]]) -> None:
        """Tell how many reports are to be made, and why each is or is not."""
        self._to_build = sum(map(bool, reasons.values()))
        for run, causes in reasons.items():
            self._tell("reason", **_name(run), reasons=list(causes))
        self._tell("plan", reports=len(reasons), to_build=self._to_build)

    def begin(self, run: Run) -> None:
        """Tell that a report begins to be made."""
        self._begun[run] = time.monotonic()
        self._tell("begin", **_name(run))

    def tell(self, outcome: Finished | RunError) -> None:
        """Tell how a report went; of one that was made earlier, what was noted then."""
        run, notes, state, message = outcome.run, "", "failed", ""
        now = time.monotonic()
        seconds = now - self._begun.get(run, now)
        if isinstance(outcome, Finished):
            notes, seconds, state = outcome.notes, outcome.seconds, "kept" if outcome.is_kept else "done"
        else:
            message = str(outcome)
        self._done += state != "kept"
        count = {"number": self._done, "of": self._to_build}
        told = {"state": state, "seconds": round(seconds, 3), "message": message, "notes": notes.strip()}
        self._tell("report", **_name(run), **told, **count)

    def finish(self, target: Path, reports: int) -> None:
        """Tell what is published now, and which pages to open."""
        pages = [str(path) for path in sorted(target.glob("index.*.html"))]
        seconds = round(time.monotonic() - self._start, 3)
        built = {"built": self._to_build, "reports": reports, "seconds": seconds}
        self._tell("end", code=0, folder=str(target), pages=pages, **built)

    def fail(self, error: object, code: int) -> None:
        """Tell why nothing was published."""
        failed = []
        if isinstance(error, BuildError):
            failed = [
                {**_name(lost.run), "step": lost.step, "message": text, "page": str(lost.page or "")}
                for lost, text in zip(error.lost, error.failures, strict=False)
            ] or [{"name": "", "step": "", "message": text} for text in error.failures]
        self._tell("failure", code=code, message=str(error), failed=failed)

    def close(self) -> None:
        """End all listening."""
        for listener in self._listeners:
            listener.close()

    def _tell(self, kind: str, **content: Any) -> None:
        for listener in self._listeners:
            listener.hear({"event": kind, **content})


def _name(run: Run) -> dict[str, str]:
    return {"name": str(run), "report": run.key, "language": run.language}


def write_lines(event: Event) -> list[str]:
    """Say an event in words, in lines as a log has them."""
    write = {
        "start": lambda: [event["command"]],
        "notice": lambda: [event["text"]],
        "reason": lambda: [_write_reason(event)],
        "plan": lambda: _write_plan(event),
        "report": lambda: _write_report(event),
        "failure": lambda: [*_write_table(event["failed"]), *f"twinning: {event['message']}".splitlines()],
        "end": lambda: _write_end(event),
    }
    return write.get(event["event"], list)()


def count_reports(number: int) -> str:
    """Write a number of reports."""
    return f"{number} report{'s' * (number != 1)}"


def _write_reason(event: Event) -> str:
    causes = event["reasons"]
    more = f" and {len(causes) - SHOWN_CAUSES} more" if len(causes) > SHOWN_CAUSES else ""
    why = f"to build, {', '.join(causes[:SHOWN_CAUSES])}{more}"
    return f"{event['name']}: {why if causes else 'up to date'}"


def _write_plan(event: Event) -> list[str]:
    if event["to_build"] == event["reports"]:
        return [f"{count_reports(event['reports'])} to build"]
    if event["to_build"]:
        return [
            f"{event['to_build']} of {count_reports(event['reports'])} to build, the others are up to date"
        ]
    return []


def _write_report(event: Event) -> list[str]:
    """The line of a report, and what its cells noted."""
    lines, width = [], len(str(event["of"]))
    if event["state"] != "kept":
        state = "FAILED" if event["state"] == "failed" else event["state"]
        number = f"[{event['number']:{width}}/{event['of']}]"
        lines = [f"{number} {state:6} {event['seconds']:6.1f} s  {event['name']}"]
    if event["notes"]:
        origin = f"noted earlier, {event['name']}" if event["state"] == "kept" else "noted"
        lines += [f"      {origin}: {event['notes']}".replace("\n", " | ")]
    return lines


def _write_table(failed: Sequence[Mapping[str, str]]) -> list[str]:
    """The reports that failed, one a line: which, at which step, what happened."""
    rows = [("FAILED REPORT", "STEP", "WHAT HAPPENED")] if failed else []
    for one in failed:
        message = one["message"].removeprefix(f"{one['name']}: ").replace("\n", " | ")
        rows.append((one["name"] or "-", one["step"] or "-", message))
    widths = [max(len(row[n]) for row in rows) for n in range(2)] if rows else []
    return ["  ".join([*map(str.ljust, row, widths), row[2]]) for row in rows]


def _write_end(event: Event) -> list[str]:
    """What was built, and which pages to open."""
    kept = event["reports"] - event["built"]
    built = f"{count_reports(event['built'])} in {event['seconds']:.0f} s"
    done = f"{built}, {kept} up to date" if kept else built
    first = (
        f"{done}:" if event["built"] else f"Nothing to build, {count_reports(event['reports'])} up to date:"
    )
    return [first, *(f"  {page}" for page in event["pages"] or [event["folder"]])]
