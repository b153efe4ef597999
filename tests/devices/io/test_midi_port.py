"""MIDI ports against a real JACK server: named, missing, unplugged, plugged again, flooded, and left by the server."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import rtmidi

from devices.io.midi_port import JACK_RING_BYTES, MidiInPort, MidiOutPort, MidiState
from devices.io.midi_system import BEAT_NS, POLL_NS, RETRY_NS, MidiApi, MidiSystem
from devices.io.outcome import SENT, Handed
from tests.support.jackd import REASON_MISSING, JackServer, jack_missing
from tests.support.midi_box import MidiBox, passes, until, whole, within

pytestmark = [
    pytest.mark.rig,
    pytest.mark.xdist_group("jack"),
    pytest.mark.skipif(jack_missing(), reason=REASON_MISSING),
]

MTC = bytes.fromhex("f07f7f010121020304f7")
MESSAGES = [
    bytes.fromhex("903c40"),
    bytes.fromhex("b00701"),
    bytes.fromhex("c005"),
    bytes.fromhex("f132"),
    bytes.fromhex("f8"),
    bytes.fromhex("fa"),
    MTC,
    bytes.fromhex("f07f010201 01 31322e35 00 31 f7"),
    b"\xf0" + bytes(9000) + b"\xf7",
]


@pytest.fixture(scope="module")
def server():
    with JackServer() as server, server.entered():
        yield server


class House:
    """A MIDI system with its ports, on a clock that the test moves."""

    def __init__(self, api: MidiApi = MidiApi.JACK) -> None:
        self.system = MidiSystem(api)
        self.ports: list[MidiOutPort | MidiInPort] = []
        self.now_ns = self.looked_ns = 0
        self.woken = threading.Event()

    def out(self, name: str) -> MidiOutPort:
        self.ports.append(MidiOutPort(self.system, name))
        return self.ports[-1]

    def input(self, name: str) -> MidiInPort:
        port = MidiInPort(self.system, name, clock_ns=time.monotonic_ns, wake=self.woken.set)
        self.ports.append(port)
        return port

    def look(self) -> None:
        """One second later: everybody looks, and what is found is opened."""
        self.now_ns += POLL_NS
        self.looked_ns = self.now_ns
        self._serve()
        until(self._settled, "the ports were opened")

    def open(self) -> None:
        """Look until every port is open: a busy JACK may need to be asked again, which happens after 5 s."""
        for _ in range(20):
            self.look()
            if all(port.state is MidiState.OPEN for port in self.ports):
                return
        assert [port.words for port in self.ports] == []

    def _serve(self) -> None:
        for port in self.ports:
            port.service(self.now_ns)

    def _settled(self) -> bool:
        """JACK may lose a beat when a client comes or goes; the clock must move for another to follow."""
        if not within(0.2, self.system.is_beat_back):
            self.now_ns += BEAT_NS
        self._serve()
        return self.system.is_beat_back() and all(port.state is not MidiState.OPENING for port in self.ports)

    def close(self) -> None:
        for port in self.ports:
            port.close()
        self.system.close()


@pytest.fixture
def house(server):
    house = House()
    yield house
    house.close()


@pytest.fixture
def desk(server):
    desk = MidiBox("desk")
    yield desk
    desk.close()


def test_every_message_goes_out_unchanged_and_in_order(house, desk):
    out = house.out("desk:in")
    house.open()
    assert (out.words, out.opened_name) == ("", "desk:in")

    def exchange() -> list[bytes]:
        assert [out.send(message) for message in MESSAGES] == [SENT] * len(MESSAGES)
        return desk.hear(len(MESSAGES))

    whole(exchange, MESSAGES)


def test_every_message_comes_in_unchanged_stamped_and_in_order(house, desk):
    back = house.input("desk keys:out")
    house.open()
    assert (back.words, back.opened_name) == ("", "desk keys:out")

    def exchange() -> list[bytes]:
        began_ns = time.monotonic_ns()
        house.woken.clear()
        for message in MESSAGES:
            desk.say(message)
        received = []
        while len(received) < len(MESSAGES) and house.woken.wait(1):
            house.woken.clear()
            received += back.receive()
        stamps = [began_ns, *(entry.received_ns for entry in received), time.monotonic_ns()]
        assert stamps == sorted(stamps)
        return [entry.message for entry in received]

    whole(exchange, MESSAGES)
    assert back.receive() == []


def test_active_sensing_is_left_out(house, desk):
    back = house.input("desk keys:out")
    house.open()

    def exchange() -> list[bytes]:
        desk.say(b"\xfe")
        desk.say(b"\xf8")
        return [entry.message for entry in within(1, back.receive)]

    whole(exchange, [b"\xf8"])


def test_a_missing_port_is_a_state_and_opens_when_it_appears(house):
    out = house.out("desk:in")
    assert out.send(b"\xf8").handed is Handed.FAILED
    house.look()
    assert out.state is MidiState.MISSING
    assert out.words == "MIDI port 'desk:in' is not there: plug it in, or choose from: none at all"
    assert out.send(b"\xf8").words == out.words
    desk = MidiBox("desk")
    house.open()
    passes(out.send, b"\xfa", lambda: desk.hear(1))
    desk.close()


def test_unplugged_and_plugged_again(house, desk):
    out, back = house.out("desk:in"), house.input("desk keys:out")
    house.open()
    desk.close()
    house.look()
    assert [out.state, back.state] == [MidiState.MISSING, MidiState.MISSING]
    assert out.send(b"\xf8").handed is Handed.FAILED
    again = MidiBox("desk")
    house.open()
    passes(out.send, MTC, lambda: again.hear(1))
    passes(again.say, MTC, lambda: [entry.message for entry in within(1, back.receive)])
    again.close()


def test_names_are_looked_at_once_a_second_and_not_between(house):
    out = house.out("desk:in")
    house.look()
    polls = house.system.polls
    desk = MidiBox("desk")
    for part in range(9):
        out.service(house.looked_ns + part * POLL_NS // 10)
    assert (house.system.polls, out.state) == (polls, MidiState.MISSING)
    assert house.system.wake_at_ns() == house.looked_ns + POLL_NS
    house.look()
    assert house.system.polls == polls + 1
    assert out.state is not MidiState.MISSING or "tried again" in out.words
    desk.close()


def test_a_name_that_fits_two_ports_opens_neither(house, desk):
    other = MidiBox("desk B")
    out = house.out("desk")
    house.look()
    assert out.state is MidiState.MISSING
    assert out.words == "MIDI name 'desk' fits 2 ports, write one in full: desk:in, desk B:in"
    other.close()
    house.open()
    assert out.opened_name == "desk:in"


def test_our_own_ports_are_not_offered(house, desk):
    house.out("desk:in")
    house.input("desk keys:out")
    house.open()
    house.look()
    assert house.system.outputs == ("desk:in",)
    assert house.system.inputs == ("desk keys:out",)


def test_a_port_made_while_midi_comes_in_stalls_nobody(house, desk):
    back = house.input("desk keys:out")
    house.open()
    stop = threading.Event()

    def talk() -> None:
        while not stop.wait(0.001):
            desk.say(b"\xf8")

    talker = threading.Thread(target=talk)
    talker.start()
    try:
        until(back.receive, "the clock arrived")
        began = time.monotonic()
        out = house.out("desk:in")
        house.look()
        out.close()
        took_s = time.monotonic() - began
    finally:
        stop.set()
        talker.join()
    # With RtMidi's own callback this took 10 s: its thread waits for the lock that the opening call holds.
    assert took_s < 5


def test_a_flood_is_held_back_and_arrives_whole(house, desk):
    out = house.out("desk:in")
    house.open()
    flood = [bytes((0x90, number % 128, number // 128)) for number in range(6000)]

    def exchange() -> list[bytes]:
        held_back = 0
        for message in flood:
            while (outcome := out.send(message)) is not SENT:
                assert outcome.handed is Handed.WOULD_BLOCK, outcome.words
                held_back += 1
                if not within(0.2, house.system.is_beat_back):
                    house.now_ns += BEAT_NS
                    house.system.service(house.now_ns)
        assert held_back
        return desk.hear(len(flood))

    whole(exchange, flood)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (b"\xf0" + bytes(JACK_RING_BYTES) + b"\xf7", "MIDI message of 14002 bytes is longer than JACK passes"),
        (b"", "MIDI port 'desk:in'"),
        (b"\x90\x3c\x40\x00", "MIDI port 'desk:in'"),
    ],
)
def test_what_cannot_be_sent_fails_in_words(house, desk, message, words):
    out = house.out("desk:in")
    house.open()
    outcome = out.send(message)
    assert outcome.handed is Handed.FAILED
    assert words in outcome.words


def test_closed_ports_say_so(house, desk):
    out, back = house.out("desk:in"), house.input("desk keys:out")
    house.look()
    for _ in range(2):
        out.close()
        back.close()
    house.look()
    assert (out.state, out.words) == (MidiState.DOWN, "MIDI port 'desk:in' is closed")
    assert out.send(b"\xf8").handed is Handed.FAILED
    assert back.receive() == []


def test_no_midi_system_is_a_state_and_is_asked_for_again(server):
    house = House(MidiApi.COREMIDI if sys.platform == "linux" else MidiApi.ALSA)
    out = house.out("desk:in")
    house.look()
    assert out.state is MidiState.DOWN
    assert out.words == f"no MIDI system: {house.system.wanted_api} is not built in"
    assert out.send(b"\xf8").words == out.words
    assert house.system.wake_at_ns() == house.now_ns + RETRY_NS
    house.close()


def test_auto_takes_the_first_that_answers(server):
    house = House(MidiApi.AUTO)
    house.out("desk:in")
    house.look()
    assert house.system.up
    assert house.system.api in (MidiApi.ALSA, MidiApi.JACK)
    house.close()


@pytest.mark.parametrize("ending", ["stop", "kill", "freeze"])
def test_the_server_ends_and_comes_back(ending):
    """In a process of its own, since what is at stake is a segmentation fault."""
    story = Path(__file__).with_name("jack_shutdown_story.py")
    told = subprocess.run(
        [sys.executable, str(story), ending],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[-1] == "heard after the restart"


def test_rtmidi_has_the_backend_the_rig_needs():
    assert rtmidi.API_UNIX_JACK in rtmidi.get_compiled_api()
