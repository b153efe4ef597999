"""What stands elsewhere than the show wants it, kept up to date parameter by parameter, so that a screen can count it.

Looked at again is only what was wanted or sent since the last look. Of two parameters that the patch folds into one,
the one that was wanted later counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from console.engine.arming import ParameterKey
from console.engine.differences import Target, sends_for
from console.engine.expected import DeviceKey, differs
from console.engine.run_state import Active, RunState
from profiles.verbs import Chase


@dataclass
class LeftOver:
    """The targets that are off, by device parameter."""

    _off: dict[DeviceKey, Target] = field(default_factory=dict)
    _owners: dict[DeviceKey, tuple[int, ParameterKey]] = field(default_factory=dict)  # who wants it, since when
    _active: dict[str, Active] = field(default_factory=dict)  # who was on show at the last look

    def listed(self, run: RunState) -> list[Target]:
        """Everything that stands elsewhere, by our sends or by the device's own word, in cue order."""
        touched = run.desired.taken_touched() | run.expected.taken_touched()
        if run.active != self._active:
            self._active = dict(run.active)
            touched |= run.desired.snapshot().keys()
        for key in touched:
            self._look(run, key)
        found = dict(self._off)
        for device_key in run.reported.all_drifting():
            if device_key not in found and (target := self._wanted_at(run, device_key)) is not None:
                found[device_key] = target
        return sorted(found.values(), key=lambda each: (run.places.get(each.wanted.cue, 0), each.send.step))

    def _look(self, run: RunState, key: ParameterKey) -> None:
        for device_key in [each for each, target in self._off.items() if target.key == key]:
            del self._off[device_key]
        wanted = run.desired.get(key)
        if wanted is None:
            return
        for send in sends_for(run, key, wanted):
            if send.device_key is None:
                continue
            since_ns, owner = self._owners.get(send.device_key, (0, key))
            if owner != key and since_ns > wanted.since_ns and run.desired.get(owner) is not None:
                continue
            self._owners[send.device_key] = (wanted.since_ns, key)
            sent = run.expected.get(send.device_key)
            if differs(wanted, send, sent):
                self._off[send.device_key] = Target(key, wanted, send, sent)
            else:
                self._off.pop(send.device_key, None)

    def _wanted_at(self, run: RunState, device_key: DeviceKey) -> Target | None:
        """What is wanted of a parameter that drifts; None where the show has never wanted anything of it."""
        owner = self._owners.get(device_key)
        wanted = None if owner is None else run.desired.get(owner[1])
        if owner is None or wanted is None:
            return None
        for send in sends_for(run, owner[1], wanted):
            if send.device_key == device_key:
                return Target(owner[1], wanted, send, run.expected.get(device_key))
        return None


def may_put_right(run: RunState, target: Target, by: str = "operator") -> bool:
    """A parameter that may be sent again: by the chase rules not *never*, no hazard's, no once-use, not on its way.

    What is bypassed is left alone, and by whoever is no person what a hand has taken.
    """
    send = target.send
    cue = run.show.cue_by_id.get(send.cue)
    return (
        send.chase is not Chase.NEVER
        and send.device not in run.expected.silent
        and run.hand.keeps(send.device, send.department, by) is None
        and send.hazard == "none"
        and not (cue is not None and cue.once_per_show)
        and (send.device, *target.key) not in run.fades
    )


def count_by_department(run: RunState, left: Iterable[Target]) -> dict[str, int]:
    """How many parameters of each department would be sent by putting right."""
    counts: dict[str, int] = {}
    for target in left:
        if may_put_right(run, target):
            counts[target.send.department] = counts.get(target.send.department, 0) + 1
    return counts


def members_behind(run: RunState, chosen: list[Target], everything: Iterable[Target]) -> list[Target]:
    """What must follow a value on a group: the members that were wanted otherwise after it."""
    groups = {(each.send.device, *each.key[:-1]) for each in chosen if each.is_group}
    have = {each.send.device_key for each in chosen}
    return [
        each
        for each in everything
        if not each.is_group
        and (each.send.device, *each.key[:-1]) in groups
        and each.send.device_key not in have
        and may_put_right(run, each)
    ]
