"""What becomes of a command after it was sent: by the device's own words, in its time, and never by sending alone."""

from __future__ import annotations

from typing import Any

import pytest

from console.engine.confirming import UNCONFIRMABLE
from console.show.cues import Cue
from console.vocabulary import AllStop, Confirmed, Fire
from devices.contract import Report, Result
from tests.support.builders import CALLED, make_cue, song_show, step
from tests.support.engine_rig import EngineRig, s
from tests.support.houses import DESK, MIXER, PROFILES

CH1 = ("foh", "level", "ch/1")
TALKING = {
    "confirm_ms": 500,
    "flags": {"echo": True},
    "transports": [{"kind": "osc_udp", "port": 8000, "reply": "same_socket"}],
}
TALKERS = {
    **PROFILES,
    "test/mixer": MIXER.model_validate({**MIXER.model_dump(by_alias=True, exclude_unset=True), **TALKING}),
    "test/desk": DESK.model_validate({**DESK.model_dump(by_alias=True, exclude_unset=True), **TALKING}),
}


def level(cue: str, number: str, db: float, fade_s: float | None = None) -> Cue:
    return make_cue(cue, number, CALLED, step("level.set", strip="ch/1", db=db, fade_s=fade_s), role="audio.foh")


SHOW = song_show(
    level("down", "2", -10.0),
    level("up", "3", 0.0),
    level("fade", "4", -20.0, 1.0),
    make_cue("look", "5", CALLED, step("cue.fire", list=1, cue="10", fade_s=3.0)),
    make_cue("go", "6", CALLED, step("cue.go")),
    make_cue("clip", "7", CALLED, step("clip.play", clip="LOGO"), role="video.server"),
)


@pytest.fixture
def rig() -> EngineRig:
    """A house whose mixer and desk echo; half a second is waited for them."""
    rig = EngineRig(SHOW, profiles=TALKERS)
    rig.wait(2)
    return rig


def say(rig: EngineRig, device: str, verb: str, *, ago_s: float = 0.0, **args: Any) -> None:
    rig.hear(Report(device, rig.now_ns - s(ago_s), verb, args))


def word(rig: EngineRig, cue: str) -> list[tuple[str, str]]:
    return [(each.result, each.words) for each in rig.notices if isinstance(each, Confirmed) and each.cue == cue]


def drifts(rig: EngineRig, device: str = "foh") -> list[tuple[str, ...]]:
    return list(rig.engine.run.reported.drifting(device))


def test_an_echo_confirms_and_quotes_the_row(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    rig.wait(0.1)
    assert word(rig, "down") == []
    say(rig, "foh", "level.set", strip="ch/1", db=-10.0)
    (notice,) = (each for each in rig.notices if isinstance(each, Confirmed) and each.cue == "down")
    row = rig.row("down")
    assert (notice.seq, notice.result, row.outcome, row.confirmed) == (row.seq, "confirmed", "sent", "")
    rig.wait(2)
    assert word(rig, "down") == [("confirmed", "")]


def test_silence_is_not_confirmed_and_late_words_change_nothing(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    rig.wait(1)
    assert word(rig, "down") == [("unconfirmed", "no answer within 0.5 s")]
    say(rig, "foh", "level.set", strip="ch/1", db=-10.0)
    assert word(rig, "down") == [("unconfirmed", "no answer within 0.5 s")]


def test_a_word_that_came_late_confirms_nothing_even_if_it_is_read_at_once_with_the_end(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    rig.now_ns += s(0.6)
    say(rig, "foh", "level.set", strip="ch/1", db=-10.0)
    assert word(rig, "down") == [("unconfirmed", "no answer within 0.5 s")]


def test_words_from_before_the_bytes_left_confirm_nothing(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    say(rig, "foh", "level.set", ago_s=0.01, strip="ch/1", db=-10.0)
    assert word(rig, "down") == []


@pytest.mark.parametrize(
    ("device", "verb", "args"),
    [
        ("foh", "level.set", {"strip": "ch/2", "db": -10.0}),  # another strip
        ("foh", "mute.set", {"strip": "ch/1", "on": True}),  # another parameter
        ("lx-main", "level.set", {"strip": "ch/1", "db": -10.0}),  # another device
        ("foh", "nonsense", {"strip": "ch/1"}),
        ("nobody", "level.set", {"strip": "ch/1", "db": -10.0}),
    ],
)
def test_another_s_answer_confirms_nothing(rig: EngineRig, device: str, verb: str, args: dict[str, Any]) -> None:
    rig.ask(Fire(cue="down"))
    say(rig, device, verb, **args)
    rig.hear(Report("foh", rig.now_ns, None))
    rig.wait(1)
    assert word(rig, "down") == [("unconfirmed", "no answer within 0.5 s")]


def test_a_device_that_stands_elsewhere_contradicts_when_its_time_is_over(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    say(rig, "foh", "level.set", strip="ch/1", db=-3.0)
    assert word(rig, "down") == []
    assert drifts(rig) == []
    rig.wait(1)
    assert word(rig, "down") == [("contradicted", "the device says db=-3")]
    assert drifts(rig) == [CH1]


def test_the_right_value_after_a_wrong_one_confirms(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    say(rig, "foh", "level.set", strip="ch/1", db=-3.0)
    say(rig, "foh", "level.set", strip="ch/1", db=-10.0)
    rig.wait(1)
    assert word(rig, "down") == [("confirmed", "")]


def test_a_touched_fader_drifts_and_rewrites_no_outcome(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    say(rig, "foh", "level.set", strip="ch/1", db=-10.0)
    rig.wait(5)
    say(rig, "foh", "level.set", strip="ch/1", db=-3.0)
    rig.wait(5)
    assert word(rig, "down") == [("confirmed", "")]
    assert drifts(rig) == [CH1]
    sent, reading = rig.engine.run.expected.get(CH1), rig.engine.run.reported.get(CH1)
    wanted = rig.engine.run.desired.get(("audio.foh", "level", "ch/1"))
    assert sent is not None
    assert reading is not None
    assert wanted is not None
    assert (wanted.args["db"], sent.value, reading.args["db"]) == (-10.0, -10.0, -3.0)
    say(rig, "foh", "level.set", strip="ch/1", db=-10.0)
    assert drifts(rig) == []


def test_a_new_command_ends_a_drift_until_the_device_speaks(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    rig.wait(1)
    say(rig, "foh", "level.set", strip="ch/1", db=-3.0)
    assert drifts(rig) == [CH1]
    rig.ask(Fire(cue="up"))
    assert drifts(rig) == []


def test_of_two_commands_to_one_parameter_the_first_is_displaced_not_contradicted(rig: EngineRig) -> None:
    rig.ask(Fire(cue="down"))
    rig.ask(Fire(cue="up"))
    say(rig, "foh", "level.set", strip="ch/1", db=0.0)
    rig.wait(1)
    assert word(rig, "up") == [("confirmed", "")]
    assert word(rig, "down") == [("unconfirmed", "a later command took its place before the device spoke")]


def test_a_stream_is_confirmed_at_its_end_only(rig: EngineRig) -> None:
    rig.ask(Fire(cue="fade"))
    rig.wait(0.5)
    say(rig, "foh", "level.set", strip="ch/1", db=-10.0)
    say(rig, "foh", "level.set", strip="ch/1", db=-20.0)
    assert word(rig, "fade") == []
    assert drifts(rig) == []
    rig.wait(0.6)
    say(rig, "foh", "level.set", strip="ch/1", db=-20.0)
    assert word(rig, "fade") == [("confirmed", "")]
    last = [row for row in rig.rows() if row.cue == "fade"][-1]
    assert [each.seq for each in rig.notices if isinstance(each, Confirmed) and each.cue == "fade"] == [last.seq]


def test_a_stream_that_was_stopped_is_confirmed_where_it_stands(rig: EngineRig) -> None:
    rig.ask(Fire(cue="fade"))
    rig.wait(0.5)
    rig.ask(AllStop())
    say(rig, "foh", "level.set", strip="ch/1", db=-20.0)
    say(rig, "foh", "level.set", strip="ch/1", db=-10.0)
    assert word(rig, "fade") == [("confirmed", "")]


def test_a_device_s_own_fade_is_settling_and_not_contradicted(rig: EngineRig) -> None:
    rig.ask(Fire(cue="look"))
    rig.wait(1)
    say(rig, "lx-main", "cue.fire", list=1, cue="9")
    rig.wait(2.2)
    assert word(rig, "look") == []
    assert drifts(rig, "lx-main") == []
    rig.wait(0.5)
    assert word(rig, "look") == [("unconfirmed", "no answer within 0.5 s")]


def test_one_answer_to_a_trigger_is_to_one_command(rig: EngineRig) -> None:
    rig.ask(Fire(cue="go"))
    rig.ask(Fire(cue="go"))
    say(rig, "lx-main", "cue.go")
    rig.wait(1)
    assert [result for result, _ in word(rig, "go")] == ["confirmed", "unconfirmed"]


def test_who_cannot_tell_is_unconfirmable_at_once_and_quietly(rig: EngineRig) -> None:
    rig.ask(Fire(cue="clip"))
    rig.wait(1)
    assert {row.confirmed for row in rig.rows() if row.cue == "clip"} == {UNCONFIRMABLE}
    assert word(rig, "clip") == []


def test_what_did_not_leave_waits_for_nothing(rig: EngineRig) -> None:
    rig.results["foh"] = Result.FAILED
    rig.ask(Fire(cue="down"))
    say(rig, "foh", "level.set", strip="ch/1", db=-10.0)
    rig.wait(1)
    assert word(rig, "down") == []
    assert (rig.row("down").outcome, rig.row("down").confirmed) == ("failed", "")


def test_nothing_is_waited_for_for_ever(rig: EngineRig) -> None:
    for _ in range(100):
        rig.ask(Fire(cue="down"))
    assert not rig.engine.is_settled
    rig.wait(1)
    assert rig.engine.is_settled
