"""What a build tells: on a terminal, in a log, as JSON for other programs; and that telling never stops it."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import titled, write_notebook

from analysis.command.listeners import Screen
from analysis.command.progress import Teller, write_lines
from analysis.publish.edition.failures import BuildError, Lost
from analysis.publish.runs.failure import Failure, RunError
from analysis.publish.runs.run import Finished, Run

STAMP = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d \[\d+\] "


def make_runs(*keys):
    return [Run(Path("x.ipynb"), "de", key) for key in keys]


class Ear:
    """Keeps the events."""

    def __init__(self):
        self.events = []

    def hear(self, event):
        self.events.append(dict(event))

    def close(self):
        self.events.append({"event": "closed"})


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def test_each_event_reaches_all_who_listen():
    one, other = Ear(), Ear()
    teller = Teller(one, other)
    good, bad, kept = make_runs("good", "bad", "kept")
    teller.plan({good: ["x changed"], bad: ["was not built yet"], kept: []})
    teller.begin(good)
    teller.tell(Finished(kept, Path(), 0.0, "old warning\n", is_kept=True))
    teller.tell(Finished(good, Path(), 1.25))
    teller.tell(RunError("bad (de): why", Failure("cell", "why"), bad))
    teller.close()
    assert one.events == other.events
    reports = [event for event in one.events if event["event"] == "report"]
    assert [(each["name"], each["state"], each["number"], each["of"]) for each in reports] == [
        ("kept (de)", "kept", 0, 2),
        ("good (de)", "done", 1, 2),
        ("bad (de)", "failed", 2, 2),
    ]
    assert [line for event in one.events for line in write_lines(event)] == [
        "good (de): to build, x changed",
        "bad (de): to build, was not built yet",
        "kept (de): up to date",
        "2 of 3 reports to build, the others are up to date",
        "      noted earlier, kept (de): old warning",
        "[1/2] done      1.2 s  good (de)",
        "[2/2] FAILED    0.0 s  bad (de)",
    ]


def test_reports_that_failed_stand_in_one_table():
    first, second = make_runs("a", "partner/long")
    lost = [
        Lost(first, "A", "", "Auf einen Blick", Failure("cell", "")),
        Lost(second, "B", "", "", Failure("cell", "")),
    ]
    error = BuildError(["a (de): a.ipynb: one\ntwo", "partner/long (de): late"], 5, lost)
    ear = Ear()
    Teller(ear).fail(error, 1)
    assert write_lines(ear.events[0]) == [
        "FAILED REPORT      STEP             WHAT HAPPENED",
        "a (de)             Auf einen Blick  a.ipynb: one | two",
        "partner/long (de)  -                late",
        "twinning: 2 of 5 reports failed, nothing was published.",
    ]


def test_a_terminal_has_a_bar_over_all_as_its_last_line():
    file = Terminal()
    screen = Screen(file)
    teller = Teller(screen)
    (run,) = make_runs("one")
    teller.plan({run: ["new"]})
    teller.begin(run)
    assert file.getvalue().endswith("\r\x1b[K" + "·" * 24 + " 0/1 one (de)")
    teller.tell(Finished(run, Path(), 1.0))
    assert "\r\x1b[K[1/1] done      1.0 s  one (de)\n" in file.getvalue()
    assert file.getvalue().endswith("█" * 24 + " 1/1 ")
    teller.close()
    assert file.getvalue().endswith("\r\x1b[K")


def test_a_terminal_that_is_gone_and_one_that_is_no_terminal_are_no_fault(monkeypatch):
    class Gone(Terminal):
        def write(self, text):
            raise OSError(5, "Input/output error")

    Teller(Screen(Gone())).notice("heard by nobody")
    monkeypatch.setenv("TERM", "dumb")
    file = Terminal()
    (run,) = make_runs("one")
    Teller(Screen(file)).plan({run: ["new"]})
    assert file.getvalue() == "1 report to build\n"


def test_a_log_has_plain_lines_with_times_also_if_the_command_is_quiet(twinning, home):
    log = home / "twinning.log"
    command = ["report", "then", "--format", "html", "--quiet", "--log", log]
    assert twinning(*command) == (0, "", "")
    assert twinning(*command) == (0, "", "")
    write_notebook(home / "notebooks" / "partner.ipynb", "1 / 0", parameters='partnership_id: str = ""')
    code, out, err = twinning(*command)
    assert (code, out) == (1, "")
    assert err.startswith("FAILED REPORT ")
    lines = log.read_text(encoding="utf-8").splitlines()
    assert all(re.match(STAMP, line) for line in lines)
    texts = [re.sub(r"\d+\.\d s", "9.9 s", re.sub(STAMP, "", line)) for line in lines]
    page = f"  {home / 'reports' / 'then' / 'index.de.html'}"
    start = f"twinning report then --format html --quiet --log {log}"
    assert texts[:4] == [
        start,
        "partner/east (de): to build, was not built yet",
        "1 report to build",
        texts[3],
    ]
    assert texts[3].endswith(" s  partner/east (de)")
    assert texts[5:9] == [page, start, "Nothing to build, 1 report up to date:", page]
    assert texts[10].startswith("partner/east (de): to build, notebooks/partner.ipynb changed")
    assert [texts[9], texts[11]] == [start, "1 report to build"]
    assert [text.split()[0] for text in texts[12:]] == ["[1/1]", "FAILED", "partner/east", "twinning:"]


def test_other_programs_get_one_json_object_a_line(twinning, home):
    code, out, err = twinning("report", "then", "--format", "html", "--json", "--quiet")
    events = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [event["event"] for event in events] == ["start", "reason", "plan", "begin", "report", "end"]
    assert (events[-1]["code"], events[-1]["built"]) == (0, 1)
    assert events[-1]["pages"] == [str(home / "reports" / "then" / "index.de.html")]
    write_notebook(home / "notebooks" / "partner.ipynb", "1 / 0", parameters='partnership_id: str = ""')
    code, out, err = twinning("report", "then", "--json", "--quiet")
    last = json.loads(out.splitlines()[-1])
    assert (code, last["event"], last["code"]) == (1, "failure", 1)
    assert last["failed"][0]["report"] == "partner/east"
    assert Path(last["failed"][0]["page"]).is_file()
    code, out, err = twinning("report", "nwo", "--json", "--quiet")
    assert json.loads(out.splitlines()[-1])["message"].endswith("Did you mean 'now'?")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_log_and_a_reader_that_leaves_stop_no_build(home):
    write_notebook(
        home / "notebooks" / "partner.ipynb",
        *titled("T"),
        parameters='language: str = "de"\nas_of: str = ""\npartnership_id: str = ""',
    )
    command = [
        sys.executable,
        "-m",
        "analysis",
        "report",
        "then",
        "--format",
        "html",
        "--json",
        "--log",
        "/dev/full",
    ]
    command += ["--quiet"]
    told = (
        "--log: /dev/full lacks lines from here on (No space left on device), the build goes on. Make room.\n"
    )
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        assert (process.stderr.read(), process.wait(timeout=120)) == (told, 0)
    assert (home / "reports" / "then" / "index.de.html").is_file()


def test_an_unforeseen_fault_is_logged_too(twinning, home, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError("why")

    monkeypatch.setattr("analysis.command.commands.build", fail)
    with pytest.raises(ZeroDivisionError):
        twinning("report", "then", "--log", home / "log")
    assert (
        (home / "log")
        .read_text()
        .endswith("twinning: a fault of the program (ZeroDivisionError: why). Please report it.\n")
    )
