"""Strike a build at a random moment, then look what is left: for `tests/publish/test_faults.py` and `benchmarks/faults.py`."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

GRACE_S = 15  # until what outlives a killed build has cleared up, on a busy machine
STOPS = {"interrupt": signal.SIGINT, "terminate": signal.SIGTERM}
VICTIMS = ("parent", "server", "worker", "kernel", *STOPS)
# Which exit codes each strike may end with; 0 where it came too late, or hit what was idle.
CODES = {
    "parent": {-9, 0},
    "server": {1, 0},
    "worker": {1, 0},
    "kernel": {1, 0},
    "interrupt": {130, -2, 0},  # -2 and -15: before the command has begun
    "terminate": {130, -15, 0},
}


@dataclass
class Campaign:
    """A small edition that is built again and again; ``seconds`` is how long that takes undisturbed."""

    home: Path
    temporary: Path
    seconds: float = 0.0

    def __post_init__(self):
        begin = time.monotonic()
        process = self.start(0)
        assert process.wait(timeout=120) == 0, process.stderr.read()
        process.stderr.close()
        self.seconds = time.monotonic() - begin
        self.look()

    @property
    def target(self):
        return self.home / "reports" / "now"

    def start(self, seed, *options):
        """Build all reports of the edition, as a process with a group of its own."""
        command = [sys.executable, "-m", "analysis", "report", "now", "--format", "html", "--quiet", *options]
        kernel = ("fork", "spawn")[seed // len(VICTIMS) % 2]
        return subprocess.Popen(
            [*command, "--workers", "2", "--kernel", kernel],
            env={**os.environ, "TMPDIR": str(self.temporary), "TWINNING_HOME": str(self.home)},
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def strike(self, seed):
        """Hit somebody at some moment of a build; look; build again; look again."""
        chance = random.Random(seed)
        victim, moment = VICTIMS[seed % len(VICTIMS)], chance.uniform(0, 1.1 * self.seconds)
        process = self.start(seed, "--force")
        time.sleep(moment)
        hit = _hit(process, victim, chance)
        _, said = process.communicate(timeout=120)
        told = f"seed {seed}: {victim} after {moment:.2f} s {hit}, code {process.returncode}"
        assert process.returncode in CODES[victim], (told, said)
        assert "Traceback" not in said or process.returncode < 0, (told, said)
        self.look(told)
        again = self.start(seed + 1)
        _, said = again.communicate(timeout=120)
        assert again.returncode == 0, (told, said)
        assert not (self.home / "reports" / "now.failed").exists(), told
        self.look(told)
        return told

    def look(self, told=""):
        """See that the published edition is whole, and that nothing is left behind, in the end."""
        check_whole(self.target)
        end = time.monotonic() + GRACE_S
        while left := self.list_left():
            assert time.monotonic() < end, (told, left)
            time.sleep(0.05)
        check_whole(self.target)

    def list_left(self):
        """What a build should have taken along: processes, temporary files, locks, folders that are not published."""
        shown = {
            path.resolve() for path in (self.target, self.target.with_name("now.failed")) if path.is_symlink()
        }
        store = self.home / "reports" / ".generations"
        cache = store / "now.cache"
        left = [path for path in store.iterdir() if path.resolve() not in shown | {cache.resolve()}]
        left += [path for path in cache.iterdir() if path.name.startswith(".")]
        return [*map(str, [*left, *self.temporary.iterdir()]), *list_processes(f"TMPDIR={self.temporary}")]


def check_whole(folder):
    """See that each file of an edition is as its manifest says, and none is missing or more."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    expected = dict(manifest["index"])
    for report in manifest["reports"]:
        expected |= report["outputs"]
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"manifest.json", ".generation"}
    }
    assert found == expected


def list_processes(mark):
    """The command lines of the processes whose environment holds a text, without those that have ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (path / "environ").read_bytes().split(b"\0"):
                found.append((path / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            pass
    return found


def _hit(process, victim, chance):
    """Send the signal, as soon as there is somebody to get it; say how it went."""
    if victim == "interrupt":
        return _send(
            partial(os.killpg, process.pid, signal.SIGINT), process
        )  # Ctrl-C reaches the whole group
    if victim in ("parent", "terminate"):
        return _send(partial(process.send_signal, STOPS.get(victim, signal.SIGKILL)), process)
    while process.poll() is None:
        if found := find_children(process.pid).get(victim):
            return _send(partial(os.kill, chance.choice(found), signal.SIGKILL), process)
        time.sleep(0.01)
    return "missed"


def _send(action, process):
    if process.poll() is not None:
        return "missed"
    try:
        action()
    except ProcessLookupError:
        return "missed"
    return "hit"


def find_children(parent):
    """The processes of a build by what they are: worker, server, kernel."""
    found = {}
    for pid in _list_children(parent):
        command = _read_command(pid)
        if "spawn_main" in command:
            found.setdefault("worker", []).append(pid)
        elif "kernel_server" in command:
            found["server"] = [pid]
            if kernels := _list_children(pid):
                found["kernel"] = kernels
    return found


def _list_children(pid):
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _read_command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
