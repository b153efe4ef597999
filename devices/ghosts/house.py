"""Every ghost of a house behind its loopback port, and drivers aimed there: for contract tests and the bench."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from devices.encode import settings_of_setup
from devices.ghosts.core import GhostCore
from devices.ghosts.server import GhostServer, TcpGhost, UdpGhost
from devices.io.outcome import PortError
from devices.midi.stream import cut_midi
from devices.osc.driver import cut_by_length, cut_by_slip
from devices.stream_driver import Cut
from devices.text.driver import cut_lines
from profiles.device_profile import FRAMING_OF_TRANSPORT, TransportKind
from profiles.device_setup import DeviceSetup

LOOPBACK: Final = "127.0.0.1"

CUTS: Final[Mapping[TransportKind, Callable[[], Cut]]] = MappingProxyType(
    {
        "osc_tcp_len32": cut_by_length,
        "osc_tcp_slip": cut_by_slip,
        "midi_tcp": cut_midi,
        "text_crlf": cut_lines,
        "text_lf": cut_lines,
    }
)
"""How a ghost's streams are cut; a transport that is not here goes by datagrams."""


def open_ghost(setup: DeviceSetup, host: str = LOOPBACK, port: int | None = None) -> GhostServer:
    """The ghost of one device on ``port``, else on its ``sim_port``, else on a free one. Raises PortError."""
    core = GhostCore(setup.profile, settings_of_setup(setup))
    number = port if port is not None else setup.sim_port or 0
    cut = CUTS.get(setup.transport)
    if cut is None:
        return UdpGhost(core, host, number, reply_port=setup.reply_port)
    return TcpGhost(core, host, number, framing=FRAMING_OF_TRANSPORT[setup.transport], make_cut=cut)


def aim_at_ghost(setup: DeviceSetup, port: int, host: str = LOOPBACK) -> DeviceSetup:
    """The same device, reached where its ghost listens; MIDI goes there as one raw message a datagram."""
    return replace(setup, host=host, port=port, midi_port=None, mode="live")


class GhostHouse:
    """The ghosts of these devices, each on its ``sim_port`` where it has one, else on a free port.

    Select on ``descriptors()`` and call :meth:`service` then and at :meth:`wake_at_ns`.
    Raises PortError, naming the device, where a port is taken.
    """

    def __init__(self, setups: Iterable[DeviceSetup], host: str = LOOPBACK) -> None:
        self.ghosts: dict[str, GhostServer] = {}
        self._host = host
        self._setups = {setup.id: setup for setup in setups}
        for setup in self._setups.values():
            try:
                self.ghosts[setup.id] = open_ghost(setup, host)
            except PortError as error:
                self.close()
                raise PortError(f"ghost of {setup.id}: {error}") from None

    @property
    def ports(self) -> Mapping[str, int]:
        """Where each ghost listens."""
        return {device: ghost.port for device, ghost in self.ghosts.items()}

    def aimed(self) -> tuple[DeviceSetup, ...]:
        """The devices, each reached where its ghost listens."""
        ports = self.ports
        return tuple(aim_at_ghost(setup, ports[device], self._host) for device, setup in self._setups.items())

    def service(self, now_ns: int) -> None:
        """Let every ghost take what has come and answer what is due."""
        for ghost in self.ghosts.values():
            ghost.service(now_ns)

    def wake_at_ns(self) -> int | None:
        """When the next answer of any ghost is due."""
        wakes = (ghost.wake_at_ns() for ghost in self.ghosts.values())
        return min((wake for wake in wakes if wake is not None), default=None)

    def descriptors(self) -> Sequence[int]:
        """Readable when something has come for a ghost. They change as clients do."""
        return [fd for ghost in self.ghosts.values() for fd in ghost.descriptors()]

    def close(self) -> None:
        """Close every ghost. Harmless twice."""
        for ghost in self.ghosts.values():
            ghost.close()
        self.ghosts.clear()
