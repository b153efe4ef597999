"""Frames: any cutting of the stream gives them back, any bytes give frames or one word that says what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from console.link.codec import HEAD, MOST_TO_ENGINE, Malformed, encode, for_engine, for_window
from console.link.messages import (
    BeginFrame,
    Bye,
    DeviceCard,
    Edited,
    EditFrame,
    EditRefused,
    Hello,
    Live,
    NoticeFrame,
    Opened,
    OpenFrame,
    OpenRefused,
    OpenShow,
    RequestFrame,
    ShowFrame,
    SnapshotFrame,
    VenueCard,
    Welcome,
)
from console.show.edits import SetShow
from console.vocabulary import Go, Said, SetChoice
from tests.support.small_engine import SmallEngine
from tests.support.virtual_clock import EVENING

OPENED = OpenShow(
    show='{"title": "\u2014 \\"so\\" \u2014"}',
    revision=3,
    venue=VenueCard(id="arena", name="Arena", devices=(DeviceCard(id="desk", profile="a/b", role="lx", duty="main"),)),
    run="run-1",
    run_kind="dress",
)
EDIT = SetShow(fields={"title": "New"})
TO_ENGINE: list[BaseModel] = [
    Hello(name="script", subscribe=("facts",)),
    RequestFrame(request=Go(id=1)),
    RequestFrame(request=SetChoice(id=2, choice="encore", value="yes")),
    EditFrame(id=3, revision=7, edit=EDIT),
    OpenFrame(id=4, show="concert.json", venue="arena"),
    OpenFrame(id=5, show="concert", venue="arena", ghosts="all"),
    OpenFrame(id=7, show="concert", venue="arena", run_kind="performance"),
    BeginFrame(id=8, run_kind="performance"),
    OpenFrame(id=6, show="concert", venue="arena", ghosts=("audio.foh", "sfx.pyro")),
    Bye(),
]
TO_WINDOW: list[BaseModel] = [
    Welcome(pid=17, opened=OPENED),
    Welcome(pid=17, opened=None),
    Live(next_seq=9),
    NoticeFrame(seq=9, notice=Said(at_ns=1, severity="note", words="Grüße")),
    ShowFrame(seq=10, opened=OPENED),
    Edited(seq=11, by="operator", revision=8, edit=EDIT),
    EditRefused(id=3, words="stale", revision=8),
    SnapshotFrame(snapshot=SmallEngine().snapshot(8_000_000_000, EVENING)),
    Opened(id=4),
    OpenRefused(id=4, words="no such file"),
    Bye(words="over"),
]


@given(st.lists(st.sampled_from(TO_ENGINE), max_size=8), st.data())
def test_frames_come_back_however_the_stream_is_cut(frames: list[BaseModel], data: st.DataObject) -> None:
    stream = b"".join(encode(frame) for frame in frames)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    decoder = for_engine()
    found = []
    for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += decoder.feed(stream[begin:end])
    assert found == frames


@pytest.mark.parametrize("frame", TO_WINDOW, ids=lambda frame: frame.kind)
def test_frames_to_a_window_come_back_byte_by_byte(frame: BaseModel) -> None:
    decoder = for_window()
    *before, last = (decoder.feed(bytes([byte])) for byte in encode(frame))
    assert not any(before)
    assert last == [frame]


def test_a_name_that_is_no_utf8_travels_with_question_marks() -> None:
    said = Said(at_ns=1, severity="note", words="port 'M\udcfcller' is gone – so")
    (found,) = for_window().feed(encode(NoticeFrame(seq=1, notice=said)))
    assert found == NoticeFrame(seq=1, notice=said.model_copy(update={"words": "port 'M?ller' is gone – so"}))


@given(st.lists(st.binary(max_size=40), max_size=10))
def test_any_bytes_give_frames_or_one_word(pieces: list[bytes]) -> None:
    decoder = for_engine()
    found = [each for piece in pieces for each in decoder.feed(piece)]
    assert all(isinstance(each, Malformed | BaseModel) for each in found)
    assert sum(isinstance(each, Malformed) for each in found) <= 1
    assert not any(isinstance(each, Malformed) for each in found[:-1])


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_any_body_gives_a_frame_or_a_word_of_one_line(body: bytes) -> None:
    (found,) = for_engine().feed(len(body).to_bytes(HEAD, "big") + body)
    assert isinstance(found, Malformed)
    assert "\n" not in found.words


@given(st.sampled_from(TO_ENGINE), st.integers(0, 200), st.integers(0, 255))
def test_a_frame_with_one_byte_changed_gives_a_frame_or_a_word(frame: BaseModel, place: int, byte: int) -> None:
    stream = bytearray(encode(frame))
    stream[HEAD + place % (len(stream) - HEAD)] = byte
    (found,) = for_engine().feed(bytes(stream))
    assert isinstance(found, BaseModel | Malformed)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[" * 100_000,
        b'{"kind":"go"}',
        b'{"kind":"request","request":{"kind":"go","id":1,"rank":2}}',
        b'{"kind":"request","request":{"kind":"fire"}}',
        b'{"kind":"hello","version":1e400}',
        b'{"kind":"hello","name":"\xff"}',
    ],
)
def test_what_is_no_frame_is_told_and_nothing_follows(body: bytes) -> None:
    decoder = for_engine()
    (found,) = decoder.feed(len(body).to_bytes(HEAD, "big") + body + encode(Bye()))
    assert isinstance(found, Malformed)
    assert found.words
    assert decoder.feed(encode(Bye())) == []


def test_frames_before_a_malformed_one_are_kept() -> None:
    found = for_engine().feed(encode(Bye()) + b"\0\0\0\1{")
    assert found[0] == Bye()
    assert isinstance(found[1], Malformed)


def test_a_frame_too_long_is_refused_by_its_length_alone() -> None:
    (found,) = for_engine().feed((MOST_TO_ENGINE + 1).to_bytes(HEAD, "big"))
    assert found == Malformed(f"a frame of {MOST_TO_ENGINE + 1} bytes; at most {MOST_TO_ENGINE} are taken")
