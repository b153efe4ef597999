"""The show under outside code: waiting, following, losing it, other songs, vamps, and a hand that goes its own way."""

from __future__ import annotations

import pytest

from console.vocabulary import (
    ChooseSource,
    EndItem,
    Hold,
    Jam,
    LetCodeMove,
    Locate,
    NudgeCode,
    Panic,
    ReleasePanic,
    Request,
    Roll,
    SetChase,
    Stop,
)
from tests.support.builders import at_bar, light, make_cue, step
from tests.support.chasing import chasing_evening, chasing_show, off_s, press, sent_s, started
from tests.support.code_deck import Deck, chase_of, code_rig, position_s, said
from tests.support.engine_rig import EngineRig

# -- beginning ---------------------------------------------------------------------------------------------------------


def test_a_song_begun_by_hand_waits_at_its_first_click_and_its_press_leaves() -> None:
    rig = code_rig(chasing_show())
    press(rig)
    rig.wait(30)
    head = rig.engine.snapshot(rig.now_ns, rig.wall).playhead
    assert (head.state, head.position_ns, head.timecode_source) == ("held", -4_000_000_000, "waiting for code")
    assert len(sent_s(rig, "song-start")) == 1
    assert sent_s(rig, "song-intro") == []


def test_code_sets_it_rolling_within_five_frames_and_what_came_meanwhile_leaves_late_but_leaves() -> None:
    at_once = make_cue("at-once", "1.95", at_bar(1, 1), light("70"), advance_ms=4_000.0)
    rig = code_rig(chasing_show(at_once))
    press(rig)
    rig.wait(3)
    deck = Deck(rig).put("01:00:00:00")
    deck.roll(0.2)
    assert chase_of(rig).word == "locked"
    assert sent_s(rig, "at-once") == [pytest.approx(3.19, abs=0.011)]
    deck.roll(5)
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)
    assert sent_s(rig, "song-intro") == [pytest.approx(3 + 4 - 0.02, abs=0.001)]


def test_a_song_with_a_clock_of_its_own_to_fall_back_on_does_not_wait() -> None:
    rig = code_rig(chasing_show(fallback="internal"))
    press(rig)
    rig.wait(2)
    assert position_s(rig) == pytest.approx(-2.05)
    deck = Deck(rig).put("01:00:02:12")
    deck.roll(2)
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)


def test_without_any_source_a_song_that_chases_runs_by_our_clock_and_chase_requests_say_why_not() -> None:
    rig = EngineRig(chasing_show())
    press(rig)
    rig.wait(4.05)
    assert position_s(rig) == pytest.approx(0)
    for request in (SetChase(on=True), LetCodeMove(allowed=True), ChooseSource(), NudgeCode(frames=1), Jam()):
        refused = rig.ask(request)
        assert str(refused).startswith("no timecode comes in here")


def test_called_cues_wait_for_a_person_under_code() -> None:
    rig, deck = started(seconds=34)
    assert sent_s(rig, "song-call") == []
    press(rig)
    assert len(sent_s(rig, "song-call")) == 1
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)


# -- losing it ---------------------------------------------------------------------------------------------------------


def test_a_song_that_falls_back_to_our_clock_runs_on_and_is_taken_up_again() -> None:
    rig, deck = started(chasing_show(fallback="internal"))
    rig.wait(5)
    deck.code_s += 5
    assert chase_of(rig).word == "lost"
    assert said(rig)[-1] == "Timecode is lost: Song runs on by our own clock."
    assert off_s(rig, deck) == pytest.approx(0, abs=0.01)
    deck.roll(1)
    assert chase_of(rig).word == "locked"
    assert len(sent_s(rig, "hit")) == 1


def test_code_that_returns_a_little_later_sends_what_was_missed_or_says_that_it_was_too_late() -> None:
    rig, deck = started(seconds=7.8)
    rig.wait(1.0)
    assert sent_s(rig, "hit") == [pytest.approx(7.95, abs=0.001)]
    late = make_cue("late", "1.96", at_bar(3, 2), step("transport.play", session="tracks/late"), role="audio.playback")
    rig, deck = started(chasing_show(late), seconds=7.8)
    rig.wait(1.0)
    deck.code_s += 1
    deck.roll(1)
    assert sent_s(rig, "late") == []
    assert "late" in rig.row("late").outcome
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)


def test_the_next_source_takes_over_and_the_first_takes_back() -> None:
    rig = code_rig(chasing_show(), "truck", "spare")
    press(rig)
    truck, spare = Deck(rig, "truck").put("01:00:00:00"), Deck(rig, "spare").put("01:00:00:00")
    truck.roll(3, beside=spare)
    assert (chase_of(rig).active, chase_of(rig).word) == ("truck", "locked")
    spare.roll(2)  # the truck is silent
    assert (chase_of(rig).active, chase_of(rig).word) == ("spare", "locked")
    assert rig.engine.run.transport == "rolling"
    truck.code_s = spare.code_s
    truck.roll(1, beside=spare)
    assert chase_of(rig).active == "truck"
    assert [words for words in said(rig) if "takes over" in words] == [
        "Timecode spare at 01:00:03:12: takes over from truck.",
        "Timecode truck at 01:00:05:04: takes over from spare.",
    ]
    assert off_s(rig, truck) == pytest.approx(0, abs=0.001)


def test_a_source_can_be_chosen_and_then_no_other_counts() -> None:
    rig = code_rig(chasing_show(), "truck", "spare")
    press(rig)
    truck, spare = Deck(rig, "truck").put("01:00:00:00"), Deck(rig, "spare").put("01:00:00:05")
    truck.roll(3, beside=spare)
    assert rig.ask(ChooseSource(source="spare")) is None
    assert off_s(rig, spare) == pytest.approx(0, abs=0.001)
    truck.roll(2)
    assert chase_of(rig).word == "lost"
    assert rig.ask(ChooseSource()) is None
    assert (chase_of(rig).active, chase_of(rig).word) == ("truck", "locked")
    assert rig.ask(ChooseSource(source="x")) == "there is no source 'x': choose one of truck, spare"


# -- other songs -------------------------------------------------------------------------------------------------------


def test_code_of_another_song_moves_nothing_until_that_is_allowed() -> None:
    rig = code_rig(chasing_evening())
    deck = Deck(rig).put("01:00:00:00")
    deck.roll(2)
    assert rig.engine.run.live_item is None
    words = (
        "Timecode deck at 01:00:00:04: it is in Song, and code may not change the item: allow that, or go there by hand"
    )
    assert said(rig) == [f"{words}; nothing moves."]
    assert rig.ask(LetCodeMove(allowed=True)) is None
    assert rig.engine.run.live_item == "song"
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)


def test_a_song_started_by_code_does_not_press_its_starting_cue_and_standby_moves_on() -> None:
    rig = code_rig(chasing_evening(code_moves_items=True))
    press(rig)  # the film
    rig.ask(EndItem(item="film"))
    assert rig.engine.run.lives["song"] == "loaded"
    deck = Deck(rig).put("01:00:00:00")
    deck.roll(1)
    assert rig.engine.run.live_item == "song"
    assert sent_s(rig, "song-start") == []
    assert rig.row("song-start").outcome == "skipped: not pressed, the item was started by code (deck)"
    assert rig.engine.standbys.standing["show"] == "song-call"
    deck.roll(6)
    assert len(sent_s(rig, "song-intro")) == 1
    assert len(sent_s(rig, "song-load")) == 1


def test_code_of_a_song_with_its_own_clock_and_code_of_no_song_move_nothing() -> None:
    rig = code_rig(chasing_evening(code_moves_items=True))
    deck = Deck(rig).put("02:00:05:00")
    deck.roll(1)
    deck.put("09:00:00:00").roll(1)
    assert said(rig) == [
        "Timecode deck at 02:00:05:04: it is in Second, which runs on its own clock; nothing moves.",
        "Timecode deck at 09:00:00:05: its code lies in no song of the show; nothing moves.",
    ]
    assert rig.sent == []


def test_code_that_runs_out_after_its_song_does_not_bring_it_back() -> None:
    rig = code_rig(chasing_evening(code_moves_items=True))
    deck = Deck(rig).put("01:00:30:00")
    deck.roll(3)
    assert rig.engine.run.live_item == "song"
    rig.ask(EndItem(item="song"))
    deck.roll(2)
    assert rig.engine.run.lives["song"] == "ended"
    deck.put("03:00:10:00").roll(1)  # another line may
    assert rig.engine.run.live_item == "encore"


def test_code_that_leaves_the_song_is_as_good_as_lost() -> None:
    rig, deck = started()
    deck.put("09:00:00:00").roll(1)
    assert (rig.engine.run.transport, chase_of(rig).word) == ("held", "lost")


# -- a person at the desk ----------------------------------------------------------------------------------------------


def test_a_line_that_a_person_moved_away_from_is_set_aside_until_it_is_asked_for_or_jumps() -> None:
    rig, deck = started()
    assert rig.ask(Locate(item="song", position_ns=20_000_000_000)) is None
    deck.roll(1)
    assert (chase_of(rig).word, position_s(rig)) == ("aside", pytest.approx(21, abs=0.001))
    assert rig.ask(SetChase(on=True)) is None
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)
    rig.ask(Locate(item="song", position_ns=20_000_000_000))
    deck.put("01:00:12:00").roll(1)
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)


@pytest.mark.parametrize("stop", [Hold(), Stop()])
def test_hold_and_stop_by_hand_are_kept_and_a_roll_joins_the_code(stop: Request) -> None:
    rig, deck = started()
    rig.ask(stop)
    stood_s = position_s(rig)
    deck.roll(1)
    assert position_s(rig) == stood_s
    rig.ask(Roll())
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)


def test_who_rolls_on_without_code_is_not_held_again() -> None:
    rig, _ = started()
    rig.wait(1)
    assert rig.engine.run.transport == "held"
    stood_s = position_s(rig)
    rig.ask(Roll())
    rig.wait(5)
    assert position_s(rig) == pytest.approx(stood_s + 5)
    assert chase_of(rig).word == "internal"


def test_chase_off_lets_the_song_run_by_our_clock() -> None:
    rig, deck = started()
    assert rig.ask(SetChase(on=False)) is None
    deck.put("01:00:30:00").roll(1)
    assert (chase_of(rig).word, position_s(rig)) == ("off", pytest.approx(3, abs=0.001))
    rig.wait(2)
    assert rig.engine.run.transport == "rolling"


def test_panic_is_not_moved_by_code() -> None:
    rig, deck = started()
    rig.ask(Panic())
    stood_s = position_s(rig)
    deck.put("01:00:20:00").roll(1)
    assert position_s(rig) == stood_s
    rig.ask(ReleasePanic())
    deck.roll(1)
    assert position_s(rig) == stood_s  # still stopped
    rig.ask(Roll())
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)


def test_the_songs_offset_is_nudged_by_frames_live() -> None:
    rig, deck = started()
    for _ in range(3):
        assert rig.ask(NudgeCode(frames=1)) is None
    assert off_s(rig, deck) == pytest.approx(-0.12, abs=0.001)
    assert chase_of(rig).nudge_frames == 3
    rig.ask(NudgeCode(frames=-4))
    deck.roll(1)
    assert off_s(rig, deck) == pytest.approx(0.04, abs=0.001)
    assert rig.ask(NudgeCode(frames=1000)) == "more than ten seconds belong into the song's tc_start"


def test_jam_takes_the_place_once_and_runs_on() -> None:
    rig, deck = started()
    assert rig.ask(Jam()) is None
    deck.put("01:00:30:00").roll(1)
    assert (chase_of(rig).word, position_s(rig)) == ("jammed", pytest.approx(3, abs=0.001))
    rig.wait(1)
    assert rig.engine.run.transport == "rolling"
    assert rig.ask(Jam()) == "no source is locked: there is no place to take"


def test_jam_goes_into_a_song_with_its_own_clock_too_and_the_code_is_not_followed() -> None:
    rig = code_rig(chasing_evening())
    deck = Deck(rig).put("02:00:10:00")
    deck.roll(1)
    assert rig.ask(Jam()) is None
    assert (rig.engine.run.live_item, position_s(rig)) == ("second", pytest.approx(7, abs=0.001))
    deck.roll(1)
    assert position_s(rig) == pytest.approx(8, abs=0.001)


# -- jumps, speed, full frames -----------------------------------------------------------------------------------------


def test_a_jump_back_of_less_than_two_seconds_repeats_nothing() -> None:
    rig, deck = started(seconds=9)
    deck.code_s -= 1.5
    deck.roll(4)
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)
    assert len(sent_s(rig, "hit")) == 1


def test_a_jump_sends_states_and_no_trigger() -> None:
    rig, deck = started()
    deck.put("01:00:20:00").roll(1)
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)
    assert sent_s(rig, "hit") == []
    assert len(sent_s(rig, "song-verse")) == 1
    assert rig.row("song-verse").trigger.startswith("code 01:00:20:")


def test_a_full_frame_puts_the_show_there_and_it_waits() -> None:
    rig, deck = started()
    deck.put("01:00:24:00", tell=True)
    assert (position_s(rig), rig.engine.run.transport, chase_of(rig).word) == (20.0, "held", "lost")
    rig.wait(3)
    deck.roll(1)
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)
    assert rig.engine.run.transport == "rolling"


@pytest.mark.parametrize("speed", [0.95, 1.05])
def test_varied_speed_is_followed_and_cues_with_it(speed: float) -> None:
    rig, deck = started(seconds=1)
    begun_s = rig.now_s
    deck.roll(6, speed=speed)
    assert off_s(rig, deck) == pytest.approx(0, abs=0.04)
    assert sent_s(rig, "song-intro") == [pytest.approx(begun_s + 3 / speed - 0.02, abs=0.002)]


def test_duplicated_and_jittering_quarter_frames_change_nothing() -> None:
    rig, deck = started(seconds=1)
    deck.roll(4, times=2, late_ns=lambda count: (count * 7919) % 2_000_000)
    assert off_s(rig, deck) == pytest.approx(0, abs=0.003)
    assert sent_s(rig, "song-intro") == [pytest.approx(4 - 0.02, abs=0.003)]
