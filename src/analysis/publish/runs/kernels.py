"""The kernel of a run: this Python, in an environment of its own, behind a fence."""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.publish.runs import fence
from analysis.publish.runs.environment import keep_environment, pin_environment
from analysis.publish.runs.inputs import FENCE, write_fence
from analysis.publish.runs.limits import USUAL, Limits

if TYPE_CHECKING:
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    from analysis.publish.runs.forks import KernelServer

# Never matplotlib_inline: figures would show in no kernel, since it prepares only the process that imports it.
# fmt: off
PRELOADED = (
    "IPython", "ipykernel.kernelapp", "ipykernel.debugger", "tornado.platform.asyncio", "sqlite3",
    "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "babel.dates", "babel.lists", "babel.numbers", "jinja2", "markdown_it", "mdit_py_plugins.attrs", "python_calamine",
    "numpy", "pandas", "pandas.core.methods.to_dict", "pandas.core.reshape.reshape", "encodings.utf_8_sig",
    "pyproj", "shapely", "geopandas", "pyogrio", "xml.etree.ElementTree",
    "matplotlib.pyplot", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg",
    "PIL.BmpImagePlugin", "PIL.GifImagePlugin", "PIL.JpegImagePlugin", "PIL.PpmImagePlugin",
)
# fmt: on


def choose_way(kernel: str | None = None, system: str = sys.platform) -> str:
    """
    Tell how kernels start.

    Parameters
    ----------
    kernel : {"fork", "spawn"}, optional
        What is wished; by default ``fork`` where that is safe.
    system : str
        As `sys.platform`.

    Raises
    ------
    ValueError
        If forking is wished where it is not safe. A fork of a process that has loaded macOS's frameworks may crash.
    """
    if kernel == "fork" and system != "linux":
        raise ValueError(f"is 'fork', allowed on this system ({system}) is 'spawn'. Leave the option out.")
    return kernel or ("fork" if system == "linux" else "spawn")


@contextlib.contextmanager
def serve_kernels(
    folder: Path, kernel: str | None = None, own: Sequence[str] = ()
) -> "Iterator[KernelServer | None]":
    """
    Have a process that starts kernels and takes them along when this one ends; None where there is none (Windows).

    Parameters
    ----------
    folder : Path
        Private folder for its socket.
    kernel : {"fork", "spawn"}, optional
        See `choose_way`.
    own : sequence of str
        Modules that kernels find loaded besides the libraries, if they are forked: they see no later change of them.
    """
    if os.name != "posix":
        yield None
        return
    from analysis.publish.runs.forks import KernelServer

    modules = (*PRELOADED, *own) if choose_way(kernel) == "fork" else None
    environment = keep_environment(os.environ) | pin_environment(folder)
    server = KernelServer(folder, environment, modules)
    try:
        yield server
    finally:
        server.close()


@contextlib.contextmanager
def offer_kernel(
    work: Path, scratch: Path, server: str | None = None, limits: Limits = USUAL
) -> "Iterator[type[AsyncKernelManager]]":
    """
    Give the class that starts this very Python, whatever kernels and settings the machine has.

    Parameters
    ----------
    work : Path
        Snapshot of the project, the ``TWINNING_HOME`` of the kernel.
    scratch : Path
        Folder for the kernel's connection and settings, removed by the caller after the run.
    server : str, optional
        Address of the `KernelServer` that starts the kernel; by default this process does.
    limits : Limits
        How much memory the kernel may have.

    Yields
    ------
    type
        For the argument ``kernel_manager_class`` of ``papermill.execute_notebook``. A kernel that still runs when the
        block is left is killed: nbclient leaves one behind if it is stopped while the kernel starts.
    """
    from jupyter_client.manager import AsyncKernelManager
    from traitlets import default

    from analysis.publish.runs.forks import ADDRESS_LIMIT, ForkProvisioner, shorten
    from analysis.publish.runs.handshake import QuickClient

    sockets = contextlib.ExitStack()
    address = sockets.enter_context(shorten(str(scratch / "kernel-ipc")))
    started: list[AsyncKernelManager] = []

    class OwnKernelManager(AsyncKernelManager):
        client_factory = QuickClient

        @default("kernel_spec_manager")
        def _own_specs(self) -> "KernelSpecManager":
            started.append(self)
            return _make_specs(work, scratch, limits.memory_mb)

        @default("connection_file")
        def _own_file(self) -> str:
            return str(scratch / "kernel.json")

        @default("transport")
        def _own_transport(self) -> str:
            # Two kernels may be given the same free TCP port.
            return "ipc" if os.name == "posix" and len(os.fsencode(address)) <= ADDRESS_LIMIT else "tcp"

        @default("ip")
        def _own_ip(self) -> str:
            return address if self.transport == "ipc" else "127.0.0.1"

        async def start_kernel(self, **options: Any) -> None:
            if server:
                self.provisioner = ForkProvisioner(
                    kernel_id="forked", kernel_spec=self.kernel_spec, parent=self, address=server
                )
            await super().start_kernel(**options)

    try:
        yield OwnKernelManager
    finally:
        for manager in started:
            process = getattr(manager.provisioner, "process", None)
            if process and process.poll() is None:
                process.kill()
                process.wait()
        sockets.close()


def _make_specs(work: Path, scratch: Path, memory_mb: int) -> "KernelSpecManager":
    """Describe the one kernel there is."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

    own = {"TWINNING_HOME": str(work), "IPYTHONDIR": str(scratch / "ipython")} | pin_environment(scratch)
    own |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    write_fence(work, scratch, memory_mb, own)
    environment = {name: value.replace("$", "$$") for name, value in own.items()}
    command = [sys.executable, "-P", fence.__file__, str(scratch / FENCE), "-f", "{connection_file}"]

    class OwnSpecs(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return KernelSpec(argv=command, env=environment, display_name="Python 3", language="python")

    return OwnSpecs()
