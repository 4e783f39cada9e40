"""The first words with a kernel, without the fixed fifth of a second that jupyter_client waits after them."""

import contextlib
import time
from queue import Empty

from jupyter_client.asynchronous import AsyncKernelClient


class QuickClient(AsyncKernelClient):
    """A client that knows a kernel to be ready when what it broadcasts on a request has arrived."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """
        Wait until the kernel answers and its broadcasts arrive.

        Parameters
        ----------
        timeout : float, optional
            Seconds; without an end by default.

        Raises
        ------
        RuntimeError
            If the kernel has ended, or says nothing for so long.
        """
        begin = time.monotonic()
        while not await self._ask():
            if not await self.is_alive():
                raise RuntimeError("the Python process of the notebook died before it was ready.")
            if timeout is not None and time.monotonic() - begin > timeout:
                raise RuntimeError(
                    f"the Python process of the notebook is not ready after {timeout} seconds."
                )

    async def _ask(self) -> bool:
        """Ask the kernel what it is. False if no answer, or no end of the answer in the broadcasts, comes soon."""
        request = self.kernel_info()
        with contextlib.suppress(Empty):
            await self.get_shell_msg(timeout=1)
            while True:
                message = await self.get_iopub_msg(timeout=0.2)
                is_end = message["content"].get("execution_state") == "idle"
                if is_end and message["parent_header"].get("msg_id") == request:
                    return True
        return False
