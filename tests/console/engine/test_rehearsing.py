"""What only a rehearsal may ask: a stretch again and again, back some bars, another speed, a count-in, cue by cue."""

from __future__ import annotations

from fractions import Fraction

import pytest

from console.engine.rehearsing import bars_before_ns
from console.show.cues import Cue
from console.show.songs import Vamp
from console.timebase.tempo import Metre, TempoChange, TempoMap
from console.vocabulary import (
    Arm,
    BackBars,
    ExitVamp,
    Locate,
    OutputSwitched,
    RehearseStretch,
    Request,
    Roll,
    SetInput,
    SetOutput,
    SetSpeed,
    StepCue,
    Stop,
    SwitchDepartment,
)
from tests.support.builders import at_bar, evening_show, light, make_cue, song_show, step
from tests.support.engine_rig import EngineRig, s
from tests.support.rich_show import ARMS, LINES, RICH_HOUSE
from tests.support.song_rig import ZERO_S, level, outcomes, press, to_bar, values, words

BAR_S = 2.0
FLASH = make_cue("flash", "1.60", at_bar(6), step("cue.go"), role="lighting.main")
FLAME = make_cue(
    "flame",
    "1.61",
    at_bar(6, 2),
    step("effect.fire", device="flame-1", ms=700),
    role="sfx.pyro",
    hazard="high",
    arm=ARMS,
    arm_window_s=60.0,
)


def rehearse(*more: Cue) -> EngineRig:
    """A rehearsal of the song, standing before it."""
    return EngineRig(song_show(*more), run_kind="rehearsal")


def rolling(*more: Cue, at_bar_line: float = 1.0) -> EngineRig:
    rig = rehearse(*more)
    press(rig)
    to_bar(rig, at_bar_line)
    return rig


def bar(number: float) -> int:
    """Position of a bar line of the song."""
    return s((number - 1) * BAR_S)


def stretch(first: float, last: float, *, triggers: bool = False) -> RehearseStretch:
    return RehearseStretch(item="song", from_ns=bar(first), to_ns=bar(last), triggers=triggers)


def times_of(rig: EngineRig, cue: str) -> list[float]:
    """When each send of a cue left, in seconds of the run."""
    return [at for at, _, _ in rig.verbs(cue=cue)]


@pytest.mark.parametrize(
    "request_",
    [SetSpeed(speed=0.5), stretch(5, 9), BackBars(), StepCue(), SwitchDepartment(department="LX", mode="off")],
    ids=lambda each: each.kind,
)
def test_a_performance_refuses_it(request_: Request) -> None:
    rig = EngineRig(song_show())
    refused = rig.ask(request_)
    assert refused is not None
    assert refused.startswith("this is a performance")
    assert rig.ask(Locate(item="song", position_ns=bar(5), roll=True, count_in_bars=1)) == refused
    assert rig.engine.snapshot(rig.now_ns, rig.wall).rehearsal is None


# -- a stretch again and again -----------------------------------------------------------------------------------------


def test_a_stretch_repeats_with_its_state_put_up_at_each_top_and_no_trigger_twice() -> None:
    rig = rolling(FLASH, level("up", "1.62", at_bar(5, 2), -6.0), level("base", "1.5", at_bar(2), -20.0), at_bar_line=4)
    assert rig.ask(stretch(4, 8)) is None
    to_bar(rig, 8 + 4 + 1)  # twice at its end, and a bar into the third pass
    shown = rig.engine.snapshot(rig.now_ns, rig.wall)
    assert shown.playhead.bar == 5
    assert shown.rehearsal is not None
    assert shown.rehearsal.stretch is not None
    assert (shown.rehearsal.stretch.pass_no, shown.rehearsal.stretch.inside) == (3, True)
    assert len(times_of(rig, "flash")) == 1, "a trigger is not repeated"
    assert outcomes(rig, "flash") == ["sent", "skipped: a loop repeats no trigger"]
    moves = [db for _, db in values(rig)]
    assert moves == [-20.0, -6.0, -20.0, -6.0, -20.0], "as it stood at bar 4, at each top"
    assert [round((at - ZERO_S) / BAR_S + 1, 3) for at in times_of(rig, "song-after")] == [5.5, 9.5]
    assert not any("did not leave" in said for said in words(rig))


def test_triggers_repeat_where_somebody_asked_for_it_and_a_hazard_never() -> None:
    rig = EngineRig(song_show(FLASH, FLAME), RICH_HOUSE, run_kind="rehearsal")
    press(rig)
    to_bar(rig, 5)
    rig.ask(stretch(5, 7, triggers=True))
    for repeat in range(4):
        for role in ARMS:
            rig.ask(Arm(cue="flame", role=role))
        for line in LINES:
            rig.ask(SetInput(input=line, high=True))
        to_bar(rig, 5 + 2 * repeat + 1.5)
    assert len(times_of(rig, "flash")) == 4
    assert outcomes(rig, "flame") == ["sent", *["inhibited: a hazard never leaves by a repeat"] * 3]


def test_a_stretch_is_left_by_taking_it_away_and_triggers_behind_it_leave() -> None:
    rig = rolling(make_cue("later", "1.70", at_bar(9), step("cue.go")), at_bar_line=5)
    rig.ask(stretch(5, 7))
    to_bar(rig, 8)
    assert rig.ask(RehearseStretch(item=None)) is None
    to_bar(rig, 12)
    assert rig.engine.run.position_at(rig.now_ns) == bar(10)
    assert outcomes(rig, "later") == ["sent"]


def test_who_is_behind_the_stretch_plays_on_and_who_goes_back_comes_in() -> None:
    rig = rolling(at_bar_line=10)
    rig.ask(stretch(5, 7))
    to_bar(rig, 11)
    assert rig.engine.run.position_at(rig.now_ns) == bar(11)
    rig.ask(Locate(item="song", position_ns=bar(6)))
    rig.wait(2 * BAR_S)
    assert rig.engine.run.position_at(rig.now_ns) == bar(6)


def test_a_vamp_inside_a_stretch_is_played_until_it_is_left() -> None:
    rig = EngineRig(song_show(vamp=Vamp(planned_repeats=2)), run_kind="rehearsal")
    press(rig)
    to_bar(rig, 8)
    rig.ask(stretch(8, 14))
    to_bar(rig, 18)
    assert rig.engine.run.folding.pass_no == 3
    rig.ask(ExitVamp())
    to_bar(rig, 24)  # out of the vamp at 21, over at 23
    assert rig.engine.run.position_at(rig.now_ns) == bar(10)
    assert rig.engine.run.rehearsal.pass_no == 2


@pytest.mark.parametrize(
    ("wanted", "words_"),
    [
        (RehearseStretch(item="none", from_ns=0, to_ns=s(4)), "the rundown has no item 'none'"),
        (stretch(5, 40), "song has no such stretch: it runs from -4.000 s to 32.000 s"),
        (stretch(5, 5.01), "a stretch is 0.25 s long at least: set its end behind its start"),
    ],
)
def test_a_stretch_that_cannot_be_is_refused(wanted: Request, words_: str) -> None:
    assert rehearse().ask(wanted) == words_


# -- back, and a count-in ----------------------------------------------------------------------------------------------


def test_back_eight_bars_puts_the_state_up_and_waits() -> None:
    rig = rolling(level("a", "1.6", at_bar(3), -20.0), level("b", "1.7", at_bar(9), -6.0), at_bar_line=12.5)
    assert rig.ask(BackBars()) is None
    assert rig.engine.run.position_at(rig.now_ns) == bar(4)
    assert rig.engine.run.transport == "stopped"
    assert values(rig)[-1][1] == -20.0
    sent = len(rig.sent)
    rig.wait(20)
    assert len(rig.sent) == sent, "nothing leaves until somebody rolls"
    rig.ask(BackBars(bars=20))
    assert rig.engine.run.position_at(rig.now_ns) == 0


def test_bars_are_counted_through_metres_and_tempi() -> None:
    tempo = TempoMap(
        (Metre(1, 4, 4), Metre(3, 7, 8)), (TempoChange(1, 1, Fraction(120)), TempoChange(4, 1, Fraction(60)))
    )
    assert bars_before_ns(tempo, tempo.bar_to_ns(3), 2) == s(4)
    assert bars_before_ns(tempo, tempo.bar_to_ns(4), 1) == s(1.75)
    assert bars_before_ns(tempo, tempo.bbt_to_ns(5, 3), 2) == s(1.75 + 3.5)
    assert bars_before_ns(tempo, tempo.bar_to_ns(1), 2) == s(4), "before bar 1 as bar 1 goes"


def test_a_count_in_leads_to_the_place_and_nothing_leaves_before() -> None:
    rig = rehearse(level("a", "1.6", at_bar(3), -20.0), FLASH, make_cue("early", "1.65", at_bar(4), step("cue.go")))
    rig.ask(Locate(item="song", position_ns=bar(5)))
    sent = len(rig.sent)
    assert rig.ask(Roll(count_in_bars=2)) is None
    snapshot = rig.engine.snapshot(rig.now_ns, rig.wall)
    assert snapshot.playhead.bar == 3
    assert snapshot.rehearsal is not None
    assert snapshot.rehearsal.count_in_ns == s(4)
    begun_s = rig.now_s
    rig.wait(3.5)
    assert len(rig.sent) == sent
    rig.wait(3.0)
    assert [round(at - begun_s, 3) for at in times_of(rig, "flash")] == [5.9 + 0.1 - leads(rig, "flash")]
    assert outcomes(rig, "early") == []
    after_it = rig.engine.snapshot(rig.now_ns, rig.wall)
    assert after_it.rehearsal is not None
    assert after_it.rehearsal.count_in_ns is None


def leads(rig: EngineRig, cue: str) -> float:
    return rig.engine.run.armed[cue].sends[0].lead_ns / 1e9


def test_a_count_in_needs_bars() -> None:
    rig = EngineRig(evening_show(), run_kind="rehearsal")
    refused = rig.ask(Locate(item="film", position_ns=0, roll=True, count_in_bars=1))
    assert refused == "film has no bars to count in: leave the count-in out"


# -- speed -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("speed", [0.25, 0.5, 0.75, 2.0, 4.0])
def test_moments_go_with_the_speed_and_leads_do_not(speed: float) -> None:
    rig = rehearse(FLASH, level("fade", "1.62", at_bar(5), -6.0, fade_s=2.0))
    rig.ask(Locate(item="song", position_ns=bar(3)))
    rig.ask(SetSpeed(speed=speed))
    begun_s = rig.now_s
    rig.ask(Roll())
    rig.wait(10 / speed + 3)
    assert times_of(rig, "flash") == [pytest.approx(begun_s + 3 * BAR_S / speed - leads(rig, "flash"), abs=1e-6)]
    fade = times_of(rig, "fade")
    assert fade[-1] - fade[0] == pytest.approx(2.0, abs=1e-6), "a fade keeps its own time"
    rows = [row for row in rig.rows() if row.cue == "flash"]
    assert rows[0].late_us == 0


def test_fades_scale_where_it_was_asked_while_the_transport_stands() -> None:
    rig = rehearse(level("fade", "1.62", at_bar(5), -6.0, fade_s=2.0))
    rig.ask(Locate(item="song", position_ns=bar(4)))
    assert rig.ask(SetSpeed(speed=0.5, scale_fades=True)) is None
    rig.ask(Roll())
    rig.wait(10)
    fade = times_of(rig, "fade")
    assert fade[-1] - fade[0] == pytest.approx(4.0, abs=1e-6)
    refused = rig.ask(SetSpeed(speed=0.5))
    assert refused == "whether fades scale is set while the transport stands: hold or stop first"
    rig.ask(Stop())
    assert rig.ask(SetSpeed(speed=1)) is None
    assert rig.engine.run.rehearsal.speed == 1


def test_the_desks_own_fade_is_told_its_new_time() -> None:
    rig = rehearse()
    rig.ask(Locate(item="song", position_ns=bar(4)))
    rig.ask(SetSpeed(speed=0.5, scale_fades=True))
    slow = rig.engine.run.sends_of("song-verse")
    assert {send.self_timed_ns for send in slow} == {s(4)}
    rig.ask(SetSpeed(speed=1))
    assert {send.self_timed_ns for send in rig.engine.run.sends_of("song-verse")} == {s(2)}


def test_the_speed_changes_while_it_rolls() -> None:
    rig = rolling(FLASH, at_bar_line=4)
    rig.ask(SetSpeed(speed=0.5))
    rig.wait(BAR_S)
    assert rig.engine.run.position_at(rig.now_ns) == bar(4.5)
    rig.ask(SetSpeed(speed=4))
    rig.wait(BAR_S / 4)
    assert rig.engine.run.position_at(rig.now_ns) == bar(5.5)
    rig.wait(1)
    assert [row.late_us for row in rig.rows() if row.cue == "flash"] == [0]


# -- cue by cue --------------------------------------------------------------------------------------------------------


def test_steps_run_one_cue_after_the_other_with_the_state_they_begin_in() -> None:
    rig = rehearse(level("a", "1.25", at_bar(3), -20.0), make_cue("b", "1.26", at_bar(3), light("77")))
    run: list[str] = []
    for _ in range(5):
        before = len(rig.sent)
        assert rig.ask(StepCue()) is None
        rig.wait(0.5)
        run += dict.fromkeys(d.command.cue for d in rig.sent[before:] if d.command.trigger == "fire")
    assert run == ["song-start", "song-intro", "a", "b", "song-verse"]
    assert rig.engine.run.position_at(rig.now_ns) == bar(5)
    assert rig.engine.run.transport == "stopped"


def test_a_step_waits_for_a_transport_that_stands_and_ends_with_the_last_cue() -> None:
    rig = rolling()
    assert rig.ask(StepCue()) == "the playhead rolls: hold or stop before stepping"
    rig.ask(Locate(item="song", position_ns=bar(16), roll=False))
    rig.wait(1)
    while (refused := rig.ask(StepCue())) is None:
        rig.wait(0.5)
    assert refused == "nothing is behind this place: that was the last cue"


# -- live, ghost, off --------------------------------------------------------------------------------------------------


def test_a_department_is_switched_whole_and_what_was_known_of_it_is_forgotten() -> None:
    rig = rolling(at_bar_line=6)
    assert any(key[0].startswith("lx") for key in rig.engine.run.expected.listed())
    assert rig.ask(SwitchDepartment(department="LX", mode="off")) is None
    switched = [(n.device, n.mode) for n in rig.notices if isinstance(n, OutputSwitched)]
    assert switched
    assert {mode for _, mode in switched} == {"off"}
    assert not any(key[0] in dict(switched) for key in rig.engine.run.expected.listed())
    modes = {each.device: each.mode for each in rig.engine.snapshot(rig.now_ns, rig.wall).devices if each.role}
    assert {modes[device] for device, _ in switched} == {"off"}
    assert "live" in modes.values()
    assert rig.ask(SwitchDepartment(department="NONE", mode="off")) == "no device of this house speaks for NONE"


def test_what_comes_live_again_stands_under_put_right() -> None:
    rig = rolling(at_bar_line=6)
    rig.ask(SwitchDepartment(department="LX", mode="ghost"))
    rig.ask(SwitchDepartment(department="LX", mode="live"))
    assert rig.engine.snapshot(rig.now_ns, rig.wall).put_right.get("LX", 0) > 0
    assert any("LX is live" in said for said in words(rig))


def test_a_performance_has_no_ghosts_but_may_switch_a_device_off() -> None:
    rig = EngineRig(song_show())
    refused = rig.ask(SetOutput(device="foh", mode="ghost"))
    assert refused == "a performance plays to its devices: bypass the device, or switch it off"
    assert rig.ask(SetOutput(device="foh", mode="off")) is None
