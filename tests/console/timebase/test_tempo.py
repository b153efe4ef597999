"""Bars, beats and ticks against time: known songs, odd metres, ramps, and maps drawn at random."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.timebase import (
    BarBeatTickError,
    Bbt,
    Metre,
    TempoChange,
    TempoMap,
    TempoMapError,
    ns_to_s_text,
    position_to_timecode,
    s_to_ns,
    text_to_bbt,
)
from profiles.timecode import Timecode, frame_rate

FOUR_FOUR = (Metre(1, 4, 4),)


def steady(bpm: int | str, num: int = 4, den: int = 4) -> TempoMap:
    return TempoMap((Metre(1, num, den),), (TempoChange(1, 1, Fraction(bpm)),))


def moth_season() -> TempoMap:
    return TempoMap(
        FOUR_FOUR,
        (TempoChange(1, 1, Fraction(76)), TempoChange(37, 1, Fraction(76), to_bpm=Fraction(92), until=(45, 1))),
    )


def kilometre_zero() -> TempoMap:
    return TempoMap((Metre(1, 4, 4), Metre(73, 7, 8), Metre(81, 4, 4)), (TempoChange(1, 1, Fraction(110)),))


def undertow() -> TempoMap:
    return TempoMap(
        FOUR_FOUR,
        (TempoChange(1, 1, Fraction(70)), TempoChange(57, 1, Fraction(70), to_bpm=Fraction(48), until=(63, 1))),
    )


# ---------------------------------------------------------------- the songs of a concert

# hour of tc_start, map, bars, count-in of two bars, length of the score, label of the downbeat
CONCERT = [
    (1, steady(124), 128, "3.870968", "247.741935", "01:00:03:22"),
    (2, steady(98), 104, "4.897959", "254.693878", "02:00:04:22"),
    (3, steady(172), 188, "2.790698", "262.325581", "03:00:02:20"),
    (4, kilometre_zero(), 120, "4.363636", "259.636364", "04:00:04:09"),
    (5, steady(84, 3, 4), 88, "4.285714", "188.571429", "05:00:04:07"),
    (6, steady(140), 136, "3.428571", "233.142857", "06:00:03:11"),
    (7, moth_season(), 82, "6.315789", "235.741274", "07:00:06:08"),
    (8, steady(118), 124, "4.067797", "252.203390", "08:00:04:02"),
    (10, steady(87, 6, 8), 104, "4.137931", "215.172414", "10:00:04:03"),
    (11, steady(128), 160, "3.750000", "300.000000", "11:00:03:19"),
    (12, steady(150), 132, "3.200000", "211.200000", "12:00:03:05"),
    (13, steady(92), 96, "5.217391", "250.434783", "13:00:05:05"),
    (14, steady(132), 136, "3.636364", "247.272727", "14:00:03:16"),
    (15, steady(104), 100, "4.615385", "230.769231", "15:00:04:15"),
    (16, steady(126), 152, "3.809524", "289.523810", "16:00:03:20"),
    (17, undertow(), 62, "6.857143", "216.695622", "17:00:06:21"),
    (18, steady(136), 138, "3.529412", "243.529412", "18:00:03:13"),
]


@pytest.mark.parametrize(("hour", "song", "bars", "count_in_s", "score_s", "downbeat"), CONCERT)
def test_count_in_length_and_downbeat_of_every_song(hour, song, bars, count_in_s, score_s, downbeat):
    pal = frame_rate("25")
    count_in_ns = song.count_in_ns(2)
    assert ns_to_s_text(count_in_ns) == count_in_s
    assert ns_to_s_text(song.bar_to_ns(bars + 1)) == score_s
    assert str(position_to_timecode(0, Timecode(hour, 0, 0, 0, pal), count_in_ns, pal)) == downbeat


@pytest.mark.parametrize(
    ("song", "place", "seconds"),
    [
        (steady(124), "25.3.240", "47.661290"),
        (steady(98), "85.3.240", "207.244898"),
        (steady(84, 3, 4), "73.3.240", "156.071429"),
        (kilometre_zero(), "73", "157.090909"),
        (kilometre_zero(), "77.3.240", "165.409091"),
        (kilometre_zero(), "81", "172.363636"),
        (kilometre_zero(), "105.3.240", "226.090909"),
        (moth_season(), "11.3.240", "33.552632"),
    ],
)
def test_places_of_the_score(song, place, seconds):
    assert ns_to_s_text(song.bbt_to_ns(*text_to_bbt(place))) == seconds


def test_the_ramp_and_the_odd_bars_last_what_they_should():
    start_ns, end_ns = moth_season().bars_to_ns(range(37, 45))
    assert ns_to_s_text(end_ns - start_ns) == "22.926628"
    start_ns, end_ns = kilometre_zero().bars_to_ns(range(73, 81))
    assert ns_to_s_text(end_ns - start_ns) == "15.272727"
    assert kilometre_zero().bars_to_ns(range(5, 5)) == (s_to_ns("8.727272727"), s_to_ns("8.727272727"))


# ---------------------------------------------------------------- what the words mean


def test_a_beat_is_the_metres_denominator_and_bpm_counts_quarters():
    six_eight = steady(60, 6, 8)
    assert six_eight.bbt_to_ns(1, 2) == s_to_ns("0.5")
    assert six_eight.bar_to_ns(2) == s_to_ns(3)
    assert six_eight.bbt_to_ns(1, 1, 240) == s_to_ns("0.25")
    assert six_eight.bbt_to_quarters(2, 3) == 4


def test_the_count_in_is_bars_before_the_first_and_has_no_first_bar_itself():
    song = steady(120)
    assert song.bar_to_ns(0) == s_to_ns(-2)
    assert song.bar_to_ns(-1) == s_to_ns(-4)
    assert song.ns_to_bbt(-1) == Bbt(0, 4, 479)
    assert song.ns_to_bbt(s_to_ns(-4)) == Bbt(-1, 1, 0)
    assert song.ns_to_bbt(s_to_ns(-3600)) == Bbt(-1799, 1, 0)
    assert song.count_in_ns(0) == 0


def test_the_count_in_of_a_song_that_begins_in_a_ramp_has_its_first_tempo():
    song = TempoMap(FOUR_FOUR, (TempoChange(1, 1, Fraction(60), to_bpm=Fraction(120), until=(3, 1)),))
    assert song.bar_to_ns(0) == s_to_ns(-4)
    assert song.ns_to_bbt(s_to_ns(-1)) == Bbt(0, 4, 0)
    assert song.bpm_at_ns(-1) == 60


def test_after_a_ramp_its_last_tempo_holds():
    song = moth_season()
    end_ns = song.bar_to_ns(45)
    assert song.bar_to_ns(46) - end_ns == pytest.approx(4 * 60e9 / 92, abs=1)
    assert song.bpm_at_ns(song.bar_to_ns(36)) == 76
    assert song.bpm_at_ns(song.bar_to_ns(41)) == pytest.approx(84)
    assert song.bpm_at_ns(end_ns + 1) == 92


def test_a_change_may_follow_where_a_ramp_ends():
    song = TempoMap(
        FOUR_FOUR,
        (
            TempoChange(1, 1, Fraction(100), to_bpm=Fraction(50), until=(2, 3)),
            TempoChange(2, 3, Fraction(120)),
        ),
    )
    ramp_ns = 60e9 * 6 * math.log(50 / 100) / (50 - 100)
    assert song.bbt_to_ns(2, 3) == round(ramp_ns)
    assert song.bbt_to_ns(2, 4) - song.bbt_to_ns(2, 3) == s_to_ns("0.5")


def test_a_ramp_between_equal_tempi_is_no_ramp():
    level = TempoMap(
        FOUR_FOUR,
        (TempoChange(1, 1, Fraction(60)), TempoChange(3, 1, Fraction(90), to_bpm=Fraction(90), until=(5, 1))),
    )
    plain = TempoMap(FOUR_FOUR, (TempoChange(1, 1, Fraction(60)), TempoChange(3, 1, Fraction(90))))
    assert [level.bar_to_ns(bar) for bar in range(-2, 9)] == [plain.bar_to_ns(bar) for bar in range(-2, 9)]


def test_no_rounding_adds_up_over_ten_thousand_bars():
    song = steady("123.456")
    for bar in (2, 1000, 10_001):
        assert abs(song.bar_to_ns(bar) - Fraction(bar - 1) * 4 * 60 * 10**9 / Fraction("123.456")) <= Fraction(1, 2)


def test_a_ramp_reads_as_the_sum_of_its_slices():
    song = undertow()
    steps = 20_000
    slice_quarters = Fraction(24, steps)
    summed_s = math.fsum(60 * float(slice_quarters) / (70 - 22 * (step + 0.5) / steps) for step in range(steps))
    start_ns, end_ns = song.bars_to_ns(range(57, 63))
    assert (end_ns - start_ns) / 1e9 == pytest.approx(summed_s, abs=1e-6)


def test_the_next_bar_and_beat_are_where_a_vamp_may_be_left():
    song = kilometre_zero()
    line_ns = song.bar_to_ns(74)
    assert song.ns_to_next_bar(line_ns) == 74
    assert song.ns_to_next_bar(line_ns - 1) == 74
    assert song.ns_to_next_bar(line_ns + 1) == 75
    assert song.ns_to_next_beat(line_ns) == Bbt(74, 1)
    assert song.ns_to_next_beat(line_ns + 1) == Bbt(74, 2)
    assert song.ns_to_next_beat(line_ns - 1) == Bbt(74, 1)
    assert song.ns_to_next_beat(song.bbt_to_ns(73, 6, 1)) == Bbt(73, 7)
    assert song.metre_at(73) == Metre(73, 7, 8)
    assert song.metre_at(0) == song.metre_at(72) == Metre(1, 4, 4)


def test_quarter_notes():
    song = kilometre_zero()
    assert song.bbt_to_quarters(81) == 72 * 4 + 28
    assert song.quarters_to_ns(72 * 4 + 28) == song.bar_to_ns(81)
    assert song.quarters_to_ns(Fraction(1, 3)) == round(Fraction(60 * 10**9, 330))
    assert song.ns_to_quarters(song.bbt_to_ns(73, 2)) == song.bbt_to_quarters(73, 2)
    assert song.bbt_to_quarters(0) == -4


def test_equal_maps_are_equal_values():
    assert moth_season() == moth_season()
    assert hash(moth_season()) == hash(moth_season())
    assert moth_season() != undertow()


# ---------------------------------------------------------------- text


def test_places_are_read_and_written():
    assert text_to_bbt("17.3.240") == Bbt(17, 3, 240)
    assert text_to_bbt(" 17.3 ") == Bbt(17, 3, 0)
    assert text_to_bbt("17") == Bbt(17, 1, 0)
    assert text_to_bbt("-1.4") == Bbt(-1, 4, 0)
    assert str(Bbt(17, 3, 240)) == "17.3.240"
    for text in ("", "17.", "17.3.240.1", "1e3", "bar 17", "17.-1", "9" * 400):
        with pytest.raises(BarBeatTickError, match=r"write it like 17\.3\.240"):
            text_to_bbt(text)


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ((75, 8, 0), "75.8.0: bar 75 is in 7/8, its beats go from 1 to 7"),
        ((72, 5, 0), "72.5.0: bar 72 is in 4/4, its beats go from 1 to 4"),
        ((0, 0, 0), "0.0.0: bar 0 is in 4/4, its beats go from 1 to 4"),
        ((1, 1, 480), "1.1.480: ticks go from 0 to 479"),
        ((1, 1, -1), "1.1.-1: ticks go from 0 to 479"),
    ],
)
def test_a_place_the_bar_does_not_have_is_refused(place, problem):
    with pytest.raises(BarBeatTickError) as caught:
        kilometre_zero().bbt_to_ns(*place)
    assert str(caught.value) == problem


PLAIN = (TempoChange(1, 1, Fraction(120)),)


@pytest.mark.parametrize(
    ("metres", "tempi", "problems"),
    [
        ((), (), ["no metre", "no tempo"]),
        ((Metre(2, 4, 4),), PLAIN, ["metre at bar 2: the first metre must stand at bar 1"]),
        ((Metre(1, 0, 4), Metre(5, 4, 3)), PLAIN, ["metre 0/4 at bar 1: needs", "metre 4/3 at bar 5: needs"]),
        (
            (Metre(1, 4, 4), Metre(9, 3, 4), Metre(9, 4, 4), Metre(5, 4, 4)),
            PLAIN,
            ["metre at bar 9: is not after the one at bar 9", "metre at bar 5: is not after the one at bar 9"],
        ),
        (
            FOUR_FOUR,
            (TempoChange(1, 1, Fraction(0)), TempoChange(3, 1, Fraction(-4), to_bpm=Fraction(1001), until=(4, 1))),
            ["tempo at 1.1: 0 bpm: use 1 to 1000", "tempo at 3.1: -4 bpm: use", "tempo at 3.1: 1001 bpm: use"],
        ),
        (
            FOUR_FOUR,
            (TempoChange(1, 1, Fraction(90), to_bpm=Fraction(100)), TempoChange(2, 1, Fraction(90), until=(3, 1))),
            ["tempo at 1.1: a ramp needs both", "tempo at 2.1: a ramp needs both"],
        ),
        (FOUR_FOUR, (TempoChange(1, 2, Fraction(90)),), ["tempo at 1.2: the first tempo must stand at 1.1"]),
        (
            FOUR_FOUR,
            (*PLAIN, TempoChange(2, 5, Fraction(90)), TempoChange(3, 1, Fraction(90), Fraction(80), (4, 0))),
            ["tempo at 2.5: 2.5.0: bar 2 is in 4/4", "tempo at 3.1: 4.0.0: bar 4 is in 4/4"],
        ),
        (
            FOUR_FOUR,
            (*PLAIN, TempoChange(5, 1, Fraction(90)), TempoChange(5, 1, Fraction(91)), TempoChange(3, 1, Fraction(92))),
            ["tempo at 5.1: is not after the tempo at 5.1", "tempo at 3.1: is not after the tempo at 5.1"],
        ),
        (
            FOUR_FOUR,
            (
                *PLAIN,
                TempoChange(5, 1, Fraction(90), Fraction(80), (5, 1)),
                TempoChange(6, 1, Fraction(90), Fraction(80), (2, 1)),
            ),
            ["tempo at 5.1: its ramp ends at 5.1: end it after", "tempo at 6.1: its ramp ends at 2.1: end it after"],
        ),
        (
            FOUR_FOUR,
            (TempoChange(1, 1, Fraction(90), Fraction(80), (9, 1)), TempoChange(8, 4, Fraction(90))),
            ["tempo at 8.4: starts before the ramp of the tempo at 1.1 has ended"],
        ),
    ],
)
def test_a_broken_map_is_refused_with_every_fault(metres, tempi, problems):
    with pytest.raises(TempoMapError) as caught:
        TempoMap(metres, tempi)
    assert len(caught.value.problems) == len(problems)
    for found, expected in zip(caught.value.problems, problems, strict=True):
        assert found.startswith(expected)
        assert found in str(caught.value)
    assert "\n" not in str(caught.value)


# ---------------------------------------------------------------- maps drawn at random

bpms = st.fractions(min_value=1, max_value=1000, max_denominator=1000)


@st.composite
def tempo_maps(draw) -> TempoMap:
    """Any legal map: up to four metres, up to six tempi, ramps up, down and nearly level."""
    metres, bar = [], 1
    for _ in range(draw(st.integers(1, 4))):
        metres.append(Metre(bar, draw(st.integers(1, 13)), draw(st.sampled_from([1, 2, 4, 8, 16, 32, 64]))))
        bar += draw(st.integers(1, 30))

    def beats_of(bar: int) -> int:
        return [metre.num for metre in metres if metre.bar <= bar][-1]

    tempi, bar, beat = [], 1, 1
    for _ in range(draw(st.integers(1, 6))):
        bpm = draw(bpms)
        if draw(st.booleans()):
            until_bar = bar + draw(st.integers(1, 12))
            until = (until_bar, draw(st.integers(1, beats_of(until_bar))))
            to_bpm = draw(st.one_of(bpms, st.just(bpm), st.just(min(bpm + Fraction(1, 10**6), Fraction(1000)))))
            tempi.append(TempoChange(bar, beat, bpm, to_bpm, until))
            if draw(st.booleans()):
                bar, beat = until
                continue
            bar = until_bar
        else:
            tempi.append(TempoChange(bar, beat, bpm))
        bar += draw(st.integers(1, 12))
        beat = draw(st.integers(1, beats_of(bar)))
    return TempoMap(tuple(metres), tuple(tempi))


@st.composite
def maps_and_places(draw) -> tuple[TempoMap, Bbt]:
    song = draw(tempo_maps())
    # Mostly near where something changes; also far outside.
    near = [metre.bar for metre in song.metres] + [tempo.bar for tempo in song.tempi]
    near += [tempo.until[0] for tempo in song.tempi if tempo.until]
    bar = draw(st.one_of(st.sampled_from(near), st.integers(-100, 200), st.integers(-(10**5), 10**5)))
    bar += draw(st.integers(-1, 1))
    return song, Bbt(bar, draw(st.integers(1, song.metre_at(bar).num)), draw(st.integers(0, 479)))


@settings(max_examples=400)
@given(maps_and_places())
def test_every_tick_is_found_again(song_and_place):
    song, place = song_and_place
    ns = song.bbt_to_ns(*place)
    assert song.ns_to_bbt(ns) == place
    assert song.ns_to_bbt(ns - 1) < place
    assert song.ns_to_quarters(ns) == song.bbt_to_quarters(*place)
    assert song.quarters_to_ns(song.bbt_to_quarters(*place)) == ns


@given(maps_and_places(), st.integers(-(10**12), 10**12))
def test_a_moment_lies_between_its_tick_and_the_next(song_and_place, shift_ns):
    song, place = song_and_place
    ns = song.bbt_to_ns(*place) + shift_ns
    found = song.ns_to_bbt(ns)
    beats = song.metre_at(found.bar).num
    following = Bbt(found.bar, found.beat, found.tick + 1)
    if following.tick == 480:
        following = Bbt(found.bar, found.beat + 1) if found.beat < beats else Bbt(found.bar + 1)
    assert song.bbt_to_ns(*found) <= ns < song.bbt_to_ns(*following)


@given(tempo_maps(), st.lists(st.integers(-(10**11), 10**12), min_size=2, max_size=40))
def test_the_score_never_runs_backwards(song, moments):
    places = [song.ns_to_bbt(ns) for ns in sorted(moments)]
    assert places == sorted(places)
    quarters = [song.ns_to_quarters(ns) for ns in sorted(moments)]
    assert quarters == sorted(quarters)


@given(maps_and_places(), st.integers(-(10**10), 10**10))
def test_the_next_bar_and_beat_are_the_first_not_passed(song_and_place, shift_ns):
    song, place = song_and_place
    ns = song.bbt_to_ns(*place) + shift_ns
    bar = song.ns_to_next_bar(ns)
    assert song.bar_to_ns(bar - 1) < ns <= song.bar_to_ns(bar)
    beat = song.ns_to_next_beat(ns)
    before = Bbt(beat.bar, beat.beat - 1) if beat.beat > 1 else Bbt(beat.bar - 1, song.metre_at(beat.bar - 1).num)
    assert song.bbt_to_ns(*before) < ns <= song.bbt_to_ns(*beat)


@pytest.mark.parametrize("song", [moth_season(), undertow(), kilometre_zero()], ids=["rising", "falling", "odd"])
def test_every_tick_round_every_change_in_real_songs(song):
    for bar in {-1, 0, 1, 36, 37, 40, 44, 45, 56, 57, 62, 63, 72, 73, 80, 81}:
        before_ns = song.bar_to_ns(bar) - 1
        for beat in range(1, song.metre_at(bar).num + 1):
            for tick in range(480):
                ns = song.bbt_to_ns(bar, beat, tick)
                assert ns > before_ns
                assert song.ns_to_bbt(ns) == (bar, beat, tick)
                before_ns = ns
