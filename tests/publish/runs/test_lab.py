"""Kernels for JupyterLab: started through their kernelspec by Jupyter itself, as JupyterLab does it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import version

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from analysis.publish.runs.environment import pin_environment
from analysis.publish.runs.forks import STARTS, KernelServer
from analysis.publish.runs.lab import REMEDY, keep_alive, write_kernelspec

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")
LOADED = "import sys; ('pandas' in sys.modules, 'analysis' in sys.modules)"


@pytest.fixture
def server(tmp_path):
    """A server that has loaded what the test needs."""
    modules = ("ipykernel.kernelapp", "pandas")
    server = KernelServer(tmp_path, os.environ | pin_environment(tmp_path), modules)
    yield server
    server.close()


@pytest.fixture
def manager(tmp_path, server):
    """What JupyterLab has for each notebook."""
    folder = write_kernelspec(tmp_path, server.address)
    specs = KernelSpecManager(kernel_dirs=[str(folder)])
    manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specs)
    yield manager
    manager.context.destroy(linger=0)


async def run(client, code):
    """What a cell shows, or its error."""
    shown = []
    reply = await client.execute_interactive(
        code, timeout=60, output_hook=lambda message: shown.append(message["content"])
    )
    results = [one["data"]["text/plain"] for one in shown if "data" in one]
    return results[-1] if results else reply["content"].get("ename", "")


async def connect(manager):
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    return client


def test_a_kernel_is_there_with_the_libraries_and_without_the_projects_modules(manager, server):
    async def work():
        await manager.start_kernel()
        client = await connect(manager)
        answers = [await run(client, code) for code in ("1 + 1", LOADED, "import os; os.getppid()")]
        client.stop_channels()
        await manager.shutdown_kernel()
        return answers, await manager.is_alive()

    assert asyncio.run(work()) == (["2", "(True, False)", str(server.process.pid)], False)


def test_a_restarted_kernel_is_a_new_one(manager):
    async def work():
        await manager.start_kernel()
        client = await connect(manager)
        first = await run(client, "x = 1; import os; os.getpid()")
        await manager.restart_kernel()
        await client.wait_for_ready(timeout=60)
        second, known = await run(client, "import os; os.getpid()"), await run(client, "x")
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
        return first, second, known

    first, second, known = asyncio.run(work())
    assert first != second
    assert known == "NameError"


def test_a_cell_can_be_interrupted(manager):
    async def work():
        await manager.start_kernel()
        client = await connect(manager)
        cell = asyncio.ensure_future(run(client, "import time; time.sleep(60)"))
        await asyncio.sleep(0.3)
        begin = time.monotonic()
        await manager.interrupt_kernel()
        answers = await cell, await run(client, "1 + 1")
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
        return answers, time.monotonic() - begin

    answers, seconds = asyncio.run(work())
    assert answers == ("KeyboardInterrupt", "2")
    assert seconds < 30


def test_a_dead_server_is_replaced_and_in_the_end_the_message_tells_what_to_do(manager, server):
    async def start_again():
        client = await connect(manager)
        assert await run(client, "1 + 1") == "2"
        os.kill(server.process.pid, signal.SIGKILL)
        keep_alive(server)
        while await manager.is_alive():  # kernels end with their server
            await asyncio.sleep(0.01)
        client.stop_channels()
        await manager.restart_kernel(now=True)

    async def work():
        await manager.start_kernel()
        for _ in range(STARTS):
            await start_again()

    with pytest.raises(RuntimeError) as error:
        asyncio.run(work())
    assert str(error.value) == f"the process that starts kernels has ended. {REMEDY}"
    assert not server.is_open


def test_jupyterlab_finds_this_kernel_under_the_name_that_notebooks_have(tmp_path, server):
    folder = write_kernelspec(tmp_path, server.address)
    command = [sys.executable, "-m", "jupyter", "kernelspec", "list", "--json"]
    environment = os.environ | {"JUPYTER_PATH": str(folder.parent)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)["kernelspecs"]["python3"]
    assert found["resource_dir"] == str(folder / "python3")
    assert found["spec"]["metadata"]["kernel_provisioner"]["config"]["address"] == server.address


def test_jupyterlab_runs_with_its_arguments_and_leaves_nothing_behind(tmp_path):
    command = [sys.executable, "-m", "analysis.publish.runs.lab", "--version"]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == version("jupyterlab")
    assert list(tmp_path.iterdir()) == []
