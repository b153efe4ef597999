"""Vamps under outside code, by their timecode policy; and the code that goes out beside the code that comes in."""

from __future__ import annotations

import pytest

from console.engine.timecode_out import TimecodeLine
from console.show.songs import Vamp
from console.vocabulary import ExitVamp
from profiles.timecode import frame_rate
from tests.support.builders import at_bar, light, make_cue
from tests.support.chasing import chasing_show, off_s, press, sent_s, started
from tests.support.code_deck import Deck, chase_of, code_rig, position_s, said
from tests.support.wire_code import TimecodePackets

# -- vamps -------------------------------------------------------------------------------------------------------------

LOOP = Vamp(planned_repeats=3)
"""Bars 9 to 12, eight seconds from 16 s on."""


def test_code_that_repeats_folds_the_vamp_as_often_as_it_likes_and_leaves_it() -> None:
    each = make_cue("each", "1.97", at_bar(9), light("61"), every_pass=True)
    outro = make_cue("outro", "1.98", at_bar(13), light("62"))
    rig, deck = started(chasing_show(each, outro, vamp=LOOP), seconds=28)
    for pass_no in (2, 3):
        deck.code_s -= 8
        deck.roll(7)
        assert rig.engine.run.folding.pass_no == pass_no
        assert off_s(rig, deck) == pytest.approx(0, abs=0.001)
        deck.roll(1)
    assert chase_of(rig).sources[0].dropouts <= 2
    deck.roll(2)
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)
    assert said(rig)[-1] == "bridge was left by code."
    assert [round(at_s, 2) for at_s in sent_s(rig, "each")] == [19.98, 27.98, 35.98, 43.98]
    assert len(sent_s(rig, "outro")) == 1


def test_code_that_does_not_repeat_leaves_the_vamp_after_its_first_pass() -> None:
    rig, deck = started(chasing_show(vamp=LOOP), seconds=30)
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)
    assert rig.engine.run.folding.vamp == 1


def test_code_that_stands_while_the_vamp_goes_round_is_picked_up_behind_it() -> None:
    rig, deck = started(chasing_show(vamp=Vamp(planned_repeats=3, timecode="hold")), seconds=28)
    rig.wait(11)
    assert (rig.engine.run.transport, rig.engine.run.folding.pass_no) == ("rolling", 3)
    deck.roll(1)
    assert (rig.engine.run.folding.vamp, said(rig)[-1]) == (1, "bridge was left by code.")
    assert off_s(rig, deck) == pytest.approx(0, abs=0.001)


def test_code_that_counts_on_leaves_the_vamp_to_the_operator() -> None:
    rig, deck = started(chasing_show(vamp=Vamp(planned_repeats=3, timecode="free_run")), seconds=28 + 9)
    assert (rig.engine.run.folding.pass_no, position_s(rig)) == (3, pytest.approx(17, abs=0.001))
    assert rig.ask(ExitVamp()) is None
    deck.roll(9)
    assert position_s(rig) == pytest.approx(26, abs=0.001)
    assert chase_of(rig).word == "locked"


# -- out, beside in ----------------------------------------------------------------------------------------------------


def test_code_out_follows_code_in_through_a_jump_and_another_speed() -> None:
    line = TimecodeLine(TimecodePackets("tc"), frame_rate("25"))
    rig = code_rig(chasing_show(), outs=(line,))
    press(rig)
    deck = Deck(rig).put("01:00:00:00")
    deck.roll(2)
    deck.put("01:00:20:00").roll(2, speed=1.05)
    heard = Deck(rig, "deck").source
    readings = [
        heard.feed(dispatch.packet.payload, dispatch.command.due_ns)  # type: ignore[attr-defined]
        for dispatch in rig.sent
        if dispatch.command.device == "tc"
    ]
    last = next(each for each in reversed(readings) if each is not None and getattr(each, "code_ns", None))
    at_s = float(deck.code_s) - (rig.now_ns - last.received_ns) / 1e9 * 1.05
    assert last.code_ns / 1e9 == pytest.approx(at_s, abs=0.005)  # type: ignore[union-attr,operator]
