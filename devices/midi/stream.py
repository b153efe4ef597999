"""Devices that speak MIDI over TCP: the bytes of a cable in a connection, with no framing of their own."""

from __future__ import annotations

from collections.abc import Callable

from devices.io.tcp import TcpPort
from devices.midi.codec import MidiSplitter
from devices.stream_driver import Cut, StreamDriver


def midi_stream_driver(make_port: Callable[[], TcpPort]) -> StreamDriver:
    """A driver for raw MIDI over TCP. Received running status is written out (dLive uses it)."""
    return StreamDriver(make_port, cut_midi)


def cut_midi() -> Cut:
    """What cuts one stream of MIDI bytes into whole messages."""
    return MidiSplitter().feed
