"""
JupyterLab with kernels that are ready at once: ``python -m analysis.publish.runs.lab [arguments of jupyter lab]``.

A process that has loaded the libraries of the notebooks runs beside JupyterLab and forks each kernel, as in a build and
in the same circumstances (time zone, seeds, settings of matplotlib). The project's own modules are not loaded: a
restarted kernel sees what has been edited. In this JupyterLab, and nowhere else, such kernels take the place of those
named ``python3``, so that no notebook has to be changed. Where forking is not safe, this is JupyterLab as usual.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from multiprocessing.connection import wait
from pathlib import Path

from analysis.publish.runs.environment import pin_environment
from analysis.publish.runs.forks import KernelServer
from analysis.publish.runs.kernels import choose_way, serve_kernels

PROVISIONER = "twinning-fork"  # as pyproject.toml names it
LOOK_S = 0.5
# What ipykernel loads for each kernel that JupyterLab talks to
STEPS = ("ipykernel.kernelapp", "ipykernel.debugger", "tornado.platform.asyncio", "sqlite3")
REMEDY = "Save your notebooks, close JupyterLab and start it again: make lab."


def main(arguments: Sequence[str]) -> int:
    """Run JupyterLab to its end and return its exit code."""
    command = [sys.executable, "-m", "jupyterlab", *arguments]
    if choose_way() != "fork":
        return subprocess.call(command)
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is for JupyterLab, which asks whether it is meant
    with (
        tempfile.TemporaryDirectory(prefix="twinning-lab-", ignore_cleanup_errors=True) as folder,
        serve_kernels(Path(folder), steps=STEPS) as server,
    ):
        specs = write_kernelspec(Path(folder), server.address)
        path = os.pathsep.join(filter(None, [str(specs.parent), os.environ.get("JUPYTER_PATH")]))
        with subprocess.Popen(command, env=os.environ | {"JUPYTER_PATH": path}) as lab:
            signal.signal(signal.SIGTERM, lambda *_: lab.terminate())
            while lab.poll() is None:
                keep_alive(server)
    return lab.returncode


def keep_alive(server: KernelServer) -> None:
    """Wait for half a second; if the process that kernels are forked from has died meanwhile, start another."""
    if wait([server.lifeline] if server.is_open else [], LOOK_S):
        server.start()


def write_kernelspec(folder: Path, address: str) -> Path:
    """
    Describe the forked kernel to Jupyter.

    Parameters
    ----------
    folder : Path
        Private folder; settings of matplotlib are written there too.
    address : str
        Of the `KernelServer`.

    Returns
    -------
    Path
        The folder of kernelspecs, whose parent goes into ``JUPYTER_PATH``.
    """
    from ipykernel.kernelspec import get_kernel_dict  # only now: it loads much

    usual = (
        get_kernel_dict()
    )  # under the same name in all places, so that opening a notebook changes nothing in it
    program = find_spec("ipykernel_launcher").origin
    config = {"address": address, "remedy": REMEDY}
    spec = usual | {
        "argv": [sys.executable, "-P", program, "-f", "{connection_file}"],
        "env": pin_environment(folder),
        "metadata": usual["metadata"]
        | {"kernel_provisioner": {"provisioner_name": PROVISIONER, "config": config}},
    }
    path = folder / "jupyter" / "kernels" / "python3" / "kernel.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(spec, indent=1), encoding="utf-8")
    return path.parents[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
