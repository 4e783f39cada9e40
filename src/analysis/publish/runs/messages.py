"""Messages between processes of this machine: JSON behind its length, over a socket."""

import contextlib
import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

LENGTH = struct.Struct("!I")

Message = Mapping[str, Any]


def send(connection: socket.socket, message: Message, channel: socket.socket | None = None) -> None:
    """Send a message, and a socket with it; if the other side has gone, that shows when it is asked."""
    content = json.dumps(message).encode()
    if channel is None:
        send_bytes(connection, content)
        return
    with contextlib.suppress(OSError):
        socket.send_fds(connection, [LENGTH.pack(len(content))], [channel.fileno()])
        connection.sendall(content)


def send_bytes(connection: socket.socket, content: bytes) -> None:
    """Send a message that is JSON already; if the other side has gone, that shows when it is asked."""
    with contextlib.suppress(OSError):
        connection.sendall(LENGTH.pack(len(content)) + content)


def receive(connection: socket.socket) -> Message | None:
    """Wait for a message; None if the other side has gone."""
    head = _read(connection, LENGTH.size)
    content = _read(connection, *LENGTH.unpack(head)) if head else None
    return json.loads(content) if content else None


def receive_order(connection: socket.socket) -> tuple[Message | None, int | None]:
    """Wait for a message, and for the descriptor that may come with it."""
    try:
        begin, channels, *_ = socket.recv_fds(connection, LENGTH.size, 1)
    except ConnectionError:
        return None, None
    head = _read(connection, LENGTH.size, begin) if begin else None
    content = _read(connection, *LENGTH.unpack(head)) if head else None
    return json.loads(content) if content else None, next(iter(channels), None)


def _read(connection: socket.socket, size: int, content: bytes = b"") -> bytes | None:
    while len(content) < size:
        try:
            part = connection.recv(size - len(content))
        except ConnectionError:
            return None
        if not part:
            return None
        content += part
    return content
