"""The kernel of a run: this Python, with an environment that does not depend on the machine or its user."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

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


def make_kernel_manager(work: Path, scratch: Path) -> "type[AsyncKernelManager]":
    """
    Make the class that starts this very Python, whatever kernels and settings the machine has.

    Parameters
    ----------
    work : Path
        Snapshot of the project, the ``TWINNING_HOME`` of the kernel.
    scratch : Path
        Folder for the kernel's connection and settings, removed by the caller after the run.

    Returns
    -------
    type
        For the argument ``kernel_manager_class`` of ``papermill.execute_notebook``.
    """
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from traitlets import default

    settings = scratch / "matplotlibrc"
    settings.write_text("svg.hashsalt: twinning\n", encoding="utf-8")
    own = {"TWINNING_HOME": work, "IPYTHONDIR": scratch / "ipython", "MATPLOTLIBRC": settings}
    environment = PINNED | {name: str(path).replace("$", "$$") for name, path in own.items()}
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]

    class OwnSpecs(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return KernelSpec(argv=command, env=environment, display_name="Python 3", language="python")

    class OwnKernelManager(AsyncKernelManager):
        @default("kernel_spec_manager")
        def _own_specs(self) -> KernelSpecManager:
            return OwnSpecs()

        @default("connection_file")
        def _own_file(self) -> str:
            return str(scratch / "kernel.json")

        @default("transport")
        def _own_transport(self) -> str:
            return "ipc" if os.name == "posix" else "tcp"  # two kernels may be given the same free TCP port

    return OwnKernelManager
