"""Bodies out of a stream, a few at a time, and a stream that is out of step."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterator

import pytest

from devices.contract import Severity
from devices.driver import HeardBody
from devices.io.tcp import TcpListener, TcpPort, TcpStream
from devices.osc.driver import len32_driver, slip_driver
from devices.osc.framing import frame_length_prefix, frame_slip
from devices.stream_driver import LOOK_NS, MISFRAMED_PAUSE_NS, READ_LIMIT, StreamDriver
from devices.text.driver import text_driver
from tests.support.lookups import FakeLookup

S = 1_000_000_000


@pytest.fixture
def listener() -> Iterator[TcpListener]:
    listener = TcpListener("127.0.0.1", 0)
    yield listener
    listener.close()


def connect(driver: StreamDriver, listener: TcpListener, now_ns: int = 0) -> TcpStream:
    while driver.standing.severity is not Severity.GOOD:
        driver.service(now_ns)
    select.select([listener], [], [], 5)
    (stream,) = listener.accept()
    return stream


def read(driver: StreamDriver, count: int) -> list[list[HeardBody]]:
    """What is read, call by call, until so many bodies have come."""
    calls: list[list[HeardBody]] = []
    while sum(map(len, calls)) < count:
        if driver.wake_at_ns() is None:
            select.select(driver.descriptors(), [], [], 5)
        calls.append(list(driver.receive(3)))
    return calls


@pytest.mark.parametrize(
    ("make", "frame"),
    [
        (len32_driver, frame_length_prefix),
        (slip_driver, frame_slip),
        (text_driver, lambda body: body + b"\r\n"),
        (text_driver, lambda body: b"\n" + body + b"\n"),
    ],
)
def test_what_comes_in_one_piece_is_given_in_small_ones(make, frame, listener: TcpListener) -> None:
    driver = make(lambda: TcpPort("127.0.0.1", listener.address[1]))
    assert driver.standing.severity is Severity.UNKNOWN
    stream = connect(driver, listener)
    bodies = [f"/n/{number}".encode() for number in range(10)]
    stream.send(b"".join(map(frame, bodies)))
    calls = read(driver, len(bodies))
    assert max(map(len, calls)) <= READ_LIMIT
    assert [heard for call in calls for heard in call] == [HeardBody(body, 3) for body in bodies]
    assert driver.wake_at_ns() is None
    stream.end("over")
    driver.close()


def test_a_bad_frame_of_slip_is_counted_and_the_next_one_read(listener: TcpListener) -> None:
    driver = slip_driver(lambda: TcpPort("127.0.0.1", listener.address[1]))
    stream = connect(driver, listener)
    stream.send(b"\xc0/a\xdb/\xc0" + frame_slip(b"/b"))
    assert [heard.body for call in read(driver, 1) for heard in call] == [b"/b"]
    assert driver.malformed == 1
    stream.end("over")
    driver.close()


def test_a_length_that_cannot_be_ends_the_connection_and_it_is_tried_again_later(listener: TcpListener) -> None:
    driver = len32_driver(lambda: TcpPort("127.0.0.1", listener.address[1]))
    stream = connect(driver, listener)
    stream.send(frame_length_prefix(b"/fine") + b"\xff\xff\xff\xff")
    assert [heard.body for call in read(driver, 1) for heard in call] == [b"/fine"]
    assert driver.standing.severity is Severity.FATAL
    assert driver.descriptors() == ()
    assert driver.wake_at_ns() == 3 + MISFRAMED_PAUSE_NS
    driver.service(MISFRAMED_PAUSE_NS)
    assert driver.standing.severity is Severity.FATAL
    again = connect(driver, listener, now_ns=3 + MISFRAMED_PAUSE_NS)
    assert driver.sessions == 2
    again.end("over")
    stream.end("over")
    driver.close()


def test_a_name_nobody_knows_needs_a_person() -> None:
    lookup = FakeLookup(error=socket.gaierror(socket.EAI_NONAME, "Name or service not known"))
    driver = text_driver(lambda: TcpPort("gfx.local", 5250, lookup=lookup))
    driver.service(0)
    assert driver.standing.severity is Severity.UNKNOWN
    lookup.answer()
    driver.service(1)
    assert driver.standing.severity is Severity.FATAL
    assert "host gfx.local cannot be looked up" in driver.standing.words
    driver.close()


def test_what_a_slow_device_has_not_taken_is_looked_at_again(listener: TcpListener) -> None:
    port = TcpPort("127.0.0.1", listener.address[1])
    driver = text_driver(lambda: port)
    stream = connect(driver, listener)
    while not port.wants_write():
        assert port.send(bytes(60_000)).words == ""
    driver.service(S)
    assert driver.wake_at_ns() == S + LOOK_NS
    stream.end("over")
    driver.close()
