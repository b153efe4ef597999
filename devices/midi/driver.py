"""Devices that speak MIDI, Show Control or Machine Control, through a port found by name; or through datagrams."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Final

from devices.contract import Severity
from devices.driver import READY, HeardBody, Standing
from devices.io.midi_port import MidiState
from devices.io.outcome import SENT, Handed, SendOutcome
from devices.io.udp import UdpPort
from devices.midi.packets import split_messages
from devices.midi.ports import MidiPorts
from devices.osc.driver import UdpDriver
from devices.wire_packet import WirePacket

READ_LIMIT: Final = 16

LOOK_NS: Final = 5_000_000
"""How often a port that JACK is still connecting is looked at: it takes two or three of JACK's turns."""


class MidiDriver:
    """One device on an output port; where the device can say something, on the input of the same name too."""

    proves = False

    def __init__(self, ports: MidiPorts, name: str, *, listens: bool) -> None:
        self.sessions = 0
        self._ports = ports
        self._name = name
        self._output = ports.output(name)
        self._box: deque[HeardBody] | None = ports.mailbox(name) if listens else None
        self._was_open = False
        self._served = False
        self._served_ns = 0

    @property
    def standing(self) -> Standing:
        """A port that is missing needs a person: somebody must plug it in, or start the MIDI system."""
        state = self._output.state
        if state is MidiState.OPEN:
            return READY
        is_opening = state in (MidiState.SOUGHT, MidiState.OPENING) or not self._served
        return Standing(Severity.UNKNOWN if is_opening else Severity.FATAL, self._output.words)

    def service(self, now_ns: int) -> None:
        """Open the port when it is there, and again when it is back."""
        self._output.service(now_ns)
        if self._box is not None:
            self._ports.collect(now_ns)
        is_open = self._output.state is MidiState.OPEN
        self.sessions += is_open and not self._was_open
        self._was_open, self._served, self._served_ns = is_open, True, now_ns

    def wake_at_ns(self) -> int | None:
        """The next look at the names; soon while the port is being opened, at once while something is unread."""
        if self._box:
            return self._served_ns
        if self._output.is_moving:
            return self._served_ns + LOOK_NS
        return self._ports.system.wake_at_ns()

    def send(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        """Every message of the packet, one behind the other, so that nothing comes between them."""
        outcome = SENT
        for message in split_messages(packet.payload):
            outcome = self._output.send(message)
            if outcome.handed is not Handed.SENT:
                break
        return outcome

    def receive(self, now_ns: int) -> Sequence[HeardBody]:
        """What the device said; the port's thread has stamped it."""
        box = self._box
        if box is None:
            return ()
        self._ports.collect(now_ns)
        return [box.popleft() for _ in range(min(READ_LIMIT, len(box)))]

    def descriptors(self) -> Sequence[int]:
        """None: MIDI arrives on a thread of its own, which rings the bell."""
        return ()

    def close(self) -> None:
        """Leave the port to the others on it."""
        if self._box is not None:
            self._ports.leave(self._name, self._box)


class MidiDatagramDriver(UdpDriver):
    """MIDI to a ghost on its loopback port: one whole message a datagram."""

    def __init__(self, port: UdpPort) -> None:
        super().__init__(port)
        self._datagrams = port

    def send(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        """Every message of the packet."""
        outcome = SENT
        for message in split_messages(packet.payload):
            outcome = self._datagrams.send(message)
            if outcome.handed is not Handed.SENT:
                break
        return outcome
