"""The kernel of a run: this Python, with an environment that does not depend on the machine or its user."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.publish.runs import fence

if TYPE_CHECKING:
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    from analysis.publish.runs.forks import KernelServer

VARIED = (
    "TWINNING_VERIFY_"  # before a name in PINNED: `analysis.publish.edition.verify` sets it to another value
)
PINNED = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONWARNINGS": "",
    "TZ": "UTC",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "SOURCE_DATE_EPOCH": "0",
    "OPENBLAS_NUM_THREADS": "1",  # as many kernels as cores run at once: more threads would only wait
    "OMP_NUM_THREADS": "1",
}
# Never matplotlib_inline: figures would show in no kernel, since it prepares only the process that imports it.
# fmt: off
PRELOADED = (
    "IPython", "ipykernel.kernelapp", "ipykernel.debugger",
    "babel.dates", "babel.lists", "babel.numbers", "jinja2", "markdown_it", "mdit_py_plugins.attrs", "python_calamine",
    "numpy", "pandas", "pyproj", "shapely", "geopandas", "pyogrio", "xml.etree.ElementTree",
    "matplotlib.pyplot", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg",
    "PIL.BmpImagePlugin", "PIL.GifImagePlugin", "PIL.JpegImagePlugin", "PIL.PpmImagePlugin",
)
# fmt: on
FENCE = "fence.json"
MEMORY_MB = 2000  # of one kernel; an evaluation takes about 200
# Fonts, time zones, devices, and what the system tells about itself
SYSTEM_FOLDERS = (
    "/usr/share",
    "/usr/local/share",
    "/etc",
    "/private/etc",
    "/dev",
    "/proc",
    "/sys",
    "/System",
    "/Library",
)
SETTINGS = "svg.hashsalt: twinning\n"  # of matplotlib


def pin_environment(folder: Path) -> dict[str, str]:
    """
    Say what the environment of each kernel holds.

    Parameters
    ----------
    folder : Path
        Where a file with the settings of matplotlib is written.
    """
    path = folder / "matplotlibrc"
    path.write_text(SETTINGS, encoding="utf-8")
    pinned = {name: os.environ.get(VARIED + name, value) for name, value in PINNED.items()}
    return pinned | {"MATPLOTLIBRC": str(path)}


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
def serve_kernels(folder: Path, kernel: str | None = None) -> "Iterator[KernelServer | None]":
    """
    Have a process that starts kernels and takes them along when this one ends; None where there is none (Windows).

    Parameters
    ----------
    folder : Path
        Private folder for its socket.
    kernel : {"fork", "spawn"}, optional
        See `choose_way`.
    """
    if os.name != "posix":
        yield None
        return
    from analysis.publish.runs.forks import KernelServer

    modules = PRELOADED if choose_way(kernel) == "fork" else None
    server = KernelServer(folder, os.environ | pin_environment(folder), modules)
    try:
        yield server
    finally:
        server.close()


@contextlib.contextmanager
def offer_kernel(
    work: Path, scratch: Path, server: str | None = None, memory_mb: int = MEMORY_MB
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
    memory_mb : int
        How much memory of its own the kernel may have, in units of 1,000,000 bytes.

    Yields
    ------
    type
        For the argument ``kernel_manager_class`` of ``papermill.execute_notebook``. A kernel that still runs when the
        block is left is killed: nbclient leaves one behind if it is stopped while the kernel starts.
    """
    from jupyter_client.manager import AsyncKernelManager
    from traitlets import default

    _write_fence(work, scratch, memory_mb)
    from analysis.publish.runs.handshake import QuickClient

    started: list[AsyncKernelManager] = []

    class OwnKernelManager(AsyncKernelManager):
        client_factory = QuickClient

        @default("kernel_spec_manager")
        def _own_specs(self) -> "KernelSpecManager":
            started.append(self)
            return _make_specs(work, scratch)

        @default("connection_file")
        def _own_file(self) -> str:
            return str(scratch / "kernel.json")

        @default("transport")
        def _own_transport(self) -> str:
            # Two kernels may be given the same free TCP port; the path of a socket has at most 100 characters.
            return "ipc" if os.name == "posix" and len(str(scratch)) < 80 else "tcp"

        async def start_kernel(self, **options: Any) -> None:
            if server:
                from analysis.publish.runs.forks import ForkProvisioner

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


def _make_specs(work: Path, scratch: Path) -> "KernelSpecManager":
    """Describe the one kernel there is."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

    own = {"TWINNING_HOME": str(work), "IPYTHONDIR": str(scratch / "ipython")} | pin_environment(scratch)
    own |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    environment = {name: value.replace("$", "$$") for name, value in own.items()}
    command = [sys.executable, "-P", fence.__file__, str(scratch / FENCE), "-f", "{connection_file}"]

    class OwnSpecs(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return KernelSpec(argv=command, env=environment, display_name="Python 3", language="python")

    return OwnSpecs()


def _write_fence(work: Path, scratch: Path, memory_mb: int) -> None:
    """Write down what the kernel may read and how much memory it may have."""
    readable = [str(folder) for folder in (work, scratch, *_list_code(), *_list_system())]
    (scratch / FENCE).write_text(json.dumps({"readable": readable, "memory_mb": memory_mb}), encoding="utf-8")


def _list_code() -> list[str]:
    """List the folders that modules come from, without a project folder that happens to be among them."""
    home = Path(__file__).parents[4]
    entries = [os.path.abspath(entry) for entry in sys.path if entry]
    return [sys.prefix, sys.base_prefix, *(one for one in entries if Path(one) not in (home, *home.parents))]


def _list_system() -> list[str]:
    """List where the system and matplotlib keep fonts, time zones, and what they tell about themselves."""
    user = Path.home()
    found = [*SYSTEM_FOLDERS, os.environ.get("SYSTEMROOT", ""), os.environ.get("MPLCONFIGDIR", "")]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or user / ".cache")
    data = Path(os.environ.get("XDG_DATA_HOME") or user / ".local" / "share")
    found += [str(cache / "matplotlib"), str(data / "fonts")]
    found += [str(user / name) for name in (".matplotlib", ".fonts", "Library/Fonts")]
    return [folder for folder in found if folder]
