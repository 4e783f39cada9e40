"""The kernel of a run: this Python, in an environment of its own, behind a fence."""

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.publish.runs import fence
from analysis.publish.runs.environment import keep_environment, pin_environment
from analysis.publish.runs.inputs import FENCE, write_fence
from analysis.publish.runs.limits import USUAL, Limits

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

    from analysis.publish.runs.forks import KernelServer

# Never matplotlib_inline: figures would show in no kernel, since it prepares only the process that imports it.
# fmt: off
PRELOADED = (
    "IPython", "ipykernel.ipkernel", "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger",
    "IPython.core.oinspect", "IPython.extensions.storemagic",
    "babel.dates", "babel.lists", "babel.numbers", "babel.localedata:load:de_DE", "babel.localedata:load:en_GB",
    "jinja2", "markdown_it", "mdit_py_plugins.attrs", "python_calamine",
    "numpy", "pandas", "pandas.core.methods.to_dict", "pandas.core.reshape.reshape", "encodings.utf_8_sig",
    "pyproj", "shapely", "geopandas", "pyogrio", "xml.etree.ElementTree",
    "matplotlib.pyplot", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg",
    "PIL.BmpImagePlugin", "PIL.GifImagePlugin", "PIL.JpegImagePlugin", "PIL.PpmImagePlugin",
)
SHELL = "analysis.publish.runs.shell:prepare"  # for `serve_kernels`, where runs are the only kernels
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
    folder: Path, kernel: str | None = None, steps: Sequence[str] = (), home: Path | None = None
) -> "Iterator[KernelServer | None]":
    """
    Have a process that starts kernels and takes them along when this one ends; None where there is none (Windows).

    Parameters
    ----------
    folder : Path
        Private folder for its socket.
    kernel : {"fork", "spawn"}, optional
        See `choose_way`.
    steps : sequence of str
        What kernels find done besides the loaded libraries, if they are forked: ``module`` for one that is loaded, of
        which they see no later change; ``module:function`` or ``module:function:argument`` for a call.
    home : Path, optional
        The project folder that the steps find.
    """
    if os.name != "posix":
        yield None
        return
    from analysis.publish.runs.forks import KernelServer

    done = (*PRELOADED, *steps) if choose_way(kernel) == "fork" else None
    environment = (
        keep_environment(os.environ) | pin_environment(folder) | {"IPYTHONDIR": str(folder / "ipython")}
    )
    server = KernelServer(folder, environment, done)
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
        Folder for the kernel's settings and temporary files, removed by the caller after the run.
    server : str, optional
        Address of the `KernelServer` that starts the kernel; by default Jupyter does.
    limits : Limits
        How much memory the kernel may have.

    Yields
    ------
    type
        For the argument ``kernel_manager_class`` of ``papermill.execute_notebook``. A kernel that still runs when the
        block is left is killed: nbclient leaves one behind if it is stopped while the kernel starts.
    """
    own = {"TWINNING_HOME": str(work), "IPYTHONDIR": str(scratch / "ipython")} | pin_environment(scratch)
    own |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    write_fence(work, scratch, limits.memory_mb, own)
    command = [sys.executable, "-P", fence.__file__, str(scratch / FENCE)]
    started: list[Any] = []
    try:
        if server:
            order = {"command": command, "environment": keep_environment(os.environ) | own}
            yield _use_server(server, order, started)
        else:
            yield _use_jupyter(command, own, scratch, started)
    finally:
        for manager in started:
            if manager.process and manager.process.poll() is None:
                manager.process.kill()
                manager.process.wait()


def _use_server(server: str, to_do: Mapping[str, Any], managers: list[Any]) -> "type[AsyncKernelManager]":
    """Give the class that has the server start the kernel, and speaks to it over one socket."""
    from analysis.publish.runs.channel import ChannelManager

    class OwnManager(ChannelManager):
        address, order, started = server, to_do, managers

    return OwnManager


def _use_jupyter(
    command: Sequence[str], own: Mapping[str, str], scratch: Path, started: list[Any]
) -> "type[AsyncKernelManager]":
    """Give the class that starts the kernel as Jupyter does, by the one kernelspec there is."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from traitlets import default

    environment = {name: value.replace("$", "$$") for name, value in own.items()}
    spec = KernelSpec(
        argv=[*command, "-f", "{connection_file}"],
        env=environment,
        display_name="Python 3",
        language="python",
    )

    class OwnSpecs(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return spec

    class OwnManager(AsyncKernelManager):
        @default("kernel_spec_manager")
        def _own_specs(self) -> KernelSpecManager:
            started.append(self)
            return OwnSpecs()

        @default("connection_file")
        def _own_file(self) -> str:
            return str(scratch / "kernel.json")

        @property
        def process(self) -> Any:
            return getattr(self.provisioner, "process", None)

    return OwnManager
