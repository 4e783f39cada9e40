"""
A process that starts a kernel for each client that asks: forked of itself, with the libraries of the notebooks imported,
or as a new process.

`analysis.publish.runs.forks` starts it as a program of its own. Besides the messages it imports only what it is told to: what a notebook imports
besides is as fresh as in a new process. It has one thread and no event loop, so that a fork is safe.

A client connects to the socket and sends an order, ``{"command", "environment", "folder"}``, and with it, if it wishes, a
socket for the kernel to speak to; it is told ``{"pid"}``, and ``{"code"}`` when the kernel has ended. ``{"signal"}`` goes
to the kernel and its children. A kernel whose client has gone is killed, and all of them when the process at the other
end of the lifeline has gone.
"""

import contextlib
import gc
import importlib
import os
import random
import runpy
import selectors
import signal
import socket
import sys
import tempfile
import time

from analysis.publish.runs.messages import Message, receive_order, send

DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of Linux


def main() -> None:
    """
    Serve; after a fork be a kernel.

    Arguments: descriptors of socket and lifeline, ``fork`` or ``spawn``, and what is to be done once for all kernels:
    ``module`` to import, ``module:function`` or ``module:function:argument`` to call.
    """
    listener, lifeline = (socket.socket(fileno=int(number)) for number in sys.argv[1:3])
    server, own, is_new = _Server(listener, lifeline), os.getpid(), sys.argv[3] == "spawn"
    for step in sys.argv[4:]:
        with contextlib.suppress(Exception):  # the notebook that does the same will tell
            _do(step)
    gc.collect()
    gc.freeze()  # what is here now is never searched for garbage, so that its memory stays shared
    if order := server.serve():
        _become_kernel(order, own, is_new)
    if os.getpid() == own:
        os._exit(
            0
        )  # what libraries do at the end of a process, as IPython, may need the folder, which may have gone


def _do(step: str) -> None:
    """Import a module, or call a function of it."""
    name, *call = step.split(":", maxsplit=2)
    module = importlib.import_module(name)
    if call:
        getattr(module, call[0])(*call[1:])


class _Server:
    """Forks kernels until the lifeline ends."""

    def __init__(self, listener: socket.socket, lifeline: socket.socket) -> None:
        self.listener, self.lifeline = listener, lifeline
        self.clients: dict[int, socket.socket] = {}  # by the process of their kernel
        self.bell, self.ringer = socket.socketpair()
        self.ringer.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.ringer.fileno(), warn_on_full_buffer=False)
        self.selector = selectors.DefaultSelector()
        for one in (listener, lifeline, self.bell):
            self.selector.register(one, selectors.EVENT_READ)

    def serve(self) -> Message | None:
        """Return at the end; before that, in each kernel, with its order."""
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.lifeline:
                    return self._end()
                if key.fileobj is self.bell:
                    self.bell.recv(4096)
                    self._reap()
                elif key.fileobj is self.listener:
                    self.selector.register(self.listener.accept()[0], selectors.EVENT_READ)
                elif order := self._hear(key.fileobj):
                    return order

    def _hear(self, client: socket.socket) -> Message | None:
        """Do what a client says. In a new kernel, return its order."""
        message, channel = receive_order(client)
        pid = next((pid for pid, one in self.clients.items() if one is client), None)
        if message and "command" in message:
            pid = os.fork()
            if pid == 0:
                self._close()
                return {**message, "channel": channel}
            self.clients[pid] = client
            send(client, {"pid": pid})
        elif pid:
            _signal(pid, message["signal"] if message else signal.SIGKILL)
        if channel is not None:
            os.close(channel)
        if message is None:
            self.selector.unregister(client)
            client.close()
        return None

    def _reap(self) -> None:
        """Kill what kernels that have ended leave behind, and tell their clients."""
        for pid in list(self.clients):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                _signal(pid, signal.SIGKILL)
                _, status = os.waitpid(pid, 0)
                send(self.clients.pop(pid), {"code": os.waitstatus_to_exitcode(status)})

    def _end(self) -> None:
        """Kill all kernels."""
        for pid in self.clients:
            _signal(pid, signal.SIGKILL)
        for pid in self.clients:
            os.waitpid(pid, 0)
        self._close()

    def _close(self) -> None:
        """Close what is the server's alone."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.ringer.close()
        self.selector.close()


def _become_kernel(order: Message, server: int, is_new: bool) -> None:
    """Run the command ``python -P program argument …`` in this forked process, or make it what a new one would be."""
    os.setsid()  # signals reach the kernel with its children
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(DEATH_OF_PARENT, signal.SIGKILL)
        if os.getppid() != server:
            return
    os.chdir(order["folder"])
    channel = order["channel"]
    if channel is None:  # a kernel of JupyterLab's sees what has been edited since
        for name in [name for name in sys.modules if name.partition(".")[0] == "analysis"]:
            del sys.modules[name]
    # ipykernel looks after its parent by itself where the system does not.
    said = f"--IPKernelApp.parent_handle={server}" if channel is None else str(channel)
    command = [*order["command"], said]
    if is_new:
        if channel is not None:
            os.set_inheritable(channel, True)
        os.execve(command[0], command, order["environment"])
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    tempfile.tempdir = None
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    sys.argv = command[2:]
    runpy.run_path(command[2], run_name="__main__")


def _signal(pid: int, number: int) -> None:
    """Send a signal to a kernel that has not been waited for, and to its children."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:  # it has not come to os.setsid
        os.kill(pid, number)


if __name__ == "__main__":
    main()
