"""Asking a device what it was just told, where it does not say so by itself. Pure; one for each device.

A question leaves a while after the command it follows, never with it, and one at a time: nothing that is due waits for
it. Of a stream only the end is asked about. One that is not answered is asked once more; what came of it is for the
ledger to judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from devices.contract import Args, Command, EncodeError
from devices.encode import DeviceSettings, read_back_packet
from devices.wire_packet import WirePacket
from profiles.device_profile import DeviceProfile
from profiles.verbs import find_verb

AFTER_NS: Final = 20_000_000
"""From a command to the question after it: the device has taken it by then."""

AFTER_STREAM_NS: Final = 150_000_000
"""From a step of a stream to the question: no further step has come, so it is over."""

AGAIN_NS: Final = 350_000_000
"""From a question to its repetition."""

GAP_NS: Final = 5_000_000
"""Between two questions to one device."""

TRIES: Final = 2


@dataclass(slots=True)
class _Question:
    due_ns: int
    verb: str
    args: Args
    tries: int = 0


class Asked(NamedTuple):
    """A question on its way, and what it is about."""

    packet: WirePacket
    verb: str
    args: Args


class Asker:
    """The questions that are still to be asked of one device, or to be answered."""

    def __init__(self, profile: DeviceProfile, settings: DeviceSettings) -> None:
        self._profile = profile
        self._settings = settings
        self._verbs = frozenset(
            name
            for name, ability in profile.abilities.items()
            if ability.verb is not None and any(way.read_back for way in ability.variants)
        )
        self._questions: dict[tuple[str, ...], _Question] = {}
        self._free_ns = 0

    def told(self, command: Command, now_ns: int) -> int | None:
        """A command has left: when its question is due, None where there is none. A newer command asks anew."""
        if command.verb not in self._verbs:
            return None
        after_ns = AFTER_NS if command.stream is None else AFTER_STREAM_NS
        due_ns = now_ns + max(after_ns, command.settles_ns)
        self._questions[self._key(command.verb, command.args)] = _Question(due_ns, command.verb, command.args)
        return due_ns

    def heard(self, verb: str, args: Args) -> None:
        """The device has spoken of a parameter."""
        if self._questions and verb in self._verbs:
            key = self._key(verb, args)
            question = self._questions.get(key)
            if question is not None and question.tries:
                del self._questions[key]

    def due(self, now_ns: int) -> Asked | None:
        """The question to send now; None where none is due or the last one has just gone."""
        if now_ns < self._free_ns:
            return None
        for key, question in list(self._questions.items()):
            if question.due_ns > now_ns:
                continue
            if question.tries == TRIES:
                del self._questions[key]
                continue
            packet = self._packet(question)
            if packet is None:
                del self._questions[key]
                continue
            question.tries += 1
            question.due_ns = now_ns + AGAIN_NS
            self._free_ns = now_ns + GAP_NS
            return Asked(packet, question.verb, question.args)
        return None

    def wake_at_ns(self) -> int | None:
        """When :meth:`due` has something to give."""
        if not self._questions:
            return None
        return max(self._free_ns, min(question.due_ns for question in self._questions.values()))

    def clear(self) -> None:
        """The session is over: nothing is asked any more."""
        self._questions.clear()

    def _packet(self, question: _Question) -> WirePacket | None:
        try:
            return read_back_packet(self._profile, question.verb, question.args, self._settings)
        except EncodeError:
            return None  # the ledger says that nothing confirmed it

    def _key(self, verb: str, args: Args) -> tuple[str, ...]:
        return (verb, *self._profile.state_key(find_verb(verb), args))
