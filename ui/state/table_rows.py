"""A row of any table of the pages: what stands in its cells, its state as word and shape, its little line. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from ui.state.words import Mark


@dataclass(frozen=True, slots=True)
class TableRow:
    """``key`` tells it from the others. Where there is a mark, the first cell says its word.

    ``spark``: values of the last cell's little line, oldest first; the largest is its full height.
    """

    key: str
    cells: tuple[str, ...]
    mark: Mark | None = None
    spark: tuple[float, ...] = ()
    hint: str = ""
