"""Which cues GO comes to: called ones, and in a department that a hand has taken the cues of the score as well.

There a cue that follows another comes with its press, wherever both are taken: the ruler no longer says when.
"""

from __future__ import annotations

from collections.abc import Iterator

from console.engine.chains import action_ns, has_position
from console.engine.run_state import RunState
from console.show.cues import Cue
from console.timebase.instants import s_to_ns

_BY_THEMSELVES = frozenset(("bar", "timecode", "offset", "clock", "after", "group"))
"""What runs a cue without a press. A message, a choice and a feed are somebody's press elsewhere."""


def is_taken(run: RunState, cue: Cue) -> bool:
    """True where a hand has taken the cue from the score."""
    return run.hand.has_taken(run.show.department_of(cue))


def is_stepped(run: RunState, cue: Cue) -> bool:
    """True where GO comes to a cue."""
    if cue.is_called:
        return True
    if not run.hand.taken or cue.item is None or cue.at.on not in _BY_THEMSELVES or not is_taken(run, cue):
        return False
    above = cue.parent if cue.at.on == "group" else cue.at.cue if cue.at.on == "after" else None
    leader = run.show.cue_by_id.get(above) if above is not None else None
    return leader is None or not is_taken(run, leader)


def followers_by_hand(run: RunState, leader: Cue) -> Iterator[tuple[Cue, int]]:
    """The followers whose place in the score does not count while they and their leader are taken, with their moments.

    In ns from the leader's.
    """
    for follower in run.show.followers.get(leader.id, ()) if run.hand.taken else ():
        at = follower.at
        if at.on == "after" and has_position(run, follower.id) and is_taken(run, follower) and is_taken(run, leader):
            base_ns = action_ns(run, leader) if at.of == "end" else 0
            yield follower, base_ns + s_to_ns(at.delay_s) + s_to_ns(follower.pre_wait_s)
