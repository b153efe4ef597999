"""One packet is one or several MIDI messages that belong together; a cable carries them one by one. Both ways, pure.

An NRPN is three or four control changes, a banked program two and a program change (MIDI 1.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from devices.midi.codec import MidiSplitter
from profiles.device_profile import DeviceProfile
from profiles.messages import Message, NrpnMessage, ProgramMessage

_SYSEX, _SYSEX_END = 0xF0, b"\xf7"
_CONTROL, _PROGRAM = 0xB, 0xC

PROGRAM: Final = -1
"""The place of a program change in a shape; other places are controller numbers."""

Shape = tuple[int, ...]

NRPN: Final[Shape] = (0x63, 0x62, 0x06, 0x26)
NRPN_COARSE: Final[Shape] = NRPN[:3]
BANKED_PROGRAM: Final[Shape] = (0x00, 0x20, PROGRAM)
WIDE_PROGRAM: Final[Shape] = (0x00, PROGRAM)


def split_messages(raw: bytes) -> Sequence[bytes]:
    """The whole messages of one packet. One message, the usual case, is not looked at byte by byte."""
    if len(raw) <= 3 or (raw[0] == _SYSEX and raw.find(_SYSEX_END) == len(raw) - 1):
        return (raw,)
    return MidiSplitter().feed(raw)


def shapes_of(profile: DeviceProfile) -> frozenset[Shape]:
    """The groups of messages a device of this make takes for one."""
    sent = (message for ability in profile.abilities.values() for way in ability.variants for message in way.send)
    return frozenset(shape for message in sent if (shape := _shape_of(message)) is not None)


def _shape_of(message: Message) -> Shape | None:
    if isinstance(message, NrpnMessage):
        return NRPN if message.fine else NRPN_COARSE
    if isinstance(message, ProgramMessage):
        return WIDE_PROGRAM if message.wide else BANKED_PROGRAM if message.bank is not None else None
    return None


class PacketGatherer:
    """Puts messages that came one by one together again; what belongs to no group comes out as it came."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._shapes = frozenset(shapes)
        self._open: list[bytes] = []
        self._steps: Shape = ()

    def gather(self, raw: bytes) -> list[bytes]:
        """The packets that are complete with what came at once, which is one message, or several that are whole."""
        messages = split_messages(raw)
        bodies = [body for message in messages for body in self.feed(message)]
        return bodies if len(messages) == 1 else [*bodies, *self.flush()]

    def feed(self, message: bytes) -> list[bytes]:
        """The packets that are complete with this message, in order."""
        step = _step_of(message) if self._shapes else None
        if step is None:
            return [*self.flush(), message]
        complete: list[bytes] = []
        if self._open and (self._open[0][0] & 0x0F != message[0] & 0x0F or not self._leads((*self._steps, step))):
            complete = self.flush()
        if not self._leads((*self._steps, step)):
            return [*complete, message]
        self._open.append(message)
        self._steps = (*self._steps, step)
        if self._steps in self._shapes and not self._leads((*self._steps, None)):
            complete += self.flush()
        return complete

    def flush(self) -> list[bytes]:
        """What is open: one packet where it is a group, else its messages."""
        waiting, self._open = self._open, []
        steps, self._steps = self._steps, ()
        return [b"".join(waiting)] if steps in self._shapes else waiting

    def _leads(self, steps: tuple[int | None, ...]) -> bool:
        """True where a shape begins like this; None stands for any further step."""
        known = steps[:-1] if steps[-1] is None else steps
        return any(shape[: len(known)] == known and len(shape) >= len(steps) for shape in self._shapes)


def _step_of(message: bytes) -> int | None:
    kind = message[0] >> 4
    if kind == _CONTROL:
        return message[1]
    return PROGRAM if kind == _PROGRAM else None
