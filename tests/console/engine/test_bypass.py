"""Devices and departments bypassed and in line again; jumps, panic and all stops past what a hand is on."""

from __future__ import annotations

import struct

import pytest

from console.show.cues import Point, Step
from console.vocabulary import (
    AllStop,
    Bypass,
    Fire,
    Locate,
    Panic,
    Rejoin,
    ReleasePanic,
    Send,
    SetStandby,
    ShowStop,
    Take,
)
from tests.support.builders import at_bar, make_cue, step
from tests.support.song_rig import level, outcomes, started, to_bar


def test_a_bypassed_device_gets_nothing_from_anybody_and_comes_in_line_in_three_ways() -> None:
    for how, expected in (("next_cue", []), ("now", ["song-verse"]), ("glide", ["song-verse"])):
        rig = started(at_bar_line=4)
        assert rig.ask(Bypass(target="lx-main")) is None
        to_bar(rig, 7)
        rig.ask(Fire(cue="song-call"))
        rig.ask(Fire(cue="song-verse"))
        sent = len(rig.sent)
        assert [d for d in rig.sent if d.command.cue in ("song-verse", "song-call")] == []
        assert outcomes(rig, "song-verse") == ["skipped: bypassed", "skipped: bypassed"]
        assert (
            rig.ask(Send(role="lighting.main", verb="cue.fire", args={"list": 1, "cue": "1"})) == "lx-main is bypassed"
        )
        rig.ask(Bypass(target="lx-main", on=False, how=how))
        assert [d.command.cue for d in rig.sent[sent:]] == expected


def test_one_of_two_parallel_devices_is_bypassed() -> None:
    fade = Step(
        verb="opacity.set",
        args={"level": 1.0},
        points=(Point(offset_s=0.0, value=0.0), Point(offset_s=8.0, value=1.0)),
    )
    rig = started(
        make_cue("set", "1.9", at_bar(2), step("opacity.set", level=0.0), role="video.server"),
        make_cue("up", "1.91", at_bar(3), fade, role="video.server"),
        at_bar_line=2.5,
    )
    rig.ask(Bypass(target="vid-b"))
    to_bar(rig, 5)
    assert len(rig.verbs(cue="up", device="vid-b")) == 0
    assert len(rig.verbs(cue="up", device="vid-a")) > 150
    sent = len(rig.sent)
    rig.ask(Bypass(target="vid-b", on=False, how="now"))
    rig.wait(6)
    ours = [d for d in rig.sent[sent:] if d.command.device == "vid-b" and d.command.cue == "up"]
    first, last = (struct.unpack(">f", each.packet.payload[-4:])[0] for each in (ours[0], ours[-1]))  # type: ignore[attr-defined]
    assert (first, last) == (pytest.approx(0.5, abs=0.02), 1.0)


def test_a_department_is_bypassed_as_one() -> None:
    rig = started(at_bar_line=4)
    rig.ask(Bypass(target="VID"))
    to_bar(rig, 6)
    assert outcomes(rig, "song-clip") == ["skipped: bypassed", "skipped: bypassed"]
    assert [each.target for each in rig.engine.snapshot(rig.now_ns, rig.wall).bypassed] == ["VID"]


def test_what_is_bypassed_stays_so_when_its_department_joins() -> None:
    rig = started(at_bar_line=4)
    rig.ask(Bypass(target="lx-main"))
    rig.ask(Take(department="LX"))
    to_bar(rig, 7)
    sent = len(rig.sent)
    rig.ask(Rejoin(department="LX", how="now"))
    assert len(rig.sent) == sent
    rig.ask(Bypass(target="lx-main", on=False, how="now"))
    assert [d.command.cue for d in rig.sent[sent:]] == ["song-verse"]


def test_a_jump_moves_the_ruler_and_leaves_what_is_taken_alone() -> None:
    rig = started(at_bar_line=4)
    rig.ask(Take(department="LX"))
    sent = len(rig.sent)
    rig.ask(Locate(item="song", position_ns=20_000_000_000))
    assert "lx-main" not in [d.command.device for d in rig.sent[sent:]]
    assert rig.engine.standbys.standing["dept:LX"] == "song-call"
    rig.ask(Rejoin(department="LX", how="now"))
    assert rig.sent[-1].command.cue == "song-bridge"


def test_a_jump_after_joining_at_the_next_cue_puts_the_device_right() -> None:
    rig = started(at_bar_line=4)
    rig.ask(Take(department="LX"))
    to_bar(rig, 7)
    rig.ask(Rejoin(department="LX"))
    rig.ask(Locate(item="song", position_ns=12_000_000_000))
    assert rig.sent[-1].command.cue == "song-verse"


def test_panic_and_all_stops_reach_what_is_taken_and_what_is_bypassed() -> None:
    rig = started(level("down", "1.9", at_bar(3), -10.0, 8.0), at_bar_line=4)
    rig.ask(Take())
    rig.ask(Bypass(target="lx-main"))
    rig.ask(Bypass(target="SND"))
    sent = len(rig.sent)
    rig.ask(Panic())
    assert [(d.command.device, d.command.trigger) for d in rig.sent[sent:]] == [("lx-main", "panic")]
    sent = len(rig.sent)
    rig.ask(Panic())
    assert [(d.command.device, d.command.trigger) for d in rig.sent[sent:]] == [("tracks", "panic, hard")]
    assert rig.ask(Rejoin(how="now")) == "panic: release it first"
    assert rig.ask(Bypass(target="SND", on=False)) == "panic: release it first"
    rig.ask(ReleasePanic())
    rig.ask(ShowStop())
    sent = len(rig.sent)
    assert rig.ask(ShowStop(confirm=True)) is None
    assert [d.command.device for d in rig.sent[sent:]] == ["lx-main", "foh", "vid-a", "vid-b"]
    assert [each.target for each in rig.engine.snapshot(rig.now_ns, rig.wall).taken] == [None]


def test_all_stop_ends_what_is_tracked_too() -> None:
    rig = started(level("down", "1.9", at_bar(3), -10.0, 8.0), at_bar_line=4)
    rig.ask(Take())
    assert rig.engine.run.paper
    rig.ask(AllStop())
    assert not rig.engine.run.paper
    assert not rig.engine.run.steps.entries()


def test_a_standby_that_a_person_chose_stays() -> None:
    rig = started(at_bar_line=2)
    rig.ask(SetStandby(list="dept:LX", cue="song-call"))
    rig.ask(Take(department="LX"))
    assert rig.engine.standbys.standing["dept:LX"] == "song-call"
