"""The sources of a report: known ones, and the cited ones with their numbers."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from analysis.publish.document.blocks import Citation, Source
from analysis.publish.document.bundles import RESOURCE
from analysis.publish.document.outputs import Piece
from analysis.publish.document.prose import ProseError, clean


class Citations:
    """Numbers sources in the order in which they are first cited.

    Parameters
    ----------
    pieces : iterable of Piece
        Those with the role ``sources`` hold the known sources.
    """

    def __init__(self, pieces: Iterable[Piece]) -> None:
        tables = [piece.bundle[RESOURCE]["data"] for piece in pieces if piece.role == "sources"]
        self._known = {source["source_id"]: source for table in tables for source in table}
        self._numbers: dict[str, int] = {}

    def cite(self, source_id: str) -> Citation:
        """The citation of a source; `ProseError` with the nearest id if it is unknown."""
        if source_id not in self._known:
            near = difflib.get_close_matches(source_id, self._known, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else "Add it to sources.csv and call page.sources(…)."
            raise ProseError(f"source {source_id!r} is not in the table of sources. {hint}")
        return Citation(source_id, self._numbers.setdefault(source_id, len(self._numbers) + 1))

    def list_sources(self) -> tuple[Source, ...]:
        """The cited sources in the order of their numbers."""
        return tuple(
            _make_source(self._known[source_id], number) for source_id, number in self._numbers.items()
        )


def _make_source(known: Mapping[str, Any], number: int) -> Source:
    text = {name: clean(str(value or "")) for name, value in known.items()}
    return Source(
        number=number,
        source_id=text["source_id"],
        title=text["title"],
        publisher=text["publisher"],
        date=text["date"],
        url=text["url"],
        accessed=text["accessed_date"],
    )
