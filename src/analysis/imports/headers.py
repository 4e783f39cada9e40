"""Find the header of a sheet, and which of its columns mean which column of `activities`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.imports.dialects import LogSheet
from analysis.imports.words import foldings

UNIT = re.compile(r" (?:in )?(?:eur|euro|euros)$")  # Eigenmittel (EUR)
SEARCHED = 60  # rows from the top in which a header may stand
FEWEST = 2  # names that make a row a header
NOT_IMPORTED = "-"  # what the mapping writes for a column that is left out


@dataclass(frozen=True)
class LeftOut:
    """A column that is not imported: its position from 0, its name, and the code of the reason."""

    position: int
    name: str
    reason: str
    target: str = ""


@dataclass(frozen=True)
class Header:
    """The header of a sheet: its row from 0, the column of each target, and the columns left out."""

    row: int
    targets: Mapping[str, int]
    left_out: tuple[LeftOut, ...]

    @property
    def width(self) -> int:
        """How many columns have a name or could have had one."""
        return 1 + max([*self.targets.values(), *(each.position for each in self.left_out)], default=-1)


class ColumnNames:
    """What columns of a log may be called.

    Parameters
    ----------
    words : dict of str to str
        Target by folded name.
    personal : iterable of str
        Folded names of columns with personal data: they win over all others.
    chosen : dict of str to str
        Target by folded name, as the user's mapping says; `-` leaves a column out.
    """

    def __init__(
        self, words: Mapping[str, str], personal: Mapping[str, str], chosen: Mapping[str, str]
    ) -> None:
        self.words = {**words, **chosen}
        self.personal = set(personal)

    def find(self, name: str) -> str:
        """Target of a name; empty where it is unknown, `personal` for personal data."""
        forms = [form for each in foldings(name) for form in (each, UNIT.sub("", each))]
        if self.personal & set(forms):
            return "personal"
        return next((self.words[form] for form in forms if form and form in self.words), "")

    def count(self, cells: Sequence[str]) -> int:
        """Count the different targets that some cells name."""
        return len({self.find(cell) for cell in cells if 0 < len(cell) < 80} - {"", "personal"})


def find_header(sheet: LogSheet, names: ColumnNames) -> Header | None:
    """Find the row that names most columns; None if no row near the top names two."""
    rows = [sheet.grid.row(number) for number in range(min(SEARCHED, len(sheet.grid)))]
    counts = [names.count(row) for row in rows]
    best = max(counts, default=0)
    if best < FEWEST:
        return None
    number = counts.index(best)
    targets: dict[str, int] = {}
    left_out = []
    for position, name in enumerate(rows[number]):
        target = names.find(name)
        if target in targets:
            left_out.append(LeftOut(position, name, "column-double", target))
        elif target and target not in (NOT_IMPORTED, "personal"):
            targets[target] = position
        elif target == "personal" or name.strip():
            reason = "column-personal" if target == "personal" else "column-unknown"
            left_out.append(LeftOut(position, name, reason))
        elif sheet.grid.columns[position].texts != [""] and _holds_text(sheet, position, number):
            left_out.append(LeftOut(position, "", "column-unnamed"))
    return Header(number, targets, tuple(left_out))


def _holds_text(sheet: LogSheet, position: int, header: int) -> bool:
    column = sheet.grid.columns[position]
    return bool(column.mark(text.strip() != "" for text in column.texts)[header + 1 :].any())
