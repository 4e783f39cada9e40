"""Kernels that a process of their own starts and ends (`analysis.publish.runs.kernel_server`)."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.publish.runs import kernel_server
from analysis.publish.runs.messages import receive, send

STARTS = 4  # in one build; more do not help
START_LIMIT_S = 60
END_LIMIT_S = 10
ADDRESS_LIMIT = 100  # bytes in the path of a socket; the system allows 103 to 107
LOST = -9  # exit code of a kernel whose server has gone: it was killed with it


class ForkedProcess:
    """
    A kernel of the server, with what is needed of `subprocess.Popen`. It ends when this object's connection does.

    Parameters
    ----------
    address : str
        Of the server.
    order : mapping
        What the server is told, see `analysis.publish.runs.kernel_server`.
    remedy : str
        What to do when there is no server; a part of the message of the RuntimeError that tells it.
    channel : socket.socket, optional
        For the kernel to speak to.
    """

    stdin = stdout = stderr = None

    def __init__(
        self, address: str, order: Mapping[str, Any], remedy: str, channel: socket.socket | None = None
    ) -> None:
        self.returncode: int | None = None
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.settimeout(START_LIMIT_S)
        try:
            with shorten(address) as short:
                self._connection.connect(short)
            send(self._connection, order, channel)
            self.pid = (receive(self._connection) or {})["pid"]
        except (OSError, KeyError):
            self._connection.close()
            raise RuntimeError(f"the process that starts kernels has ended. {remedy}") from None

    def poll(self) -> int | None:
        """Return the exit code, None as long as the kernel runs."""
        return self._hear(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end."""
        code = self._hear(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and its children, if it still runs."""
        if self.returncode is None:
            send(self._connection, {"signal": number})

    def kill(self) -> None:
        """Kill the kernel and its children."""
        self.send_signal(signal.SIGKILL)

    def _hear(self, timeout: float | None) -> int | None:
        if self.returncode is None and _is_ready(self._connection, timeout):
            message = receive(self._connection)
            self._connection.close()
            if message is None:  # the server was killed, the kernel with it, but not the kernel's children
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.pid, signal.SIGKILL)
            self.returncode = message["code"] if message else LOST
        return self.returncode


def _is_ready(connection: socket.socket, timeout: float | None) -> bool:
    poll = select.poll()  # select.select takes no descriptor beyond 1023
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(None if timeout is None else timeout * 1000))


@contextlib.contextmanager
def shorten(address: str) -> Iterator[str]:
    """
    Give the path of a socket a name that is short enough for the system, where Linux has one, during the block.

    Examples
    --------
    ``/a/very/long/…/folder/kernels`` becomes ``/proc/<this process>/fd/<the open folder>/kernels``. All processes of
    this user may use it.
    """
    if sys.platform != "linux" or len(os.fsencode(address)) <= ADDRESS_LIMIT:
        yield address
        return
    folder, name = os.path.split(address)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield f"/proc/{os.getpid()}/fd/{descriptor}/{name}"
    finally:
        os.close(descriptor)


class KernelServer:
    """
    The process that starts kernels. Close it, or end this process: it takes its kernels along.

    ``is_known`` says whether anybody was told its address, so that there may be kernels.

    Parameters
    ----------
    folder : Path
        Private folder for its socket; the process works in it.
    environment : mapping of str to str
        For the process. PYTHONHASHSEED and what libraries read at import count for forked kernels too.
    steps : sequence of str, optional
        What the process does before it is forked, see `analysis.publish.runs.kernels.serve_kernels`. Without, it starts
        each kernel as a new process.
    """

    def __init__(
        self, folder: Path, environment: Mapping[str, str], steps: Sequence[str] | None = None
    ) -> None:
        self._address, self.is_known = str(folder / "kernels"), False
        self._folder, self._environment, self._starts = folder, environment, 0
        self._how = ["spawn"] if steps is None else ["fork", *steps]
        self._listener = socket.socket(socket.AF_UNIX)
        with shorten(self._address) as short:
            self._listener.bind(short)
        self._listener.listen(64)
        self.start()

    @property
    def address(self) -> str:
        """Path of the socket at which kernels are asked for."""
        self.is_known = True
        return self._address

    @property
    def is_open(self) -> bool:
        """Whether kernels can be asked for."""
        return self.lifeline.fileno() >= 0

    def start(self) -> None:
        """
        Start the process. Call it again when `lifeline` shows that it has died; who waits at the socket is then served
        by a new one, or, if that has happened too often, told that there is none.
        """
        if self._starts:
            self.lifeline.close()
            self.process.wait()
        self._starts += 1
        if self._starts > STARTS:
            self._listener.close()
            return
        self.lifeline, theirs = socket.socketpair()
        ends = self._listener.fileno(), theirs.fileno()
        command = [sys.executable, "-P", kernel_server.__file__, *map(str, ends), *self._how]
        self.process = subprocess.Popen(
            command,
            env={
                **self._environment,
                "PYDEVD_DISABLE_FILE_VALIDATION": "1",
            },  # else debugpy prints at its import
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            pass_fds=ends,
            start_new_session=True,  # Ctrl-C reaches the whole group; only its parent shall answer it
        )
        theirs.close()

    def close(self) -> None:
        """End the process and its kernels; by force if it does not answer, or has none since nobody knew its address."""
        if not self.is_known:
            self.process.kill()
        self.lifeline.close()
        self._listener.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(END_LIMIT_S)
        self.process.kill()
        self.process.wait()
