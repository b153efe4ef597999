"""Timecode in the sample concert: what goes out, odd time, a jump between songs, a drop-out. CO-01, CO-03 to CO-05."""

from __future__ import annotations

import pytest

from console.vocabulary import LetCodeMove, Locate
from tests.support.code_deck import Deck, chase_of, position_s, said
from tests.support.concert import concert, item_of, press, sample, schedule

FRAME_S = 0.04


def test_co_01_a_song_sends_a_full_frame_first_then_quarter_frames_and_its_downbeat_has_its_label() -> None:
    rig = concert(chases=False)
    press(rig, item_of("two-left-shoes"))
    rig.wait(4)
    sent = [dispatch for dispatch in rig.sent if dispatch.command.device == "tc"]
    payloads = [dispatch.packet.payload.hex() for dispatch in sent]  # type: ignore[attr-defined]
    assert payloads[0] == "f07f7f010123000000f7"
    assert payloads[1:9] == ["f100", "f110", "f120", "f130", "f140", "f150", "f163", "f172"]
    # Bar 1 beat 1 falls between two quarter frames of label 03:00:02:20.
    downbeat_ns = rig.engine.run.instant_of_score(0)
    assert downbeat_ns is not None
    before = [dispatch for dispatch in sent[1:] if dispatch.command.due_ns <= downbeat_ns]
    assert 70 * 4 - 1 <= len(before) <= 70 * 4 + 1


def test_co_03_the_ramp_and_the_bars_of_seven_eight_last_as_long_under_code() -> None:
    for song, bars, seconds in (
        ("moth-season", (8, 76, 92), 22.926628),
        ("kilometre-zero", (8, None, None), 15.272727),
    ):
        times = schedule().items[item_of(song)]
        assert times.tempo is not None
        assert times.song is not None
        if bars[1] is not None:
            ramp = next(each for each in times.song.tempi if each.to_bpm is not None)
            assert (ramp.bpm, ramp.to_bpm) == bars[1:]
            first = ramp.bar
        else:
            first = next(each.bar for each in times.song.metres if (each.num, each.den) == (7, 8))
        start_s, end_s = times.tempo.bar_to_ns(first) / 1e9, times.tempo.bar_to_ns(first + 8) / 1e9
        assert end_s - start_s == pytest.approx(seconds, abs=1e-6)
        # The same bars by code: the playhead is in the first one as its code begins, behind the last as it ends.
        rig = concert(chases=True)
        rig.ask(LetCodeMove(allowed=True))
        deck = Deck(rig).put(str(times.tc_start))
        deck.code_s += round((times.lead_in_ns / 1e9 + start_s - 1) * 25) / 25
        deck.roll(1.5)
        at = rig.engine.snapshot(rig.now_ns, rig.wall).playhead
        assert (at.item, at.bar) == (item_of(song), first)
        deck.roll(seconds)
        at = rig.engine.snapshot(rig.now_ns, rig.wall).playhead
        assert at.bar == first + 8
        assert position_s(rig) == pytest.approx(float(deck.code_s) - _code_zero_s(song), abs=FRAME_S / 4)


def test_co_04_code_that_jumps_to_another_song_takes_the_show_there_and_sends_what_stands() -> None:
    rig = concert(chases=True)
    first, second = item_of("glass-orchard"), item_of("borrowed-thunder")
    rig.ask(LetCodeMove(allowed=True))
    press(rig, first)
    deck = Deck(rig).put("05:00:00:00")
    deck.roll(60)
    assert (rig.engine.run.live_item, chase_of(rig).word) == (first, "locked")
    sent, since_s = len(rig.sent), rig.now_s
    deck.put("12:00:30:00").roll(10 * FRAME_S)
    assert rig.engine.run.live_item == second
    arrivals = [row.sent_s - since_s for row in rig.rows() if row.by == "timecode:deck" and row.sent_s is not None]
    assert 0 < max(arrivals) <= 10 * FRAME_S
    jumped = [each.command for each in rig.sent[sent:] if each.command.by == "timecode:deck"]
    orders = [schedule().order.index(command.cue) for command in jumped if command.cue is not None]
    assert jumped
    assert orders == sorted(orders)
    cues = [sample().cue_by_id[command.cue] for command in jumped if command.cue is not None]
    assert all(cue.hazard == "none" and not cue.once_per_show for cue in cues)
    keys = [(command.device, command.verb, command.cue, *command.args.items()) for command in jumped]
    assert len(keys) == len(set(keys))  # each role gets one state, once
    here = schedule().items[second]
    resolved = rig.engine.run.index.resolve(second, round(30.24 * 1e9) - here.lead_in_ns)
    implied = {standing.cue for standing in resolved.values()}
    assert {command.cue for command in jumped} <= implied
    assert position_s(rig) == pytest.approx(float(deck.code_s) - _code_zero_s("borrowed-thunder"), abs=FRAME_S / 4)


def test_co_05_a_drop_out_is_carried_over_and_one_too_long_holds() -> None:
    rig = concert(chases=True)
    item = item_of("glass-orchard")
    press(rig, item)
    deck = Deck(rig).put("05:00:00:00")
    deck.roll(20)
    straight = concert(chases=True)
    press(straight, item)
    whole = Deck(straight).put("05:00:00:00")
    whole.roll(20 + 10)

    rig.wait(8 * FRAME_S)  # eight frames are missing
    deck.code_s += 8 / 25
    deck.roll(10 - 8 * FRAME_S)
    assert chase_of(rig).sources[0].dropouts == 1
    assert [row.cue for row in rig.rows() if row.outcome == "sent"] == [
        row.cue for row in straight.rows() if row.outcome == "sent"
    ]
    on_time = {row.cue: row.due_s for row in straight.rows() if row.cue is not None}
    assert all(row.due_s == pytest.approx(on_time[row.cue], abs=0.002) for row in rig.rows() if row.cue is not None)

    rig.wait(12 * FRAME_S)
    assert rig.engine.run.transport == "rolling"
    rig.wait(1 * FRAME_S)
    assert rig.engine.run.transport == "held"
    assert chase_of(rig).word == "lost"
    assert said(rig)[-1] == "Held: timecode is lost; it goes on when code comes back, or roll on by hand."
    rig.wait(1)

    deck.code_s += round(13 * FRAME_S * 25) / 25 + 1
    before = len(rig.rows())
    deck.roll(5 * FRAME_S)
    assert chase_of(rig).word == "locked"
    assert rig.engine.run.transport == "rolling"
    assert position_s(rig) == pytest.approx(float(deck.code_s) - _code_zero_s("glass-orchard"), abs=FRAME_S / 4)
    deck.roll(10)
    left = [(row.cue, row.device) for row in rig.rows() if row.outcome == "sent" and row.cue is not None]
    assert len(rig.rows()) > before
    assert len(left) == len(set(left))  # nothing twice


def test_a_person_may_still_go_anywhere_and_the_code_of_before_does_not_pull_back() -> None:
    rig = concert(chases=True)
    item = item_of("copper-rain")
    press(rig, item)
    deck = Deck(rig).put("02:00:00:00")
    deck.roll(20)
    rig.ask(Locate(item=item, position_ns=100_000_000_000))
    deck.roll(5)
    assert chase_of(rig).word == "aside"
    assert position_s(rig) == pytest.approx(105, abs=0.01)


def _code_zero_s(song: str) -> float:
    """Where bar 1 of a song stands in code, in seconds."""
    times = schedule().items[item_of(song)]
    assert times.tc_start is not None
    hours = times.tc_start.hours
    return hours * 3600 + times.lead_in_ns / 1e9
