"""One local port that several devices answer to, told apart by who sends."""

from __future__ import annotations

import select
import socket

import pytest

from devices.osc.reply_door import RETRY_NS, ReplyDoor, ReplyDoors
from tests.support.ports import free_port


@pytest.fixture
def door():
    door = ReplyDoor(free_port())
    door.service(0)
    assert door.words == ""
    yield door
    door.close()


def say(door: ReplyDoor, words: bytes, host: str = "127.0.0.1") -> tuple[str, int]:
    """One datagram from a socket of its own; where it came from."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.bind((host, 0))
        device.sendto(words, ("127.0.0.1", door.port))
        select.select([door], [], [], 5)
        return device.getsockname()


def test_a_device_is_known_by_its_host_whatever_port_it_answers_from(door: ReplyDoor) -> None:
    first, second = door.mailbox(("127.0.0.1", 9000)), door.mailbox(("127.0.0.2", 9000))
    say(door, b"one")
    say(door, b"two", host="127.0.0.2")
    door.read(7)
    assert [(each.body, each.received_ns) for each in first] == [(b"one", 7)]
    assert [each.body for each in second] == [b"two"]


def test_two_devices_of_one_host_are_told_apart_by_their_ports(door: ReplyDoor) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.bind(("127.0.0.1", 0))
        own, other = door.mailbox(device.getsockname()), door.mailbox(("127.0.0.1", 9))
        device.sendto(b"mine", ("127.0.0.1", door.port))
        select.select([door], [], [], 5)
        door.read(0)
    assert [each.body for each in own] == [b"mine"]
    assert not other
    say(door, b"whose?")
    door.read(0)
    assert [each.body for each in own] == [b"mine", b"whose?"]
    assert [each.body for each in other] == [b"whose?"]


def test_strangers_are_counted_and_dropped(door: ReplyDoor) -> None:
    box = door.mailbox(("127.0.0.7", 9000))
    say(door, b"hello")
    door.read(0)
    assert (door.strangers, len(box)) == (1, 0)


def test_a_port_in_use_is_said_and_tried_again() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("0.0.0.0", 0))  # noqa: S104  as the door would be
        door = ReplyDoor(other.getsockname()[1])
        door.service(0)
        assert "is in use" in door.words
        assert door.wake_at_ns() == RETRY_NS
        assert door.fileno() == -1
        door.read(0)
    door.service(RETRY_NS - 1)
    assert door.words
    door.service(RETRY_NS)
    assert (door.words, door.wake_at_ns()) == ("", None)
    door.close()


def test_a_port_has_one_door_however_many_ask() -> None:
    doors = ReplyDoors()
    number = free_port()
    assert doors.door(number) is doors.door(number)
    doors.door(number).service(0)
    doors.close()
    assert doors.door(number).fileno() == -1
