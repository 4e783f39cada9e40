"""How long a run may take, and how much memory its kernel may have."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """
    What one run may use.

    Attributes
    ----------
    cell_s, run_s : float
        Seconds for one cell, and for a whole report with its forms.
    memory_mb : int
        Memory of the kernel's own, in units of 1,000,000 bytes (Linux). An evaluation takes about 200.
    """

    cell_s: float = 600
    run_s: float = 1800
    memory_mb: int = 2000

    def last_s(self) -> float:
        """Seconds after which a worker is ended: later than its kernel, which can tell in which cell it was."""
        return 1.1 * self.run_s + 5


USUAL = Limits()
