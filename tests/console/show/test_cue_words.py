import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.show.cue_words import seconds_text, step_text, steps_text, when_text
from console.show.cues import At, ChoiceTable, InGroup, OnChoice, OnFeed, OnMessage, Point, Step
from profiles.verbs import CATALOGUE
from tests.support.builders import CALLED, LOAD, after, at_bar, at_offset, light, make_cue, step

MIX = step("camera.shot", camera="cam-6", shot="WS", transition="mix", ms=480)
VOTE = ChoiceTable(choice="vote", table={"red": "1", "blue": "2"})
PULSE = step("zone.effect", effect="pulse", zone="all", rate_hz=2.5, level=0.8)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (light("10", 2.0), "cue 10, list 1, over 2 s"),
        (light("10", 0.0), "cue 10, list 1"),
        (Step(verb="cue.fire", args={"cue": "10"}, fade_s=2, curve="ease_in"), "cue 10, list 1, over 2 s, ease in"),
        (PULSE, "pulse in zone all, rate 2.5 Hz, level 80 %"),
        (step("camera.shot", camera="cam-6", shot="CU hands", transition="cut"), "cam-6: CU hands"),
        (
            step("camera.shot", camera="cam-6", shot="WS", transition="mix", ms=480),
            "cam-6: WS, transition mix, 480 ms",
        ),
        (step("level.set", strip="pa", db=-math.inf), "pa to −∞ dB"),
        (step("mute.set", strip="pa", on=True), "mute set, strip pa, on on"),
        (step("clip.play", clip="VT", length_s=55.0), "play VT, for 55 s"),
        (step("effect.fire", device="bar-1", ms=700), "fire bar-1, 700 ms"),
        (step("text.clear"), "text clear"),
        (step("cue.fire", cue=VOTE), "cue by vote (red → 1, blue → 2), list 1"),
        (
            Step(verb="opacity.set", args={}, points=(Point(offset_s=0, value=0), Point(offset_s=3, value=0.5))),
            "opacity set, 2 points in 3 s, to 50 %",
        ),
        (step("desk.own", page=3), "desk own, page 3"),
    ],
)
def test_a_step_in_words(made: Step, words: str):
    assert step_text(made) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (CALLED, "called"),
        (at_bar(41, 3), "bar 41.3"),
        (at_bar(41, 3, 240), "bar 41.3.240"),
        (LOAD, "load"),
        (at_offset(-10.0), "start −10 s"),
        (at_offset(0.0, "section", "song/verse"), "verse"),
        (after("x"), "continue"),
        (after("x", 2.0, "end"), "follow +2 s"),
        (OnMessage(on="message", source="osc", address="/go"), "osc /go"),
        (OnChoice(on="choice", choice="vote", value="red"), "vote = red"),
        (OnFeed(on="feed", feed="rain", state="wet"), "rain is wet"),
        (InGroup(on="group"), "in group"),
    ],
)
def test_a_moment_in_words(at: At, words: str):
    assert when_text(make_cue("x", "1", at)) == words


def test_a_later_step_says_when():
    cue = make_cue("x", "1", CALLED, light("1"), Step(verb="cue.fire", args={"cue": "2"}, offset_s=1.5))
    assert steps_text(cue) == ("cue 1, list 1", "+1.5 s: cue 2, list 1")
    assert seconds_text(0.25) == "0.25 s"


@given(st.sampled_from(sorted(CATALOGUE)), st.data())
def test_every_verb_has_words_that_hold_what_it_is_given(verb: str, data: st.DataObject):
    args = data.draw(st.sets(st.sampled_from([arg.name for arg in CATALOGUE[verb].args] or ["extra"])))
    words = step_text(Step(verb=verb, args={name: f"<{name}>" for name in args}))
    assert words
    assert "{" not in words
    assert all(f"<{name}>" in words for name in args)
