"""The exact bytes of a cue in a house, and all that would keep them back: what is explained is what leaves."""

from __future__ import annotations

from console.show.cues import InGroup
from console.vocabulary import Bypass, ExplainedCue, Fire, Panic, StandDown
from console.wiring.explaining import explain_cue, packet_texts
from devices.contract import OutputMode
from devices.wire_packet import WirePacket
from tests.console.engine.test_inhibits import awards
from tests.support.builders import CALLED, light, make_cue, song_show
from tests.support.engine_rig import EngineRig


def explained(rig: EngineRig, cue: str, **modes: OutputMode) -> ExplainedCue:
    slices = explain_cue(rig.engine.run, modes, rig.engine.run.show.cue_by_id[cue], rig.now_ns)
    while True:
        try:
            next(slices)
        except StopIteration as done:
            found: ExplainedCue = done.value
            return found


def test_what_is_explained_is_what_leaves() -> None:
    rig = EngineRig(song_show())
    for cue in rig.show.cues:
        found = explained(rig, cue.id)
        rig.sent.clear()
        rig.ask(Fire(cue=cue.id))
        rig.wait(1.0)
        left = [each.packet for each in rig.sent if each.command.cue == cue.id and each.command.stream is None]
        hexes = [packet.payload.hex(" ") for packet in left if isinstance(packet, WirePacket)]
        told = [packet.hex for send in found.sends if not send.fade.startswith("fades") for packet in send.packets]
        assert told == hexes, cue.id
        assert not found.against


def test_a_step_says_role_device_arguments_and_when_its_bytes_leave() -> None:
    cue = make_cue("look", "9", CALLED, light("12"), advance_ms=20)
    rig = EngineRig(song_show(cue))
    (send,) = explained(rig, "look").sends
    assert (send.step, send.role, send.asked_verb, send.mode) == (1, "lighting.main", "cue.fire", "live")
    assert send.asked["cue"] == "12"
    assert send.advance_ms == 20
    assert round(send.due_s * 1000, 6) == -round(send.latency_ms - send.trim_ms + 20, 6)
    assert send.packets[0].words


def test_all_that_would_keep_it_back_is_named() -> None:
    rig = EngineRig(song_show(make_cue("look", "9", CALLED, light("12"))))
    device = explained(rig, "look").sends[0].device
    assert explained(rig, "look").sends[0].against == ()
    assert rig.ask(Bypass(target=device)) is None
    (send,) = explained(rig, "look", **{device: OutputMode.OFF}).sends
    assert send.mode == "off"
    assert send.against == (f"{device} is switched off for this run", "skipped: bypassed")
    assert rig.ask(StandDown(target="look")) is None
    assert explained(rig, "look").against == ("stood down for this run",)
    rig.ask(Panic())
    assert explained(rig, "look").against[0] == "panic stands: release it first"


def test_what_an_item_inhibits_is_named() -> None:
    _show, rig = awards()
    rig.ask(Fire(cue="memoriam-look"))
    assert explained(rig, "memoriam-lower").sends[0].against == ("inhibited: memoriam inhibits GFX",)
    assert explained(rig, "memoriam-look").sends[0].against == ()


def test_a_group_is_explained_by_its_cues() -> None:
    group = make_cue("group", "1.9", CALLED, role=None, group="together")
    child = make_cue("child", "1.95", InGroup(on="group"), light("7"), parent="group")
    rig = EngineRig(song_show(group, child))
    found = explained(rig, "group")
    assert [(send.cue, send.number) for send in found.sends] == [("child", "1.95")]


def test_the_bytes_of_what_was_sent_can_be_looked_at_again() -> None:
    rig = EngineRig(song_show(make_cue("look", "9", CALLED, light("12"))))
    rig.ask(Fire(cue="look"))
    row = rig.row("look")
    (command,) = [each for each in rig.engine.commands if each.seq == row.seq]
    (text,) = packet_texts(command.packets)
    assert text.hex == explained(rig, "look").sends[0].packets[0].hex
