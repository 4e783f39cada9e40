"""
The IPython of a run, spoken to over one socket.

It is the shell of ipykernel's kernels, and a notebook is left with what they would leave in it; but there is nobody to ask,
no widget that answers, and `exit` is told. What it goes without are their five sockets and four threads, which would cost
a run more than the cells of many a notebook. `prepare` makes it, which a process that kernels are
forked from does once for all of them; `serve` answers `analysis.publish.runs.channel`. Requests are ``{"id", "code"}``, or
without code to ask what this kernel is; answers are ``{"channel", "msg_type", "parent", "content"}``, with the types and
contents of Jupyter's messages (https://jupyter-client.readthedocs.io/en/stable/messaging.html).
"""

import asyncio
import builtins
import contextlib
import getpass
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import ExecutionResult
from IPython.core.profiledir import ProfileDir
from IPython.paths import get_ipython_dir
from traitlets import default
from traitlets.config import Config

from analysis.publish.runs.messages import receive
from analysis.publish.runs.wire import Stream, Wire


class Shell(ZMQInteractiveShell):
    """
    The shell of ipykernel without a loop of a graphical interface.

    The folders where IPython keeps things are made when a cell asks for them, and so those of its run: who makes the shell
    for all runs writes nothing, which nobody would remove if it were killed.
    """

    @default("ipython_dir")
    def _find_folder(self) -> str:
        return get_ipython_dir()

    @default("profile_dir")
    def _find_profile(self) -> ProfileDir:
        return ProfileDir.create_profile_dir_by_name(self.ipython_dir, "default")

    def init_ipython_dir(self, ipython_dir: str | None) -> None:
        """Not yet."""

    def init_profile_dir(self, profile_dir: ProfileDir | None) -> None:
        """Not yet."""

    def enable_gui(self, gui: Any = None) -> None:
        self.active_eventloop = gui


def prepare() -> Shell:
    """Make the shell, if this process has none. It has no threads and no open files."""
    if Shell.initialized():
        return Shell.instance()
    config = Config()
    config.HistoryManager.enabled = False  # would open a database
    config.HistoryManager.hist_file = ":memory:"  # and looks for its place all the same
    shell = Shell.instance(
        config=config, compiler_class=XCachingCompiler, kernel=SimpleNamespace(eventloop=None)
    )
    shell.displayhook.session = shell.display_pub.session = Wire()
    shell.displayhook.topic = b"execute_result"
    shell.extension_manager.load_extension("storemagic")  # as each kernel of Jupyter does
    return shell


def serve(descriptor: int, tell_shortage: Callable[[Shell], None]) -> None:
    """
    Answer requests until the client has gone.

    Parameters
    ----------
    descriptor : int
        Of the socket whose other end the client has.
    tell_shortage : callable
        Is given the shell, to make it tell when memory runs out.
    """
    shell = prepare()
    shell.init_environment()  # the environment is another one now
    tell_shortage(shell)
    shell.init_sys_modules()  # the module of the cells is ``__main__``
    wire = shell.displayhook.session
    wire.connection, wire.lock, wire.owner = socket.socket(fileno=descriptor), threading.Lock(), os.getpid()
    streams = [Stream(name, number, wire) for number, name in enumerate(("stdout", "stderr"), start=1)]
    sys.stdout, sys.stderr = streams
    builtins.input = getpass.getpass = _refuse_input
    signal.signal(signal.SIGINT, signal.default_int_handler)
    wire.tell("shell", "ready", {})
    # `asyncio.run` would answer interrupts itself.
    asyncio.new_event_loop().run_until_complete(_answer(shell, wire, streams))
    os._exit(0)


async def _answer(shell: Shell, wire: Wire, streams: list[Stream]) -> None:
    """Answer one request after the other; between them, tasks that a cell has left go on."""
    while True:
        await _wait_for(wire.connection)
        request = receive(wire.connection)
        if request is None:
            return
        wire.answer(request["id"])
        if "code" in request:
            reply = await _execute(shell, wire, streams, request["code"])
            wire.tell("shell", "execute_reply", reply)
            wire.send(None, "status", {"execution_state": "idle"})
        else:
            wire.tell("shell", "kernel_info_reply", {"language_info": IPythonKernel.language_info})


async def _execute(shell: Shell, wire: Wire, streams: list[Stream], code: str) -> dict[str, Any]:
    """Run a cell and say how it ended."""
    wire.send(None, "execute_input", {"code": code, "execution_count": shell.execution_count})
    result = await _run(shell, code)
    if os.getpid() != wire.owner:
        os._exit(0)  # a child of the notebook's answers nothing in its place
    if shell.exit_now:
        shell._showtraceback(SystemExit, SystemExit(0), [])
        result.error_in_exec = SystemExit(0)
    try:
        for stream in streams:
            stream.end_cell()
    except Exception as error:  # noqa: BLE001 - of what the cell has done to its output
        shell.showtraceback()
        result.error_in_exec = error
    return _describe(shell, result)


async def _wait_for(connection: socket.socket) -> None:
    """Wait until something has come, even if a cell has cancelled all tasks that it found."""
    loop, come = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(connection, come.set)
    while not come.is_set():
        with contextlib.suppress(asyncio.CancelledError):
            await come.wait()
    loop.remove_reader(connection)


async def _run(shell: Shell, code: str) -> ExecutionResult:
    """Run a cell; one that waits for something, in the loop that runs."""
    try:
        transformed = shell.transform_cell(code)
    except Exception:  # noqa: BLE001 - the shell will find and tell it
        return shell.run_cell(code, store_history=True)
    if not shell.should_run_async(code, transformed_cell=transformed):
        return shell.run_cell(code, store_history=True)
    result = await shell.run_cell_async(code, store_history=True, transformed_cell=transformed)
    shell.events.trigger("post_execute")
    shell.events.trigger("post_run_cell", result)
    return result


def _describe(shell: Shell, result: ExecutionResult) -> dict[str, Any]:
    """Say how a cell ended."""
    count = {"execution_count": shell.execution_count - 1}
    if result.success and not shell._last_traceback_during_displayhook:
        return count | {"status": "ok", "payload": [], "user_expressions": {}}
    error = result.error_before_exec or result.error_in_exec
    trace = shell._last_traceback or []
    return count | {
        "status": "error",
        "ename": type(error).__name__,
        "evalue": str(error),
        "traceback": trace,
    }


def _refuse_input(*_: Any, **__: Any) -> str:
    """Stand in for `input` and `getpass.getpass`."""
    raise StdinNotImplementedError("a report is made without anybody to ask. Give the value as a parameter.")
