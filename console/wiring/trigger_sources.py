"""What is listened to tonight: the venue's remote port, its MIDI inputs, its sources of timecode."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_network

from console.engine.engine import Engine
from console.ports import Source
from console.wiring.midi_choice import chosen_midi
from console.wiring.remote_desk import Ear, RemoteDesk
from console.wiring.remote_lamp import RemoteLamp
from devices.io.midi_port import MidiInPort
from devices.io.midi_system import MidiSystem
from devices.io.outcome import PortError, local_address
from devices.io.udp import UdpListener
from devices.midi.code_source import MtcSource
from devices.midi.listener import MidiListener
from devices.osc.listener import OscListener
from profiles.remote_control import RemoteControl
from profiles.venue_profile import Venue

LOOPBACK = "127.0.0.1"


@dataclass
class Triggers:
    """Open listeners, as sources of the loop."""

    remote: RemoteControl | None = None
    osc: list[OscListener] = field(default_factory=list)
    midi: list[MidiListener] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)  # what is not listened to, and why
    system: MidiSystem | None = None
    desk: RemoteDesk | None = None

    def attend(self, engine: Engine, before: RemoteDesk | None = None) -> RemoteDesk:
        """The desk that turns what is heard into requests to an engine; ``before``: that of the show before."""
        port = self.osc[0].port if self.osc else None
        self.desk = RemoteDesk(self.remote, port, engine, before)
        for listener in self.osc:
            listener.wanted = self.desk.wants
        return self.desk

    @property
    def sources(self) -> list[Source]:
        """For the loop, in the order they are read; none before somebody attends to them."""
        if self.desk is None:
            return []
        listeners: list[Source] = [*self.osc, *self.midi]
        ears: list[Source] = [Ear(each, self.desk) for each in listeners]
        return [*ears, RemoteLamp(self.desk, self.osc, next(iter(self.problems), ""))] if self.remote else ears

    def close(self, heir: Triggers | None = None) -> None:
        """Close every port but those that ``heir`` listens on as well. Harmless twice."""
        kept = [] if heir is None else [osc.port for osc in heir.osc]
        for osc in self.osc:
            if osc.port not in kept:
                osc.close()
        for midi in self.midi:
            midi.close()
        self.osc, self.midi = [], []
        if self.system is not None:
            self.system.close()
            self.system = None


def open_triggers(
    venue: Venue,
    wake: Callable[[], None],
    clock_ns: Callable[[], int],
    *,
    loopback: bool,
    standing: Triggers | None = None,
) -> Triggers:
    """Open what the venue names. ``loopback``: where no device is live, nothing is heard from outside this machine.

    A remote port that ``standing`` listens on already is shared with it, so that a show can be opened anew. One that
    cannot be opened costs the remote control, not the show: it is said in ``problems``. A MIDI port that is missing is
    waited for, and says so as it is read. Raises MidiChoiceError.
    """
    remote = venue.remote
    names = {line.midi_port for line in venue.inputs if line.midi_port is not None}
    if remote is not None:
        names.update(remote.midi_ports)
    sources = venue.timecode.sources if venue.timecode is not None else ()
    codes = {source.midi_port: MtcSource(source) for source in sources}
    triggers = Triggers(remote=remote, system=chosen_midi() if names | codes.keys() and not loopback else None)
    if remote is not None:
        host = LOOPBACK if loopback else str(remote.bind)
        try:
            port = _standing_port(standing, host, remote.port) or UdpListener(host, remote.port)
            triggers.osc.append(OscListener(port, [ip_network(each) for each in remote.allow]))
        except PortError as error:
            triggers.problems.append(f"no remote control: {error}")
    if triggers.system is not None:
        for name in sorted(names | codes.keys()):
            midi_port = MidiInPort(triggers.system, name, clock_ns=clock_ns, wake=wake)
            midi_port.service(clock_ns())  # makes its client now: under JACK that takes 20 ms
            triggers.midi.append(MidiListener(midi_port, codes.get(name), triggers=name in names))
    return triggers


def _standing_port(standing: Triggers | None, host: str, port: int) -> UdpListener | None:
    """The listener that is open at that address already."""
    open_already = [] if standing is None else [osc.port for osc in standing.osc]
    return next((each for each in open_already if each.address == (local_address(host), port)), None)
