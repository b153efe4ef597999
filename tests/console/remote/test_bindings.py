"""Pads, buttons and addresses of a house, and MIDI Show Control, to calls of the namespace."""

from __future__ import annotations

from typing import Any

import pytest

from console.remote.bindings import Bindings, binding_problem
from console.remote.msc import msc_call
from console.remote.names import RemoteError
from console.remote.namespace import Call
from devices.contract import Incoming, Value
from devices.midi.listener import bytes_to_incoming
from devices.midi.msc import MscMessage, encode_msc
from profiles.remote_control import MscDevice, RemoteControl, RemoteTrigger


def bindings(*triggers: dict[str, Any]) -> Bindings:
    return Bindings.of_house(RemoteControl(port=9000, triggers=tuple(RemoteTrigger(**each) for each in triggers)))


def osc(address: str, *args: Value) -> Incoming:
    return Incoming("osc", "osc", address, args, 0, ("10.0.0.7", 9001))


def midi(address: str, *args: Value, port: str = "pads") -> Incoming:
    return Incoming(f"midi:{port}", "midi", address, args, 0)


def words(calls: Any) -> list[str]:
    return [" ".join((call.action.name, *call.texts)) for call in calls]


@pytest.mark.parametrize(
    ("trigger", "incoming", "wanted"),
    [
        ({"osc": "/trig/3", "do": "fire 3"}, osc("/trig/3"), ["fire 3"]),
        ({"osc": "/trig/3", "do": "fire 3"}, osc("/trig/3", 1), ["fire 3"]),
        ({"osc": "/trig/3", "do": "fire 3"}, osc("/trig/3", 0), []),
        ({"osc": "/trig/3", "do": "fire 3"}, osc("/trig/3", 0.0), []),
        ({"osc": "/trig/3", "do": "fire 3"}, osc("/trig/3", "why", 1), ["fire 3"]),
        ({"osc": "/trig/3", "do": "fire 3"}, osc("/trig/4"), []),
        ({"osc": "/trig/{cue}", "do": "fire {cue}"}, osc("/trig/2.5", 1), ["fire 2.5"]),
        ({"osc": "/trig/{cue}", "do": "fire {cue}"}, osc("/trig/2.5", 0), []),
        ({"osc": "/trig/{cue}", "do": "fire {cue}"}, osc("/trig/2/5"), []),
        ({"osc": "/{room}/cue/{cue}/go", "do": "fire {room}:{cue}"}, osc("/hot/cue/7/go"), ["fire hot:7"]),
        ({"osc": "/cue", "do": "fire {1}"}, osc("/cue", 2.5), ["fire 2.5"]),
        ({"osc": "/cue", "do": "fire {1}"}, osc("/cue", 0), ["fire 0"]),
        ({"osc": "/at", "do": "locate {2} {1}"}, osc("/at", "5.2", "song"), ["locate song 5.2"]),
        ({"osc": "/go", "do": "go 'my list'"}, osc("/go"), ["go my list"]),
        ({"midi": "note/1/36", "do": "go"}, midi("note/1/36", 127), ["go"]),
        ({"midi": "note/1/36", "do": "go"}, midi("note/1/36", 0), []),
        ({"midi": "note/1/36", "do": "go"}, osc("note/1/36", 1), []),
        ({"midi": "note/1/36", "do": "go", "midi_port": "pads"}, midi("note/1/36", 9), ["go"]),
        ({"midi": "note/1/36", "do": "go", "midi_port": "pads"}, midi("note/1/36", 9, port="keys"), []),
        ({"midi": "note/2/{cue}", "do": "fire {cue}"}, midi("note/2/12", 90), ["fire 12"]),
        ({"midi": "pc/1/5", "do": "standby/next"}, midi("pc/1/5"), ["standby/next"]),
    ],
)
def test_what_a_message_asks_for(trigger: dict[str, Any], incoming: Incoming, wanted: list[str]) -> None:
    bound = bindings(trigger)
    assert binding_problem(RemoteTrigger(**trigger)) is None
    assert words(bound.calls(incoming)) == wanted
    assert not wanted or bound.wants(incoming.kind, incoming.address)


def test_a_controller_presses_when_it_rises_to_64_and_again_after_it_fell() -> None:
    bound = bindings({"midi": "cc/1/64", "do": "go"})
    pressed = [
        value for value in (10, 63, 64, 90, 127, 64, 63, 0, 127, 0) if words(bound.calls(midi("cc/1/64", value)))
    ]
    assert pressed == [64, 127]
    assert words(bound.calls(midi("cc/1/64", 127, port="keys"))) == ["go"], "two pedals are two pedals"


def test_one_message_may_ask_for_two_things() -> None:
    bound = bindings({"osc": "/x", "do": "hold"}, {"osc": "/{any}", "do": "back"})
    assert words(bound.calls(osc("/x"))) == ["hold", "back"]


def test_an_argument_that_does_not_come_is_said() -> None:
    with pytest.raises(RemoteError, match="argument 1 did not come with the message"):
        list(bindings({"osc": "/cue", "do": "fire {1}"}).calls(osc("/cue")))


@pytest.mark.parametrize(
    ("trigger", "problem"),
    [
        ({"osc": "/x", "do": "zzz"}, "there is no /showcaller/zzz: showcaller remote lists what there is"),
        ({"osc": "/x", "do": "fire"}, "/showcaller/fire takes cue, and was given nothing"),
        ({"osc": "/x", "do": "fire {cue}"}, "/x has no field {cue}"),
        ({"osc": "/x", "do": "fire 'a"}, '"fire \'a" cannot be read: No closing quotation'),
        ({"osc": "/x", "do": " "}, "' ' cannot be read: it is empty"),
    ],
)
def test_a_trigger_that_cannot_work_is_named_and_left_out(trigger: dict[str, Any], problem: str) -> None:
    assert binding_problem(RemoteTrigger(**trigger)) == problem
    assert not bindings(trigger).wants("osc", "/x")


MSC = (
    MscDevice(device_id=5, format="lighting", list="dept:LX", lists={"1": "show", "9": "hot"}),
    MscDevice(device_id=6),
)


def said(message: MscMessage) -> Call | None:
    incoming = bytes_to_incoming(encode_msc(message), "midi:desk", 0)
    assert incoming is not None
    return msc_call(MSC, incoming)


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        (MscMessage("go", "lighting", 5), "go dept:LX"),
        (MscMessage("go", "lighting", 5, cue="12.5"), "fire 12.5"),
        (MscMessage("go", "lighting", 5, cue="12.5", list="1"), "fire 12.5"),
        (MscMessage("go", "lighting", 5, cue="3", list="9"), "fire hot:3"),
        (MscMessage("go", "all", 5), "go dept:LX"),
        (MscMessage("go", "lighting", 127), "go dept:LX"),
        (MscMessage("go", "sound", 6), "go show"),
        (MscMessage("go", "sound", 5), None),
        (MscMessage("go", "lighting", 7), None),
        (MscMessage("load", "lighting", 5, cue="3", list="9"), "standby 3 hot"),
        (MscMessage("stop", "lighting", 5), "hold"),
        (MscMessage("resume", "lighting", 5), "roll"),
        (MscMessage("all_off", "lighting", 5), "all_stop"),
        (MscMessage("standby_plus", "lighting", 5), "standby/next dept:LX"),
        (MscMessage("standby_minus", "lighting", 5, list="9"), "standby/previous hot"),
    ],
)
def test_what_show_control_asks_for(message: MscMessage, wanted: str | None) -> None:
    call = said(message)
    assert (None if call is None else words([call])[0]) == wanted


def test_a_timed_go_is_a_go() -> None:
    raw = bytes.fromhex("f07f05020104" + "6000000000" + "3132" + "f7")
    incoming = bytes_to_incoming(raw, "midi:desk", 0)
    assert incoming is not None
    call = msc_call(MSC, incoming)
    assert call is not None
    assert words([call]) == ["fire 12"]


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        (MscMessage("go_off", "lighting", 5, cue="4"), "MSC go_off of cue 4 is not done here"),
        (MscMessage("stop", "lighting", 5, cue="4"), "MSC stop of cue 4 is not done here"),
        (MscMessage("reset", "lighting", 5), "MSC reset is not done here"),
        (MscMessage("go", "lighting", 5, cue="1", list="2"), "MSC list 2 stands for no list here"),
    ],
)
def test_show_control_that_is_not_done_is_said(message: MscMessage, problem: str) -> None:
    with pytest.raises(RemoteError, match=problem):
        said(message)
