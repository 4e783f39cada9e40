"""The kernel of a run: this Python, with an environment that does not depend on the machine or its user."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

VARIED = "TWINNING_VERIFY_"  # before a name in PINNED: `analysis.publish.verify` sets it to another value
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


@contextlib.contextmanager
def offer_kernel(work: Path, scratch: Path) -> "Iterator[type[AsyncKernelManager]]":
    """
    Give the class that starts this very Python, whatever kernels and settings the machine has.

    Parameters
    ----------
    work : Path
        Snapshot of the project, the ``TWINNING_HOME`` of the kernel.
    scratch : Path
        Folder for the kernel's connection and settings, removed by the caller after the run.

    Yields
    ------
    type
        For the argument ``kernel_manager_class`` of ``papermill.execute_notebook``. A kernel that still runs when the
        block is left is killed: nbclient leaves one behind if it is stopped while the kernel starts.
    """
    from jupyter_client.manager import AsyncKernelManager
    from traitlets import default

    started: list[AsyncKernelManager] = []

    class OwnKernelManager(AsyncKernelManager):
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

    settings = scratch / "matplotlibrc"
    settings.write_text("svg.hashsalt: twinning\n", encoding="utf-8")
    own = {"TWINNING_HOME": work, "IPYTHONDIR": scratch / "ipython", "MATPLOTLIBRC": settings}
    pinned = {name: os.environ.get(VARIED + name, value) for name, value in PINNED.items()}
    environment = pinned | {name: str(path).replace("$", "$$") for name, path in own.items()}
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]

    class OwnSpecs(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return KernelSpec(argv=command, env=environment, display_name="Python 3", language="python")

    return OwnSpecs()
