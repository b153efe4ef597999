"""The machine's MIDI ports as several devices share them: each name is opened once, and every listener hears all of it.

Two devices on one cable are ordinary (Show Control with a device id each), and not every system lets a program
open a port twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

from devices.driver import HeardBody
from devices.io.midi_port import MidiInPort, MidiOutPort
from devices.io.midi_system import MidiSystem

MAILBOX_SIZE: Final = 1024


class MidiPorts:
    """Outputs and inputs by name, for the drivers of one console. All of it belongs to one thread.

    ``clock_ns`` stamps what arrives and ``wake`` tells that something has: both are called on RtMidi's thread.
    """

    def __init__(self, system: MidiSystem, *, clock_ns: Callable[[], int], wake: Callable[[], None]) -> None:
        self.system = system
        self._clock_ns = clock_ns
        self._wake = wake
        self._outputs: dict[str, MidiOutPort] = {}
        self._inputs: dict[str, MidiInPort] = {}
        self._boxes: dict[str, list[deque[HeardBody]]] = {}

    def output(self, name: str) -> MidiOutPort:
        """The output of that name, opened when it is there."""
        if name not in self._outputs:
            self._outputs[name] = MidiOutPort(self.system, name, label=name)
        return self._outputs[name]

    def mailbox(self, name: str) -> deque[HeardBody]:
        """A listener's own copy of what the input of that name hears."""
        if name not in self._inputs:
            port = MidiInPort(self.system, name, clock_ns=self._clock_ns, wake=self._wake, label=name)
            self._inputs[name] = port
        box: deque[HeardBody] = deque(maxlen=MAILBOX_SIZE)
        self._boxes.setdefault(name, []).append(box)
        return box

    def leave(self, name: str, box: deque[HeardBody]) -> None:
        """Stop filling a listener's mailbox; the port stays open, for closing one can take 40 ms."""
        self._boxes[name] = [other for other in self._boxes.get(name, ()) if other is not box]

    def collect(self, now_ns: int) -> None:
        """Open inputs that have come back, and put what has arrived into every mailbox."""
        for name, port in self._inputs.items():
            port.service(now_ns)
            for received in port.receive():
                for box in self._boxes[name]:
                    box.append(HeardBody(received.message, received.received_ns))

    def close(self) -> None:
        """Close every port, then the system."""
        for port in (*self._outputs.values(), *self._inputs.values()):
            port.close()
        self.system.close()
