"""A passage of the show to be played by itself: one item, from a place, up to a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.engine.run_state import RunState
from console.engine.standbys import Standbys
from console.show.show import Show
from console.timebase.positions import Position
from console.vocabulary import AllStop, Go, Locate, Notice, Request, SetStandby, StartItem

BY = "machine"


@dataclass
class Passage:
    """From and to are score positions; None: from the start of the run, to its end."""

    start: Position | None = None
    end: Position | None = None
    asks: tuple[Request, ...] = ()  # before anything else, as they stand: a run that goes on after a crash
    starts_at_item: bool = False  # by the item's own GO, with its load and its count-in, and not by a locate
    exits_vamps: bool = False  # after the planned repeats: in a headless run nobody else is there to do it
    _begun: bool = False
    _ended: bool = False

    def wishes(self, run: RunState, standbys: Standbys, now_ns: int) -> list[tuple[int, Request]]:
        """What has to be asked of the engine to play just this passage, with the instants."""
        del standbys
        if not self._begun:
            self._begun = True
            if self.asks:
                return [(now_ns, request) for request in self.asks]
            if self.start is not None and self.starts_at_item:
                return [(now_ns, request) for request in _start_requests(run, self.start.item)]
            if self.start is not None:
                place = Locate(by=BY, item=self.start.item, position_ns=self.start.ns, roll=True)
                return [(now_ns, place)]
        if self._ended or self.end is None or run.playhead is None or run.playhead.item != self.end.item:
            return []
        if run.folding.limit_ns(run.times(self.end.item)) is not None and not self._is_reachable(run):
            return []
        instant = run.playhead.instant_of(self.end.ns + run.folding.shift_ns)
        return [] if instant is None else [(instant, AllStop(by=BY))]

    def saw(self, run: RunState, notices: Sequence[Notice]) -> None:
        """Nothing: a passage is in the score."""

    def is_over(self, run: RunState, now_ns: int) -> bool:
        """True when the end has been reached, or the rundown is over."""
        if self.end is not None and run.playhead is not None and run.playhead.item == self.end.item:
            self._ended = self._ended or run.position_at(now_ns) >= self.end.ns
        return run.over or self._ended

    def _is_reachable(self, run: RunState) -> bool:
        """A place behind a vamp has no instant until the vamp is left."""
        limit_ns = run.folding.limit_ns(run.times(run.playhead.item)) if run.playhead is not None else None
        return self.end is not None and (limit_ns is None or self.end.ns < limit_ns)


def _start_requests(run: RunState, item: str) -> list[Request]:
    """What starts an item as an operator would: GO on the cue that starts it, or the item itself where none does."""
    called = [run.show.cue_by_id[cue] for cue in run.schedule.by_item[item] if run.show.cue_by_id[cue].is_called]
    cue = next((each for each in called if each.starts_item), next(iter(called), None))
    if cue is None:
        return [StartItem(by=BY, item=item)]
    return [SetStandby(by=BY, cue=cue.id), Go(by=BY)]


def only_item(show: Show, item: str) -> Show:
    """The show with every other item skipped: its songs, cues and numbers stay as they are."""
    items = tuple(each if each.id == item else each.model_copy(update={"skipped": True}) for each in show.items)
    return show.model_copy(update={"items": items})
