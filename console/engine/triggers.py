"""What comes from outside becomes a cause: a message starts the cues that wait for it."""

from __future__ import annotations

from collections.abc import Mapping
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
        found: dict[tuple[str, str], list[Cue]] = {}
        for cue in show.cues:
            if cue.at.on == "message":
                found.setdefault((cue.at.source, cue.at.address), []).append(cue)
            elif cue.at.on == "feed":
                found.setdefault(("feed", cue.at.feed), []).append(cue)
        return cls({what: tuple(cues) for what, cues in found.items()})

    def start(self, run: RunState, now_ns: int, incoming: Incoming) -> None:
        """Start the cues that wait for just this. A message is a press: it may come again."""
        for cue in self.cues.get((incoming.kind, incoming.address), ()):
            if _is_for(cue, incoming) and listens(run, cue):
                start_afresh(run, cue.id)
                moment_ns = now_ns + s_to_ns(cue.pre_wait_s)
                start_later(run, cue.id, moment_ns, Cause(incoming.source, incoming.address, now_ns))


def _is_for(cue: Cue, incoming: Incoming) -> bool:
    """True where a cue that waits for such a message, or for the feed, waits for just these arguments.

    A lone 0 is a key, a pedal or a button let go (0, 0.0 and false alike), and no press, unless the cue waits for it.
    """
    at = cue.at
    if at.on == "message":
        released = incoming.args == (0,)
        return tuple(at.args) == incoming.args[: len(at.args)] and not (released and not at.args)
    return at.on == "feed" and (at.state,) == incoming.args
