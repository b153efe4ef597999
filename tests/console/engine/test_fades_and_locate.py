"""Fades on the clock, and the promise that located and rolled are the same."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from console.engine.engine import Engine
from console.plan.resolver import StateIndex, standing_choices
from console.plan.schedule import build_schedule
from console.show.cues import Cue, Point, Step
from console.show.show import Show
from console.vocabulary import Fire, Go, GoKeyUp, Hold, Locate, Roll
from tests.support.builders import CALLED, after, at_bar, light, make_cue, song_show, step
from tests.support.engine_rig import ZERO_NS, EngineRig


def level(cue: str, number: str, at: Any, db: float, fade_s: float | None = None, strip: str = "ch/1") -> Cue:
    return make_cue(cue, number, at, step("level.set", strip=strip, db=db, fade_s=fade_s), role="audio.foh")


def start(rig: EngineRig) -> None:
    rig.ask(Go())
    rig.ask(GoKeyUp())


def values(rig: EngineRig, cue: str) -> list[tuple[float, float]]:
    """(seconds due, value on the wire) of everything a fade sent."""
    return [
        (round((d.command.due_ns - ZERO_NS) / 1e9, 6), struct.unpack(">f", d.packet.payload[-4:])[0])  # type: ignore[attr-defined]
        for d in rig.sent
        if d.command.cue == cue
    ]


def test_a_fade_runs_on_the_clock_from_the_rest_value_and_ends_exactly() -> None:
    rig = EngineRig(song_show(level("down", "1.9", CALLED, -10.0, 1.0)))
    rig.ask(Fire(cue="down"))
    rig.wait(2)
    sent = values(rig, "down")
    assert len(sent) == 51  # the mixer takes 50 a second; both ends
    assert sent[0] == (0.0, 0.0)
    assert sent[25] == (0.5, -5.0)
    assert sent[-1] == (1.0, -10.0)


def test_a_fade_has_a_row_at_its_start_and_one_at_its_end_with_the_count() -> None:
    rig = EngineRig(song_show(level("down", "1.9", CALLED, -10.0, 1.0)))
    rig.ask(Fire(cue="down"))
    rig.wait(2)
    assert [(row.due_s, row.count) for row in rig.rows() if row.cue == "down"] == [(0.0, 1), (1.0, 51)]


def test_a_later_fade_takes_over_from_where_the_first_one_stands() -> None:
    rig = EngineRig(
        song_show(level("down", "1.9", CALLED, -10.0, 1.0), level("up", "1.91", CALLED, 0.0, 1.0)),
    )
    rig.ask(Fire(cue="down"))
    rig.wait(0.5)
    rig.ask(Fire(cue="up"))
    rig.wait(3)
    assert values(rig, "down")[-1][0] <= 0.5
    assert values(rig, "up")[0] == (0.5, -5.0)
    assert values(rig, "up")[-1] == (1.5, 0.0)


def test_a_fade_to_silence_goes_down_in_decibels() -> None:
    rig = EngineRig(song_show(level("out", "1.9", CALLED, -90.0, 9.0)))
    rig.ask(Fire(cue="out"))
    rig.wait(10)
    assert dict(values(rig, "out"))[3.0] == pytest.approx(-30.0, abs=1e-4)


def test_points_are_followed_and_a_hold_keeps_the_rest_for_later() -> None:
    points = (Point(offset_s=1.0, value=-10.0), Point(offset_s=2.0, value=0.0))
    dip = Step(verb="level.set", args={"strip": "ch/1", "db": 0.0}, points=points)
    cue = make_cue("dip", "1.9", CALLED, dip, role="audio.foh")
    rig = EngineRig(song_show(cue))
    start(rig)
    rig.ask(Fire(cue="dip"))
    rig.wait(1.5)
    rig.ask(Hold())
    rig.wait(10)
    rig.ask(Roll())
    rig.wait(2)
    sent = dict(values(rig, "dip"))
    assert sent[0.5] == -5.0
    assert sent[1.5] == -5.0
    assert sent[12.0] == 0.0
    assert not [due_s for due_s in sent if 1.5 < due_s < 11.5]


def test_locate_sends_the_state_there_once_in_cue_order_and_no_trigger() -> None:
    extra = make_cue("macro", "1.95", at_bar(3), step("cue.go"))
    rig = EngineRig(song_show(extra))
    rig.ask(Locate(item="song", position_ns=bar_ns(9.0)))
    located = [d.command.cue for d in rig.sent if d.command.trigger == "locate"]
    assert located == ["song-verse", "song-after"]  # the scene is loaded already, the clip is for the operator to say
    assert not rig.verbs(cue="macro")
    assert not rig.verbs(cue="song-intro")  # one cue a playback: the last that holds


def test_locate_goes_on_from_the_middle_of_a_fade() -> None:
    rig = EngineRig(song_show(level("down", "1.9", at_bar(2), -10.0, 4.0), level("set", "1.91", at_bar(1), -2.0)))
    rig.ask(Locate(item="song", position_ns=bar_ns(3.0), roll=True))
    rig.wait(4)
    sent = values(rig, "down")
    assert sent[0] == (0.0, -6.0)  # half-way from −2 to −10
    assert sent[-1] == (2.0, -10.0)


def test_locate_and_roll_does_not_send_what_is_behind() -> None:
    rig = EngineRig(song_show())
    rig.ask(Locate(item="song", position_ns=bar_ns(5.5), roll=True))
    rig.sent.clear()
    rig.wait(12)
    assert rig.cues_sent() == ["song-bridge"]


def test_a_place_outside_the_item_is_refused() -> None:
    rig = EngineRig(song_show())
    assert rig.ask(Locate(item="song", position_ns=10**12)) == (
        "song has no such place: it runs from -4.000 s to 32.000 s"
    )
    assert rig.ask(Locate(item="nothing", position_ns=0)) == "the rundown has no item 'nothing'"


def bar_ns(bar: float) -> int:
    """A bar line at 120 in 4/4."""
    return round((bar - 1) * 2e9)


def wanted(engine: Engine, now_ns: int) -> dict[tuple[str, ...], tuple[object, ...]]:
    """What the engine wants of every parameter, comparably."""
    state = engine.run.desired.snapshot()
    return {
        key: (each.verb, tuple(sorted(each.args.items())), _rounded(each.value_at(now_ns)))
        for key, each in state.items()
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


@st.composite
def shows(draw: st.DrawFn) -> Show:
    """A song with looks, fades and followers at whole beats, some of them on top of each other."""
    cues = []
    for n in range(draw(st.integers(1, 8))):
        at = at_bar(draw(st.integers(1, 16)), draw(st.integers(1, 4)))
        if draw(st.booleans()):
            cues.append(make_cue(f"x{n}", f"5.{n + 10}", at, light(str(n), draw(st.sampled_from([None, 2.0])))))
        else:
            fade_s = draw(st.sampled_from([None, 0.5, 3.0, 9.0]))
            cues.append(level(f"x{n}", f"5.{n + 10}", at, float(-n), fade_s, draw(st.sampled_from(["ch/1", "ch/2"]))))
        if draw(st.booleans()):
            follows = after(f"x{n}", draw(st.sampled_from([0.0, 0.25, 1.5])), "end")
            cues.append(make_cue(f"f{n}", f"6.{n + 10}", follows, light(f"f{n}")))
    return song_show(*cues)


QUICK = settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""Failures are small enough as they come; shrinking them takes minutes."""


@QUICK
@given(shows(), st.integers(0, 31_000))
def test_rolled_and_located_are_the_same(show: Show, at_ms: int) -> None:
    """Called cues are pressed at their planned moments; the state is what the house should see, latency aside."""
    position_ns = at_ms * 1_000_000
    schedule = build_schedule(show)
    moments = [time.planned_ns for time in schedule.cue_times.values()]
    # A send leaves its lead before the moment: within that time the two differ by design.
    assume(all(not 0 < moment - position_ns <= 60_000_000 for moment in moments))
    rolled = EngineRig(show)
    start(rolled)
    zero_s = 0.05 + 4.0
    if position_ns >= bar_ns(13.0):
        rolled.wait_until(zero_s + bar_ns(13.0) / 1e9)
        rolled.ask(Fire(cue="song-call"))
    rolled.wait_until(zero_s + position_ns / 1e9)
    located = EngineRig(show)
    located.ask(Locate(item="song", position_ns=position_ns))
    resolved = StateIndex(show, schedule, standing_choices(show)).resolve("song", position_ns)
    first, second = wanted(rolled.engine, rolled.now_ns), wanted(located.engine, located.now_ns)
    for key, standing in resolved.items():
        assert first[key][:2] == (standing.verb, tuple(sorted(standing.args.items()))), key
        if standing.chase == "yes":
            assert first[key][:2] == second[key][:2], key
            # Fades begin their 5 ms of latency early: at 20 dB a second that is a tenth of a decibel.
            assert first[key][2] == (None if second[key][2] is None else pytest.approx(second[key][2], abs=0.15)), key
            if standing.from_value is not None:
                assert second[key][2] == _rounded(standing.value), key


@QUICK
@given(shows(), st.integers(7, 400))
def test_coarse_and_exact_stepping_decide_the_same(show: Show, grain_ms: int) -> None:
    exact, coarse = EngineRig(show), EngineRig(show, grain_ns=grain_ms * 1_000_000)
    for rig in (exact, coarse):
        start(rig)
        rig.wait_until(20)
        rig.ask(Fire(cue="song-call"))
        rig.wait_until(45)
    assert _decided(exact) == _decided(coarse)


def _decided(rig: EngineRig) -> list[tuple[float, str | None, str, str]]:
    """Everything but the steps inside a fade and their count, which a coarse loop thins."""
    return [(row.due_s, row.cue, row.command, row.outcome) for row in rig.rows() if row.count == 1]
