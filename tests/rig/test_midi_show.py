"""MIDI through the product's own process: a pad fires a cue, a cue reaches a box, and a box may be unplugged."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.show.cues import OnMessage
from console.show.rundown import Item
from console.show.show import FreeList
from console.show.show_file import write_show
from console.vocabulary import Answered, Fire, HealthChanged, LedgerRow
from devices.midi.msc import MscMessage, encode_msc
from tests.support.builders import CALLED, ROLES, light, make_cue, make_show, step
from tests.support.jackd import JackServer
from tests.support.midi_box import MidiBox, whole
from tests.support.osc_bytes import parse
from tests.support.ports import free_port
from tests.support.showcaller import EngineChild, Window, house_file

pytestmark = pytest.mark.rig

HOUSE = """
id = "rig"
name = "Rig"
time_zone = "Europe/London"
rate = "25"

[remote]
bind = "127.0.0.1"
port = $remote
allow = ["127.0.0.1"]
midi_ports = ["pads keys:out"]

[[remote.triggers]]
midi = "note/1/40"
midi_port = "pads keys:out"
do = "fire hot:1"

[[remote.msc]]
device_id = 5
format = "lighting"
lists = { "9" = "hot" }

[[devices]]
id = "desk"
profile = "generic/osc"
host = "127.0.0.1"
port = $desk

[[devices]]
id = "cards"
profile = "midi/camera-cards"
midi_port = "pads:in"
channel = 3

[[roles]]
id = "lighting.main"
main = "desk"

[[roles]]
id = "camera.cueing"
main = "cards"
"""

PADS = "midi:pads keys:out"
PAD = bytes([0x90, 36, 100])
PAD_UP = bytes([0x80, 36, 0])


@pytest.fixture
def pads(jack_env: JackServer) -> Iterator[list[MidiBox]]:
    """A box with pads and lamps; a test may unplug it and put another in its place."""
    boxes = [MidiBox("pads")]
    yield boxes
    for box in boxes:
        box.close()


@pytest.fixture
def desk() -> Iterator[socket.socket]:
    """Where the light cues arrive."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(20.0)
        yield listening


@pytest.fixture
def window(pads: list[MidiBox], jack: JackServer, desk: socket.socket, tmp_path: Path) -> Iterator[Window]:
    pad = OnMessage(on="message", source="midi", address="note/1/36")
    cues = (
        make_cue("flash", "1", pad, light("9"), item=None, list="hot"),
        make_cue("card", "1", CALLED, step("camera.shot", camera="5", shot="CU"), role="camera.cueing", item="act"),
    )
    item = Item(id="act", kind="performance", title="Act", planned_s=60.0)
    roles = tuple(role for role in ROLES if role.id in ("lighting.main", "camera.cueing"))
    show = make_show(*cues, items=(item,), lists=(FreeList(id="hot", title="Hot"),), roles=roles)
    write_show(tmp_path / "act.json", show)
    house = house_file(tmp_path / "rig.toml", HOUSE, desk=desk.getsockname()[1], remote=free_port())
    with EngineChild(tmp_path / "engine", env=jack.variables) as engine:
        window = engine.attach()
        assert window.open(tmp_path / "act.json", house) is None
        window.until(lambda: is_open(window), "the box to be found")
        yield window


def is_open(window: Window) -> bool:
    said = window.said(HealthChanged, device="cards")
    return bool(said) and said[-1].words == "can be sent to; it has no way to answer"


def press_pad(window: Window, box: MidiBox, desk: socket.socket) -> int:
    """Press and let go until the cue is seen to run, for a busy JACK drops messages: how often it was pressed."""
    before = len(window.said(LedgerRow, cue="flash"))
    presses = 0

    def ran() -> bool:
        nonlocal presses
        presses += 1
        box.say(PAD)
        box.say(PAD_UP)
        window.next_snapshot()
        return len(window.said(LedgerRow, cue="flash")) > before

    window.until(ran, "the pad's cue to run")
    address, args = parse(desk.recv(1024))
    assert (address, args[2]) == ("/cue/fire", "9")
    return presses


def asks_until_done(window: Window, box: MidiBox, *messages: bytes) -> Answered:
    """Say it until a remote has fired a cue; the answer."""

    def done() -> list[Answered]:
        for message in messages:
            box.say(message)
        window.next_snapshot()
        return [answer for answer in window.said(Answered, name="fire") if answer.by.startswith("remote:")]

    return window.until(done, "what a remote asked for")[0]


def light_card(window: Window, box: MidiBox) -> None:
    """Fire the card's cue until the box hears it."""

    def heard() -> list[bytes]:
        window.do(Fire(cue="card"))
        return box.hear(1)

    whole(heard, [bytes([0x92, 5, 32])])


def test_a_pad_fires_a_cue_once_a_press_and_a_cue_lights_a_card(
    pads: list[MidiBox], window: Window, desk: socket.socket
) -> None:
    (box,) = pads
    presses = sum(press_pad(window, box, desk) for _ in range(5))
    window.next_snapshot()
    rows = window.said(LedgerRow, cue="flash")
    assert {(row.by, row.trigger, row.outcome) for row in rows} == {(PADS, "note/1/36", "sent")}
    assert 5 <= len(rows) <= presses, "letting go is no press"
    light_card(window, box)


@pytest.mark.parametrize(
    "messages",
    [(bytes([0x90, 40, 100]), bytes([0x80, 40, 0])), (encode_msc(MscMessage("go", "lighting", 5, cue="1", list="9")),)],
    ids=["pad", "show control"],
)
def test_what_the_house_binds_fires_a_cue(
    pads: list[MidiBox], window: Window, desk: socket.socket, messages: tuple[bytes, ...]
) -> None:
    answer = asks_until_done(window, pads[0], *messages)
    assert (answer.by, answer.refused) == ("remote:pads keys:out", None)
    assert parse(desk.recv(1024))[1][2] == "9"
    row = window.until(lambda: window.said(LedgerRow, cue="flash"), "its row")[0]
    assert (row.by, row.trigger, row.outcome) == ("remote:pads keys:out", "fire", "sent")


def test_a_box_that_is_unplugged_is_missed_and_found_again(
    pads: list[MidiBox], window: Window, desk: socket.socket
) -> None:
    press_pad(window, pads[0], desk)
    pads[0].close()
    gone = window.until(lambda: window.said(HealthChanged, device="cards", severity="fatal"), "it to be missed")[0]
    assert gone.words.startswith("MIDI port 'pads:in' is not there: plug it in")
    window.do(Fire(cue="card"))
    row = window.until(lambda: window.said(LedgerRow, device="cards"), "the row of a card nobody sees")[0]
    assert row.outcome.startswith("failed: MIDI port 'pads:in' is not there")
    window.do(Fire(cue="flash"))
    assert parse(desk.recv(1024))[1][2] == "9", "the others go on"

    # Inputs are looked for on a clock of their own: a box that is back before it ticks looks as if it had never gone.
    window.until(lambda: window.said(HealthChanged, device=PADS, severity="fatal"), "the pads to be missed")
    pads.append(MidiBox("pads"))
    window.until(lambda: is_open(window), "it to be found again")
    light_card(window, pads[1])
    window.until(lambda: window.said(HealthChanged, device=PADS)[-1].severity == "good", "the pads to be found again")
    press_pad(window, pads[1], desk)
