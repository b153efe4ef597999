"""A performance as the audience has it: one evening, however often the engine was started within it.

What goes once per show is used up for every later run of the show in this house, rehearsals among them, until a
performance is begun anew. A rehearsal uses up nothing but its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from console.record.journal import LINE, SUFFIX, Begun, Spent


def performance_spent(folder: Path, show: str, venue: str) -> frozenset[str]:
    """The once-uses of the performance that was begun last, by the journals in a folder. Raises OSError."""
    found = [(begun, path) for path, begun in _begun(folder) if _is_of(begun, show, venue)]
    found.sort(key=lambda each: each[0].card.started)
    spent: set[str] = set()
    for begun, path in found:
        if begun.anew:
            spent.clear()
        spent.update(cue for line in _spent_lines(path) for cue in line.cues)
    return frozenset(spent)


def _is_of(begun: Begun, show: str, venue: str) -> bool:
    card = begun.card
    return (card.kind, card.show, card.venue) == ("performance", show, venue)


def _begun(folder: Path) -> Iterator[tuple[Path, Begun]]:
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with path.open("rb") as file:
            first = next((text for text in islice(file, 2) if text.strip()), b"")  # a journal opens with a line's end
        try:
            line = LINE.validate_json(first)
        except ValidationError:
            continue
        if isinstance(line, Begun):
            yield path, line


def _spent_lines(path: Path) -> Iterator[Spent]:
    """Only these lines are read whole: an evening's journal has ten thousand others."""
    for text in path.read_bytes().splitlines():
        if b'"spent"' not in text:
            continue
        try:
            line = LINE.validate_json(text)
        except ValidationError:
            continue
        if isinstance(line, Spent):
            yield line
