"""A MIDI box on JACK, apart from the product's own ports: one input, one output, named after itself."""

import time
from collections.abc import Callable
from threading import Event
from typing import TypeVar

import rtmidi

T = TypeVar("T")

WAIT_S = 5.0


def within(wait_s: float, question: Callable[[], T]) -> T:
    """Ask until the answer is true, or the time is over: the last answer."""
    deadline, pause = time.monotonic() + wait_s, Event()
    while not (answer := question()) and time.monotonic() < deadline:
        pause.wait(0.001)
    return answer


def until(question: Callable[[], T], what: str) -> T:
    """Ask until the answer is true; an assertion names what did not come about within WAIT_S."""
    answer = within(WAIT_S, question)
    assert answer, f"not within {WAIT_S} s: {what}"
    return answer


def whole(exchange: Callable[[], list[T]], expected: list[T]) -> None:
    """Assert that an exchange over JACK gives what is expected. A busy machine makes JACK drop a cycle: try again."""
    for _ in range(4):
        if exchange() == expected:
            return
    assert exchange() == expected


def passes(send: Callable[[bytes], object], message: bytes, hear: Callable[[], list[bytes]]) -> None:
    """Assert that what is sent here is heard there."""

    def exchange() -> list[bytes]:
        send(message)
        return hear()

    whole(exchange, [message])


class MidiBox:
    """Ports `NAME:in` and `NAME keys:out`: one JACK client has one direction.

    Its queue is asked, no callback is set; devices/io/midi_system.py says why.
    Close it before its server stops: closing a JACK port after that is a segmentation fault.
    """

    def __init__(self, name: str) -> None:
        self._in = rtmidi.MidiIn(rtmidi.API_UNIX_JACK, name=name, queue_size_limit=20_000)
        self._in.ignore_types(sysex=False, timing=False, active_sense=False)
        self._in.open_virtual_port("in")
        self._out = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, name=f"{name} keys")
        self._out.open_virtual_port("out")

    def hear(self, count: int) -> list[bytes]:
        """The next messages to arrive, up to `count`; fewer where a second passes without one."""
        heard: list[bytes] = []
        while len(heard) < count and (stamped := within(1.0, self._in.get_message)):
            heard.append(bytes(stamped[0]))
        return heard

    def waiting(self) -> list[bytes]:
        """Every message that has arrived and was not heard yet."""
        heard = []
        while stamped := self._in.get_message():
            heard.append(bytes(stamped[0]))
        return heard

    def say(self, message: bytes) -> None:
        self._out.send_message(message)

    def close(self) -> None:
        """Unplug. Harmless twice. A client is freed some JACK periods after its port, else RtMidi may crash."""
        if self._in.is_deleted:
            return
        for port in (self._in, self._out):
            port.close_port()
        Event().wait(0.05)
        for port in (self._in, self._out):
            port.delete()
