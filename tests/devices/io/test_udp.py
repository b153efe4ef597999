"""UDP ports over loopback: real sockets, no waiting but on descriptors."""

import errno
import select
import socket
import threading

import pytest

from devices.io.outcome import SENT, Handed, PortError
from devices.io.udp import REOPEN_NS, UdpListener, UdpPort, UdpState
from tests.support.lookups import FakeLookup

S = 1_000_000_000
HOST = "127.0.0.1"


@pytest.fixture
def device():
    listener = UdpListener(HOST, 0)
    yield listener
    listener.close()


@pytest.fixture
def port(device):
    port = UdpPort(HOST, device.address[1])
    port.service(0)
    yield port
    port.close()


def receive(receiver):
    """What arrives within 5 s; the test fails on its assertion when nothing does."""
    select.select([receiver], [], [], 5)
    return receiver.receive()


def test_an_address_in_numbers_is_ready_at_once(port, device):
    assert (port.state, port.words) == (UdpState.READY, "")
    assert port.send(b"/go\0") is SENT
    (datagram,) = receive(device)
    assert datagram.content == b"/go\0"
    assert datagram.sender == (HOST, port.local_port)
    assert port.wake_at_ns() is None


def test_answers_come_back_to_the_socket_that_asked(port, device):
    port.send(b"ask")
    (question,) = receive(device)
    assert device.reply(b"one", question.sender) is SENT
    device.reply(b"two", question.sender)
    answers = receive(port)
    while len(answers) < 2:
        answers += receive(port)
    assert [(answer.content, answer.sender) for answer in answers] == [
        (b"one", device.address),
        (b"two", device.address),
    ]
    assert port.receive() == []


def test_a_connected_port_hears_its_device_alone(port, device):
    stranger = UdpListener(HOST, 0)
    stranger.reply(b"not you", (HOST, port.local_port))
    stranger.close()
    port.send(b"ask")
    device.reply(b"me", receive(device)[0].sender)
    assert [answer.content for answer in receive(port)] == [b"me"]


def test_a_fixed_reply_port_hears_whoever_answers_there(device):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((HOST, 0))
        free = probe.getsockname()[1]
    port = UdpPort(HOST, device.address[1], same_socket=False, local_host=HOST, local_port=free)
    port.service(0)
    assert port.local_port == free
    port.send(b"ask")
    assert receive(device)[0].sender == (HOST, free)
    stranger = UdpListener(HOST, 0)
    stranger.reply(b"from elsewhere", (HOST, free))
    assert receive(port)[0].sender == stranger.address
    stranger.close()
    port.close()


def test_a_reply_port_in_use_is_told_and_tried_again():
    taken = UdpListener(HOST, 0)
    number = taken.address[1]
    port = UdpPort(HOST, 9, same_socket=False, local_host=HOST, local_port=number)
    port.service(0)
    assert port.state is UdpState.FAILED
    assert port.words == (f"UDP port {number} on 127.0.0.1 is in use: end the other program, or choose another port")
    assert port.send(b"x").words == port.words
    assert port.wake_at_ns() == REOPEN_NS
    taken.close()
    port.service(REOPEN_NS - 1)
    assert port.state is UdpState.FAILED
    port.service(REOPEN_NS)
    assert (port.state, port.words) == (UdpState.READY, "")
    port.close()


def test_nobody_listening_is_noticed_and_the_next_datagram_is_still_sent(device):
    number = device.address[1]
    port = UdpPort(HOST, number)
    port.service(0)
    device.close()
    assert port.send(b"lost") is SENT
    # The refusal comes back as an error on the socket; what is sent then must not be the one to pay for it.
    select.select([port], [], [], 5)
    device = UdpListener(HOST, number)
    outcome = port.send(b"heard")
    assert outcome.handed is Handed.SENT
    assert outcome.words == f"UDP to 127.0.0.1:{number}: nothing listens there: start the device, or check its port"
    (datagram,) = receive(device)
    assert datagram.content == b"heard"
    device.reply(b"here I am", datagram.sender)
    assert receive(port)[0].content == b"here I am"
    assert port.send(b"again") is SENT
    device.close()
    port.close()


def test_a_refusal_found_while_receiving_is_kept_for_the_next_send(device):
    number = device.address[1]
    port = UdpPort(HOST, number)
    port.service(0)
    device.close()
    port.send(b"lost")
    select.select([port], [], [], 5)
    assert port.receive() == []
    assert "nothing listens there" in port.send(b"x").words
    port.close()


def test_a_datagram_that_is_too_long_fails_in_words(port):
    outcome = port.send(bytes(70_000))
    assert outcome.handed is Handed.FAILED
    assert "message too long" in outcome.words


def test_receiving_stops_at_its_limit(device):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for number in range(5):
            sender.sendto(bytes((number,)), device.address)
        arrived = []
        while len(arrived) < 5:
            select.select([device], [], [], 5)
            batch = device.receive(limit=2)
            assert 1 <= len(batch) <= 2
            arrived += [datagram.content[0] for datagram in batch]
    assert arrived == [0, 1, 2, 3, 4]


def test_a_slow_name_server_delays_nobody(device):
    lookup = FakeLookup(device.address)
    port = UdpPort("desk.local", 1, lookup=lookup, lookup_limit_ns=5 * S)
    assert port.fileno() == -1
    port.service(0)
    assert (port.state, port.words) == (UdpState.UNRESOLVED, "host desk.local is being looked up")
    assert port.send(b"x").handed is Handed.FAILED
    assert port.wake_at_ns() == 5 * S
    port.service(5 * S - 1)
    assert port.state is UdpState.UNRESOLVED
    port.service(5 * S)
    assert port.state is UdpState.FAILED
    assert port.words == (
        "host desk.local cannot be looked up (no answer within 5 s): check the name, or give the address in numbers"
    )
    lookup.answer()
    port.service(6 * S)
    assert port.state is UdpState.READY
    port.send(b"late")
    assert receive(device)[0].content == b"late"
    assert lookup.calls == 1
    port.close()


def test_an_unknown_name_is_told_and_asked_for_again():
    woken = threading.Event()
    lookup = FakeLookup(error=socket.gaierror(socket.EAI_NONAME, "Name or service not known"))
    port = UdpPort("no-such-desk", 1, lookup=lookup, wake=woken.set)
    port.service(0)
    lookup.answer()
    assert woken.wait(5)
    port.service(1 * S)
    assert port.state is UdpState.FAILED
    assert "no-such-desk cannot be looked up (Name or service not known)" in port.words
    port.service(5 * S)
    assert lookup.calls == 1
    assert port.wake_at_ns() == 6 * S
    port.service(6 * S)
    lookup.answer()
    assert lookup.calls == 2


def test_a_name_with_two_families_is_taken_at_its_ipv4_address(device):
    lookup = FakeLookup(device.address, also_ipv6=True)
    port = UdpPort("desk.local", 1, lookup=lookup)
    port.service(0)
    lookup.answer()
    port.service(1)
    assert port.send(b"x") is SENT
    assert receive(device)[0].content == b"x"
    port.close()


def test_a_host_that_is_no_name_at_all_fails_in_words():
    woken = threading.Event()
    port = UdpPort("a" * 70 + ".local", 1, wake=woken.set)
    port.service(0)
    assert woken.wait(5)
    port.service(1)
    assert port.state is UdpState.FAILED
    assert "cannot be looked up" in port.words


def test_a_listener_names_the_port_in_use(device):
    number = device.address[1]
    with pytest.raises(PortError) as refused:
        UdpListener(HOST, number)
    assert str(refused.value) == (
        f"UDP port {number} on 127.0.0.1 is in use: end the other program, or choose another port"
    )


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [
        ("desk.local", 8000, "local address 'desk.local' is not an IP address: write it in numbers"),
        ("192.0.2.1", 8000, "UDP port 8000 on 192.0.2.1 cannot be opened, this machine has no such address"),
        (HOST, 70_000, "UDP port 70000 does not exist"),
    ],
)
def test_a_listener_that_cannot_be_opened_says_why(host, port, words):
    with pytest.raises(PortError) as refused:
        UdpListener(host, port)
    assert words in str(refused.value)


@pytest.mark.parametrize("host", ["", "localhost"])
def test_a_listener_takes_the_usual_words_for_a_host(host):
    listener = UdpListener(host, 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", (HOST, listener.address[1]))
        assert receive(listener)[0].content == b"x"
    listener.close()


def test_a_reply_that_cannot_be_sent_fails_in_words(device):
    outcome = device.reply(bytes(70_000), device.address)
    assert outcome.handed is Handed.FAILED
    assert outcome.words.endswith("message too long")


def test_closed_ports_say_so_and_take_nothing(port, device):
    for _ in range(2):
        port.close()
        device.close()
    assert port.fileno() == device.fileno() == -1
    assert port.send(b"x").words == f"{port} is closed"
    assert port.receive() == device.receive() == []
    port.service(10 * S)
    assert port.fileno() == -1


@pytest.mark.parametrize("code", [errno.EAGAIN, errno.ENETUNREACH])
def test_a_network_that_takes_nothing_now_is_told_apart_from_one_that_is_gone(port, code):
    def refuse(_datagram: bytes) -> None:
        raise OSError(code, "")

    port._send = refuse
    outcome = port.send(b"x")
    assert outcome.handed is (Handed.WOULD_BLOCK if code == errno.EAGAIN else Handed.FAILED)
    assert outcome.words
