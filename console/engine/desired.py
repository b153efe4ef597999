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

    def set(self, send: ArmedSend, now_ns: int, fade: Fade | None = None) -> None:
        """Record what a send asks; nothing for a trigger."""
        if send.key is not None:
            if send.key[-1] == GROUP_KEY:
                for key in [key for key in self._wanted if key[:-1] == send.key[:-1]]:
                    del self._wanted[key]  # a value on the group sets every member
            self._wanted[send.key] = Wanted(send.verb, send.show_args, send.cue, now_ns, fade)

    def freeze(self, send: ArmedSend, now_ns: int) -> None:
        """A fade was stopped half-way: the parameter stays at the value it has now."""
        wanted = self._wanted.get(send.key) if send.key is not None else None
        value = wanted.value_at(now_ns) if wanted is not None else None
        if send.key is not None and wanted is not None and value is not None:
            args = {**wanted.args, find_verb(wanted.verb).fade_arg: value}
            self._wanted[send.key] = Wanted(wanted.verb, args, wanted.cue, now_ns)

    def shift_fades(self, by_ns: int) -> None:
        """Fades were held for a while: they are that much later."""
        for key, wanted in self._wanted.items():
            if wanted.fade is not None:
                fade = replace(wanted.fade, start_ns=wanted.fade.start_ns + by_ns)
                self._wanted[key] = replace(wanted, fade=fade)

    def get(self, key: ParameterKey) -> Wanted | None:
        """What is wanted of a parameter; None where nothing ever set it."""
        return self._wanted.get(key)

    def snapshot(self) -> Mapping[ParameterKey, Wanted]:
        """All parameters, by key."""
        return dict(self._wanted)
