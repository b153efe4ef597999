"""Real programs obey what their profiles encode: what `[[proved]]` says in them is seen here."""

from collections.abc import Mapping

import pytest

from devices.contract import Value
from devices.encode import encode, health_packet
from profiles.device_profile import DeviceProfile
from profiles.library import load_profile
from tests.support.qlcplus import Qlcplus
from tests.support.scsynth import Scsynth
from tests.support.xjadeo import Xjadeo

pytestmark = pytest.mark.rig


def shipped(id: str) -> DeviceProfile:
    found = load_profile(id)[0]
    assert found is not None
    return found


def tell(program: Qlcplus | Scsynth | Xjadeo, id: str, verb: str, args: Mapping[str, Value]) -> None:
    """Every packet of a verb, at once: releases do not wait."""
    for packet in encode(shipped(id), verb, args):
        program.send(packet.payload)


def test_qlcplus_fades_a_dimmer_and_presses_a_scene(qlcplus: Qlcplus) -> None:
    (packet,) = encode(shipped("qlcplus/qlcplus"), "opacity.set", {"layer": "dimmer/3", "level": 0.0})
    for level, shown in ((0.5, 127), (1.0, 255), (0.0, 0)):
        qlcplus.send(packet.with_value(level).payload)
        qlcplus.await_levels({2: 0, 3: shown, 4: 0})
    tell(qlcplus, "qlcplus/qlcplus", "opacity.set", {"layer": "front", "level": 1.0})
    qlcplus.await_levels({11: 255, 12: 255, 13: 255})
    tell(qlcplus, "qlcplus/qlcplus", "scene.recall", {"scene": 1})
    qlcplus.await_levels({17: 255, 18: 128})


def test_scsynth_plays_a_clip_follows_its_level_and_stops(scsynth: Scsynth) -> None:
    tell(scsynth, "supercollider/scsynth", "clip.play", {"layer": "1000", "clip": "tone"})
    scsynth.sync()
    assert scsynth.synths() == {1000: "tone"}
    (packet,) = encode(shipped("supercollider/scsynth"), "level.set", {"strip": "node/1000", "db": -20.0})
    for db, amp in ((-20.0, 0.1), (0.0, 1.0), (float("-inf"), 0.0)):
        scsynth.send(packet.with_value(db).payload)
        scsynth.sync()
        assert scsynth.control(1000, "amp") == pytest.approx(amp)
    tell(scsynth, "supercollider/scsynth", "clip.stop", {"layer": "1000"})
    scsynth.until(lambda: scsynth.synths() == {}, "the synth to end")


def test_scsynth_answers_its_health_question(scsynth: Scsynth) -> None:
    question = health_packet(shipped("supercollider/scsynth"))
    assert question is not None
    assert len(scsynth.ask(question.payload, "/status.reply")) == 9


def test_xjadeo_loads_a_film_and_goes_to_a_position(xjadeo: Xjadeo) -> None:
    film = xjadeo.get("file")
    tell(xjadeo, "xjadeo/xjadeo", "transport.locate", {"position_s": 4.0})
    xjadeo.await_frame(100)
    tell(xjadeo, "xjadeo/xjadeo", "clip.play", {"clip": film, "position_s": 2.0})
    xjadeo.await_frame(50)
    assert xjadeo.get("file") == film
