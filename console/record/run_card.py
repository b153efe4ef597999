"""What a run is, on the first line of everything that is kept of it."""

from __future__ import annotations

from console.vocabulary import RunKind, Word


class RunCard(Word):
    """One performance, dress or rehearsal. ``started`` is ISO 8601 in the venue's zone: the moment of at_ns 0."""

    run: str
    kind: RunKind
    show: str
    title: str
    venue: str
    revision: int
    started: str
