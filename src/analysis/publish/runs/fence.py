"""
The program that a kernel is: IPython behind a fence that keeps a notebook to its inputs.

New processes and forked ones run it alike, with the path of a JSON file: ``{"readable", "writable", "memory_mb",
"environment"}``.

Python tells an audit hook about each file that is opened, each folder that is listed, each connection and each program
(https://peps.python.org/pep-0578/), also where a library does it in Python. What C libraries open by themselves it
does not tell. A notebook may write to its temporary folder only: other notebooks read the same data. The fence guards
against oversights, which would make a report depend on what no one knows of; it is no prison for hostile code.
"""

import errno
import json
import logging
import os
import runpy
import sys
import types
from collections.abc import Callable, Sequence
from typing import Any

FILES = ("open", "os.listdir", "os.scandir", "sqlite3.connect")
HOSTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile")
CHANGES = ("os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink")
TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
PYTHON_CACHE = f"{os.sep}__pycache__{os.sep}"  # Python itself writes there
RESERVE = 20_000_000  # bytes, to tell with that there are no more
EXTENSION = "twinning_fence"  # of IPython, made in `main`


class Refused(PermissionError):
    """A notebook wants what is not among its inputs. The message says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(errno.EACCES, message)
        self.message = message

    def __str__(self) -> str:
        return self.message


def main() -> None:
    """Put the fence up and be a kernel. Arguments: path of the fence's file, then a descriptor or those of ipykernel."""
    with open(sys.argv.pop(1), encoding="utf-8") as file:
        fence = json.load(file)
    for name in os.environ.keys() - set(fence["environment"]):
        del os.environ[name]
    limit_memory(fence["memory_mb"])
    if len(sys.argv) == 2:
        from analysis.publish.runs.shell import serve

        sys.addaudithook(make_guard(fence["readable"], fence["writable"]))
        serve(int(sys.argv[1]), _tell_shortage)
    sys.modules[EXTENSION] = extension = types.ModuleType(EXTENSION)
    extension.load_ipython_extension = _tell_shortage  # type: ignore[attr-defined]
    # What goes wrong is told by whoever runs the notebook; a kernel that is ended would log on its terminal that it was.
    sys.argv += [f"--IPKernelApp.extra_extensions={EXTENSION}", f"--IPKernelApp.log_level={logging.CRITICAL}"]
    sys.addaudithook(make_guard(fence["readable"], fence["writable"]))
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)


def limit_memory(megabytes: int) -> None:
    """Let this process have so much memory of its own, where the system can tell (Linux); files it maps do not count."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        size = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (size if most < 0 else min(size, most), most))


def _tell_shortage(shell: Any) -> None:
    """Give a kernel that has run out of memory what it takes to say so; else it would be silent for ever."""

    reserve = [bytes(RESERVE)]

    def tell(shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: Any = None) -> list[str]:
        reserve.clear()
        lines = [f"{kind.__name__}: {error}"]
        shell._showtraceback(kind, error.with_traceback(None), lines)
        return lines

    shell.set_custom_exc((MemoryError,), tell)


def make_guard(
    readable: Sequence[str], writable: Sequence[str] = ()
) -> Callable[[str, tuple[Any, ...]], None]:
    """
    Return an audit hook that raises `Refused` for what a notebook may not do.

    That is: to use files outside these folders, to write outside the writable ones, to connect, to start programs.
    """
    may_read, may_write = (
        tuple(os.path.join(os.path.normcase(folder), "") for folder in folders)
        for folders in ((*readable, *writable), (*writable, os.devnull))
    )
    checks: dict[str, Callable[[tuple[Any, ...]], None]] = {
        **dict.fromkeys(FILES, lambda given: _refuse_file(may_read, given)),
        "open": lambda given: _refuse_opening(may_read, may_write, given),
        **dict.fromkeys(CHANGES, lambda given: _refuse_change(may_write, given)),
        **dict.fromkeys(HOSTS, _refuse_host),
        **dict.fromkeys(PROGRAMS, _refuse_program),
    }

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        check = checks.get(event)  # most events are none of ours, and there are many
        if check:
            check(arguments)

    return guard


def _refuse_opening(readable: tuple[str, ...], writable: tuple[str, ...], arguments: tuple[Any, ...]) -> None:
    """Refuse a file that lies elsewhere, and one to write to."""
    path, _, flags = arguments
    _refuse_file(readable, (path,))
    if isinstance(flags, int) and flags & TO_WRITE:
        _refuse_change(writable, (path,))


def _refuse_file(folders: tuple[str, ...], arguments: tuple[Any, ...]) -> None:
    """Refuse a file or folder that lies elsewhere."""
    path = _find_path(arguments[0])
    if path and not _lies_in(folders, path):
        raise Refused(
            f"the notebook uses {path!r}, which is not among the inputs of its report. "
            "Put the data into the register or data/reference and read them there."
        )


def _refuse_change(folders: tuple[str, ...], arguments: tuple[Any, ...]) -> None:
    """Refuse to write to a file, or to change the entry of one; also of the second one, as in a renaming."""
    if any(isinstance(given, int) and given >= 0 for given in arguments[1:]):
        return  # relative to a folder that is open already: which one, is not told
    for given in arguments[:2]:
        path = _find_path(given) if isinstance(given, str | bytes | os.PathLike) else ""
        if path and not _lies_in(folders, path) and PYTHON_CACHE not in path:
            raise Refused(
                f"the notebook writes to {path!r}, but other notebooks may read that. "
                "Show results with page.figure and page.table; write what is temporary to tempfile.gettempdir()."
            )


def _find_path(given: Any) -> str:
    """The whole path of a file that is named; empty for one that is open already, or none."""
    return "" if isinstance(given, int) or given == ":memory:" else os.path.abspath(os.fsdecode(given or "."))


def _lies_in(folders: tuple[str, ...], path: str) -> bool:
    """Whether a path lies in one of the folders, as it is written or where its links lead to."""
    return any(
        os.path.join(os.path.normcase(one), "").startswith(folders) for one in (path, os.path.realpath(path))
    )


def _refuse_host(arguments: tuple[Any, ...]) -> None:
    """Refuse a connection; on Windows a pair of sockets is a connection with itself."""
    address = arguments[-1] if hasattr(arguments[0], "fileno") else arguments[0]
    host = address[0] if isinstance(address, tuple) else address
    if os.name != "nt" or host not in ("127.0.0.1", "::1"):
        raise Refused(
            f"the notebook connects to {host!r}, but a report may not depend on the network. "
            "Fetch the data beforehand and put them into the register or data/reference."
        )


def _refuse_program(arguments: tuple[Any, ...]) -> None:
    """Refuse to start a program: what it reads, nobody would see."""
    name = os.fsdecode(arguments[0] or "")
    raise Refused(
        f"the notebook starts the program {name!r}, but what a program reads is not known. "
        "Run it beforehand and put its result into the register or data/reference."
    )


if __name__ == "__main__":
    main()
