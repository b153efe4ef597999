"""Traps of the libraries we use, kept shut by reading the source."""

import ast
from pathlib import Path

import pytest

from tests.support.tree import PRODUCT_ROOMS, ROOMS, calls, imported_modules, modules, tree_of

OSC_CODEC = {"osc_message", "osc_message_builder", "osc_bundle", "osc_bundle_builder", "osc_packet", "parsing"}
MIDO_PORTS = {"open_input", "open_output", "open_ioport", "get_input_names", "get_output_names", "backends", "Backend"}
TIMERS = Path("ui/timers.py")


def test_of_python_osc_only_the_codec_is_used() -> None:
    # Its servers hang for ever on one crafted packet, its clients resolve the host on every send.
    for path in modules():
        used = {name.split(".")[1] for name in imported_modules(path) if name.startswith("pythonosc.")}
        assert used <= OSC_CODEC, f"{path} uses pythonosc.{used - OSC_CODEC}"


def test_in_the_product_python_osc_stands_behind_the_guard() -> None:
    users = {path for path in modules(*PRODUCT_ROOMS) if any(n.startswith("pythonosc") for n in imported_modules(path))}
    assert {path.parent for path in users} <= {Path("devices/osc")}


def test_mido_opens_no_port() -> None:
    # With client_name= mido makes the port virtual: it connects to nothing, and sends vanish without an error.
    for path in modules():
        used = {name.removeprefix("mido.") for name in imported_modules(path) if name.startswith("mido.")}
        used |= {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute) and _is_mido(node)}
        assert not used & MIDO_PORTS, f"{path}: open ports with rtmidi"
        for name, call in calls(path):
            assert "client_name" not in {k.arg for k in call.keywords}, f"{path}:{call.lineno} {name}(client_name=…)"


def _is_mido(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "mido"


def test_who_opens_a_midi_input_asks_for_sysex_and_timecode() -> None:
    # rtmidi leaves SysEx, timing and active sensing out unless told otherwise: MTC would never arrive.
    # Active sensing may be heard or not, as long as somebody decided.
    for path in modules():
        made = [call for name, call in calls(path) if name.split(".")[-1] == "MidiIn"]
        told = [call for name, call in calls(path) if name.endswith("ignore_types")]
        assert len(told) >= len(made), f"{path} makes a MidiIn and does not call ignore_types"
        for call in told:
            settings = {k.arg: k.value.value for k in call.keywords if isinstance(k.value, ast.Constant)}
            assert settings.pop("active_sense", None) is not None, f"{path}:{call.lineno} leaves active sensing open"
            assert settings == {"sysex": False, "timing": False}, f"{path}:{call.lineno} ignore_types({settings})"


def test_jackd_runs_synchronous() -> None:
    # Without -S it loses and doubles MIDI; without -r it wants rights a test machine does not give.
    for path in modules():
        if path != Path("tests/house/test_libraries.py"):
            words = {node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant)}
            if "dummy" in words:
                assert {"-S", "-r"} <= words, f"{path} starts jackd without -r -S"


def test_qt_timers_are_made_in_one_place_and_their_type_is_said() -> None:
    # A timer of Qt's default type fires up to 25 ms early.
    made = [call for name, call in calls(TIMERS) if name == "QTimer"]
    typed = [call for name, call in calls(TIMERS) if name.endswith(".setTimerType")]
    assert len(made) == len(typed) > 0
    for path in modules("ui"):
        if path != TIMERS:
            for name, call in calls(path):
                assert name.split(".")[0] != "QTimer", f"{path}:{call.lineno} {name}: make it in ui/timers.py"
                assert ".QTimer" not in name, f"{path}:{call.lineno} {name}: make it in ui/timers.py"
                if name.endswith(".startTimer"):
                    kinds = [ast.unparse(a) for a in (*call.args, *(k.value for k in call.keywords))]
                    assert any("PreciseTimer" in kind for kind in kinds), f"{path}:{call.lineno} names no timer type"


def test_tests_do_not_sleep() -> None:
    for path in modules("tests"):
        if path.parts[1] != "bench":
            for name, call in calls(path):
                assert name not in {"time.sleep", "sleep", "qtbot.wait", "QTest.qWait"}, f"{path}:{call.lineno} {name}"


@pytest.mark.parametrize("room", ROOMS)
def test_the_readers_above_have_something_to_read(room: str) -> None:
    assert modules(room)
