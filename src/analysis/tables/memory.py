"""Registers that this process has read: their tables follow from the bytes of their files.

The reports of an edition read the same files, each in a process of its own. If these are forked from one that has read
the register, they need not type and check it again. The files are opened all the same, for what is remembered is known
by their content, and a report that reads a file which is not among its inputs has to be stopped there.

Only what was read without a problem and without a notice is remembered: both name files, and where they lie may differ.
"""

import hashlib
from collections import deque
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.tables.files import File, Files

LARGEST = 16 * 1024**2  # bytes of files; a log of a million activities would be in memory twice

Keys = Mapping[str, Hashable]  # by table, what its content follows from


@dataclass(frozen=True)
class Remembered:
    """The tables of a register with their keys."""

    keys: Keys
    frames: Mapping[str, pd.DataFrame]


KNOWN: deque[Remembered] = deque(maxlen=8)


def make_keys(
    own: Files, shared: Files, schemas: Mapping[str, bytes], wanted: Collection[str], is_network: bool
) -> Keys:
    """Make the key of each table that is wanted.

    Parameters
    ----------
    own, shared : Files
        Of the register, and the reference tables.
    schemas : mapping of str to bytes
        The files of all schemas, by table.
    wanted : collection of str
        With all reference tables: what they say decides on the others.
    is_network : bool
        As for `analysis.tables.read_register`.

    Returns
    -------
    mapping of str to Hashable
        No keys where the files are too large to be remembered.
    """
    if sum(len(file.data) for file in (*own, *shared)) > LARGEST:
        return {}
    of_all = (is_network, *schemas, *map(_digest, own.books))  # a workbook may hold any table
    return {
        name: (of_all, schemas[name], _digest(own.tables.get(name)), _digest(shared.tables.get(name)))
        for name in wanted
    }


def _digest(file: File | None) -> bytes:
    return hashlib.sha256(file.data).digest() if file else b""


def recall(keys: Keys) -> dict[str, pd.DataFrame]:
    """The tables with these keys, if they were read together; nothing otherwise.

    Fewer tables than were read are as good: what was right in all of them is right in some. They are copies, so that
    nobody changes what the next one gets.
    """
    for known in tuple(KNOWN):
        if keys and keys.items() <= known.keys.items():
            return {name: known.frames[name].copy() for name in keys}
    return {}


def remember(keys: Keys, frames: Mapping[str, pd.DataFrame]) -> None:
    """Keep copies of the tables of a register, and forget those of the one that was kept first if there are many."""
    if keys:
        KNOWN.append(Remembered(keys, {name: frames[name].copy() for name in keys}))
