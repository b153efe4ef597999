"""What runs because of a cue: the children of a group and the followers of a press, and when.

Children and followers that have a position of their own wait in the track, and are no part of a chain. Lengths and
leads are looked up in what was armed; a chain that leads back into itself is cut where it closes.
"""

from __future__ import annotations

from collections.abc import Iterator

from console.engine.rehearsal import led, slowed
from console.engine.run_state import RunState
from console.show.cues import Cue
from console.timebase.instants import s_to_ns


def children_of(run: RunState, group: Cue, above: frozenset[str] = frozenset()) -> Iterator[tuple[Cue, int]]:
    """Each child of a group with its moment, in ns from the group's."""
    start_ns = 0
    for child_id in run.children.get(group.id, ()):
        child = run.show.cue_by_id[child_id]
        if child_id in above:
            continue
        moment_ns = start_ns + s_to_ns(child.pre_wait_s)
        if group.group == "sequence":
            start_ns = moment_ns + action_ns(run, child, above | {group.id})
        yield child, moment_ns


def followers_of(run: RunState, leader: Cue) -> Iterator[tuple[Cue, int]]:
    """Each cue that follows without a position of its own, with its moment in ns from the leader's."""
    for follower in run.show.followers.get(leader.id, ()):
        at = follower.at
        if at.on == "after" and not follower.is_called and not has_position(run, follower.id):
            base_ns = action_ns(run, leader) if at.of == "end" else 0
            yield follower, base_ns + s_to_ns(at.delay_s) + s_to_ns(follower.pre_wait_s)


def action_ns(run: RunState, cue: Cue, above: frozenset[str] = frozenset()) -> int:
    """From a cue's moment to the end of its last step; a group ends with the last of its children."""
    if cue.group is None:
        return slowed(run.armed[cue.id].length_ns, run.rehearsal.own_speed)
    inside = above | {cue.id}
    return max((ns + action_ns(run, child, inside) for child, ns in children_of(run, cue, inside)), default=0)


def main_lead_ns(run: RunState, cue: Cue, above: frozenset[str] = frozenset()) -> int:
    """The lead of the main device that a cue speaks to first; of a group, of the child that needs most."""
    if cue.group is None:
        return next((send.lead_ns for send in run.sends_of(cue.id)), 0)
    inside = above | {cue.id}
    return max((main_lead_ns(run, child, inside) - ns for child, ns in children_of(run, cue, inside)), default=0)


def lead_ns(run: RunState, cue_id: str) -> int:
    """How long before its moment a cue has to begin so that it, and all that runs because of it, is on time."""
    if cue_id not in run.leads:
        _reckon_leads(run, cue_id)
    return run.leads[cue_id]


def score_lead_ns(run: RunState, cue_id: str) -> int:
    """The same in score: at double speed twice as much of it goes by."""
    return led(lead_ns(run, cue_id), run.rehearsal.speed)


def _reckon_leads(run: RunState, first: str) -> None:
    """Leads of a cue and of all that it causes, the last of a chain first. Not by recursion: chains may be long."""
    ahead = [(first, False)]
    while ahead:
        each, is_caused_known = ahead.pop()
        if is_caused_known or each not in run.leads:
            caused = list(_caused_by(run, run.show.cue_by_id[each]))
            if is_caused_known:
                later = [run.leads[other] - ns for other, ns in caused]
                own = (send.lead_ns - send.offset_ns for send in run.sends_of(each))
                run.leads[each] = max([max(own, default=0), *later])
            else:
                run.leads[each] = 0  # where the chain closes
                ahead.append((each, True))
                ahead += [(other, False) for other, _ in caused]


def _caused_by(run: RunState, cue: Cue) -> Iterator[tuple[str, int]]:
    """What a cue starts that has no position of its own, with its moment in ns from the cue's."""
    for child, ns in children_of(run, cue):
        if not has_position(run, child.id):
            yield child.id, ns
    for follower, ns in followers_of(run, cue):
        yield follower.id, ns


def chain_of(run: RunState, cue_id: str) -> frozenset[str]:
    """A cue and everything that runs because of it."""
    found: set[str] = set()
    ahead = [cue_id]
    while ahead:
        each = ahead.pop()
        if each not in found:
            found.add(each)
            ahead += run.children.get(each, ())
            ahead += [follower.id for follower, _ in followers_of(run, run.show.cue_by_id[each])]
    return frozenset(found)


def has_position(run: RunState, cue_id: str) -> bool:
    """True where a cue's moment follows from the score alone."""
    return run.schedule.cue_times[cue_id].position_ns is not None
