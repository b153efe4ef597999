"""A show plays scsynth: a synth starts, its level is faded by our engine, it ends; and its lamp says how it is."""

import math
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.show.cues import Cue
from console.show.rundown import Item
from console.show.show import Role, Rules, Show
from console.show.show_file import write_show
from console.vocabulary import Confirmed, Fire, Go, HealthChanged, LedgerRow
from tests.support.builders import CALLED, at_offset, make_cue, make_show, step
from tests.support.osc_bytes import parse
from tests.support.scsynth import Scsynth
from tests.support.showcaller import EngineChild, Window, house_file
from tests.support.synthdef import tone

pytestmark = pytest.mark.rig

HOUSE = """
id = "rig"
name = "Rig"
time_zone = "Europe/London"
rate = "25"

[[devices]]
id = "synth"
profile = "supercollider/scsynth"
host = "127.0.0.1"
port = $synth
health = { every_s = 0.2 }

[[devices]]
id = "desk"
profile = "generic/osc"
host = "127.0.0.1"
port = $desk

[[roles]]
id = "audio.synth"
main = "synth"

[[roles]]
id = "lighting.main"
main = "desk"
"""

ROLES = (
    Role(id="audio.synth", department="SND", verbs=("clip.play", "clip.stop", "level.set")),
    Role(id="lighting.main", department="LX", verbs=("cue.fire",)),
)
FADE_S = 0.8
TICKS = 200


def called(cue: str, number: str, *steps: object) -> Cue:
    return make_cue(cue, number, CALLED, *steps, role="audio.synth", item="act")  # type: ignore[arg-type]


def synth_show() -> Show:
    """Three presses for the synth, and a light cue ten times a second for the desk beside it."""
    level = {"strip": "node/1000"}
    play = called("play", "1", step("clip.play", layer="1000", clip="tone"), step("level.set", db=-40.0, **level))
    fade = called("fade", "2", step("level.set", db=-6.0, fade_s=FADE_S, **level))
    stop = called("stop", "3", step("clip.stop", layer="1000"))
    ticks = (make_cue(f"tick-{n}", f"9.{n:03}", at_offset(n / 10), item="act") for n in range(1, TICKS + 1))
    item = Item(id="act", kind="performance", title="Act", planned_s=TICKS / 10 + 1)
    return make_show(play, fade, stop, *ticks, items=(item,), roles=ROLES, rules=Rules(go_gap_ms=0, go_key_up=False))


@pytest.fixture
def desk() -> Iterator[socket.socket]:
    """Where the light cues arrive."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.setblocking(False)
        yield listening


@pytest.fixture
def window(scsynth: Scsynth, desk: socket.socket, tmp_path: Path) -> Iterator[Window]:
    """The show, open in the house of both."""
    write_show(tmp_path / "act.json", synth_show())
    house = house_file(tmp_path / "rig.toml", HOUSE, synth=scsynth.port, desk=desk.getsockname()[1])
    with EngineChild(tmp_path / "engine") as engine:
        window = engine.attach()
        assert window.open(tmp_path / "act.json", house) is None
        yield window


def arrived(desk: socket.socket) -> list[tuple[object, ...]]:
    """Address and arguments of every message at the desk since the last call."""
    messages = []
    while True:
        try:
            messages.append(parse(desk.recv(1024)))
        except BlockingIOError:
            return messages


def test_a_synth_plays_follows_a_fade_of_ours_and_ends(scsynth: Scsynth, window: Window) -> None:
    window.do(Go())
    scsynth.until(lambda: scsynth.synths() == {1000: "tone"}, "the synth")
    scsynth.until(lambda: math.isclose(scsynth.control(1000, "amp"), 0.01, rel_tol=1e-6), "its first level")
    first = window.until(lambda: window.said(Confirmed, cue="play"), "the server's own word for that level")
    assert [each.result for each in first] == ["confirmed"]

    window.do(Go())
    target = 10 ** (-6 / 20)
    seen: list[float] = []

    def has_arrived() -> bool:
        seen.append(scsynth.control(1000, "amp"))
        return math.isclose(seen[-1], target, rel_tol=1e-6)

    scsynth.until(has_arrived, "the end of the fade")
    assert seen == sorted(seen)
    assert any(0.01 * 1.01 < level < target / 1.01 for level in seen), seen
    rows = window.until(lambda: _fade_rows(window), "the fade's closing row")
    assert rows[-1].count in range(int(FADE_S * 50), int(FADE_S * 50) + 3), "fifty steps a second, and both ends"
    said = window.until(lambda: window.said(Confirmed, cue="fade"), "the server's own word for it")
    assert [(each.seq, each.result) for each in said] == [(rows[-1].seq, "confirmed")]
    scsynth.until(lambda: abs(scsynth.bus(0) - target) < 0.01, "the sound itself at that level")

    window.do(Go())
    scsynth.until(lambda: scsynth.synths() == {}, "the synth to end")


def _fade_rows(window: Window) -> list[LedgerRow] | None:
    """First and last row of the fade; None before both are there."""
    rows = [row for row in window.said(LedgerRow, cue="fade") if row.device == "synth"]
    return rows if len(rows) == 2 else None


def test_a_sound_server_that_dies_is_seen_and_nothing_else_waits_for_it(
    scsynth: Scsynth, window: Window, desk: socket.socket
) -> None:
    good = window.until(lambda: window.said(HealthChanged, device="synth", severity="good"), "its first answer")
    assert good[0].heard_ns is not None
    window.do(Go())
    scsynth.until(lambda: scsynth.synths() == {1000: "tone"}, "the synth")

    scsynth.kill()
    dead_ns = window.next_snapshot().now_ns
    bad = window.until(lambda: window.said(HealthChanged, device="synth", severity="bad"), "its death to be seen")[0]
    assert bad.at_ns - dead_ns < 4_000_000_000, "a question every 0.2 s, three missed ones of 1 s"
    assert "start the device" in bad.words or "does not answer" in bad.words
    arrived(desk)
    window.do(Fire(cue="fade"))  # a stream of packets into nowhere
    count = len(_ticks(window))
    window.until(lambda: len(_ticks(window)) >= count + 10, "ten more light cues")
    late_us = [row.late_us for row in _ticks(window)[count:] if row.late_us is not None]
    assert len(late_us) >= 10
    assert max(late_us) < 100_000, "a device that is waited for costs a second"
    assert len(arrived(desk)) >= 10
    assert window.next_snapshot().playhead.state == "rolling"
    assert window.said(HealthChanged, device="synth")[-1].severity == "bad"

    scsynth.start()
    scsynth.load(tone())
    window.until(lambda: window.said(HealthChanged, device="synth")[-1].severity == "good", "it to be seen again")
    window.do(Fire(cue="play"))
    scsynth.until(lambda: scsynth.synths() == {1000: "tone"}, "the synth once more")


def _ticks(window: Window) -> list[LedgerRow]:
    return window.said(LedgerRow, device="desk", outcome="sent")
