"""Triggers by OSC over a real socket: from whom, how many, and what a stranger or a broken packet does."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterator
from ipaddress import ip_network

import pytest

from devices.contract import Incoming
from devices.io.udp import UdpListener
from devices.osc.codec import encode_bundle, encode_message
from devices.osc.listener import READ_LIMIT, OscListener


@pytest.fixture
def listener() -> Iterator[OscListener]:
    listener = OscListener(UdpListener("127.0.0.1", 0))
    yield listener
    listener.close()


def send(listener: OscListener, *packets: bytes) -> None:
    """Send, and wait until the socket has something."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for packet in packets:
            sender.sendto(packet, listener.port.address)
    assert select.select(listener.descriptors(), [], [], 5)[0]


def test_messages_and_bundles_come_with_the_instant_they_were_read(listener: OscListener) -> None:
    first = encode_message("/trig/3", [("i", 1), ("s", "go"), ("T", True)])
    both = encode_bundle([encode_message("/a"), encode_message("/b", [("f", 0.5)])])
    send(listener, first, both)
    heard: list[Incoming] = []
    while len(heard) < 3:
        heard += listener.read(77)
    assert [(each.address, each.args) for each in heard] == [("/trig/3", (1, "go", True)), ("/a", ()), ("/b", (0.5,))]
    assert {each.received_ns for each in heard} == {77}


def test_a_broken_packet_is_counted_and_the_next_one_heard(listener: OscListener) -> None:
    send(listener, b"#bundle\0rubbish", encode_message("/trig/3"))
    heard: list[Incoming] = []
    while not heard:
        heard += listener.read(0)
    assert (listener.turned.malformed, heard[0].address) == (1, "/trig/3")


def test_a_flood_is_read_in_bounded_portions(listener: OscListener) -> None:
    send(listener, *[encode_message(f"/flood/{n}") for n in range(READ_LIMIT * 2)])
    assert len(listener.read(0)) <= READ_LIMIT


def test_only_allowed_networks_are_heard() -> None:
    port = UdpListener("127.0.0.1", 0)
    listener = OscListener(port, (ip_network("10.20.10.0/24"),))
    assert listener._is_allowed("127.0.0.1")  # the machine itself
    assert listener._is_allowed("10.20.10.7")
    assert not listener._is_allowed("10.20.11.7")
    listener.close()
