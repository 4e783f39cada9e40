"""Kernels that get ready while it is not yet known which reports are to be made."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analysis.publish.edition.editions import Edition
from analysis.publish.edition.imports import find_files, list_steps
from analysis.publish.edition.keys import Ingredients, hash_files
from analysis.publish.edition.sources import list_code
from analysis.publish.runs.workers import Kernels, open_kernels


@dataclass(frozen=True)
class Ahead:
    """
    Kernels that get ready beforehand.

    Attributes
    ----------
    kernels : Kernels
    code : mapping of str to str
        SHA-256 of the files that they may have loaded, as they were before.
    """

    kernels: Kernels
    code: Mapping[str, str]

    def is_made_of(self, parts: Iterable[Ingredients]) -> bool:
        """Whether what is loaded is what reports with these ingredients are made of: files may be edited at any moment."""
        return self.code.items() <= list_code(parts).items()


@contextmanager
def open_ahead(edition: Edition, home: Path, kernel: str | None = None) -> Iterator[Ahead]:
    """
    Let kernels get ready for an edition.

    Parameters
    ----------
    edition : Edition
    home : Path
        The project folder.
    kernel : {"fork", "spawn"}, optional
        How they start, see `analysis.publish.runs.kernels.choose_way`.
    """
    notebooks = [home / "notebooks" / f"{each.notebook}.ipynb" for each in edition.reports]
    steps = list_steps([path for path in notebooks if path.is_file()], edition.register)
    code = hash_files(find_files(step for step in steps if ":" not in step))
    with open_kernels(kernel, steps, home) as kernels:
        yield Ahead(kernels, code)
