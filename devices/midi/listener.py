"""MIDI from outside: timecode, and triggers under canonical names (``note/1/36``, ``cc/1/7``, ``msc/go/12.5``).

Channels and programs count from 1, as panels print them; notes and controllers from 0, as every chart has them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from devices.contract import CodeReading, CodeRefusal, Health, Incoming, Severity
from devices.io.midi_port import MidiInPort, MidiState
from devices.midi.code_source import MtcSource
from devices.midi.codec import MidiError
from devices.midi.msc import decode_msc, is_msc

_SEVERITIES: Final = {
    MidiState.OPEN: Severity.GOOD,
    MidiState.SOUGHT: Severity.UNKNOWN,
    MidiState.OPENING: Severity.UNKNOWN,
    MidiState.MISSING: Severity.FATAL,
    MidiState.DOWN: Severity.FATAL,
}
"""A port that is missing needs a person: somebody must plug it in, or start the MIDI system."""


@dataclass(eq=False)
class MidiListener:
    """A source of :class:`Incoming`, and of timecode, from one port; and of the port's own :class:`Health`.

    Read in every turn; the port's callback wakes the loop. ``code``: the venue's source at this port, whose lamp the
    port then is; ``triggers``: whether anything else that comes here is listened to.
    """

    port: MidiInPort
    code: MtcSource | None = None
    triggers: bool = True
    malformed: int = 0
    _told: tuple[Severity, str] | None = None

    @property
    def source(self) -> str:
        """What it is called in causes and in health."""
        return f"midi:{self.port.name}"

    def descriptors(self) -> Collection[int]:
        """None: MIDI arrives on a thread of its own."""
        return ()

    def blocked(self) -> Collection[int]:
        """None: nothing is sent from here."""
        return ()

    def wake_at_ns(self) -> int | None:
        """None: the callback wakes the loop."""
        return None

    def read(self, now_ns: int) -> Sequence[Incoming | CodeReading | CodeRefusal | Health]:
        """What has come, oldest first, with the instants it was received at."""
        self.port.service(now_ns)
        heard: list[Incoming | CodeReading | CodeRefusal | Health] = []
        standing = (_SEVERITIES[self.port.state], self.port.words)
        if standing != self._told:
            self._told = standing
            if self.triggers:
                heard.append(Health(self.source, *standing))
            if self.code is not None:
                heard.append(Health(self.code.device, *standing))
        for received in self.port.receive():
            said = None if self.code is None else self.code.feed(received.message, received.received_ns)
            if said is not None:
                heard.append(said)
            if said is not None or not self.triggers:
                continue
            try:
                incoming = bytes_to_incoming(received.message, self.source, received.received_ns)
            except MidiError:
                self.malformed += 1
                continue
            if incoming is not None:
                heard.append(incoming)
        return heard

    def close(self) -> None:
        """Close the port."""
        self.port.close()


def bytes_to_incoming(message: bytes, source: str, received_ns: int) -> Incoming | None:
    """One whole message as a trigger; None for what triggers nothing (clock, active sensing, timecode).

    A note off, and a note on of velocity 0, are the note with velocity 0: an input line going low.
    """
    if is_msc(message):
        said = decode_msc(message)
        address = f"msc/{said.command}" + (f"/{said.cue}" if said.cue else "")
        args = (said.list,) if said.list else ()
        return Incoming(source, "msc", address, args, received_ns, to=f"{said.device}/{said.format}")
    if len(message) not in (2, 3) or message[0] >= 0xF0:
        return None
    kind, channel = message[0] & 0xF0, (message[0] & 0x0F) + 1
    if kind in (0x80, 0x90):
        velocity = message[2] if kind == 0x90 else 0
        return Incoming(source, "midi", f"note/{channel}/{message[1]}", (velocity,), received_ns)
    if kind == 0xB0:
        return Incoming(source, "midi", f"cc/{channel}/{message[1]}", (message[2],), received_ns)
    if kind == 0xC0:
        return Incoming(source, "midi", f"pc/{channel}/{message[1] + 1}", (), received_ns)
    return None
