"""Which driver carries which transport: an explicit table. Nothing registers itself on import."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final

from devices.driver import Driver
from devices.io.bell import Bell
from devices.io.midi_system import MidiSystem
from devices.io.tcp import TcpPort
from devices.io.udp import UdpPort
from devices.midi.driver import MidiDatagramDriver, MidiDriver
from devices.midi.ports import MidiPorts
from devices.midi.stream import midi_stream_driver
from devices.osc.driver import UdpDriver, len32_driver, slip_driver
from devices.osc.reply_door import ReplyDoors
from devices.outlet import DeviceOutlet
from devices.stream_driver import StreamDriver
from devices.text.driver import text_driver
from profiles.device_profile import DeviceProfile, TransportKind
from profiles.device_setup import DeviceSetup


def open_devices(
    setups: Iterable[DeviceSetup],
    *,
    clock_ns: Callable[[], int] = time.monotonic_ns,
    midi_system: MidiSystem | None = None,
) -> DeviceOutlet:
    """The outlet for these devices, each in its setup's mode. Nothing is opened before the first poll or send.

    ``clock_ns`` stamps MIDI as it arrives, on its own thread: give the clock that engine instants are of.
    ``midi_system`` is asked for ports once a MIDI device is live, and closed with the outlet.
    """
    premises = Premises(clock_ns, midi_system or MidiSystem())
    return DeviceOutlet(setups, open_live=lambda setup: open_driver(setup, premises), premises=premises)


class Premises:
    """What the live drivers of one console share, made when first wanted: a bell, the MIDI ports, the reply ports."""

    def __init__(self, clock_ns: Callable[[], int], midi_system: MidiSystem) -> None:
        self.doors = ReplyDoors()
        self._clock_ns = clock_ns
        self._midi_system = midi_system

    @cached_property
    def bell(self) -> Bell:
        """Rung by other threads: a name was found, a MIDI message came."""
        return Bell()

    @cached_property
    def midi(self) -> MidiPorts:
        """The machine's MIDI ports."""
        return MidiPorts(self._midi_system, clock_ns=self._clock_ns, wake=self.bell.ring)

    def quiet(self) -> None:
        """Take back the bell's rings."""
        if "bell" in vars(self):
            self.bell.quiet()

    def descriptors(self) -> tuple[int, ...]:
        """The bell's, where there is one."""
        return (self.bell.fileno(),) if "bell" in vars(self) else ()

    def ports_held(self) -> tuple[int, ...]:
        """The UDP ports that devices answer to and that are open here."""
        return self.doors.held()

    def close(self) -> None:
        """Close what was made. After the drivers."""
        if "midi" in vars(self):
            self.midi.close()
        self.doors.close()
        if "bell" in vars(self):
            self.bell.close()


def open_driver(setup: DeviceSetup, premises: Premises) -> Driver:
    """The driver of a device. It opens nothing before its first ``service``, and its faults are states, not errors."""
    return DRIVERS[setup.transport](setup, premises)


def can_speak(profile: DeviceProfile) -> bool:
    """True where a device of this make may say anything at all."""
    return bool(profile.health or profile.reports or profile.flags.echo or profile.flags.echo_to_others)


def _udp(setup: DeviceSetup, premises: Premises) -> Driver:
    door = None if setup.reply_port is None else premises.doors.door(setup.reply_port)
    return UdpDriver(_udp_port(setup, premises), door)


def _udp_port(setup: DeviceSetup, premises: Premises) -> UdpPort:
    host, port = _address(setup)
    return UdpPort(host, port, broadcast=True, wake=premises.bell.ring)


def _tcp(make_driver: Callable[[Callable[[], TcpPort]], StreamDriver]) -> Callable[[DeviceSetup, Premises], Driver]:
    def make(setup: DeviceSetup, premises: Premises) -> Driver:
        host, port = _address(setup)
        return make_driver(lambda: TcpPort(host, port, wake=premises.bell.ring))

    return make


def _midi(setup: DeviceSetup, premises: Premises) -> Driver:
    if setup.midi_port is None:  # it was aimed at its ghost
        return MidiDatagramDriver(_udp_port(setup, premises))
    return MidiDriver(premises.midi, setup.midi_port, listens=can_speak(setup.profile))


def _address(setup: DeviceSetup) -> tuple[str, int]:
    if setup.host is None or setup.port is None:
        raise ValueError(f"device {setup.id} has no host and port: give both in the venue")
    return setup.host, setup.port


DRIVERS: Final[Mapping[TransportKind, Callable[[DeviceSetup, Premises], Driver]]] = MappingProxyType(
    {
        "osc_udp": _udp,
        "osc_tcp_len32": _tcp(len32_driver),
        "osc_tcp_slip": _tcp(slip_driver),
        "text_crlf": _tcp(text_driver),
        "text_lf": _tcp(text_driver),
        "midi": _midi,
        "midi_tcp": _tcp(midi_stream_driver),
        "msc": _midi,
        "mmc": _midi,
    }
)
