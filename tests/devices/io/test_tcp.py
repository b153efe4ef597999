"""TCP ports over loopback: real sockets, time as an argument, no waiting but on descriptors."""

import select
import socket

import pytest

from devices.io.outcome import SENT, Handed, PortError
from devices.io.tcp import BACK_OFF_NS, CONNECT_LIMIT_NS, STEADY_NS, TcpListener, TcpPort, TcpState, TcpStream
from tests.support.lookups import FakeLookup

S = 1_000_000_000
HOST = "127.0.0.1"


@pytest.fixture
def device():
    listener = TcpListener(HOST, 0)
    yield listener
    listener.close()


@pytest.fixture
def port(device):
    port = TcpPort(HOST, device.address[1])
    yield port
    port.close()


def accept(device: TcpListener) -> TcpStream:
    select.select([device], [], [], 5)
    (stream,) = device.accept()
    return stream


def connect(port: TcpPort, now_ns: int = 0) -> None:
    """Serve the port until it is up or down again; the connection itself takes no time of its clock."""
    port.service(now_ns)
    while port.state is TcpState.CONNECTING:
        select.select([], [port], [], 5)
        port.service(now_ns)


def receive(stream, count: int) -> bytes:
    """Exactly `count` bytes, within 5 s for each piece."""
    arrived = b""
    while len(arrived) < count and select.select([stream], [], [], 5)[0]:
        arrived += stream.receive()
    return arrived


def receive_end(stream) -> None:
    """Read until the other side's end is noticed."""
    while stream.fileno() != -1 and select.select([stream], [], [], 5)[0]:
        stream.receive()


def test_connects_and_talks(port, device):
    assert (port.state, port.fileno()) == (TcpState.DOWN, -1)
    assert port.send(b"x").handed is Handed.FAILED
    connect(port)
    assert (port.state, port.words, port.connections) == (TcpState.UP, "", 1)
    assert port.wake_at_ns() is None
    stream = accept(device)
    assert port.send(b"hello") is SENT
    assert receive(stream, 5) == b"hello"
    assert port.receive() == b""
    assert stream.send(b"and you") is SENT
    assert receive(port, 7) == b"and you"
    stream.end("done")


def test_wants_write_while_connecting_and_while_bytes_wait(port, device):
    port.service(0)
    assert port.wants_write() or port.state is TcpState.UP
    connect(port)
    assert not port.wants_write()
    stream = accept(device)
    block = bytes(range(256)) * 64
    sent = 0
    while not port.wants_write():
        assert port.send(block) is SENT
        sent += len(block)
    arrived = b""
    while len(arrived) < sent:
        select.select([stream], [], [], 5)
        arrived += stream.receive()
        port.service(0)
    assert arrived == block * (sent // len(block))
    assert not port.wants_write()
    stream.end("done")


def test_a_device_that_reads_nothing_fills_the_buffer_and_never_blocks(device):
    port = TcpPort(HOST, device.address[1], max_buffer_bytes=10_000)
    connect(port)
    stream = accept(device)
    sent = 0
    while (outcome := port.send(bytes(4000))) is SENT:
        sent += 4000
        assert sent < 100_000_000
    assert outcome.handed is Handed.WOULD_BLOCK
    assert outcome.words.startswith(f"TCP to 127.0.0.1:{device.address[1]}: ")
    assert outcome.words.endswith("the other side is slow")
    arrived = 0
    while arrived < sent and select.select([stream], [], [], 5)[0]:
        arrived += len(stream.receive())
        port.service(0)
    assert arrived == sent  # what was refused was refused whole
    stream.end("done")
    port.close()


def test_more_than_the_buffer_holds_is_refused_whole(device):
    port = TcpPort(HOST, device.address[1], max_buffer_bytes=100)
    connect(port)
    assert port.send(bytes(101)).handed is Handed.WOULD_BLOCK
    assert port.send(bytes(100)) is SENT
    port.close()


def test_nobody_listening_is_told_and_tried_again_after_growing_pauses(device):
    number = device.address[1]
    device.close()
    port = TcpPort(HOST, number)
    now_ns = 0
    for pause_ns in (*BACK_OFF_NS, BACK_OFF_NS[-1]):
        connect(port, now_ns)
        assert (port.state, port.words) == (TcpState.DOWN, f"TCP to 127.0.0.1:{number}: connection refused")
        assert port.wake_at_ns() == now_ns + pause_ns
        port.service(now_ns + pause_ns - 1)
        assert port.state is TcpState.DOWN
        now_ns += pause_ns
    device = TcpListener(HOST, number)
    connect(port, now_ns)
    assert port.state is TcpState.UP
    port.close()
    device.close()


def test_reconnects_after_the_device_went_away_and_sends_no_backlog(port, device):
    connect(port)
    stream = accept(device)
    while not port.wants_write():
        port.send(bytes(50_000))
    stream.end("power cut")
    receive_end(port)
    port.service(1)
    assert port.state is TcpState.DOWN
    assert port.send(b"into the void").handed is Handed.FAILED
    connect(port, 1 + BACK_OFF_NS[0])
    assert (port.state, port.connections) == (TcpState.UP, 2)
    stream = accept(device)
    port.send(b"fresh")
    assert receive(stream, 5) == b"fresh"
    stream.end("done")


def test_a_device_that_hangs_up_at_once_is_not_called_faster_and_faster(port, device):
    now_ns = 0
    for pause_ns in BACK_OFF_NS[:3]:
        connect(port, now_ns)
        accept(device).end("wrong framing")
        receive_end(port)
        port.service(now_ns)
        assert port.words.endswith("closed by the other side")
        assert port.wake_at_ns() == now_ns + pause_ns
        now_ns += pause_ns
    connect(port, now_ns)
    accept(device).end("after a good while")
    receive_end(port)
    port.service(now_ns + STEADY_NS)
    assert port.wake_at_ns() == now_ns + STEADY_NS + BACK_OFF_NS[0]


def test_a_send_after_the_end_says_so(port, device):
    connect(port)
    accept(device).end("bye")
    receive_end(port)
    outcome = port.send(b"x")
    assert outcome.handed is Handed.FAILED
    assert outcome.words.endswith("closed by the other side")


def test_a_device_that_does_not_answer_is_given_up():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as deaf:
        deaf.bind((HOST, 0))
        deaf.listen(0)
        # A full accept queue on loopback leaves further calls unanswered, as an unplugged device does.
        callers = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(deaf.getsockname())
        port = TcpPort(HOST, deaf.getsockname()[1])
        port.service(0)
        assert (port.state, port.wake_at_ns()) == (TcpState.CONNECTING, CONNECT_LIMIT_NS)
        assert port.wants_write()
        assert port.fileno() != -1
        port.service(CONNECT_LIMIT_NS - 1)
        assert port.state is TcpState.CONNECTING
        port.service(CONNECT_LIMIT_NS)
        assert port.state is TcpState.DOWN
        assert port.words.endswith("no answer within 3 s")
        port.close()
        for caller in callers:
            caller.close()


def test_a_network_that_is_not_there_is_told():
    port = TcpPort("255.255.255.255", 80)  # the one address a stream can never reach
    port.service(0)
    assert port.state is TcpState.DOWN
    assert port.words.startswith("TCP to 255.255.255.255:80: ")
    port.close()


def test_a_slow_name_server_delays_nobody(device):
    lookup = FakeLookup(device.address)
    port = TcpPort("desk.local", 1, lookup=lookup, lookup_limit_ns=5 * S)
    port.service(0)
    assert port.state is TcpState.RESOLVING
    assert port.words == "TCP to desk.local:1: host desk.local is being looked up"
    assert port.wake_at_ns() == 5 * S
    port.service(5 * S)
    assert "cannot be looked up (no answer within 5 s)" in port.words
    lookup.answer()
    connect(port, 6 * S)
    assert port.state is TcpState.UP
    port.close()


def test_closed_is_closed(port, device):
    connect(port)
    stream = accept(device)
    for _ in range(2):
        port.close()
        device.close()
    receive_end(stream)
    assert stream.ended == "closed by the other side"
    assert stream.receive() == b""
    assert stream.send(b"x").words == "closed by the other side"
    assert port.words == f"{port}: closed"
    assert port.wake_at_ns() is None
    port.service(100 * S)
    assert (port.state, port.fileno(), device.fileno()) == (TcpState.DOWN, -1, -1)
    assert device.accept() == []


def test_a_reset_is_told(port, device):
    connect(port)
    stream = accept(device)
    port.send(b"unread")
    select.select([stream], [], [], 5)
    stream.end("closing with bytes unread resets the connection")
    receive_end(port)
    port.service(0)
    assert port.words.endswith("connection reset by peer")


def test_a_listener_names_the_port_in_use(device):
    number = device.address[1]
    with pytest.raises(PortError) as refused:
        TcpListener(HOST, number)
    assert str(refused.value) == (
        f"TCP port {number} on 127.0.0.1 is in use: end the other program, or choose another port"
    )


def test_ipv6_where_the_machine_has_it():
    try:
        device = TcpListener("::1", 0)
    except PortError:
        pytest.skip("this machine has no IPv6")
    port = TcpPort("::1", device.address[1])
    connect(port)
    assert port.state is TcpState.UP
    accept(device).end("done")
    port.close()
    device.close()
