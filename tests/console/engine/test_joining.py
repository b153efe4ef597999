"""A department joins the score again: at the next cue, now, or gliding; fades and holds in between."""

from __future__ import annotations

import pytest

from console.show.cues import Step
from console.vocabulary import Fire, Hold, Rejoin, Roll, Take
from tests.support.builders import CALLED, at_bar, make_cue, step
from tests.support.song_rig import level, press, started, to_bar, values, words


def test_at_the_next_cue_nothing_is_sent_again() -> None:
    rig = started(at_bar_line=4)
    rig.ask(Take(department="LX"))
    to_bar(rig, 7)
    sent = len(rig.sent)
    assert rig.ask(Rejoin(department="LX")) is None
    assert len(rig.sent) == sent
    to_bar(rig, 10)
    assert len(rig.verbs(cue="song-bridge")) == 1


def test_now_sends_the_difference_in_cue_order_and_no_trigger() -> None:
    macro = make_cue("macro", "1.9", at_bar(6), step("cue.go"))
    other = make_cue("other", "1.91", at_bar(6), step("cue.fire", cue="7", playback="2"))
    once = make_cue("once", "1.92", at_bar(6), step("cue.fire", cue="8", playback="3"), once_per_show=True)
    rig = started(macro, other, once, at_bar_line=4)
    rig.ask(Take(department="LX"))
    to_bar(rig, 7)
    sent = len(rig.sent)
    assert rig.ask(Rejoin(department="LX", how="now")) is None
    assert [d.command.cue for d in rig.sent[sent:]] == ["song-verse", "other"]
    assert {d.command.trigger for d in rig.sent[sent:]} == {"rejoin LX"}
    assert not rig.verbs(cue="macro")
    assert rig.ask(Take(department="LX")) is None
    sent = len(rig.sent)
    rig.ask(Rejoin(department="LX", how="now"))
    assert len(rig.sent) == sent  # nothing stands apart


def test_now_names_what_has_to_be_asked_for() -> None:
    rig = started(at_bar_line=4)
    rig.ask(Take(department="VID"))
    to_bar(rig, 7)
    sent = len(rig.sent)
    rig.ask(Rejoin(department="VID", how="now"))
    assert len(rig.sent) == sent
    assert any(line.startswith("Not sent, put right by hand if wanted: video.server clip.play") for line in words(rig))


def test_a_cue_run_ahead_of_the_ruler_stands_and_one_run_behind_it_gives_way() -> None:
    rig = started(at_bar_line=4)
    rig.ask(Take(department="LX"))
    press(rig, "dept:LX")  # the verse, a bar early
    sent = len(rig.sent)
    rig.ask(Rejoin(department="LX", how="now"))
    to_bar(rig, 8)
    assert "song-verse" not in [d.command.cue for d in rig.sent[sent:]]
    rig = started(at_bar_line=4)
    rig.ask(Take(department="LX"))
    to_bar(rig, 10)  # past the verse and the bridge
    press(rig, "dept:LX")
    assert rig.sent[-1].command.cue == "song-verse"
    rig.wait(1)
    rig.ask(Rejoin(department="LX", how="now"))
    assert rig.sent[-1].command.cue == "song-bridge"


def test_an_earlier_cue_run_ahead_and_taken_back_is_wanted() -> None:
    rig = started(at_bar_line=3)
    rig.ask(Take(department="LX"))
    press(rig, "dept:LX")
    press(rig, "dept:LX")  # the bridge, far too early
    rig.wait(0.3)
    rig.ask(Fire(cue="song-verse"))
    sent = len(rig.sent)
    rig.ask(Rejoin(department="LX", how="now"))
    assert len(rig.sent) == sent


def test_a_later_step_of_a_cue_that_was_kept_back_leaves_after_joining_now() -> None:
    late = Step(verb="cue.fire", args={"cue": "9", "playback": "2"}, offset_s=4.0)
    twice = make_cue("twice", "1.9", at_bar(5), step("cue.fire", cue="8", playback="2"), late)
    for how, expected in (("now", ["8", "9"]), ("next_cue", [])):
        rig = started(twice, at_bar_line=4)
        rig.ask(Take(department="LX"))
        to_bar(rig, 6)
        rig.ask(Rejoin(department="LX", how=how))
        to_bar(rig, 8)
        assert [d.command.args["cue"] for d in rig.sent if d.command.cue == "twice"] == expected


def test_a_fade_in_flight_stops_where_it_is_and_is_tracked_to_its_end() -> None:
    rig = started(level("down", "1.9", at_bar(3), -10.0, 4.0), at_bar_line=4)
    assert values(rig)[-1][1] == pytest.approx(-5.0, abs=0.11)
    rig.ask(Take(department="SND"))
    sent = len(rig.sent)
    rig.wait(1.0)
    assert len(rig.sent) == sent
    wanted = next(each for each in rig.engine.run.desired.snapshot().values() if each.cue == "down")
    assert wanted.value_at(rig.now_ns) == pytest.approx(-7.5, abs=0.11)
    rows = [row for row in rig.rows() if row.cue == "down"]
    assert [row.count for row in rows][1] > 90  # the stream was closed
    rig.wait(4)
    assert not rig.engine.run.paper
    rig.ask(Rejoin(department="SND", how="now"))
    assert values(rig, sent) == [(pytest.approx(6.5), -10.0)]


def test_joining_now_within_a_fade_goes_on_with_it() -> None:
    rig = started(level("down", "1.9", at_bar(3), -10.0, 8.0), at_bar_line=2)
    rig.ask(Take(department="SND"))
    to_bar(rig, 5)
    assert values(rig) == []
    rig.ask(Rejoin(department="SND", how="now"))
    rig.wait(6)
    sent = values(rig)
    assert sent[0] == (5.0, pytest.approx(-5.0, abs=0.05))
    assert sent[-1] == (pytest.approx(7.0, abs=0.01), -10.0)
    assert len(sent) == pytest.approx(200, abs=3)


def test_a_glide_travels_from_where_the_device_stands() -> None:
    rig = started(level("set", "1.9", at_bar(2), 0.0), level("down", "1.91", at_bar(4), -20.0), at_bar_line=3)
    rig.ask(Take(department="SND"))
    to_bar(rig, 5)
    sent = len(rig.sent)
    rig.ask(Rejoin(department="SND", how="glide", glide_s=2.0))
    rig.wait(4)
    on_wire = values(rig, sent)
    assert on_wire[0] == (5.0, 0.0)
    assert dict(on_wire)[5.5] == pytest.approx(-10.0)
    assert on_wire[-1] == (6.0, -20.0)


def test_a_glide_goes_after_a_value_that_is_moving_and_then_with_it() -> None:
    rig = started(level("set", "1.9", at_bar(2), 0.0), level("down", "1.91", at_bar(4), -16.0, 8.0), at_bar_line=3)
    rig.ask(Take(department="SND"))
    to_bar(rig, 5)
    sent = len(rig.sent)
    rig.ask(Rejoin(department="SND", how="glide", glide_s=2.0))
    rig.wait(10)
    on_wire = dict(values(rig, sent))
    assert on_wire[5.0] == pytest.approx(0.0, abs=0.01)
    assert on_wire[5.5] == pytest.approx(-6.0 / 2, abs=0.2)  # half-way to where it is wanted by then
    assert on_wire[6.0] == pytest.approx(-8.0, abs=0.1)  # there
    assert on_wire[7.0] == pytest.approx(-12.0, abs=0.1)  # and with it
    assert list(on_wire.values())[-1] == -16.0


def test_a_glide_is_at_once_where_there_is_no_number() -> None:
    rig = started(at_bar_line=4)
    rig.ask(Take(department="LX"))
    to_bar(rig, 7)
    sent = len(rig.sent)
    rig.ask(Rejoin(department="LX", how="glide", glide_s=5.0))
    assert [d.command.cue for d in rig.sent[sent:]] == ["song-verse"]


def test_a_hand_fades_from_where_the_device_stands_not_from_where_it_is_wanted() -> None:
    rig = started(
        level("set", "1.9", at_bar(2), -2.0),
        level("down", "1.91", at_bar(4), -20.0),
        level("mine", "1.92", CALLED, -6.0, 1.0),
        at_bar_line=3,
    )
    rig.ask(Take(department="SND"))
    to_bar(rig, 5)
    sent = len(rig.sent)
    rig.ask(Fire(cue="mine"))
    rig.wait(2)
    assert values(rig, sent)[0] == (5.0, -2.0)
    assert values(rig, sent)[-1][1] == -6.0


def test_a_fade_of_a_hand_goes_on_when_its_department_is_taken() -> None:
    rig = started(level("mine", "1.9", CALLED, -10.0, 2.0), at_bar_line=3)
    rig.ask(Fire(cue="mine"))
    rig.wait(0.5)
    rig.ask(Take(department="SND"))
    rig.wait(2)
    assert values(rig)[-1] == (4.0, -10.0)


def test_hold_holds_what_is_tracked_and_joining_in_a_hold_waits_for_the_roll() -> None:
    rig = started(level("down", "1.9", at_bar(3), -10.0, 4.0), at_bar_line=3.5)
    rig.ask(Take(department="SND"))
    rig.ask(Hold())
    rig.wait(20)
    sent = len(rig.sent)
    rig.ask(Rejoin(department="SND", how="now"))
    rig.wait(5)
    assert [db for _, db in values(rig, sent)] == [pytest.approx(-2.5, abs=0.05)]
    rig.ask(Roll())
    rig.wait(4)
    assert values(rig, sent)[-1][1] == -10.0
    assert values(rig, sent)[-1][0] == pytest.approx(3.5 + 12.5 + 1.5, abs=0.02)
