"""Forked kernels for Jupyter, which starts them under this name: see `analysis.publish.runs.lab`."""

import os
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Unicode

from analysis.publish.runs.forks import ForkedProcess


class ForkProvisioner(LocalProvisioner):
    """Has a server start each kernel; the rest is as for a kernel started by Jupyter itself."""

    address = Unicode(help="path of the server's socket", config=True)
    remedy = Unicode(help="what to do when there is no server", config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Have the kernel started. RuntimeError if there is no server."""
        folder = kwargs.get("cwd") or os.getcwd()
        order = {"command": cmd, "environment": kwargs["env"], "folder": str(folder)}
        self.process = ForkedProcess(self.address, order, self.remedy)
        self.pid, self.cwd = self.process.pid, folder
        return self.connection_info
