"""The first words with a kernel, without the fixed waits of jupyter_client."""

import contextlib
import time
from queue import Empty

import zmq
from jupyter_client.asynchronous import AsyncKernelClient

WELCOME = "iopub_welcome"  # of ipykernel 7 and later; a kernel may have sent the answer's end before anybody listened
RETRY_MS = 5  # between attempts to reach a kernel that does not listen yet; by default 100


class QuickClient(AsyncKernelClient):
    """A client that knows a kernel to be ready when something that it broadcasts has arrived."""

    def start_channels(self, *args: bool, **options: bool) -> None:
        """Connect, as soon as the kernel listens."""
        self.context.setsockopt(zmq.RECONNECT_IVL, RETRY_MS)
        super().start_channels(*args, **options)

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
        """Ask the kernel what it is. False if no answer, or neither welcome nor the answer's end as broadcast, comes soon."""
        request = self.kernel_info()
        with contextlib.suppress(Empty):
            await self.get_shell_msg(timeout=1)
            while True:
                message = await self.get_iopub_msg(timeout=0.2)
                is_end = message["content"].get("execution_state") == "idle"
                is_answer = is_end and message["parent_header"].get("msg_id") == request
                if is_answer or message["msg_type"] == WELCOME:
                    return True
        return False
