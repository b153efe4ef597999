"""What comes from outside becomes a cause: a message starts the cues that wait for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from console.engine.choosing import listens
from console.engine.cue_runner import start_afresh, start_later
from console.engine.run_state import Cause, RunState
from console.show.cues import Cue
from console.show.show import Show
from console.timebase.instants import s_to_ns
from devices.contract import Incoming


@dataclass(frozen=True)
class Waiting:
    """The cues that wait for something from outside, in the show's order, by its kind and address."""

    cues: Mapping[tuple[str, str], tuple[Cue, ...]]

    @classmethod
    def of_show(cls, show: Show) -> Waiting:
        """Cues whose ``at`` is a message or a feed's state."""
        return _sorted_out(show.cues)

    def edited(self, show: Show, touched: Collection[str]) -> Waiting:
        """The same after an edit of some cues."""
        waited = [cue.id for cues in self.cues.values() for cue in cues if cue.id in touched]
        come = [cue for each in touched if (cue := show.cue_by_id.get(each)) is not None and _what(cue) is not None]
        if not waited and not come:
            return self
        kept = [cue for cues in self.cues.values() for cue in cues if cue.id not in touched]
        return _sorted_out(sorted([*kept, *come], key=lambda cue: show.cue_places[cue.id]))

    def start(self, run: RunState, now_ns: int, incoming: Incoming) -> None:
        """Start the cues that wait for just this. A message is a press: it may come again."""
        for cue in self.cues.get((incoming.kind, incoming.address), ()):
            if _is_for(cue, incoming) and listens(run, cue):
                start_afresh(run, cue.id)
                moment_ns = now_ns + s_to_ns(cue.pre_wait_s)
                start_later(run, cue.id, moment_ns, Cause(incoming.source, incoming.address, now_ns))


def _sorted_out(cues: Iterable[Cue]) -> Waiting:
    found: dict[tuple[str, str], list[Cue]] = {}
    for cue in cues:
        what = _what(cue)
        if what is not None:
            found.setdefault(what, []).append(cue)
    return Waiting({what: tuple(waiting) for what, waiting in found.items()})


def _what(cue: Cue) -> tuple[str, str] | None:
    """Kind and address of what a cue waits for."""
    if cue.at.on == "message":
        return cue.at.source, cue.at.address
    return ("feed", cue.at.feed) if cue.at.on == "feed" else None


def _is_for(cue: Cue, incoming: Incoming) -> bool:
    """True where a cue that waits for such a message, or for the feed, waits for just these arguments.

    A lone 0 is a key, a pedal or a button let go (0, 0.0 and false alike), and no press, unless the cue waits for it.
    """
    at = cue.at
    if at.on == "message":
        released = incoming.args == (0,)
        return tuple(at.args) == incoming.args[: len(at.args)] and not (released and not at.args)
    return at.on == "feed" and (at.state,) == incoming.args
