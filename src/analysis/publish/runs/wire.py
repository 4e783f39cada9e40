"""What a kernel says to `analysis.publish.runs.channel`: messages over one socket, and what the cells print."""

import contextlib
import io
import json
import os
import re
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from jupyter_client.session import Session

from analysis.publish.runs.messages import send_bytes

AT_ONCE = 100  # lines of a cell that are sent as they are written, so that they are known if it never ends


PART = 100_000  # characters that are sent at the latest, so that they do not fill the memory
HALF = re.compile("[\ud800-\udfff]")  # of a character, which cannot be written

REQUEST: ContextVar[str] = ContextVar("request")  # threads have none of their own


class Wire(Session):
    """Sends what the shell has to say, in the name of the request that it belongs to."""

    connection: socket.socket
    lock: threading.Lock
    owner = 0  # the process that may send
    request = ""  # the last one

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> None:
        """Send a message, made before or now."""
        if not isinstance(msg_or_type, str):
            msg_or_type, content = msg_or_type["msg_type"], msg_or_type["content"]
        self.tell("iopub", msg_or_type, content)

    def tell(self, channel: str, kind: str, content: Mapping[str, Any]) -> None:
        """Send a message to one of the client's ears. Each process but the kernel itself is mute."""
        if os.getpid() == self.owner:
            parent = REQUEST.get(self.request)
            head = json.dumps({"channel": channel, "msg_type": kind, "parent": parent}).encode()
            packed = self.pack(content)  # as Jupyter does: what JSON does not know, is made known or told
            with _without_signals(), self.lock:
                send_bytes(self.connection, head[:-1] + b', "content": ' + packed + b"}")

    def answer(self, request: str) -> None:
        """Speak in the name of a request from now on; what the last one has left running goes on in its own."""
        self.request = request
        REQUEST.set(request)


@contextlib.contextmanager
def _without_signals() -> Iterator[None]:
    """Let no signal handler of a cell leave half a message, or say something in the midst of it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Stream(io.TextIOBase):
    """Standard output or error: what Python writes, and what C libraries write to its descriptor."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, name: str, descriptor: int, wire: Wire) -> None:
        self.name, self._descriptor, self._wire = name, descriptor, wire
        self._parts: list[str] = []
        self._size = self._sent = self._read = 0
        self._lock = threading.RLock()
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this process
        os.dup2(self._file.fileno(), descriptor)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if os.getpid() != self._wire.owner:  # a child of the notebook's: its parent will find it
            os.write(self._descriptor, text.encode(errors="replace"))
            return len(text)
        with _without_signals(), self._lock:
            self._parts.append(text)
            self._size += len(text)
            if self._size > PART or ("\n" in text and self._sent < AT_ONCE):
                self.flush()
        return len(text)

    def flush(self) -> None:
        if os.getpid() != self._wire.owner:
            return  # whoever held the lock is not in this process
        with _without_signals(), self._lock:
            file = self._file.fileno()  # a notebook may have put another one in place of the descriptor
            size = os.fstat(file).st_size
            below = os.pread(file, max(size - self._read, 0), self._read).decode(errors="replace")
            text, self._parts, self._size, self._read = "".join([below, *self._parts]), [], 0, size
            if text:
                self._sent += 1
                self._wire.send(None, "stream", {"name": self.name, "text": HALF.sub("\ufffd", text)})

    def end_cell(self) -> None:
        """Send what is left."""
        self.flush()
        self._sent = 0
