"""Following outside timecode, as a screen sees it: each source and its quality, and how the playhead stands to them."""

from __future__ import annotations

from typing import Literal

from console.vocabulary.words import Word

CodeState = Literal["waiting", "locked", "freewheel", "lost"]
"""A source: nothing to believe yet; believed; carrying on through a drop-out; carried on for too long."""

ChaseWord = Literal["off", "internal", "waiting", "locked", "freewheel", "lost", "aside", "jammed"]
"""The playhead: chase is off; the item runs on our own clock; it stands until code comes; it follows; it carries on
through a drop-out; code has ended; a person has moved it away from the code; it took the code's place once."""


class CodeSourceState(Word):
    """One source, and how good it is. ``label`` is where its code stands; empty where nobody knows."""

    id: str
    state: CodeState
    rate: str
    label: str = ""
    good: int = 0  # readings that continued a line: four a frame
    dropouts: int = 0
    refused: int = 0
    jitter_us: int = 0
    drift_ppm: int | None = None  # None: not known yet
    words: str = ""  # why it stands as it does
    refusal: str = ""  # what was last not believed


class ChaseState(Word):
    """The chase. ``active`` is the source that counts, ``chosen`` the one that was asked for (None: by order)."""

    word: ChaseWord
    on: bool
    moves_items: bool
    chosen: str | None = None
    active: str | None = None
    nudge_frames: int = 0  # by how much the live item comes later than its code says
    sources: tuple[CodeSourceState, ...] = ()
