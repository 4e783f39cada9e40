"""The client's end of the socket, with processes that are no kernels."""

import asyncio
import socket
import subprocess
import sys

import pytest

from analysis.publish.runs.channel import Channel

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has Jupyter's kernels")


async def wait_for(process, timeout):
    """Wait for a process that never says that it is ready."""
    ours, theirs = socket.socketpair()
    with theirs:
        channel = Channel(ours, process)
        channel.start_channels()
        try:
            await channel.wait_for_ready(timeout)
        finally:
            channel.stop_channels()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ("60", "the Python process of the notebook is not ready after 0.1 seconds."),
        ("0", "the Python process of the notebook died before it was ready."),
    ],
)
def test_a_kernel_that_is_never_ready_is_told(seconds, said):
    with subprocess.Popen(["sleep", seconds]) as process:
        with pytest.raises(RuntimeError) as caught:
            asyncio.run(wait_for(process, timeout=0.1))
        process.kill()
    assert str(caught.value) == said
