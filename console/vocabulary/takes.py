"""Takes: what was kept of one pass, as it travels to screens and sheets."""

from __future__ import annotations

from console.vocabulary.words import RunKind, Word


class TakePress(Word):
    """One press on a list, or on a cue. ``cue``: what it ran; None where it was refused.

    ``position_ns`` is the score's; None where nothing moved. ``list`` is empty where a cue was fired out of order.
    """

    at_ns: int
    cue: str | None
    item: str | None
    position_ns: int | None
    list: str
    by: str
    input: str = ""
    refused: str = ""


class TakeLeave(Word):
    """Where on its item's score a cue's first command really left."""

    cue: str
    item: str
    position_ns: int


class TakeNote(Word):
    """Something that was marked while it happened. ``bar`` 0: the item has no bars there."""

    id: int
    at_ns: int
    item: str | None
    position_ns: int
    bar: int
    beat: int
    tick: int
    timecode: str
    by: str
    department: str
    words: str
    done: bool = False


class TakeCard(Word):
    """One take in a list of takes. ``began``: ISO 8601 in the venue's zone; ``item``: where it began."""

    run: str
    take: int
    label: str
    kind: RunKind
    show: str
    title: str
    venue: str
    began: str
    item: str | None
    seconds: float
    presses: int
    notes: int
    open_notes: int

    @property
    def id(self) -> str:
        """What tells it from every other take."""
        return f"{self.run}.{self.take}"


class TakeSheet(Word):
    """What there is to compare of a take. ``by_hand``: departments whose score cues were pressed in it."""

    card: TakeCard
    presses: tuple[TakePress, ...]
    leaves: tuple[TakeLeave, ...]
    notes: tuple[TakeNote, ...]
    by_hand: tuple[str, ...] = ()
