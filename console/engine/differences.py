"""Where what is wanted and what our sends should have caused are apart, and what would bring them together.

The ground for putting right, for a device that comes back, and for one that was bypassed and joins again. Decides
nothing: chase rules, hazards and inhibits are asked by whoever sends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from console.engine.arming import ArmedSend, ParameterKey, arm_verb
from console.engine.desired import Wanted
from console.engine.expected import DeviceKey, Sent, differs
from console.engine.run_state import RunState
from console.plan.resolver import GROUP_KEY
from devices.contract import EncodeError
from profiles.verbs import find_verb


@dataclass(frozen=True, slots=True)
class Target:
    """One parameter of one device: what is wanted of it, what would tell it so, and what it was told last."""

    key: ParameterKey  # the show's
    wanted: Wanted
    send: ArmedSend
    sent: Sent | None

    @property
    def is_group(self) -> bool:
        """True where it sets every member of its family at the role."""
        return self.key[-1] == GROUP_KEY

    @property
    def is_off(self) -> bool:
        """True where the device should stand elsewhere."""
        return differs(self.wanted, self.send, self.sent)


def targets(run: RunState, devices: Collection[str] | None = None) -> list[Target]:
    """Every wanted parameter of these devices (None: of all), in cue order.

    Of two that the patch folds into one, the one that was wanted later holds.
    """
    found: dict[DeviceKey, Target] = {}
    for key, wanted in sorted(run.desired.snapshot().items(), key=lambda each: each[1].since_ns):
        for send in sends_for(run, key, wanted):
            if send.device_key is not None and (devices is None or send.device in devices):
                found.pop(send.device_key, None)
                found[send.device_key] = Target(key, wanted, send, run.expected.get(send.device_key))
    return sorted(found.values(), key=lambda each: (run.places.get(each.wanted.cue, 0), each.send.step))


def differences(run: RunState, devices: Collection[str] | None = None) -> list[Target]:
    """The targets that are off, in cue order."""
    return [each for each in targets(run, devices) if each.is_off]


def sends_for(run: RunState, key: ParameterKey, wanted: Wanted) -> Iterator[ArmedSend]:
    """What would tell every device that is spoken to what is wanted: the cue's own sends where it has them still."""
    sends = run.sends_of(wanted.cue) if wanted.cue in run.armed else ()
    own = [send for send in sends if send.key == key and send.verb == wanted.verb]
    same = [send for send in own if send.show_args == wanted.args]
    if same or not own:
        yield from same or _from_words(run, key, wanted)
        return
    number = find_verb(wanted.verb).fade_arg
    for send in own:  # a fade that was stopped half-way: as the cue says it, at the number where it stands
        args = {**send.args, number: wanted.args[number]} if number in wanted.args else send.args
        try:
            packets = tuple(run.encoder.encode(send.device, send.verb, args))
        except EncodeError:
            continue  # preflight and the as-run say what a device cannot be told
        yield replace(send, args=args, show_args=wanted.args, packets=packets, fade=None)


def _from_words(run: RunState, key: ParameterKey, wanted: Wanted) -> Iterator[ArmedSend]:
    """Of a safe list, or of a cue that says something else by now."""
    try:
        armed = arm_verb(key[0], wanted.verb, wanted.args, run.show, run.patch, run.encoder, standbys=True)
        yield from (send for send in armed if run.speaks(send))
    except EncodeError:
        return
