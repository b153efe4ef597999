"""Lines from a stream, in every split, with either ending."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.text.lines import LineDecoder, LineError, frame_line
from tests.support.pieces import STREAMS, pieces_of


def comparable(items):
    return [repr(item) for item in items]


def test_lines_written_out():
    assert frame_line("PLAY 1-10") == b"PLAY 1-10\r\n"
    assert frame_line("sscurrent 5", ending="\n") == b"sscurrent 5\n"
    assert frame_line("é", encoding="latin-1") == b"\xe9\r\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [("play\nstop", "two commands"), ("play\r", "two commands"), ("\ud800", "cannot be written as utf-8")],
)
def test_a_line_that_cannot_be_sent_is_refused(text, words):
    with pytest.raises(LineError, match=words):
        frame_line(text)


def test_either_ending_and_empty_lines():
    decoder = LineDecoder()
    assert decoder.feed(b"200 ok\r\nversion\n\r\n\nhalf") == ["200 ok", "version", "", ""]
    assert decoder.feed(b" line\r") == []
    assert decoder.feed(b"\n") == ["half line"]


def test_a_carriage_return_inside_a_line_is_kept():
    assert LineDecoder().feed(b"a\rb\r\r\n") == ["a\rb\r"]


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))), st.data())
def test_what_is_sent_arrives_in_every_split(lines, drawn):
    stream = b"".join(frame_line(line, ending=drawn.draw(st.sampled_from(["\n", "\r\n"]))) for line in lines)
    decoder = LineDecoder()
    assert [line for piece in pieces_of(drawn, stream) for line in decoder.feed(piece)] == lines


@given(STREAMS, st.data())
@settings(max_examples=200)
def test_every_split_of_rubbish_gives_the_same(stream, drawn):
    whole, split = LineDecoder(max_bytes=12), LineDecoder(max_bytes=12)
    expected = comparable(whole.feed(stream))
    assert comparable(line for piece in pieces_of(drawn, stream) for line in split.feed(piece)) == expected


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_limit_counts_the_line_without_its_ending(ending):
    long, longer = LineDecoder(max_bytes=5).feed(frame_line("12345", ending=ending) + frame_line("123456"))
    assert long == "12345"
    assert "longer than the 5 bytes" in str(longer)


def test_a_line_without_end_is_not_held_and_the_next_one_is_read():
    decoder = LineDecoder(max_bytes=100)
    for _ in range(1000):
        assert decoder.feed(b"x" * 100) == []
    refused, line = decoder.feed(b"x\nready\n")
    assert isinstance(refused, LineError)
    assert line == "ready"


def test_wrong_bytes_lose_one_line():
    refused, line = LineDecoder().feed(b"\xff\xfe\nready\n")
    assert "is not utf-8" in str(refused)
    assert line == "ready"
