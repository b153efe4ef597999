"""The hand in the sample concert: vamps left when told, a department taken under code, a song without a click.

CO-07, CO-08, CO-09.
"""

from __future__ import annotations

import pytest

from console.vocabulary import ExitVamp, Go, GoKeyUp, LetCodeMove, Rejoin, SetStandby, Take, WithdrawExit
from tests.support.code_deck import Deck, chase_of
from tests.support.concert import concert, item_of, press, sample, schedule
from tests.support.engine_rig import ZERO_NS, EngineRig


def bar_s(song: str, bar: float) -> float:
    """Seconds of the score at a bar line."""
    tempo = schedule().items[item_of(song)].tempo
    assert tempo is not None
    whole = int(bar)
    line_ns, next_ns = tempo.bar_to_ns(whole), tempo.bar_to_ns(whole + 1)
    return (line_ns + (next_ns - line_ns) * (bar - whole)) / 1e9


def in_song(song: str) -> tuple[EngineRig, float]:
    """The song was pressed; and when its first bar is."""
    rig = concert(chases=False)
    press(rig, item_of(song))
    zero_ns = rig.engine.run.instant_of_score(0)
    assert zero_ns is not None
    return rig, (zero_ns - ZERO_NS) / 1e9


def moments(rig: EngineRig, cue: str) -> list[float]:
    return sorted({row.cue_s for row in rig.rows() if row.cue == cue and row.sent_s is not None})


def full_frames(rig: EngineRig) -> list[str]:
    """Labels of the full frames that went out, as bytes."""
    sent = [d.packet.payload.hex() for d in rig.sent if d.command.device == "tc"]  # type: ignore[attr-defined]
    return [payload for payload in sent if payload.startswith("f0")]


def test_co_07_glass_orchard_leaves_at_the_end_of_the_pass_in_which_it_is_told_and_code_repeats() -> None:
    song = "glass-orchard"
    rig, zero_s = in_song(song)
    pass_s = bar_s(song, 49) - bar_s(song, 41)
    rig.wait_until(zero_s + bar_s(song, 44) + pass_s)
    at = rig.engine.snapshot(rig.now_ns, rig.wall).playhead
    assert (at.bar, at.vamp_pass) == (44, 2)
    before = full_frames(rig)
    assert len(before) == 2  # the song, and the fold: the labels of bar 41 come again
    assert rig.ask(ExitVamp()) is None
    rig.wait_until(zero_s + bar_s(song, 48.9) + pass_s)
    assert rig.engine.snapshot(rig.now_ns, rig.wall).playhead.bar == 48
    rig.wait(0.5)
    at = rig.engine.snapshot(rig.now_ns, rig.wall).playhead
    assert (at.bar, at.vamp_pass) == (49, None)
    rig.wait_until(zero_s + bar_s(song, 88) + pass_s)
    for cue in sample().cues:
        if cue.item == item_of(song) and cue.at.on == "bar" and cue.at.bar >= 49:
            planned_s = schedule().cue_times[cue.id].planned_ns / 1e9
            assert moments(rig, cue.id) == [pytest.approx(zero_s + planned_s + pass_s, abs=1e-6)], cue.id
    inside = [
        cue.id for cue in sample().cues if cue.item == item_of(song) and cue.at.on == "bar" and 41 <= cue.at.bar < 49
    ]
    assert inside
    assert all(len(moments(rig, cue)) == 1 for cue in inside)  # in pass 1 only


def test_co_07_borrowed_thunder_leaves_at_the_next_two_bar_line_and_holds_its_code() -> None:
    song = "borrowed-thunder"
    rig, zero_s = in_song(song)
    pass_s = bar_s(song, 93) - bar_s(song, 89)
    rig.wait_until(zero_s + bar_s(song, 89.5))
    assert rig.ask(ExitVamp()) == "Drum vamp is to be played 2 times at least"
    rig.wait_until(zero_s + bar_s(song, 89.5) + pass_s)
    assert rig.ask(ExitVamp()) is None
    at = rig.engine.snapshot(rig.now_ns, rig.wall).playhead
    assert at.vamp_exit_ns == round(bar_s(song, 91) * 1e9)
    held = {d.packet.payload.hex() for d in rig.sent[-40:] if d.command.device == "tc"}  # type: ignore[attr-defined]
    assert len(held) == 8  # the eight pieces of one label, again and again
    left_s = zero_s + pass_s + bar_s(song, 91)
    rig.wait_until(left_s + 0.01)
    assert rig.engine.snapshot(rig.now_ns, rig.wall).playhead.bar == 93
    assert moments(rig, "borrowed-thunder-150") == [pytest.approx(left_s, abs=1e-6)]


def test_co_07_at_its_most_passes_a_vamp_warns_and_goes_on() -> None:
    song = "borrowed-thunder"
    rig, zero_s = in_song(song)
    pass_s = bar_s(song, 93) - bar_s(song, 89)
    rig.wait_until(zero_s + bar_s(song, 89.5) + 25 * pass_s)
    at = rig.engine.snapshot(rig.now_ns, rig.wall).playhead
    assert (at.vamp_pass, at.bar) == (26, 89)
    said = [notice.words for notice in rig.notices if notice.kind == "said" and "at most" in notice.words]
    assert said == [f"Drum vamp is in pass {n}, 24 at most: exit it" for n in (25, 26)]
    assert moments(rig, "borrowed-thunder-150") == []


def test_an_exit_can_be_asked_until_what_lies_behind_the_vamp_has_to_begin() -> None:
    song = "glass-orchard"
    rig, zero_s = in_song(song)
    rig.wait_until(zero_s + bar_s(song, 42))
    exit_by_ns = rig.engine.snapshot(rig.now_ns, rig.wall).playhead.vamp_exit_by_ns
    assert exit_by_ns is not None
    assert bar_s(song, 48) < exit_by_ns / 1e9 < bar_s(song, 49)
    rig.wait_until(zero_s + exit_by_ns / 1e9 - 0.001)
    rig.ask(ExitVamp())
    rig.wait(3)
    assert {row.late_us for row in rig.rows() if row.cue == "glass-orchard-100"} == {0}
    assert rig.engine.snapshot(rig.now_ns, rig.wall).playhead.vamp_exit_by_ns is None
    late, zero_s = in_song(song)
    late.wait_until(zero_s + exit_by_ns / 1e9 + 0.002)
    late.ask(ExitVamp())
    late.wait(1)
    rows = [row for row in late.rows() if row.cue in ("glass-orchard-100", "glass-orchard-105")]
    assert max(row.late_us or 0 for row in rows) == pytest.approx(2000, abs=1)
    assert late.engine.snapshot(late.now_ns, late.wall).playhead.bar == 49


def test_an_exit_is_withdrawn_and_the_vamp_goes_round() -> None:
    song = "glass-orchard"
    rig, zero_s = in_song(song)
    rig.wait_until(zero_s + bar_s(song, 44))
    assert rig.ask(WithdrawExit()) == "no exit of Talk vamp is asked"
    rig.ask(ExitVamp())
    assert rig.ask(WithdrawExit()) is None
    rig.wait_until(zero_s + bar_s(song, 49) + 1)
    at = rig.engine.snapshot(rig.now_ns, rig.wall).playhead
    assert (at.bar, at.vamp_pass) == (41, 2)
    assert moments(rig, "glass-orchard-100") == []
    rig.ask(ExitVamp())
    rig.wait(30)
    assert len(moments(rig, "glass-orchard-100")) == 1


def test_co_08_under_code_a_hand_takes_over_and_joins_again_without_a_second_send() -> None:
    item = item_of("copper-rain")
    rig = concert(chases=True)
    rig.ask(LetCodeMove(allowed=True))
    press(rig, item)
    deck = Deck(rig).put("02:00:00:00")
    deck.roll(20)
    assert chase_of(rig).word == "locked"
    assert rig.ask(Take()) is None
    sent, bar = len(rig.sent), rig.engine.snapshot(rig.now_ns, rig.wall).playhead.bar
    deck.roll(40)
    left = [d for d in rig.sent[sent:] if d.command.device != "tc"]
    assert left == []
    at = rig.engine.snapshot(rig.now_ns, rig.wall).playhead
    assert at.bar is not None
    assert bar is not None
    assert at.bar > bar + 10
    kept = {row.cue for row in rig.rows() if row.outcome == "skipped: taken by hand"}
    assert kept
    standing = rig.engine.standbys.standing["show"]
    assert standing in kept
    assert rig.ask(Go()) is None
    rig.ask(GoKeyUp())
    assert rig.engine.standbys.standing["show"] != standing
    assert standing in {d.command.cue for d in rig.sent[sent:]}
    sent = len(rig.sent)
    assert rig.ask(Rejoin()) is None
    assert [d for d in rig.sent[sent:] if d.command.device != "tc"] == []
    deck.roll(30)
    again = {d.command.cue for d in rig.sent[sent:] if d.command.device != "tc"}
    assert again
    assert not again & kept


def test_co_09_in_a_song_without_a_click_no_cue_leaves_without_a_press_and_its_order_is_shown() -> None:
    item = item_of("lanterns-for-june")
    cues = [cue for cue in sample().cues if cue.item == item]
    rig = concert(chases=False)
    called = [cue for cue in schedule().by_item[item] if sample().cue_by_id[cue].is_called]
    press_first(rig, called[0])
    sent = len(rig.sent)
    rig.wait(600)  # far longer than the song
    assert rig.engine.run.live_item == item
    assert len(rig.sent) == sent
    sections = [each.section.name for each in schedule().items[item].sections]
    assert sections == ["Solo guitar", "Verse 1", "Refrain 1", "Verse 2", "Refrain 2", "Last line"]
    shown = [up.cue for up in rig.engine.snapshot(rig.now_ns, rig.wall).upcoming if up.called]
    assert shown[: len(called) - 1] == called[1:]
    assert all(sample().cue_by_id[cue].call for cue in called if sample().cue_by_id[cue].role == "lighting.main")
    for cue in called[1:]:
        before = len(rig.sent)
        rig.ask(Go())
        rig.ask(GoKeyUp())
        rig.wait(1)
        assert {d.command.cue for d in rig.sent[before:]} == {cue}
    assert {cue.id for cue in cues if cue.is_called} == set(called)


def press_first(rig: EngineRig, cue: str) -> None:
    """The song's first cue; whatever loads with it has left by then."""
    rig.ask(SetStandby(cue=cue))
    rig.ask(Go())
    rig.ask(GoKeyUp())
    rig.wait(1)
