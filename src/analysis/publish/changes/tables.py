"""What differs between two states of one table: its columns, its rows, and the values of rows that both have."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from analysis.publish.document.blocks import Cell, Column, Table, plain_text
from analysis.wording import Wording

_NAMING = ("text", "date", "year", "boolean")  # kinds of columns that can say which row it is
_NOISE = 1e-9  # relative; what another version of a library may change in a number
_DIGITS = 4  # of numbers that differ, though a reader sees both rounded to the same

Key = tuple[object, ...]


@dataclass(frozen=True)
class ValueChange:
    """A value that has changed: `row` and `column` in words, `difference` of numbers with sign and unit."""

    row: str
    column: str
    before: str
    after: str
    difference: str


@dataclass(frozen=True)
class TableChange:
    """What has changed in a table, or in the data of a figure; a row that only one state has is told in a line.

    `state` is "new" or "gone" where only one of the reports has the table at all, else "both".
    """

    label: str
    caption: str
    ratings: tuple[ValueChange, ...]
    values: tuple[ValueChange, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    added_columns: tuple[str, ...]
    removed_columns: tuple[str, ...]
    state: str = "both"

    @property
    def has_facts(self) -> bool:
        """Whether there is more to tell than ratings."""
        return any((self.values, self.added, self.removed, self.added_columns, self.removed_columns))

    def __bool__(self) -> bool:
        return self.has_facts or bool(self.ratings)


def compare_tables(old: Table, new: Table, words: Wording, ratings: Collection[str] = ()) -> TableChange:
    """
    Compare two states of a table.

    Parameters
    ----------
    old, new : Table
        Rows are the same where their naming columns are: the first one, with as many of the next as make rows unique.
    words : analysis.wording.Wording
    ratings : collection of str
        Values that are grades; a change from or to one of them is a change of a rating.

    Returns
    -------
    TableChange
        False where nothing differs. Numbers are compared as values, in columns of the same unit. The sources of a row
        are not compared.
    """
    columns = [_name_columns(table) for table in (old, new)]
    shared = [name for name in columns[1] if name in columns[0]]
    naming = _find_naming(old, new, shared)
    rows = [_name_rows(table, naming) for table in (old, new)]
    pairs = [(key, key) for key in rows[1] if key in rows[0]]
    pairs += _pair_rest(*([key for key in one if key not in other] for one, other in (rows, rows[::-1])))
    changed = [
        _compare_rows(rows[0][was], rows[1][now], shared, naming, words, ratings) for was, now in pairs
    ]
    values = [pair for row in changed for pair in row]
    return TableChange(
        new.label,
        plain_text(new.caption),
        tuple(value for is_rating, value in values if is_rating),
        tuple(value for is_rating, value in values if not is_rating),
        tuple(_tell(row) for key, row in rows[1].items() if key not in {now for _, now in pairs}),
        tuple(_tell(row) for key, row in rows[0].items() if key not in {was for was, _ in pairs}),
        tuple(column.title for name, column in columns[1].items() if name not in columns[0]),
        tuple(column.title for name, column in columns[0].items() if name not in columns[1]),
    )


Row = dict[tuple[str, str | None], tuple[Column, Cell]]  # by name and unit of the column


def _name_columns(table: Table) -> dict[tuple[str, str | None], Column]:
    """The columns with statements: all but sources. Kilometres and miles are not the same column."""
    return {(one.name, one.unit): one for one in table.columns if one.kind != "source"}


def _read_rows(table: Table) -> Iterator[Row]:
    for cells in table.rows:
        pairs = zip(table.columns, cells, strict=True)
        yield {(one.name, one.unit): (one, cell) for one, cell in pairs if one.kind != "source"}


def _find_naming(old: Table, new: Table, shared: Sequence[tuple[str, str | None]]) -> list:
    """The columns that say which row it is: as few of the first as tell the rows of either table apart."""
    kinds = {name: column.kind for name, column in _name_columns(new).items()}
    able = [name for name in shared if kinds[name] in _NAMING] or list(shared)
    for chosen in accumulate([name] for name in able):
        keys = [[_key(row, chosen) for row in _read_rows(table)] for table in (old, new)]
        if all(len(set(one)) == len(one) for one in keys):
            return chosen
    return able


def _key(row: Row, naming: Sequence) -> Key:
    return tuple(row[name][1].value for name in naming)


def _name_rows(table: Table, naming: Sequence) -> dict[Key, Row]:
    """The rows by their key, with a number where even all naming columns are equal."""
    seen: Counter[Key] = Counter()
    named = {}
    for row in _read_rows(table):
        key = _key(row, naming)
        seen[key] += 1
        named[*key, seen[key]] = row
    return named


def _pair_rest(lost: Sequence[Key], found: Sequence[Key]) -> list[tuple[Key, Key]]:
    """Pair rows that have nothing but the first naming value in common, and are the only ones with it."""
    if any(
        len(key) < 3 for key in (*lost, *found)
    ):  # one name and the number: there is no second name to differ
        return []
    counts = [Counter(key[0] for key in keys) for keys in (lost, found)]
    alone = {key[0]: key for key in lost if counts[0][key[0]] == counts[1][key[0]] == 1}
    return [(alone[key[0]], key) for key in found if key[0] in alone]


def _compare_rows(
    old: Row, new: Row, shared: Sequence, naming: Sequence, words: Wording, ratings: Collection[str]
) -> Iterator[tuple[bool, ValueChange]]:
    """What has changed in a row, each with whether it is a rating."""
    label = ", ".join(new[name][1].text for name in naming if _same(old[name][1], new[name][1]))
    for name in shared:
        (_, was), (column, now) = old[name], new[name]
        if not _same(was, now):
            is_rating = any(isinstance(cell.value, str) and cell.value in ratings for cell in (was, now))
            texts = _show_both(was, now, words)
            yield is_rating, ValueChange(label, column.title, *texts, _subtract(was, now, column, words))


def _is_number(*cells: Cell) -> bool:
    return all(isinstance(cell.value, int | float) and not isinstance(cell.value, bool) for cell in cells)


def _same(was: Cell, now: Cell) -> bool:
    if _is_number(was, now):
        return math.isclose(was.value, now.value, rel_tol=_NOISE)
    return was.value == now.value


def _show_both(was: Cell, now: Cell, words: Wording) -> tuple[str, str]:
    """The texts of two cells; with more digits where a reader would see no difference."""
    if was.text == now.text and _is_number(was, now):
        return words.number(was.value, _DIGITS), words.number(now.value, _DIGITS)
    return was.text, now.text


def _subtract(was: Cell, now: Cell, column: Column, words: Wording) -> str:
    """What a number has gained, with its unit; nothing for years and for what is no number."""
    if column.kind not in ("number", "share") or not _is_number(was, now):
        return ""
    gained = now.value - was.value
    sign = "+" if gained > 0 else ""
    if column.kind == "share":
        points = words.number(gained * 100, 0 if abs(gained) >= 0.01 else 1)
        return sign + words.text("{n} Prozentpunkte", "{n} percentage points", n=points)
    digits = 0 if float(gained).is_integer() else 1 if round(abs(gained), _DIGITS) >= 0.1 else _DIGITS
    return f"{sign}{words.number(gained, digits)}{f' {column.unit}' if column.unit else ''}"


def _tell(row: Row) -> str:
    """A row in a line: what stands in it, where it is not missing; a number with the title of its column."""
    said = [(column, cell) for column, cell in row.values() if cell.value is not None]
    return " · ".join(
        f"{column.title}: {cell.text}" if column.kind in ("number", "share", "boolean") else cell.text
        for column, cell in said
    )
