"""MIDI over a connection: whole messages whatever pieces the stream comes in."""

from hypothesis import given
from hypothesis import strategies as st

from devices.midi.stream import cut_midi

MESSAGES = (b"\x90\x0b\x7f", b"\xb0\x63\x00", b"\xc0\x05", bytes.fromhex("f0 00 00 1a 50 10 f7"))


@given(st.lists(st.sampled_from(MESSAGES), max_size=12), st.integers(1, 5))
def test_what_is_cut_is_what_was_sent(messages: list[bytes], piece_bytes: int) -> None:
    stream = b"".join(messages)
    cut = cut_midi()
    pieces = [stream[at : at + piece_bytes] for at in range(0, len(stream), piece_bytes)]
    assert [body for piece in pieces for body in cut(piece)] == messages


def test_each_connection_begins_anew() -> None:
    cut = cut_midi()
    assert list(cut(b"\x90\x0b")) == []
    assert list(cut_midi()(b"\x7f\x90\x01\x02")) == [b"\x90\x01\x02"], "half a message is not the next one's"


def test_running_status_is_written_out() -> None:
    assert list(cut_midi()(b"\x90\x0b\x7f\x0b\x00")) == [b"\x90\x0b\x7f", b"\x90\x0b\x00"]
