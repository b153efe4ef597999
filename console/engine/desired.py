"""What the show wants of every parameter, as the run has asked so far. Logical names; knows no device.

Keyed by (role, family, key …). Never holds a trigger. ``reported`` and ``expected`` are other values, kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from console.engine.arming import ArmedSend, ParameterKey
from console.engine.fades import Fade
from console.plan.resolver import GROUP_KEY
from console.show.cues import Scalar
from profiles.verbs import find_verb


@dataclass(frozen=True, slots=True)
class Wanted:
    """One parameter: the verb and arguments that hold, by which cue, and the fade that is on the way there."""

    verb: str
    args: Mapping[str, Scalar]
    cue: str
    since_ns: int
    fade: Fade | None = None

    def value_at(self, now_ns: int) -> float | None:
        """The value that can be faded, now; None for a verb that only steps."""
        if self.fade is not None:
            return self.fade.value_at(now_ns)
        value = self.args.get(find_verb(self.verb).fade_arg)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


class Desired:
    """The wanted state. A later setting displaces an earlier one of the same key."""

    def __init__(self) -> None:
        self._wanted: dict[ParameterKey, Wanted] = {}
        self._touched: set[ParameterKey] = set()

    def set(self, send: ArmedSend, now_ns: int, fade: Fade | None = None) -> None:
        """Record what a send asks; nothing for a trigger."""
        if send.key is not None:
            if send.key[-1] == GROUP_KEY:
                for key in self.members_of(send.key):
                    del self._wanted[key]  # a value on the group sets every member
                    self._touched.add(key)
            self._wanted[send.key] = Wanted(send.verb, send.show_args, send.cue, now_ns, fade)
            self._touched.add(send.key)

    def put_fade(self, old: Fade, new: Fade) -> None:
        """A fade that is on its way was held, or goes on."""
        wanted = self._wanted.get(old.send.key) if old.send.key is not None else None
        if old.send.key is not None and wanted is not None and wanted.fade == old:
            self._wanted[old.send.key] = replace(wanted, fade=new)

    def ended(self, fade: Fade, now_ns: int) -> None:
        """A fade has arrived. Where a later value has displaced it, that stands."""
        wanted = self._wanted.get(fade.send.key) if fade.send.key is not None else None
        if wanted is not None and wanted.fade is not None and wanted.fade.cue_ns == fade.cue_ns:
            self.set(fade.send, now_ns)

    def freeze(self, fade: Fade, now_ns: int) -> None:
        """A fade was stopped half-way: the parameter stays at the value it has now."""
        wanted = self._wanted.get(fade.send.key) if fade.send.key is not None else None
        if fade.send.key is not None and wanted is not None and wanted.fade == fade:
            args = {**wanted.args, find_verb(wanted.verb).fade_arg: fade.value_at(now_ns)}
            self._wanted[fade.send.key] = Wanted(wanted.verb, args, wanted.cue, now_ns)
            self._touched.add(fade.send.key)

    def members_of(self, group: ParameterKey) -> tuple[ParameterKey, ...]:
        """The members of a group key that were set after it."""
        return tuple(key for key in self._wanted if key != group and key[:-1] == group[:-1])

    def get(self, key: ParameterKey) -> Wanted | None:
        """What is wanted of a parameter, by its group where that was set last; None where nothing ever set it."""
        return self._wanted.get(key) or self._wanted.get((*key[:-1], GROUP_KEY))

    def taken_touched(self) -> frozenset[ParameterKey]:
        """What was set or stopped since the last call."""
        touched = frozenset(self._touched)
        self._touched.clear()
        return touched

    def snapshot(self) -> Mapping[ParameterKey, Wanted]:
        """All parameters, by key."""
        return dict(self._wanted)
