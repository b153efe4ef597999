"""What may leave and what may not: hazards, inhibits, limits, once, panic, and lateness."""

from __future__ import annotations

import pytest

from console.show.rundown import Item
from console.show.show import Role
from console.vocabulary import (
    AllStop,
    Arm,
    Fire,
    Go,
    GoKeyUp,
    Panic,
    ReleasePanic,
    SetChoice,
    SetInput,
    SetOutput,
    ShowStop,
)
from tests.support.builders import CALLED, at_bar, light, make_cue, make_show, make_song, song_show, step
from tests.support.engine_rig import EngineRig
from tests.support.houses import HOUSE, changed, make_venue

PYRO_HOUSE = make_venue(
    absent=[],
    devices=[*HOUSE["devices"], {"id": "pyro", "profile": "test/anything", "host": "10.0.0.11"}],
    roles=[*HOUSE["roles"], {"id": "sfx.pyro", "main": "pyro"}],
    inputs=[
        {"id": "enable", "kind": "enable", "roles": ["sfx.pyro"], "osc": "/in/1", "by_hand": True, "stale_s": 2},
        {"id": "dead-man", "kind": "dead_man", "roles": ["sfx.pyro"], "osc": "/in/2", "by_hand": True, "stale_s": 2},
    ],
)

FLAME = make_cue(
    "flame",
    "1.9",
    at_bar(5),
    step("effect.fire", device="flame-1", ms=700),
    role="sfx.pyro",
    hazard="high",
    arm=("operator", "pyro-tech"),
    arm_window_s=30,
    zone_clear="upstage",
    advance_ms=90,
)

AUDIENCE = Role(id="lighting.audience", department="LX", verbs=("zone.effect",))


def start(rig: EngineRig) -> None:
    rig.ask(Go())
    rig.ask(GoKeyUp())


def arm_all(rig: EngineRig) -> None:
    for role in ("operator", "pyro-tech"):
        assert rig.ask(Arm(cue="flame", role=role)) is None
    for line in ("enable", "dead-man", "zone:upstage"):
        rig.ask(SetInput(input=line, high=True))


def test_an_armed_flame_leaves_on_time_with_its_advance() -> None:
    rig = EngineRig(song_show(FLAME), PYRO_HOUSE)
    start(rig)
    rig.wait(11)
    arm_all(rig)
    rig.wait(20)
    moment_s = 0.05 + 4.0 + 8.0
    assert rig.verbs(cue="flame") == [(round(moment_s - 0.09, 6), "pyro", "effect.fire")]
    assert rig.row("flame").trigger == "at 5.1.0, armed by operator"


@pytest.mark.parametrize("missing", ["operator", "pyro-tech", "enable", "dead-man", "zone:upstage"])
def test_one_thing_missing_and_the_flame_stays_with_the_reason(missing: str) -> None:
    rig = EngineRig(song_show(FLAME), PYRO_HOUSE)
    start(rig)
    for role in {"operator", "pyro-tech"} - {missing}:
        rig.ask(Arm(cue="flame", role=role))
    for line in {"enable", "dead-man", "zone:upstage"} - {missing}:
        rig.ask(SetInput(input=line, high=True))
    rig.wait(20)
    assert rig.verbs(cue="flame") == []
    assert missing.removeprefix("zone:") in rig.row("flame").outcome
    assert rig.row("flame").outcome.startswith("inhibited: ")


def test_arming_lapses_with_its_window_and_is_for_one_shot() -> None:
    rig = EngineRig(song_show(FLAME.model_copy(update={"arm_window_s": 5.0})), PYRO_HOUSE)
    start(rig)
    arm_all(rig)
    rig.wait(20)
    assert rig.verbs(cue="flame") == []  # twelve seconds later nobody's yes holds
    arm_all(rig)
    rig.ask(Fire(cue="flame"))
    rig.wait(1)
    assert len(rig.verbs(cue="flame")) == 1
    rig.ask(Fire(cue="flame"))
    rig.wait(1)
    assert len(rig.verbs(cue="flame")) == 1


def test_who_may_not_arm_is_told_so() -> None:
    rig = EngineRig(song_show(FLAME), PYRO_HOUSE)
    assert rig.ask(Arm(cue="flame", role="caterer")) == (
        "caterer has no part in arming 1.9; it is armed by operator, pyro-tech"
    )
    assert rig.ask(Arm(cue="song-intro", role="operator")) == "1.3  is no high hazard; it needs no arming"


def test_a_replaced_hazard_drops_its_advance_and_its_hazard() -> None:
    rig = EngineRig(song_show(FLAME))  # the small hall has no pyro: a blinder instead
    start(rig)
    rig.wait(20)
    assert rig.verbs(cue="flame") == [(12.03, "lx-main", "cue.fire")]


def test_the_live_item_inhibits_departments_and_roles() -> None:
    item = Item(id="song", kind="song", title="Song", planned_s=36, song="song", inhibits=("LX",))
    cues = (
        make_cue("start", "1", CALLED, step("transport.play", session="s"), role="audio.playback", starts_item=True),
        make_cue("look", "2", at_bar(1), light("1")),
    )
    rig = EngineRig(make_show(*cues, songs=(make_song(),), items=(item,)))
    start(rig)
    rig.wait(10)
    assert rig.row("look").outcome == "inhibited: song inhibits LX"


def test_a_strobe_over_the_limit_of_the_house_stays() -> None:
    strobe = make_cue(
        "strobe",
        "1.9",
        CALLED,
        step("zone.effect", zone="floor", effect="strobe", rate_hz=8.0, level=1.0),
        role="lighting.audience",
    )
    show = song_show(strobe)
    house = make_venue(roles=changed("roles", "lighting.audience", maps=[]))
    rig = EngineRig(show.model_copy(update={"roles": (*show.roles, AUDIENCE)}), house)
    rig.ask(Fire(cue="strobe"))
    assert rig.row("strobe").outcome == "inhibited: 8 Hz is over this house's strobe limit of 3 Hz"


def test_once_per_show_is_once_across_runs() -> None:
    once = make_cue("confetti", "1.9", CALLED, light("9"), once_per_show=True)
    rig = EngineRig(song_show(once))
    assert rig.ask(Fire(cue="confetti")) is None
    assert all(dispatch.once for dispatch in rig.sent if dispatch.command.cue == "confetti")
    assert rig.ask(Fire(cue="confetti")) == "1.9 has been used; it goes once per show"
    again = EngineRig(song_show(once), spent=("confetti",))
    assert again.ask(Fire(cue="confetti")) == "1.9 has been used; it goes once per show"


def test_panic_sends_the_safe_list_first_and_refuses_go_until_released() -> None:
    rig = EngineRig(song_show())
    start(rig)
    rig.wait(3)
    rig.sent.clear()
    rig.ask(Panic())
    assert [(d.command.trigger, d.command.verb) for d in rig.sent] == [("panic", "cue.fire")]
    rig.wait(30)
    assert len(rig.sent) == 1
    assert rig.ask(Go()) == "panic: release it first"
    assert rig.ask(Fire(cue="song-intro")) == "panic: release it before firing"
    rig.ask(ReleasePanic())
    assert rig.ask(Fire(cue="song-intro")) is None


def test_a_second_panic_within_a_second_sends_the_hard_list() -> None:
    rig = EngineRig(song_show())
    rig.ask(Panic())
    rig.wait(0.9)
    rig.ask(Panic())
    rig.wait(2)
    rig.ask(Panic())
    assert [d.command.trigger for d in rig.sent[-3:]] == ["panic", "panic, hard", "panic"]


def test_show_stop_takes_two_steps_and_is_no_blackout() -> None:
    rig = EngineRig(song_show())
    assert rig.ask(ShowStop(confirm=True)) == "ask for show stop first, then confirm within 10 s"
    rig.ask(ShowStop())
    rig.wait(11)
    assert rig.ask(ShowStop(confirm=True)) is not None
    rig.ask(ShowStop())
    rig.wait(2)
    assert rig.ask(ShowStop(confirm=True)) is None
    assert [verb for _, _, verb in rig.verbs(trigger="show stop")] == ["cue.fire", "mute.set", "clip.play", "clip.play"]


def test_all_stop_ends_what_is_pending_and_keeps_the_standby() -> None:
    rig = EngineRig(song_show())
    start(rig)
    rig.wait(3)
    sent = len(rig.sent)
    rig.ask(AllStop())
    rig.wait(60)
    assert len(rig.sent) == sent
    assert rig.engine.standbys.standing["show"] == "song-call"


def test_a_choice_must_be_declared_and_have_the_value() -> None:
    rig = EngineRig(song_show())
    assert rig.ask(SetChoice(choice="winner", value="a")) == "the show declares no choice 'winner'"


def test_an_unknown_device_cannot_be_switched() -> None:
    rig = EngineRig(song_show())
    assert rig.ask(SetOutput(device="nothing", mode="off")) == "the venue has no device 'nothing'"


def test_a_late_trigger_is_skipped_and_a_late_parameter_leaves() -> None:
    clip = make_cue("macro", "1.9", at_bar(2), step("cue.go"))
    rig = EngineRig(song_show(clip))
    start(rig)
    # The loop was away for ten seconds: bar 1 (a parameter) and bar 2 (a trigger) are long due.
    rig.now_ns += 10_000_000_000
    rig.wait(0)
    assert rig.row("song-intro").late_us == pytest.approx(5_970_000, abs=1)
    assert rig.row("macro").outcome.startswith("skipped: 39")
