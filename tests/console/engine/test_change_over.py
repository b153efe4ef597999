"""Change-over of parallel and standby devices: nothing repeated, nothing missed, state by the chase rules."""

from __future__ import annotations

import pytest

from console.show.show import Show
from console.vocabulary import ActiveChanged, ChangeOver, DeviceState, Fire, Go, GoKeyUp, Hold, Panic, Roll, SetOutput
from devices.contract import Health, Severity
from tests.support.builders import CALLED, at_bar, at_offset, light, make_cue, song_show, step
from tests.support.engine_rig import EngineRig
from tests.support.houses import HOUSE, changed, make_venue

SPARE_MIXER = make_venue(
    devices=[
        *(row for row in HOUSE["devices"] if row["id"] != "lx-backup"),
        {"id": "lx-backup", "profile": "test/desk", "host": "10.0.0.2", "latency_ms": 35},
        {"id": "foh-b", "profile": "test/mixer", "host": "10.0.0.13"},
        {"id": "tracks-b", "profile": "test/player", "host": "10.0.0.14", "latency_ms": 62},
    ],
    roles=[
        {**row, "standby": ["foh-b"]} if row["id"] == "audio.foh" else row
        for row in changed("roles", "audio.playback", parallel=["tracks-b"])
    ],
)


def start(rig: EngineRig) -> None:
    rig.ask(Go())
    rig.ask(GoKeyUp())


def lamps(rig: EngineRig, role: str) -> dict[str, DeviceState]:
    states = rig.engine.snapshot(rig.now_ns, rig.wall).devices
    return {state.device: state for state in states if state.role == role}


def test_sa_12_a_change_over_in_a_stream_of_10_ms_neither_repeats_nor_misses_a_cue() -> None:
    stream = [make_cue(f"c{n}", f"5.{n:03}", at_offset(14.0 + n / 100), step("cue.go")) for n in range(200)]
    for at_s in (14.3, 14.307, 14.9995):
        rig = EngineRig(song_show(*stream), SPARE_MIXER)
        start(rig)
        rig.wait_until(at_s)
        assert rig.ask(ChangeOver(role="lighting.main")) is None
        rig.wait(10)
        sent = [(d.command.cue, d.command.device) for d in rig.sent if d.command.cue in {cue.id for cue in stream}]
        assert sorted(cue for cue, _ in sent if cue is not None) == sorted(cue.id for cue in stream)
        devices = [device for _, device in sent]
        assert devices == sorted(devices, reverse=True)  # lx-main, and from one cue on lx-backup
        assert set(devices) == {"lx-main", "lx-backup"}
        moments = {row.cue: row.cue_s for row in rig.rows()}
        assert all(moments[cue.id] == pytest.approx(14.05 + n / 100) for n, cue in enumerate(stream))


def test_a_standby_gets_the_state_by_the_chase_rules_and_its_own_latency_from_then_on() -> None:
    rig = EngineRig(song_show(), SPARE_MIXER)
    start(rig)
    rig.wait_until(14)
    rig.sent.clear()
    assert rig.ask(ChangeOver(role="lighting.main", device="lx-backup")) is None
    assert [(d.command.device, d.command.args["cue"], d.command.trigger) for d in rig.sent] == [
        ("lx-backup", "20", "change-over")
    ]
    rig.wait(10)
    assert rig.verbs(cue="song-bridge") == [(round(0.05 + 4 + 16 + 1.25 - 0.035, 6), "lx-backup", "cue.fire")]
    assert ActiveChanged(at_ns=14_000_000_000, role="lighting.main", device="lx-backup", by="operator") in rig.notices
    assert {name: state.active for name, state in lamps(rig, "lighting.main").items()} == {
        "lx-main": False,
        "lx-backup": True,
    }


def test_the_main_device_comes_back_with_what_it_missed() -> None:
    rig = EngineRig(song_show(), SPARE_MIXER)
    start(rig)
    rig.wait_until(10)
    rig.ask(ChangeOver(role="lighting.main"))
    rig.wait_until(14)
    rig.sent.clear()
    assert rig.ask(ChangeOver(role="lighting.main")) is None
    assert [(d.command.device, d.command.args["cue"]) for d in rig.sent] == [("lx-main", "20")]


def test_what_must_be_asked_for_is_named_and_a_mute_is_never_opened() -> None:
    opened = make_cue("open", "1.9", CALLED, step("mute.set", strip="ch/1", on=False), role="audio.foh")
    closed = make_cue("close", "1.91", CALLED, step("mute.set", strip="ch/2", on=True), role="audio.foh")
    rig = EngineRig(song_show(opened, closed), SPARE_MIXER)  # the load recalls a scene
    rig.ask(Fire(cue="open"))
    rig.ask(Fire(cue="close"))
    rig.sent.clear()
    rig.ask(ChangeOver(role="audio.foh"))
    assert [(d.command.device, d.command.args["strip"]) for d in rig.sent] == [("foh-b", "ch/2")]
    said = [getattr(each, "words", "") for each in rig.notices]
    assert "Not sent by the change-over, put right by hand if wanted: audio.foh scene.recall" in said


def test_a_fade_goes_on_where_it_stands_held_or_not() -> None:
    fade = make_cue("fade", "1.9", CALLED, step("level.set", strip="ch/1", db=-20.0, fade_s=4.0), role="audio.foh")
    for held in (False, True):
        rig = EngineRig(song_show(fade), SPARE_MIXER)
        rig.ask(Fire(cue="fade"))
        rig.wait(2)
        if held:
            rig.ask(Hold())
        rig.sent.clear()
        rig.ask(ChangeOver(role="audio.foh"))
        assert {d.command.device for d in rig.sent} == {"foh-b"}
        rig.wait(1 if held else 3)
        if held:
            assert len(rig.sent) == 1
            rig.ask(Roll())
            rig.wait(3)
        assert {d.command.device for d in rig.sent} == {"foh-b"}
        assert rig.engine.run.fades == {}
        assert rig.engine.run.desired.get(("audio.foh", "level", "ch/1")).args["db"] == -20.0  # type: ignore[union-attr]


def test_what_waits_goes_with_it_and_what_has_left_is_not_repeated() -> None:
    late = make_cue("late", "1.9", CALLED, step("cue.go"), light("7"), pre_wait_s=2.0)
    rig = EngineRig(song_show(late), SPARE_MIXER)
    rig.ask(Fire(cue="late"))
    rig.wait(1.99)  # its lead has begun: the fire has left (20 ms), the go has not (7 ms)
    rig.ask(ChangeOver(role="lighting.main"))
    rig.wait(2)
    sent = [(d.command.device, d.command.verb) for d in rig.sent if d.command.cue == "late"]
    assert sent == [("lx-main", "cue.fire"), ("lx-backup", "cue.fire"), ("lx-backup", "cue.go")]


def test_co_12_both_rigs_get_every_command_before_and_after_and_b_s_word_counts_then() -> None:
    play = make_cue("play", "1.9", CALLED, step("transport.play", session="x"), role="audio.playback")
    stop = make_cue("stop", "1.91", CALLED, step("transport.stop"), role="audio.playback")
    rig = EngineRig(song_show(play, stop), SPARE_MIXER)
    rig.ask(Fire(cue="play"))
    rig.sent.clear()
    assert rig.ask(ChangeOver(role="audio.playback", device="tracks-b")) is None
    assert rig.sent == []  # B has had everything; nothing is repeated, and neither rig commands the other
    rig.wait(1)
    rig.ask(Fire(cue="stop"))
    assert {d.command.device for d in rig.sent} == {"tracks", "tracks-b"}
    rig.hear(Health("tracks", Severity.FATAL, "gone"))
    rig.hear(Health("tracks-b", Severity.GOOD, ""))
    on_show = next(state for state in lamps(rig, "audio.playback").values() if state.active)
    assert (on_show.device, on_show.severity) == ("tracks-b", "good")


def test_the_safe_list_goes_to_whoever_is_on_show() -> None:
    rig = EngineRig(song_show(), SPARE_MIXER)
    rig.ask(ChangeOver(role="lighting.main"))
    rig.ask(Panic())
    assert [d.command.device for d in rig.sent if d.command.trigger == "panic"] == ["lx-backup"]


def test_a_change_over_that_makes_no_sense_is_refused() -> None:
    rig = EngineRig(song_show(), SPARE_MIXER)
    refusals = {
        ("nothing", None): "no device stands for nothing in this house",
        ("camera.cueing", None): "camera.cueing has one device here: there is nothing to change over to",
        ("lighting.main", "lx-main"): "lx-main is on show already",
        ("lighting.main", "foh"): "foh is no device of lighting.main: there are lx-main, lx-backup",
    }
    for (role, device), words in refusals.items():
        assert rig.ask(ChangeOver(role=role, device=device)) == words
    rig.ask(SetOutput(device="lx-backup", mode="off"))
    assert rig.ask(ChangeOver(role="lighting.main")) == "lx-backup is switched off: switch it on first"


def test_a_big_list_changes_over_at_once() -> None:
    show: Show = song_show(*(make_cue(f"c{n}", f"7.{n:04}", at_bar(2), light(str(n))) for n in range(300)))
    rig = EngineRig(show, SPARE_MIXER)
    start(rig)
    rig.wait_until(9)
    rig.sent.clear()
    rig.ask(ChangeOver(role="lighting.main"))
    assert len(rig.sent) == 1  # one parameter stands, however many cues have set it
