"""What a run is, on the first line of everything that is kept of it."""

from __future__ import annotations

from console.vocabulary import RunKind, Word


class RunCard(Word):
    """One performance, dress or rehearsal, or one pass of it: a take.

    ``started`` is ISO 8601 in the venue's zone: the moment of at_ns 0. ``take`` counts the passes of a run from 1, and
    is 0 for all of it; ``began_ns`` is when the pass began.
    """

    run: str
    kind: RunKind
    show: str
    title: str
    venue: str
    revision: int
    started: str
    take: int = 0
    label: str = ""
    began_ns: int = 0
