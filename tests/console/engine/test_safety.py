"""The safety rows of the domain, by their names: arming, lines, jumps, panic, show stop, weather, once, zones.

SA-09 is in ``test_held_outputs``, SA-11 in ``plan/test_flashes``, SA-12 in ``test_change_over``, SA-08's bytes in
``devices/midi``. SA-13, two consoles that both think they are main, waits for a second console.
"""

from __future__ import annotations

import math
from typing import Any

import pytest

from console.show.cues import Cue
from console.show.show import Role, Rules
from console.show.songs import Vamp
from console.vocabulary import (
    Arm,
    Back,
    Disarm,
    EndItem,
    Fire,
    Go,
    GoKeyUp,
    LineMoved,
    Load,
    Locate,
    MoveStandby,
    Panic,
    ReleasePanic,
    ResumeShow,
    Roll,
    SetInput,
    SetReading,
    ShowStop,
)
from devices.contract import Health, Incoming, Severity
from profiles.venue_profile import Venue
from tests.support.builders import CALLED, LOAD, ROLES, at_bar, make_cue, song_show, step
from tests.support.engine_rig import EngineRig
from tests.support.houses import HOUSE, make_venue

ARMS = ("operator", "pyro-tech")
ATMOS = Role(id="sfx.atmos", department="PYRO", hazard="low", verbs=("effect.fire", "effect.stop"))

NOTE = {"midi_port": "GPI", "midi": "note/1/36"}

GUST = {
    "id": "gust",
    "kind": "gauge",
    "unit": "m/s",
    "osc": "/weather/gust",
    "stale_s": 60,
    "limits": [
        {"roles": ["sfx.pyro"], "below": 8.0},
        {"roles": ["sfx.atmos"], "when": {"device": "confetti-fans"}, "below": 6.0},
    ],
}


def house(**fields: Any) -> Venue:
    """A hall with flames behind an enable line on a MIDI port, a dead-man by OSC and a watched zone; and fans."""
    inputs = [
        {
            "id": "enable",
            "kind": "enable",
            "roles": ["sfx.pyro"],
            "midi_port": "GPI",
            "midi": "note/1/36",
            "stale_s": 60,
        },
        {"id": "dead-man", "kind": "dead_man", "roles": ["sfx.pyro"], "osc": "/in/2", "stale_s": 0.5},
        {"id": "clear", "kind": "zone_clear", "zone": "upstage", "osc": "/in/3", "stale_s": 10},
        *fields.pop("more_inputs", []),
    ]
    return make_venue(
        **{
            "absent": [],
            "devices": [
                *HOUSE["devices"],
                {"id": "pyro", "profile": "test/anything", "host": "10.0.0.11"},
                {"id": "fans", "profile": "test/anything", "host": "10.0.0.12"},
            ],
            "roles": [*HOUSE["roles"], {"id": "sfx.pyro", "main": "pyro"}, {"id": "sfx.atmos", "main": "fans"}],
            "inputs": inputs,
            **fields,
        }
    )


def flame(at: Any = CALLED, **fields: Any) -> Cue:
    given = {"hazard": "high", "arm": ARMS, "arm_window_s": 20.0, "zone_clear": "upstage", **fields}
    return make_cue("flame", "1.9", at, step("effect.fire", device="flame-1", ms=700), role="sfx.pyro", **given)


def blow(cue: str, number: str, device: str, **fields: Any) -> Cue:
    return make_cue(cue, number, CALLED, step("effect.fire", device=device, ms=900), role="sfx.atmos", **fields)


def rig_for(*cues: Cue, venue: Venue | None = None, **fields: Any) -> EngineRig:
    return EngineRig(song_show(*cues, roles=(*ROLES, ATMOS), **fields), venue or house())


def hear(rig: EngineRig, address: str, *args: Any) -> None:
    kind, source = ("midi", "midi:GPI") if address.startswith("note/") else ("osc", "osc")
    rig.hear(Incoming(source, kind, address, args, rig.now_ns))


def lines_up(rig: EngineRig) -> None:
    hear(rig, "note/1/36", 40)
    hear(rig, "/in/2", 1)
    hear(rig, "/in/3", 1)


def arm(rig: EngineRig, *roles: str) -> None:
    for role in roles:
        assert rig.ask(Arm(cue="flame", role=role, by=f"{role}'s seat")) is None


def fired(rig: EngineRig, cue: str = "flame") -> int:
    return len(rig.verbs(cue=cue))


def last_outcome(rig: EngineRig) -> str:
    return rig.rows()[-1].outcome


# ----------------------------------------------------------------------------------------------------------- SA-01, 02


def test_sa_01_both_roles_within_the_window_or_nothing() -> None:
    rig = rig_for(flame())
    for roles, outcome in (((), "arm by operator, arm by pyro-tech"), (("operator",), "arm by pyro-tech")):
        lines_up(rig)
        arm(rig, *roles)
        rig.ask(Fire(cue="flame"))
        assert last_outcome(rig) == f"inhibited: {outcome}"
    rig.wait(15)
    arm(rig, "pyro-tech")
    rig.wait(6)  # the operator's yes is 21 s old: that role is disarmed, the other is not
    lines_up(rig)
    rig.ask(Fire(cue="flame"))
    assert last_outcome(rig) == "inhibited: arm by operator"
    assert fired(rig) == 0
    arm(rig, "operator")
    rig.ask(Fire(cue="flame"))
    assert fired(rig) == 1
    assert rig.row("flame").by == "operator"
    assert rig.rows()[-1].trigger == "fire, armed by operator's seat, pyro-tech's seat"


def test_sa_01_a_yes_can_be_taken_back_and_every_stop_takes_all() -> None:
    rig = rig_for(flame())
    arm(rig, *ARMS)
    assert rig.ask(Disarm(cue="flame", role="operator")) is None
    assert rig.ask(Disarm(cue="flame", role="operator")) == "1.9 is not armed by operator"
    lines_up(rig)
    rig.ask(Fire(cue="flame"))
    assert last_outcome(rig) == "inhibited: arm by operator"
    arm(rig, *ARMS)
    rig.ask(Panic())
    rig.ask(ReleasePanic())
    lines_up(rig)
    rig.ask(Fire(cue="flame"))
    assert last_outcome(rig) == "inhibited: arm by operator, arm by pyro-tech"


def test_sa_01_two_roles_are_two_people_where_the_show_says_so() -> None:
    rig = rig_for(flame(), rules=Rules(arm_apart=True))
    assert rig.ask(Arm(cue="flame", role="operator", by="Kim")) is None
    assert rig.ask(Arm(cue="flame", role="pyro-tech", by="Kim")) == (
        "Kim has armed 1.9 as operator; pyro-tech has to be somebody else"
    )
    assert rig.ask(Arm(cue="flame", role="pyro-tech", by="Sasha")) is None


@pytest.mark.parametrize(
    ("address", "args", "against"),
    [
        ("note/1/36", (0,), "enable low"),
        ("/in/2", (0,), "dead-man low"),
        ("/in/2", (), "dead-man low"),
        ("/in/2", ("1",), "dead-man low"),
        ("/in/2", (math.nan,), "dead-man low"),
        ("/in/3", (False,), "upstage not clear"),
    ],
)
def test_sa_02_a_line_that_goes_low_keeps_the_flame_and_says_so(address: str, args: Any, against: str) -> None:
    rig = rig_for(flame())
    arm(rig, *ARMS)
    lines_up(rig)
    hear(rig, address, *args)
    rig.ask(Fire(cue="flame"))
    assert (fired(rig), last_outcome(rig)) == (0, f"inhibited: {against}")


def test_sa_02_an_unplugged_port_is_low_and_silence_is_low() -> None:
    rig = rig_for(flame())
    arm(rig, *ARMS)
    lines_up(rig)
    rig.hear(Health("midi:GPI", Severity.FATAL, "no port of that name"))
    assert LineMoved(at_ns=0, input="enable", value=None, by="midi:GPI", words="no port of that name") in rig.notices
    rig.ask(Fire(cue="flame"))
    assert last_outcome(rig) == "inhibited: enable low"
    lines_up(rig)
    rig.wait(0.6)  # the dead-man's line was not heard for more than half a second
    rig.ask(Fire(cue="flame"))
    assert last_outcome(rig) == "inhibited: dead-man low"
    hear(rig, "/in/2", 1)
    rig.ask(Fire(cue="flame"))
    assert fired(rig) == 1


def test_sa_02_a_line_of_another_port_or_wire_is_not_this_line() -> None:
    rig = rig_for(flame())
    rig.hear(Incoming("midi:OTHER", "midi", "note/1/36", (100,), rig.now_ns))
    rig.hear(Incoming("midi:OTHER", "midi", "/in/2", (100,), rig.now_ns))
    assert not [each for each in rig.notices if isinstance(each, LineMoved)]


def test_sa_02_nobody_holds_a_live_line_by_hand_unless_the_house_lets_them() -> None:
    rig = rig_for(flame())
    assert rig.ask(SetInput(input="dead-man", high=True)) == (
        "dead-man is not held by hand here: it guards live devices, and the house does not allow it"
    )
    assert rig.ask(SetInput(input="dead-man", high=False)) is None
    assert rig.ask(SetInput(input="nothing", high=True)) == "the house has no line 'nothing'"
    assert rig.ask(SetInput(input="zone:nowhere", high=True)) == "the house has no line 'zone:nowhere'"


# --------------------------------------------------------------------------------------------------------------- SA-03


def jumps(rig: EngineRig) -> dict[str, Any]:
    """Every way past the flame of bar 5 that is no cue of it."""
    return {
        "locate": lambda: rig.ask(Locate(item="song", position_ns=9_000_000_000, roll=True)),
        "locate to it": lambda: rig.ask(Locate(item="song", position_ns=8_000_000_000, roll=True)),
        "skip": lambda: rig.ask(EndItem(item="song")),
        "standby over it": lambda: (rig.ask(MoveStandby(by_rows=1)), rig.ask(Back())),
    }


@pytest.mark.parametrize("way", ["locate", "locate to it", "skip", "standby over it"])
def test_sa_03_no_hazard_by_jump(way: str) -> None:
    rig = rig_for(flame(at_bar(5)))
    rig.ask(Go())
    rig.ask(GoKeyUp())
    rig.wait(1)
    arm(rig, *ARMS)
    lines_up(rig)
    jumps(rig)[way]()
    rig.wait(2)
    assert fired(rig) == 0


def test_sa_03_no_hazard_by_load_loop_chase_or_resume() -> None:
    loaded = rig_for(flame(LOAD))
    arm(loaded, *ARMS)
    lines_up(loaded)
    loaded.ask(Load(item="song"))
    looped = rig_for(flame(at_bar(10), every_pass=True), vamp=Vamp(planned_repeats=2))
    looped.ask(Go())
    looped.ask(GoKeyUp())
    looped.wait_until(4.05 + 16 + 8 + 1)  # the second pass has begun: the flame of the first was not armed
    for _ in range(12):
        arm(looped, *ARMS)
        lines_up(looped)
        looped.wait(0.4)
    resumed = rig_for(flame(at_bar(5)))
    resumed.engine.resume({"song": "live"}, ())
    arm(resumed, *ARMS)
    lines_up(resumed)
    resumed.ask(Locate(item="song", position_ns=8_000_000_001, roll=True, by="resume"))
    resumed.wait(1)
    assert [fired(each) for each in (loaded, looped, resumed)] == [0, 0, 0]


# ----------------------------------------------------------------------------------------------------------- SA-04, 05

SAFE_HOUSE = house(
    safe={
        "soft": [
            {"role": "lighting.main", "verb": "blackout.set", "args": {"on": True}},
            {"role": "audio.foh", "verb": "mute.set", "args": {"strip": "pa", "on": True}},
            {"role": "video.server", "verb": "clip.play", "args": {"clip": "LOGO"}},
            {"role": "sfx.atmos", "verb": "effect.stop", "args": {"device": "confetti-fans"}},
            {"role": "sfx.pyro", "verb": "effect.stop", "args": {"device": "flame-1"}},
        ],
        "hard": [{"role": "audio.playback", "verb": "transport.stop"}],
        "show_stop": HOUSE["safe"]["show_stop"],
    },
    devices=[
        {**row, "profile": "test/anything"} if row["id"] == "lx-main" else row
        for row in house().model_dump()["devices"]
    ],
)


def test_sa_04_panic_takes_hazards_and_fans_first_and_a_blackout_last() -> None:
    rig = rig_for(flame(), venue=SAFE_HOUSE)
    rig.ask(Go())
    rig.ask(GoKeyUp())
    rig.wait(3)
    rig.sent.clear()
    pressed_ns = rig.now_ns
    rig.ask(Panic())
    assert [(d.command.role, d.command.verb) for d in rig.sent] == [
        ("sfx.atmos", "effect.stop"),
        ("sfx.pyro", "effect.stop"),
        ("audio.foh", "mute.set"),
        ("video.server", "clip.play"),
        ("video.server", "clip.play"),
        ("lighting.main", "blackout.set"),
    ]
    assert {rig.now_ns, *(d.command.due_ns for d in rig.sent)} == {pressed_ns}  # handed over in the step of the press
    rig.wait(0.9)
    rig.ask(Panic())
    assert rig.sent[-1].command.trigger == "panic, hard"
    without = EngineRig(song_show())
    without.ask(Panic())
    assert not [d for d in without.sent if d.command.verb == "blackout.set"]  # only where the house lists it


def test_sa_05_show_stop_is_called_by_those_named_and_says_what_to_put_right() -> None:
    rig = rig_for(rules=Rules(show_stop_by=("caller",)))
    rig.ask(Go())
    rig.ask(GoKeyUp())
    rig.wait(14)
    assert rig.ask(ShowStop()) == "operator may not call a show stop; caller may"
    rig.ask(ShowStop(by="caller"))
    assert rig.ask(ShowStop(by="caller", confirm=True)) is None
    assert [d.command.verb for d in rig.sent if d.command.trigger == "show stop"][:2] == ["cue.fire", "mute.set"]
    rig.sent.clear()
    resume_list = rig.engine.snapshot(rig.now_ns, rig.wall).resume_list
    assert resume_list is not None
    assert resume_list[0] == "lighting.main: cue.fire playback=main list=1 cue=20 comes back"
    assert "audio.foh: mute.set by hand" in resume_list
    for press in (Go(), Fire(cue="song-call"), Roll(), Locate(item="song", position_ns=0)):
        assert rig.ask(press) == "show stop: resume the show first"
    assert rig.sent == []
    assert rig.ask(ResumeShow()) is None
    assert [(d.command.verb, d.command.args["cue"]) for d in rig.sent] == [("cue.fire", "20")]
    assert rig.ask(ResumeShow()) == "no show stop stands"
    assert rig.ask(Roll()) is None


# --------------------------------------------------------------------------------------------------------------- SA-06


@pytest.mark.parametrize(
    ("gust", "flame_words", "confetti_words"),
    [
        (5.9, None, None),
        (6.0, None, "inhibited: gust reads 6 m/s, the limit is 6"),
        (7.9, None, "inhibited: gust reads 7.9 m/s, the limit is 6"),
        (8.0, "inhibited: gust reads 8 m/s, the limit is 8", "inhibited: gust reads 8 m/s, the limit is 6"),
        (None, "inhibited: gust has no reading", "inhibited: gust has no reading"),
        (math.nan, "inhibited: gust has no reading", "inhibited: gust has no reading"),
    ],
)
def test_sa_06_gusts_keep_flame_and_confetti(
    gust: float | None, flame_words: str | None, confetti_words: str | None
) -> None:
    rig = rig_for(flame(), blow("confetti", "1.91", "confetti-fans"), venue=house(more_inputs=[GUST]))
    arm(rig, *ARMS)
    lines_up(rig)
    if gust is not None:
        hear(rig, "/weather/gust", gust)
    for cue, words in (("flame", flame_words), ("confetti", confetti_words)):
        rig.ask(Fire(cue=cue))
        assert rig.row(cue).outcome == (words or "sent")


def test_sa_06_an_old_reading_blocks_and_what_no_gauge_guards_leaves() -> None:
    rig = rig_for(
        flame(),
        blow("co2", "1.91", "co2-row"),
        blow("confetti", "1.92", "confetti-fans"),
        venue=house(more_inputs=[GUST]),
    )
    hear(rig, "/weather/gust", 1.0)
    rig.wait(61)
    rig.ask(Fire(cue="confetti"))
    rig.ask(Fire(cue="co2"))
    assert rig.row("confetti").outcome == "inhibited: gust not read for 61 s"
    assert rig.row("co2").outcome == "sent"
    assert rig.ask(SetReading(input="gust", value=2.0)) is not None  # it guards live devices, and not by hand
    assert rig.ask(SetInput(input="gust", high=True)) == "gust is a gauge: enter what it reads"


# ----------------------------------------------------------------------------------------------------------- SA-07, 10


def test_sa_07_once_is_once_and_its_first_byte_waits_for_the_disk() -> None:
    once = blow("confetti", "1.91", "confetti-fans", once_per_show=True)
    rig = rig_for(once)
    assert rig.ask(Fire(cue="confetti")) is None
    assert all(d.once for d in rig.sent if d.command.cue == "confetti")
    restarted = EngineRig(song_show(once, roles=(*ROLES, ATMOS)), house(), spent=tuple(rig.engine.run.spent))
    assert restarted.ask(Fire(cue="confetti")) == "1.91 has been used; it goes once per show"
    assert restarted.engine.snapshot(restarted.now_ns, restarted.wall).spent == ("confetti",)


def test_sa_10_a_zone_clear_older_than_its_limit_blocks_by_wire_and_by_hand() -> None:
    rig = rig_for(flame(arm_window_s=100.0))
    arm(rig, *ARMS)
    lines_up(rig)
    rig.wait(10.5)
    hear(rig, "/in/2", 1)
    rig.ask(Fire(cue="flame"))
    assert last_outcome(rig) == "inhibited: upstage not clear"
    unwatched = rig_for(flame(arm_window_s=100.0, zone_clear="pit"), venue=house(limits={"zone_clear_s": 30}))
    arm(unwatched, *ARMS)
    assert unwatched.ask(SetInput(input="zone:pit", high=True)) is None
    unwatched.wait(30.5)
    lines_up(unwatched)
    unwatched.ask(Fire(cue="flame"))
    assert last_outcome(unwatched) == "inhibited: pit not clear"
    unwatched.ask(SetInput(input="zone:pit", high=True))
    unwatched.ask(Fire(cue="flame"))
    assert fired(unwatched) == 1
