"""MIDI ports found by name, opened when they appear and opened again when they come back.

A port that is missing is a state with words, never an exception: the show starts without it, and the port opens at
the poll that first sees it. A box unplugged and plugged again between two polls (1 s apart) looks as if it had never
gone, and JACK has then cut the connection: nothing but its silence tells.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from queue import Empty, SimpleQueue
from typing import Any, Final

import rtmidi

from devices.io.midi_names import find_name
from devices.io.midi_system import MidiApi, MidiSystem, abandon
from devices.io.outcome import SENT, Handed, SendOutcome

JACK_RING_BYTES: Final = 14_000
"""How much may wait in RtMidi's ring to JACK, which holds 16,384 bytes and spins for ever once it is full."""

SETTLING_BEATS: Final = 2
"""JACK loses messages in the cycle or two in which connections change; beats that came back since show it over."""

_RING_HEAD_BYTES: Final = 4


class MidiState(StrEnum):
    DOWN = "down"  # the machine's MIDI system is not there
    MISSING = "missing"  # it is, but no port of that name, or more than one
    SOUGHT = "sought"  # the system is there; the port is looked for with its next sign of life
    OPENING = "opening"  # connected, but JACK may still lose what is sent
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class MidiReceived:
    """One whole message, SysEx with its F0 and F7, and when it arrived."""

    message: bytes
    received_ns: int


class _NamedPort:
    """What ports of both directions share: their life. A subclass makes its client and lists the names."""

    def __init__(self, system: MidiSystem, name: str, label: str) -> None:
        self.name = name
        self.label = label
        self.state = MidiState.DOWN
        self.words = system.words
        self.opened_name: str | None = None
        self._system = system
        self._client: Any = None
        self._generation = system.generation
        self._polls = -1
        self._settled_at_beat = 0
        self._closed = False

    def service(self, now_ns: int) -> None:
        """Open, notice an absence, open again. Call at any pace; it looks when the system has looked."""
        self._system.service(now_ns)
        if self._closed:
            return
        self._leave_lost_client()
        if not self._system.up:
            self.state, self.words = MidiState.DOWN, self._system.words
        elif self._polls != self._system.polls:
            if self.state is MidiState.DOWN:
                self.state, self.words = (
                    MidiState.SOUGHT,
                    f"MIDI port {self.name!r} is looked for, and opened where it is there",
                )
            if self._system.is_beat_back():  # a server that stands still would hold us
                self._polls = self._system.polls
                self._follow(self._names())
        if self.state is MidiState.OPENING:
            self._settle()

    @property
    def is_moving(self) -> bool:
        """True while a call in a few milliseconds may find it further: it is being opened, or waits for a beat."""
        return self.state is MidiState.OPENING or (self._system.up and self._polls != self._system.polls)

    def close(self) -> None:
        """Close for good; before the system is closed. Harmless twice."""
        self._closed = True
        if self._client is not None:
            self._system.free(self._client, self._generation)
        self._client = self.opened_name = None
        self.state, self.words = MidiState.DOWN, f"MIDI port {self.name!r} is closed"

    def _make_client(self) -> Any:
        raise NotImplementedError

    def _names(self) -> tuple[str, ...]:
        raise NotImplementedError

    def _has_lost_client(self) -> bool:
        return self._generation != self._system.generation

    def _leave_lost_client(self) -> None:
        """Let go of a client whose server died, without touching it."""
        if self._has_lost_client():
            abandon(self._client)
            self._client, self.opened_name = None, None
            self._generation = self._system.generation
            self._polls = -1  # look anew at the next poll, whatever its number

    def _follow(self, names: tuple[str, ...]) -> None:
        if self.opened_name in names:
            return
        if self.opened_name is not None:
            self._client.close_port()
            self.opened_name = None
        if self._client is None:  # takes 10 to 30 ms: before the show, not when a box comes back in the middle of it
            self._client = self._make_client()
        found, self.words = find_name(self.name, names)
        self.state = MidiState.MISSING
        if found is None:
            return
        if self._client is None:
            self.words = self._system.words or f"MIDI port {found!r} could not be opened: it is tried again"
            return
        try:
            self._client.open_port(self._client.get_ports().index(found), self.label)
        except (rtmidi.RtMidiError, ValueError):
            self.words = f"MIDI port {found!r} vanished while it was opened"
            return
        self.opened_name = found
        self.state, self.words = MidiState.OPENING, f"MIDI port {found!r} is being opened"
        self._settled_at_beat = self._system.beats_sent + SETTLING_BEATS

    def _settle(self) -> None:
        if self._system.api is not MidiApi.JACK or self._system.beats_back >= self._settled_at_beat:
            self.state, self.words = MidiState.OPEN, ""
        else:
            self._system.beat()


class MidiOutPort(_NamedPort):
    """Sends to the port of that name. `label` is what our own end is called on the JACK graph."""

    def __init__(self, system: MidiSystem, name: str, *, label: str = "out") -> None:
        super().__init__(system, name, label)
        self._jack_ring = _JackRing(system)

    def send(self, message: bytes) -> SendOutcome:
        """Hand over one whole message, now or not at all."""
        if self.state is not MidiState.OPEN or self._has_lost_client():
            return SendOutcome(Handed.FAILED, self._system.words or self.words)
        if self._system.api is MidiApi.JACK:
            if len(message) + _RING_HEAD_BYTES > JACK_RING_BYTES:
                return SendOutcome(Handed.FAILED, f"MIDI message of {len(message)} bytes is longer than JACK passes")
            if not self._jack_ring.take(len(message) + _RING_HEAD_BYTES):
                return SendOutcome(Handed.WOULD_BLOCK, f"MIDI port {self.name!r} takes no more before JACK's next turn")
        try:
            self._client.send_message(message)
        except (rtmidi.RtMidiError, ValueError) as error:
            return SendOutcome(Handed.FAILED, f"MIDI port {self.name!r}: {error}")
        return SENT

    def _make_client(self) -> Any:
        self._jack_ring = _JackRing(self._system)
        return self._system.make_output()

    def _names(self) -> tuple[str, ...]:
        return self._system.outputs


class MidiInPort(_NamedPort):
    """Hears the port of that name: every message, SysEx and clock too, but active sensing.

    Each is stamped with `clock_ns` on the listening thread, at most a millisecond or so after it came in; then `wake`
    is called there.
    """

    def __init__(
        self,
        system: MidiSystem,
        name: str,
        *,
        clock_ns: Callable[[], int],
        wake: Callable[[], None] = lambda: None,
        label: str = "in",
    ) -> None:
        super().__init__(system, name, label)
        self._clock_ns = clock_ns
        self._wake = wake
        self._arrived: SimpleQueue[MidiReceived] = SimpleQueue()

    def receive(self) -> list[MidiReceived]:
        """What has arrived since the last call, oldest first."""
        arrived: list[MidiReceived] = []
        try:
            while True:
                arrived.append(self._arrived.get_nowait())
        except Empty:
            return arrived

    def _make_client(self) -> Any:
        return self._system.make_input(self._hear)

    def _names(self) -> tuple[str, ...]:
        return self._system.inputs

    def _hear(self, message: bytes) -> None:
        """On the listening thread."""
        self._arrived.put(MidiReceived(message, self._clock_ns()))
        self._wake()


class _JackRing:
    """Counts what may still wait in RtMidi's ring.

    What was sent before a beat went out has left the ring when that beat is back. So two sums are enough: what was sent
    since the last turn, and what was sent in the turn before and may still be there.
    """

    def __init__(self, system: MidiSystem) -> None:
        self._system = system
        self._before = 0
        self._since = 0
        self._turns_with = system.beats_sent + 1

    def take(self, size: int) -> bool:
        """True, and counted, where `size` bytes surely fit."""
        self._system.is_beat_back()
        if self._system.beats_back >= self._turns_with:
            self._before, self._since = self._since, 0
            self._turns_with = self._system.beats_sent + 1
        fits = self._before + self._since + size <= JACK_RING_BYTES
        if fits:
            self._since += size
        if not fits or self._since > JACK_RING_BYTES // 4:
            self._system.beat()
        return fits
