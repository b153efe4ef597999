"""Packets of several messages, cut for a cable and put together behind it."""

from __future__ import annotations

import pytest

from devices.midi.codec import bank_select, control_change, note_on, nrpn, program_change
from devices.midi.packets import (
    BANKED_PROGRAM,
    NRPN,
    NRPN_COARSE,
    WIDE_PROGRAM,
    PacketGatherer,
    shapes_of,
    split_messages,
)
from profiles.library import load_profile
from tests.support.houses import DESK

FINE = nrpn(2, 1, 2, 64, 5)
COARSE = nrpn(2, 1, 2, 64)
BANK = bank_select(2, 1, 3, 9)


def gather(shapes: set[tuple[int, ...]], *messages: bytes) -> list[bytes]:
    gatherer = PacketGatherer(shapes)
    return [packet for message in messages for packet in gatherer.feed(message)] + gatherer.flush()


@pytest.mark.parametrize(
    "messages", [(note_on(1, 60, 1),), FINE, BANK, (b"\xf0\x7f\x01\xf7",), (b"\xf8",), (b"\xf1\x03",)]
)
def test_a_packet_is_cut_into_its_messages(messages: tuple[bytes, ...]) -> None:
    assert list(split_messages(b"".join(messages))) == list(messages)


@pytest.mark.parametrize(
    ("shape", "group"),
    [(NRPN, FINE), (NRPN_COARSE, COARSE), (BANKED_PROGRAM, BANK), (WIDE_PROGRAM, (BANK[0], BANK[2]))],
)
def test_a_group_comes_out_whole_with_its_last_message(shape: tuple[int, ...], group: tuple[bytes, ...]) -> None:
    gatherer = PacketGatherer({shape})
    for message in group[:-1]:
        assert gatherer.feed(message) == []
    assert gatherer.feed(group[-1]) == [b"".join(group)]
    assert gatherer.flush() == []


def test_without_groups_every_message_is_a_packet() -> None:
    assert gather(set(), *FINE) == list(FINE)


def test_what_begins_like_a_group_and_is_none_comes_out_as_it_came() -> None:
    other = note_on(2, 60, 100)
    assert gather({NRPN}, FINE[0], FINE[1], other) == [FINE[0], FINE[1], other]
    assert gather({NRPN}, FINE[0], *FINE) == [FINE[0], b"".join(FINE)]
    assert gather({BANKED_PROGRAM}, control_change(2, 7, 1), program_change(2, 1)) == [
        control_change(2, 7, 1),
        program_change(2, 1),
    ]


def test_a_group_on_another_channel_is_another_group() -> None:
    stray = control_change(3, 0x62, 2)
    assert gather({NRPN}, FINE[0], stray, *FINE[1:]) == [FINE[0], stray, *FINE[1:]]


def test_of_two_groups_that_begin_alike_the_longer_is_waited_for() -> None:
    both = {NRPN, NRPN_COARSE}
    assert gather(both, *FINE) == [b"".join(FINE)]
    assert gather(both, *COARSE, note_on(2, 1, 1)) == [b"".join(COARSE), note_on(2, 1, 1)]
    assert gather({BANKED_PROGRAM, WIDE_PROGRAM}, BANK[0], BANK[2], *BANK) == [BANK[0] + BANK[2], b"".join(BANK)]


def test_the_groups_are_those_the_profile_sends() -> None:
    generic, _ = load_profile("generic/midi")
    mixer, _ = load_profile("allen-heath/sq")
    assert generic is not None
    assert mixer is not None
    assert shapes_of(generic) == {BANKED_PROGRAM, NRPN}
    assert WIDE_PROGRAM in shapes_of(mixer)
    assert shapes_of(DESK) == set()
