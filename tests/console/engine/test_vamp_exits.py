"""Corners of vamps: exits withdrawn too late, a vamp entered again by a jump, one as long as its song; properties."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from console.plan.resolver import StateIndex, standing_choices
from console.plan.schedule import build_schedule
from console.show.cues import Condition, Cue, Is
from console.show.show import Choice, Show
from console.show.songs import Section, Vamp
from console.vocabulary import ExitVamp, Fire, Locate, Rejoin, SetChoice, Take, WithdrawExit
from tests.support.builders import CALLED, at_bar, light, make_cue, make_song, song_show, step
from tests.support.engine_rig import EngineRig
from tests.support.song_rig import ZERO_S, level, outcomes, press, started, to_bar

VAMP = Vamp(planned_repeats=3)
PASS_BARS = 4
"""Bars 9 to 12 go round."""


def test_an_exit_is_withdrawn_in_the_lead_of_what_lies_behind_until_its_bytes_have_left() -> None:
    outro = make_cue("outro", "1.9", at_bar(13), light("60"), advance_ms=400)
    two = make_cue("two", "1.91", at_bar(13), step("cue.fire", cue="61", playback="2"), advance_ms=200)
    rig = started(outro, two, vamp=VAMP)
    rig.wait_until(ZERO_S + 24 - 0.5)
    rig.ask(ExitVamp())
    rig.wait(0.15)  # the first has left, the second waits
    assert rig.ask(WithdrawExit()) == "1.9 has left with the exit of bridge; it is too late to stay"
    rig = started(two, vamp=VAMP)
    rig.wait_until(ZERO_S + 24 - 0.5)
    rig.ask(ExitVamp())
    assert rig.ask(WithdrawExit()) is None
    rig.wait_until(ZERO_S + 32 + 1)
    assert rig.engine.run.folding.pass_no == 3
    assert outcomes(rig, "two") == []
    rig.ask(ExitVamp())
    rig.wait_until(ZERO_S + 41)
    assert outcomes(rig, "two") == ["sent"]


def test_an_exit_whose_own_cues_have_left_stands() -> None:
    leave = make_cue("leave", "1.9", CALLED, step("cue.go"))
    rig = started(leave, vamp=Vamp(planned_repeats=3, exit_cues=("leave",)))
    to_bar(rig, 10)
    rig.ask(ExitVamp())
    assert rig.ask(WithdrawExit()) == "1.9 has left with the exit of bridge; it is too late to stay"


def test_withdrawing_is_answered_where_there_is_nothing_to_withdraw() -> None:
    rig = EngineRig(song_show(vamp=VAMP))
    assert rig.ask(WithdrawExit()) == "no item is live"
    press(rig)
    to_bar(rig, 2)
    assert rig.ask(WithdrawExit()) == "no exit of bridge is asked"
    rig.ask(Locate(item="song", position_ns=30_000_000_000))
    assert rig.ask(WithdrawExit()) == "no vamp is playing or ahead in this item"


def test_what_an_exit_in_the_middle_of_a_pass_took_out_comes_again_when_it_is_withdrawn() -> None:
    last = make_cue("last", "1.9", at_bar(12), light("62"), every_pass=True)
    rig = started(last, vamp=Vamp(planned_repeats=3, exit="bar"))
    to_bar(rig, 10.5)
    rig.ask(ExitVamp())
    rig.wait(0.2)
    rig.ask(WithdrawExit())
    to_bar(rig, 18)
    assert outcomes(rig, "last") == ["sent", "sent"]


def test_a_jump_into_a_vamp_that_was_left_plays_it_again() -> None:
    inside = make_cue("inside", "1.9", at_bar(10), step("cue.go"))
    each = make_cue("each", "1.91", at_bar(11), step("cue.go"), every_pass=True)
    outro = make_cue("outro", "1.92", at_bar(13), light("60"))
    rig = started(inside, each, outro, vamp=VAMP)
    to_bar(rig, 10.5)
    rig.ask(ExitVamp())
    to_bar(rig, 14)
    assert len(rig.verbs(cue="outro")) == 1
    rig.ask(Locate(item="song", position_ns=19_000_000_000))  # bar 10.5
    assert rig.engine.snapshot(rig.now_ns, rig.wall).playhead.vamp_pass == 1
    rig.wait(5 + 8 + 1)  # into the third pass
    assert rig.engine.snapshot(rig.now_ns, rig.wall).playhead.vamp_pass == 3
    assert len(rig.verbs(cue="inside")) == 1  # no trigger comes again by a jump or a pass
    assert len(rig.verbs(cue="each")) == 1 + 2
    assert len(rig.verbs(cue="outro")) == 1
    rig.ask(ExitVamp())
    rig.wait(9)
    assert len(rig.verbs(cue="outro")) == 2


def test_a_vamp_as_long_as_its_song_and_one_that_goes_beyond_it() -> None:
    for bars in (16, 20):
        whole = Section(id="song/all", name="all", bar=1, bars=bars, vamp=VAMP)
        rig = EngineRig(song_show(songs=(make_song().model_copy(update={"sections": (whole,)}),)))
        press(rig)
        rig.wait_until(ZERO_S + 2 * bars * 2 + 10)
        at = rig.engine.snapshot(rig.now_ns, rig.wall).playhead
        assert (at.vamp_pass, at.bar) == (3, 6)
        assert rig.engine.run.live_item == "song"
        rig.ask(ExitVamp())
        rig.wait(2 * bars)
        assert rig.engine.run.lives["song"] == "ended"
        assert rig.engine.run.over


# -- properties --------------------------------------------------------------------------------------------------------

QUICK = settings(max_examples=30, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@st.composite
def shows(draw: st.DrawFn) -> Show:
    """A song with a vamp: looks and fades on whole beats, some of every pass, some on a condition, some called."""
    cues: list[Cue] = []
    for n in range(draw(st.integers(1, 7))):
        fields: dict[str, Any] = {}
        at: Any = at_bar(draw(st.integers(1, 16)), draw(st.integers(1, 4)))
        if draw(st.booleans()):
            fields["every_pass"] = 9 <= at.bar <= 12
        if draw(st.integers(0, 3)) == 0:
            fields["condition"] = Condition(terms=(Is(choice="take", value=draw(st.sampled_from(["long", "short"]))),))
        if draw(st.integers(0, 3)) == 0:
            fields["mode"] = "called"  # expected there
        number = f"5.{n + 10}"
        if draw(st.booleans()):
            cues.append(make_cue(f"x{n}", number, at, light(str(n)), **fields))
        else:
            fade_s = draw(st.sampled_from([None, 0.5, 3.0]))
            made = level(f"x{n}", number, at, float(-n), fade_s)
            cues.append(made.model_copy(update=fields))
    choices = (Choice(id="take", values=("long", "short"), default="long"),)
    return song_show(*cues, vamp=Vamp(planned_repeats=2), choices=choices)


def play(show: Show, rig: EngineRig, until_s: float, passes: int, choice: str) -> None:
    """Called cues at their planned moments, the vamp left after so many passes."""
    rig.ask(SetChoice(choice="take", value=choice))
    press(rig)
    schedule = build_schedule(show)
    extra_s = (passes - 1) * 8.0
    acts: list[tuple[float, str | None]] = [(20.0 + extra_s, None)]
    for cue in show.cues:
        planned_s = schedule.cue_times[cue.id].planned_ns / 1e9
        if cue.is_called and not cue.starts_item and planned_s > -4:
            acts.append((planned_s + (extra_s if planned_s >= 24 else 0), cue.id))
    for at_s, named in sorted(acts, key=lambda act: (act[0], schedule.order.index(act[1]) if act[1] else -1)):
        if ZERO_S + at_s > until_s:
            break
        rig.wait_until(ZERO_S + at_s)
        rig.ask(Fire(cue=named) if named is not None else ExitVamp())
    rig.wait_until(until_s)


@QUICK
@given(shows(), st.integers(0, 31_000), st.integers(1, 3), st.sampled_from(["long", "short"]))
def test_rolled_through_a_vamp_and_located_are_the_same(show: Show, at_ms: int, passes: int, choice: str) -> None:
    position_ns = at_ms * 1_000_000
    schedule = build_schedule(show)
    moments = [time.planned_ns for time in schedule.cue_times.values()]
    assume(all(not 0 < moment - position_ns <= 60_000_000 for moment in moments))
    # In the vamp itself a pass begins with what stood at its top, whatever a pass before it has set.
    assume(passes == 1 or not 16_000 <= at_ms < 24_000)
    extra_s = (passes - 1) * 8.0 if at_ms >= 24_000 else 0.0
    rolled, located = EngineRig(show), EngineRig(show)
    play(show, rolled, ZERO_S + at_ms / 1000 + extra_s, passes, choice)
    located.ask(SetChoice(choice="take", value=choice))
    located.ask(Locate(item="song", position_ns=position_ns))
    assert rolled.engine.run.position_at(rolled.now_ns) == position_ns
    choices = {**standing_choices(show), "take": choice}
    index = StateIndex(show, schedule, choices)
    resolved = index.resolve("song", position_ns)
    # What is run in the first pass only is taken back by the top of the next: behind it the band has played otherwise.
    inside = [cue for cue in show.cues if 16e9 <= schedule.cue_times[cue.id].planned_ns < 24e9]
    strict = passes == 1 or all(cue.every_pass and not cue.is_called for cue in inside)
    loose = frozenset[tuple[str, ...]]() if strict else index.set_within("song", round(16e9), round(24e9))
    first, second = rolled.engine.run.desired.snapshot(), located.engine.run.desired.snapshot()
    for key, standing in resolved.items():
        if standing.chase == "yes" and key not in loose:
            for rig, have in ((rolled, first[key]), (located, second[key])):
                assert (have.verb, dict(have.args)) == (standing.verb, dict(standing.args)), key
                value = have.value_at(rig.now_ns)
                assert value == (None if standing.value is None else pytest.approx(standing.value, abs=0.2)), key


@QUICK
@given(
    shows(),
    st.integers(7, 400),
    st.integers(0, 30_000),
    st.integers(0, 20_000),
    st.sampled_from(["next_cue", "now", "glide"]),
)
def test_coarse_and_exact_stepping_decide_the_same_with_a_hand_on_it(
    show: Show, grain_ms: int, taken_ms: int, for_ms: int, how: Any
) -> None:
    exact, coarse = EngineRig(show), EngineRig(show, grain_ns=grain_ms * 1_000_000)
    for rig in (exact, coarse):
        press(rig)
        rig.wait_until(ZERO_S + taken_ms / 1000)
        rig.ask(Take(department="SND"))
        rig.wait(for_ms / 1000)
        rig.ask(Rejoin(department="SND", how=how, glide_s=0.8))
        rig.wait_until(ZERO_S + 21)
        rig.ask(ExitVamp())
        rig.wait_until(ZERO_S + 60)
    assert _decided(exact) == _decided(coarse)
    assert exact.engine.run.desired.snapshot().keys() == coarse.engine.run.desired.snapshot().keys()


def _decided(rig: EngineRig) -> list[tuple[float, str | None, str, str]]:
    """Everything but the steps inside a fade and their count, which a coarse loop thins."""
    return [(row.due_s, row.cue, row.command, row.outcome) for row in rig.rows() if row.count == 1]
