"""How outside timecode stands, a line whenever that changes: for whoever has a terminal or a log and no window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.vocabulary import ChaseState, Notice, Request, Snapshot


class CodeWatch:
    """An audience of the loop. ``line`` takes one line, without its end."""

    def __init__(self, line: Callable[[str], None]) -> None:
        self._line = line
        self._told = ""

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Nothing: snapshots say it."""

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Another state of the chase."""
        if snapshot is None or snapshot.chase is None or snapshot.chase.word == self._told:
            return
        self._told = snapshot.chase.word
        seconds = max(0, snapshot.now_ns) // 1_000_000_000
        clock = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        self._line(f"{clock}  timecode {chase_words(snapshot.chase)}")


def chase_words(chase: ChaseState) -> str:
    """``locked: deck at 01:00:12:04``."""
    source = next((each for each in chase.sources if each.id == chase.active), chase.sources[0])
    return f"{chase.word}: {source.id} " + (f"at {source.label}" if source.label else f"({source.words})")
