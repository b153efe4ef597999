"""Walking the devices: what is sent, what is refused, who has the last word; and a delay that is known is learned."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from console.vocabulary import (
    AskLatencies,
    Bypass,
    CheckDevice,
    Confirmed,
    Go,
    LearnedLatencies,
    LearnedLatency,
    LineTicked,
    Panic,
    Send,
    SetOutput,
    TickLine,
)
from devices.ghosts.faults import Dead, Slow
from tests.support.builders import CALLED, make_cue, song_show, step
from tests.support.ghost_rig import GhostRig
from tests.support.houses import HOUSE, MIXER, PROFILES, changed, make_profile, make_venue

MS = 1_000_000
SAME = [{"kind": "osc_udp", "port": 8000, "reply": "same_socket"}]
ASKED = {"send": {"address": "/ping"}, "reply": {"address": "/pong"}, "every_s": 5, "timeout_s": 1}
CLOCK = make_profile(
    "test/clock",
    transports=SAME,
    health=ASKED,
    latency_ms=12,
    verbs={"timer.message": {"send": ({"address": "/say", "args": ({"s": "{text}"},)},)}},
    flags={"echo": True},
    line_check={"ask": "timer.message", "args": {"text": "LINE CHECK"}, "see": "LINE CHECK"},
)
DESK = make_profile(
    "test/mixer",
    **{**MIXER.model_dump(by_alias=True, exclude_unset=True, exclude={"id", "vendor", "product", "transports"})},
    transports=SAME,
    health=ASKED,
)
RELAY = make_profile(
    "test/relay",
    transports=SAME,
    health=ASKED,
    latency_ms=30,
    verbs={"zone.scene": {"send": ({"address": "/zone/{zone}", "args": ({"s": "{scene}"},)},)}},
    flags={"echo": True, "echo_when_done": True},
)
HERE = make_venue(
    devices=[
        *changed("devices", "foh", sim_port=None),
        {"id": "clock", "profile": "test/clock", "host": "10.0.0.21"},
        {"id": "relay", "profile": "test/relay", "host": "10.0.0.22"},
    ],
    roles=changed("roles", "lighting.audience", parallel=["relay"]),
    line_check=["TC in: 10 s locked"],
)
SHOW = song_show(
    make_cue("level", "2", CALLED, step("level.set", strip="ch/1", db=-3.0), role="audio.foh"),
)


@pytest.fixture
def rig() -> GhostRig:
    rig = GhostRig(SHOW, HERE, profiles={**PROFILES, "test/mixer": DESK, "test/clock": CLOCK, "test/relay": RELAY})
    rig.wait(2)
    return rig


def ticks(rig: GhostRig, line: str = "foh") -> list[tuple[str, str, float | None]]:
    return [
        (each.result, each.by, each.answer_ms)
        for each in rig.notices
        if isinstance(each, LineTicked) and each.line == line
    ]


def check(rig: GhostRig, device: str = "foh", **chosen: Any) -> str | None:
    return rig.ask(CheckDevice(device=device, by="LX board", **chosen))


def tick(rig: GhostRig, line: str, result: Literal["seen", "not_seen", "skipped"], note: str = "") -> str | None:
    return rig.ask(TickLine(line=line, result=result, note=note, by="A1"))


def slow(rig: GhostRig, by_ms: float, device: str = "foh") -> None:
    rig.ghosts[device].core.set_faults([Slow(by_ns=round(by_ms * MS))])


def test_a_device_that_answers_ticks_itself_with_its_time_and_stands_in_the_record(rig: GhostRig) -> None:
    slow(rig, 23.0)
    assert check(rig) is None
    rig.wait(1)
    (row,) = (row for row in rig.rows() if row.trigger == "line check")
    assert (row.device, row.role, row.command, row.by, row.outcome) == (
        "foh",
        "audio.foh",
        "line.check sends=/ping",
        "LX board",
        "sent",
    )
    assert ticks(rig) == [("answered", "foh", 23.0)]
    (word,) = (each for each in rig.notices if isinstance(each, Confirmed) and each.seq == row.seq)
    assert (word.result, word.words) == ("confirmed", "answered after 23.0 ms")


def test_a_device_that_is_dead_ticks_nothing_and_the_record_says_so(rig: GhostRig) -> None:
    rig.ghosts["foh"].dead = True
    assert check(rig) is None
    rig.wait(3)
    assert ticks(rig) == []
    assert [each.result for each in rig.notices if isinstance(each, Confirmed)] == ["unconfirmed"]


def test_one_that_cannot_answer_is_sent_a_probe_and_waits_for_nobody(rig: GhostRig) -> None:
    assert check(rig, "bands") is None
    rig.wait(5)
    (row,) = (row for row in rig.rows() if row.trigger == "line check")
    assert (row.command, row.confirmed) == ("line.check sends=/showcaller/line_check", "unconfirmable")
    assert ticks(rig, "bands") == []


def test_what_a_profile_names_is_told_like_any_parameter(rig: GhostRig) -> None:
    assert check(rig, "clock") is None
    rig.wait(1)
    assert ticks(rig, "clock") == [("answered", "clock", 12.0)]
    assert rig.ghosts["clock"].core.heard[-1].args["text"] == "LINE CHECK"
    assert [each.result for each in rig.notices if isinstance(each, Confirmed)] == ["confirmed"], "said once"


def test_a_standby_is_walked_too(rig: GhostRig) -> None:
    assert check(rig, "lx-backup") is None
    assert [row.device for row in rig.rows() if row.trigger == "line check"] == ["lx-backup"]


def test_a_person_has_the_last_word_until_it_is_sent_again(rig: GhostRig) -> None:
    slow(rig, 40.0)
    check(rig)
    tick(rig, "foh", "not_seen", "no light on its network plug")
    rig.wait(1)
    assert ticks(rig) == [("not_seen", "A1", None), ("not_seen", "A1", 40.0)]
    check(rig)
    rig.wait(1)
    assert ticks(rig)[-1] == ("answered", "foh", 40.0)
    tick(rig, "foh", "seen")
    assert ticks(rig)[-1] == ("seen", "A1", 40.0)


def test_the_houses_own_lines_are_ticked_by_people_alone(rig: GhostRig) -> None:
    assert tick(rig, "TC in: 10 s locked", "seen", "truck MTC") is None
    assert ticks(rig, "TC in: 10 s locked") == [("seen", "A1", None)]
    assert "no line" in (tick(rig, "TC out", "seen") or "")


def test_the_operator_may_choose_a_command_under_all_limits(rig: GhostRig) -> None:
    assert check(rig, "bands", verb="zone.scene", args={"zone": "floor", "scene": "blue"}) is None
    assert check(rig, "vid-b", verb="clip.load", args={"clip": "LOGO"}) is None
    assert [row.device for row in rig.rows() if row.trigger == "line check"] == ["bands", "vid-b"], "this device alone"
    fast = {"zone": "floor", "effect": "x", "rate_hz": 8.0}
    assert "strobe limit" in (check(rig, "bands", verb="zone.effect", args=fast) or "")
    assert "no role" in (check(rig, "clock", verb="cue.go") or "")
    assert check(rig, "foh", verb="cue.og")
    assert check(rig, "foh", verb="level.set", args={"db": 0.0})


def test_it_is_refused_where_it_could_be_in_the_way(rig: GhostRig) -> None:
    assert "no device" in (check(rig, "fho") or "")
    rig.ask(SetOutput(device="foh", mode="off"))
    assert "switched off" in (check(rig) or "")
    rig.ask(SetOutput(device="foh", mode="live"))
    rig.ask(Bypass(target="foh", on=True))
    assert "bypassed" in (check(rig) or "")
    rig.ask(Panic())
    assert "panic" in (check(rig) or "")
    assert not [row for row in rig.rows() if row.trigger == "line check"]


def test_nothing_is_sent_while_the_show_rolls() -> None:
    rig = GhostRig(SHOW, HERE, profiles={**PROFILES, "test/mixer": DESK, "test/clock": CLOCK, "test/relay": RELAY})
    rig.ask(Go())
    rig.wait(1)
    assert rig.engine.run.transport == "rolling"
    assert "rolling" in (check(rig) or "")
    assert tick(rig, "foh", "seen") is None, "a person may still write down what was seen"


def test_a_hazards_device_is_never_sent_anything_from_here() -> None:
    venue = make_venue(
        absent=[],
        roles=[*HOUSE["roles"], {"id": "sfx.pyro", "main": "pyro"}],
        devices=[*HOUSE["devices"], {"id": "pyro", "profile": "test/anything", "host": "10.0.0.11"}],
    )
    rig = GhostRig(SHOW, venue)
    assert "a hazard" in (check(rig, "pyro") or "")
    assert tick(rig, "pyro", "seen", "continuity, by its crew") is None
    assert not rig.verbs(device="pyro")


def measured(rig: GhostRig) -> dict[str, LearnedLatency]:
    rig.ask(AskLatencies())
    told = next(each for each in reversed(rig.notices) if isinstance(each, LearnedLatencies))
    return {each.device: each for each in told.times}


@pytest.mark.parametrize("delay_ms", [0.0, 3.5, 48.0, 260.0])
def test_the_known_delay_of_a_ghost_is_learned_within_2_ms(rig: GhostRig, delay_ms: float) -> None:
    slow(rig, delay_ms)
    rig.wait(60)  # the watch asks every five seconds
    found = measured(rig)["foh"]
    assert found.count >= 8
    assert abs(found.median_ms - delay_ms) <= 2.0


def test_one_answer_that_went_astray_moves_nothing(rig: GhostRig) -> None:
    slow(rig, 30.0)
    rig.wait(50)
    slow(rig, 700.0)
    rig.wait(6)
    slow(rig, 30.0)
    rig.wait(50)
    found = measured(rig)["foh"]
    assert abs(found.median_ms - 30.0) <= 2.0
    assert found.p10_ms <= found.median_ms <= found.p90_ms


def test_where_a_device_says_when_it_has_acted_its_latency_is_learned_less_the_way_back(rig: GhostRig) -> None:
    slow(rig, 4.0, "relay")  # two there, two back, as far as anybody here can tell
    for _ in range(9):
        rig.ask(Send(role="lighting.audience", verb="zone.scene", args={"zone": "floor", "scene": "blue"}))
        rig.wait(7)
    found = measured(rig)["relay"]
    assert (found.of, found.count) == ("acts", 9)
    assert abs(found.median_ms - (30.0 + 2.0)) <= 2.0


def test_elsewhere_an_echo_is_no_latency_and_is_not_called_one(rig: GhostRig) -> None:
    check(rig, "clock")
    rig.wait(10)
    found = measured(rig)["clock"]
    assert (found.of, found.median_ms) == ("answers", 0.0)


def test_a_dead_device_teaches_nothing(rig: GhostRig) -> None:
    before = measured(rig)["foh"].count
    rig.ghosts["foh"].core.set_faults([Dead()])
    rig.wait(60)
    assert measured(rig)["foh"].count == before
