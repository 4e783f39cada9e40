"""
The program that a kernel is: ipykernel behind a fence that keeps a notebook to its inputs.

New processes and forked ones run it alike, with the path of a JSON file: ``{"readable", "memory_mb"}``. It imports
nothing of this project: what a notebook imports of it is as fresh as in a new process.

Python tells an audit hook about each file that is opened, each folder that is listed, each connection and each program
(https://peps.python.org/pep-0578/), also where a library does it in Python. What C libraries open by themselves it
does not tell. The fence guards against oversights, which would make a report depend on what no one knows of; it is no
prison for hostile code.
"""

import errno
import json
import os
import runpy
import sys
from collections.abc import Callable
from typing import Any

FILES = ("open", "os.listdir", "os.scandir", "sqlite3.connect")
HOSTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile")


class Refused(PermissionError):
    """A notebook wants what is not among its inputs. The message says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(errno.EACCES, message)
        self.message = message

    def __str__(self) -> str:
        return self.message


def main() -> None:
    """Put the fence up and be a kernel. Arguments: path of the fence's file, then those of ipykernel."""
    with open(sys.argv.pop(1), encoding="utf-8") as file:
        fence = json.load(file)
    limit_memory(fence["memory_mb"])
    sys.addaudithook(make_guard(tuple(fence["readable"])))
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)


def limit_memory(megabytes: int) -> None:
    """Let this process have so much memory of its own, where the system can tell (Linux); files it maps do not count."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        size = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (size if most < 0 else min(size, most), most))


def make_guard(readable: tuple[str, ...]) -> Callable[[str, tuple[Any, ...]], None]:
    """Return an audit hook that raises `Refused` for files outside these folders, for connections and for programs."""
    folders = tuple(os.path.join(os.path.normcase(folder), "") for folder in readable)
    checks = dict.fromkeys(FILES, _refuse_file)
    checks |= dict.fromkeys(HOSTS, _refuse_host) | dict.fromkeys(PROGRAMS, _refuse_program)

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        check = checks.get(event)  # most events are none of ours, and there are many
        if check:
            check(folders, arguments)

    return guard


def _refuse_file(folders: tuple[str, ...], arguments: tuple[Any, ...]) -> None:
    """Refuse a file or folder that lies elsewhere; also one to write to."""
    path = arguments[0]
    if isinstance(path, int) or path == ":memory:":
        return  # a file that is open already, or none
    path = os.path.abspath(os.fsdecode(path or "."))
    if not _lies_in(folders, path) and not _lies_in(folders, os.path.realpath(path)):
        raise Refused(
            f"the notebook uses {path!r}, which is not among the inputs of its report. "
            "Put the data into the register or data/reference and read them there."
        )


def _lies_in(folders: tuple[str, ...], path: str) -> bool:
    return os.path.join(os.path.normcase(path), "").startswith(folders)


def _refuse_host(_: tuple[str, ...], arguments: tuple[Any, ...]) -> None:
    """Refuse a connection; on Windows a pair of sockets is a connection with itself."""
    address = arguments[-1] if hasattr(arguments[0], "fileno") else arguments[0]
    host = address[0] if isinstance(address, tuple) else address
    if os.name != "nt" or host not in ("127.0.0.1", "::1"):
        raise Refused(
            f"the notebook connects to {host!r}, but a report may not depend on the network. "
            "Fetch the data beforehand and put them into the register or data/reference."
        )


def _refuse_program(_: tuple[str, ...], arguments: tuple[Any, ...]) -> None:
    """Refuse to start a program: what it reads, nobody would see."""
    raise Refused(
        f"the notebook starts the program {os.fsdecode(arguments[0] or '')!r}, but what a program reads is not known. "
        "Run it beforehand and put its result into the register or data/reference."
    )


if __name__ == "__main__":
    main()
