"""Hold, stop and all stop: what stands still, what is given up, and that nothing is lost on the way."""

from __future__ import annotations

import struct

import pytest

from console.vocabulary import AllStop, EndItem, Fire, Go, GoKeyUp, Hold, Locate, Roll, StartItem, Stop
from tests.support.builders import CALLED, after, at_bar, evening_show, light, make_cue, song_show, step
from tests.support.engine_rig import ZERO_NS, EngineRig
from tests.support.rich_show import RELEASE_NS, fader, rich_house, rich_show

ZERO_S = 4.05  # press at 0, tracks 50 ms, two bars of count-in
LEVEL = ("audio.foh", "level", "ch/1")


def start(rig: EngineRig) -> None:
    rig.ask(Go())
    rig.ask(GoKeyUp())


def level(rig: EngineRig) -> float | None:
    wanted = rig.engine.run.desired.get(LEVEL)
    return None if wanted is None else wanted.value_at(rig.now_ns)


def sent_levels(rig: EngineRig, cue: str) -> list[tuple[float, float]]:
    return [
        (round((d.command.due_ns - ZERO_NS) / 1e9, 6), struct.unpack(">f", d.packet.payload[-4:])[0])  # type: ignore[attr-defined]
        for d in rig.sent
        if d.command.cue == cue
    ]


def test_what_is_wanted_stands_still_while_held_and_goes_on_from_there() -> None:
    rig = EngineRig(song_show(fader("down", "1.9", CALLED, -10.0, 4.0)))
    rig.ask(Fire(cue="down"))
    rig.wait(1)
    rig.ask(Hold())
    rig.wait(60)
    assert level(rig) == -2.5
    rig.ask(Roll())
    assert level(rig) == -2.5
    rig.wait(1)
    assert level(rig) == -5.0


def test_a_fade_begun_during_a_hold_is_not_moved_by_its_end() -> None:
    rig = EngineRig(song_show(fader("down", "1.9", CALLED, -10.0, 4.0)))
    start(rig)
    rig.ask(Hold())
    rig.wait(10)
    rig.ask(Fire(cue="down"))
    rig.wait(2)
    rig.ask(Roll())
    rig.wait(5)
    sent = sent_levels(rig, "down")
    assert len(sent) == 201
    assert sent[-1] == (14.0, -10.0)


def test_stop_lets_fades_run_and_all_stop_freezes_them_with_a_closing_row() -> None:
    rig = EngineRig(song_show(fader("down", "1.9", CALLED, -10.0, 4.0)))
    start(rig)
    rig.ask(Fire(cue="down"))
    rig.wait(1)
    rig.ask(Stop())
    rig.wait(1)
    assert level(rig) == -5.0
    rig.ask(AllStop())
    rig.wait(5)
    assert level(rig) == -5.0
    assert [(row.due_s, row.count) for row in rig.rows() if row.cue == "down"] == [(0.0, 1), (2.0, 101)]


def test_a_jump_ends_the_fades_of_the_score_with_their_row_and_takes_them_over() -> None:
    rig = EngineRig(song_show(fader("down", "1.9", at_bar(1), -10.0, 4.0), fader("up", "1.91", at_bar(6), 0.0, None)))
    start(rig)
    rig.wait_until(ZERO_S + 2)
    rig.ask(Locate(item="song", position_ns=20_000_000_000, roll=False))
    rig.wait(10)
    assert level(rig) == 0.0
    rows = [row for row in rig.rows() if row.cue == "down"]
    assert [row.count for row in rows] == [1, 101]
    assert rig.row("up").trigger == "locate"


@pytest.mark.parametrize("request_", [Stop(), Hold()])
def test_what_the_score_had_begun_is_not_lost(request_: Stop | Hold) -> None:
    # The wristbands need 200 ms, so the cue has begun, and stops in its lead.
    slow = make_cue("slow", "1.9", at_bar(2), step("zone.off", zone="all"), role="lighting.audience")
    show = song_show(slow)
    audience = show.roles[0].model_copy(update={"id": "lighting.audience", "verbs": ("zone.off",)})
    rig = EngineRig(show.model_copy(update={"roles": (*show.roles, audience)}))
    start(rig)
    rig.wait_until(ZERO_S + 2 - 0.201)
    rig.wait_until(ZERO_S + 2 - 0.2 - 1e-9)
    rig.ask(request_)
    rig.wait(50)
    assert not rig.verbs(cue="slow")
    rig.ask(Roll())
    rig.wait(1)
    assert len(rig.verbs(cue="slow")) == 2  # two zones
    assert {row.late_us for row in rig.rows() if row.cue == "slow"} == {0}


def test_stop_gives_up_pressed_waits_and_says_so() -> None:
    rig = EngineRig(song_show(make_cue("wait", "1.95", after("song-call", 3.0), light("50"))))
    start(rig)
    rig.wait(1)
    rig.ask(Go())
    rig.ask(Stop())
    assert rig.row("wait").outcome == "skipped: stopped"


def test_the_next_items_go_lifts_a_hold_for_all_that_waits() -> None:
    show = evening_show()
    follower = make_cue("later", "1.95", after("song-call", 8.0), light("50"))
    rig = EngineRig(show.model_copy(update={"cues": (*show.cues, follower)}))
    rig.ask(StartItem(item="song"))
    rig.ask(Fire(cue="song-call"))
    rig.wait(3)
    rig.ask(Hold())
    rig.wait(100)
    rig.ask(StartItem(item="second"))
    rig.wait(10)
    assert rig.verbs(cue="later") == [(107.98, "lx-main", "cue.fire")]
    assert rig.row("song-verse").outcome == "skipped: its item ended before its moment"


@pytest.mark.parametrize("request_", [Hold(), Stop(), AllStop(), EndItem(item="song")])
def test_a_release_follows_its_press_whatever_is_asked(request_: Hold | Stop | AllStop | EndItem) -> None:
    show = rich_show()
    rig = EngineRig(show, house=rich_house(show))
    rig.ask(StartItem(item="song"))
    rig.ask(Fire(cue="two"))
    assert len(rig.verbs(cue="two")) == 1
    rig.ask(request_)
    rig.wait(RELEASE_NS / 1e9)
    assert len(rig.verbs(cue="two")) == 2


def test_a_late_press_keeps_its_distance_to_the_release() -> None:
    show = rich_show()
    rig = EngineRig(show, house=rich_house(show))
    rig.ask(StartItem(item="song"))
    rig.now_ns += 14_000_000_000  # the loop was away; song-after is a shot at 13 s
    rig.wait(0)
    sent = [each for each in rig.sent if each.command.cue == "song-after"]
    assert [each.packet.delay_ns for each in sent] == [0]
    rig.wait(RELEASE_NS / 1e9)
    sent = [each for each in rig.sent if each.command.cue == "song-after"]
    assert [each.packet.delay_ns for each in sent] == [0, RELEASE_NS]
