"""The client of `analysis.publish.runs.shell`: what nbclient wants of a kernel's manager and of its client, over one socket."""

import asyncio
import contextlib
import itertools
import json
import os
import socket
import subprocess
import time
from collections.abc import Mapping
from queue import Empty
from typing import Any

from jupyter_client.manager import AsyncKernelManager

from analysis.publish.runs.forks import ForkedProcess
from analysis.publish.runs.messages import LENGTH, send

PART = 1_000_000  # bytes, read at once
LOOK_S = 1  # between looks whether a kernel that says nothing has died
END_LIMIT_S = 1


class Inbox:
    """Messages of one kind, in the order in which they came."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def put(self, message: dict[str, Any]) -> None:
        self._queue.put_nowait(message)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Wait for the next message. `queue.Empty` if none comes within so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                return await self._queue.get()
        raise Empty


class Channel:
    """
    What nbclient asks a kernel's client.

    Parameters
    ----------
    connection : socket.socket
        One end; the kernel has the other.
    process : ForkedProcess
        The kernel.
    """

    allow_stdin = False

    def __init__(self, connection: socket.socket, process: ForkedProcess) -> None:
        self.shell_channel, self.iopub_channel = Inbox(), Inbox()
        self._connection, self._process = connection, process
        connection.setblocking(False)  # while the kernel does not listen, it is listened to
        self._numbers = map(str, itertools.count(1))
        self._read = bytearray()

    def start_channels(self) -> None:
        """Listen, in the loop that runs."""
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._connection, self._listen)

    def stop_channels(self) -> None:
        """Listen no more."""
        self._loop.remove_reader(self._connection)
        self._connection.close()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel says that it is ready. RuntimeError if it has ended, or says nothing for so many seconds."""
        begin = time.monotonic()
        while True:
            with contextlib.suppress(Empty):
                await self.shell_channel.get_msg(LOOK_S)
                return
            if self._process.poll() is not None:
                raise RuntimeError("the Python process of the notebook died before it was ready.")
            if timeout is not None and time.monotonic() - begin > timeout:
                raise RuntimeError(
                    f"the Python process of the notebook is not ready after {timeout} seconds."
                )

    def is_alive(self) -> bool:
        """Whether the kernel runs."""
        return self._process.poll() is None

    async def execute(self, code: str, **_: bool) -> str:
        """Have a cell executed; return the number of the request."""
        number = next(self._numbers)
        content = json.dumps({"id": number, "code": code}).encode()
        with contextlib.suppress(OSError):  # a kernel that has ended: nbclient will see
            await self._loop.sock_sendall(self._connection, LENGTH.pack(len(content)) + content)
        return number

    def kernel_info(self) -> str:
        """Ask what the kernel is; return the number of the request."""
        number = next(self._numbers)
        send(self._connection, {"id": number})
        return number

    def _listen(self) -> None:
        """Take what has come, and put whole messages where they belong."""
        try:
            part = self._connection.recv(PART)
        except BlockingIOError:
            return
        except ConnectionError:
            part = b""
        if not part:  # the kernel has ended, which nbclient will see
            self._loop.remove_reader(self._connection)
        self._read += part
        while len(self._read) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._read)[0]
            if len(self._read) < end:
                break
            content = self._read[LENGTH.size : end].decode(errors="replace")
            del self._read[:end]
            try:
                self._sort(json.loads(content))
            except (
                ValueError
            ):  # a cell has written between the lines: nothing said from here on can be told apart
                self._loop.remove_reader(self._connection)
                self._process.kill()
                break

    def _sort(self, said: Mapping[str, Any]) -> None:
        """Put a message into its box, as Jupyter would write it."""
        kind = said["msg_type"]
        message = {
            "msg_type": kind,
            "header": {"msg_type": kind},
            "parent_header": {"msg_id": said["parent"]},
        }
        box = self.shell_channel if said["channel"] == "shell" else self.iopub_channel
        box.put(message | {"metadata": {}, "content": said["content"]})


class ChannelManager(AsyncKernelManager):
    """
    What nbclient asks a kernel's manager. It reads no kernelspec, and writes no connection file.

    Attributes
    ----------
    address : str
        Of the server that starts the kernel.
    order : mapping
        What that is told; see `analysis.publish.runs.kernel_server`.
    started : list
        Managers whose kernels have been started; this one adds itself.
    """

    address: str
    order: Mapping[str, Any]
    started: list[Any]
    process: ForkedProcess | None = None

    @property
    def has_kernel(self) -> bool:
        """Whether a kernel was started."""
        return self.process is not None

    async def start_kernel(self, **options: Any) -> None:
        """Have the kernel started. RuntimeError if there is no server."""
        folder = options.get("cwd") or os.getcwd()  # papermill goes there
        order = {**self.order, "folder": str(folder)}
        self._connection, theirs = socket.socketpair()
        with contextlib.ExitStack() as if_it_fails, theirs:
            if_it_fails.enter_context(self._connection)
            self.process = ForkedProcess(self.address, order, "Try again with --kernel spawn.", theirs)
            if_it_fails.pop_all()
        self.started.append(self)

    def client(self, **_: Any) -> Channel:
        """Return the kernel's client."""
        return Channel(self._connection, self.process)

    async def is_alive(self) -> bool:
        """Whether the kernel runs."""
        return self.has_kernel and self.process.poll() is None

    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        """Kill the kernel and see it end."""
        self.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(END_LIMIT_S)

    def cleanup_resources(self, restart: bool = False) -> None:
        """Nothing is left over: the connection is the client's."""
