"""MIDI Time Code: bytes against written-out labels, and the assembler against everything a cable can do."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.midi.codec import MidiError
from devices.midi.mtc import (
    MAX_PAUSE_NS,
    Motion,
    MtcAssembler,
    MtcReading,
    MtcRefusal,
    bytes_to_label,
    full_frame,
    is_full_frame,
    label_to_bytes,
    ns_to_quarter_frame,
    quarter_frame,
    quarter_frame_to_ns,
    quarter_frames,
)
from profiles.timecode import (
    FRAME_RATE_NAMES,
    frame_rate,
    frames_to_label,
    label_to_frames,
    label_to_mtc,
    mtc_to_label,
    parse_timecode,
)

GOLDEN = Path(__file__).parents[2] / "golden" / "mtc_labels.csv"
RATES = st.sampled_from([frame_rate(name) for name in FRAME_RATE_NAMES])
MS = 1_000_000

with GOLDEN.open(newline="") as rows:
    ROWS = list(csv.DictReader(rows))


def label(text: str, rate: str):
    return parse_timecode(text, frame_rate(rate))


@st.composite
def labels(draw: st.DrawFn):
    rate = draw(RATES)
    return frames_to_label(draw(st.integers(0, rate.frames_per_day - 1)), rate)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['timecode']} {row['rate']}")
def test_written_out_labels(row):
    timecode = label(row["timecode"], row["rate"])
    assert full_frame(timecode).hex() == row["full_frame"]
    assert [message.hex() for message in quarter_frames(timecode)] == row["quarter_frames"].split()


@given(labels())
def test_label_bytes_there_and_back(timecode):
    heard = bytes_to_label(label_to_bytes(timecode), timecode.rate)
    assert heard == mtc_to_label(label_to_mtc(timecode), timecode.rate)
    assert 0 <= label_to_frames(timecode) - label_to_frames(heard) < timecode.rate.mtc_divisor


def test_a_full_frame_can_name_one_device():
    assert full_frame(label("01:02:03:04", "25"), device=5).hex() == "f07f050101" + "21020304f7"
    with pytest.raises(MidiError, match="device id 128"):
        full_frame(label("01:02:03:04", "25"), device=128)


def feed(assembler: MtcAssembler, *messages: bytes, step_ns: int = 10 * MS):
    """What came out, one entry for each message, arriving `step_ns` apart."""
    return [assembler.feed(message, (number + 1) * step_ns) for number, message in enumerate(messages)]


@given(labels())
def test_forward_pieces_give_the_label_seven_quarter_frames_late(timecode):
    sent = label_to_mtc(timecode)
    *before, reading = feed(MtcAssembler(timecode.rate), *quarter_frames(timecode))
    assert before == [None] * 7
    assert reading == MtcReading(mtc_to_label(sent, timecode.rate), 7, Motion.FORWARD, 80 * MS)
    rate = timecode.rate
    expected = (label_to_frames(reading.label) + Fraction(7, 4) * rate.mtc_divisor) % rate.frames_per_day
    assert reading.frames == expected


@given(labels())
def test_reverse_pieces_give_the_label_itself(timecode):
    *before, reading = feed(MtcAssembler(timecode.rate), *reversed(quarter_frames(timecode)))
    assert before == [None] * 7
    assert (reading.motion, reading.quarters) == (Motion.REVERSE, 0)
    assert reading.label == mtc_to_label(label_to_mtc(timecode), timecode.rate)


def test_a_full_frame_is_a_locate_and_starts_the_count_anew():
    timecode = label("10:11:12:13", "25")
    pieces = quarter_frames(label("10:11:12:14", "25"))
    *_, located, one, two = feed(MtcAssembler(), *pieces[:7], full_frame(timecode), pieces[7], pieces[0])
    assert located == MtcReading(timecode, 0, Motion.LOCATED, 80 * MS)
    assert one is None
    assert two is None


@pytest.mark.parametrize("name", ["24", "25", "29.97df", "30"])
def test_the_code_alone_says_the_rate(name):
    timecode = frames_to_label(100_000, frame_rate(name))
    assert feed(MtcAssembler(), *quarter_frames(timecode))[-1].label == timecode


def test_the_compensation_can_be_chosen():
    timecode = label("01:00:00:00", "25")
    reading = feed(MtcAssembler(forward_quarters=8), *quarter_frames(timecode))[-1]
    assert reading.frames == label_to_frames(timecode) + 2


def test_compensation_wraps_at_midnight():
    reading = feed(MtcAssembler(), *quarter_frames(label("23:59:59:24", "25")))[-1]
    assert reading.frames == Fraction(3, 4)


@pytest.mark.parametrize("name", FRAME_RATE_NAMES)
def test_a_running_source_is_read_every_two_frames_where_it_stands(name):
    rate = frame_rate(name)
    start = quarter_frame_count(rate, "00:59:58")
    assembler = MtcAssembler(rate)
    readings = []
    for count in range(start, start + 8 * 120):
        reading = assembler.feed(quarter_frame(count, rate).message, quarter_frame_to_ns(count, rate))
        if reading is not None:
            assert reading.frames == Fraction(count * rate.mtc_divisor, 4)
            readings.append(reading)
    assert len(readings) >= 119


def quarter_frame_count(rate, text: str) -> int:
    """The count of the group that holds hh:mm:ss and its first frame that is never dropped."""
    first = parse_timecode(text + (";02" if rate.mtc_rate.drop else ":02"), rate.mtc_rate)
    return label_to_frames(first) * 4


@given(labels(), st.integers(0, 7))
def test_it_locks_from_any_piece_within_two_labels(timecode, skipped):
    rate = timecode.rate
    first = label_to_frames(label_to_mtc(timecode)) // 2 * 8
    messages = [quarter_frame(count, rate).message for count in range(first + skipped, first + 16)]
    readings = [reading for reading in feed(MtcAssembler(rate), *messages) if reading]
    assert len(readings) == (2 if skipped == 0 else 1)


@given(labels())
def test_every_piece_twice_changes_nothing(timecode):
    doubled = [message for message in quarter_frames(timecode) for _ in range(2)]
    readings = [reading for reading in feed(MtcAssembler(timecode.rate), *doubled) if reading]
    assert [reading.motion for reading in readings] == [Motion.FORWARD]


@given(labels(), st.integers(0, 7))
def test_a_lost_piece_loses_the_label_and_never_invents_one(timecode, lost):
    one = quarter_frames(timecode)
    assert feed(MtcAssembler(timecode.rate), *one[:lost], *one[lost + 1 :]) == [None] * 7


def test_pieces_of_two_labels_are_not_mixed():
    old, new = quarter_frames(label("01:00:00:00", "25")), quarter_frames(label("02:33:44:10", "25"))
    assert not any(feed(MtcAssembler(), *old[:4], *new[5:], *new[:7]))
    assembler = MtcAssembler()
    for number, message in enumerate(old[:4]):
        assert assembler.feed(message, number * MS) is None
    for number, message in enumerate(new[4:]):
        assert assembler.feed(message, MAX_PAUSE_NS + (number + 10) * MS) is None


def test_a_source_that_turns_round_is_read_in_its_new_direction():
    here, there = quarter_frames(label("01:00:00:02", "25")), quarter_frames(label("01:00:00:00", "25"))
    turned = feed(MtcAssembler(), *here, *reversed(here[:7]), *reversed(there))
    assert [reading.motion for reading in turned if reading] == [Motion.FORWARD, Motion.REVERSE]
    assert turned[-1].label == label("01:00:00:00", "25")
    back = feed(MtcAssembler(), *reversed(there), *there[1:], *here)
    assert [reading.motion for reading in back if reading] == [Motion.REVERSE, Motion.FORWARD]
    assert back[-1].label == label("01:00:00:02", "25")


@pytest.mark.parametrize(
    ("raw", "rate", "words"),
    [
        ("20 00 3c 00", None, "seconds at 25 go from 0 to 59"),
        ("20 3c 00 00", None, "minutes"),
        ("38 00 00 00", None, "hours"),
        ("20 00 00 19", None, "frames at 25 go from 0 to 24"),
        ("40 01 00 00", None, "drops this label: use 00:01:00;02"),
        ("20 00 00 00", "30", "says 25 frames, but the source is set to 30"),
        ("60 00 00 00", "50", "says 30 frames, but the source is set to 50"),
    ],
)
def test_labels_that_cannot_be_are_refused_in_words(raw, rate, words):
    assembler = MtcAssembler(None if rate is None else frame_rate(rate))
    refusal = assembler.feed(b"\xf0\x7f\x7f\x01\x01" + bytes.fromhex(raw) + b"\xf7", 5)
    assert isinstance(refusal, MtcRefusal)
    assert refusal.received_ns == 5
    assert words in refusal.words


def test_an_illegal_label_in_pieces_is_refused_too():
    frames_29 = (b"\xf1\x0d", b"\xf1\x11", *quarter_frames(label("01:00:00:00", "25"))[2:])
    assert isinstance(feed(MtcAssembler(), *frames_29)[-1], MtcRefusal)


@given(st.lists(st.tuples(st.binary(min_size=1, max_size=11), st.integers(0, 300 * MS)), max_size=30))
def test_any_messages_are_taken(messages):
    assembler, now_ns = MtcAssembler(), 0
    for message, pause_ns in messages:
        now_ns += pause_ns
        assembler.feed(message, now_ns)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 15)), max_size=60))
def test_a_label_is_only_read_after_eight_pieces_in_a_row(pieces):
    assembler = MtcAssembler()
    for number, (piece, nibble) in enumerate(pieces):
        result = assembler.feed(bytes((0xF1, piece << 4 | nibble)), number)
        if result is not None:
            kept = [entry for at, entry in enumerate(pieces[: number + 1]) if at == 0 or pieces[at - 1] != entry]
            assert [entry[0] for entry in kept[-8:]] in (list(range(8)), list(range(7, -1, -1)))


@pytest.mark.parametrize(
    "raw", [b"\x90\x3c\x40", b"\xf0\x7f\x7f\x06\x01\xf7", b"\xf8", b"\xf0\x7f\x7f\x01\x01\x21\xf7"]
)
def test_other_messages_are_left_alone(raw):
    assert MtcAssembler().feed(raw, 0) is None
    assert not is_full_frame(raw)


@given(RATES, st.integers(0, 10_000_000))
def test_quarter_frames_of_a_running_position(rate, count):
    sent = quarter_frame(count, rate)
    assert sent.piece == count % 8
    assert sent.message == quarter_frames(sent.label)[sent.piece]
    assert label_to_frames(sent.label) == count // 8 * 2 % rate.mtc_rate.frames_per_day


@given(RATES, st.integers(0, 10_000_000))
def test_quarter_frame_times_follow_the_exact_rate(rate, count):
    due_ns = quarter_frame_to_ns(count, rate)
    assert abs(due_ns - Fraction(count * 10**9, 4) / rate.mtc_rate.exact) <= Fraction(1, 2)
    assert ns_to_quarter_frame(due_ns, rate) == count
    assert ns_to_quarter_frame(due_ns + 1, rate) == count + 1
    assert ns_to_quarter_frame(due_ns - 1, rate) == count


def test_times_before_midnight_have_negative_counts():
    rate = frame_rate("25")
    assert quarter_frame_to_ns(-4, rate) == -40 * MS
    assert ns_to_quarter_frame(-40 * MS, rate) == -4
    assert str(quarter_frame(-8, rate).label) == "23:59:59:23"
