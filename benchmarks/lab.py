"""What an analyst waits for when opening a notebook: seconds until a kernel answers, and has the libraries.

The usual kernel against the one of ``make lab``, both started through their kernelspec. Shortest and longest of five.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from analysis.publish.runs.kernels import serve_kernels
from analysis.publish.runs.lab import write_kernelspec

REPEATS = 5
CELLS = {"1 + 1": "1 + 1", "libraries": "import pandas, geopandas, matplotlib.pyplot"}


async def measure(folder: Path | None) -> dict[str, float]:
    """Start a kernel, run the cells, and give the seconds that had passed after each."""
    specs = KernelSpecManager(kernel_dirs=[str(folder)]) if folder else KernelSpecManager()
    manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specs)
    begin, seconds = time.perf_counter(), {}
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    for name, cell in CELLS.items():
        await client.execute_interactive(cell, timeout=60, output_hook=lambda message: None)
        seconds[name] = time.perf_counter() - begin
    client.stop_channels()
    await manager.shutdown_kernel(now=True)
    return seconds


def tell(kind: str, folder: Path | None) -> None:
    """Print two lines on a kind of kernel."""
    found = [asyncio.run(measure(folder)) for _ in range(REPEATS)]
    for name in CELLS:
        seconds = sorted(one[name] for one in found)
        print(f"{kind:12}{name:12}{seconds[0]:10.2f}{seconds[-1]:10.2f}")


def main() -> None:
    """Measure both kinds."""
    if sys.platform != "linux":
        sys.exit("Kernels are forked on Linux only.")
    print(f"{'kernel':12}{'answers':12}{'shortest':>10}{'longest':>10}")
    with tempfile.TemporaryDirectory() as folder, serve_kernels(Path(folder)) as server:
        tell("usual", None)
        tell("make lab", write_kernelspec(Path(folder), server.address))


if __name__ == "__main__":
    main()
