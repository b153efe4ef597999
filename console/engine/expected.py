"""What our sends should have caused, device by device: the second of the three values desired, expected, reported.

Keyed by (device, verb family, key …) with the names and numbers of the house, after the patch. Only what really left
counts: a command is noted when it is handed over and counts once the outlet has said that it went. A streamed fade
stands at the step that left last; a fade that the device runs itself stands at its target and is settling until then.
Never holds a trigger, and nothing here is ever changed by what a device says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from console.engine.arming import ArmedSend, ParameterKey
from console.engine.desired import Wanted
from console.plan.resolver import GROUP_KEY
from devices.contract import Outcome, Result
from profiles.verbs import find_verb

DeviceKey = tuple[str, ...]
"""(device, family, key …) after the patch."""


class Sent(NamedTuple):
    """The last command to one parameter of one device.

    ``value`` is the number that left last, where the verb has one that can be faded. ``missed``: a later command to
    the same parameter did not leave.
    """

    send: ArmedSend
    seq: int
    sent_ns: int
    value: float | None
    missed: bool = False

    @property
    def settled_ns(self) -> int:
        """When a device that takes its own time is there."""
        return self.sent_ns + self.send.self_timed_ns


class Expected:
    """Commands handed over whose outcome is to come, and what the last one of each parameter was."""

    def __init__(self) -> None:
        self._handed: dict[int, tuple[ArmedSend, float | None]] = {}
        self._coming: dict[DeviceKey, int] = {}  # the last command that is on its way to the outlet
        self._sent: dict[DeviceKey, Sent] = {}
        self._touched: set[ParameterKey] = set()
        self.silent: set[str] = set()  # devices that are switched off: what is sent to them goes nowhere

    def handed(self, seq: int, send: ArmedSend, value: float | None = None) -> None:
        """A command is on its way to the outlet. ``value``: of a step of a fade; else the send's own."""
        if send.device_key is not None:
            self._handed[seq] = (send, value)
            self._coming[send.device_key] = seq

    def settled(self, outcome: Outcome) -> None:
        """The outlet's word for a command; only the first one for each counts, and none while it is held."""
        if outcome.result is Result.HELD:
            return
        handed = self._handed.pop(outcome.seq, None)
        if handed is None:
            return
        send, value = handed
        key = send.device_key
        assert key is not None  # noqa: S101 - for the type checker: ``handed`` keeps no other
        if self._coming.get(key) == outcome.seq:
            del self._coming[key]
        (self.silent.add if outcome.result is Result.OFF else self.silent.discard)(send.device)
        before = self._sent.get(key)
        if outcome.result not in (Result.SENT, Result.THINNED):
            self._touch(send)
            if before is not None:
                self._sent[key] = before._replace(missed=True)
            return
        if before is None or before.send is not send or before.missed or send.fade is None:
            self._touch(send)
        if send.key is not None and send.key[-1] == GROUP_KEY:
            self._drop_members(send)
        self._sent[key] = Sent(send, outcome.seq, outcome.sent_ns, own_value(send) if value is None else value)

    def get(self, key: DeviceKey | None) -> Sent | None:
        """What a parameter of a device should stand at; None where nothing of ours ever reached it."""
        return None if key is None else self._sent.get(key)

    def coming(self, key: DeviceKey | None) -> Sent | None:
        """As :meth:`get`, with what is on its way to the outlet taken for sent: for whoever decides what to send."""
        handed = None if key is None else self._handed.get(self._coming.get(key, -1))
        if key is None or handed is None:
            return self.get(key)
        send, value = handed
        return Sent(send, self._coming[key], 0, own_value(send) if value is None else value)

    def taken_touched(self) -> frozenset[ParameterKey]:
        """The show's keys of what has changed here since the last call; steps of a fade change nothing."""
        touched = frozenset(self._touched)
        self._touched.clear()
        return touched

    def forget(self, device: str) -> None:
        """Nobody knows any more what a device stands at: it was away, or somebody else had it."""
        for key, sent in self._sent.items():
            if key[0] == device:
                self._touch(sent.send)
        self._sent = {key: sent for key, sent in self._sent.items() if key[0] != device}

    def listed(self) -> Mapping[DeviceKey, Sent]:
        """All of them, by key."""
        return dict(self._sent)

    def _touch(self, send: ArmedSend) -> None:
        if send.key is not None:
            self._touched.add(send.key)

    def _drop_members(self, group: ArmedSend) -> None:
        """A value on a group sets every member of it."""
        where = (group.key or ())[:-1]
        gone = [
            key
            for key, sent in self._sent.items()
            if key[0] == group.device and sent.send.key is not None and sent.send.key[:-1] == where
            if sent.send.key != group.key
        ]
        for key in gone:
            self._touch(self._sent[key].send)
            del self._sent[key]


def own_value(send: ArmedSend) -> float | None:
    """The number of a send that can be faded: where its fade ends, or what its arguments say."""
    if send.fade is not None:
        return send.fade.target
    value = send.args.get(find_verb(send.verb).fade_arg)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def is_other(send: ArmedSend, sent: Sent | None) -> bool:
    """True where a device was not told last what this send would tell it."""
    if sent is None or sent.missed or sent.send.verb != send.verb:
        return True
    number = find_verb(send.verb).fade_arg
    args = sent.send.args
    return any(args.get(name) != value for name, value in send.args.items() if name != number) or (
        sent.value != own_value(send)
    )


def differs(wanted: Wanted, send: ArmedSend, sent: Sent | None) -> bool:
    """True where a device should not stand at what is wanted of a parameter.

    ``send`` is what would bring it there, ``sent`` what :meth:`Expected.get` has of ``send.device_key``. A fade that
    is on its way and has missed no step does not differ.
    """
    on_its_way = (
        sent is not None
        and not sent.missed
        and wanted.fade is not None
        and (sent.send.cue, sent.send.step) == (send.cue, send.step)
    )
    return not on_its_way and is_other(send, sent)
